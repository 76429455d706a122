//! Classes, pupils with their representatives, staff, people of partners, and who has left.

use super::{Cast, Family, Scene};
use crate::{
    demo::{
        names::{Name, Sex as NameSex},
        population::{Class, Pupil, classes},
        random::Random,
        school::Staff as Account,
    },
    error::Answer,
    partners::PartnerId,
    people::{
        ClassId, ClassName, FullName, Grounds, Kind, PersonFacts, PersonId, Sex, Staff,
        queries::{self, NewEnrolment, NewGuardianship},
    },
    school_year::SchoolYear,
};
use chrono::{Datelike as _, Days, NaiveDate};
use database::Tx;
use std::collections::HashMap;

/// Pupils who moved away in the summer before the year.
const LEFT: u32 = 5;

/// Graduates the school keeps in touch with.
const GRADUATES: u32 = 12;

/// People each partner names.
const OF_PARTNER: usize = 2;

/// Writes everybody.
pub async fn write(tx: &mut Tx, scene: &Scene<'_>, partners: &[PartnerId]) -> Answer<Cast> {
    let classes = write_classes(tx, scene).await?;
    let mut random = Random::about(&scene.topic("families"));
    let mut pupils = Vec::new();
    for pupil in &scene.records.population.pupils {
        pupils.push(family(tx, scene, &classes, pupil, &mut random).await?);
    }
    let mut cast = Cast { pupils, teachers: vec![], graduates: vec![], of_partners: vec![] };
    if scene.copy > 0 {
        return Ok(cast);
    }
    cast.teachers = staff(tx, scene).await?;
    cast.graduates = former(tx, scene).await?;
    for (partner, known) in partners.iter().zip(scene.records.partners(scene.year().last_day())) {
        cast.of_partners.push(of_partner(tx, scene, *partner, known.name).await?);
    }
    Ok(cast)
}

async fn write_classes(tx: &mut Tx, scene: &Scene<'_>) -> Answer<HashMap<Class, ClassId>> {
    let leaders =
        [(7, 'А', Account::ClassTeacher), (4, 'А', Account::PrimaryTeacher), (9, 'Б', Account::SeniorTeacher)];
    let mut known = HashMap::new();
    for class in classes() {
        let id = ClassId::fresh();
        let leader = leaders.iter().find(|(grade, letter, _)| (*grade, *letter) == (class.grade, class.letter));
        let teacher = leader.filter(|_| scene.copy == 0).map(|(.., who)| scene.user(*who)).transpose()?;
        let name = ClassName { grade: class.grade, letter: letter(class, scene.copy) };
        queries::insert_class(tx, (scene.school.id, id), scene.year(), &name, teacher).await?;
        known.insert(class, id);
    }
    Ok(known)
}

/// Returns the letter of a class; further copies of the school go on in the alphabet, two letters at a time.
fn letter(class: Class, copy: usize) -> String {
    let first = usize::from(class.letter != 'А');
    "АБВГДЕЖЗИКЛМ".chars().nth(first + 2 * copy).unwrap_or('Я').to_string()
}

async fn person(
    tx: &mut Tx,
    scene: &Scene<'_>,
    name: &Name,
    (born_on, kinds): (Option<NaiveDate>, &[Kind]),
    (phone, workplace): (String, &str),
) -> Answer<PersonId> {
    let id = PersonId::fresh();
    let sex = if name.sex() == NameSex::Female { Sex::Female } else { Sex::Male };
    let facts = PersonFacts {
        name: FullName {
            surname: name.surname.to_owned(),
            given: name.given.to_owned(),
            patronymic: name.patronymic.clone(),
        },
        born_on,
        sex: Some(sex),
        phone,
        email: String::new(),
        journal_id: String::new(),
        workplace: workplace.to_owned(),
        note: String::new(),
        kinds: kinds.to_vec(),
    };
    let key = (scene.school.id, id);
    queries::insert_person(tx, key, &facts, scene.founded).await?;
    for kind in kinds {
        queries::add_kind(tx, key, *kind).await?;
    }
    Ok(id)
}

/// Returns a telephone number that nobody has: no region of Russia has the code 000.
fn phone(random: &mut Random) -> String {
    let mut part = |below| random.below(below);
    format!("+7 (000) {:03}-{:02}-{:02}", part(1000), part(100), part(100))
}

