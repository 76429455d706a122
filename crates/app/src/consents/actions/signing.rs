//! Signatures are recorded, scans are kept and handed out.

use super::{purpose_of, subject};
use crate::{
    access::Visitor,
    audit::{self, Act, Author, Event},
    clock::day_in,
    consents::{
        model::{Consent, ConsentId, Signature, SignedAs, Signers},
        queries,
    },
    error::{Answer, Failure},
    files::{self, NotStored, StoredFile, Upload},
    people::{PersonId, Sight},
    school_year::SchoolYear,
    state::App,
    words,
};
use chrono::{DateTime, NaiveDate, Utc};
use database::{Json, Tx};

/// What stands on a signed document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signing {
    pub version: i64,
    pub signed_on: NaiveDate,
    /// Whether the person has signed.
    pub by_person: bool,
    /// The representative who has signed.
    pub by_representative: Option<PersonId>,
    pub valid_until: Option<NaiveDate>,
}

impl Signing {
    /// Returns the signatures of a person's document.
    pub fn signatures(&self, person: PersonId) -> Vec<Signature> {
        let own = self.by_person.then_some(Signature { person, signed_as: SignedAs::Person });
        let represented =
            self.by_representative.map(|person| Signature { person, signed_as: SignedAs::Representative });
        own.into_iter().chain(represented).collect()
    }

    /// Tells whether those have signed who must, and whether the days make sense; a refusal is a sentence.
    pub fn check(&self, signers: Signers, guardians: &[PersonId], today: NaiveDate) -> Result<(), &'static str> {
        if self.signed_on > today {
            return Err("Дата подписи ещё не наступила.");
        }
        if self.valid_until.is_some_and(|last| last < today || last < self.signed_on) {
            return Err("Срок действия уже прошёл: такое согласие ничего не разрешает.");
        }
        if self.by_representative.is_some_and(|representative| !guardians.contains(&representative)) {
            return Err("Выберите законного представителя из карточки.");
        }
        let represented = self.by_representative.is_some();
        match signers {
            Signers::Representative if !represented => {
                Err("На дату подписи нет 14 лет: нужна подпись законного представителя.")
            }
            Signers::Both if !(represented && self.by_person) => Err(
                "Нужны две подписи: обучающегося и законного представителя. Если возраст другой, исправьте дату рождения в карточке.",
            ),
            Signers::Person if !self.by_person => Err("Подписывает сам человек: отметьте его подпись."),
            _ => Ok(()),
        }
    }
}

/// Records who has signed a document and when, or corrects it; a scan that comes along replaces the former one.
pub async fn sign(app: &App, visitor: &Visitor, id: ConsentId, signing: &Signing, scan: Option<&Upload>) -> Answer<()> {
    let author = Author::visitor(visitor);
    // The bytes are written before the transaction begins: 20 MB must not hold the only writer of SQLite.
    let mut tx = app.db.read().await?;
    let before = queries::consent(&mut tx, Sight::of(visitor)?, id).await?;
    signed(&mut tx, author, &before, signing, app.clock.now()).await?;
    drop(tx);
    let file = kept(app, scan).await?;
    let mut tx = app.db.begin().await?;
    let file = keep(&mut tx, visitor, file.as_ref()).await?;
    sign_in(&mut tx, author, id, (signing, file), app.clock.now()).await?;
    Ok(tx.commit().await?)
}

/// Records signatures within a transaction of somebody else; a stale version is answered with both.
pub async fn sign_in(
    tx: &mut Tx,
    author: Author<'_>,
    id: ConsentId,
    (signing, file): (&Signing, Option<files::FileId>),
    now: DateTime<Utc>,
) -> Answer<()> {
    let before = queries::consent(tx, Sight::of_author(author)?, id).await?;
    let signed = signed(tx, author, &before, signing, now).await?;
    let signed = Consent { file_id: file.or(before.file_id), ..signed };
    if signing.version != before.version || !queries::update(tx, author.school_id(), &signed, author.user()).await? {
        return Err(Failure::Stale { yours: shown(&signed), theirs: shown(&before) });
    }
    let event = if before.signed_on.is_some() { Event::ConsentCorrected } else { Event::ConsentSigned };
    let act = author.act(event, subject(signed.person_id)).with([purpose_of(&signed)]);
    Ok(audit::record(tx, act, now).await?)
}

