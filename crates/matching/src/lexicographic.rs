//! The objectives, strictly one after the other.
//!
//! Counts come first and without any score: coverage is a question of its own (`kernel::coverage`), the worst pair is a
//! bisection over it, and only then is the total looked for, among placements that keep the counts. The number of kept
//! pairs is exact too: scores are multiplied by one more than the number of places that could be kept.

use std::borrow::Cow;

use crate::certificate::Certificate;
use crate::control::{Control, Stage};
use crate::graph::CandidateGraph;
use crate::kernel::blocks::{Blocks, Earlier, Placement};
use crate::kernel::coverage;
use crate::kernel::parts::Costs;
use crate::kernel::{Failure, Stop};
use crate::limits::Limits;
use crate::numbers::{NONE, at, signed};
use crate::prices::Prices;
use crate::task::{Answer, Objectives, SolveError, Task};
use crate::worst_pair::best_worst_pair;

/// Sums of this size are still exact.
const EXACT: i64 = 1 << 57;

/// Which groups are decided.
#[derive(Clone, Debug, Default)]
pub(crate) struct Groups {
    /// Mentors who take nobody.
    pub(crate) closed: Vec<u32>,
    /// Mentors who take at least their minimum.
    pub(crate) started: Vec<u32>,
}

/// Returns an optimal answer for decided groups, warm from an earlier one if there is one; `None` when the groups
/// cannot be filled.
pub(crate) fn solve(
    task: &Task,
    groups: &Groups,
    warm: Option<&Answer>,
    control: Control,
) -> Result<Option<Answer>, SolveError> {
    match attempt(task, groups, warm, control) {
        Err(Trouble::Failure(Failure::Infeasible)) if !groups.started.is_empty() => Ok(None),
        Err(Trouble::Failure(failure)) => Err(failure.into()),
        Err(Trouble::Task(error)) => Err(error),
        Ok(answer) => Ok(Some(answer)),
    }
}

enum Trouble {
    Task(SolveError),
    Failure(Failure),
}

impl From<SolveError> for Trouble {
    fn from(error: SolveError) -> Self {
        Self::Task(error)
    }
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

fn attempt(task: &Task, groups: &Groups, warm: Option<&Answer>, control: Control) -> Result<Answer, Trouble> {
    let frame = Frame::new(task, &groups.closed)?;
    let required: Vec<(u32, u32)> = groups.started.iter().map(|&mentor| (mentor, task.minimums[at(mentor)])).collect();
    let stop = |stage| Stop { control, stage };
    let coverage = coverage::largest(&frame.graph, task.priority, &stop(Stage::Coverage))?;
    let limits = Limits::new(&frame.graph, &coverage, task.priority);
    let placed = limits.everybody.cover(&coverage, |_| true);
    let priority = limits.priority.cover(&coverage, |mentee| task.priority[mentee]);
    let (graph, coverage, limits, worst) = if task.worst_pair && coverage.placed() > 0 {
        let best = best_worst_pair(&frame.graph, task.priority, coverage, &required, &stop(Stage::WorstPair))?;
        let limits = Limits::new(&best.graph, &best.coverage, task.priority);
        (Cow::Owned(best.graph), best.coverage, limits, best.proof)
    } else {
        (Cow::Borrowed(&*frame.graph), coverage, limits, None)
    };
    let previous = frame.previous.as_deref();
    let scale = if previous.is_some() { signed(coverage.placed()) + 1 } else { 1 };
    let costs = costs(&graph, scale, previous)?;
    let earlier = warm.map(|answer| earlier(answer, task, &frame, &costs));
    let stage = if previous.is_some() { Stage::Changes } else { Stage::Total };
    let blocks = Blocks {
        graph: &graph,
        priority: task.priority,
        costs,
        hint: earlier.as_ref(),
        required: &required,
        stop: stop(stage),
    };
    let placement = blocks.solve(limits.parts())?;
    let prices = Prices::new(&placement, &costs, task.priority);
    let objectives = frame.objectives(task, &placement, &costs);
    let certificate = Certificate {
        scale,
        placement_price: prices.placement,
        priority_price: prices.priority,
        mentor_prices: frame.mentor_prices(&prices, task, &costs, &graph),
        mentee_prices: prices.mentees,
        placed,
        priority,
        worst,
    };
    let mut mentor_of: Vec<Option<u32>> = placement.mate.iter().map(|&mate| (mate != NONE).then_some(mate)).collect();
    for &(mentee, mentor) in task.locks {
        mentor_of[at(mentee)] = Some(mentor);
    }
    Ok(Answer { mentor_of, objectives, closed: groups.closed.clone(), started: groups.started.clone(), certificate })
}

impl From<Failure> for SolveError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Cancelled => Self::Cancelled,
            Failure::Overflow | Failure::Infeasible => Self::TooLarge,
        }
    }
}

