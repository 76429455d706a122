//! What a row changes in a record. Pure.
//!
//! An empty cell erases nothing; «ё» against «е» and another case are no change.

use super::model::Known;
use crate::{
    audit::Change,
    people::{
        PersonFacts, Sex,
        model::full_years,
        reading::{ReadGuardian, ReadPerson, Since, phone},
    },
    words,
};
use chrono::{Datelike as _, NaiveDate};

/// Lists the differences field by field.
pub fn changes(known: &Known, read: &ReadPerson, (today, year): (NaiveDate, i64)) -> Vec<Change> {
    let mut found = vec![];
    let mut note = |what: &str, from: &str, to: &str| found.push(Change::new(what, from, to));
    for (what, from, to) in [
        ("Фамилия", &known.surname, &read.name.surname),
        ("Имя", &known.given_name, &read.name.given),
        ("Отчество", &known.patronymic, &read.name.patronymic),
    ] {
        if !to.is_empty() && words::fold(from) != words::fold(to) {
            note(what, from, to);
        }
    }
    if let Some(born) = read.born_on.filter(|born| known.born_on != Some(*born)) {
        note("Дата рождения", &known.born_on.map_or_else(String::new, words::short_date), &words::short_date(born));
    }
    if let Some(sex) = new_sex(known, read) {
        note("Пол", known.sex.map_or("", Sex::label), sex.label());
    }
    if !read.phone.is_empty() && phone(&known.phone) != read.phone {
        note("Телефон", &known.phone, &read.phone);
    }
    if !read.email.is_empty() && known.email.to_lowercase() != read.email {
        note("Электронная почта", &known.email, &read.email);
    }
    if !read.journal_id.is_empty() && known.journal_id != read.journal_id {
        note("Номер личного дела", &known.journal_id, &read.journal_id);
    }
    if let Some(left) = known.left_on {
        note("Вернулся", &format!("выбытие {}", words::short_date(left)), "учится или работает");
    }
    found.extend(of_place(known, read, (today, year)));
    found
}

fn of_place(known: &Known, read: &ReadPerson, (today, year): (NaiveDate, i64)) -> Vec<Change> {
    let mut found = vec![];
    if let Some(class) = &read.class {
        let (before, after) = (known.class(), class.to_string());
        if before != after || known.class_year != Some(year) {
            let of_other_year = if before == after { " прошлого учебного года" } else { "" };
            found.push(Change::new("Класс", format!("{before}{of_other_year}"), after));
        }
    }
    if let Some(staff) = &read.staff {
        let post = known.post.clone().unwrap_or_default();
        if known.post.is_none() || !staff.post.is_empty() && words::fold(&post) != words::fold(&staff.post) {
            found.push(Change::new("Должность", post, staff.post.clone()));
        }
        if let Some(since) = new_since(known.teaches_since, staff.since, today) {
            let before = known.teaches_since.map_or_else(String::new, words::short_date);
            found.push(Change::new("Педагогическая деятельность", before, format!("с {}", words::short_date(since))));
        }
    } else if !known.is_pupil {
        found.push(Change::fact("Кем является", "обучающийся"));
    }
    found
}

fn new_sex(known: &Known, read: &ReadPerson) -> Option<Sex> {
    let sex = read.sex?;
    let differs = known.sex != Some(sex) && (known.sex.is_none() || !read.sex_is_guess);
    differs.then_some(sex)
}

/// Returns the day from which service counts, if the list says another one; years that are the same today say nothing.
pub fn new_since(known: Option<NaiveDate>, read: Option<Since>, today: NaiveDate) -> Option<NaiveDate> {
    match read? {
        Since::Day(day) => (known != Some(day)).then_some(day),
        Since::Years(years) => {
            let same = known.and_then(|since| full_years(since, today)) == Some(years);
            let year = today.year() - i32::try_from(years).ok()?;
            (!same).then(|| today.with_year(year).or(NaiveDate::from_ymd_opt(year, 3, 1))).flatten()
        }
    }
}

/// Returns the facts of a record with what the row says put over them.
pub fn merged(known: &Known, read: &ReadPerson) -> PersonFacts {
    let over = |from: &str, to: &str| {
        if to.is_empty() || words::fold(from) == words::fold(to) { from.to_owned() } else { to.to_owned() }
    };
    let mut facts = PersonFacts {
        born_on: read.born_on.or(known.born_on),
        sex: new_sex(known, read).or(known.sex),
        phone: if read.phone.is_empty() || phone(&known.phone) == read.phone {
            known.phone.clone()
        } else {
            read.phone.clone()
        },
        email: over(&known.email, &read.email),
        journal_id: over(&known.journal_id, &read.journal_id),
        workplace: known.workplace.clone(),
        note: known.note.clone(),
        ..PersonFacts::default()
    };
    facts.name.surname = over(&known.surname, &read.name.surname);
    facts.name.given = over(&known.given_name, &read.name.given);
    facts.name.patronymic = over(&known.patronymic, &read.name.patronymic);
    facts
}

/// Finds a representative among the records: who represents the pupil already, else who has the same telephone.
pub fn guardian_of<'k>(
    read: &ReadGuardian,
    candidates: &'k [Known],
    linked: impl Fn(&Known) -> bool,
) -> Option<&'k Known> {
    let key = read.name.key();
    let alike = || candidates.iter().filter(|known| known.name_key == key);
    alike()
        .find(|known| linked(known))
        .or_else(|| alike().find(|known| !read.phone.is_empty() && phone(&known.phone) == read.phone))
}
