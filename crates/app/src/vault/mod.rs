//! A room for records that must stay closed to whoever holds the data alone: a copy of the database, a backup, a disk.
//!
//! Every person has a key for every kind of record, sealed by the key of the installation, which lies in a file outside
//! the data directory (security rule 4; docs/decisions/0052-sealed-records.md). A slice gives a text and keeps what it
//! gets for it; who may read is the slice's to decide, before it asks. Once a key is destroyed, what was sealed with it
//! is unreadable, in restored backups too.

mod cipher;
mod key_file;
mod queries;

pub use key_file::KeyFile;
pub(crate) use queries::{ALL as QUERIES, destroy_all as wipe_keys};

use crate::{access::SchoolId, error::Failure};
use chrono::{DateTime, Utc};
use cipher::Secret;
use database::{Tx, Value};
use key_file::NoKeyFile;
use std::{
    collections::{BTreeSet, HashMap},
    sync::{Arc, OnceLock},
};
use uuid::Uuid;
use zeroize::Zeroizing;

database::id_type! {
    /// The id of the key of an owner.
    pub KeyId;
}

/// What a slice keeps instead of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    pub key: KeyId,
    pub text: String,
}

/// Whose records they are, and of which kind: consents are given and withdrawn by kinds, so keys are kept by them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Owner {
    pub school: SchoolId,
    pub person: Uuid,
    /// The table the records stand in.
    pub room: &'static str,
}

/// Why sealed records cannot be written or read now; nothing is lost by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.sentence())]
pub enum Locked {
    Missing,
    Unreadable,
    Damaged,
    Foreign,
    NotMade,
}

impl Locked {
    /// Says what is wrong and what the administrator does about it.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Missing => {
                "Закрытые сведения сейчас не открыть: не найден файл ключа. Администратору: верните файл ключа на место или укажите, где он, при запуске (--key-file)."
            }
            Self::Unreadable => {
                "Закрытые сведения сейчас не открыть: файл ключа не читается. Администратору: проверьте права на файл ключа."
            }
            Self::Damaged => {
                "Закрытые сведения сейчас не открыть: в файле ключа записан не ключ «Наставника». Администратору: верните файл ключа из копии."
            }
            Self::Foreign => {
                "Закрытые сведения сейчас не открыть: файл ключа от других данных или запись повреждена. Администратору: укажите при запуске тот файл ключа, с которым сведения внесены (--key-file)."
            }
            Self::NotMade => {
                "Закрытые сведения сейчас не внести: файл ключа не создаётся. Администратору: укажите при запуске место вне папки данных, куда программа может писать (--key-file)."
            }
        }
    }
}

/// A failure of the vault or of the database under it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Locked(#[from] Locked),
    #[error(transparent)]
    Database(#[from] database::Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::Locked(locked) => Self::Unavailable(locked.sentence()),
            Error::Database(error) => error.into(),
        }
    }
}

impl From<NoKeyFile> for Error {
    fn from(error: NoKeyFile) -> Self {
        match error {
            NoKeyFile::Missing => Locked::Missing,
            NoKeyFile::Unreadable => Locked::Unreadable,
            NoKeyFile::Damaged => Locked::Damaged,
            NoKeyFile::NotMade => Locked::NotMade,
        }
        .into()
    }
}

/// The sealed records of an installation: cheap to clone.
#[derive(Clone)]
pub struct Vault {
    file: KeyFile,
    /// Read once; a file that is exchanged takes effect with the next start.
    read: Arc<OnceLock<Secret>>,
}

impl Vault {
    /// Returns the vault of a key file, which is read or made when the first record needs it.
    pub fn new(file: KeyFile) -> Self {
        Self { file, read: Arc::default() }
    }

    /// Seals the text of a record; the first one makes the key of its owner, the very first one the key file.
    pub async fn seal(
        &self,
        tx: &mut Tx,
        owner: Owner,
        (record, text): (Uuid, &str),
        now: DateTime<Utc>,
    ) -> Result<Sealed, Error> {
        let destroyed = self.file.destroyed()?;
        let kept = queries::keys_of(tx, owner).await?;
        let (key, secret) = match kept.iter().find(|one| !destroyed.contains(&one.id.uuid())) {
            Some(known) => (known.id, self.unwrapped(owner.school, known)?),
            None => self.make_key(tx, owner, now).await?,
        };
        let text = secret.seal(&of_record((owner.school, owner.room), key, record), text).ok_or(Locked::NotMade)?;
        Ok(Sealed { key, text })
    }

