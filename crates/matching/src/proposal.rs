//! From people to a proposal for the commission, and again when something changes.

use serde::{Deserialize, Serialize};

use crate::candidates::{self, BuildError};
use crate::control::Control;
use crate::criteria::{self, Constraint, Shares};
use crate::explain::fairness::Fairness;
use crate::explain::unmatched::Unmatched;
use crate::explain::{self, Change};
use crate::graph::CandidateGraph;
use crate::numbers::{NONE, at, id};
use crate::people::model::{Input, PairId};
use crate::people::prepared::People;
use crate::people::settings::{Mode, Settings};
use crate::people::validate::{Field, InputError, Problem, Subject, validate};
use crate::stable::{self, Ranks};
use crate::task::{Answer, Objectives, SolveError, Task};

/// Unmatched people beyond this number get their reason, but no tried-out change; ask for one by one.
pub const TRIED_CHANGES: usize = 300;

/// Why there is no proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProposeError {
    /// Bad data: whose, which and why.
    Input(InputError),
    Solve(SolveError),
}

impl From<InputError> for ProposeError {
    fn from(error: InputError) -> Self {
        Self::Input(error)
    }
}

impl From<SolveError> for ProposeError {
    fn from(error: SolveError) -> Self {
        Self::Solve(error)
    }
}

impl From<BuildError> for ProposeError {
    fn from(error: BuildError) -> Self {
        Self::Solve(match error {
            BuildError::Graph(error) => SolveError::Graph(error),
            BuildError::Cancelled => SolveError::Cancelled,
        })
    }
}

/// What another choice for one side of a pair would have cost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alternative {
    /// The other mentor for the mentee, or the other mentee for the mentor.
    pub with: String,
    pub score: i32,
    pub cost: AlternativeCost,
}

/// The cost of a forced pair, read from the prices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AlternativeCost {
    /// The total would fall by at least so many points; zero means that it may cost nothing.
    Points(i64),
    /// One mentee fewer would be placed.
    Place,
}

/// One proposed pair with its reasons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposedPair {
    pub mentee: String,
    pub mentor: String,
    pub form: String,
    pub score: i32,
    pub shares: Shares,
    pub locked: bool,
    /// Whether the pair stood in the previous draft.
    pub kept: bool,
    pub for_mentee: Option<Alternative>,
    pub for_mentor: Option<Alternative>,
}

/// The result of a matching: pairs with reasons, the others with reasons, values and proof.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    pub mode: Mode,
    /// By mentee.
    pub pairs: Vec<ProposedPair>,
    /// By mentee.
    pub unmatched: Vec<Unmatched>,
    /// Mentors whose groups do not start.
    pub closed: Vec<String>,
    pub objectives: Objectives,
    pub fairness: Fairness,
    /// The answer in numbers with its certificate; in mutual mode there is none.
    pub proof: Option<Proof>,
}

/// The solver's answer and the identifiers behind its numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    pub mentees: Vec<String>,
    pub mentors: Vec<String>,
    pub answer: Answer,
}

/// Proposes pairs. The same people and settings give the same proposal, whatever their order.
pub fn propose(input: &Input, settings: &Settings, control: Control) -> Result<Proposal, ProposeError> {
    Matching::new(input, settings, control)?.propose(None, control)
}

/// Proposes pairs after a change, from the prices of an earlier proposal and keeping its pairs where nothing is lost.
///
/// Equal in value to [`propose`] with the earlier pairs as the previous draft.
pub fn propose_again(
    input: &Input,
    settings: &Settings,
    earlier: &Proposal,
    control: Control,
) -> Result<Proposal, ProposeError> {
    let previous = earlier.pairs.iter().map(|pair| PairId { mentee: pair.mentee.clone(), mentor: pair.mentor.clone() });
    let input = Input { previous: previous.collect(), ..input.clone() };
    Matching::new(&input, settings, control)?.propose(earlier.proof.as_ref(), control)
}

