//! Hard constraints and soft criteria of one pair.

use serde::{Deserialize, Serialize};

use crate::people::prepared::{Common, People, ReadyMentee, ReadyMentor};
use crate::people::settings::{ClassRule, FormSettings, Weights};

/// A rule that a pair must keep. The order is that in which reasons are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Constraint {
    /// The mentor does not offer the mentee's form of mentoring.
    Form,
    /// The mentee (or who answers for the mentee) has not consented.
    MenteeConsent,
    /// The mentor has not consented.
    MentorConsent,
    /// The mentee has a mentor in this form already.
    HasMentor,
    /// The two are the same person.
    SamePerson,
    /// The difference of ages is outside the form's bounds.
    AgeGap,
    /// The form asks for clearance and the mentor has none.
    Clearance,
    /// A veto or a recorded conflict; the reason is never shown.
    Blocked,
    /// The two are relatives.
    Relative,
    /// The classes are the same where they must differ, or the other way round.
    Class,
    /// Too few common time slots.
    Time,
    /// No common language.
    Language,
    /// No common place.
    Place,
    /// The commission banned the pair.
    Banned,
    /// The mentor has no place left.
    NoPlace,
}

impl Constraint {
    pub const ALL: [Self; 15] = [
        Self::Form,
        Self::MenteeConsent,
        Self::MentorConsent,
        Self::HasMentor,
        Self::SamePerson,
        Self::AgeGap,
        Self::Clearance,
        Self::Blocked,
        Self::Relative,
        Self::Class,
        Self::Time,
        Self::Language,
        Self::Place,
        Self::Banned,
        Self::NoPlace,
    ];

    /// Says whether a person could decide otherwise: consent can be given, a slot found, a ban lifted.
    ///
    /// Vetoes, kinship, identity and missing clearance stay whatever the commission wishes; the form follows from who the
    /// mentor is.
    pub fn can_be_lifted(self) -> bool {
        use Constraint::{Blocked, Clearance, Form, HasMentor, Relative, SamePerson};
        !matches!(self, Form | Blocked | Relative | SamePerson | Clearance | HasMentor)
    }

    /// Says whether the pair breaks this rule.
    pub(crate) fn is_broken(
        self,
        people: &People,
        mentee: &ReadyMentee,
        number: u32,
        mentor: &ReadyMentor,
        other: u32,
    ) -> bool {
        let form = people.form(mentee);
        let (a, b) = (&mentee.own, &mentor.own);
        match self {
            Self::Form => !mentor.forms.members().any(|offered| offered == mentee.form as usize),
            Self::MenteeConsent => !a.consent,
            Self::MentorConsent => !b.consent,
            Self::HasMentor => mentee.has_mentor,
            Self::SamePerson => mentee.id == mentor.id,
            Self::AgeGap => breaks_age_gap(form, a, b),
            Self::Clearance => form.clearance && !mentor.cleared,
            Self::Blocked => a.vetoes.binary_search(&other).is_ok() || b.vetoes.binary_search(&number).is_ok(),
            Self::Relative => a.relatives.binary_search(&other).is_ok() || b.relatives.binary_search(&number).is_ok(),
            Self::Class => breaks_class(form.class, a.class, b.class),
            Self::Time => a.slots.common(&b.slots) < form.common_slots,
            Self::Language => form.language && a.languages.common(&b.languages) == 0,
            Self::Place => form.place && a.places.common(&b.places) == 0,
            Self::Banned => mentee.banned.binary_search(&other).is_ok(),
            Self::NoPlace => mentor.places == 0,
        }
    }
}

fn breaks_age_gap(form: &FormSettings, mentee: &Common, mentor: &Common) -> bool {
    let (Some((least, most)), Some(younger), Some(older)) = (form.age_gap, mentee.age, mentor.age) else {
        return false;
    };
    !(least..=most).contains(&(older - younger))
}

fn breaks_class(rule: ClassRule, mentee: Option<u32>, mentor: Option<u32>) -> bool {
    let same = mentee.is_some() && mentee == mentor;
    match rule {
        ClassRule::Any => false,
        ClassRule::Same => !same,
        ClassRule::Other => same,
    }
}

/// How much each criterion adds to a pair's score; the score is their sum.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shares {
    pub request: u32,
    pub interests: u32,
    pub mentee_wish: u32,
    pub mentor_wish: u32,
    pub age: u32,
    pub time: u32,
    pub balance: u32,
    pub priority: u32,
}

impl Shares {
    /// Returns the score: at most 80 000, eight weights of at most 10 000.
    pub fn score(&self) -> i32 {
        let sum = self.request
            + self.interests
            + self.mentee_wish
            + self.mentor_wish
            + self.age
            + self.time
            + self.balance
            + self.priority;
        i32::try_from(sum).unwrap_or(i32::MAX)
    }
}

/// Returns `weight * part / whole`, rounded half up; zero of zero is zero.
fn share(weight: u32, part: u32, whole: u32) -> u32 {
    if whole == 0 {
        return 0;
    }
    let (weight, part, whole) = (u64::from(weight), u64::from(part.min(whole)), u64::from(whole));
    u32::try_from((2 * weight * part + whole) / (2 * whole)).unwrap_or(u32::MAX)
}

/// Returns what each criterion adds for a pair.
pub(crate) fn shares(people: &People, mentee: &ReadyMentee, mentor: &ReadyMentor, other: u32) -> Shares {
    let form = people.form(mentee);
    let Weights { request, interests, mentee_wish, mentor_wish, age, time, balance, priority } = form.weights;
    let (a, b) = (&mentee.own, &mentor.own);
    let common = a.interests.common(&b.interests);
    Shares {
        request: share(request, a.topics.common(&b.topics), a.topic_count),
        interests: share(interests, common, a.interest_count + b.interest_count - common),
        mentee_wish: wish(form, mentee_wish, &a.wishes, other),
        mentor_wish: wish(form, mentor_wish, &mentee.wished_by, other),
        age: share(age, ages_as_wished(a, b), 2),
        time: share(time, a.slots.common(&b.slots).min(form.full_overlap), form.full_overlap),
        balance: share(balance, mentor.places, mentor.capacity),
        priority: if mentee.priority { priority } else { 0 },
    }
}

fn wish(form: &FormSettings, weight: u32, wishes: &[(u32, u32)], other: u32) -> u32 {
    let Ok(place) = wishes.binary_search_by_key(&other, |&(person, _)| person) else { return 0 };
    let rank = (wishes[place].1 as usize).min(form.wish_percent.len() - 1);
    share(weight, form.wish_percent[rank], 100)
}

/// Returns how many of the two wishes for an age are met; no wish and an unknown age count as met.
fn ages_as_wished(mentee: &Common, mentor: &Common) -> u32 {
    let met = |wish: Option<crate::people::model::AgeRange>, age: Option<i32>| {
        let (Some(wish), Some(age)) = (wish, age) else { return 1 };
        u32::from((i32::from(wish.from)..=i32::from(wish.to)).contains(&age))
    };
    met(mentee.age_wish, mentor.age) + met(mentor.age_wish, mentee.age)
}
