//! Personal links: made, closed, and what their holders may do.

use super::{subject, withdraw_by_link};
use crate::{
    access::{self, School, Visitor},
    audit::{self, Act, Event},
    consents::{
        model::{Consent, ConsentLinkId, Purpose},
        queries::{self, LinkedPerson, NewLink, OpenLink},
    },
    error::{Answer, Failure},
    people::{PersonId, Sight, model::full_years},
    school_year::SchoolYear,
    state::App,
    web::Token,
};
use chrono::NaiveDate;
use database::Tx;

/// Makes a link for a representative, or for an adult, and returns its secret; nothing when the same form was sent
/// before.
pub async fn make_link(
    app: &App,
    visitor: &Visitor,
    person: PersonId,
    (id, holder): (ConsentLinkId, PersonId),
) -> Answer<Option<Token>> {
    let (sight, year) = (Sight::of(visitor)?, SchoolYear::containing(visitor.today));
    let mut tx = app.db.begin().await?;
    queries::subject(&mut tx, sight, year, person).await?;
    let guardians = queries::guardians(&mut tx, sight, Some(person)).await?;
    if holder != person && guardians.iter().all(|guardian| guardian.id != holder) {
        return Err(Failure::Refused("Ссылку дают самому человеку или его законному представителю.".into()));
    }
    let token = Token::fresh()?;
    let new = NewLink { id, person, holder, expires_on: year.last_day() };
    let now = app.clock.now();
    if !queries::insert_link(&mut tx, visitor.school_id(), (&new, &token.hash()), visitor.user, now).await? {
        return Ok(None);
    }
    audit::record(&mut tx, Act::of(visitor, Event::ConsentLinkMade, subject(person)), now).await?;
    tx.commit().await?;
    Ok(Some(token))
}

/// Closes a link; closing it twice changes nothing.
pub async fn revoke_link(app: &App, visitor: &Visitor, person: PersonId, link: ConsentLinkId) -> Answer<()> {
    let sight = Sight::of(visitor)?;
    let mut tx = app.db.begin().await?;
    if queries::links(&mut tx, sight, person).await?.iter().all(|known| known.id != link) {
        return Err(Failure::NotFound);
    }
    let now = app.clock.now();
    if queries::revoke_link(&mut tx, visitor.school_id(), (person, link), now).await? {
        audit::record(&mut tx, Act::of(visitor, Event::ConsentLinkRevoked, subject(person)), now).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// What the holder of a link sees.
pub struct Opened {
    pub school: School,
    pub today: NaiveDate,
    /// Nothing when the consent to take part was withdrawn: the person is named nowhere.
    pub person: Option<LinkedPerson>,
    pub consents: Vec<Consent>,
    link: OpenLink,
}

impl Opened {
    /// Tells whether there is a signed document of a purpose that is not withdrawn.
    pub fn may_withdraw(&self, purpose: Purpose) -> bool {
        self.consents
            .iter()
            .any(|consent| consent.purpose == purpose && consent.signed_on.is_some() && consent.withdrawn_on.is_none())
    }
}

/// Opens a link; nothing when it is unknown, closed, over, or its holder represents the person no more.
pub async fn open_link(app: &App, tx: &mut Tx, secret: &str) -> Answer<Option<Opened>> {
    let Some(token) = Token::read(secret) else { return Ok(None) };
    let Some(link) = queries::link_of_token(tx, &token.hash()).await? else { return Ok(None) };
    tx.keep_to(link.school_id.uuid()).await?;
    let school = access::school(tx, link.school_id).await?;
    let today = app.clock.now().with_timezone(&school.zone()).date_naive();
    let person = queries::person_of_link(tx, &link).await?;
    let born_on = person.as_ref().and_then(|person| person.born_on);
    let is_grown = born_on.and_then(|born| full_years(born, today)).is_some_and(|age| age >= 18);
    if link.revoked_at.is_some() || link.expires_on < today || (is_grown && link.holder_id != link.person_id) {
        return Ok(None);
    }
    let consents = queries::consents_of_withdrawn(tx, link.school_id, link.person_id).await?;
    Ok(Some(Opened { school, today, person, consents, link }))
}

/// Withdraws on behalf of the holder of a link; what was withdrawn stays withdrawn. `false` for a link that opens nothing.
pub async fn withdraw_through_link(app: &App, secret: &str, purpose: Purpose) -> Answer<bool> {
    let mut tx = app.db.of_every_school().begin().await?;
    let Some(opened) = open_link(app, &mut tx, secret).await? else { return Ok(false) };
    if opened.may_withdraw(purpose) {
        let what = (opened.link.person_id, purpose);
        withdraw_by_link(&mut tx, opened.link.school_id, what, (opened.today, app.clock.now())).await?;
        tx.commit().await?;
    }
    Ok(true)
}
