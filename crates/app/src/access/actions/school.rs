//! The school itself: its founding and what is known about it.

use super::{NewAccount, begin_session, create_user};
use crate::{
    access::{
        model::{School, Visitor},
        queries,
        zones::zone_label,
    },
    audit::{self, Act, Change, Event, Subject, SubjectKind},
    error::{Answer, Failure},
    state::App,
    web::Session,
};
use chrono::{DateTime, Utc};
use database::Tx;

/// Creates the first school and its administrator; there is no such page once anybody exists.
pub async fn first_run(app: &App, school: &School, account: NewAccount, device: &str) -> Answer<Session> {
    let hash = app.hasher.hash(account.password.clone()).await?;
    let now = app.clock.now();
    let mut tx = app.db.of_every_school().begin().await?;
    if queries::anybody(&mut tx).await? {
        return Err(Failure::NotFound);
    }
    // PostgreSQL lets two first runs come this far at the same time; only one of them can take the place.
    if let Err(error) = queries::found_installation(&mut tx, now).await {
        return Err(if matches!(error, database::Error::Taken(_)) { Failure::NotFound } else { error.into() });
    }
    create_school(&mut tx, school, now).await?;
    let id = create_user(&mut tx, school.id, &account, &hash, None, now).await?;
    let user = queries::user(&mut tx, school.id, id).await?;
    let session = begin_session(&mut tx, &user, device, now).await?;
    tx.commit().await?;
    Ok(session)
}

/// Adds a school.
pub async fn create_school(tx: &mut Tx, school: &School, now: DateTime<Utc>) -> Answer<()> {
    queries::insert_school(tx, school, now).await?;
    let act = Act::of_system(school.id, Event::SchoolCreated, subject(school));
    Ok(audit::record(tx, act, now).await?)
}

fn subject(school: &School) -> Subject {
    Subject { kind: SubjectKind::School, id: Some(school.id.uuid()), name: school.short_name.clone() }
}

/// Saves what is known about the visitor's school.
pub async fn change_school(app: &App, visitor: &Visitor, wanted: &School) -> Answer<()> {
    let mut tx = app.db.begin().await?;
    let before = queries::school(&mut tx, visitor.school_id()).await?;
    if wanted.id != before.id {
        return Err(Failure::NotFound);
    }
    if !queries::update_school(&mut tx, wanted).await? {
        return Err(Failure::Stale { yours: facts(wanted), theirs: facts(&before) });
    }
    let changes = facts(&before)
        .into_iter()
        .zip(facts(wanted))
        .filter_map(|((what, from), (_, to))| Change::between(&what, &from, &to));
    let act = Act::of(visitor, Event::SchoolChanged, subject(&before)).with(changes);
    audit::record(&mut tx, act, app.clock.now()).await?;
    Ok(tx.commit().await?)
}

fn facts(school: &School) -> Vec<(String, String)> {
    [
        ("Полное название", school.name.clone()),
        ("Краткое название", school.short_name.clone()),
        ("Тип", school.kind.label().to_owned()),
        ("Малокомплектная", if school.is_small { "да" } else { "нет" }.to_owned()),
        ("Адрес", school.address.clone()),
        ("Муниципалитет", school.municipality.clone()),
        ("Руководитель", school.head_name.clone()),
        ("Должность руководителя", school.head_post.clone()),
        ("Часовой пояс", zone_label(&school.time_zone)),
    ]
    .map(|(what, value)| (what.to_owned(), value))
    .into()
}