/// People and their candidate graph, ready for questions.
pub struct Matching {
    pub(crate) people: People,
    pub(crate) graph: CandidateGraph,
    pub(crate) priority: Vec<bool>,
    pub(crate) locks: Vec<(u32, u32)>,
    pub(crate) previous: Option<Vec<Option<u32>>>,
    pub(crate) minimums: Vec<u32>,
    pub(crate) settings: Settings,
}

impl Matching {
    /// Checks the input and builds the candidate graph.
    pub fn new(input: &Input, settings: &Settings, control: Control) -> Result<Self, ProposeError> {
        validate(input, settings)?;
        let people = People::new(input, settings);
        let locks = locks(&people, input)?;
        let mut previous = vec![None; people.mentees.len()];
        for (mentee, mentor) in input.previous.iter().filter_map(|pair| people.pair(pair)) {
            previous[at(mentee)] = Some(mentor);
        }
        let mut protected = vec![Vec::new(); people.mentees.len()];
        for (mentee, mentor) in previous.iter().enumerate() {
            protected[mentee].extend(*mentor);
        }
        locks.iter().for_each(|&(mentee, mentor)| protected[at(mentee)].push(mentor));
        let graph = candidates::build(&people, &protected, settings.candidates_per_mentee, settings.threads, control)?;
        let priority = people.mentees.iter().map(|mentee| mentee.priority).collect();
        let minimums = people.mentors.iter().map(|mentor| mentor.minimum).collect();
        let previous = (!input.previous.is_empty()).then_some(previous);
        Ok(Self { people, graph, priority, locks, previous, minimums, settings: settings.clone() })
    }

