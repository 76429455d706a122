//! Names of people: three parts, each by its own tables, and what the caller knows better.

mod gender;
mod given;
mod surname;

use crate::{
    Case, Gender,
    table::{self, Row},
};

/// A part of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    Surname,
    Given,
    Patronymic,
}

/// A name in the nominative, with the gender of its bearer and the forms that are known better than any rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    surname: String,
    given: String,
    /// Empty where there is none.
    patronymic: String,
    gender: Option<Gender>,
    own_forms: Vec<(Part, Case, String)>,
}

impl Name {
    /// Takes a name in the nominative and guesses the gender by the patronymic, the given name and the surname.
    pub fn new(surname: &str, given: &str, patronymic: &str) -> Self {
        Self {
            gender: gender::guess(surname, given, patronymic),
            surname: surname.to_owned(),
            given: given.to_owned(),
            patronymic: patronymic.to_owned(),
            own_forms: vec![],
        }
    }

    /// Sets the gender that a record says; nothing leaves the guess.
    #[must_use]
    pub fn of_gender(mut self, gender: Option<Gender>) -> Self {
        self.gender = gender.or(self.gender);
        self
    }

    /// Sets the form of a part in a case, as its bearer wants it; an empty form leaves the rule.
    #[must_use]
    pub fn with(mut self, part: Part, case: Case, form: &str) -> Self {
        self.own_forms.retain(|(other, its_case, _)| (*other, *its_case) != (part, case));
        if !form.trim().is_empty() {
            self.own_forms.push((part, case, form.trim().to_owned()));
        }
        self
    }

    /// Keeps a part the same in every case: «фамилия не склоняется».
    #[must_use]
    pub fn undeclined(self, part: Part) -> Self {
        let same = self.part(part, Case::Nominative);
        Case::ALL.into_iter().fold(self, |name, case| name.with(part, case, &same))
    }

    /// Returns the gender that was said or guessed.
    pub fn gender(&self) -> Option<Gender> {
        self.gender
    }

    /// Returns one part in a case.
    pub fn part(&self, part: Part, case: Case) -> String {
        let own = self.own_forms.iter().find(|(other, its_case, _)| (*other, *its_case) == (part, case));
        own.map_or_else(|| decline(self.nominative(part), part, self.gender, case), |(_, _, form)| form.clone())
    }

    /// Returns «Иванову Петру Сергеевичу».
    pub fn full(&self, case: Case) -> String {
        joined([Part::Surname, Part::Given, Part::Patronymic].map(|part| self.part(part, case)))
    }

    /// Returns «Петру Сергеевичу».
    pub fn given_and_patronymic(&self, case: Case) -> String {
        joined([Part::Given, Part::Patronymic].map(|part| self.part(part, case)))
    }

    /// Returns «Иванову П. С.».
    pub fn surname_first(&self, case: Case) -> String {
        joined([self.part(Part::Surname, case), self.initials()])
    }

    /// Returns «П. С. Иванову».
    pub fn initials_first(&self, case: Case) -> String {
        joined([self.initials(), self.part(Part::Surname, case)])
    }

    fn initials(&self) -> String {
        joined([&self.given, &self.patronymic].map(|name| initial(name)))
    }

    fn nominative(&self, part: Part) -> &str {
        match part {
            Part::Surname => &self.surname,
            Part::Given => &self.given,
            Part::Patronymic => &self.patronymic,
        }
    }
}

/// Declines one part of a name, word by word; what no rule knows stays as it is.
///
/// Of an unknown gender (and a neuter is nobody's) only what is the same for men and women declines: «Саше», but «Ким».
pub fn decline(text: &str, part: Part, gender: Option<Gender>, case: Case) -> String {
    match gender {
        Some(Gender::Masculine) => decline_by(text, part, tables(part).0, case),
        Some(Gender::Feminine) => decline_by(text, part, tables(part).1, case),
        Some(Gender::Neuter) | None => {
            let [man, woman] = [tables(part).0, tables(part).1].map(|rows| decline_by(text, part, rows, case));
            if man == woman { man } else { text.to_owned() }
        }
    }
}

/// Returns the tables of a part for men and for women.
fn tables(part: Part) -> (&'static [Row], &'static [Row]) {
    match part {
        Part::Surname => (&surname::MEN, &surname::WOMEN),
        Part::Given => (&given::MEN, &given::WOMEN),
        Part::Patronymic => (&given::SONS, &given::DAUGHTERS),
    }
}

fn decline_by(text: &str, part: Part, rows: &[Row], case: Case) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let forms = words.iter().map(|word| {
        let is_particle = words.len() > 1 && table::knows(surname::PARTICLES, word);
        if is_particle { (*word).to_owned() } else { decline_word(word, part, rows, case) }
    });
    forms.collect::<Vec<_>>().join(" ")
}

fn decline_word(word: &str, part: Part, rows: &[Row], case: Case) -> String {
    let pieces: Vec<&str> = word.split('-').collect();
    let before_title =
        part != Part::Patronymic && pieces.last().is_some_and(|last| table::knows(surname::TITLES, last));
    let forms = pieces.iter().enumerate().map(|(place, piece)| {
        let is_family = table::knows(surname::OF_MEN, piece) || table::knows(surname::OF_WOMEN, piece);
        let is_fixed =
            place + 1 < pieces.len() && (table::knows(surname::FIXED_FIRST, piece) || before_title && !is_family);
        let form = if is_fixed { None } else { table::decline(rows, piece, case) };
        form.unwrap_or_else(|| (*piece).to_owned())
    });
    forms.collect::<Vec<_>>().join("-")
}

fn initial(name: &str) -> String {
    name.trim().chars().next().map_or_else(String::new, |letter| format!("{letter}."))
}

fn joined<const N: usize>(parts: [String; N]) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}
