//! What can be done with accounts: read, rule, write, trace, in one transaction each.

mod accounts;
mod factors;
mod links;
mod provider;
mod school;
mod secrets;
mod signing_in;

pub use accounts::{NewAccount, add_user, change_user, create_user, free_login, reset_password};
pub use factors::{
    Coded, Offer, Progress, SecondStep, answer, begin as begin_factor, confirm as confirm_factor,
    demand_of as demand_factor_of, give_up as give_up_factor, progress as factor_progress, renew_codes,
    take_away as take_factor_away, waits,
};
pub use links::{Entry, LINK_DAYS, enter, make_link, opened_link};
pub use provider::{Coming, Leaving, come_back, leave_to_link, leave_to_sign_in, own_links, unlink};
pub use school::{change_school, create_school, first_run};
pub use secrets::seal_earlier_secrets;
pub use signing_in::{PasswordChange, SignIn, change_password, end_other_sessions, sign_in, sign_out};

use super::{
    model::{Role, User},
    queries,
};
use crate::{
    audit::{Act, Event, Subject, SubjectKind},
    error::Answer,
    web::{Session, session},
};
use chrono::{DateTime, Utc};
use database::Tx;

/// Begins a session and sweeps those that are over.
async fn begin_session(tx: &mut Tx, user: &User, device: &str, now: DateTime<Utc>) -> Answer<Session> {
    let (idle, oldest) = session::limits(now);
    queries::sweep_sessions(tx, idle, oldest).await?;
    let session = Session::fresh()?;
    queries::insert_session(tx, &session.hash(), (user.school_id, user.id), device, now).await?;
    Ok(session)
}

/// An act of somebody who is not a visitor yet.
fn act_of(user: &User, event: Event) -> Act {
    let by_system = Act::of_system(user.school_id, event, subject(user));
    Act { actor: Some(user.id), actor_name: user.full_name.clone(), ..by_system }
}

fn subject(user: &User) -> Subject {
    Subject { kind: SubjectKind::User, id: Some(user.id.uuid()), name: user.login.clone() }
}

fn role_list(roles: &[Role]) -> String {
    roles.iter().map(|role| role.label()).collect::<Vec<_>>().join(", ")
}
