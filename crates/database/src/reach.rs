//! Whose rows a transaction of PostgreSQL may touch: a second wall behind the `school_id` of every statement.
//!
//! A region keeps many schools in one database. A statement that forgot to name its school would mix them, so PostgreSQL
//! itself keeps them apart: every table of schools has a policy that reads [`SETTING`], which each transaction sets when
//! it begins and which is closed when it was not set. SQLite holds one school and has no such policies.

use crate::tx::Tx;
use crate::{Result, Value};
use std::fmt;
use uuid::Uuid;

/// The setting the policies read: the id of a school, [`EVERY`], or nothing.
pub(crate) const SETTING: &str = "nastavnik.school";

/// What the setting says where a transaction may touch every school.
pub(crate) const EVERY: &str = "*";

tokio::task_local! {
    static SCHOOL: Uuid;
}

/// Does work whose transactions touch one school: that of whoever asks.
///
/// A task that is spawned meanwhile is none of it: give it [`Db::of_school`](crate::Db::of_school).
pub async fn within<T>(school: Uuid, work: impl Future<Output = T>) -> T {
    SCHOOL.scope(school, work).await
}

/// Whose rows may be touched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    School(Uuid),
    Every,
}

impl Reach {
    /// Returns the reach that was chosen, else that of the work under way.
    pub(crate) fn of(chosen: Option<Self>) -> Option<Self> {
        chosen.or_else(|| SCHOOL.try_with(|school| Self::School(*school)).ok())
    }
}

impl fmt::Display for Reach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::School(school) => write!(f, "{school}"),
            Self::Every => f.write_str(EVERY),
        }
    }
}

/// Returns the statement that begins a transaction with its reach, in one journey to the server.
pub(crate) fn beginning(begin: &str, reach: Option<Reach>) -> String {
    match reach {
        Some(reach) => format!("{begin}; SET LOCAL {SETTING} = '{reach}'"),
        None => begin.to_owned(),
    }
}

impl Tx {
    /// From here on the transaction touches one school: that of a link or a login which has been looked up among all.
    pub async fn keep_to(&mut self, school: Uuid) -> Result<()> {
        if matches!(self, Self::Postgres(_)) {
            let args = vec![Value::from(SETTING.to_owned()), Value::from(school.to_string())];
            self.one::<(String,)>("SELECT set_config($1, $2, TRUE)", args).await?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCHOOL: Uuid = Uuid::from_u128(7);

    #[tokio::test]
    async fn a_transaction_reaches_what_was_chosen_else_the_school_of_the_work_else_nothing() {
        assert_eq!(Reach::of(None), None);
        within(SCHOOL, async {
            assert_eq!(Reach::of(None), Some(Reach::School(SCHOOL)));
            assert_eq!(Reach::of(Some(Reach::Every)), Some(Reach::Every));
        })
        .await;
        assert_eq!(Reach::of(None), None);
    }

    #[test]
    fn the_reach_is_set_for_one_transaction_only() {
        assert_eq!(beginning("BEGIN", None), "BEGIN");
        assert_eq!(beginning("BEGIN", Some(Reach::Every)), "BEGIN; SET LOCAL nastavnik.school = '*'");
        let one = beginning("BEGIN", Some(Reach::School(SCHOOL)));
        assert_eq!(one, "BEGIN; SET LOCAL nastavnik.school = '00000000-0000-0000-0000-000000000007'");
    }
}