/// The task without what is decided beforehand: locked pairs and closed groups.
struct Frame<'a> {
    graph: Cow<'a, CandidateGraph>,
    previous: Option<Vec<u32>>,
    locked: Vec<bool>,
}

impl<'a> Frame<'a> {
    fn new(task: &Task<'a>, closed: &[u32]) -> Result<Self, SolveError> {
        let graph = task.graph;
        let lengths = task.priority.len() == graph.mentees()
            && task.previous.is_none_or(|previous| previous.len() == graph.mentees());
        if !lengths {
            return Err(SolveError::Lengths);
        }
        let previous = task.previous.map(|previous| previous.iter().map(|mentor| mentor.unwrap_or(NONE)).collect());
        let mut capacities = graph.capacities().to_vec();
        let mut dropped = vec![false; graph.mentees()];
        for &(mentee, mentor) in task.locks {
            if at(mentee) >= graph.mentees() || graph.score(at(mentee), mentor).is_none() {
                return Err(SolveError::LockNotCandidate { mentee, mentor });
            }
            if std::mem::replace(&mut dropped[at(mentee)], true) {
                return Err(SolveError::LockedTwice { mentee });
            }
            let left = capacities[at(mentor)].checked_sub(1);
            capacities[at(mentor)] = left.ok_or(SolveError::LockOverCapacity { mentor })?;
        }
        for &mentor in closed {
            capacities[at(mentor)] = 0;
        }
        let spared = spare_places(task, &mut capacities);
        let same = task.locks.is_empty() && !spared && capacities.iter().all(|&capacity| capacity > 0);
        let graph = if same { Cow::Borrowed(graph) } else { Cow::Owned(graph.reduced(capacities, &dropped)) };
        Ok(Self { graph, previous, locked: dropped })
    }

    fn objectives(&self, task: &Task, placement: &Placement, costs: &Costs) -> Objectives {
        let mut objectives = Objectives { locked: 0, placed: 0, priority_placed: 0, worst: None, total: 0, kept: 0 };
        let free = placement.mate.iter().enumerate().filter(|&(_, &mentor)| mentor != NONE);
        for (mentee, &mentor) in free {
            let score = costs.score(placement.costs[mentee]);
            if task.worst_pair {
                objectives.worst = Some(objectives.worst.map_or(score, |worst| worst.min(score)));
            }
            self.count(task, mentee, mentor, score, &mut objectives);
        }
        for &(mentee, mentor) in task.locks {
            let score = task.graph.score(at(mentee), mentor).unwrap_or(0);
            objectives.locked += 1;
            self.count(task, at(mentee), mentor, score, &mut objectives);
        }
        objectives
    }

    fn count(&self, task: &Task, mentee: usize, mentor: u32, score: i32, objectives: &mut Objectives) {
        objectives.placed += 1;
        objectives.priority_placed += u64::from(task.priority[mentee]);
        objectives.total += i64::from(score);
        let kept = self.previous.as_ref().is_some_and(|previous| previous[mentee] == mentor);
        objectives.kept += u64::from(kept);
    }

