//! Rows understood and the records they may be about, a thousand at a time.

use crate::{
    access::SchoolId,
    error::Answer,
    people::{
        import::{
            model::Known,
            queries::{self, Among, ListRow},
        },
        model::PersonId,
        reading::{ReadGuardian, ReadPerson, Section, understand},
    },
};
use chrono::NaiveDate;
use database::Tx;
use std::{
    collections::{BTreeSet, HashMap, HashSet, hash_map::DefaultHasher},
    hash::Hasher as _,
};

/// Merges that lead to merges are followed this far.
const MERGES_MAX: usize = 5;

/// Understands a row by its section.
pub fn understood(row: &ListRow, sections: &[Section], today: NaiveDate) -> Result<ReadPerson, String> {
    let section = usize::try_from(row.section).ok().and_then(|place| sections.get(place));
    section.map_or_else(|| Err("строка без шапки".to_owned()), |section| understand(section, &row.cells.0, today))
}

/// A number that stands for somebody in the maps of an upload: a hundred thousand names would take more memory.
pub fn key_of(parts: &impl std::hash::Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    parts.hash(&mut hasher);
    hasher.finish()
}

/// What tells one person of an upload from another.
pub fn identity(read: &ReadPerson) -> u64 {
    match read.journal_id.as_str() {
        "" => {
            key_of(&(read.name.key(), read.born_on, read.class.as_ref().map(ToString::to_string), read.staff.is_some()))
        }
        number => key_of(&number),
    }
}

/// What tells one representative of an upload from another: without a telephone only within a family.
pub fn identity_of_guardian(guardian: &ReadGuardian, family: u64) -> u64 {
    if guardian.phone.is_empty() {
        key_of(&(guardian.name.key(), family))
    } else {
        key_of(&(guardian.name.key(), &guardian.phone))
    }
}

/// Records that some rows may be about.
#[derive(Default)]
pub struct Records {
    by_name: HashMap<String, Vec<Known>>,
    by_journal: HashMap<String, Vec<Known>>,
    by_id: HashMap<PersonId, Known>,
    represented: HashSet<(PersonId, PersonId)>,
}

impl Records {
    /// Asks for the records of all people and representatives of some rows, and for the chosen ones.
    pub async fn of(tx: &mut Tx, school: SchoolId, reads: &[&ReadPerson], chosen: Vec<PersonId>) -> Answer<Self> {
        let names = reads.iter().flat_map(|read| {
            std::iter::once(read.name.key()).chain(read.guardians.iter().map(|guardian| guardian.name.key()))
        });
        let names: BTreeSet<String> = names.collect();
        let numbers = reads.iter().map(|read| read.journal_id.clone()).filter(|number| !number.is_empty());
        let numbers: BTreeSet<String> = numbers.collect();
        let mut found = queries::known(tx, school, Among::Names(names.into_iter().collect())).await?;
        found.extend(queries::known(tx, school, Among::Journal(numbers.into_iter().collect())).await?);
        found.extend(queries::known(tx, school, Among::Ids(chosen)).await?);
        let found = kept(tx, school, found).await?;
        let minors: Vec<PersonId> = found.iter().map(|(_, known)| known.id).collect();
        let mut records = Self {
            represented: queries::represented(tx, school, minors).await?.into_iter().collect(),
            ..Self::default()
        };
        for (asked, known) in found {
            push(&mut records.by_name, &asked.name_key, &known);
            push(&mut records.by_journal, &asked.journal_id, &known);
            records.by_id.insert(known.id, known);
        }
        Ok(records)
    }

    /// Returns the records a row may be about: by the number of the journal and by the name.
    pub fn candidates(&self, read: &ReadPerson) -> Vec<Known> {
        let by_number = if read.journal_id.is_empty() { None } else { self.by_journal.get(&read.journal_id) };
        let mut found: Vec<Known> = by_number.into_iter().flatten().cloned().collect();
        for known in self.by_name.get(&read.name.key()).into_iter().flatten() {
            if found.iter().all(|other| other.id != known.id) {
                found.push(known.clone());
            }
        }
        found
    }

    /// Returns the records of a representative's name.
    pub fn named(&self, guardian: &ReadGuardian) -> &[Known] {
        self.by_name.get(&guardian.name.key()).map_or(&[], Vec::as_slice)
    }

    /// Returns a record.
    pub fn get(&self, id: PersonId) -> Option<&Known> {
        self.by_id.get(&id)
    }

    /// Tells whether somebody represents somebody.
    pub fn represents(&self, guardian: PersonId, minor: PersonId) -> bool {
        self.represented.contains(&(minor, guardian))
    }
}

fn push(map: &mut HashMap<String, Vec<Known>>, key: &str, known: &Known) {
    let of_key = map.entry(key.to_owned()).or_default();
    if of_key.iter().all(|other| other.id != known.id) {
        of_key.push(known.clone());
    }
}

/// Follows merged records to those that were kept; each stands beside the one it was found by.
async fn kept(tx: &mut Tx, school: SchoolId, found: Vec<Known>) -> Answer<Vec<(Known, Known)>> {
    let mut pairs: Vec<(Known, Known)> = found.into_iter().map(|known| (known.clone(), known)).collect();
    for _ in 0..MERGES_MAX {
        let merged: BTreeSet<PersonId> = pairs.iter().filter_map(|(_, known)| known.merged_into).collect();
        if merged.is_empty() {
            break;
        }
        let next = queries::known(tx, school, Among::Ids(merged.into_iter().collect())).await?;
        for (_, known) in &mut pairs {
            if let Some(kept) = known.merged_into.and_then(|id| next.iter().find(|next| next.id == id)) {
                // Found under a former name, compared by the name it was found by.
                *known = Known { name_key: known.name_key.clone(), ..kept.clone() };
            }
        }
    }
    Ok(pairs)
}
