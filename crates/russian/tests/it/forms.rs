//! Whole names: order, initials, gender, forms of the bearer's own.

use russian::{Case, Gender, Name, Part};

fn name(text: &str) -> Name {
    let mut words = text.splitn(3, ' ');
    let mut next = || words.next().unwrap_or_default();
    Name::new(next(), next(), next())
}

#[test]
fn a_whole_name_declines() {
    let man = name("Иванов Пётр Сергеевич");
    assert_eq!(man.full(Case::Dative), "Иванову Петру Сергеевичу");
    assert_eq!(man.full(Case::Instrumental), "Ивановым Петром Сергеевичем");
    assert_eq!(man.given_and_patronymic(Case::Genitive), "Петра Сергеевича");
    let woman = name("Петрова Анна Ивановна");
    assert_eq!(woman.full(Case::Accusative), "Петрову Анну Ивановну");
    assert_eq!(woman.full(Case::Prepositional), "Петровой Анне Ивановне");
    assert_eq!(name("Алиев Рашид Мамед оглы").full(Case::Dative), "Алиеву Рашиду Мамед оглы");
    assert_eq!(name("Ким Анна").full(Case::Dative), "Ким Анне");
}

#[test]
fn short_forms_decline_only_the_surname() {
    let man = name("Иванов Пётр Сергеевич");
    assert_eq!(man.surname_first(Case::Dative), "Иванову П. С.");
    assert_eq!(man.initials_first(Case::Instrumental), "П. С. Ивановым");
    assert_eq!(name("Ким Анна").initials_first(Case::Dative), "А. Ким");
    assert_eq!(name("Ткач Ольга Ивановна").surname_first(Case::Genitive), "Ткач О. И.");
    assert_eq!(name("Ткач Олег Иванович").surname_first(Case::Genitive), "Ткача О. И.");
}

#[test]
fn the_gender_of_a_record_comes_before_the_guess() {
    let guessed = name("Ткач Саша");
    assert_eq!(guessed.gender(), None);
    assert_eq!(guessed.full(Case::Dative), "Ткач Саше");
    assert_eq!(guessed.clone().of_gender(Some(Gender::Masculine)).full(Case::Dative), "Ткачу Саше");
    assert_eq!(guessed.of_gender(Some(Gender::Feminine)).full(Case::Dative), "Ткач Саше");
    assert_eq!(name("Ткач Анна").of_gender(None).gender(), Some(Gender::Feminine));
}

#[test]
fn the_patronymic_tells_more_than_the_given_name_and_that_more_than_the_surname() {
    let gender = |text| name(text).gender();
    assert_eq!(gender("Ким Никита Олегович"), Some(Gender::Masculine));
    assert_eq!(gender("Ким Женя Олеговна"), Some(Gender::Feminine));
    assert_eq!(gender("Ким Никита"), Some(Gender::Masculine));
    assert_eq!(gender("Ким Айгуль"), Some(Gender::Feminine));
    assert_eq!(gender("Соснина Саша"), Some(Gender::Feminine));
    assert_eq!(gender("Соснин Саша"), Some(Gender::Masculine));
    assert_eq!(gender("Ким Саша"), None);
    assert_eq!(gender("Алиева Севда Мамед кызы"), Some(Gender::Feminine));
}

#[test]
fn an_own_form_wins_in_its_case_and_nowhere_else() {
    let own = name("Швец Иван Петрович").with(Part::Surname, Case::Dative, "Швецу-Старшему");
    assert_eq!(own.full(Case::Dative), "Швецу-Старшему Ивану Петровичу");
    assert_eq!(own.initials_first(Case::Dative), "И. П. Швецу-Старшему");
    assert_eq!(own.full(Case::Genitive), "Швеца Ивана Петровича");
    let again = own.with(Part::Surname, Case::Dative, "  ");
    assert_eq!(again.full(Case::Dative), "Швецу Ивану Петровичу");
}

#[test]
fn a_part_that_its_bearer_does_not_decline_stays() {
    let same = name("Гриб Иван Петрович").undeclined(Part::Surname);
    for case in Case::ALL {
        assert_eq!(same.part(Part::Surname, case), "Гриб");
    }
    assert_eq!(same.full(Case::Dative), "Гриб Ивану Петровичу");
}