    /// Returns the prices of mentors; a mentor without places left gets the least price that covers his candidates.
    fn mentor_prices(&self, prices: &Prices, task: &Task, costs: &Costs, graph: &CandidateGraph) -> Vec<i64> {
        let mut mentors = prices.mentors.clone();
        let capacities = graph.capacities();
        if capacities.iter().all(|&capacity| capacity > 0) {
            return mentors;
        }
        for mentee in (0..task.graph.mentees()).filter(|&mentee| !self.locked[mentee]) {
            let fixed =
                prices.placement + if task.priority[mentee] { prices.priority } else { 0 } + prices.mentees[mentee];
            for (mentor, score) in task.graph.row(mentee) {
                if capacities[at(mentor)] == 0 {
                    let worth = costs.best * costs.scale + i64::from(costs.previous.is_some())
                        - costs.of(mentee, mentor, score);
                    mentors[at(mentor)] = mentors[at(mentor)].max(worth - fixed);
                }
            }
        }
        mentors
    }
}

/// Takes away places that nobody could ever sit on, where there are many: every place costs memory. A mentor keeps one
/// more than he has candidates, so that he still has room and his price stays zero. Says whether any were taken away.
fn spare_places(task: &Task, capacities: &mut [u32]) -> bool {
    let places: u64 = capacities.iter().map(|&capacity| u64::from(capacity)).sum();
    if places <= (task.graph.pairs() + capacities.len()) as u64 {
        return false;
    }
    let mut most = vec![1_u32; capacities.len()];
    for mentee in 0..task.graph.mentees() {
        task.graph.mentors_of(mentee).iter().for_each(|&mentor| most[at(mentor)] += 1);
    }
    for (mentor, (capacity, most)) in capacities.iter_mut().zip(most).enumerate() {
        let minimum = task.minimums.get(mentor).copied().unwrap_or(0);
        *capacity = (*capacity).min(most.max(minimum));
    }
    true
}

fn costs<'a>(graph: &CandidateGraph, scale: i64, previous: Option<&'a [u32]>) -> Result<Costs<'a>, SolveError> {
    let (low, high) = graph.score_range().unwrap_or((0, 0));
    let (worst, best) = (i64::from(low), i64::from(high));
    let people = signed((graph.mentees() + 2).next_power_of_two());
    let costs = Costs { best, worst, scale, previous };
    let span = (best - worst + 1).checked_mul(scale).and_then(|top| top.checked_mul(people));
    if span.is_none_or(|span| span > EXACT) { Err(SolveError::TooLarge) } else { Ok(costs) }
}

/// Brings the prices of an earlier answer onto the costs of this task.
fn earlier(answer: &Answer, task: &Task, frame: &Frame, costs: &Costs) -> Earlier {
    let old = &answer.certificate;
    let old_scale = old.scale.max(1);
    let rescale = |price: i64| {
        let price = price.saturating_neg().checked_mul(costs.scale).map_or(0, |price| price / old_scale);
        price.clamp(-EXACT, EXACT)
    };
    let mut mentee_prices: Vec<i64> = old.mentee_prices.iter().map(|&price| rescale(price)).collect();
    let mut mentor_prices: Vec<i64> = old.mentor_prices.iter().map(|&price| rescale(price)).collect();
    mentee_prices.resize(task.graph.mentees(), 0);
    mentor_prices.resize(task.graph.mentors_len(), 0);
    let mut mate: Vec<u32> = answer.mentor_of.iter().map(|mentor| mentor.unwrap_or(NONE)).collect();
    mate.resize(task.graph.mentees(), NONE);
    for (mentee, mate) in mate.iter_mut().enumerate() {
        if *mate != NONE && frame.graph.score(mentee, *mate).is_none() {
            *mate = NONE;
        }
    }
    Earlier { mate, mentee_prices, mentor_prices, priority_price: rescale(old.priority_price) }
}
