//! The question to the engine, and what people should know about how it was put.

use super::{
    base::Base,
    columns::{Column, Side},
    directory::{Directory, Meant},
    mistake::Mistake,
    names::{self, Named},
    pairs::{PresentPairs, Whom},
    people::{Assembly, Entry},
    settings::Rules,
};
use chrono::{Datelike as _, NaiveDate};
use matching::{Input, Mentee, Mentor, PairId, Settings};
use std::collections::{BTreeMap, BTreeSet};

/// The question to the engine and what people should know about how it was put.
#[derive(Debug)]
pub struct Question {
    pub input: Input,
    pub settings: Settings,
    /// The year in which ages are counted.
    pub year: i32,
    /// Class by identifier.
    pub classes: BTreeMap<String, String>,
    /// Row by identifier, to name the place of what the engine refuses.
    pub rows: BTreeMap<(Side, String), usize>,
    /// Whose request it is: somebody who asks in two forms has two identifiers.
    pub people: BTreeMap<String, usize>,
    pub remarks: Vec<String>,
}

/// Puts the bases together.
pub fn question(mentees: &Base, mentors: &Base, rules: &Rules, today: NaiveDate) -> Result<Question, Vec<Mistake>> {
    let mut assembly = Assembly { rules, directory: Directory::default(), mistakes: Vec::new(), remarks: Vec::new() };
    let year = rules.year.unwrap_or_else(|| today.year());
    let asking = assembly.rows(mentees, (year, today));
    let offering = assembly.rows(mentors, (year, today));
    let pairs = assembly.present_pairs((mentees, &asking), (mentors, &offering));
    let mut asking = assembly.mentees(asking, &pairs);
    let mut offering = assembly.mentors(offering);
    assembly.say_what_is_assumed(mentees, mentors);
    for (base, entries) in [(mentees, &asking), (mentors, &offering)] {
        assembly.say_whose_answers_are_open(base, entries);
    }
    assembly.say_whose_age_is_unknown(&mut asking, &mut offering);
    let settings = assembly.fill_in(&mut asking, &mut offering);
    let input = assembly.input((mentees, &asking), (mentors, &offering), &pairs);
    if !assembly.mistakes.is_empty() {
        return Err(assembly.mistakes);
    }
    let of_side = |side, entries: &[Entry]| -> Vec<((Side, String), usize)> {
        entries.iter().map(|entry| ((side, entry.id.clone()), entry.row)).collect()
    };
    let everybody = asking.iter().chain(&offering);
    let classes =
        everybody.filter_map(|entry| Some((entry.id.clone(), assembly.directory.class(entry.person)?.to_owned())));
    Ok(Question {
        input,
        settings,
        year,
        classes: classes.collect(),
        rows: [of_side(Side::Mentees, &asking), of_side(Side::Mentors, &offering)].concat().into_iter().collect(),
        people: asking.iter().map(|entry| (entry.id.clone(), entry.person)).collect(),
        remarks: assembly.remarks,
    })
}

impl Assembly<'_> {
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
            let capacity = self.capacity(mentors.0, entry, load);
            let forms = if entry.facts.forms.is_empty() { codes.clone() } else { entry.facts.forms.clone() };
            let own = mentor(entry, wishes, vetoes, relatives);
            // Whoever is there already counts for the group.
            let minimum = own.minimum.saturating_sub(load);
            input.mentors.push(Mentor { load, capacity, minimum, forms, ..own });
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

    /// Returns how many a mentor takes: never fewer than are there already.
    fn capacity(&mut self, base: &Base, entry: &Entry, load: u32) -> u32 {
        let said = entry.facts.capacity.unwrap_or(self.rules.capacity);
        if said < load {
            let raised = Mistake {
                file: base.file.clone(),
                row: Some(entry.row),
                column: base.heading(Column::Capacity).map(str::to_owned),
                person: Some(entry.id.clone()),
                what: format!("мест {said}, а наставляемых уже {load}: взято {load}, свободных нет"),
            };
            self.remarks.push(raised.to_string());
        }
        said.max(load)
    }

    /// Returns the identifiers behind the names of wishes, vetoes and relatives.
    fn names(&mut self, base: &Base, entry: &Entry, others: &[Entry]) -> [Vec<String>; 3] {
        let facts = &entry.facts;
        let columns =
            [(Column::Wishes, &facts.wishes), (Column::Vetoes, &facts.vetoes), (Column::Relatives, &facts.relatives)];
        columns.map(|(column, names)| {
            let mut found: Vec<String> = Vec::new();
            for named in names {
                match self.entries(named, (base.side.other(), others)) {
                    Ok(ids) => found.extend(ids.into_iter().filter(|id| !found.contains(id)).collect::<Vec<_>>()),
                    Err(what) => self.mistakes.extend(
                        base.rows.iter().find(|row| row.number == entry.row).map(|row| base.mistake(row, column, what)),
                    ),
                }
            }
            found
        })
    }

    /// Returns the identifiers of a person of one base: one for each form.
    fn entries(&self, named: &Named, (side, others): (Side, &[Entry])) -> Result<Vec<String>, String> {
        let people: BTreeSet<usize> = others.iter().map(|entry| entry.person).collect();
        match self.directory.find(named, &people.into_iter().collect::<Vec<_>>()) {
            Meant::One(person) => {
                Ok(others.iter().filter(|entry| entry.person == person).map(|entry| entry.id.clone()).collect())
            }
            Meant::Several(people) => {
                let labels: Vec<String> = people.iter().map(|&person| self.directory.label(person)).collect();
                Err(format!(
                    "неясно, кто из них «{named}»: {}; напишите имя полностью, класс в скобках",
                    labels.join(", ")
                ))
            }
            Meant::Nobody => Err(format!("в базе {} нет человека «{named}»", side.of_whom())),
        }
    }

    /// Returns a pair of the rules by its identifiers.
    fn fixed(&mut self, list: &str, pair: &PairId, mentees: &[Entry], mentors: &[Entry]) -> Option<PairId> {
        let one = |name: &str, side: Side, entries: &[Entry]| {
            let by_id = entries.iter().find(|entry| entry.id == name).map(|entry| vec![entry.id.clone()]);
            let found = by_id.map_or_else(|| self.meant(name, (side, entries)), Ok)?;
            match &found[..] {
                [id] => Ok(id.clone()),
                ids => Err(format!("у «{name}» несколько форм, напишите одну из строк: {}", ids.join(", "))),
            }
        };
        let found = one(&pair.mentee, Side::Mentees, mentees)
            .and_then(|mentee| Ok((mentee, one(&pair.mentor, Side::Mentors, mentors)?)));
        match found {
            Ok((mentee, mentor)) => return Some(PairId { mentee, mentor }),
            Err(why) => {
                let what = format!("непонятна пара «{}» — «{}»: {why}", pair.mentee, pair.mentor);
                let unclear = Mistake {
                    file: format!("правила подбора, список {list}"), what, ..Mistake::default()
                };
                // Who has left the bases since the previous draft is no mistake.
                if list == "previous" {
                    self.remarks.push(format!("{unclear}; пара не учтена."));
                } else {
                    self.mistakes.push(unclear);
                }
            }
        }
        None
    }

    fn meant(&self, name: &str, others: (Side, &[Entry])) -> Result<Vec<String>, String> {
        match &names::read(name).people[..] {
            [named] => self.entries(named, others),
            _ => Err(format!("в «{name}» нужно одно имя")),
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
        consent: facts.consent.is_yes(),
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
        consent: facts.consent.is_yes(),
        cleared: facts.clearance.is_yes(),
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
