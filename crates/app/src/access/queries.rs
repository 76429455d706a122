//! The tables `schools`, `users`, `user_roles`.

pub mod factors;
pub mod links;
pub mod provider_links;
pub mod sessions;

pub use sessions::{LiveSession, end_session, insert_session, session_visitor, sweep_sessions, touch_session};

use super::{
    model::{Role, School, SchoolId, User, UserId},
    second_factor::Standing,
};
use chrono::{DateTime, Utc};
use database::{Result, Tx, args, fold};

database::queries! {
    /// Every school of the installation; a handful, a region has at most 1 500.
    SCHOOLS = "
        SELECT id, name, short_name, kind, is_small, address, municipality, head_name, head_post, time_zone, version
        FROM schools
        ORDER BY created_at";
    /// One school.
    SCHOOL = "
        SELECT id, name, short_name, kind, is_small, address, municipality, head_name, head_post, time_zone, version
        FROM schools
        WHERE id = $1";
    /// Adds a school.
    INSERT_SCHOOL = "
        INSERT INTO schools (id, name, short_name, kind, is_small, address, municipality, head_name, head_post, time_zone,
                             created_at, version)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1)";
    /// Saves a school if nobody saved it since `version`.
    UPDATE_SCHOOL = "
        UPDATE schools
        SET name = $3, short_name = $4, kind = $5, is_small = $6, address = $7, municipality = $8, head_name = $9,
            head_post = $10, time_zone = $11, version = version + 1
        WHERE id = $1 AND version = $2";
    /// Holds the school until the end of the transaction: changes of its users wait for each other.
    HOLD_SCHOOL = "UPDATE schools SET version = version WHERE id = $1";
    /// The users of a school with their roles.
    USERS = "
        SELECT u.id, u.school_id, u.login, u.full_name, u.post, u.is_active, u.password_is_temporary, u.created_at, u.version,
               COALESCE((SELECT STRING_AGG(r.role, ',' ORDER BY r.role) FROM user_roles r WHERE r.user_id = u.id), '')
                   AS role_words
        FROM users u
        WHERE u.school_id = $1
        ORDER BY u.full_name COLLATE russian, u.id";
    /// One user of a school with the roles.
    USER = "
        SELECT u.id, u.school_id, u.login, u.full_name, u.post, u.is_active, u.password_is_temporary, u.created_at, u.version,
               COALESCE((SELECT STRING_AGG(r.role, ',' ORDER BY r.role) FROM user_roles r WHERE r.user_id = u.id), '')
                   AS role_words
        FROM users u
        WHERE u.id = $1 AND u.school_id = $2";
    /// Tells whether anybody can sign in at all; asked by the first-run page.
    ANYBODY = "SELECT EXISTS (SELECT 1 FROM users)";
    /// Takes the place of the installation, which only one first run can have.
    FOUND_INSTALLATION = "INSERT INTO installations (place, founded_at) VALUES (1, $1)";
    /// When the installation was founded.
    FOUNDED_AT = "SELECT founded_at FROM installations WHERE place = 1";
    /// Tells whether a login exists, in whatever school: people sign in without naming theirs.
    LOGIN_IS_TAKEN = "SELECT EXISTS (SELECT 1 FROM users WHERE login_key = $1)";
    /// What signing in needs to know about a login.
    CREDENTIALS = "
        SELECT id, school_id, password_hash, auth_epoch
        FROM users
        WHERE login_key = $1 AND is_active";
    /// The password of a user, to be asked for again before it is changed.
    PASSWORD = "SELECT password_hash, login FROM users WHERE id = $1 AND school_id = $2";
    /// Adds a user.
    INSERT_USER = "
        INSERT INTO users (id, school_id, login, login_key, full_name, post, search_name, password_hash,
                           password_is_temporary, auth_epoch, is_active, created_at, version)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, TRUE, $10, 1)";
    /// Saves a user if nobody saved it since `version`; ends the sessions.
    UPDATE_USER = "
        UPDATE users
        SET full_name = $4, post = $5, search_name = $6, is_active = $7, auth_epoch = auth_epoch + 1, version = version + 1
        WHERE id = $1 AND school_id = $2 AND version = $3";
    /// Sets a password; ends the sessions.
    SET_PASSWORD = "
        UPDATE users
        SET password_hash = $3, password_is_temporary = $4, auth_epoch = auth_epoch + 1, version = version + 1
        WHERE id = $1 AND school_id = $2";
    /// Ends the sessions of a user.
    END_EPOCH = "UPDATE users SET auth_epoch = auth_epoch + 1 WHERE id = $1 AND school_id = $2";
    /// Takes all roles away, before the new ones are given.
    CLEAR_ROLES = "DELETE FROM user_roles WHERE user_id = $1 AND school_id = $2";
    /// Gives a role.
    GIVE_ROLE = "INSERT INTO user_roles (school_id, user_id, role) VALUES ($1, $2, $3)";
}

