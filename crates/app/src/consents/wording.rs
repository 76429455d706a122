//! The wordings of consents: which text somebody has agreed to. Pure.
//!
//! The texts are data (`templates/consents.toml`). A wording is known by its id, which carries the version, and by the
//! SHA-256 of its text; both are kept with each consent.

use super::model::Purpose;
use serde::Deserialize;
use std::sync::LazyLock;

/// One version of a text.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wording {
    /// Purpose and version: «participation/1».
    pub id: String,
    pub purpose: Purpose,
    pub title: String,
    pub text: String,
    /// Lower-case hexadecimal digest of the text.
    pub sha256: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    wording: Vec<Wording>,
}

/// Every wording there ever was, the oldest first.
static ALL: LazyLock<Vec<Wording>> = LazyLock::new(|| {
    toml::from_str::<File>(include_str!("../../templates/consents.toml")).map(|file| file.wording).unwrap_or_default()
});

impl Wording {
    /// Returns the newest text of a purpose, which is asked for from now on.
    pub fn newest(purpose: Purpose) -> Option<&'static Self> {
        ALL.iter().rev().find(|wording| wording.purpose == purpose)
    }

    /// Returns the text that was signed.
    pub fn named(id: &str) -> Option<&'static Self> {
        ALL.iter().find(|wording| wording.id == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::hex;
    use sha2::{Digest as _, Sha256};

    #[test]
    fn every_purpose_has_a_wording() {
        for purpose in Purpose::ALL {
            assert!(Wording::newest(*purpose).is_some(), "{purpose}");
        }
    }

    #[test]
    fn a_wording_has_the_digest_that_is_kept_with_the_consent() {
        for wording in ALL.iter() {
            let digest = hex(&Sha256::digest(wording.text.as_bytes()));
            assert_eq!(wording.sha256, digest, "{} was changed: add the next version instead", wording.id);
        }
    }

    #[test]
    fn ids_carry_purpose_and_version_and_are_given_once() {
        for wording in ALL.iter() {
            let (purpose, version) = wording.id.split_once('/').unwrap();
            assert_eq!(purpose, wording.purpose.word());
            assert!(version.parse::<u32>().is_ok(), "{}", wording.id);
            assert_eq!(ALL.iter().filter(|other| other.id == wording.id).count(), 1);
            assert_eq!(Wording::named(&wording.id), Some(wording));
        }
    }
}
