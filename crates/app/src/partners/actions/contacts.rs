//! People of a partner to talk to. Their names and numbers are not repeated in the journal.

use super::{Facts, differences, facts, subject};
use crate::{
    access::Visitor,
    audit::{self, Author, Change, Event},
    error::{Answer, Failure, once},
    partners::{
        model::{Contact, ContactId, PartnerId},
        queries,
    },
    state::App,
};
use chrono::{DateTime, Utc};
use database::Tx;

/// Adds somebody to talk to; the same form sent twice adds one.
pub async fn add_contact(app: &App, visitor: &Visitor, new: &Contact) -> Answer<()> {
    let mut tx = app.db.begin().await?;
    if add_contact_in(&mut tx, Author::visitor(visitor), new, app.clock.now()).await? {
        tx.commit().await?;
    }
    Ok(())
}

/// Adds somebody to talk to in a transaction; `false` when the record was added before.
pub async fn add_contact_in(tx: &mut Tx, author: Author<'_>, new: &Contact, now: DateTime<Utc>) -> Answer<bool> {
    let partner = queries::partner(tx, author.school_id(), new.partner_id).await?;
    if once(queries::insert_contact(tx, author.school_id(), new).await)?.is_none() {
        return Ok(false);
    }
    let signs = if new.signs { "да" } else { "нет" };
    let act = author.act(Event::ContactAdded, subject(&partner));
    audit::record(tx, act.with([Change::fact("Подписывает соглашения", signs)]), now).await?;
    Ok(true)
}

/// Saves somebody to talk to.
pub async fn change_contact(app: &App, visitor: &Visitor, wanted: &Contact) -> Answer<()> {
    let mut tx = app.db.begin().await?;
    let (school, id) = (visitor.school_id(), wanted.partner_id);
    let partner = queries::partner(&mut tx, school, id).await?;
    let before = queries::contact(&mut tx, (school, id), wanted.id).await?;
    if !queries::update_contact(&mut tx, school, wanted).await? {
        return Err(Failure::Stale { yours: facts_of(wanted), theirs: facts_of(&before) });
    }
    // What changed, not what it was.
    let changed: Vec<String> = differences(facts_of(&before), facts_of(wanted)).map(|change| change.what).collect();
    let act = Author::visitor(visitor).act(Event::ContactChanged, subject(&partner));
    audit::record(&mut tx, act.with([Change::fact("Изменено", changed.join(", "))]), app.clock.now()).await?;
    Ok(tx.commit().await?)
}

fn facts_of(contact: &Contact) -> Facts {
    facts([
        ("Фамилия, имя, отчество", contact.full_name.clone()),
        ("Должность", contact.post.clone()),
        ("Телефон", contact.phone.clone()),
        ("Почта", contact.email.clone()),
        ("Подписывает соглашения", if contact.signs { "да" } else { "нет" }.to_owned()),
        ("Основание полномочий", contact.authority.clone()),
    ])
}

/// Removes somebody to talk to.
pub async fn remove_contact(app: &App, visitor: &Visitor, partner: PartnerId, id: ContactId) -> Answer<()> {
    let mut tx = app.db.begin().await?;
    let key = (visitor.school_id(), partner);
    let partner = queries::partner(&mut tx, key.0, key.1).await?;
    queries::contact(&mut tx, key, id).await?;
    queries::remove_contact(&mut tx, key, id).await?;
    let act = Author::visitor(visitor).act(Event::ContactRemoved, subject(&partner));
    audit::record(&mut tx, act, app.clock.now()).await?;
    Ok(tx.commit().await?)
}
