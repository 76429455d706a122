//! The question to the engine, and what people should know about how it was put.

use super::{
    base::Base,
    columns::{Column, Side},
    directory::{Directory, Meant},
    mistake::Mistake,
    people::{Assembly, Entry, PresentPairs, Whom},
    settings::Rules,
    slots,
};
use matching::{Input, Mentee, Mentor, PairId, Settings};
use std::collections::{BTreeMap, BTreeSet};

/// The question to the engine and what people should know about how it was put.
#[derive(Debug)]
pub struct Question {
    pub input: Input,
    pub settings: Settings,
    /// Class by identifier.
    pub classes: BTreeMap<String, String>,
    /// Row by identifier, to name the place of what the engine refuses.
    pub rows: BTreeMap<String, (String, usize)>,
    pub remarks: Vec<String>,
}

/// Puts the bases together.
pub fn question(mentees: &Base, mentors: &Base, rules: &Rules, year: i32) -> Result<Question, Vec<Mistake>> {
    let mut assembly = Assembly { rules, directory: Directory::default(), mistakes: Vec::new(), remarks: Vec::new() };
    let asking = assembly.rows(mentees, year);
    let offering = assembly.rows(mentors, year);
    let pairs = assembly.present_pairs(&asking, &offering);
    let mut asking = assembly.mentees(asking, &pairs);
    let mut offering = assembly.mentors(offering);
    assembly.say_what_is_assumed(mentees, mentors);
    let settings = assembly.fill_in(&mut asking, &mut offering);
    let input = assembly.input((mentees, &asking), (mentors, &offering), &pairs);
    if !assembly.mistakes.is_empty() {
        return Err(assembly.mistakes);
    }
    let entries = |base: &Base, entries: &[Entry]| -> Vec<(String, (String, usize))> {
        entries.iter().map(|entry| (entry.id.clone(), (base.file.clone(), entry.row))).collect()
    };
    let everybody = asking.iter().chain(&offering);
    let classes =
        everybody.filter_map(|entry| Some((entry.id.clone(), assembly.directory.class(entry.person)?.to_owned())));
    Ok(Question {
        input,
        settings,
        classes: classes.collect(),
        rows: entries(mentors, &offering).into_iter().chain(entries(mentees, &asking)).collect(),
        remarks: assembly.remarks,
    })
}

