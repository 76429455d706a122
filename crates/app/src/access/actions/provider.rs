//! Signing in through a provider: whose account is it, linked and unlinked.
//!
//! Nobody gets an account by coming through a provider: an account is linked first, by who is in and knows its password.

use super::{act_of, begin_session, subject};
use crate::{
    access::{
        model::{SchoolId, UserId, Visitor},
        provider::{Arrival, Departure, Provider, Purpose, Returned, Trouble},
        queries::{
            self, factors,
            provider_links::{self, ProviderLink, ProviderLinkId},
            sessions,
        },
    },
    audit::{self, Act, Change, Event},
    error::{Answer, Failure, once},
    state::App,
    web::{Session, Token},
};
use database::{Tx, fold};

/// How often one address may leave for the provider within a quarter of an hour: a school is one address.
const DEPARTURES: u32 = 300;

/// What came of leaving for the provider.
pub enum Leaving {
    Gone(Departure),
    /// Seconds to wait before the next attempt.
    Wait(u64),
    WrongPassword,
    Trouble(Trouble),
}

/// What came of coming back from the provider.
pub enum Coming {
    Welcome(Session, String),
    /// The code of the second factor must follow.
    Code(Session, String),
    /// The account there opens the account here from now on.
    Linked,
    /// Nobody here has linked this account.
    Unknown,
    /// The account here is closed.
    Closed,
    /// One of the two accounts is linked with another one.
    Taken,
    Trouble(Trouble),
}

/// Leaves for the provider to sign in.
pub async fn leave_to_sign_in(app: &App, provider: &Provider, next: &str, address: &str) -> Leaving {
    if let Err(seconds) = app.throttle.sent("provider", address, DEPARTURES, app.clock.now()) {
        return Leaving::Wait(seconds);
    }
    left(app, provider, Purpose::SignIn { next: next.to_owned() }).await
}

/// Leaves for the provider to link the account there with the visitor's; the password proves who asks.
pub async fn leave_to_link(app: &App, provider: &Provider, visitor: &Visitor, password: String) -> Answer<Leaving> {
    let mut tx = app.db.read().await?;
    let (hash, login) = queries::password(&mut tx, visitor.school_id(), visitor.user).await?;
    drop(tx);
    let key = fold(&login);
    if let Err(seconds) = app.throttle.attempt(&key, "", app.clock.now()) {
        return Ok(Leaving::Wait(seconds));
    }
    if !app.hasher.matches(password, Some(hash)).await {
        return Ok(Leaving::WrongPassword);
    }
    app.throttle.succeeded(&key, "");
    Ok(left(app, provider, Purpose::Link(visitor.school_id(), visitor.user)).await)
}

async fn left(app: &App, provider: &Provider, purpose: Purpose) -> Leaving {
    provider.leave(purpose, app.clock.now()).await.map_or_else(Leaving::Trouble, Leaving::Gone)
}

/// Lets in who comes back from the provider, or links the two accounts.
pub async fn come_back(
    app: &App,
    provider: &Provider,
    (returned, browser): (&Returned, Option<&Token>),
    (visitor, device): (Option<&Visitor>, &str),
) -> Answer<Coming> {
    let arrival = match provider.arrive(returned, browser, app.clock.now()).await {
        Ok(arrival) => arrival,
        Err(trouble) => return Ok(Coming::Trouble(trouble)),
    };
    let came = match (&arrival.purpose, visitor) {
        (Purpose::SignIn { next }, _) => sign_in(app, provider, &arrival, next, device).await,
        (Purpose::Link(school, user), Some(visitor)) if (visitor.school_id(), visitor.user) == (*school, *user) => {
            link(app, provider, visitor, &arrival).await
        }
        // The session has ended, or somebody else sits here by now.
        (Purpose::Link(..), _) => Ok(Coming::Trouble(Trouble::Gone)),
    };
    // What is answered here was asked for by GET, which nothing waits for.
    app.db.settle().await;
    came
}

