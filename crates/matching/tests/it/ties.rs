//! Among equal answers the documented rules decide: who comes first is placed, and mentors share the mentees evenly.

use matching::people::settings::FormSettings;
use matching::{Control, Input, Matching, Mentee, Mentor, PairId, Settings, propose, verify};

use crate::brute;
use crate::people::{alike, school};
use crate::random::Random;

/// Returns the sum of the squares of what each mentor has then.
fn squares(earlier: &[u64], mentor_of: &[Option<u32>]) -> u64 {
    let mut loads = earlier.to_vec();
    mentor_of.iter().flatten().for_each(|&mentor| loads[mentor as usize] += 1);
    loads.iter().map(|load| load * load).sum()
}

fn placed(mentor_of: &[Option<u32>]) -> Vec<usize> {
    mentor_of.iter().enumerate().filter_map(|(mentee, mentor)| mentor.map(|_| mentee)).collect()
}

/// A small school in which many people are alike, with a draft, a lock and a ban now and then.
fn small_school(random: &mut Random) -> (Input, Settings) {
    let (mut input, settings) = school(random, 6, 4);
    if random.chance(80) {
        alike(random, &mut input);
    }
    let draft = propose(&input, &settings, Control::none()).unwrap().pairs;
    for pair in draft {
        let pair = PairId { mentee: pair.mentee, mentor: pair.mentor };
        match random.below(6) {
            0 => input.locks.push(pair),
            1 => input.bans.push(pair),
            2 => input.previous.push(pair),
            _ => {}
        }
    }
    (input, settings)
}

#[test]
fn of_all_equal_answers_the_first_mentees_are_placed_and_loads_are_most_even() {
    let (mut choices, mut uneven) = (0, 0);
    for seed in 0..8_000 {
        let (input, settings) = small_school(&mut Random::new(seed));
        let matching = Matching::new(&input, &settings, Control::none()).unwrap();
        let (task, answer) = (matching.task(), matching.solve(None, Control::none()).unwrap());
        assert_eq!(verify(&task, &answer), Ok(answer.objectives.clone()), "seed {seed}");
        let mut mentors = input.mentors.clone();
        mentors.sort_by(|a, b| a.id.cmp(&b.id));
        let earlier: Vec<u64> = mentors.iter().map(|mentor| mentor.load.into()).collect();
        let best = brute::best(&task);
        let mut equal = Vec::new();
        brute::visit(&task, &mut |chosen, value| {
            if value == best {
                equal.push((placed(chosen), squares(&earlier, chosen)));
            }
        });
        let first = equal.iter().min().unwrap();
        assert_eq!((placed(&answer.mentor_of), squares(&earlier, &answer.mentor_of)), *first, "seed {seed}: {input:?}");
        choices += usize::from(equal.iter().any(|other| other.0 != first.0));
        uneven += usize::from(equal.iter().any(|other| other.0 == first.0 && other.1 != first.1));
    }
    assert!(choices > 150 && uneven > 100, "{choices} {uneven}");
}

#[test]
fn a_warm_start_places_the_same_mentees() {
    for seed in 0..2_000 {
        let mut random = Random::new(seed);
        let (mut input, settings) = school(&mut random, 20, 10);
        alike(&mut random, &mut input);
        let before = propose(&input, &settings, Control::none()).unwrap();
        let mentor = random.below(u32::try_from(input.mentors.len()).unwrap()) as usize;
        input.mentors[mentor].capacity += 1;
        let matching = Matching::new(&input, &settings, Control::none()).unwrap();
        let cold = matching.solve(None, Control::none()).unwrap();
        let warm = matching.solve(before.proof.as_ref(), Control::none()).unwrap();
        assert_eq!(placed(&warm.mentor_of), placed(&cold.mentor_of), "seed {seed}");
    }
}

#[test]
fn groups_keep_their_minimum_while_loads_are_evened() {
    for seed in 0..2_000 {
        let mut random = Random::new(seed);
        let (mut input, settings) = school(&mut random, 20, 8);
        alike(&mut random, &mut input);
        for mentor in &mut input.mentors {
            mentor.capacity += 2;
            mentor.minimum = random.below(4).min(mentor.capacity);
        }
        let matching = Matching::new(&input, &settings, Control::none()).unwrap();
        let answer = matching.solve(None, Control::none()).unwrap();
        assert_eq!(verify(&matching.task(), &answer), Ok(answer.objectives.clone()), "seed {seed}");
    }
}

#[test]
fn two_mentors_who_are_alike_share_four_mentees_who_are_alike() {
    let mentee = |id: &str| Mentee { id: id.into(), form: "f".into(), consent: true, ..Mentee::default() };
    let mentor =
        |id: &str| Mentor { id: id.into(), forms: vec!["f".into()], consent: true, capacity: 6, ..Mentor::default() };
    let mut form = FormSettings { code: "f".into(), common_slots: 0, language: false, ..FormSettings::default() };
    let mut input = Input {
        mentees: ["a", "b", "c", "d"].map(mentee).into(),
        mentors: ["x", "y"].map(mentor).into(),
        ..Input::default()
    };
    let of_x = |input: &Input, form: &FormSettings| {
        let settings = Settings { forms: vec![form.clone()], ..Settings::default() };
        let proposal = propose(input, &settings, Control::none()).unwrap();
        proposal.pairs.iter().filter(|pair| pair.mentor == "x").count()
    };
    assert_eq!(of_x(&input, &form), 2);
    form.weights.balance = 0;
    input.mentors[0].load = 2;
    assert_eq!(of_x(&input, &form), 1, "x has two already");
    input.locks = ["a", "b"].map(|mentee| PairId { mentee: mentee.into(), mentor: "x".into() }).into();
    assert_eq!(of_x(&input, &form), 2, "locks stay, and nobody is added to them");
}
