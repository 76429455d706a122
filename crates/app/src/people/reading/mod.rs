//! Understanding of class and staff lists as schools export them: columns by the words of their header, then one person
//! of each row. Pure; the cells come from `documents::tables::stream_any`, the rows go to `people::import`.
//!
//! What is never taken: passports, СНИЛС, addresses, health. Such columns are named and their cells are emptied before
//! anything is kept.

mod class;
mod column;
mod contact;
mod date;
mod list;
mod person;
mod row;
mod text;
mod words;

#[cfg(test)]
mod tests;

pub use class::class_in;
pub use column::{Column, columns_of, header_key};
pub use contact::{email, phone};
pub use date::{BadDate, date_in};
pub use list::{ListReader, Section, Seen};
pub use person::{ReadGuardian, ReadPerson, ReadStaff, Since};
pub use row::understand;
pub use text::{full_name, tidy};
pub use words::sex_of_patronymic;
