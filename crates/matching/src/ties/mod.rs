//! Ties: which of the answers that are equal in every objective is taken.
//!
//! Scores are coarse, so many answers are equal. By complementary slackness they are those that use only pairs whose
//! worth is just what their prices ask for, leave out only mentees without a price, and fill every mentor who has one.
//! Among them two rules decide, one after the other: places go to the mentees who come first by number (`placed`), and
//! mentors share the mentees evenly (`loads`). The proof of the answer stays as it is.

mod loads;
mod placed;

use crate::control::Control;
use crate::numbers::{NONE, at, id};
use crate::task::{Answer, SolveError, Task};

/// Settles both ties; `earlier` are the mentees whom each mentor has beside this question.
///
/// The answer has to be an optimal one with its certificate, as `solve` returns it.
pub(crate) fn settle(task: &Task, earlier: &[u32], answer: &mut Answer, control: Control) -> Result<(), SolveError> {
    let mut seating = Seating::new(task, answer);
    placed::prefer_the_first(&mut seating, control)?;
    loads::share_evenly(&mut seating, earlier, control)?;
    seating.carry_over(answer);
    Ok(())
}

/// Settles only who is placed.
pub(crate) fn settle_placed(task: &Task, answer: &mut Answer, control: Control) -> Result<(), SolveError> {
    let mut seating = Seating::new(task, answer);
    placed::prefer_the_first(&mut seating, control)?;
    seating.carry_over(answer);
    Ok(())
}

/// Who sits where, and where else everybody could sit at no cost.
struct Seating<'a> {
    task: &'a Task<'a>,
    /// The mentor of every mentee, or nobody.
    mentor_of: Vec<u32>,
    locked: Vec<bool>,
    /// Places for those who are not locked.
    places: Vec<u32>,
    mentee_prices: Vec<i64>,
    mentor_prices: Vec<i64>,
    /// The mentors with whom a mentee is worth just what the prices ask for, mentee by mentee.
    equal: Lists,
}

impl<'a> Seating<'a> {
    fn new(task: &'a Task<'a>, answer: &Answer) -> Self {
        let proof = &answer.certificate;
        let mut places = task.graph.capacities().to_vec();
        let mut locked = vec![false; task.graph.mentees()];
        for &(mentee, mentor) in task.locks {
            locked[at(mentee)] = true;
            places[at(mentor)] = places[at(mentor)].saturating_sub(1);
        }
        answer.closed.iter().for_each(|&mentor| places[at(mentor)] = 0);
        let floor = answer.objectives.worst.unwrap_or(i32::MIN);
        let equal = |mentee: usize, (mentor, score): (u32, i32)| {
            let priority = if task.priority[mentee] { proof.priority_price } else { 0 };
            let kept = task.previous.is_some_and(|previous| previous[mentee] == Some(mentor));
            let worth = proof.scale * i64::from(score) + i64::from(kept);
            let asked =
                proof.placement_price + priority + proof.mentee_prices[mentee] + proof.mentor_prices[at(mentor)];
            worth == asked && score >= floor && places[at(mentor)] > 0
        };
        let mut lists = Lists::default();
        for (mentee, &locked) in locked.iter().enumerate() {
            let row = task.graph.row(mentee).filter(|&pair| !locked && equal(mentee, pair));
            lists.push(row.map(|(mentor, _)| mentor));
        }
        Self {
            task,
            mentor_of: answer.mentor_of.iter().map(|mentor| mentor.unwrap_or(NONE)).collect(),
            locked,
            places,
            mentee_prices: proof.mentee_prices.clone(),
            mentor_prices: proof.mentor_prices.clone(),
            equal: lists,
        }
    }

    /// Returns the numbers of those whom no lock binds.
    fn free(&self) -> impl DoubleEndedIterator<Item = u32> {
        (0..id(self.mentor_of.len())).filter(|&mentee| !self.locked[at(mentee)])
    }

    /// Writes the choice into the answer, whose values it does not change.
    fn carry_over(self, answer: &mut Answer) {
        answer.mentor_of = self.mentor_of.into_iter().map(|mentor| (mentor != NONE).then_some(mentor)).collect();
    }
}

/// Lists of numbers in one array.
struct Lists {
    ends: Vec<usize>,
    items: Vec<u32>,
}

impl Default for Lists {
    fn default() -> Self {
        Self { ends: vec![0], items: Vec::new() }
    }
}

impl Lists {
    fn push(&mut self, list: impl Iterator<Item = u32>) {
        self.items.extend(list);
        self.ends.push(self.items.len());
    }

    fn of(&self, number: u32) -> &[u32] {
        &self.items[self.ends[at(number)]..self.ends[at(number) + 1]]
    }

    /// Returns for each of so many items the lists in which it stands.
    fn turned(&self, items: usize) -> Self {
        let mut ends = vec![0; items + 1];
        self.items.iter().for_each(|&item| ends[at(item) + 1] += 1);
        for item in 0..items {
            ends[item + 1] += ends[item];
        }
        let mut next = ends.clone();
        let mut lists = vec![NONE; self.items.len()];
        for list in 0..id(self.ends.len() - 1) {
            for &item in self.of(list) {
                lists[next[at(item)]] = list;
                next[at(item)] += 1;
            }
        }
        Self { ends, items: lists }
    }
}
