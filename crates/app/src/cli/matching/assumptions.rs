//! What is assumed where the bases say nothing, or say two things; each assumption is remarked.

use super::{
    answer::Answer,
    base::Base,
    columns::{Column, Side},
    mistake::Mistake,
    people::{Assembly, Entry},
    slots,
};
use crate::people::ClassName;
use matching::Settings;
use std::collections::BTreeSet;

/// A pupil of a grade is about so much older than its number in the year the school year begins.
const OLDER_THAN_GRADE: u16 = 7;

/// Names said in one remark; the others are counted.
const NAMED: usize = 20;

impl Assembly<'_> {
    pub(super) fn say_what_is_assumed(&mut self, mentees: &Base, mentors: &Base) {
        for base in [mentees, mentors] {
            self.say_what_is_missing(base);
            if !base.unused.is_empty() {
                let (whom, unused) = (base.side.of_whom(), base.unused.join(", "));
                self.remarks.push(format!("В базе {whom} для подбора не нужны столбцы: {unused}."));
            }
            if !base.passed_over.is_empty() {
                let row = |(number, text): &(usize, String)| {
                    if text.is_empty() { number.to_string() } else { format!("{number} («{text}»)") }
                };
                let rows: Vec<String> = base.passed_over.iter().map(row).collect();
                self.remarks.push(format!(
                    "{}: пропущены строки, где нет имени или кроме него ничего нет: {}.",
                    base.file,
                    named(&rows)
                ));
            }
        }
        if !mentors.has(Column::Clearance) && self.rules.engine.forms.iter().any(|form| form.clearance) {
            self.remarks
                .push("В базе наставников нет столбца о допуске: считается, что допуск есть у всех. Проверьте.".into());
        }
        if !mentors.has(Column::Capacity) {
            let each = self.rules.capacity;
            self.remarks
                .push(format!("В базе наставников не сказано, сколько наставляемых берёт каждый: взято {each}."));
        }
    }

    fn say_what_is_missing(&mut self, base: &Base) {
        let whom = base.side.of_whom();
        if !base.has(Column::Consent) {
            self.remarks
                .push(format!("В базе {whom} нет столбца о согласии: считается, что согласие дали все. Проверьте."));
        }
        if !base.has(Column::Form) {
            self.remarks.push(match base.side {
                Side::Mentees => {
                    format!("В базе {whom} нет столбца «Форма»: взята форма «{}».", self.rules.default_form)
                }
                Side::Mentors => format!("В базе {whom} нет столбца «Форма»: считается, что подходит любая форма."),
            });
        }
    }

    /// Says who has no consent or clearance because rows contradict each other or the cell is empty.
    pub(super) fn say_whose_answers_are_open(&mut self, base: &Base, entries: &[Entry]) {
        for (column, what) in [(Column::Consent, "согласия"), (Column::Clearance, "допуска")] {
            let answer = |entry: &Entry| match column {
                Column::Clearance => entry.facts.clearance,
                _ => entry.facts.consent,
            };
            if !base.has(column) {
                continue;
            }
            let who =
                |wanted| entries.iter().filter(move |entry| answer(entry) == wanted).map(|entry| entry.id.clone());
            let remark = |person, what| {
                let column = base.heading(column).map(str::to_owned);
                Mistake { file: base.file.clone(), column, person, what, ..Mistake::default() }.to_string()
            };
            for person in who(Answer::Both) {
                let both = format!("в одной строке «да», в другой «нет»: считается, что {what} нет");
                self.remarks.push(remark(Some(person), both));
            }
            let silent: Vec<String> = who(Answer::Silent).collect();
            if !silent.is_empty() {
                self.remarks.push(remark(None, format!("пустая клетка значит, что {what} нет: {}", named(&silent))));
            }
        }
    }

    /// What nobody said rules nobody out: unknown time and places count as any, unless nobody said anything at all.
    pub(super) fn fill_in(&mut self, asking: &mut [Entry], offering: &mut [Entry]) -> Settings {
        let mut settings = self.rules.engine.clone();
        let said = asking.iter().chain(&*offering);
        let times = said.clone().filter(|entry| entry.facts.slots.is_some()).count();
        let places: BTreeSet<String> = said.filter_map(|entry| entry.facts.places.clone()).flatten().collect();
        let silent = asking.len() + offering.len() - times;
        if times == 0 {
            settings.forms.iter_mut().for_each(|form| form.common_slots = 0);
            self.remarks.push("В базах не сказано, в какие дни у людей есть время: время не учтено.".into());
        } else if silent > 0 {
            self.remarks.push(format!("Время не указано у {silent} из {}: считается, что любое.", silent + times));
        }
        for entry in asking.iter_mut().chain(offering) {
            if times > 0 {
                entry.facts.slots.get_or_insert_with(slots::all);
            }
            entry.facts.places.get_or_insert_with(|| places.clone());
        }
        if places.is_empty() {
            settings.forms.iter_mut().for_each(|form| form.place = false);
        }
        settings
    }

    /// Takes unknown ages from the class and says whose difference in age no rule can look at.
    pub(super) fn say_whose_age_is_unknown(&mut self, asking: &mut [Entry], offering: &mut [Entry]) {
        let asked = |code: &String| asking.iter().any(|entry| entry.facts.forms.contains(code));
        let forms = self.rules.engine.forms.iter().filter(|form| form.age_gap.is_some()).map(|form| form.code.clone());
        let forms: BTreeSet<String> = forms.filter(asked).collect();
        let wished = asking.iter().chain(&*offering).any(|entry| entry.facts.age_wish.is_some());
        for (side, entries) in [(Side::Mentees, asking), (Side::Mentors, offering)] {
            let ruled = |entry: &Entry| {
                let own = &entry.facts.forms;
                !forms.is_empty() && (own.is_empty() || own.iter().any(|form| forms.contains(form)))
            };
            if wished || !forms.is_empty() {
                self.estimate_ages(side, entries.iter_mut().filter(|entry| wished || ruled(entry)));
            }
            let ruled: Vec<&Entry> = entries.iter().filter(|entry| ruled(entry)).collect();
            let without = ruled.iter().filter(|entry| entry.facts.age.is_none());
            let unknown: Vec<String> = without.map(|entry| entry.id.clone()).collect();
            if !unknown.is_empty() {
                self.remarks.push(format!(
                    "В базе {} возраст не указан у {} из {}: разница в возрасте не проверялась: {}.",
                    side.of_whom(),
                    unknown.len(),
                    ruled.len(),
                    named(&unknown)
                ));
            }
        }
    }

    fn estimate_ages<'e>(&mut self, side: Side, entries: impl Iterator<Item = &'e mut Entry>) {
        let mut estimated = Vec::new();
        for entry in entries.filter(|entry| entry.facts.age.is_none()) {
            let class = self.directory.class(entry.person).and_then(|class| class.parse::<ClassName>().ok());
            entry.facts.age = class.map(|class| u16::from(class.grade) + OLDER_THAN_GRADE);
            estimated.extend(entry.facts.age.map(|_| entry.id.clone()));
        }
        if !estimated.is_empty() {
            self.remarks.push(format!(
                "В базе {} возраст не указан у {}, он посчитан примерно, по классу (класс и {OLDER_THAN_GRADE} лет): {}.",
                side.of_whom(),
                estimated.len(),
                named(&estimated)
            ));
        }
    }
}

fn named(names: &[String]) -> String {
    let (said, more) = names.split_at(names.len().min(NAMED));
    let said = said.join(", ");
    if more.is_empty() { said } else { format!("{said} и ещё {}", more.len()) }
}
