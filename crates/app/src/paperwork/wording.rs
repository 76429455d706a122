//! In which wording a kind is made now: the school's newest, else the one the program comes with.

use super::{
    model::{Origin, WordingVersion},
    queries,
};
use crate::{
    access::SchoolId,
    files::{FileId, hex},
};
use database::{Result, Tx};
use documents::kinds::Kind;
use sha2::{Digest as _, Sha256};

/// The wording of a kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// 0 as long as the school has changed nothing.
    pub version: i64,
    pub origin: Origin,
    /// Empty for a file.
    pub text: String,
    pub sha256: String,
    pub file: Option<FileId>,
}

impl Wording {
    /// Returns the wording the program comes with.
    pub fn built_in(kind: &Kind, version: i64) -> Self {
        Self { version, origin: Origin::BuiltIn, text: kind.text.to_owned(), sha256: digest(kind.text), file: None }
    }

    /// Names the wording with whose consents are kept: «consent-participation/2».
    pub fn name(&self, kind: &Kind) -> String {
        format!("{}/{}", kind.name, self.version)
    }
}

/// Returns the digest by which a text is kept.
pub fn digest(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

/// Returns the wording in which papers of a kind are made now.
pub async fn current(tx: &mut Tx, school: SchoolId, kind: &'static Kind) -> Result<Wording> {
    match queries::wordings(tx, school, kind.name).await?.into_iter().next() {
        None => Ok(Wording::built_in(kind, 0)),
        Some(newest) => of_version(tx, school, kind, newest).await,
    }
}

/// Returns the newest words of a kind; a file of the school leaves them as they were.
pub async fn newest_text(
    tx: &mut Tx,
    school: SchoolId,
    kind: &'static Kind,
    versions: &[WordingVersion],
) -> Result<String> {
    match versions.iter().find(|version| version.origin != Origin::File) {
        None => Ok(kind.text.to_owned()),
        Some(newest) => Ok(of_version(tx, school, kind, newest.clone()).await?.text),
    }
}

/// Returns the wording of a version.
pub async fn of_version(
    tx: &mut Tx,
    school: SchoolId,
    kind: &'static Kind,
    version: WordingVersion,
) -> Result<Wording> {
    let text = match version.origin {
        Origin::BuiltIn => return Ok(Wording::built_in(kind, version.version)),
        Origin::School => queries::wording_text(tx, school, &version.sha256).await?.ok_or(database::Error::Missing)?,
        Origin::File => String::new(),
    };
    Ok(Wording {
        version: version.version,
        origin: version.origin,
        text,
        sha256: version.sha256,
        file: version.file_id,
    })
}
