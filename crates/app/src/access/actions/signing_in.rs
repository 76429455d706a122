//! Signing in and out, and changing one's own password.

use super::{act_of, begin_session, subject};
use crate::{
    access::{
        model::Visitor,
        queries::{self, factors, sessions},
        rules,
    },
    audit::{self, Act, Event},
    error::Answer,
    state::App,
    web::Session,
};
use database::fold;

/// What came of an attempt to sign in.
pub enum SignIn {
    Welcome(Session),
    /// The password is right; the session opens nothing until the code of the second factor follows.
    Code(Session),
    /// Wrong login or wrong password: the two are never told apart.
    Wrong,
    /// Seconds to wait before the next attempt.
    Wait(u64),
}

/// Checks a login and a password and begins a session.
pub async fn sign_in(app: &App, login: &str, password: String, (address, device): (&str, &str)) -> Answer<SignIn> {
    let (now, key) = (app.clock.now(), fold(login));
    if let Err(seconds) = app.throttle.attempt(&key, address, now) {
        return Ok(SignIn::Wait(seconds));
    }
    let mut tx = app.db.of_every_school().read().await?;
    let found = queries::credentials(&mut tx, login).await?;
    drop(tx);
    let hash = found.as_ref().map(|found| found.password_hash.clone());
    let right = app.hasher.matches(password, hash).await;
    let Some(found) = found else { return Ok(SignIn::Wrong) };
    let mut tx = app.db.of_school(found.school_id.uuid()).begin().await?;
    let user = queries::user(&mut tx, found.school_id, found.id).await?;
    if !right {
        audit::record(&mut tx, act_of(&user, Event::SignInFailed), now).await?;
        tx.commit().await?;
        return Ok(SignIn::Wrong);
    }
    let factor = factors::factor(&mut tx, (user.school_id, user.id)).await?;
    let came = if factor.is_some_and(|factor| factor.confirmed_at.is_some()) {
        let session = Session::fresh()?;
        factors::await_code(&mut tx, &session.hash(), (user.school_id, user.id), device, now).await?;
        SignIn::Code(session)
    } else {
        audit::record(&mut tx, act_of(&user, Event::SignedIn), now).await?;
        SignIn::Welcome(begin_session(&mut tx, &user, device, now).await?)
    };
    tx.commit().await?;
    app.throttle.succeeded(&key, address);
    Ok(came)
}

/// Ends the session of the visitor.
pub async fn sign_out(app: &App, visitor: &Visitor, session: Option<Session>) -> Answer<()> {
    let mut tx = app.db.begin().await?;
    if let Some(session) = session {
        queries::end_session(&mut tx, &session.hash()).await?;
    }
    let user = queries::user(&mut tx, visitor.school_id(), visitor.user).await?;
    audit::record(&mut tx, Act::of(visitor, Event::SignedOut, subject(&user)), app.clock.now()).await?;
    Ok(tx.commit().await?)
}

/// Ends every session of the visitor but this one; returns how many there were.
pub async fn end_other_sessions(app: &App, visitor: &Visitor, this: &Session) -> Answer<u64> {
    let key = (visitor.school_id(), visitor.user);
    let mut tx = app.db.begin().await?;
    let ended = sessions::end_other_sessions(&mut tx, key, &this.hash()).await?;
    let user = queries::user(&mut tx, key.0, key.1).await?;
    audit::record(&mut tx, Act::of(visitor, Event::SessionsEnded, subject(&user)), app.clock.now()).await?;
    tx.commit().await?;
    Ok(ended)
}

/// What came of changing one's own password.
pub enum PasswordChange {
    /// Every old session has ended, this one begins.
    Done(Session),
    WrongCurrent,
    /// Seconds to wait before the next attempt: a stolen session must not become a place to guess.
    Wait(u64),
    Bad(rules::BadPassword),
}

/// Changes the visitor's own password.
pub async fn change_password(
    app: &App,
    visitor: &Visitor,
    (current, new): (String, String),
    device: &str,
) -> Answer<PasswordChange> {
    let mut tx = app.db.read().await?;
    let (hash, login) = queries::password(&mut tx, visitor.school_id(), visitor.user).await?;
    drop(tx);
    if let Err(bad) = rules::check_password(&new, &login, &[&visitor.school.name, &visitor.school.short_name])
        .and_then(|()| rules::check_another(&new, &current))
    {
        return Ok(PasswordChange::Bad(bad));
    }
    let (now, key) = (app.clock.now(), fold(&login));
    if let Err(seconds) = app.throttle.attempt(&key, "", now) {
        return Ok(PasswordChange::Wait(seconds));
    }
    if !app.hasher.matches(current, Some(hash)).await {
        return Ok(PasswordChange::WrongCurrent);
    }
    let hash = app.hasher.hash(new).await?;
    let mut tx = app.db.begin().await?;
    queries::set_password(&mut tx, visitor.school_id(), visitor.user, &hash, false).await?;
    let user = queries::user(&mut tx, visitor.school_id(), visitor.user).await?;
    audit::record(&mut tx, Act::of(visitor, Event::PasswordChanged, subject(&user)), now).await?;
    let session = begin_session(&mut tx, &user, device, now).await?;
    tx.commit().await?;
    app.throttle.succeeded(&key, "");
    Ok(PasswordChange::Done(session))
}
