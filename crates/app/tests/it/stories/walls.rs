//! PostgreSQL keeps the schools of a region apart, whatever a statement says.

use crate::support::Town;
use database::{Db, Dialect, Error, Place, Tx, args, within};
use nastavnik::access::SchoolId;
use uuid::Uuid;

/// Tables of schools with the column that names the school, and whether its wall stands for the owner, too.
const TABLES: &str = "
    SELECT CAST(c.relname AS TEXT), CASE c.relname WHEN 'schools' THEN 'id' ELSE 'school_id' END,
           c.relrowsecurity AND c.relforcerowsecurity
               AND EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'own_school')
    FROM pg_class c
    WHERE c.relnamespace = CAST(current_schema() AS REGNAMESPACE) AND c.relkind = 'r'
      AND (c.relname = 'schools'
           OR EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'school_id' AND NOT a.attisdropped))
    ORDER BY c.relname";

async fn tables(db: &Db) -> Vec<(String, String, bool)> {
    db.read().await.unwrap().all(TABLES, vec![]).await.unwrap()
}

/// Two schools with everything the demo school has in one of them.
async fn region() -> (Town, SchoolId, SchoolId) {
    let (town, _) = super::demo::school(Dialect::Postgres).await;
    let (other, _) = town.neighbour().await;
    let (own,): (SchoolId,) =
        town.look().await.one("SELECT id FROM schools WHERE id <> $1", args![other]).await.unwrap();
    (town, own, other)
}

async fn count(tx: &mut Tx, sql: String, args: Vec<database::Value>) -> i64 {
    tx.one::<(i64,)>(Box::leak(sql.into_boxed_str()), args).await.unwrap().0
}

#[tokio::test]
async fn every_table_of_schools_has_its_wall() {
    let town = Town::empty(Dialect::Postgres).await;
    let tables = tables(&town.app.db).await;
    assert!(tables.len() > 50, "the list of tables was not collected");
    let open: Vec<_> = tables.iter().filter(|(.., walled)| !walled).map(|(name, ..)| name).collect();
    assert!(
        open.is_empty(),
        "call wall('table', 'school_id') in the migration of PostgreSQL that makes them: {open:?}"
    );
}

#[tokio::test]
async fn a_statement_that_names_no_school_sees_the_own_one_only() {
    let (town, own, other) = region().await;
    let guarded = town.app.db.of_who_asks();
    let mut filled = 0;
    let mut every = town.app.db.read().await.unwrap();
    for (table, column, _) in tables(&town.app.db).await {
        let sql = format!("SELECT COUNT(*) FROM {table}");
        let of_one = format!("{sql} WHERE {column} = $1");
        let mut all = 0;
        for school in [own, other] {
            let expected = count(&mut every, of_one.clone(), args![school]).await;
            let seen =
                within(school.uuid(), async { count(&mut guarded.read().await.unwrap(), sql.clone(), vec![]).await });
            assert_eq!(seen.await, expected, "{table}");
            let bound = guarded.of_school(school.uuid());
            assert_eq!(count(&mut bound.read().await.unwrap(), sql.clone(), vec![]).await, expected, "{table}");
            all += expected;
        }
        assert_eq!(count(&mut every, sql.clone(), vec![]).await, all, "{table}");
        assert_eq!(count(&mut guarded.read().await.unwrap(), sql, vec![]).await, 0, "{table}: closed when unset");
        filled += i64::from(all > 0);
    }
    assert!(filled > 30, "of the tables only {filled} had rows to be kept apart");
}

#[tokio::test]
async fn a_statement_that_names_another_school_changes_nothing_there() {
    let town = Town::on(Dialect::Postgres).await;
    let (other, _) = town.neighbour().await;
    let (own,): (SchoolId,) =
        town.look().await.one("SELECT id FROM schools WHERE id <> $1", args![other]).await.unwrap();
    let bound = town.app.db.of_school(own.uuid());

    let mut tx = bound.begin().await.unwrap();
    let touched = tx.run("UPDATE users SET post = 'чужой' WHERE school_id = $1", args![other]).await.unwrap();
    let taken = tx.run("DELETE FROM user_roles WHERE school_id = $1", args![other]).await.unwrap();
    assert_eq!((touched, taken), (0, 0));
    assert!(tx.run("UPDATE users SET post = post", vec![]).await.unwrap() > 0, "the own school is at hand");

    let foreign = "INSERT INTO topics (id, school_id, title, title_key) VALUES ($1, $2, 'Чужая', 'чужая')";
    assert!(tx.run(foreign, args![Uuid::from_u128(1), other]).await.is_err(), "a row cannot be put behind the wall");
}

#[tokio::test]
async fn a_reach_ends_with_its_transaction() {
    let town = Town::on(Dialect::Postgres).await;
    let seen = "SELECT COUNT(*) FROM users";
    for _ in 0..20 {
        let mut tx = town.app.db.read().await.unwrap();
        assert!(count(&mut tx, seen.into(), vec![]).await > 0);
        drop(tx);
        let mut tx = town.app.db.of_who_asks().read().await.unwrap();
        assert_eq!(count(&mut tx, seen.into(), vec![]).await, 0, "the connection keeps nothing of who had it before");
    }
}

#[tokio::test]
async fn a_transaction_that_has_found_its_school_keeps_to_it() {
    let town = Town::on(Dialect::Postgres).await;
    let (other, _) = town.neighbour().await;
    let mut tx = town.app.db.read().await.unwrap();
    let both = count(&mut tx, "SELECT COUNT(*) FROM schools".into(), vec![]).await;
    tx.keep_to(other.uuid()).await.unwrap();
    let one = count(&mut tx, "SELECT COUNT(*) FROM schools".into(), vec![]).await;
    assert_eq!((both, one), (2, 1));
}

#[tokio::test]
async fn a_role_that_no_wall_holds_back_is_refused() {
    let town = Town::empty(Dialect::Postgres).await;
    let Place::Server(url) = town.place() else { panic!("the story is about PostgreSQL") };
    let almighty = Place::Server(url.replacen("nastavnik@", "postgres@", 1));
    let refusal = Db::open(&almighty).await.err();
    assert!(matches!(&refusal, Some(Error::Almighty(role)) if role == "postgres"), "{refusal:?}");
    let sentence = nastavnik::cli::Trouble::from(refusal.unwrap()).to_string();
    assert!(sentence.contains("«postgres»") && sentence.contains("CREATE ROLE nastavnik"), "{sentence}");
}