    /// Returns the question as the solver and the verifier take it.
    pub fn task(&self) -> Task<'_> {
        Task {
            graph: &self.graph,
            priority: &self.priority,
            locks: &self.locks,
            previous: self.previous.as_deref(),
            worst_pair: self.settings.worst_pair,
            minimums: &self.minimums,
        }
    }

    /// Returns the candidate graph.
    pub fn graph(&self) -> &CandidateGraph {
        &self.graph
    }

    /// Returns the candidates of a mentee with their shares, best first: advice for choosing by hand.
    pub fn candidates_of(&self, mentee: &str) -> Option<Vec<Candidate>> {
        let number = self.people.mentee(mentee)?;
        let row = self.graph.row(at(number));
        let mut candidates: Vec<Candidate> =
            row.map(|(mentor, score)| self.candidate(number, mentor, mentor, score)).collect();
        candidates.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| a.with.cmp(&b.with)));
        Some(candidates)
    }

    /// Returns the mentees for whom a mentor is a candidate, best first.
    pub fn candidates_of_mentor(&self, mentor: &str) -> Option<Vec<Candidate>> {
        let number = self.people.mentor(mentor)?;
        let scores =
            (0..id(self.graph.mentees())).filter_map(|mentee| Some((mentee, self.graph.score(at(mentee), number)?)));
        let mut candidates: Vec<Candidate> = scores
            .map(|(mentee, score)| Candidate {
                with: self.people.mentees[at(mentee)].id.clone(),
                ..self.candidate(mentee, number, number, score)
            })
            .collect();
        candidates.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| a.with.cmp(&b.with)));
        Some(candidates)
    }

    fn candidate(&self, mentee: u32, mentor: u32, with: u32, score: i32) -> Candidate {
        let shares = self.shares(mentee, mentor);
        Candidate { with: self.people.mentors[at(with)].id.clone(), score, shares }
    }

    /// Returns the rules that a pair breaks, or `None` when one of the two is unknown.
    pub fn obstacles(&self, mentee: &str, mentor: &str) -> Option<Vec<Constraint>> {
        Some(broken(&self.people, self.people.mentee(mentee)?, self.people.mentor(mentor)?))
    }

    /// Solves the question in numbers, optimally.
    pub fn solve(&self, earlier: Option<&Proof>, control: Control) -> Result<Answer, SolveError> {
        let warm = earlier.map(|earlier| self.carry_over(earlier));
        crate::groups::solve(&self.task(), warm.as_ref(), control)
    }

    /// Proposes in the mode of the settings.
    pub fn propose(&self, earlier: Option<&Proof>, control: Control) -> Result<Proposal, ProposeError> {
        match self.settings.mode {
            Mode::Optimal => {
                let answer = self.solve(earlier, control)?;
                Ok(self.describe(&answer, control)?)
            }
            Mode::Mutual => Ok(self.mutual()),
        }
    }

    /// Returns the smallest change that places a mentee whom an earlier answer left out.
    pub fn change_for(&self, mentee: &str, proof: &Proof, control: Control) -> Result<Option<Change>, SolveError> {
        let Some(mentee) = self.people.mentee(mentee) else { return Ok(None) };
        explain::change::smallest_change(self, &self.carry_over(proof), mentee, control)
    }

    fn describe(&self, answer: &Answer, control: Control) -> Result<Proposal, SolveError> {
        let alternatives = explain::pairs::Alternatives::new(self, answer);
        let pairs = self.pairs(&answer.mentor_of, Some(&alternatives));
        let unmatched = explain::unmatched::all(self, answer, control)?;
        let names =
            |numbers: &[u32]| numbers.iter().map(|&mentor| self.people.mentors[at(mentor)].id.clone()).collect();
        Ok(Proposal {
            mode: Mode::Optimal,
            pairs,
            unmatched,
            closed: names(&answer.closed),
            objectives: answer.objectives.clone(),
            fairness: explain::fairness::fairness(self, &answer.mentor_of),
            proof: Some(Proof {
                mentees: self.people.mentees.iter().map(|mentee| mentee.id.clone()).collect(),
                mentors: self.people.mentors.iter().map(|mentor| mentor.id.clone()).collect(),
                answer: answer.clone(),
            }),
        })
    }

    fn mutual(&self) -> Proposal {
        let places = self.locks.iter().fold(self.graph.capacities().to_vec(), |mut places, &(_, mentor)| {
            places[at(mentor)] -= 1;
            places
        });
        let mut locked = vec![false; self.graph.mentees()];
        self.locks.iter().for_each(|&(mentee, _)| locked[at(mentee)] = true);
        let free = self.graph.reduced(places, &locked);
        let mut mentor_of = stable::stable(&free, &self.ranks(&free)).unwrap_or_default();
        mentor_of.resize(self.graph.mentees(), None);
        self.locks.iter().for_each(|&(mentee, mentor)| mentor_of[at(mentee)] = Some(mentor));
        Proposal {
            mode: Mode::Mutual,
            pairs: self.pairs(&mentor_of, None),
            unmatched: explain::unmatched::reasons_only(self, &mentor_of),
            closed: Vec::new(),
            objectives: self.objectives(&mentor_of),
            fairness: explain::fairness::fairness(self, &mentor_of),
            proof: None,
        }
    }

    /// Returns how dear each candidate pair is to its two sides: wishes first, then what fits without wishes.
    pub(crate) fn ranks(&self, graph: &CandidateGraph) -> Ranks {
        let mut ranks = Ranks::default();
        let rank = |wishes: &[(u32, u32)], other: u32, fit: i64| {
            let place = wishes.binary_search_by_key(&other, |&(person, _)| person);
            place.map_or((1 << 40) - fit, |place| i64::from(wishes[place].1))
        };
        for mentee in 0..graph.mentees() {
            let own = &self.people.mentees[mentee];
            for (mentor, score) in graph.row(mentee) {
                let shares = self.shares(id(mentee), mentor);
                let fit = i64::from(score) - i64::from(shares.mentee_wish) - i64::from(shares.mentor_wish);
                ranks.of_mentor.push(rank(&own.own.wishes, mentor, fit));
                ranks.of_mentee.push(rank(&own.wished_by, mentor, fit));
            }
        }
        ranks
    }

    fn objectives(&self, mentor_of: &[Option<u32>]) -> Objectives {
        let mut objectives = Objectives { locked: 0, placed: 0, priority_placed: 0, worst: None, total: 0, kept: 0 };
        for pair in self.pairs(mentor_of, None) {
            objectives.placed += 1;
            objectives.locked += u64::from(pair.locked);
            objectives.total += i64::from(pair.score);
            objectives.kept += u64::from(pair.kept);
            let priority = self.people.mentee(&pair.mentee).is_some_and(|mentee| self.priority[at(mentee)]);
            objectives.priority_placed += u64::from(priority);
            if !pair.locked {
                objectives.worst = Some(objectives.worst.map_or(pair.score, |worst| worst.min(pair.score)));
            }
        }
        objectives
    }

    fn pairs(
        &self,
        mentor_of: &[Option<u32>],
        alternatives: Option<&explain::pairs::Alternatives>,
    ) -> Vec<ProposedPair> {
        let mut locked = vec![false; self.graph.mentees()];
        self.locks.iter().for_each(|&(mentee, _)| locked[at(mentee)] = true);
        let pairs = (0..).zip(mentor_of).filter_map(|(mentee, mentor)| mentor.map(|mentor| (mentee, mentor)));
        let pair = |(mentee, mentor): (u32, u32)| {
            let own = &self.people.mentees[at(mentee)];
            let shares = self.shares(mentee, mentor);
            ProposedPair {
                mentee: own.id.clone(),
                mentor: self.people.mentors[at(mentor)].id.clone(),
                form: self.people.form(own).code.clone(),
                score: shares.score(),
                shares,
                locked: locked[at(mentee)],
                kept: self.previous.as_ref().is_some_and(|previous| previous[at(mentee)] == Some(mentor)),
                for_mentee: alternatives.and_then(|alternatives| alternatives.for_mentee(mentee)),
                for_mentor: alternatives.and_then(|alternatives| alternatives.for_mentor(mentee)),
            }
        };
        pairs.map(pair).collect()
    }

    pub(crate) fn shares(&self, mentee: u32, mentor: u32) -> Shares {
        let (a, b) = (&self.people.mentees[at(mentee)], &self.people.mentors[at(mentor)]);
        criteria::shares(&self.people, a, b, mentor)
    }

    /// Brings an earlier answer onto the numbers of these people; newcomers have no price and no mentor.
    fn carry_over(&self, earlier: &Proof) -> Answer {
        let old = &earlier.answer;
        let place = |names: &[String], name: &str| names.binary_search_by(|other| other.as_str().cmp(name)).ok();
        let price = |names: &[String], prices: &[i64], name: &str| {
            place(names, name).and_then(|place| prices.get(place)).copied().unwrap_or(0)
        };
        let mut answer = old.clone();
        let certificate = &mut answer.certificate;
        let mentees = self.people.mentees.iter();
        certificate.mentee_prices =
            mentees.clone().map(|mentee| price(&earlier.mentees, &old.certificate.mentee_prices, &mentee.id)).collect();
        let mentors = self.people.mentors.iter();
        certificate.mentor_prices =
            mentors.map(|mentor| price(&earlier.mentors, &old.certificate.mentor_prices, &mentor.id)).collect();
        let mentor = |mentee: &str| {
            let mentor = (*old.mentor_of.get(place(&earlier.mentees, mentee)?)?)?;
            self.people.mentor(earlier.mentors.get(at(mentor))?)
        };
        answer.mentor_of = mentees.map(|mentee| mentor(&mentee.id)).collect();
        answer
    }
}

/// One candidate for somebody, with the reasons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    pub with: String,
    pub score: i32,
    pub shares: Shares,
}

/// Returns all rules that a pair breaks.
pub(crate) fn broken(people: &People, mentee: u32, mentor: u32) -> Vec<Constraint> {
    let (a, b) = (&people.mentees[at(mentee)], &people.mentors[at(mentor)]);
    Constraint::ALL.into_iter().filter(|rule| rule.is_broken(people, a, mentee, b, mentor)).collect()
}

fn locks(people: &People, input: &Input) -> Result<Vec<(u32, u32)>, InputError> {
    let mut locks = Vec::new();
    for pair in &input.locks {
        let (mentee, mentor) = people.pair(pair).unwrap_or((NONE, NONE));
        let rules = broken(people, mentee, mentor);
        if !rules.is_empty() {
            return Err(InputError::new(Subject::Pair(pair.clone()), Field::Lock, Problem::Inadmissible(rules)));
        }
        locks.push((mentee, mentor));
    }
    locks.sort_unstable();
    Ok(locks)
}