/// Returns the document as it is after signing, or why it cannot be.
async fn signed(
    tx: &mut Tx,
    author: Author<'_>,
    before: &Consent,
    signing: &Signing,
    now: DateTime<Utc>,
) -> Answer<Consent> {
    if before.withdrawn_on.is_some() {
        return Err(Failure::Refused("Согласие отозвано. Запросите новое: отозванное не возвращается.".into()));
    }
    let (sight, today) = (Sight::of_author(author)?, day_in(now, author.school.zone()));
    let year = SchoolYear::containing(today);
    let policy = queries::policy(tx, sight.school(), year).await?;
    let person = queries::subject(tx, sight, year, before.person_id).await?;
    let guardians = queries::guardians(tx, sight, Some(before.person_id)).await?;
    let guardians: Vec<PersonId> = guardians.iter().map(|guardian| guardian.id).collect();
    let signers = person.required(signing.signed_on, policy).signers;
    signing.check(signers, &guardians, today).map_err(|sentence| Failure::Refused(sentence.into()))?;
    Ok(Consent {
        signers,
        signed_on: Some(signing.signed_on),
        signed_by: Json(signing.signatures(before.person_id)),
        valid_until: signing.valid_until,
        ..before.clone()
    })
}

/// Writes the bytes of a scan, if there is one.
pub async fn kept(app: &App, scan: Option<&Upload>) -> Answer<Option<StoredFile>> {
    let Some(scan) = scan else { return Ok(None) };
    app.files.keep(scan, app.clock.now()).await.map(Some).map_err(|error| match error {
        NotStored::Bad(bad) => Failure::Refused(bad.to_string()),
        NotStored::Disk(error) => error.into(),
    })
}

/// Notes a scan whose bytes were written.
pub async fn keep(tx: &mut Tx, visitor: &Visitor, file: Option<&StoredFile>) -> Answer<Option<files::FileId>> {
    let Some(file) = file else { return Ok(None) };
    files::insert(tx, visitor.school_id(), file, Some(visitor.user)).await?;
    Ok(Some(file.id))
}

/// Returns what two people may have saved differently.
fn shown(consent: &Consent) -> Vec<(String, String)> {
    let day = |day: Option<NaiveDate>| day.map(words::short_date).unwrap_or_default();
    let signed_by: Vec<&str> = consent.signed_by.0.iter().map(|signature| signature.signed_as.label()).collect();
    [
        ("Подписано", day(consent.signed_on)),
        ("Кто подписал", signed_by.join(", ")),
        ("Действует до", day(consent.valid_until)),
        ("Скан", if consent.file_id.is_some() { "приложен" } else { "нет" }.to_owned()),
    ]
    .map(|(what, value)| (what.to_owned(), value))
    .into()
}

/// Returns the scan of a document and notes that it was read.
pub async fn scan_bytes(app: &App, visitor: &Visitor, id: ConsentId) -> Answer<(StoredFile, Vec<u8>)> {
    let mut tx = app.db.begin().await?;
    let consent = queries::consent(&mut tx, Sight::of(visitor)?, id).await?;
    let file = files::file(&mut tx, visitor.school_id(), consent.file_id.ok_or(Failure::NotFound)?).await?;
    let act = Act::of(visitor, Event::ConsentFileRead, subject(consent.person_id)).with([purpose_of(&consent)]);
    audit::record(&mut tx, act, app.clock.now()).await?;
    tx.commit().await?;
    let bytes = app.files.bytes(&file).await?;
    Ok((file, bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn signing(by_person: bool, by_representative: Option<PersonId>) -> Signing {
        Signing { version: 1, signed_on: day("2026-11-20"), by_person, by_representative, valid_until: None }
    }

    #[rstest]
    #[case(Signers::Representative, false, true, true)]
    #[case(Signers::Representative, true, false, false)]
    #[case(Signers::Both, true, false, false)]
    #[case(Signers::Both, false, true, false)]
    #[case(Signers::Both, true, true, true)]
    #[case(Signers::Person, true, false, true)]
    #[case(Signers::Person, false, true, false)]
    fn those_must_have_signed_who_must(
        #[case] signers: Signers,
        #[case] by_person: bool,
        #[case] represented: bool,
        #[case] expected: bool,
    ) {
        let mother = PersonId::fresh();
        let signing = signing(by_person, represented.then_some(mother));
        assert_eq!(signing.check(signers, &[mother], day("2026-11-22")).is_ok(), expected);
    }

    #[test]
    fn a_stranger_does_not_sign_as_a_representative() {
        let signing = signing(false, Some(PersonId::fresh()));
        assert!(signing.check(Signers::Representative, &[PersonId::fresh()], day("2026-11-22")).is_err());
    }

    #[test]
    fn days_of_a_signature_make_sense() {
        let today = day("2026-11-22");
        let ahead = Signing { signed_on: day("2026-11-23"), ..signing(true, None) };
        assert!(ahead.check(Signers::Person, &[], today).is_err());
        let over = Signing { valid_until: Some(day("2026-11-21")), ..signing(true, None) };
        assert!(over.check(Signers::Person, &[], today).is_err());
        let last_day = Signing { valid_until: Some(today), ..signing(true, None) };
        assert!(last_day.check(Signers::Person, &[], today).is_ok());
    }
}
