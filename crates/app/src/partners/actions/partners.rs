//! Partner organisations.

use super::{Facts, differences, facts, subject, written};
use crate::{
    access::Visitor,
    audit::{self, Author, Change, Event},
    error::{Answer, Failure, once},
    partners::{
        model::{Partner, PartnerId},
        queries,
    },
    state::App,
    words::short_date,
};
use chrono::{DateTime, NaiveDate, Utc};
use database::{Tx, fold};

/// Adds a partner; the same form sent twice adds one.
pub async fn add_partner(app: &App, visitor: &Visitor, new: &Partner) -> Answer<()> {
    let mut tx = app.db.begin().await?;
    if add_partner_in(&mut tx, Author::visitor(visitor), new, app.clock.now()).await? {
        tx.commit().await?;
    }
    Ok(())
}

/// Adds a partner in a transaction; `false` when it was added before.
pub async fn add_partner_in(tx: &mut Tx, author: Author<'_>, new: &Partner, now: DateTime<Utc>) -> Answer<bool> {
    let school = author.school_id();
    let known = queries::partners(tx, school).await?;
    if known.iter().any(|partner| partner.id == new.id) {
        return Ok(false);
    }
    must_be_new(&known, new)?;
    if once(queries::insert_partner(tx, school, new, now).await)?.is_none() {
        return Ok(false);
    }
    let changes = [Change::fact("Вид", new.kind.label())];
    audit::record(tx, author.act(Event::PartnerAdded, subject(new)).with(changes), now).await?;
    Ok(true)
}

/// Refuses a second record of the same organisation.
fn must_be_new(known: &[Partner], new: &Partner) -> Answer<()> {
    let is_same = |other: &&Partner| {
        other.id != new.id && (fold(&other.name) == fold(&new.name) || (!new.inn.is_empty() && other.inn == new.inn))
    };
    match known.iter().find(is_same) {
        Some(other) => Err(Failure::Refused(format!(
            "Такая организация уже есть в перечне: «{}». Откройте её запись.",
            other.short_name
        ))),
        None => Ok(()),
    }
}

/// Saves what is known about a partner.
pub async fn change_partner(app: &App, visitor: &Visitor, wanted: &Partner) -> Answer<()> {
    let mut tx = app.db.begin().await?;
    let known = queries::partners(&mut tx, visitor.school_id()).await?;
    let before = known.iter().find(|partner| partner.id == wanted.id).ok_or(Failure::NotFound)?;
    must_be_new(&known, wanted)?;
    if !queries::update_partner(&mut tx, visitor.school_id(), wanted).await? {
        return Err(Failure::Stale { yours: facts_of(wanted), theirs: facts_of(before) });
    }
    let act = Author::visitor(visitor).act(Event::PartnerChanged, subject(before));
    let changes = differences(facts_of(before), facts_of(wanted));
    audit::record(&mut tx, act.with(changes), app.clock.now()).await?;
    Ok(tx.commit().await?)
}

fn facts_of(partner: &Partner) -> Facts {
    facts([
        ("Полное название", partner.name.clone()),
        ("Краткое название", partner.short_name.clone()),
        ("Вид", partner.kind.label().to_owned()),
        ("ИНН", partner.inn.clone()),
        ("Адрес", partner.address.clone()),
        ("Сайт", partner.site.clone()),
        ("Примечание", partner.note.clone()),
    ])
}

/// Notes the last day of working together.
pub async fn end(app: &App, visitor: &Visitor, (id, version): (PartnerId, i64), on: NaiveDate) -> Answer<()> {
    set_end(app, visitor, (id, version), Some(on)).await
}

/// Takes the last day back.
pub async fn take_back(app: &App, visitor: &Visitor, id: PartnerId, version: i64) -> Answer<()> {
    set_end(app, visitor, (id, version), None).await
}

async fn set_end(app: &App, visitor: &Visitor, (id, version): (PartnerId, i64), on: Option<NaiveDate>) -> Answer<()> {
    let mut tx = app.db.begin().await?;
    let before = queries::partner(&mut tx, visitor.school_id(), id).await?;
    if before.ended_on == on {
        return Ok(());
    }
    if !queries::end(&mut tx, (visitor.school_id(), id), version, on).await? {
        let fact = |day| facts([("Последний день работы с партнёром", written(day))]);
        return Err(Failure::Stale { yours: fact(on), theirs: fact(before.ended_on) });
    }
    let (event, changes) = match on {
        Some(on) => (Event::PartnerEnded, vec![Change::fact("Последний день", short_date(on))]),
        None => (Event::PartnerReturned, vec![]),
    };
    let act = Author::visitor(visitor).act(event, subject(&before)).with(changes);
    audit::record(&mut tx, act, app.clock.now()).await?;
    Ok(tx.commit().await?)
}