/// Every statement of the slice.
pub(crate) const QUERIES: &[&[(&str, &str)]] = &[ALL, factors::ALL, links::ALL, sessions::ALL];

database::record! {
    /// What signing in checks.
    pub struct Credentials {
        pub id: UserId,
        pub school_id: SchoolId,
        pub password_hash: String,
        pub auth_epoch: i64,
    }
}

/// Returns every school.
pub async fn schools(tx: &mut Tx) -> Result<Vec<School>> {
    tx.all(SCHOOLS, args![]).await
}

/// Returns a school.
pub async fn school(tx: &mut Tx, id: SchoolId) -> Result<School> {
    tx.one(SCHOOL, args![id]).await
}

/// Adds a school.
pub async fn insert_school(tx: &mut Tx, school: &School, now: DateTime<Utc>) -> Result<()> {
    let s = school;
    let facts = args![
        s.id,
        &s.name,
        &s.short_name,
        s.kind,
        s.is_small,
        &s.address,
        &s.municipality,
        &s.head_name,
        &s.head_post,
        &s.time_zone,
        now,
    ];
    tx.run(INSERT_SCHOOL, facts).await.map(|_| ())
}

/// Saves a school; `false` when somebody saved it since `school.version`.
pub async fn update_school(tx: &mut Tx, school: &School) -> Result<bool> {
    let s = school;
    let facts = args![
        s.id,
        s.version,
        &s.name,
        &s.short_name,
        s.kind,
        s.is_small,
        &s.address,
        &s.municipality,
        &s.head_name,
        &s.head_post,
        &s.time_zone,
    ];
    Ok(tx.run(UPDATE_SCHOOL, facts).await? == 1)
}

/// Makes other holders of the school wait until the end of the transaction.
pub async fn hold_school(tx: &mut Tx, id: SchoolId) -> Result<()> {
    tx.run(HOLD_SCHOOL, args![id]).await.map(|_| ())
}

/// Returns the users of a school by name.
pub async fn users_of(tx: &mut Tx, school: SchoolId) -> Result<Vec<User>> {
    tx.all(USERS, args![school]).await
}

/// Returns a user of the school.
pub async fn user(tx: &mut Tx, school: SchoolId, id: UserId) -> Result<User> {
    tx.one(USER, args![id, school]).await
}

/// Returns a user of the school, if there is one.
pub async fn user_maybe(tx: &mut Tx, school: SchoolId, id: UserId) -> Result<Option<User>> {
    tx.maybe(USER, args![id, school]).await
}

/// Takes the place of the installation; [`database::Error::Taken`] when it was founded before.
pub async fn found_installation(tx: &mut Tx, now: DateTime<Utc>) -> Result<()> {
    tx.run(FOUND_INSTALLATION, args![now]).await.map(|_| ())
}

/// Returns when the installation was founded; nothing while it is not.
pub async fn founded_at(tx: &mut Tx) -> Result<Option<DateTime<Utc>>> {
    Ok(tx.maybe::<(DateTime<Utc>,)>(FOUNDED_AT, args![]).await?.map(|(at,)| at))
}

