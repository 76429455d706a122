//! Every placement there is, one by one.

use matching::Task;

/// The values of the objectives in their order, to be compared as a tuple.
pub type Value = (u64, u64, i64, i64, u64);

/// Returns the best value over all placements.
pub fn best(task: &Task) -> Value {
    let mut best = None;
    visit(task, &mut |_, value| best = best.max(Some(value)));
    best.unwrap()
}

/// Shows every placement that keeps locks, places and minimums, with its value.
pub fn visit(task: &Task, show: &mut dyn FnMut(&[Option<u32>], Value)) {
    let mut places: Vec<u32> = task.graph.capacities().to_vec();
    let mut locked = vec![None; task.graph.mentees()];
    for &(mentee, mentor) in task.locks {
        locked[mentee as usize] = Some(mentor);
        places[mentor as usize] -= 1;
    }
    let mut chosen = vec![None; task.graph.mentees()];
    explore(task, &locked, 0, &mut places, &mut chosen, show);
}

fn explore(
    task: &Task,
    locked: &[Option<u32>],
    mentee: usize,
    places: &mut [u32],
    chosen: &mut Vec<Option<u32>>,
    show: &mut dyn FnMut(&[Option<u32>], Value),
) {
    if mentee == chosen.len() {
        if minimums_are_kept(task, chosen) {
            show(chosen, value(task, locked, chosen));
        }
        return;
    }
    if let Some(mentor) = locked[mentee] {
        chosen[mentee] = Some(mentor);
        return explore(task, locked, mentee + 1, places, chosen, show);
    }
    chosen[mentee] = None;
    explore(task, locked, mentee + 1, places, chosen, show);
    for &mentor in task.graph.mentors_of(mentee) {
        if places[mentor as usize] > 0 {
            places[mentor as usize] -= 1;
            chosen[mentee] = Some(mentor);
            explore(task, locked, mentee + 1, places, chosen, show);
            places[mentor as usize] += 1;
        }
    }
    chosen[mentee] = None;
}

fn minimums_are_kept(task: &Task, chosen: &[Option<u32>]) -> bool {
    (0u32..).zip(task.minimums).all(|(mentor, &minimum)| {
        let locked = task.locks.iter().any(|&(_, locked)| locked == mentor);
        let size = chosen.iter().filter(|&&of| of == Some(mentor)).count();
        locked || size == 0 || size >= minimum as usize
    })
}

fn value(task: &Task, locked: &[Option<u32>], chosen: &[Option<u32>]) -> Value {
    let mut value = (0, 0, i64::MAX, 0, 0);
    for (mentee, mentor) in chosen.iter().enumerate().filter_map(|(mentee, of)| of.map(|of| (mentee, of))) {
        let score = i64::from(task.graph.score(mentee, mentor).unwrap());
        value.0 += 1;
        value.1 += u64::from(task.priority[mentee]);
        if task.worst_pair && locked[mentee].is_none() {
            value.2 = value.2.min(score);
        }
        value.3 += score;
        value.4 += u64::from(task.previous.is_some_and(|previous| previous[mentee] == Some(mentor)));
    }
    value
}
