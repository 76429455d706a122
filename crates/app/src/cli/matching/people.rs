//! Who asks and who offers: rows of one person put together, one entry per mentee and form.

use super::{
    base::Base,
    columns::{Column, Side},
    directory::Directory,
    mistake::Mistake,
    pairs::{PresentPairs, Whom},
    reader::{Facts, Reader},
    settings::Rules,
};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Somebody of one base, with all rows put together.
pub(super) struct Entry {
    pub(super) person: usize,
    pub(super) id: String,
    pub(super) row: usize,
    pub(super) facts: Facts,
    pub(super) has_mentor: bool,
}

pub(super) struct Assembly<'a> {
    pub(super) rules: &'a Rules,
    pub(super) directory: Directory,
    pub(super) mistakes: Vec<Mistake>,
    pub(super) remarks: Vec<String>,
}

/// A row, whose it is, and its number in the file.
pub(super) type ReadRow = (usize, usize, Facts);

impl Assembly<'_> {
    pub(super) fn rows(&mut self, base: &Base, (year, today): (i32, NaiveDate)) -> Vec<ReadRow> {
        let mut reader = Reader { rules: self.rules, base, year, today, mistakes: Vec::new(), remarks: Vec::new() };
        let rows: Vec<(usize, Facts)> =
            base.rows.iter().filter_map(|row| Some((row.number, reader.facts(row)?))).collect();
        self.mistakes.append(&mut reader.mistakes);
        self.remarks.append(&mut reader.remarks);
        let people = self.enter(base, &rows);
        self.remark_finished(base, &rows);
        rows.into_iter().zip(people).map(|((number, facts), person)| (person, number, facts)).collect()
    }

    /// Says whose programme is over: mentees of such rows ask for nobody, mentors are free again.
    fn remark_finished(&mut self, base: &Base, rows: &[(usize, Facts)]) {
        let finished: Vec<String> =
            rows.iter().filter(|(_, facts)| facts.finished).map(|(_, facts)| facts.name.to_string()).collect();
        if finished.is_empty() {
            return;
        }
        let (count, names) = (finished.len(), finished.join(", "));
        self.remarks.push(match base.side {
            Side::Mentees => format!("{}: строк пропущено: {count}, программа завершена: {names}.", base.file),
            Side::Mentors => format!(
                "{}: строк, где программа завершена: {count}; наставляемые этих строк мест не занимают, сами наставники \
                 участвуют в подборе: {names}.",
                base.file
            ),
        });
        if base.side == Side::Mentees && finished.len() == rows.len() {
            let what = "программа завершена у всех, подбирать некому".to_owned();
            let column = base.heading(Column::Finished).map(str::to_owned);
            self.mistakes.push(Mistake { file: base.file.clone(), column, what, ..Mistake::default() });
        }
    }

    /// Finds out whose the rows are. Whoever is described best is entered first, so that the order of rows decides
    /// nothing; what remains unclear is remarked.
    fn enter(&mut self, base: &Base, rows: &[(usize, Facts)]) -> Vec<usize> {
        let mut order: Vec<usize> = (0..rows.len()).collect();
        order.sort_by_key(|&place| {
            let Facts { class, born, .. } = &rows[place].1;
            (class.is_none() && born.is_none(), class.is_none(), born.is_none(), class, born)
        });
        let mut people = vec![0; rows.len()];
        for place in order {
            let (number, facts) = &rows[place];
            let class = facts.class.as_deref();
            if self.directory.agreeing(&facts.name, class, facts.born).len() > 1 {
                let unclear = Mistake {
                    file: base.file.clone(),
                    row: Some(*number),
                    person: Some(facts.name.to_string()),
                    what: "неясно, о ком из однофамильцев речь; укажите класс или год рождения".to_owned(),
                    ..Mistake::default()
                };
                self.remarks.push(unclear.to_string());
            }
            people[place] = self.directory.enter(facts.name.clone(), class, facts.born);
        }
        self.remark_repeated(base, rows, &people);
        people
    }

    /// Remarks whose rows were put together by the name alone.
    fn remark_repeated(&mut self, base: &Base, rows: &[(usize, Facts)], people: &[usize]) {
        let mut seen = BTreeMap::new();
        let continued: Vec<usize> = base.rows.iter().filter(|row| row.continues).map(|row| row.number).collect();
        let current = people.iter().zip(rows).filter(|(_, row)| !row.1.finished && !continued.contains(&row.0));
        current.for_each(|(&person, _)| *seen.entry(person).or_insert(0) += 1);
        let repeated = seen.into_iter().filter(|&(person, rows)| rows > 1 && self.directory.is_bare(person));
        let mut names: Vec<String> = repeated.map(|(person, _)| self.directory.label(person)).collect();
        names.sort();
        if !names.is_empty() {
            self.remarks.push(format!(
                "{}: строки с одним именем считаются одним человеком: {}. Если это однофамильцы, укажите класс или год \
                 рождения.",
                base.file,
                names.join(", ")
            ));
        }
    }

    pub(super) fn form_of(&self, facts: &Facts) -> String {
        let usual = || self.rules.form(&self.rules.default_form).unwrap_or_default().to_owned();
        facts.forms.first().cloned().unwrap_or_else(usual)
    }

    pub(super) fn mentees(&self, rows: Vec<ReadRow>, pairs: &PresentPairs) -> Vec<Entry> {
        let mut entries: BTreeMap<(usize, String), (usize, Facts)> = BTreeMap::new();
        for (person, row, facts) in rows.into_iter().filter(|row| !row.2.finished) {
            let forms = if facts.forms.is_empty() { vec![self.form_of(&facts)] } else { facts.forms.clone() };
            for form in forms {
                let own = Facts { forms: vec![form.clone()], ..facts.clone() };
                match entries.get_mut(&(person, form.clone())) {
                    Some((_, known)) => known.add(own),
                    None => drop(entries.insert((person, form), (row, own))),
                }
            }
        }
        let forms_of = |person: usize| entries.range((person, String::new())..(person + 1, String::new())).count();
        let entry = |((person, form), (row, facts)): (&(usize, String), &(usize, Facts))| {
            let name = self.directory.label(*person);
            let id = if forms_of(*person) == 1 { name } else { format!("{name} · {}", self.rules.form_name(form)) };
            let has_mentor = pairs.iter().any(|(mentee, _, in_form)| {
                *mentee == Whom::Known(*person) && in_form.as_ref().is_none_or(|in_form| in_form == form)
            });
            Entry { person: *person, id, row: *row, facts: facts.clone(), has_mentor }
        };
        entries.iter().map(entry).collect()
    }

    pub(super) fn mentors(&self, rows: Vec<ReadRow>) -> Vec<Entry> {
        let mut entries: BTreeMap<usize, Entry> = BTreeMap::new();
        for (person, row, facts) in rows {
            if let Some(known) = entries.get_mut(&person) {
                known.facts.add(facts);
            } else {
                let id = self.directory.label(person);
                entries.insert(person, Entry { person, id, row, facts, has_mentor: false });
            }
        }
        entries.into_values().collect()
    }
}
