//! Short marks: the state of a row and words with a tone.

use super::icon::{Icon, icon};
use maud::{Markup, html};

/// What a mark, a notice or a number means to its reader.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tone {
    #[default]
    Neutral,
    Info,
    Success,
    Warning,
    Danger,
}

impl Tone {
    /// Returns the class that colours an element.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Neutral => "tone-neutral",
            Self::Info => "tone-info",
            Self::Success => "tone-success",
            Self::Warning => "tone-warning",
            Self::Danger => "tone-danger",
        }
    }

    /// Returns the drawing that says the same without colour.
    pub const fn icon(self) -> Icon {
        match self {
            Self::Neutral | Self::Info => Icon::Info,
            Self::Success => Icon::CircleCheck,
            Self::Warning => Icon::Warning,
            Self::Danger => Icon::Danger,
        }
    }
}

/// A word with a tone.
#[derive(Debug, Clone, Default)]
pub struct Badge {
    pub tone: Tone,
    pub text: String,
    pub icon: Option<Icon>,
}

/// Draws a word with a tone.
pub fn badge(badge: &Badge) -> Markup {
    html! {
        span class={ "mark " (badge.tone.class()) } {
            @if let Some(drawing) = badge.icon { (icon(drawing)) }
            (badge.text)
        }
    }
}

/// How far a piece of work is, as the whole program shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    NotStarted,
    InProgress,
    Done,
    DoneLate,
    Overdue,
    Cancelled,
}

impl State {
    /// Every state, in the order of a legend.
    pub const ALL: [Self; 6] =
        [Self::Done, Self::DoneLate, Self::InProgress, Self::NotStarted, Self::Overdue, Self::Cancelled];

    /// Returns the word for the state.
    pub const fn label(self) -> &'static str {
        match self {
            Self::NotStarted => "не начато",
            Self::InProgress => "в работе",
            Self::Done => "выполнено",
            Self::DoneLate => "выполнено с опозданием",
            Self::Overdue => "просрочено",
            Self::Cancelled => "отменено",
        }
    }

    /// Returns the class that colours a mark, a bar or a slice of a ring.
    pub const fn class(self) -> &'static str {
        match self {
            Self::NotStarted => "state-not-started",
            Self::InProgress => "state-in-progress",
            Self::Done => "state-done",
            Self::DoneLate => "state-done-late",
            Self::Overdue => "state-overdue",
            Self::Cancelled => "state-cancelled",
        }
    }

    const fn icon(self) -> Icon {
        match self {
            Self::NotStarted => Icon::CircleDashed,
            Self::InProgress => Icon::Progress,
            Self::Done => Icon::CircleCheck,
            Self::DoneLate => Icon::ClockCheck,
            Self::Overdue => Icon::Warning,
            Self::Cancelled => Icon::Ban,
        }
    }
}

/// Draws a state: a drawing, a word and a colour.
pub fn state(state: State) -> Markup {
    html! { span class={ "mark " (state.class()) } { (icon(state.icon())) (state.label()) } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn states_differ_by_word_and_drawing_and_not_only_by_colour() {
        let words: BTreeSet<_> = State::ALL.iter().map(|state| state.label()).collect();
        let drawings: BTreeSet<_> = State::ALL.iter().map(|state| state.icon().name()).collect();
        assert_eq!((words.len(), drawings.len()), (State::ALL.len(), State::ALL.len()));
        for one in State::ALL {
            assert!(state(one).into_string().contains(one.label()));
        }
    }
}
