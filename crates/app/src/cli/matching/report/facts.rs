//! Why a pair: what its points stand for.

use super::{Report, reasons::common};
use matching::{Mentee, Mentor, proposal::ProposedPair};

/// One criterion of a pair: its name, the points reached, the points possible and what they stand for.
pub struct Share {
    pub name: &'static str,
    pub points: u32,
    pub of: u32,
    pub because: String,
}

impl Report<'_> {
    /// Returns the criteria of a pair that count under the rules of its form.
    pub fn shares(&self, pair: &ProposedPair) -> Vec<Share> {
        let form = self.question.settings.forms.iter().find(|form| form.code == pair.form);
        let weights = form.map(|form| form.weights).unwrap_or_default();
        let (mentee, mentor) = (self.mentees.get(pair.mentee.as_str()), self.mentors.get(pair.mentor.as_str()));
        let both = mentee.zip(mentor);
        let joined = |words: Option<Vec<&str>>| words.unwrap_or_default().join(", ");
        let shares = &pair.shares;
        let share = |name, points, of, because| Share { name, points, of, because };
        let plain = |name, points, of| share(name, points, of, String::new());
        let all = [
            share(
                "Запрос",
                shares.request,
                weights.request,
                joined(both.map(|(a, b)| common(&a.requests, &b.competences))),
            ),
            share(
                "Интересы",
                shares.interests,
                weights.interests,
                joined(both.map(|(a, b)| common(&a.interests, &b.interests))),
            ),
            plain("Желание наставляемого", shares.mentee_wish, weights.mentee_wish),
            plain("Желание наставника", shares.mentor_wish, weights.mentor_wish),
            share("Возраст", shares.age, weights.age, both.map(|(a, b)| age(a, b)).unwrap_or_default().to_owned()),
            share("Время", shares.time, weights.time, joined(both.map(|(a, b)| common(&a.slots, &b.slots)))),
            plain("Свободные места", shares.balance, weights.balance),
            plain("Приоритет", shares.priority, weights.priority),
        ];
        all.into_iter().filter(|share| share.of > 0).collect()
    }

    /// Says in one line why the pair fits.
    pub fn why(&self, pair: &ProposedPair) -> String {
        let shares = self.shares(pair);
        let parts = shares.iter().filter(|share| share.points > 0).map(|share| {
            let because = if share.because.is_empty() { String::new() } else { format!(" ({})", share.because) };
            format!("{}{because} — {} из {}", share.name, share.points, share.of)
        });
        let parts: Vec<String> = parts.collect();
        if parts.is_empty() {
            "Условия соблюдены, совпадений нет".to_owned()
        } else {
            parts.join("; ")
        }
    }
}

/// Says what the points for ages stand for: a wish that cannot be looked at counts as met, and so does no wish.
fn age(mentee: &Mentee, mentor: &Mentor) -> &'static str {
    let both = [(mentee.mentor_age, mentor.age), (mentor.mentee_age, mentee.age)];
    let wished: Vec<Option<u16>> = both.iter().filter(|(wish, _)| wish.is_some()).map(|&(_, age)| age).collect();
    match wished[..] {
        [] => "пожеланий нет",
        _ if wished.contains(&None) => "возраст не указан",
        _ => "",
    }
}