async fn sign_in(app: &App, provider: &Provider, arrival: &Arrival, next: &str, device: &str) -> Answer<Coming> {
    let (now, next) = (app.clock.now(), next.to_owned());
    let mut tx = app.db.of_every_school().begin().await?;
    let Some(key) = provider_links::linked(&mut tx, &arrival.issuer, &arrival.subject).await? else {
        return Ok(Coming::Unknown);
    };
    tx.keep_to(key.0.uuid()).await?;
    let user = queries::user(&mut tx, key.0, key.1).await?;
    let through = Change::fact("Через", provider.name());
    if !user.is_active {
        audit::record(&mut tx, act_of(&user, Event::ProviderRefused).with([through]), now).await?;
        tx.commit().await?;
        return Ok(Coming::Closed);
    }
    audit::record(&mut tx, act_of(&user, Event::ProviderPassed).with([through]), now).await?;
    let factor = factors::factor(&mut tx, key).await?;
    let came = if factor.is_some_and(|factor| factor.confirmed_at.is_some()) {
        let session = Session::fresh()?;
        factors::await_code(&mut tx, &session.hash(), key, device, now).await?;
        Coming::Code(session, next)
    } else {
        audit::record(&mut tx, act_of(&user, Event::SignedIn), now).await?;
        Coming::Welcome(begin_session(&mut tx, &user, device, now).await?, next)
    };
    tx.commit().await?;
    Ok(came)
}

async fn link(app: &App, provider: &Provider, visitor: &Visitor, arrival: &Arrival) -> Answer<Coming> {
    let (now, key) = (app.clock.now(), key(visitor));
    let mut tx = app.db.of_every_school().begin().await?;
    let user = queries::user(&mut tx, key.0, key.1).await?;
    let is_free = provider_links::linked(&mut tx, &arrival.issuer, &arrival.subject).await?.is_none()
        && provider_links::links(&mut tx, key).await?.iter().all(|one| one.issuer != arrival.issuer);
    tx.keep_to(key.0.uuid()).await?;
    let (event, came) =
        if is_free { (Event::ProviderLinked, Coming::Linked) } else { (Event::ProviderRefused, Coming::Taken) };
    if is_free && once(provider_links::link(&mut tx, key, (&arrival.issuer, &arrival.subject), now).await)?.is_none() {
        // Somebody was quicker by a moment.
        return Ok(Coming::Taken);
    }
    let act = Act::of(visitor, event, subject(&user)).with([Change::fact("Через", provider.name())]);
    audit::record(&mut tx, act, now).await?;
    tx.commit().await?;
    Ok(came)
}

fn key(visitor: &Visitor) -> (SchoolId, UserId) {
    (visitor.school_id(), visitor.user)
}

/// Returns what opens the visitor's account.
pub async fn own_links(app: &App, visitor: &Visitor) -> Answer<Vec<ProviderLink>> {
    Ok(provider_links::links(&mut app.db.read().await?, key(visitor)).await?)
}

/// Unlinks an account at a provider; every session of the visitor but this one ends, one of them may be a stranger's.
pub async fn unlink(app: &App, visitor: &Visitor, id: ProviderLinkId, this: &Session) -> Answer<()> {
    let mut tx = app.db.begin().await?;
    if !provider_links::unlink(&mut tx, key(visitor), id).await? {
        return Err(Failure::NotFound);
    }
    sessions::end_other_sessions(&mut tx, key(visitor), &this.hash()).await?;
    let user = queries::user(&mut tx, visitor.school_id(), visitor.user).await?;
    audit::record(&mut tx, Act::of(visitor, Event::ProviderUnlinked, subject(&user)), app.clock.now()).await?;
    Ok(tx.commit().await?)
}

/// Forgets what opens an account from elsewhere, because its password is made anew for whoever owns it: who had got hold of
/// the old one may have linked an account of their own.
pub async fn unlinked(tx: &mut Tx, key: (SchoolId, UserId)) -> Answer<Option<Change>> {
    let forgotten = provider_links::unlink_all(tx, key).await?;
    Ok((forgotten > 0).then(|| Change::fact("Внешний вход", "отвязан")))
}
