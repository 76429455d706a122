//! The second factor: set up, asked for, given up, taken away when a telephone is lost.

use super::{act_of, begin_session, secrets, subject};
use crate::{
    access::{
        model::{SchoolId, UserId, Visitor},
        queries::{self, factors},
        second_factor::{self, Demand},
    },
    audit::{self, Act, Change, Event, Subject, SubjectKind},
    error::{Answer, Failure},
    state::App,
    web::Session,
};
use chrono::TimeDelta;
use database::Tx;

/// Minutes in which a code must follow the password.
const PATIENCE: TimeDelta = TimeDelta::minutes(10);

/// What the application of a telephone is given.
pub struct Offer {
    pub secret: String,
    pub address: String,
}

fn key(visitor: &Visitor) -> (SchoolId, UserId) {
    (visitor.school_id(), visitor.user)
}

/// How far somebody is with the second factor.
pub enum Progress {
    NotBegun,
    /// A secret waits for its first code.
    Offered(Offer),
    /// The factor is there, with so many codes for a lost telephone left.
    Set(i64),
}

/// Tells how far the visitor is with the second factor.
pub async fn progress(app: &App, visitor: &Visitor) -> Answer<Progress> {
    let mut tx = app.db.read().await?;
    let Some(factor) = factors::factor(&mut tx, key(visitor)).await? else { return Ok(Progress::NotBegun) };
    if factor.confirmed_at.is_some() {
        return Ok(Progress::Set(factors::codes_left(&mut tx, key(visitor)).await?));
    }
    let user = queries::user(&mut tx, visitor.school_id(), visitor.user).await?;
    let secret = secrets::opened(&app.vault, key(visitor), &factor)?;
    let address = second_factor::address(&secret, &user.login)?;
    Ok(Progress::Offered(Offer { secret, address }))
}

/// Makes a secret for the visitor in place of one that was never confirmed.
pub async fn begin(app: &App, visitor: &Visitor) -> Answer<()> {
    let secret = second_factor::fresh_secret()?;
    let mut tx = app.db.begin().await?;
    secrets::prepare(&mut tx, &app.vault, key(visitor), &secret).await?;
    Ok(tx.commit().await?)
}

/// What came of a code.
pub enum Coded<T> {
    Done(T),
    Wrong,
    /// Seconds to wait before the next attempt.
    Wait(u64),
}

/// Confirms the factor with its first code and returns the codes for a lost telephone, told once.
pub async fn confirm(app: &App, visitor: &Visitor, code: &str) -> Answer<Coded<Vec<String>>> {
    let (now, name) = (app.clock.now(), throttled(visitor.user));
    if let Err(seconds) = app.throttle.attempt(&name, "", now) {
        return Ok(Coded::Wait(seconds));
    }
    let mut tx = app.db.begin().await?;
    let Some(factor) = factors::factor(&mut tx, key(visitor)).await? else { return Err(Failure::NotFound) };
    let secret = secrets::opened(&app.vault, key(visitor), &factor)?;
    let Some(step) = second_factor::step(&secret, code, factor.last_step, now)? else { return Ok(Coded::Wrong) };
    if !factors::confirm_factor(&mut tx, key(visitor), step, now).await? {
        return Err(Failure::Refused("Второй фактор уже включён.".into()));
    }
    let codes = second_factor::fresh_codes()?;
    secrets::set_codes(&mut tx, &app.vault, key(visitor), &codes).await?;
    note(&mut tx, visitor, Event::FactorSet, app).await?;
    tx.commit().await?;
    app.throttle.succeeded(&name, "");
    Ok(Coded::Done(codes))
}

async fn note(tx: &mut Tx, visitor: &Visitor, event: Event, app: &App) -> Answer<()> {
    let user = queries::user(tx, visitor.school_id(), visitor.user).await?;
    Ok(audit::record(tx, Act::of(visitor, event, subject(&user)), app.clock.now()).await?)
}

fn throttled(user: UserId) -> String {
    format!("code {user}")
}

/// Checks a code of the application, or one for a lost telephone, and uses it up.
async fn takes(tx: &mut Tx, key: (SchoolId, UserId), code: &str, app: &App) -> Answer<bool> {
    let now = app.clock.now();
    let factor = factors::factor(tx, key).await?.filter(|factor| factor.confirmed_at.is_some());
    let Some(factor) = factor else { return Ok(false) };
    let secret = secrets::opened(&app.vault, key, &factor)?;
    match second_factor::step(&secret, code, factor.last_step, now)? {
        Some(step) => Ok(factors::take_step(tx, key, step).await?),
        None => secrets::use_code(tx, &app.vault, key, code, now).await,
    }
}

/// Begins a transaction in which a code has proven that the visitor asks, or says what came of the code instead.
async fn proven<T>(app: &App, visitor: &Visitor, code: &str) -> Answer<Result<Tx, Coded<T>>> {
    if let Err(seconds) = app.throttle.attempt(&throttled(visitor.user), "", app.clock.now()) {
        return Ok(Err(Coded::Wait(seconds)));
    }
    let mut tx = app.db.begin().await?;
    let is_right = takes(&mut tx, key(visitor), code, app).await?;
    Ok(if is_right { Ok(tx) } else { Err(Coded::Wrong) })
}