async fn family(
    tx: &mut Tx,
    scene: &Scene<'_>,
    classes: &HashMap<Class, ClassId>,
    pupil: &Pupil,
    random: &mut Random,
) -> Answer<Family> {
    let own_phone = if pupil.class.grade >= 5 { phone(random) } else { String::new() };
    let id = person(tx, scene, &pupil.name, (Some(pupil.born), &[Kind::Pupil]), (own_phone, "")).await?;
    if let Some(class) = classes.get(&pupil.class) {
        let entered_on = scene.year().first_day();
        queries::insert_enrolment(tx, scene.school.id, NewEnrolment { person: id, class: *class, entered_on }).await?;
    }
    let mut guardians = Vec::new();
    for (name, grounds, paper) in representatives(&pupil.name, random) {
        let born = pupil.born - Days::new(365 * u64::from(random.between(21, 38)));
        let guardian = person(tx, scene, &name, (Some(born), &[Kind::Parent]), (phone(random), "")).await?;
        let new = NewGuardianship { minor: id, guardian, grounds, paper };
        queries::insert_guardianship(tx, scene.school.id, new).await?;
        guardians.push(guardian);
    }
    Ok(Family { pupil: id, guardians })
}

/// Returns who represents a pupil: mostly the mother, often the father too, sometimes a guardian.
fn representatives(name: &Name, random: &mut Random) -> Vec<(Name, Grounds, &'static str)> {
    if random.happens(2) {
        let paper = "Постановление администрации округа об установлении опеки";
        return vec![(Name::random(random, NameSex::Female), Grounds::Guardian, paper)];
    }
    let (has_mother, has_father) = (random.happens(94), random.happens(58));
    let mut found = Vec::new();
    if has_mother {
        found.push((name.mother(random), Grounds::Mother, ""));
    }
    if has_father || !has_mother {
        found.push((name.father(random), Grounds::Father, ""));
    }
    found
}

async fn staff(tx: &mut Tx, scene: &Scene<'_>) -> Answer<Vec<PersonId>> {
    let mut random = Random::about(&scene.topic("staff"));
    let mut known = Vec::new();
    for teacher in &scene.records.population.teachers {
        let began = SchoolYear::starting_in(teacher.began).unwrap_or(scene.year()).first_day();
        let born = began - Days::new(365 * u64::from(random.between(22, 25)) + u64::from(random.below(300)));
        let id = person(tx, scene, &teacher.name, (Some(born), &[Kind::Teacher]), (phone(&mut random), "")).await?;
        let account = scene.users.iter().find(|user| user.full_name == teacher.name.full());
        let staff = Staff {
            post: teacher.post.to_owned(),
            is_teaching: true,
            teaches_since: Some(began),
            user_id: account.map(|user| user.id),
        };
        queries::set_staff(tx, (scene.school.id, id), &staff).await?;
        known.push(id);
    }
    Ok(known)
}

/// Writes who is not at school any more: pupils who moved away, and graduates.
async fn former(tx: &mut Tx, scene: &Scene<'_>) -> Answer<Vec<PersonId>> {
    let mut random = Random::about(&scene.topic("former pupils"));
    let summer = scene.calendar().in_august_before(28);
    for place in 0..LEFT {
        let sex = if random.happens(50) { NameSex::Female } else { NameSex::Male };
        let name = Name::random(&mut random, sex);
        let born = summer - Days::new(365 * u64::from(9 + place) + u64::from(random.below(300)));
        let id = person(tx, scene, &name, (Some(born), &[Kind::Pupil]), (String::new(), "")).await?;
        queries::leave(tx, (scene.school.id, id), summer, "переезд, переведён в другую школу").await?;
    }
    let mut graduates = Vec::new();
    for place in 0..GRADUATES {
        let sex = if random.happens(50) { NameSex::Female } else { NameSex::Male };
        let name = Name::random(&mut random, sex);
        let age = 18 + i32::try_from(place).unwrap_or(0);
        let born = summer.with_year(summer.year() - age).unwrap_or(summer) - Days::new(u64::from(random.below(300)));
        let work = ["Верхнереченский политехнический колледж", "Медицинский университет", "Завод «Прибор»"];
        let place = random.pick(&work);
        graduates.push(person(tx, scene, &name, (Some(born), &[Kind::Graduate]), (phone(&mut random), place)).await?);
    }
    Ok(graduates)
}

async fn of_partner(tx: &mut Tx, scene: &Scene<'_>, partner: PartnerId, workplace: &str) -> Answer<Vec<PersonId>> {
    let mut random = Random::about(&scene.topic(workplace));
    let mut people = Vec::new();
    for _ in 0..OF_PARTNER {
        let sex = if random.happens(50) { NameSex::Female } else { NameSex::Male };
        let name = Name::random(&mut random, sex);
        let born = scene.year().first_day() - Days::new(365 * u64::from(random.between(26, 55)));
        let id = person(tx, scene, &name, (Some(born), &[Kind::Employer]), (phone(&mut random), workplace)).await?;
        queries::set_partner(tx, (scene.school.id, id), Some(partner.uuid())).await?;
        people.push(id);
    }
    Ok(people)
}