    /// Opens the texts of records in their order; nothing where the key was destroyed.
    pub async fn open(
        &self,
        tx: &mut Tx,
        (school, room): (SchoolId, &'static str),
        all: &[(Uuid, Sealed)],
    ) -> Result<Vec<Option<String>>, Error> {
        if all.is_empty() {
            return Ok(vec![]);
        }
        let wanted: BTreeSet<KeyId> = all.iter().map(|(_, sealed)| sealed.key).collect();
        let kept = queries::keys(tx, school, wanted.into_iter().map(Value::from).collect()).await?;
        let destroyed = self.file.destroyed()?;
        let mut secrets = HashMap::new();
        for one in kept.iter().filter(|one| !one.sealed.is_empty() && !destroyed.contains(&one.id.uuid())) {
            secrets.insert(one.id, self.unwrapped(school, one)?);
        }
        let open = |(record, sealed): &(Uuid, Sealed)| -> Result<Option<String>, Error> {
            match secrets.get(&sealed.key) {
                None => Ok(None),
                Some(secret) => match secret.open(&of_record((school, room), sealed.key, *record), &sealed.text) {
                    None => Err(Locked::Foreign.into()),
                    text => Ok(text),
                },
            }
        };
        all.iter().map(open).collect()
    }

    /// Tells whether something is kept for an owner that can be destroyed.
    pub async fn keeps(&self, tx: &mut Tx, owner: Owner) -> Result<bool, Error> {
        Ok(!queries::keys_of(tx, owner).await?.is_empty())
    }

    /// Destroys the keys of an owner; `false` when there were none. What was sealed with them is never read again.
    ///
    /// The ids are written down beside the key file first, so that a restored backup does not bring the records back.
    pub async fn destroy(&self, tx: &mut Tx, owner: Owner, now: DateTime<Utc>) -> Result<bool, Error> {
        let ids: Vec<Uuid> = queries::keys_of(tx, owner).await?.iter().map(|one| one.id.uuid()).collect();
        if ids.is_empty() {
            return Ok(false);
        }
        self.file.note_destroyed(&ids)?;
        queries::destroy(tx, owner, now).await?;
        Ok(true)
    }

    /// Destroys every key of a person who is erased.
    pub async fn destroy_all(
        &self,
        tx: &mut Tx,
        (school, person): (SchoolId, Uuid),
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let ids: Vec<Uuid> =
            queries::keys_of_person(tx, school, person).await?.iter().map(|one| one.id.uuid()).collect();
        if !ids.is_empty() {
            self.file.note_destroyed(&ids)?;
            queries::destroy_all(tx, school, person, now).await?;
        }
        Ok(())
    }

    /// Seals a text with the key of the installation itself: secrets of accounts, which end with their rows.
    pub async fn seal_own(
        &self,
        tx: &mut Tx,
        (school, room): (SchoolId, &'static str),
        (record, text): (Uuid, &str),
    ) -> Result<String, Error> {
        let sealed = self.first_or_known(tx).await?.seal(&of_own((school, room), record), text);
        queries::note_room(tx, school, room).await?;
        Ok(sealed.ok_or(Locked::NotMade)?)
    }

    /// Opens what the key of the installation itself has sealed.
    pub fn open_own(
        &self,
        (school, room): (SchoolId, &'static str),
        (record, sealed): (Uuid, &str),
    ) -> Result<String, Error> {
        Ok(self.master()?.open(&of_own((school, room), record), sealed).ok_or(Locked::Foreign)?)
    }

    async fn make_key(&self, tx: &mut Tx, owner: Owner, now: DateTime<Utc>) -> Result<(KeyId, Secret), Error> {
        let master = self.first_or_known(tx).await?;
        let (id, secret) = (KeyId::fresh(), Secret::fresh().ok_or(Locked::NotMade)?);
        let sealed = master.seal(&of_key(owner.school, id), &secret.written()).ok_or(Locked::NotMade)?;
        queries::insert(tx, owner, (id, &sealed), now).await?;
        Ok((id, secret))
    }

    /// Returns the key of the installation; the very first text makes it.
    async fn first_or_known(&self, tx: &mut Tx) -> Result<&Secret, Error> {
        match self.master() {
            // Records exist that another key file opens: a new one would divide them.
            Err(NoKeyFile::Missing) if queries::anything_sealed(tx).await? => Err(Locked::Missing.into()),
            Err(NoKeyFile::Missing) => Ok(self.made()?),
            other => Ok(other?),
        }
    }

    fn unwrapped(&self, school: SchoolId, kept: &queries::KeptKey) -> Result<Secret, Error> {
        let text = self.master()?.open(&of_key(school, kept.id), &kept.sealed).ok_or(Locked::Foreign)?;
        Ok(Secret::read(&Zeroizing::new(text)).ok_or(Locked::Damaged)?)
    }

    fn master(&self) -> Result<&Secret, NoKeyFile> {
        if let Some(secret) = self.read.get() {
            return Ok(secret);
        }
        let secret = self.file.read()?;
        Ok(self.read.get_or_init(|| secret))
    }

    fn made(&self) -> Result<&Secret, NoKeyFile> {
        let secret = self.file.make()?;
        Ok(self.read.get_or_init(|| secret))
    }
}

fn of_record((school, room): (SchoolId, &str), key: KeyId, record: Uuid) -> String {
    format!("{room}/{school}/{key}/{record}")
}

fn of_own((school, room): (SchoolId, &str), record: Uuid) -> String {
    format!("{room}/{school}/installation/{record}")
}

fn of_key(school: SchoolId, key: KeyId) -> String {
    format!("vault_keys/{school}/{key}")
}
