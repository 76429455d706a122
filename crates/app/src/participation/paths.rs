//! Addresses of the pages about who takes part.

use super::{
    coverage::Group,
    model::{ApplicationId, ParticipationId},
    registers::Register,
};
use crate::people::ClassId;

pub const PARTICIPANTS: &str = "/participants";
pub const SETTINGS: &str = "/participants/settings";
pub const COVERAGE: &str = "/participants/coverage";
pub const CHOICE: &str = "/participants/choice";
pub const CANDIDATES: &str = "/participants/candidates";
pub const INVITED: &str = "/participants/invited";
pub const ACT: &str = "/participants/act";
pub const INTERVIEWS: &str = "/participants/interviews";
pub const DECISIONS: &str = "/participants/decisions";
pub const READINESS: &str = "/participants/readiness";
pub const REGISTERS: &str = "/participants/registers";
pub const REGISTER: &str = "/participants/registers/{register}";
pub const REGISTER_PRINT: &str = "/participants/registers/{register}/print";
pub const REGISTER_XLSX: &str = "/participants/registers/{register}/xlsx";
/// Made by a later slice: the paper of a register.
pub const REGISTER_PAPER: &str = "/participants/registers/{register}/paper";
/// Where the measure of the register leads.
pub const REGISTRY: &str = "/participants/registry";
pub const WORDS: &str = "/participants/words";
pub const FORMS: &str = "/participants/words/forms";
pub const FORM_REMOVAL: &str = "/participants/words/forms/{form}/removal";
pub const TOPICS: &str = "/participants/words/topics";
pub const TOPIC_REMOVAL: &str = "/participants/words/topics/{topic}/removal";
pub const PARTICIPATION: &str = "/participants/{participation}";
pub const EDIT: &str = "/participants/{participation}/edit";
pub const DEPARTURE: &str = "/participants/{participation}/departure";
pub const RETURN: &str = "/participants/{participation}/return";
pub const LINKS: &str = "/participants/links";
pub const LINK_CLOSING: &str = "/participants/links/{link}/closing";
pub const APPLICATIONS: &str = "/participants/applications";
pub const APPLICATION: &str = "/participants/applications/{application}";
pub const APPLICATION_MATCH: &str = "/participants/applications/{application}/match";
pub const APPLICATION_PERSON: &str = "/participants/applications/{application}/person";
pub const APPLICATION_REJECTION: &str = "/participants/applications/{application}/rejection";
pub const APPLY: &str = "/apply/{token}";

/// Returns the path of a participation.
pub fn participation_path(id: ParticipationId) -> String {
    format!("{PARTICIPANTS}/{id}")
}

/// Returns the path of a page of a participation: `edit`, `departure`, `return`.
pub fn part_path(id: ParticipationId, part: &str) -> String {
    format!("{PARTICIPANTS}/{id}/{part}")
}

/// Returns the path of a register.
pub fn register_path(register: Register) -> String {
    format!("{REGISTERS}/{}", register.word())
}

/// Returns the path of those of a group who do not take part.
pub fn outside_group_path(group: Group) -> String {
    format!("{CHOICE}?group={}", group.word())
}

/// Returns the path of the pupils of a class who count and do not take part.
pub fn outside_class_path(class: ClassId) -> String {
    format!("{CHOICE}?class={class}&group=pupils")
}

/// Returns the path of an application.
pub fn application_path(id: ApplicationId) -> String {
    format!("{APPLICATIONS}/{id}")
}

/// Returns the path under which people apply.
pub fn apply_path(token: &str) -> String {
    format!("/apply/{token}")
}
