//! Random people for whom everything can go wrong that goes wrong in schools.

use matching::people::model::AgeRange;
use matching::people::settings::{ClassRule, FormSettings, Mode, Weights};
use matching::{Control, Input, Mentee, Mentor, PairId, Settings, propose};

use crate::random::Random;

fn words(random: &mut Random, prefix: &str, of: u32, least: u32, most: u32) -> Vec<String> {
    let count = least + random.below(most - least + 1);
    let mut words: Vec<String> = (0..count).map(|_| format!("{prefix}{}", random.below(of))).collect();
    words.sort();
    words.dedup();
    words
}

fn some(random: &mut Random, prefix: &str, of: u32, percent: u32, most: u32) -> Vec<String> {
    if of > 0 && random.chance(percent) { words(random, prefix, of, 1, most) } else { Vec::new() }
}

fn age_wish(random: &mut Random, percent: u32) -> Option<AgeRange> {
    let from = 10 + u16::try_from(random.below(20)).unwrap();
    random.chance(percent).then_some(AgeRange { from, to: from + 8 })
}

/// Returns up to `mentees` and `mentors` people and rules for them.
pub fn school(random: &mut Random, mentees: u32, mentors: u32) -> (Input, Settings) {
    let (mentees, mentors) = (1 + random.below(mentees), 1 + random.below(mentors));
    let input = Input {
        mentees: (0..mentees).map(|number| mentee(random, number, mentors)).collect(),
        mentors: (0..mentors).map(|number| mentor(random, number, mentees)).collect(),
        bans: (0..random.below(3)).map(|_| pair(random, mentees, mentors)).collect(),
        ..Input::default()
    };
    let forms = ["pupil_pupil", "teacher_pupil"];
    let forms = forms.map(|code| FormSettings {
        code: code.into(),
        age_gap: random.chance(40).then_some((0, 40)),
        class: [ClassRule::Any, ClassRule::Same, ClassRule::Other][random.below(3) as usize],
        clearance: random.chance(30),
        common_slots: random.below(3),
        language: random.chance(50),
        place: random.chance(30),
        weights: Weights { priority: random.below(2) * 5, ..Weights::default() },
        ..FormSettings::default()
    });
    let settings = Settings { forms: forms.into(), worst_pair: random.chance(30), ..Settings::default() };
    (input, settings)
}

fn mentee(random: &mut Random, number: u32, mentors: u32) -> Mentee {
    Mentee {
        id: format!("e{number}"),
        form: if random.chance(75) { "pupil_pupil" } else { "teacher_pupil" }.into(),
        age: random.chance(90).then(|| 10 + u16::try_from(random.below(9)).unwrap()),
        class: random.chance(90).then(|| format!("{}A", 5 + random.below(3))),
        consent: random.chance(92),
        has_mentor: random.chance(4),
        priority: random.chance(25),
        categories: some(random, "k", 3, 40, 2),
        requests: words(random, "t", 12, 1, 4),
        interests: words(random, "i", 20, 1, 6),
        slots: words(random, "s", 10, 1, 5),
        languages: words(random, "l", 3, 1, 2),
        places: words(random, "p", 3, 1, 2),
        mentor_age: age_wish(random, 20),
        wishes: some(random, "o", mentors, 40, 3),
        vetoes: some(random, "o", mentors, 15, 2),
        relatives: some(random, "o", mentors, 5, 1),
    }
}

fn mentor(random: &mut Random, number: u32, mentees: u32) -> Mentor {
    let capacity = random.below(4);
    Mentor {
        id: format!("o{number}"),
        forms: vec!["pupil_pupil".into(), "teacher_pupil".into()].split_off(random.below(2) as usize),
        age: random.chance(90).then(|| 12 + u16::try_from(random.below(40)).unwrap()),
        class: random.chance(50).then(|| format!("{}A", 5 + random.below(3))),
        consent: random.chance(95),
        cleared: random.chance(80),
        capacity,
        load: u32::from(capacity > 1 && random.chance(20)),
        minimum: 0,
        competences: words(random, "t", 12, 1, 6),
        interests: words(random, "i", 20, 1, 6),
        slots: words(random, "s", 10, 1, 5),
        languages: words(random, "l", 3, 1, 2),
        places: words(random, "p", 3, 1, 2),
        mentee_age: age_wish(random, 20),
        wishes: some(random, "e", mentees, 40, 3),
        vetoes: some(random, "e", mentees, 10, 1),
        relatives: some(random, "e", mentees, 5, 1),
    }
}

/// A school with everything a commission can decide, and with people who are alike in every second one.
pub fn decided_school(seed: u64) -> (Input, Settings) {
    let mut random = Random::new(seed);
    let (mut input, mut settings) = school(&mut random, 16, 8);
    settings.mode = if random.chance(70) { Mode::Optimal } else { Mode::Mutual };
    if random.chance(50) {
        alike(&mut random, &mut input);
    }
    if random.chance(30) {
        for mentor in &mut input.mentors {
            mentor.minimum = random.below(4).min(mentor.capacity - mentor.load);
        }
    }
    if random.chance(25) {
        settings.candidates_per_mentee = Some(1 + random.below(4));
    }
    for pair in propose(&input, &settings, Control::none()).unwrap().pairs {
        let pair = PairId { mentee: pair.mentee, mentor: pair.mentor };
        match random.below(8) {
            0 => input.locks.push(pair),
            1 => input.bans.push(pair),
            2 => input.previous.push(pair),
            _ => {}
        }
    }
    (input, settings)
}

/// Takes away most of what tells people from each other, so that many answers are equally good.
pub fn alike(random: &mut Random, input: &mut Input) {
    let topic = |random: &mut Random| vec![format!("t{}", random.below(2))];
    let slots: Vec<String> = ["s1", "s2", "s3"].map(String::from).into();
    let languages = vec!["l0".to_owned()];
    let places = vec!["p0".to_owned()];
    for mentee in &mut input.mentees {
        *mentee = Mentee {
            age: None,
            requests: topic(random),
            interests: Vec::new(),
            slots: slots.clone(),
            languages: languages.clone(),
            places: places.clone(),
            mentor_age: None,
            wishes: Vec::new(),
            ..std::mem::take(mentee)
        };
    }
    for mentor in &mut input.mentors {
        *mentor = Mentor {
            age: None,
            competences: topic(random),
            interests: Vec::new(),
            slots: slots.clone(),
            languages: languages.clone(),
            places: places.clone(),
            mentee_age: None,
            wishes: Vec::new(),
            ..std::mem::take(mentor)
        };
    }
}

fn pair(random: &mut Random, mentees: u32, mentors: u32) -> PairId {
    PairId { mentee: format!("e{}", random.below(mentees)), mentor: format!("o{}", random.below(mentors)) }
}

/// Shuffles everything whose order means nothing.
pub fn shuffled(random: &mut Random, input: &Input) -> Input {
    let mut input = input.clone();
    shuffle(random, &mut input.mentees);
    shuffle(random, &mut input.mentors);
    shuffle(random, &mut input.locks);
    shuffle(random, &mut input.bans);
    shuffle(random, &mut input.previous);
    for mentee in &mut input.mentees {
        shuffle(random, &mut mentee.slots);
        shuffle(random, &mut mentee.requests);
        shuffle(random, &mut mentee.vetoes);
    }
    input
}

fn shuffle<T>(random: &mut Random, items: &mut [T]) {
    for last in (1..items.len()).rev() {
        items.swap(last, random.below(u32::try_from(last + 1).unwrap()) as usize);
    }
}
