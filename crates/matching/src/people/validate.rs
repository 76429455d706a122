//! Refuses data on which a result could not be relied, and names the person and the field.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::model::{AgeRange, Input, Mentee, Mentor, PairId};
use super::settings::{FormSettings, Settings};

/// The largest weight of one criterion.
pub const WEIGHT_LIMIT: u32 = 10_000;
/// The largest capacity of one mentor.
pub const CAPACITY_LIMIT: u32 = 10_000;
const AGE_LIMIT: u16 = 130;
const OVERLAP_LIMIT: u32 = 1000;

/// Whose data are meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Subject {
    Mentee(String),
    Mentor(String),
    Form(String),
    Pair(PairId),
    Settings,
}

/// Which of the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Field {
    Id,
    Form,
    Age,
    AgeWish,
    Capacity,
    Load,
    Minimum,
    Wishes,
    Vetoes,
    Relatives,
    Weights,
    WishPercent,
    AgeGap,
    FullOverlap,
    Candidates,
    Lock,
    Ban,
    Previous,
}

/// What is wrong with them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Problem {
    Empty,
    Duplicate,
    OutOfRange,
    /// Names somebody or something that is not there.
    Unknown(String),
    /// A lock breaks rules.
    Inadmissible(Vec<crate::criteria::Constraint>),
    /// The pair is locked and banned.
    Contradiction,
}

/// Bad input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputError {
    pub subject: Subject,
    pub field: Field,
    pub problem: Problem,
}

impl InputError {
    pub(crate) fn new(subject: Subject, field: Field, problem: Problem) -> Self {
        Self { subject, field, problem }
    }
}

/// Checks settings and people one by one and against each other.
pub fn validate(input: &Input, settings: &Settings) -> Result<(), InputError> {
    if settings.candidates_per_mentee == Some(0) {
        return Err(InputError::new(Subject::Settings, Field::Candidates, Problem::OutOfRange));
    }
    let mut forms = BTreeSet::new();
    for form in &settings.forms {
        check_form(form)?;
        if !forms.insert(form.code.as_str()) {
            return Err(InputError::new(Subject::Form(form.code.clone()), Field::Form, Problem::Duplicate));
        }
    }
    let mentees = unique(input.mentees.iter().map(|mentee| mentee.id.as_str()), Subject::Mentee)?;
    let mentors = unique(input.mentors.iter().map(|mentor| mentor.id.as_str()), Subject::Mentor)?;
    for mentee in &input.mentees {
        check_mentee(mentee, &forms, &mentors)?;
    }
    for mentor in &input.mentors {
        check_mentor(mentor, &forms, &mentees)?;
    }
    check_pairs(input, &mentees, &mentors)
}

fn unique<'a>(
    ids: impl Iterator<Item = &'a str>,
    subject: impl Fn(String) -> Subject,
) -> Result<BTreeSet<&'a str>, InputError> {
    let mut seen = BTreeSet::new();
    for id in ids {
        let problem = if id.is_empty() {
            Problem::Empty
        } else if seen.insert(id) {
            continue;
        } else {
            Problem::Duplicate
        };
        return Err(InputError::new(subject(id.to_owned()), Field::Id, problem));
    }
    Ok(seen)
}

fn check_form(form: &FormSettings) -> Result<(), InputError> {
    let error = |field, problem| Err(InputError::new(Subject::Form(form.code.clone()), field, problem));
    let weights = &form.weights;
    let all = [
        weights.request,
        weights.interests,
        weights.mentee_wish,
        weights.mentor_wish,
        weights.age,
        weights.time,
        weights.balance,
        weights.priority,
    ];
    if form.code.is_empty() {
        return error(Field::Form, Problem::Empty);
    }
    if all.iter().any(|&weight| weight > WEIGHT_LIMIT) {
        return error(Field::Weights, Problem::OutOfRange);
    }
    if form.wish_percent.iter().any(|&percent| percent > 100) {
        return error(Field::WishPercent, Problem::OutOfRange);
    }
    if form.wish_percent.is_empty() {
        return error(Field::WishPercent, Problem::Empty);
    }
    if !(1..=OVERLAP_LIMIT).contains(&form.full_overlap) {
        return error(Field::FullOverlap, Problem::OutOfRange);
    }
    if form.age_gap.is_some_and(|(least, most)| least > most) {
        return error(Field::AgeGap, Problem::OutOfRange);
    }
    Ok(())
}

