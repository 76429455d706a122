//! Groups that start only with enough mentees.
//!
//! Which groups start is a choice that makes the problem NP-hard (Biró, Fleiner, Irving, Manlove 2010, hospitals with
//! lower quotas), so it is searched through: the question is solved without minimums; where a group comes out too
//! small, one branch keeps it closed and the other makes it start with its minimum. A branch that cannot beat what is
//! known is cut off. Schools have a handful of such groups; a search that grows too large is an error, never a guess.
//! A lock on a mentor is a decision to start the group, so its minimum is not asked for.

use crate::control::Control;
use crate::lexicographic::{self, Groups};
use crate::numbers::{at, id};
use crate::task::{Answer, SolveError, Task};

/// Solved branches after which the search gives up.
const BRANCHES: usize = 4_000;

/// Solves with minimums of groups.
pub(crate) fn solve(task: &Task, warm: Option<&Answer>, control: Control) -> Result<Answer, SolveError> {
    if task.minimums.iter().all(|&minimum| minimum < 2) {
        return lexicographic::solve(task, &Groups::default(), warm, control)?.ok_or(SolveError::TooLarge);
    }
    if task.minimums.len() != task.graph.mentors_len() {
        return Err(SolveError::Lengths);
    }
    let mut best: Option<Answer> = None;
    let mut open = vec![Groups::default()];
    for _ in 0..BRANCHES {
        let Some(groups) = open.pop() else { return best.ok_or(SolveError::TooLarge) };
        let Some(answer) = lexicographic::solve(task, &groups, warm, control)? else { continue };
        if best.as_ref().is_some_and(|best| value(task, &answer) <= value(task, best)) {
            continue;
        }
        match too_small(task, &answer, &groups) {
            None => best = Some(answer),
            Some(mentor) => {
                let (mut closed, mut started) = (groups.clone(), groups);
                closed.closed.push(mentor);
                started.started.push(mentor);
                open.push(closed);
                if task.minimums[at(mentor)] <= task.graph.capacities()[at(mentor)] {
                    // Looked at first: it usually places more.
                    open.push(started);
                }
            }
        }
    }
    Err(SolveError::TooManyGroups)
}

fn value(task: &Task, answer: &Answer) -> impl Ord + use<> {
    let values = &answer.objectives;
    let worst = if task.worst_pair { values.worst.map_or(i64::MAX, i64::from) } else { 0 };
    (values.placed, values.priority_placed, worst, values.total, values.kept)
}

/// Returns the first mentor whose group has somebody, but too few.
fn too_small(task: &Task, answer: &Answer, groups: &Groups) -> Option<u32> {
    let mut sizes = vec![0_u32; task.graph.mentors_len()];
    answer.mentor_of.iter().flatten().for_each(|&mentor| sizes[at(mentor)] += 1);
    (0..id(sizes.len())).find(|&mentor| {
        let size = sizes[at(mentor)];
        let free = !groups.started.contains(&mentor) && !task.locks.iter().any(|&(_, locked)| locked == mentor);
        size > 0 && size < task.minimums[at(mentor)] && free
    })
}
