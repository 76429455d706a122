//! Links for applications, what comes in under them, and whom it is about.

use super::{add_candidates, school};
use crate::{
    access::{self, Visitor},
    audit::{self, Act, Author, Change, Event},
    clock,
    error::{Answer, Failure},
    participation::{
        application::{ApplicationAnswers, Outcome, WAITING_MAX, is_open},
        model::{ApplicationId, LinkId, Side, Source},
        queries::{self, Application, Asked, Link, OpenLink},
    },
    people::{
        ClassId, ClassName, FullName, Kind, PersonFacts, PersonId, Sight,
        actions::{create_person_in, put_in_class_in, subject},
        queries as people,
    },
    school_year::SchoolYear,
    state::App,
    web::Token,
    words,
};
use chrono::NaiveDate;
use database::Tx;

/// Opens a link whose token is known to this answer alone; `false` when the same form opened it before.
pub async fn open_link(
    app: &App,
    visitor: &Visitor,
    id: LinkId,
    (side, source, closes_on): (Side, Source, NaiveDate),
    token: &Token,
) -> Answer<bool> {
    let (year, now) = (SchoolYear::containing(visitor.today), app.clock.now());
    let mut tx = app.db.begin().await?;
    let link =
        Link { id, school_year: i64::from(year.start_year()), side, source, closes_on, closed_at: None, received: 0 };
    let opened =
        queries::insert_link(&mut tx, (&visitor.school, year), &link, &token.hash(), (now, visitor.user)).await?;
    if opened {
        let act = Act::of(visitor, Event::LinkOpened, school(&visitor.school)).with([
            Change::fact("Кто подаёт заявку", side.label()),
            Change::fact("Где", source.label()),
            Change::fact("Последний день", words::short_date(closes_on)),
        ]);
        audit::record(&mut tx, act, now).await?;
    }
    tx.commit().await?;
    Ok(opened)
}

/// Closes a link before its last day.
pub async fn close_link(app: &App, visitor: &Visitor, id: LinkId) -> Answer<()> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let links = queries::links(&mut tx, visitor.school_id(), SchoolYear::containing(visitor.today)).await?;
    let link = links.iter().find(|link| link.id == id).ok_or(Failure::NotFound)?;
    if queries::close_link(&mut tx, visitor.school_id(), id, now).await? {
        let act = Act::of(visitor, Event::LinkClosed, school(&visitor.school))
            .with([Change::fact("Кто подаёт заявку", link.side.label()), Change::fact("Где", link.source.label())]);
        audit::record(&mut tx, act, now).await?;
    }
    Ok(tx.commit().await?)
}

/// Finds the link of a token with its school; nothing for an unknown, closed or expired one.
pub async fn find_link(app: &App, tx: &mut Tx, token: &str) -> Answer<Option<(OpenLink, access::School)>> {
    let Some(token) = Token::read(token) else { return Ok(None) };
    let Some(link) = queries::link_of_token(tx, &token.hash()).await? else { return Ok(None) };
    tx.keep_to(link.school_id.uuid()).await?;
    let school = access::school(tx, link.school_id).await?;
    let today = clock::day_in(app.clock.now(), school.zone());
    Ok(is_open(link.closes_on, link.closed_at, today).then_some((link, school)))
}

/// Keeps an application; `false` when the link takes none.
pub async fn apply(app: &App, token: &str, id: ApplicationId, answers: &ApplicationAnswers) -> Answer<bool> {
    let mut tx = app.db.of_every_school().begin().await?;
    let Some((link, school_of)) = find_link(app, &mut tx, token).await? else { return Ok(false) };
    if queries::waiting_of_link(&mut tx, &link).await? >= WAITING_MAX {
        return Err(Failure::Refused(
            "Заявок сейчас слишком много, новые временно не принимаются. Обратитесь в школу.".into(),
        ));
    }
    let now = app.clock.now();
    if queries::insert_application(&mut tx, &link, id, answers, now).await? {
        let act = Act::of_system(school_of.id, Event::ApplicationReceived, school(&school_of))
            .with([Change::fact("Кем", link.side.label())]);
        audit::record(&mut tx, act, now).await?;
    }
    tx.commit().await?;
    Ok(true)
}

/// Settles an application as one of somebody on record, who becomes a candidate with what was sent.
pub async fn settle_as(app: &App, visitor: &Visitor, id: ApplicationId, whom: PersonId) -> Answer<()> {
    let mut tx = app.db.begin().await?;
    let application = queries::application(&mut tx, visitor.school_id(), id).await?;
    settle_in(app, visitor, &mut tx, &application, (Outcome::Matched, whom)).await?;
    Ok(tx.commit().await?)
}

