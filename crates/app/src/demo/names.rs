//! Names of people who do not exist: a surname, a name and a patronymic put together at random.

use super::random::Random;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sex {
    Female,
    Male,
}

/// A full name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    pub surname: &'static str,
    pub given: &'static str,
    pub patronymic: String,
}

/// Surnames after ordinary words, in the form of a man and of a woman; none that a well-known person made famous.
const SURNAMES: &[(&str, &str)] = &[
    ("Берёзкин", "Берёзкина"),
    ("Березняк", "Березняк"),
    ("Бобров", "Боброва"),
    ("Брусникин", "Брусникина"),
    ("Васильков", "Василькова"),
    ("Вересков", "Верескова"),
    ("Верхов", "Верхова"),
    ("Ветлицкий", "Ветлицкая"),
    ("Воробьёв", "Воробьёва"),
    ("Голубев", "Голубева"),
    ("Горицветов", "Горицветова"),
    ("Грачёв", "Грачёва"),
    ("Дроздов", "Дроздова"),
    ("Дубровин", "Дубровина"),
    ("Ежов", "Ежова"),
    ("Ельников", "Ельникова"),
    ("Жаворонков", "Жаворонкова"),
    ("Жимолостин", "Жимолостина"),
    ("Журавлёв", "Журавлёва"),
    ("Заречный", "Заречная"),
    ("Зимин", "Зимина"),
    ("Зорин", "Зорина"),
    ("Ивушкин", "Ивушкина"),
    ("Камышов", "Камышова"),
    ("Карасёв", "Карасёва"),
    ("Ковалёв", "Ковалёва"),
    ("Колосов", "Колосова"),
    ("Королько", "Королько"),
    ("Кравченко", "Кравченко"),
    ("Криницын", "Криницына"),
    ("Липатов", "Липатова"),
    ("Листьев", "Листьева"),
    ("Луговой", "Луговая"),
    ("Мельник", "Мельник"),
    ("Озеров", "Озерова"),
    ("Окунев", "Окунева"),
    ("Ольховский", "Ольховская"),
    ("Орешников", "Орешникова"),
    ("Осипенко", "Осипенко"),
    ("Перепёлкин", "Перепёлкина"),
    ("Подберёзкин", "Подберёзкина"),
    ("Полянский", "Полянская"),
    ("Родников", "Родникова"),
    ("Росинкин", "Росинкина"),
    ("Рощин", "Рощина"),
    ("Рябинин", "Рябинина"),
    ("Садовников", "Садовникова"),
    ("Светлов", "Светлова"),
    ("Свиристелев", "Свиристелева"),
    ("Синицын", "Синицына"),
    ("Скворцов", "Скворцова"),
    ("Снегирёв", "Снегирёва"),
    ("Снежко", "Снежко"),
    ("Стрижов", "Стрижова"),
    ("Тихомиров", "Тихомирова"),
    ("Тополев", "Тополева"),
    ("Туманов", "Туманова"),
    ("Филинов", "Филинова"),
    ("Хмелёв", "Хмелёва"),
    ("Цветков", "Цветкова"),
    ("Черёмухин", "Черёмухина"),
    ("Чижов", "Чижова"),
    ("Шиповников", "Шиповникова"),
    ("Щеглов", "Щеглова"),
    ("Яблонько", "Яблонько"),
    ("Ясенев", "Ясенева"),
];

const WOMEN: &[&str] = &[
    "Агата",
    "Алина",
    "Алиса",
    "Анастасия",
    "Анна",
    "Арина",
    "Валерия",
    "Варвара",
    "Василиса",
    "Вера",
    "Виктория",
    "Дарья",
    "Ева",
    "Екатерина",
    "Елена",
    "Елизавета",
    "Злата",
    "Инна",
    "Ирина",
    "Карина",
    "Кира",
    "Ксения",
    "Людмила",
    "Маргарита",
    "Мария",
    "Марина",
    "Милана",
    "Надежда",
    "Наталья",
    "Нина",
    "Ольга",
    "Полина",
    "Светлана",
    "София",
    "Таисия",
    "Татьяна",
    "Ульяна",
    "Юлия",
    "Яна",
];

