//! Signing in and out, and changing one's own password.

use super::{begin_session, subject};
use crate::{
    access::{
        model::{User, Visitor},
        queries, rules,
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
    /// Wrong login or wrong password: the two are never told apart.
    Wrong,
    /// Seconds to wait before the next attempt.
    Wait(u64),
}

/// Checks a login and a password and begins a session.
pub async fn sign_in(app: &App, login: &str, password: String, address: &str) -> Answer<SignIn> {
    let (now, key) = (app.clock.now(), fold(login));
    if let Err(seconds) = app.throttle.attempt(&key, address, now) {
        return Ok(SignIn::Wait(seconds));
    }
    let mut tx = app.db.read().await?;
    let found = queries::credentials(&mut tx, login).await?;
    drop(tx);
    let hash = found.as_ref().map(|found| found.password_hash.clone());
    let right = app.hasher.matches(password, hash).await;
    let Some(found) = found else { return Ok(SignIn::Wrong) };
    let mut tx = app.db.begin().await?;
    let user = queries::user(&mut tx, found.school_id, found.id).await?;
    let event = if right { Event::SignedIn } else { Event::SignInFailed };
    audit::record(&mut tx, act_of(&user, event), now).await?;
    let session = if right { Some(begin_session(&mut tx, &user, now).await?) } else { None };
    tx.commit().await?;
    Ok(match session {
        Some(session) => {
            app.throttle.succeeded(&key, address);
            SignIn::Welcome(session)
        }
        None => SignIn::Wrong,
    })
}

/// An act of somebody who is not a visitor yet.
fn act_of(user: &User, event: Event) -> Act {
    let by_system = Act::of_system(user.school_id, event, subject(user));
    Act { actor: Some(user.id), actor_name: user.full_name.clone(), ..by_system }
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
pub async fn change_password(app: &App, visitor: &Visitor, current: String, new: String) -> Answer<PasswordChange> {
    let mut tx = app.db.read().await?;
    let (hash, login) = queries::password(&mut tx, visitor.school_id(), visitor.user).await?;
    drop(tx);
    if let Err(bad) = rules::check_password(&new, &login).and_then(|()| rules::check_another(&new, &current)) {
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
    let session = begin_session(&mut tx, &user, now).await?;
    tx.commit().await?;
    app.throttle.succeeded(&key, "");
    Ok(PasswordChange::Done(session))
}