/// Ends what a code has allowed.
async fn done<T>(app: &App, visitor: &Visitor, mut tx: Tx, event: Event, what: T) -> Answer<Coded<T>> {
    note(&mut tx, visitor, event, app).await?;
    tx.commit().await?;
    app.throttle.succeeded(&throttled(visitor.user), "");
    Ok(Coded::Done(what))
}

/// Makes new codes for a lost telephone in place of the old ones; a code proves who asks.
pub async fn renew_codes(app: &App, visitor: &Visitor, code: &str) -> Answer<Coded<Vec<String>>> {
    let mut tx = match proven(app, visitor, code).await? {
        Ok(tx) => tx,
        Err(came) => return Ok(came),
    };
    let codes = second_factor::fresh_codes()?;
    secrets::set_codes(&mut tx, &app.vault, key(visitor), &codes).await?;
    done(app, visitor, tx, Event::RecoveryCodesMade, codes).await
}

/// Gives the own factor up; a code proves who asks.
pub async fn give_up(app: &App, visitor: &Visitor, code: &str) -> Answer<Coded<()>> {
    let mut tx = match proven(app, visitor, code).await? {
        Ok(tx) => tx,
        Err(came) => return Ok(came),
    };
    factors::delete_factor(&mut tx, key(visitor)).await?;
    done(app, visitor, tx, Event::FactorGivenUp, ()).await
}

/// Takes the factor of a user away whose telephone is lost; ends the sessions of the user.
pub async fn take_away(app: &App, visitor: &Visitor, id: UserId) -> Answer<()> {
    let school = visitor.school_id();
    let mut tx = app.db.begin().await?;
    let user = queries::user(&mut tx, school, id).await?;
    if !factors::delete_factor(&mut tx, (school, id)).await? {
        return Err(Failure::Refused("У этой учётной записи нет второго фактора.".into()));
    }
    queries::end_epoch(&mut tx, school, id).await?;
    audit::record(&mut tx, Act::of(visitor, Event::FactorTakenAway, subject(&user)), app.clock.now()).await?;
    Ok(tx.commit().await?)
}

/// What came of a code that follows a password.
pub enum SecondStep {
    Welcome(Session),
    Wrong,
    Wait(u64),
    /// Nobody waits for a code here: it took too long, or the session is another's.
    Gone,
}

/// Checks the code that follows the password and begins a session in place of the one that waited.
pub async fn answer(app: &App, waiting: Option<Session>, code: &str, device: &str) -> Answer<SecondStep> {
    let now = app.clock.now();
    let Some(waiting) = waiting else { return Ok(SecondStep::Gone) };
    let mut tx = app.db.of_every_school().begin().await?;
    let Some(key) = factors::awaited(&mut tx, &waiting.hash(), now - PATIENCE).await? else {
        return Ok(SecondStep::Gone);
    };
    tx.keep_to(key.0.uuid()).await?;
    let name = throttled(key.1);
    if let Err(seconds) = app.throttle.attempt(&name, "", now) {
        return Ok(SecondStep::Wait(seconds));
    }
    let user = queries::user(&mut tx, key.0, key.1).await?;
    if !takes(&mut tx, key, code, app).await? {
        audit::record(&mut tx, act_of(&user, Event::CodeRefused), now).await?;
        tx.commit().await?;
        return Ok(SecondStep::Wrong);
    }
    queries::end_session(&mut tx, &waiting.hash()).await?;
    audit::record(&mut tx, act_of(&user, Event::SignedIn), now).await?;
    let session = begin_session(&mut tx, &user, device, now).await?;
    tx.commit().await?;
    app.throttle.succeeded(&name, "");
    Ok(SecondStep::Welcome(session))
}

/// Tells whether somebody waits for a code behind a session.
pub async fn waits(app: &App, waiting: Option<&Session>) -> Answer<bool> {
    let Some(waiting) = waiting else { return Ok(false) };
    let mut tx = app.db.of_every_school().read().await?;
    Ok(factors::awaited(&mut tx, &waiting.hash(), app.clock.now() - PATIENCE).await?.is_some())
}

/// Keeps of whom the school demands a second factor.
pub async fn demand_of(app: &App, visitor: &Visitor, demand: Demand) -> Answer<()> {
    let school = visitor.school_id();
    let mut tx = app.db.begin().await?;
    let before = factors::demand(&mut tx, school).await?;
    factors::set_demand(&mut tx, school, demand).await?;
    let subject =
        Subject { kind: SubjectKind::School, id: Some(school.uuid()), name: visitor.school.short_name.clone() };
    let change = Change::between("Второй фактор требуется", before.label(), demand.label());
    audit::record(&mut tx, Act::of(visitor, Event::FactorDemanded, subject).with(change), app.clock.now()).await?;
    Ok(tx.commit().await?)
}
