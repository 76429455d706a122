//! What is asked of the list of those who could take part.

use crate::{
    participation::{coverage::Group, queries::Choice, settings::Settings},
    people::Kind,
};
use chrono::NaiveDate;
use database::fold;
use serde::Deserialize;

/// The questions of the list, as they stand in its address and in the form below it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Search {
    pub q: String,
    pub class: String,
    pub kind: String,
    pub group: String,
}

impl Search {
    /// Returns the target group asked for.
    pub fn group(&self) -> Option<Group> {
        self.group.parse().ok()
    }

    /// Returns whom the statement looks for: of a group, those of the age that counts who take part on neither side.
    pub fn wanted(&self, settings: &Settings, today: NaiveDate) -> Choice {
        let group = self.group();
        let kind = match group {
            Some(Group::Pupils) => Some(Kind::Pupil),
            Some(Group::Teachers | Group::Young) => Some(Kind::Teacher),
            None => self.kind.parse().ok(),
        };
        let born = settings.birth_days(today);
        Choice {
            class: self.class.parse().ok(),
            kind,
            name: fold(&self.q),
            without: if group.is_some() { "any" } else { "" },
            born: (group == Some(Group::Pupils)).then_some((born.first, born.last)),
        }
    }
}