impl Assembly<'_> {
    fn say_what_is_assumed(&mut self, mentees: &Base, mentors: &Base) {
        for base in [mentees, mentors] {
            let whom = base.side.of_whom();
            if !base.has(Column::Consent) {
                self.remarks.push(format!(
                    "В базе {whom} нет столбца о согласии: считается, что согласие дали все. Проверьте."
                ));
            }
            if !base.has(Column::Form) {
                self.remarks.push(match base.side {
                    Side::Mentees => {
                        format!("В базе {whom} нет столбца «Форма»: взята форма «{}».", self.rules.default_form)
                    }
                    Side::Mentors => format!("В базе {whom} нет столбца «Форма»: считается, что подходит любая форма."),
                });
            }
            if !base.unused.is_empty() {
                self.remarks.push(format!("В базе {whom} для подбора не нужны столбцы: {}.", base.unused.join(", ")));
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

    /// What nobody said rules nobody out: unknown time and places count as any, unless nobody said anything at all.
    fn fill_in(&mut self, asking: &mut [Entry], offering: &mut [Entry]) -> Settings {
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

    fn input(&mut self, mentees: (&Base, &[Entry]), mentors: (&Base, &[Entry]), pairs: &PresentPairs) -> Input {
        let codes: Vec<String> = self.rules.forms.iter().map(|form| form.code.clone()).collect();
        let mut input = Input::default();
        for entry in mentees.1 {
            let [wishes, mut vetoes, relatives] = self.names(mentees.0, entry, mentors.1);
            // Who asks in two forms has an identifier for each; none of them may be proposed to the person.
            let own = mentors.1.iter().filter(|mentor| mentor.person == entry.person && mentor.id != entry.id);
            vetoes.extend(own.map(|mentor| mentor.id.clone()).filter(|id| !vetoes.contains(id)).collect::<Vec<_>>());
            input.mentees.push(mentee(entry, wishes, vetoes, relatives));
        }
        for entry in mentors.1 {
            let [wishes, vetoes, relatives] = self.names(mentors.0, entry, mentees.1);
            let load = pairs.iter().filter(|(_, mentor, _)| *mentor == Whom::Known(entry.person)).count();
            let load = u32::try_from(load).unwrap_or(u32::MAX);
            let capacity = entry.facts.capacity.unwrap_or(self.rules.capacity).max(load);
            let forms = if entry.facts.forms.is_empty() { codes.clone() } else { entry.facts.forms.clone() };
            let own = mentor(entry, wishes, vetoes, relatives);
            input.mentors.push(Mentor { load, capacity, forms, ..own });
        }
        let fixed = [("locks", &self.rules.locks), ("bans", &self.rules.bans), ("previous", &self.rules.previous)];
        for (list, named) in fixed {
            let resolved: Vec<PairId> =
                named.iter().filter_map(|pair| self.fixed(list, pair, mentees.1, mentors.1)).collect();
            match list {
                "locks" => input.locks = resolved,
                "bans" => input.bans.extend(resolved),
                _ => input.previous = resolved,
            }
        }
        input
    }

    /// Returns the identifiers behind the names of wishes, vetoes and relatives.
    fn names(&mut self, base: &Base, entry: &Entry, others: &[Entry]) -> [Vec<String>; 3] {
        let facts = &entry.facts;
        let columns =
            [(Column::Wishes, &facts.wishes), (Column::Vetoes, &facts.vetoes), (Column::Relatives, &facts.relatives)];
        columns.map(|(column, names)| {
            let mut found: Vec<String> = Vec::new();
            for name in names {
                match self.entries(name, others) {
                    Ok(ids) => found.extend(ids.into_iter().filter(|id| !found.contains(id)).collect::<Vec<_>>()),
                    Err(what) => self.mistakes.extend(
                        base.rows.iter().find(|row| row.number == entry.row).map(|row| base.mistake(row, column, what)),
                    ),
                }
            }
            found
        })
    }

    fn entries(&self, name: &str, others: &[Entry]) -> Result<Vec<String>, String> {
        let people: BTreeSet<usize> = others.iter().map(|entry| entry.person).collect();
        match self.directory.find(name, &people.into_iter().collect::<Vec<_>>()) {
            Meant::One(person) => {
                Ok(others.iter().filter(|entry| entry.person == person).map(|entry| entry.id.clone()).collect())
            }
            Meant::Several => Err(format!("под «{name}» подходят несколько человек: добавьте класс в скобках")),
            Meant::Nobody => Err(format!("в другой базе нет человека «{name}»")),
        }
    }

    fn fixed(&mut self, list: &str, pair: &PairId, mentees: &[Entry], mentors: &[Entry]) -> Option<PairId> {
        let by_id = |name: &str| mentees.iter().find(|entry| entry.id == name).map(|entry| vec![entry.id.clone()]);
        let mentee = by_id(&pair.mentee).map_or_else(|| self.entries(&pair.mentee, mentees), Ok);
        let mentor = self.entries(&pair.mentor, mentors);
        match (mentee.as_deref(), mentor.as_deref()) {
            (Ok([mentee]), Ok([mentor])) => Some(PairId { mentee: mentee.clone(), mentor: mentor.clone() }),
            // Who has left the bases since the previous draft is no mistake.
            _ if list == "previous" => None,
            _ => {
                let what = format!("в списке {list} непонятна пара «{}» — «{}»", pair.mentee, pair.mentor);
                self.mistakes
                    .push(Mistake { file: "правила подбора".into(), what, ..Mistake::default() });
                None
            }
        }
    }
}

fn all(words: &BTreeSet<String>) -> Vec<String> {
    words.iter().cloned().collect()
}

fn mentee(entry: &Entry, wishes: Vec<String>, vetoes: Vec<String>, relatives: Vec<String>) -> Mentee {
    let facts = &entry.facts;
    Mentee {
        id: entry.id.clone(),
        form: facts.forms.first().cloned().unwrap_or_default(),
        age: facts.age,
        class: facts.class.clone(),
        consent: facts.consent,
        has_mentor: entry.has_mentor,
        priority: facts.priority,
        categories: all(&facts.categories),
        requests: all(&facts.themes),
        interests: all(&facts.interests),
        slots: facts.slots.iter().flatten().cloned().collect(),
        languages: all(&facts.languages),
        places: facts.places.iter().flatten().cloned().collect(),
        mentor_age: facts.age_wish,
        wishes,
        vetoes,
        relatives,
    }
}

fn mentor(entry: &Entry, wishes: Vec<String>, vetoes: Vec<String>, relatives: Vec<String>) -> Mentor {
    let facts = &entry.facts;
    Mentor {
        id: entry.id.clone(),
        age: facts.age,
        class: facts.class.clone(),
        consent: facts.consent,
        cleared: facts.cleared,
        minimum: facts.minimum,
        competences: all(&facts.themes),
        interests: all(&facts.interests),
        slots: facts.slots.iter().flatten().cloned().collect(),
        languages: all(&facts.languages),
        places: facts.places.iter().flatten().cloned().collect(),
        mentee_age: facts.age_wish,
        wishes,
        vetoes,
        relatives,
        ..Mentor::default()
    }
}