/// Names of men with what a son's and a daughter's patronymic adds to the stem.
const MEN: &[(&str, &str, &str)] = &[
    ("Александр", "Александрович", "Александровна"),
    ("Алексей", "Алексеевич", "Алексеевна"),
    ("Андрей", "Андреевич", "Андреевна"),
    ("Антон", "Антонович", "Антоновна"),
    ("Артём", "Артёмович", "Артёмовна"),
    ("Богдан", "Богданович", "Богдановна"),
    ("Борис", "Борисович", "Борисовна"),
    ("Вадим", "Вадимович", "Вадимовна"),
    ("Виктор", "Викторович", "Викторовна"),
    ("Глеб", "Глебович", "Глебовна"),
    ("Григорий", "Григорьевич", "Григорьевна"),
    ("Даниил", "Даниилович", "Данииловна"),
    ("Денис", "Денисович", "Денисовна"),
    ("Дмитрий", "Дмитриевич", "Дмитриевна"),
    ("Евгений", "Евгеньевич", "Евгеньевна"),
    ("Егор", "Егорович", "Егоровна"),
    ("Иван", "Иванович", "Ивановна"),
    ("Игорь", "Игоревич", "Игоревна"),
    ("Кирилл", "Кириллович", "Кирилловна"),
    ("Константин", "Константинович", "Константиновна"),
    ("Лев", "Львович", "Львовна"),
    ("Максим", "Максимович", "Максимовна"),
    ("Матвей", "Матвеевич", "Матвеевна"),
    ("Михаил", "Михайлович", "Михайловна"),
    ("Никита", "Никитич", "Никитична"),
    ("Николай", "Николаевич", "Николаевна"),
    ("Олег", "Олегович", "Олеговна"),
    ("Павел", "Павлович", "Павловна"),
    ("Пётр", "Петрович", "Петровна"),
    ("Роман", "Романович", "Романовна"),
    ("Семён", "Семёнович", "Семёновна"),
    ("Сергей", "Сергеевич", "Сергеевна"),
    ("Степан", "Степанович", "Степановна"),
    ("Тимофей", "Тимофеевич", "Тимофеевна"),
    ("Фёдор", "Фёдорович", "Фёдоровна"),
    ("Юрий", "Юрьевич", "Юрьевна"),
    ("Ярослав", "Ярославович", "Ярославовна"),
];

impl Name {
    /// Composes a name.
    pub fn random(random: &mut Random, sex: Sex) -> Self {
        let place = random.below(u32::try_from(SURNAMES.len()).unwrap_or(0));
        Self::with_surname(place as usize, random, sex)
    }

    /// Composes a name with the surname at a place of the list, which begins anew at its end.
    ///
    /// People of a small circle get different places, so that nobody takes one for another.
    pub fn with_surname(place: usize, random: &mut Random, sex: Sex) -> Self {
        let (man, woman) = SURNAMES[place % SURNAMES.len()];
        let (father, son, daughter) = random.pick(MEN);
        let (surname, given, patronymic) = match sex {
            Sex::Female => (woman, random.pick(WOMEN), daughter),
            Sex::Male => (man, other_than(father, random), son),
        };
        Self { surname, given, patronymic: patronymic.to_owned() }
    }

    /// Composes the name of the mother.
    pub fn mother(&self, random: &mut Random) -> Self {
        Self::with_surname(self.family(), random, Sex::Female)
    }

    /// Composes the name of the father, whose given name is in the patronymic.
    pub fn father(&self, random: &mut Random) -> Self {
        let father = Self::with_surname(self.family(), random, Sex::Male);
        let known = MEN.iter().find(|(_, son, daughter)| [*son, *daughter].contains(&self.patronymic.as_str()));
        Self { given: known.map_or(father.given, |(given, ..)| given), ..father }
    }

    /// Returns the place of the surname in the list.
    fn family(&self) -> usize {
        SURNAMES.iter().position(|(man, woman)| [*man, *woman].contains(&self.surname)).unwrap_or(0)
    }

    /// Tells whose name it is: daughters' patronymics end alike.
    pub fn sex(&self) -> Sex {
        if self.patronymic.ends_with("на") { Sex::Female } else { Sex::Male }
    }

    /// Returns surname, name and patronymic.
    pub fn full(&self) -> String {
        format!("{} {} {}", self.surname, self.given, self.patronymic)
    }
}

/// Picks the name of a man that is not his father's.
fn other_than(father: &str, random: &mut Random) -> &'static str {
    loop {
        let (given, _, _) = random.pick(MEN);
        if given != father {
            return given;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_forms_of_a_name_agree_in_sex() {
        let mut random = Random::about("names");
        for _ in 0..500 {
            let woman = Name::random(&mut random, Sex::Female);
            let man = Name::random(&mut random, Sex::Male);
            assert!(woman.patronymic.ends_with("на"), "{woman:?}");
            assert!(man.patronymic.ends_with("ич"), "{man:?}");
            assert!(WOMEN.contains(&woman.given) && !WOMEN.contains(&man.given));
            assert!(!man.patronymic.starts_with(man.given), "{man:?}");
        }
    }

    #[test]
    fn people_of_a_small_circle_have_different_surnames() {
        let mut random = Random::about("circle");
        let surnames: BTreeSet<_> =
            (0..SURNAMES.len()).map(|place| Name::with_surname(place, &mut random, Sex::Female).surname).collect();
        assert_eq!(surnames.len(), SURNAMES.len());
    }

    #[test]
    fn every_list_says_each_thing_once() {
        let men: BTreeSet<_> = MEN.iter().map(|(given, ..)| given).collect();
        let women: BTreeSet<_> = WOMEN.iter().collect();
        assert_eq!((men.len(), women.len()), (MEN.len(), WOMEN.len()));
    }
}
