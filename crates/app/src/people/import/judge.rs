//! Which of the records a row is about. Pure.
//!
//! In this order: the number of the electronic journal; the full name (without case, «ё» as «е») with the date of birth;
//! the full name in the same class where a date is missing, which a person decides.

use super::model::Known;
use crate::people::reading::ReadPerson;

/// What a row turns out to be; the numbers are places among the candidates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    New,
    Is(usize),
    Unclear(&'static str, Vec<usize>),
    Withdrawn,
}

/// Decides whom a row is about; `doubled` says that the upload names this person in several classes.
pub fn judge(read: &ReadPerson, candidates: &[Known], doubled: bool) -> Verdict {
    let of = |fits: &dyn Fn(&Known) -> bool| -> Vec<usize> {
        candidates.iter().enumerate().filter(|(_, known)| fits(known)).map(|(place, _)| place).collect()
    };
    let key = read.name.key();
    if !read.journal_id.is_empty() {
        match of(&|known| known.journal_id == read.journal_id)[..] {
            [] => {}
            [one] => return seen(candidates, one, || of_journal(read, candidates, one)),
            ref many => return Verdict::Unclear("этот номер личного дела есть у нескольких человек", many.to_vec()),
        }
    }
    let other_number = |known: &Known| {
        !read.journal_id.is_empty() && !known.journal_id.is_empty() && known.journal_id != read.journal_id
    };
    let alike = |known: &Known| known.name_key == key && !other_number(known) && is_of_kind(read, known);
    let exact = of(&|known| alike(known) && read.born_on.is_some() && known.born_on == read.born_on);
    if !exact.is_empty() {
        return by_class(read, candidates, &exact, doubled);
    }
    let loose = of(&|known| alike(known) && (read.born_on.is_none() || known.born_on.is_none()));
    without_date(read, candidates, &loose)
}

/// A hidden record says nothing about itself, not even a doubt.
fn seen(candidates: &[Known], place: usize, verdict: impl FnOnce() -> Verdict) -> Verdict {
    if candidates.get(place).is_some_and(|known| known.is_hidden) { Verdict::Withdrawn } else { verdict() }
}

fn of_journal(read: &ReadPerson, candidates: &[Known], place: usize) -> Verdict {
    let known = &candidates[place];
    let same = |a: &str, b: &str| crate::words::fold(a) == crate::words::fold(b);
    let nobody_alike = !same(&known.surname, &read.name.surname) && !same(&known.given_name, &read.name.given);
    if nobody_alike {
        Verdict::Unclear("номер личного дела совпал, а фамилия и имя другие", vec![place])
    } else {
        Verdict::Is(place)
    }
}

fn is_of_kind(read: &ReadPerson, known: &Known) -> bool {
    // A representative of the same name is another person than a pupil without a date of birth.
    read.born_on.is_some() && known.born_on == read.born_on
        || if read.staff.is_some() { known.post.is_some() } else { known.is_pupil }
}

/// Several people of one name and day of birth are told apart by their classes.
fn by_class(read: &ReadPerson, candidates: &[Known], exact: &[usize], doubled: bool) -> Verdict {
    let class = read.class.as_ref().map(ToString::to_string).unwrap_or_default();
    let here: Vec<usize> = exact.iter().copied().filter(|place| candidates[*place].class() == class).collect();
    match (exact, &here[..]) {
        (_, [one]) => seen(candidates, *one, || Verdict::Is(*one)),
        ([one], []) if !doubled => seen(candidates, *one, || Verdict::Is(*one)),
        (all, _) if all.iter().any(|place| candidates[*place].is_hidden) => Verdict::Withdrawn,
        (all, []) if doubled => Verdict::Unclear(
            "человек с этими ФИО и датой рождения есть в другом классе: это он или тёзка?",
            all.to_vec(),
        ),
        (all, _) => Verdict::Unclear("таких ФИО и даты рождения несколько", all.to_vec()),
    }
}

