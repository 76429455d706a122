//! What people do in a year, as data.

use crate::demo::school::Staff;

/// One thing somebody does to one row.
#[derive(Debug, Clone, Copy)]
pub struct Deed {
    /// The number of the row in the road map.
    pub row: &'static str,
    pub by: Staff,
    pub act: Act,
}

/// What is done. Days are counted from the day of the deed.
#[derive(Debug, Clone, Copy)]
pub enum Act {
    /// Enters what the records come to that day.
    Enter {
        measure: &'static str,
        source: &'static str,
    },
    /// Attaches a document with this title.
    Attach(&'static str),
    /// Replaces it with a new version.
    Replace(&'static str),
    Task {
        text: &'static str,
        due_in_days: u32,
        to: Staff,
    },
    FinishTask(&'static str),
    Note(&'static str),
    Confirm,
    /// Confirms although the indicator is not met.
    ConfirmAnyway(&'static str),
    Accept,
    SendBack(&'static str),
    Cancel(&'static str),
    /// Sets the term to a day.
    Until {
        days: u32,
    },
    /// Sets the term as the source had it by mistake: September after the end of the year.
    UntilNextSeptember,
}

/// A deed on a day of the school year: month, day, deed.
pub type Line = (u32, u32, Deed);

pub const fn enter(row: &'static str, by: Staff, measure: &'static str, source: &'static str) -> Deed {
    Deed { row, by, act: Act::Enter { measure, source } }
}

pub const fn attach(row: &'static str, by: Staff, title: &'static str) -> Deed {
    Deed { row, by, act: Act::Attach(title) }
}

pub const fn replace(row: &'static str, by: Staff, title: &'static str) -> Deed {
    Deed { row, by, act: Act::Replace(title) }
}

pub const fn task(row: &'static str, to: Staff, text: &'static str, due_in_days: u32) -> Deed {
    Deed { row, by: Staff::Coordinator, act: Act::Task { text, due_in_days, to } }
}

pub const fn finish(row: &'static str, by: Staff, task: &'static str) -> Deed {
    Deed { row, by, act: Act::FinishTask(task) }
}

pub const fn note(row: &'static str, by: Staff, text: &'static str) -> Deed {
    Deed { row, by, act: Act::Note(text) }
}

pub const fn confirm(row: &'static str, by: Staff) -> Deed {
    Deed { row, by, act: Act::Confirm }
}

pub const fn accept(row: &'static str) -> Deed {
    Deed { row, by: Staff::Head, act: Act::Accept }
}
