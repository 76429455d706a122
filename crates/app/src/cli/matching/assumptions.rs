//! What is assumed where the bases say nothing, or say two things; each assumption is remarked.

use super::{
    answer::Answer,
    base::Base,
    columns::{Column, Side},
    mistake::Mistake,
    people::{Assembly, Entry},
    slots,
};
use matching::Settings;
use std::collections::BTreeSet;

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
}

fn named(names: &[String]) -> String {
    let (said, more) = names.split_at(names.len().min(NAMED));
    let said = said.join(", ");
    if more.is_empty() { said } else { format!("{said} и ещё {}", more.len()) }
}