/// Tells whether a login exists in any school.
pub async fn login_is_taken(tx: &mut Tx, login: &str) -> Result<bool> {
    tx.one::<(bool,)>(LOGIN_IS_TAKEN, args![fold(login)]).await.map(|(yes,)| yes)
}

/// Tells whether anybody can sign in.
pub async fn anybody(tx: &mut Tx) -> Result<bool> {
    tx.one::<(bool,)>(ANYBODY, args![]).await.map(|(yes,)| yes)
}

/// Returns what signing in checks.
pub async fn credentials(tx: &mut Tx, login: &str) -> Result<Option<Credentials>> {
    tx.maybe(CREDENTIALS, args![fold(login)]).await
}

/// Returns the hash of a user's password and the login.
pub async fn password(tx: &mut Tx, school: SchoolId, id: UserId) -> Result<(String, String)> {
    tx.one(PASSWORD, args![id, school]).await
}

/// A user to be added.
pub struct NewUser<'a> {
    pub id: UserId,
    pub login: &'a str,
    pub full_name: &'a str,
    pub post: &'a str,
    pub roles: &'a [Role],
    pub password_hash: &'a str,
    pub password_is_temporary: bool,
}

/// Adds a user with roles; [`database::Error::Taken`] when the login exists.
pub async fn insert_user(tx: &mut Tx, school: SchoolId, new: &NewUser<'_>, now: DateTime<Utc>) -> Result<()> {
    let facts = args![
        new.id,
        school,
        new.login,
        fold(new.login),
        new.full_name,
        new.post,
        fold(new.full_name),
        new.password_hash,
        new.password_is_temporary,
        now,
    ];
    tx.run(INSERT_USER, facts).await?;
    give_roles(tx, school, new.id, new.roles).await
}

async fn give_roles(tx: &mut Tx, school: SchoolId, user: UserId, roles: &[Role]) -> Result<()> {
    for role in roles {
        tx.run(GIVE_ROLE, args![school, user, *role]).await?;
    }
    Ok(())
}

/// Saves a user and the roles; `false` when somebody saved it since `user.version`.
pub async fn update_user(tx: &mut Tx, user: &User, roles: &[Role]) -> Result<bool> {
    let facts = args![
        user.id,
        user.school_id,
        user.version,
        &user.full_name,
        &user.post,
        fold(&user.full_name),
        user.is_active
    ];
    if tx.run(UPDATE_USER, facts).await? == 0 {
        return Ok(false);
    }
    tx.run(CLEAR_ROLES, args![user.id, user.school_id]).await?;
    give_roles(tx, user.school_id, user.id, roles).await?;
    Ok(true)
}

/// Sets a password and ends the sessions.
pub async fn set_password(tx: &mut Tx, school: SchoolId, user: UserId, hash: &str, temporary: bool) -> Result<()> {
    tx.run(SET_PASSWORD, args![user, school, hash, temporary]).await.map(|_| ())
}

/// Ends the sessions of a user.
pub async fn end_epoch(tx: &mut Tx, school: SchoolId, id: UserId) -> Result<()> {
    tx.run(END_EPOCH, args![id, school]).await.map(|_| ())
}

/// Returns a user of the school as a visitor of now, for work done on the user's behalf; `None` when the account is closed.
pub async fn visitor_of(
    tx: &mut Tx,
    school: SchoolId,
    id: UserId,
    now: DateTime<Utc>,
) -> Result<Option<super::Visitor>> {
    let user = user(tx, school, id).await?;
    let school = self::school(tx, school).await?;
    Ok(user.is_active.then(|| super::Visitor {
        user: user.id,
        roles: user.roles(),
        full_name: user.full_name,
        post: user.post,
        today: crate::clock::day_in(now, school.zone()),
        password_is_temporary: user.password_is_temporary,
        // Work beside the pages was asked for by somebody who had come in.
        factor: Standing::Good,
        school,
    }))
}
