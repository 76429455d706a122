//! Links with which somebody sets the own password: an invitation, or a way back in.

use super::{act_of, begin_session, provider::unlinked, subject};
use crate::{
    access::{
        model::{School, User, UserId, Visitor},
        queries::{self, links},
        rules::{self, BadPassword},
    },
    audit::{self, Act, Event},
    error::{Answer, Failure},
    state::App,
    web::{Session, Token},
};
use chrono::TimeDelta;

/// Days a link works.
pub const LINK_DAYS: i64 = 3;

/// Makes a link for a user; links made before stop working.
pub async fn make_link(app: &App, visitor: &Visitor, id: UserId) -> Answer<Token> {
    let (now, school, token) = (app.clock.now(), visitor.school_id(), Token::fresh()?);
    let mut tx = app.db.begin().await?;
    let user = queries::user(&mut tx, school, id).await?;
    if !user.is_active {
        return Err(Failure::Refused("Учётная запись отключена: сначала включите её, потом дайте ссылку.".into()));
    }
    links::close_links(&mut tx, school, id, now).await?;
    let new = links::NewLink {
        user: id,
        token_hash: &token.hash(),
        made_by: visitor.user,
        made_at: now,
        expires_at: now + TimeDelta::days(LINK_DAYS),
    };
    links::insert_link(&mut tx, school, &new).await?;
    audit::record(&mut tx, Act::of(visitor, Event::AccountLinkMade, subject(&user)), now).await?;
    tx.commit().await?;
    Ok(token)
}

/// Returns whose a link is, if it is still good; looking uses nothing up.
pub async fn opened_link(app: &App, secret: &str) -> Answer<Option<(School, User)>> {
    let Some(token) = Token::read(secret) else { return Ok(None) };
    let mut tx = app.db.of_every_school().read().await?;
    let Some(link) = links::open_link(&mut tx, &token.hash(), app.clock.now()).await? else { return Ok(None) };
    let school = queries::school(&mut tx, link.school_id).await?;
    Ok(Some((school, queries::user(&mut tx, link.school_id, link.user_id).await?)))
}

/// What came of setting a password by a link.
pub enum Entry {
    /// The password is set and the person is in.
    Welcome(Session),
    /// The password is set; who has a second factor signs in with it.
    SignIn,
    /// The link is used, over or never was.
    Gone,
    Bad(BadPassword),
}

/// Sets the password of whom a link belongs to and uses the link up.
pub async fn enter(app: &App, secret: &str, password: String, device: &str) -> Answer<Entry> {
    let Some(token) = Token::read(secret) else { return Ok(Entry::Gone) };
    let Some((school, user)) = opened_link(app, secret).await? else { return Ok(Entry::Gone) };
    if let Err(bad) = rules::check_password(&password, &user.login, &[&school.name, &school.short_name]) {
        return Ok(Entry::Bad(bad));
    }
    let hash = app.hasher.hash(password).await?;
    let now = app.clock.now();
    let mut tx = app.db.of_school(school.id.uuid()).begin().await?;
    let Some(link) = links::open_link(&mut tx, &token.hash(), now).await? else { return Ok(Entry::Gone) };
    if !links::use_link(&mut tx, link, now).await? {
        return Ok(Entry::Gone);
    }
    let key = (link.school_id, link.user_id);
    queries::set_password(&mut tx, key.0, key.1, &hash, false).await?;
    let user = queries::user(&mut tx, key.0, key.1).await?;
    let unlinked = unlinked(&mut tx, key).await?;
    audit::record(&mut tx, act_of(&user, Event::PasswordSetByLink).with(unlinked), now).await?;
    let factor = queries::factors::factor(&mut tx, key).await?;
    let guarded = factor.is_some_and(|factor| factor.confirmed_at.is_some());
    let session = if guarded { None } else { Some(begin_session(&mut tx, &user, device, now).await?) };
    tx.commit().await?;
    app.throttle.forgive(&database::fold(&user.login));
    Ok(session.map_or(Entry::SignIn, Entry::Welcome))
}
