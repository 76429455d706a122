//! Accounts of a school.

use super::{begin_session, provider::unlinked, role_list, subject};
use crate::{
    access::{
        login::logins_for,
        model::{Role, SchoolId, User, UserId, Visitor},
        queries::{self, NewUser},
        rules,
    },
    audit::{self, Act, Change, Event, Subject, SubjectKind},
    error::{Answer, Failure},
    state::App,
    web::Session,
};
use chrono::{DateTime, Utc};
use database::Tx;

/// What a new account needs.
#[derive(Clone)]
pub struct NewAccount {
    pub login: String,
    pub full_name: String,
    pub post: String,
    pub roles: Vec<Role>,
    pub password: String,
    pub password_is_temporary: bool,
}

/// Adds an account whose password has been hashed; a login that exists is refused.
pub async fn create_user(
    tx: &mut Tx,
    school: SchoolId,
    account: &NewAccount,
    hash: &str,
    by: Option<&Visitor>,
    now: DateTime<Utc>,
) -> Answer<UserId> {
    let id = UserId::fresh();
    insert(tx, (school, id), account, hash, by, now).await?;
    Ok(id)
}

async fn insert(
    tx: &mut Tx,
    (school, id): (SchoolId, UserId),
    account: &NewAccount,
    hash: &str,
    by: Option<&Visitor>,
    now: DateTime<Utc>,
) -> Answer<()> {
    let new = NewUser {
        id,
        login: &account.login,
        full_name: &account.full_name,
        post: &account.post,
        roles: &account.roles,
        password_hash: hash,
        password_is_temporary: account.password_is_temporary,
    };
    match queries::insert_user(tx, school, &new, now).await {
        Err(database::Error::Taken(_)) => return Err(login_is_taken()),
        other => other?,
    }
    let subject = Subject { kind: SubjectKind::User, id: Some(id.uuid()), name: account.login.clone() };
    let act = match by {
        Some(visitor) => Act::of(visitor, Event::UserCreated, subject),
        None => Act::of_system(school, Event::UserCreated, subject),
    };
    Ok(audit::record(tx, act.with([Change::fact("Роли", role_list(&account.roles))]), now).await?)
}

fn login_is_taken() -> Failure {
    Failure::Refused("Такой логин уже есть. Придумайте другой.".into())
}

/// Returns the first login made from the name that nobody has.
pub async fn free_login(app: &App, full_name: &str) -> Answer<String> {
    let mut tx = app.db.of_every_school().read().await?;
    for login in logins_for(full_name).take(1000) {
        if !queries::login_is_taken(&mut tx, &login).await? {
            return Ok(login);
        }
    }
    Err(login_is_taken())
}

/// Adds an account on behalf of an administrator; `false` when the same form has been sent before.
pub async fn add_user(app: &App, visitor: &Visitor, id: UserId, account: &NewAccount) -> Answer<bool> {
    let hash = app.hasher.hash(account.password.clone()).await?;
    let key = (visitor.school_id(), id);
    let mut tx = app.db.begin().await?;
    if queries::user_maybe(&mut tx, key.0, key.1).await?.is_some() {
        return Ok(false);
    }
    insert(&mut tx, key, account, &hash, Some(visitor), app.clock.now()).await?;
    tx.commit().await?;
    Ok(true)
}

/// Saves name, post, roles and whether the account is in use; ends the sessions of the user.
///
/// Who changes the own account goes on with a new session, which is returned.
pub async fn change_user(
    app: &App,
    visitor: &Visitor,
    (wanted, roles): (&User, &[Role]),
    device: &str,
) -> Answer<Option<Session>> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    // Two administrators who take the role from each other at the same time must not both succeed.
    queries::hold_school(&mut tx, visitor.school_id()).await?;
    let before = queries::user(&mut tx, visitor.school_id(), wanted.id).await?;
    let others: Vec<Vec<Role>> = queries::users_of(&mut tx, visitor.school_id())
        .await?
        .iter()
        .filter(|user| user.id != wanted.id && user.is_active)
        .map(User::roles)
        .collect();
    if !rules::school_keeps_an_administrator(roles, wanted.is_active, &others) {
        return Err(Failure::Refused("В школе должен остаться хотя бы один действующий администратор.".into()));
    }
    if !queries::update_user(&mut tx, wanted, roles).await? {
        return Err(Failure::Stale { yours: facts(wanted, roles), theirs: facts(&before, &before.roles()) });
    }
    let changes = facts(&before, &before.roles())
        .into_iter()
        .zip(facts(wanted, roles))
        .filter_map(|((what, from), (_, to))| Change::between(&what, &from, &to));
    audit::record(&mut tx, Act::of(visitor, Event::UserChanged, subject(&before)).with(changes), now).await?;
    let own = wanted.id == visitor.user && wanted.is_active;
    let session = if own { Some(begin_session(&mut tx, wanted, device, now).await?) } else { None };
    tx.commit().await?;
    Ok(session)
}

fn facts(user: &User, roles: &[Role]) -> Vec<(String, String)> {
    [
        ("Фамилия, имя, отчество", user.full_name.clone()),
        ("Должность", user.post.clone()),
        ("Роли", role_list(roles)),
        ("Учётная запись", if user.is_active { "действует" } else { "отключена" }.to_owned()),
    ]
    .map(|(what, value)| (what.to_owned(), value))
    .into()
}

/// Gives a user a new temporary password; ends the sessions of the user.
pub async fn reset_password(app: &App, visitor: &Visitor, id: UserId, password: String) -> Answer<()> {
    let hash = app.hasher.hash(password).await?;
    let mut tx = app.db.begin().await?;
    let user = queries::user(&mut tx, visitor.school_id(), id).await?;
    queries::set_password(&mut tx, visitor.school_id(), id, &hash, true).await?;
    let unlinked = unlinked(&mut tx, (user.school_id, id)).await?;
    let act = Act::of(visitor, Event::PasswordReset, subject(&user)).with(unlinked);
    audit::record(&mut tx, act, app.clock.now()).await?;
    tx.commit().await?;
    // Who has a new password starts with a clean sheet.
    app.throttle.forgive(&database::fold(&user.login));
    Ok(())
}
