//! Pairs that run already, as the two bases show them: whoever they name takes a place or has a mentor.

use super::{
    base::Base,
    columns::{Column, Side},
    directory::Meant,
    mistake::Mistake,
    names::Named,
    people::{Assembly, ReadRow},
};
use crate::words;
use std::collections::{BTreeMap, BTreeSet};

/// A mentee, a mentor and the form of their pair.
pub(super) type PresentPairs = BTreeSet<(Whom, Whom, Option<String>)>;

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Whom {
    /// By number in the directory.
    Known(usize),
    /// By name: nobody of the other base, or it is unclear who.
    Stranger(String),
}

/// Partners of one base who were not found in the other, with their rows.
#[derive(Default)]
struct Strangers {
    nobody: BTreeMap<String, Vec<usize>>,
    unclear: BTreeMap<String, Vec<usize>>,
}

impl Assembly<'_> {
    /// Returns the pairs both bases show as running, each once whichever base names it.
    pub(super) fn present_pairs(
        &mut self,
        (mentees, asking): (&Base, &[ReadRow]),
        (mentors, offering): (&Base, &[ReadRow]),
    ) -> PresentPairs {
        let people = |rows: &[ReadRow]| rows.iter().map(|row| row.0).collect::<BTreeSet<usize>>();
        let among = |rows: &[ReadRow]| people(rows).into_iter().collect::<Vec<usize>>();
        let (all_mentees, all_mentors) = (among(asking), among(offering));
        let running = |rows: &'_ [ReadRow]| rows.iter().filter(|row| !row.2.finished).cloned().collect::<Vec<_>>();
        let mut pairs = PresentPairs::new();
        let mut strangers = Strangers::default();
        for (person, row, facts) in running(asking) {
            let form = self.form_of(&facts);
            for named in &facts.partners {
                let mentor = self.whom(named, &all_mentors, row, &mut strangers);
                pairs.insert((Whom::Known(person), mentor, Some(form.clone())));
            }
        }
        self.remark_strangers(mentees, std::mem::take(&mut strangers));
        for (person, row, facts) in running(offering) {
            for named in &facts.partners {
                let mentee = self.whom(named, &all_mentees, row, &mut strangers);
                let known = pairs.iter().any(|(a, b, _)| *a == mentee && *b == Whom::Known(person));
                if !known {
                    pairs.insert((mentee, Whom::Known(person), facts.forms.first().cloned()));
                }
            }
        }
        self.remark_strangers(mentors, strangers);
        pairs
    }

    fn whom(&self, named: &Named, among: &[usize], row: usize, strangers: &mut Strangers) -> Whom {
        let list = match self.directory.find(named, among) {
            Meant::One(person) => return Whom::Known(person),
            Meant::Several(_) => &mut strangers.unclear,
            Meant::Nobody => &mut strangers.nobody,
        };
        let name = named.to_string();
        list.entry(name.clone()).or_default().push(row);
        Whom::Stranger(words::fold(&name))
    }

    /// Says who was not found; the place counts as taken all the same.
    fn remark_strangers(&mut self, base: &Base, strangers: Strangers) {
        let taken = match base.side {
            Side::Mentees => "считается, что наставник в этой форме уже есть",
            Side::Mentors => "места у наставников считаются занятыми",
        };
        let nobody = format!("в базе {} нет", base.side.other().of_whom());
        for (what, list) in [(nobody.as_str(), strangers.nobody), ("неясно, кто это", strangers.unclear)] {
            let with_rows = |(name, rows): (&String, &Vec<usize>)| {
                let rows: Vec<String> = rows.iter().map(usize::to_string).collect();
                format!("{name} ({} {})", if rows.len() == 1 { "строка" } else { "строки" }, rows.join(", "))
            };
            let names: Vec<String> = list.iter().map(with_rows).collect();
            if !names.is_empty() {
                let remark = Mistake {
                    file: base.file.clone(),
                    column: base.heading(Column::Partners).map(str::to_owned),
                    what: format!("{what}: {}; {taken}.", names.join(", ")),
                    ..Mistake::default()
                };
                self.remarks.push(remark.to_string());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::matching::{question::question, settings::Rules};
    use chrono::NaiveDate;
    use documents::tables::{Cell, Table};

    fn table(rows: &[&[&str]]) -> Table {
        let cell = |text: &&str| Cell { text: (*text).to_owned(), covered_by: None };
        Table { title: None, rows: rows.iter().map(|row| row.iter().map(cell).collect()).collect() }
    }

    #[test]
    fn both_mentees_of_a_mentor_whose_name_is_merged_over_two_rows_are_known() {
        let mentees = table(&[&["ФИО", "Класс"], &["Ёлкина Анна", "7Б"], &["Ким Лю", "8А"], &["Сосна Ия", "8А"]]);
        let heading: &[&str] = &["ФИО наставника", "ФИО наставляемых", "Сколько наставляемых"];
        let mut mentors = table(&[heading, &["Рябинин Олег", "Ёлкина А.", "3"], &["", "Ким Лю, 8А", ""]]);
        mentors.rows[2][0].covered_by = Some((1, 0));
        let mentees = Base::read(Side::Mentees, "a.xlsx", &[mentees]).unwrap();
        let mentors = Base::read(Side::Mentors, "b.xlsx", &[mentors]).unwrap();
        let today = NaiveDate::from_ymd_opt(2026, 11, 30).unwrap();
        let question = question(&mentees, &mentors, &Rules::read(None).unwrap(), today).unwrap();
        let mentor = &question.input.mentors[0];
        assert_eq!((question.input.mentors.len(), mentor.capacity, mentor.load), (1, 3, 2));
        let with_mentor: Vec<bool> = question.input.mentees.iter().map(|mentee| mentee.has_mentor).collect();
        assert_eq!(with_mentor, [true, true, false]);
        let remarks = question.remarks.join("\n");
        assert!(!remarks.contains("с одним именем") && !remarks.contains("базе наставляемых нет:"), "{remarks}");
    }
}