fn check_mentee(mentee: &Mentee, forms: &BTreeSet<&str>, mentors: &BTreeSet<&str>) -> Result<(), InputError> {
    let error = |field, problem| InputError::new(Subject::Mentee(mentee.id.clone()), field, problem);
    if !forms.contains(mentee.form.as_str()) {
        return Err(error(Field::Form, Problem::Unknown(mentee.form.clone())));
    }
    check_ages(mentee.age, mentee.mentor_age).map_err(|field| error(field, Problem::OutOfRange))?;
    check_names(&mentee.wishes, mentors).map_err(|problem| error(Field::Wishes, problem))?;
    check_names(&mentee.vetoes, mentors).map_err(|problem| error(Field::Vetoes, problem))?;
    check_names(&mentee.relatives, mentors).map_err(|problem| error(Field::Relatives, problem))
}

fn check_mentor(mentor: &Mentor, forms: &BTreeSet<&str>, mentees: &BTreeSet<&str>) -> Result<(), InputError> {
    let error = |field, problem| InputError::new(Subject::Mentor(mentor.id.clone()), field, problem);
    if let Some(form) = mentor.forms.iter().find(|form| !forms.contains(form.as_str())) {
        return Err(error(Field::Form, Problem::Unknown(form.clone())));
    }
    check_ages(mentor.age, mentor.mentee_age).map_err(|field| error(field, Problem::OutOfRange))?;
    let numbers = [
        (Field::Capacity, mentor.capacity <= CAPACITY_LIMIT),
        (Field::Load, mentor.load <= mentor.capacity),
        // A group starts with new mentees.
        (Field::Minimum, mentor.minimum <= mentor.capacity.saturating_sub(mentor.load)),
    ];
    if let Some(&(field, _)) = numbers.iter().find(|(_, fits)| !fits) {
        return Err(error(field, Problem::OutOfRange));
    }
    check_names(&mentor.wishes, mentees).map_err(|problem| error(Field::Wishes, problem))?;
    check_names(&mentor.vetoes, mentees).map_err(|problem| error(Field::Vetoes, problem))?;
    check_names(&mentor.relatives, mentees).map_err(|problem| error(Field::Relatives, problem))
}

fn check_ages(age: Option<u16>, wish: Option<AgeRange>) -> Result<(), Field> {
    if age.is_some_and(|age| age > AGE_LIMIT) {
        return Err(Field::Age);
    }
    if wish.is_some_and(|wish| wish.from > wish.to || wish.to > AGE_LIMIT) {
        return Err(Field::AgeWish);
    }
    Ok(())
}

fn check_names(names: &[String], known: &BTreeSet<&str>) -> Result<(), Problem> {
    let mut seen = BTreeSet::new();
    for name in names {
        if !known.contains(name.as_str()) {
            return Err(Problem::Unknown(name.clone()));
        }
        if !seen.insert(name) {
            return Err(Problem::Duplicate);
        }
    }
    Ok(())
}

fn check_pairs(input: &Input, mentees: &BTreeSet<&str>, mentors: &BTreeSet<&str>) -> Result<(), InputError> {
    let error = |pair: &PairId, field, problem| InputError::new(Subject::Pair(pair.clone()), field, problem);
    for (field, pairs) in [(Field::Lock, &input.locks), (Field::Ban, &input.bans)] {
        for pair in pairs {
            for (name, known) in [(&pair.mentee, mentees), (&pair.mentor, mentors)] {
                if !known.contains(name.as_str()) {
                    return Err(error(pair, field, Problem::Unknown(name.clone())));
                }
            }
        }
    }
    let bans: BTreeSet<&PairId> = input.bans.iter().collect();
    if let Some(pair) = input.locks.iter().find(|pair| bans.contains(pair)) {
        return Err(error(pair, Field::Lock, Problem::Contradiction));
    }
    single_mentor(&input.locks, Field::Lock)?;
    single_mentor(&input.previous, Field::Previous)?;
    let mut load: BTreeMap<&str, u32> = BTreeMap::new();
    for pair in &input.locks {
        *load.entry(&pair.mentor).or_default() += 1;
    }
    for mentor in &input.mentors {
        if load.get(mentor.id.as_str()).is_some_and(|&locked| locked > mentor.capacity - mentor.load) {
            return Err(InputError::new(Subject::Mentor(mentor.id.clone()), Field::Lock, Problem::OutOfRange));
        }
    }
    Ok(())
}

fn single_mentor(pairs: &[PairId], field: Field) -> Result<(), InputError> {
    let mut seen = BTreeSet::new();
    match pairs.iter().find(|pair| !seen.insert(&pair.mentee)) {
        Some(pair) => Err(InputError::new(Subject::Mentee(pair.mentee.clone()), field, Problem::Duplicate)),
        None => Ok(()),
    }
}
