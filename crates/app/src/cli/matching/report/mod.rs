//! The result in words: why each pair, why somebody is left, what the commission signs.

mod counts;
mod facts;
mod json;
mod protocol;
pub mod reasons;
mod workbook;

pub use json::write as write_json;
pub use workbook::write as write_workbook;

use super::{question::Question, settings::Rules};
use crate::files::hex;
use matching::{
    Mentee, Mentor, Proposal,
    explain::unmatched::{Reason, Unmatched},
    protocol::{Protocol, normalised},
};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;

/// The result with what it was made of.
pub struct Report<'a> {
    pub question: &'a Question,
    pub rules: &'a Rules,
    pub proposal: &'a Proposal,
    pub protocol: Protocol,
    pub check: Check,
    /// Names of the two files.
    pub files: [String; 2],
    mentees: BTreeMap<&'a str, &'a Mentee>,
    mentors: BTreeMap<&'a str, &'a Mentor>,
}

/// How the result was checked by another way than it was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Check {
    /// The certificate proves that no better choice exists.
    Optimal,
    /// No mentee and mentor would both rather have each other; locked pairs apart.
    Stable,
    /// So many of them would: locks stand in their way.
    Blocked(usize),
}

/// SHA-256 of what went in and what came out, in an order that does not depend on the files.
#[derive(Debug, Clone, Serialize)]
pub struct Digests {
    pub people: String,
    pub settings: String,
    pub result: String,
}

impl<'a> Report<'a> {
    pub fn new(
        (question, rules): (&'a Question, &'a Rules),
        proposal: &'a Proposal,
        check: Check,
        files: [String; 2],
    ) -> Self {
        let input = &question.input;
        Self {
            question,
            rules,
            proposal,
            protocol: matching::protocol::protocol(input, &question.settings, proposal),
            check,
            files,
            mentees: input.mentees.iter().map(|mentee| (mentee.id.as_str(), mentee)).collect(),
            mentors: input.mentors.iter().map(|mentor| (mentor.id.as_str(), mentor)).collect(),
        }
    }

    pub fn digests(&self) -> serde_json::Result<Digests> {
        Ok(Digests {
            people: digest(&normalised(&self.question.input))?,
            settings: digest(&self.question.settings)?,
            result: digest(self.proposal)?,
        })
    }

    /// Those who are given a mentor.
    fn placed(&self) -> impl Iterator<Item = &'a str> {
        self.proposal.pairs.iter().map(|pair| pair.mentee.as_str())
    }

    /// Those who are left without a mentor; who had one before asks for nobody.
    pub fn left(&self) -> impl Iterator<Item = &'a Unmatched> {
        self.proposal.unmatched.iter().filter(|person| !self.has_mentor(&person.mentee))
    }

    /// Those who have a mentor in this form already.
    pub fn with_mentor(&self) -> impl Iterator<Item = &'a Unmatched> {
        self.proposal.unmatched.iter().filter(|person| self.has_mentor(&person.mentee))
    }

    fn has_mentor(&self, mentee: &str) -> bool {
        self.mentees.get(mentee).is_some_and(|mentee| mentee.has_mentor)
    }

    fn class(&self, id: &str) -> &str {
        self.question.classes.get(id).map_or("", String::as_str)
    }

    fn form_of(&self, mentee: &str) -> &str {
        self.mentees.get(mentee).map_or("", |mentee| self.rules.form_name(&mentee.form))
    }

    fn reason(&self, reason: &Reason) -> String {
        reasons::reason(reason, self.question.input.mentors.len(), self.question.settings.candidates_per_mentee)
    }
}

fn digest(value: &impl Serialize) -> serde_json::Result<String> {
    Ok(hex(&Sha256::digest(serde_json::to_vec(value)?)))
}
