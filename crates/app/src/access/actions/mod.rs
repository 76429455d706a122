//! What can be done with accounts: read, rule, write, trace, in one transaction each.

mod accounts;
mod school;
mod signing_in;

pub use accounts::{NewAccount, add_user, change_user, create_user, free_login, reset_password};
pub use school::{change_school, create_school, first_run};
pub use signing_in::{PasswordChange, SignIn, change_password, sign_in, sign_out};

use super::{
    model::{Role, User},
    queries,
};
use crate::{
    audit::{Subject, SubjectKind},
    error::Answer,
    web::{Session, session},
};
use chrono::{DateTime, Utc};
use database::Tx;

/// Begins a session and sweeps those that are over.
async fn begin_session(tx: &mut Tx, user: &User, now: DateTime<Utc>) -> Answer<Session> {
    let (idle, oldest) = session::limits(now);
    queries::sweep_sessions(tx, idle, oldest).await?;
    let session = Session::fresh()?;
    queries::insert_session(tx, &session.hash(), user.school_id, user.id, now).await?;
    Ok(session)
}

fn subject(user: &User) -> Subject {
    Subject { kind: SubjectKind::User, id: Some(user.id.uuid()), name: user.login.clone() }
}

fn role_list(roles: &[Role]) -> String {
    roles.iter().map(|role| role.label()).collect::<Vec<_>>().join(", ")
}
