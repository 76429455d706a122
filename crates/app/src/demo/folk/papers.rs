//! Consents in every state, clearances of adults from outside, and who withdrew a consent.

use super::{
    Cast, Scene,
    programme::idle,
    queries::{NewConsent, NewParticipation, hide, insert_clearance, insert_consent, insert_participation},
};
use crate::{
    access::UserId,
    consents::{
        Purpose,
        model::{Signature, SignedAs, Signers},
        signing::{Policy, required_signers},
        wording::Wording,
    },
    demo::{
        random::Random,
        records::{Participant, Person},
        school::Staff,
    },
    error::{Answer, Failure},
    participation::{Decision, Side, Source},
    people::PersonId,
};
use chrono::{Days, NaiveDate};
use database::Tx;

/// Pupils who took part and whose consent was withdrawn.
pub const WITHDRAWN: usize = 2;

/// How the withdrawals reached the school, as the ledger keeps it.
const PAPER: &str = "paper";

/// In how many of a hundred cases a consent ends soon after the day of the demo.
const EXPIRING: u32 = 4;

/// Writes the papers of everybody who takes part.
pub async fn write(tx: &mut Tx, scene: &Scene<'_>, cast: &Cast) -> Answer<()> {
    let mut random = Random::about(&scene.topic("papers"));
    let by = scene.user(Staff::Coordinator)?;
    for one in scene.records.participants() {
        let entered = scene.records.entered_on(one);
        let (Some(person), Some(_)) = (cast.record_of(one), scene.past(entered)) else { continue };
        let asked_on = entered - Days::new(3);
        let subject = Subject::of(scene, cast, one, person);
        let signed_on = scene.past(one.consented.max(asked_on));
        let new = asked(scene, &subject, (Purpose::Participation, asked_on, signed_on), by, &mut random)?;
        put(tx, scene, &new).await?;
        for (purpose, share) in [(Purpose::Distribution, 35), (Purpose::Transfer, 20)] {
            if random.happens(share) {
                let signed_on = scene.past(one.consented.max(asked_on)).filter(|_| random.happens(80));
                put(tx, scene, &asked(scene, &subject, (purpose, asked_on, signed_on), by, &mut random)?).await?;
            }
        }
    }
    clearances(tx, scene, cast, by).await?;
    if scene.copy == 0 { withdrawals(tx, scene, cast, by, &mut random).await } else { Ok(()) }
}

async fn put(tx: &mut Tx, scene: &Scene<'_>, new: &NewConsent) -> Answer<()> {
    let at = scene.moment(new.asked_on);
    Ok(insert_consent(tx, (scene.school.id, scene.year()), new, at).await?)
}

/// Whom a consent is about, and who signs for the person.
struct Subject {
    person: PersonId,
    born: Option<NaiveDate>,
    guardian: Option<PersonId>,
}

impl Subject {
    fn of(scene: &Scene<'_>, cast: &Cast, one: &Participant, person: PersonId) -> Self {
        match one.person {
            Person::Pupil(place) => Self::pupil(scene, cast, place),
            Person::Teacher(_) | Person::Partner(_) => Self { person, born: None, guardian: None },
        }
    }

    fn pupil(scene: &Scene<'_>, cast: &Cast, place: usize) -> Self {
        let family = &cast.pupils[place];
        let born = scene.records.population.pupils.get(place).map(|pupil| pupil.born);
        Self { person: family.pupil, born, guardian: family.guardians.first().copied() }
    }

    /// Returns who must sign on a day: adults sign for themselves.
    fn signers(&self, day: NaiveDate) -> Signers {
        self.born.map_or(Signers::Person, |born| required_signers(Some(born), day, Policy::default()).signers)
    }

    fn signatures(&self, signers: Signers) -> Vec<Signature> {
        let own = Signature { person: self.person, signed_as: SignedAs::Person };
        let other = self.guardian.map(|person| Signature { person, signed_as: SignedAs::Representative });
        match signers {
            Signers::Person => vec![own],
            Signers::Representative => other.into_iter().collect(),
            Signers::Both => std::iter::once(own).chain(other).collect(),
        }
    }
}

/// Returns a consent as far as it has come.
fn asked(
    scene: &Scene<'_>,
    subject: &Subject,
    (purpose, asked_on, signed_on): (Purpose, NaiveDate, Option<NaiveDate>),
    recorded_by: UserId,
    random: &mut Random,
) -> Answer<NewConsent> {
    let wording = Wording::newest(purpose).ok_or(Failure::NotFound)?;
    let signers = subject.signers(signed_on.unwrap_or(asked_on));
    let is_printed = signed_on.is_some() || random.happens(60);
    let last = if random.happens(EXPIRING) { scene.today + Days::new(20) } else { scene.year().last_day() };
    Ok(NewConsent {
        person: subject.person,
        purpose,
        signers,
        template: &wording.id,
        template_sha256: &wording.sha256,
        asked_on,
        printed_on: is_printed.then_some(asked_on),
        signed_on,
        signed_by: if signed_on.is_some() { subject.signatures(signers) } else { vec![] },
        valid_until: signed_on.map(|_| last.max(scene.today)),
        recorded_by,
        withdrawn: None,
    })
}

/// Adults from outside show a certificate; one is over, one ends soon.
async fn clearances(tx: &mut Tx, scene: &Scene<'_>, cast: &Cast, by: UserId) -> Answer<()> {
    let seen = scene.calendar().on(9, 28);
    let adults = cast.of_partners.iter().flatten().chain(cast.graduates.iter().take(3));
    for (place, person) in adults.enumerate().filter(|_| scene.past(seen).is_some()) {
        let until = match place {
            1 => scene.today - Days::new(6),
            2 => scene.today + Days::new(12),
            _ => scene.year().last_day() + Days::new(30),
        };
        let key = (scene.school.id, *person);
        insert_clearance(tx, key, (seen, until.max(seen)), by, scene.moment(seen)).await?;
    }
    Ok(())
}

/// Writes pupils who took part until the consent was withdrawn; nobody sees them since.
async fn withdrawals(tx: &mut Tx, scene: &Scene<'_>, cast: &Cast, by: UserId, random: &mut Random) -> Answer<()> {
    let calendar = scene.calendar();
    let (entered, withdrawn) = (calendar.on(9, 22), calendar.on(10, 16));
    if scene.past(withdrawn).is_none() {
        return Ok(());
    }
    for place in idle(scene).into_iter().take(WITHDRAWN) {
        let subject = Subject::pupil(scene, cast, place);
        let facts = (Purpose::Participation, calendar.on(9, 18), Some(entered));
        let consent = asked(scene, &subject, facts, by, random)?;
        let withdrawn_by = (withdrawn, PAPER, "Семья решила не продолжать.");
        put(tx, scene, &NewConsent { withdrawn: Some(withdrawn_by), ..consent }).await?;
        let new = NewParticipation {
            applied_on: Some(calendar.on(9, 16)),
            decision: Some((entered, Decision::Accepted, "")),
            entered_on: Some(entered),
            suspended_on: Some(withdrawn),
            ..super::programme::offered(
                (subject.person, Side::Mentee),
                (Source::Questionnaire, calendar.on(9, 14)),
                false,
                random,
            )
        };
        let key = (scene.school.id, scene.year());
        insert_participation(tx, key, &new, scene.moment(new.offered_on)).await?;
        hide(tx, (scene.school.id, subject.person), withdrawn).await?;
    }
    Ok(())
}