/// Somebody new who applied.
#[derive(Debug, Clone, Copy)]
pub struct NewPerson {
    /// Comes from the page, so that a form sent twice makes one record.
    pub id: PersonId,
    pub kind: Kind,
}

/// Settles an application as one of somebody new: a record is made of what was sent.
pub async fn settle_as_new(app: &App, visitor: &Visitor, id: ApplicationId, new: NewPerson) -> Answer<()> {
    let (author, now) = (Author::visitor(visitor), app.clock.now());
    let mut tx = app.db.begin().await?;
    let application = queries::application(&mut tx, visitor.school_id(), id).await?;
    let answers = &application.answers.0;
    if answers.name_any(&people::withdrawn_names(&mut tx, visitor.school_id()).await?) {
        return Err(Failure::Refused(
            "Так зовут человека, чьё согласие отозвано: участие возобновит только новый подписанный документ.".into(),
        ));
    }
    let name = FullName::split(&answers.full_name)
        .ok_or_else(|| Failure::Refused("В заявке нет фамилии и имени: внесите человека вручную.".into()))?;
    let (email, phone) = if answers.contact.contains('@') {
        (answers.contact.clone(), String::new())
    } else {
        (String::new(), answers.contact.clone())
    };
    let class = match new.kind {
        Kind::Pupil => class_named(&mut tx, visitor, &answers.place).await?,
        _ => None,
    };
    let workplace = if class.is_some() { String::new() } else { answers.place.clone() };
    let facts = PersonFacts { name, phone, email, workplace, kinds: vec![new.kind], ..PersonFacts::default() };
    create_person_in(&mut tx, author, new.id, &facts, now).await?;
    if let Some(class) = class {
        put_in_class_in(&mut tx, author, new.id, (class, visitor.today), now).await?;
    }
    settle_in(app, visitor, &mut tx, &application, (Outcome::Created, new.id)).await?;
    Ok(tx.commit().await?)
}

/// Finds the class of the year that somebody named.
async fn class_named(tx: &mut Tx, visitor: &Visitor, place: &str) -> Answer<Option<ClassId>> {
    let Ok(name) = place.parse::<ClassName>() else { return Ok(None) };
    let classes = people::classes(tx, visitor.school_id(), SchoolYear::containing(visitor.today)).await?;
    Ok(classes.into_iter().find(|class| class.name() == name.to_string()).map(|class| class.id))
}

async fn settle_in(
    app: &App,
    visitor: &Visitor,
    tx: &mut Tx,
    application: &Application,
    (outcome, whom): (Outcome, PersonId),
) -> Answer<()> {
    let (sight, year, now) = (Sight::of(visitor)?, SchoolYear::containing(visitor.today), app.clock.now());
    let received = clock::day_in(application.received_at, visitor.school.zone());
    let asked = Asked {
        side: application.side,
        source: application.source,
        source_note: String::new(),
        offered_on: received,
        applied_on: Some(received),
    };
    let added = add_candidates(tx, Author::visitor(visitor), year, (&[whom], &asked), now).await?;
    let all = queries::participants(tx, sight, year).await?;
    let one = all.into_iter().find(|one| one.person_id == whom && one.side == application.side);
    let one = one.ok_or(Failure::NotFound)?;
    if added == 1 {
        let answers = application.answers.0.answers(&one, received);
        queries::set_answers(tx, visitor.school_id(), (one.id, one.version), &answers).await?;
    }
    if !queries::settle(tx, visitor.school_id(), application.id, (outcome, Some(whom)), (now, visitor.user)).await? {
        return Err(Failure::stale());
    }
    let act =
        Act::of(visitor, Event::ApplicationSettled, subject(whom)).with([Change::fact("Решение", outcome.label())]);
    Ok(audit::record(tx, act, now).await?)
}

/// Rejects an application; what was sent is gone.
pub async fn settle_rejected(app: &App, visitor: &Visitor, id: ApplicationId) -> Answer<()> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let application = queries::application(&mut tx, visitor.school_id(), id).await?;
    let facts = (Outcome::Rejected, None);
    if !queries::settle(&mut tx, visitor.school_id(), application.id, facts, (now, visitor.user)).await? {
        return Err(Failure::stale());
    }
    let act = Act::of(visitor, Event::ApplicationSettled, school(&visitor.school))
        .with([Change::fact("Решение", Outcome::Rejected.label())]);
    audit::record(&mut tx, act, now).await?;
    Ok(tx.commit().await?)
}