fn without_date(read: &ReadPerson, candidates: &[Known], loose: &[usize]) -> Verdict {
    if loose.iter().any(|place| candidates[*place].is_hidden) {
        return Verdict::Withdrawn;
    }
    if read.staff.is_some() {
        return match loose {
            [] => Verdict::New,
            [one] => Verdict::Is(*one),
            many => Verdict::Unclear("таких сотрудников несколько, а дата рождения не указана", many.to_vec()),
        };
    }
    let class = read.class.as_ref().map(ToString::to_string).unwrap_or_default();
    let here: Vec<usize> = loose.iter().copied().filter(|place| candidates[*place].class() == class).collect();
    match here[..] {
        // Neither the list nor the record has a date: in one class there is one of this name.
        [one] if read.born_on.is_none() && candidates[one].born_on.is_none() => Verdict::Is(one),
        [] if loose.is_empty() => Verdict::New,
        [] if read.born_on.is_none() => {
            Verdict::Unclear("такое ФИО есть в другом классе, а дата рождения не указана", loose.to_vec())
        }
        [] => Verdict::New,
        _ => Verdict::Unclear("такое ФИО есть в этом классе, но дата рождения известна только с одной стороны", here),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::{FullName, PersonId};
    use chrono::NaiveDate;

    const BORN: Option<NaiveDate> = NaiveDate::from_ymd_opt(2012, 2, 1);

    fn row(name: &str, born: Option<NaiveDate>, class: &str) -> ReadPerson {
        let name = FullName::split(name).unwrap();
        ReadPerson { name, born_on: born, class: class.parse().ok(), ..ReadPerson::default() }
    }

    fn known(name: &str, born: Option<NaiveDate>, class: (i64, &str)) -> Known {
        let name = FullName::split(name).unwrap();
        Known {
            id: PersonId::fresh(),
            name_key: name.key(),
            surname: name.surname,
            given_name: name.given,
            patronymic: name.patronymic,
            born_on: born,
            sex: None,
            phone: String::new(),
            email: String::new(),
            journal_id: String::new(),
            workplace: String::new(),
            note: String::new(),
            left_on: None,
            is_hidden: false,
            merged_into: None,
            version: 1,
            is_pupil: true,
            grade: Some(class.0),
            letter: Some(class.1.into()),
            class_year: Some(2026),
            post: None,
            is_teaching: None,
            teaches_since: None,
            user_id: None,
        }
    }

    #[test]
    fn a_name_with_a_date_is_found_with_yo_and_without_and_in_another_class() {
        let records = [known("Елкина Анна", BORN, (7, "А"))];
        assert_eq!(judge(&row("Ёлкина АННА", BORN, "8А"), &records, false), Verdict::Is(0));
    }

    #[test]
    fn namesakes_born_the_same_day_are_told_apart_by_class_and_else_are_unclear() {
        let records = [known("Ким Лю", BORN, (7, "А")), known("Ким Лю", BORN, (7, "Б"))];
        assert_eq!(judge(&row("Ким Лю", BORN, "7Б"), &records, true), Verdict::Is(1));
        assert!(
            matches!(judge(&row("Ким Лю", BORN, "7В"), &records, false), Verdict::Unclear(_, many) if many.len() == 2)
        );
        assert!(matches!(judge(&row("Ким Лю", BORN, "7В"), &records[..1], true), Verdict::Unclear(..)));
    }

    #[test]
    fn a_name_without_a_date_is_a_question_unless_nobody_has_one() {
        let dated = [known("Ким Лю", BORN, (7, "А"))];
        assert!(matches!(judge(&row("Ким Лю", None, "7А"), &dated, false), Verdict::Unclear(..)));
        let dateless = [known("Ким Лю", None, (7, "А"))];
        assert_eq!(judge(&row("Ким Лю", None, "7А"), &dateless, false), Verdict::Is(0));
        assert!(matches!(judge(&row("Ким Лю", BORN, "7А"), &dateless, false), Verdict::Unclear(..)));
        assert_eq!(judge(&row("Ким Лю", BORN, "9А"), &[], false), Verdict::New);
    }

    #[test]
    fn the_number_of_the_journal_goes_before_the_name() {
        let mut record = known("Иванова Анна", BORN, (7, "А"));
        record.journal_id = "17".into();
        let mut married = row("Петрова Анна", None, "7А");
        married.journal_id = "17".into();
        assert_eq!(judge(&married, std::slice::from_ref(&record), false), Verdict::Is(0));
        let mut other = row("Сидоров Пётр", None, "7А");
        other.journal_id = "17".into();
        assert!(matches!(judge(&other, std::slice::from_ref(&record), false), Verdict::Unclear(..)));
        let mut namesake = row("Иванова Анна", BORN, "7А");
        namesake.journal_id = "18".into();
        assert_eq!(judge(&namesake, &[record], false), Verdict::New);
    }

    #[test]
    fn a_hidden_record_is_neither_found_nor_made_anew() {
        let mut hidden = known("Ким Лю", BORN, (7, "А"));
        hidden.is_hidden = true;
        for born in [BORN, None] {
            assert_eq!(judge(&row("Ким Лю", born, "7А"), std::slice::from_ref(&hidden), false), Verdict::Withdrawn);
        }
    }
}
