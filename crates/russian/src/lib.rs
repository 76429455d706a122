#![doc = include_str!("../README.md")]

mod date;
mod name;
mod number;
mod post;
mod table;

pub use date::date_in_words;
pub use name::{Name, Part, decline};
pub use number::{number_in_words, ordinal_in_words};
pub use post::decline_post;

/// A grammatical case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Case {
    /// Кто? что?
    Nominative,
    /// Кого? чего?
    Genitive,
    /// Кому? чему?
    Dative,
    /// Кого? что?
    Accusative,
    /// Кем? чем?
    Instrumental,
    /// О ком? о чём?
    Prepositional,
}

impl Case {
    /// All cases in the order of school grammars.
    pub const ALL: [Self; 6] =
        [Self::Nominative, Self::Genitive, Self::Dative, Self::Accusative, Self::Instrumental, Self::Prepositional];
}

/// The gender of a word or, as masculine and feminine, of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Gender {
    Masculine,
    Feminine,
    Neuter,
}
