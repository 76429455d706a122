//! Every change of state as data, for the diagram in the documentation.

use std::fmt::Write;

use super::RowState;

/// What changes the state of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// The first record appears.
    Recorded,
    /// The last record is removed.
    RecordsRemoved,
    /// The last day of the term passes.
    TermPassed,
    /// The term is moved.
    TermMoved,
    Confirmed,
    Withdrawn,
    Cancelled,
    Restored,
}

/// A change from one state to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Transition {
    pub from: RowState,
    pub cause: Cause,
    pub to: RowState,
}

impl Cause {
    pub const ALL: [Self; 8] = [
        Self::Recorded,
        Self::RecordsRemoved,
        Self::TermPassed,
        Self::TermMoved,
        Self::Confirmed,
        Self::Withdrawn,
        Self::Cancelled,
        Self::Restored,
    ];

    /// Names the cause on an arrow of the diagram.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Recorded => "появилась запись",
            Self::RecordsRemoved => "записи удалены",
            Self::TermPassed => "срок прошёл",
            Self::TermMoved => "срок перенесён",
            Self::Confirmed => "выполнение подтверждено",
            Self::Withdrawn => "подтверждение снято",
            Self::Cancelled => "мероприятие отменено",
            Self::Restored => "мероприятие возвращено",
        }
    }
}

/// All changes there are; acceptance by the head changes nothing but who may withdraw.
pub const TRANSITIONS: &[Transition] = {
    use Cause::{Cancelled, Confirmed, Recorded, RecordsRemoved, Restored, TermMoved, TermPassed, Withdrawn};
    use RowState::{Cancelled as Off, Done, DoneLate, InWork, NotStarted, Overdue};
    const fn change(from: RowState, cause: Cause, to: RowState) -> Transition {
        Transition { from, cause, to }
    }
    &[
        change(NotStarted, Recorded, InWork),
        change(NotStarted, TermPassed, Overdue),
        change(NotStarted, TermMoved, Overdue),
        change(NotStarted, Confirmed, Done),
        change(NotStarted, Cancelled, Off),
        change(InWork, RecordsRemoved, NotStarted),
        change(InWork, TermPassed, Overdue),
        change(InWork, TermMoved, Overdue),
        change(InWork, Confirmed, Done),
        change(InWork, Cancelled, Off),
        change(Overdue, TermMoved, NotStarted),
        change(Overdue, TermMoved, InWork),
        change(Overdue, Confirmed, Done),
        change(Overdue, Confirmed, DoneLate),
        change(Overdue, Cancelled, Off),
        change(Done, TermMoved, DoneLate),
        change(Done, Withdrawn, NotStarted),
        change(Done, Withdrawn, InWork),
        change(Done, Withdrawn, Overdue),
        change(DoneLate, TermMoved, Done),
        change(DoneLate, Withdrawn, Overdue),
        change(Off, Restored, NotStarted),
        change(Off, Restored, InWork),
        change(Off, Restored, Overdue),
    ]
};

/// Draws the states as a mermaid diagram, line by line as it stands in the documentation.
pub fn mermaid() -> String {
    let mut diagram = String::from("stateDiagram-v2\n");
    for state in RowState::ALL {
        let _ = writeln!(diagram, "    {} : {}", state.key(), state.label());
    }
    let _ = writeln!(diagram, "    [*] --> {}", RowState::NotStarted.key());
    for Transition { from, cause, to } in TRANSITIONS {
        let _ = writeln!(diagram, "    {} --> {} : {}", from.key(), to.key(), cause.label());
    }
    diagram
}
