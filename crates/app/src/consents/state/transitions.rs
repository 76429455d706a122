//! Every change of a consent's state, as data.

use super::State;
use std::fmt::Write as _;

/// Why a state changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    Printed,
    Signed,
    /// The last day comes near.
    TermNears,
    /// The last day has passed.
    TermPassed,
    /// Somebody corrected the last day.
    TermMoved,
    Withdrawn,
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
        [Self::Printed, Self::Signed, Self::TermNears, Self::TermPassed, Self::TermMoved, Self::Withdrawn];

    /// Names the cause on an arrow of the diagram.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Printed => "бланк напечатан",
            Self::Signed => "подписи внесены",
            Self::TermNears => "до окончания 30 дней",
            Self::TermPassed => "срок прошёл",
            Self::TermMoved => "срок исправлен",
            Self::Withdrawn => "согласие отозвано",
        }
    }
}

/// All changes there are. A withdrawn consent never comes back: a new one is signed.
pub const TRANSITIONS: &[Transition] = {
    use Cause::{Printed as Print, Signed as Sign, TermMoved, TermNears, TermPassed, Withdrawn as Withdraw};
    use State::{Expired, Expiring, Needed, Printed, Signed, Withdrawn};
    const fn change(from: State, cause: Cause, to: State) -> Transition {
        Transition { from, cause, to }
    }
    &[
        change(Needed, Print, Printed),
        change(Needed, Sign, Signed),
        change(Needed, Sign, Expiring),
        change(Needed, Withdraw, Withdrawn),
        change(Printed, Sign, Signed),
        change(Printed, Sign, Expiring),
        change(Printed, Withdraw, Withdrawn),
        change(Signed, TermNears, Expiring),
        change(Signed, TermMoved, Expiring),
        change(Signed, Withdraw, Withdrawn),
        change(Expiring, TermPassed, Expired),
        change(Expiring, TermMoved, Signed),
        change(Expiring, Withdraw, Withdrawn),
        change(Expired, TermMoved, Signed),
        change(Expired, TermMoved, Expiring),
        change(Expired, Withdraw, Withdrawn),
    ]
};

/// Draws the states as a mermaid diagram, line by line as it stands in the documentation.
pub fn mermaid() -> String {
    let mut diagram = String::from("stateDiagram-v2\n");
    for state in State::ALL {
        let _ = writeln!(diagram, "    {} : {}", state.key(), state.label());
    }
    let _ = writeln!(diagram, "    [*] --> {}", State::Needed.key());
    for Transition { from, cause, to } in TRANSITIONS {
        let _ = writeln!(diagram, "    {} --> {} : {}", from.key(), to.key(), cause.label());
    }
    diagram
}
