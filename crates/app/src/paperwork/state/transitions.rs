//! Every change of a paper's state, as data.

use super::State;
use std::fmt::Write as _;

/// Why a state changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    Printed,
    /// The signed copy was scanned, or its signatures were recorded.
    Signed,
    /// It was given a number and a day.
    Registered,
    /// A paper that changes it was registered.
    Amended,
    /// The paper that changed it was cancelled.
    Restored,
    Cancelled,
}

/// A change from one state to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Transition {
    pub from: State,
    pub cause: Cause,
    pub to: State,
}

impl Cause {
    pub const ALL: [Self; 6] =
        [Self::Printed, Self::Signed, Self::Registered, Self::Amended, Self::Restored, Self::Cancelled];

    /// Names the cause on an arrow of the diagram.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Printed => "документ напечатан",
            Self::Signed => "приложен подписанный экземпляр",
            Self::Registered => "присвоены номер и дата",
            Self::Amended => "зарегистрирован документ об изменении",
            Self::Restored => "документ об изменении отменён",
            Self::Cancelled => "документ отменён",
        }
    }
}

/// Returns the state after a cause; nothing where the cause changes nothing or is not allowed.
///
/// A cancelled paper never comes back: a new one is made.
pub const fn next(from: State, cause: Cause) -> Option<State> {
    use State::{Amended, Cancelled, Draft, Printed, Registered, Signed};
    match (from, cause) {
        (Draft, Cause::Printed) => Some(Printed),
        (Draft | Printed, Cause::Signed) => Some(Signed),
        (Draft | Printed | Signed, Cause::Registered) | (Amended, Cause::Restored) => Some(Registered),
        (Registered, Cause::Amended) => Some(Amended),
        (Draft | Printed | Signed | Registered | Amended, Cause::Cancelled) => Some(Cancelled),
        (Cancelled, _)
        | (Printed | Signed | Registered | Amended, Cause::Printed)
        | (Signed | Registered | Amended, Cause::Signed)
        | (Registered | Amended, Cause::Registered)
        | (Draft | Printed | Signed | Amended, Cause::Amended)
        | (Draft | Printed | Signed | Registered, Cause::Restored) => None,
    }
}

/// All changes there are.
pub const TRANSITIONS: &[Transition] = {
    use State::{Amended, Cancelled, Draft, Printed, Registered, Signed};
    const fn change(from: State, cause: Cause, to: State) -> Transition {
        Transition { from, cause, to }
    }
    &[
        change(Draft, Cause::Printed, Printed),
        change(Draft, Cause::Signed, Signed),
        change(Draft, Cause::Registered, Registered),
        change(Draft, Cause::Cancelled, Cancelled),
        change(Printed, Cause::Signed, Signed),
        change(Printed, Cause::Registered, Registered),
        change(Printed, Cause::Cancelled, Cancelled),
        change(Signed, Cause::Registered, Registered),
        change(Signed, Cause::Cancelled, Cancelled),
        change(Registered, Cause::Amended, Amended),
        change(Registered, Cause::Cancelled, Cancelled),
        change(Amended, Cause::Restored, Registered),
        change(Amended, Cause::Cancelled, Cancelled),
    ]
};

/// Draws the states as a mermaid diagram, line by line as it stands in the documentation.
pub fn mermaid() -> String {
    let mut diagram = String::from("stateDiagram-v2\n");
    for state in State::ALL {
        let _ = writeln!(diagram, "    {} : {}", state.key(), state.label());
    }
    let _ = writeln!(diagram, "    [*] --> {}", State::Draft.key());
    for Transition { from, cause, to } in TRANSITIONS {
        let _ = writeln!(diagram, "    {} --> {} : {}", from.key(), to.key(), cause.label());
    }
    diagram
}
