//! Stories of the chain of acts: what was recorded stays, and who changes it is found.

use super::consents;
use crate::{
    command_line::{Home, stdout},
    support::{Town, people},
};
use database::{
    Dialect::{self, Postgres, Sqlite},
    Value, args,
};
use nastavnik::{
    access::{Role, SchoolId},
    audit::{self, Act, Broken, Event, Head, Subject, SubjectKind},
};
use rstest::rstest;
use std::process::Output;

async fn verified(town: &Town, printed: Option<&Head>) -> Result<Head, Broken> {
    let school = town.school().await;
    audit::verify(&mut town.look().await, school, printed).await.unwrap()
}

async fn change(town: &Town, sql: &'static str, facts: Vec<Value>) {
    let mut tx = town.app.db.begin().await.unwrap();
    assert_eq!(tx.run(sql, facts).await.unwrap(), 1, "{sql}");
    tx.commit().await.unwrap();
}

fn act(school: SchoolId) -> Act {
    let subject = Subject { kind: SubjectKind::School, id: None, name: "Школа № 7".into() };
    Act::of_system(school, Event::SchoolChanged, subject)
}

#[rstest]
#[tokio::test]
async fn what_people_do_is_one_whole_chain(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let before = verified(&town, None).await.unwrap();
    let pupil = people::person(&coordinator, "Ёлкина Анна Ивановна", "pupil", "2012-05-01").await;
    coordinator.get(&format!("/people/{pupil}")).await.must_be(200);
    let after = verified(&town, Some(&before)).await.unwrap();
    assert!(after.place >= before.place + 2, "the card was made and read: {before} {after}");
    let school = town.school().await;
    let mut tx = town.look().await;
    assert_eq!(audit::head(&mut tx, school).await.unwrap(), after);
}

#[rstest]
#[tokio::test]
async fn a_changed_a_removed_and_a_slipped_in_act_are_found_by_their_place(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    town.browser(Role::Coordinator).await;
    let (school, whole) = (town.school().await, verified(&town, None).await.unwrap());
    assert!(whole.place > 5);
    let name = "UPDATE audit_log SET actor_name = $3 WHERE school_id = $1 AND place = $2";
    change(&town, name, args![school, 4, "Рябинин Лев"]).await;
    assert!(matches!(verified(&town, None).await, Err(Broken::Changed { place: 4, .. })));
    change(&town, name, args![school, 4, "Система"]).await;
    assert_eq!(verified(&town, None).await, Ok(whole.clone()));
    change(&town, "DELETE FROM audit_log WHERE school_id = $1 AND place = $2", args![school, whole.place]).await;
    assert_eq!(verified(&town, None).await, Err(Broken::Cut { head: whole.place, last: whole.place - 1 }));
    change(&town, "DELETE FROM audit_log WHERE school_id = $1 AND place = $2", args![school, 3]).await;
    assert_eq!(verified(&town, None).await, Err(Broken::Gone { place: 3 }));
    change(&town, "UPDATE audit_log SET place = 0 WHERE school_id = $1 AND place = $2", args![school, 2]).await;
    assert_eq!(verified(&town, None).await, Err(Broken::Foreign { acts: 1 }));
}

#[rstest]
#[tokio::test]
async fn acts_of_older_versions_are_chained_once_in_the_order_they_were_done(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    town.browser(Role::Head).await;
    let (school, new) = (town.school().await, verified(&town, None).await.unwrap());
    let mut tx = town.app.db.begin().await.unwrap();
    tx.run("UPDATE audit_log SET place = 0, hash = '' WHERE school_id = $1", args![school]).await.unwrap();
    tx.run("DELETE FROM audit_heads WHERE school_id = $1", args![school]).await.unwrap();
    tx.commit().await.unwrap();
    assert!(matches!(verified(&town, None).await, Err(Broken::Foreign { .. })));
    audit::chain_old_acts(&town.app.db).await.unwrap();
    let old = verified(&town, None).await.unwrap();
    assert_eq!(old.place, new.place);
    audit::chain_old_acts(&town.app.db).await.unwrap();
    assert_eq!(verified(&town, None).await, Ok(old.clone()));
    town.browser(Role::Coordinator).await;
    assert_eq!(verified(&town, Some(&old)).await.unwrap().place, old.place + 1);
}

#[rstest]
#[tokio::test]
async fn acts_recorded_at_the_same_time_form_one_chain(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let (school, before) = (town.school().await, verified(&town, None).await.unwrap());
    let recording = |_| {
        let (db, now) = (town.app.db.clone(), town.app.clock.now());
        tokio::spawn(async move {
            let mut tx = db.begin().await.unwrap();
            audit::record(&mut tx, act(school), now).await.unwrap();
            audit::record(&mut tx, act(school), now).await.unwrap();
            tx.commit().await.unwrap();
        })
    };
    let all: Vec<_> = (0..30).map(recording).collect();
    for one in all {
        one.await.unwrap();
    }
    let after = verified(&town, Some(&before)).await.unwrap();
    assert_eq!(after.place, before.place + 60);
}

#[rstest]
#[tokio::test]
async fn an_act_that_was_not_committed_leaves_no_gap(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let (school, before) = (town.school().await, verified(&town, None).await.unwrap());
    let mut tx = town.app.db.begin().await.unwrap();
    audit::record(&mut tx, act(school), town.app.clock.now()).await.unwrap();
    drop(tx);
    assert_eq!(verified(&town, None).await, Ok(before));
}

#[rstest]
#[tokio::test]
async fn chains_of_two_schools_are_two(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let own = verified(&town, None).await.unwrap();
    let (other, _) = town.neighbour().await;
    assert_eq!(verified(&town, None).await, Ok(own));
    assert!(audit::verify(&mut town.look().await, other, None).await.unwrap().is_ok());
}

fn verify(home: &Home, more: &[&str]) -> Output {
    home.run(&[&["audit", "verify"], more].concat(), "")
}

#[tokio::test]
async fn the_administrator_verifies_the_journal_from_the_keyboard() {
    let home = Home::with_schools(&["Школа № 7"]).await;
    let said = stdout(&verify(&home, &[]));
    assert!(said.starts_with("Школа № 7: журнал цел, записей "), "{said}");
    let head = said.trim().rsplit(' ').next().unwrap().to_owned();
    let again = stdout(&verify(&home, &["--head", &head]));
    assert_eq!(again, said);
    let json: serde_json::Value = serde_json::from_str(&stdout(&verify(&home, &["--json"]))).unwrap();
    assert_eq!((&json[0]["whole"], &json[0]["head"]), (&true.into(), &head.as_str().into()));
    let forged = verify(&home, &["--head", &format!("1:{}", "0".repeat(64))]);
    assert_eq!(forged.status.code(), Some(1));
    let said = stdout(&forged);
    assert!(said.contains("НЕ цел") && said.contains("Запись № 1 не совпадает"), "{said}");
    assert_eq!(verify(&home, &["--head", "сто"]).status.code(), Some(2));
}

#[rstest]
#[tokio::test]
async fn who_saw_a_person_in_a_period_is_one_page(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let pupil = people::person(&coordinator, "Ёлкина Анна Ивановна", "pupil", "2012-05-01").await;
    let card = format!("/people/{pupil}");
    let head = town.browser(Role::Head).await;
    head.get(&card).await.must_be(200).must_say("Кто видел сведения за период");
    head.get("/people.xlsx").await.must_be(200);
    let page = town.browser(Role::Inspector).await.get(&format!("{card}/readers")).await;
    page.must_be(200).must_say("Ёлкина Анна Ивановна").must_say("Иванова head Петровна Карточка человека открыта 1");
    page.must_say("Иванова head Петровна Список людей выгружен 1").must_say("24 часа");
    town.days_pass(60);
    let coordinator = town.browser(Role::Coordinator).await;
    coordinator
        .get(&format!("{card}/readers"))
        .await
        .must_say("За эти дни никто")
        .must_not_say("Иванова head Петровна");
    let then = coordinator.get(&format!("{card}/readers?from=2026-11-22&until=2026-11-22")).await;
    then.must_say("Иванова head Петровна Карточка человека открыта 1");
    coordinator.get(&format!("{card}/readers?from=вчера")).await.must_be(200);
    town.browser(Role::ClassTeacher).await.get(&format!("{card}/readers")).await.must_be(403);
    let journal = town.browser(Role::Administrator).await.get("/journal?event=people.readers_read").await;
    journal.must_say("Найдено: 4 записи").must_not_say("Ёлкина");
}

#[rstest]
#[tokio::test]
async fn who_printed_a_paper_that_names_a_person_has_seen_the_person(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let family = town.family("Ивушкина Анна Петровна", "Ивушкина Ольга Львовна").await;
    let other = town.person("Берёзкин Пётр Ильич", Some("2014-05-01"), &["pupil"]).await;
    let consent = consents::ask(&coordinator, family.child, "participation").await;
    coordinator.submit(&format!("{consent}/paper"), &[]).await.must_be(200);
    let printed = "Иванова coordinator Петровна Документ напечатан 1";
    coordinator.get(&format!("/people/{}/readers", family.child)).await.must_say(printed);
    coordinator.get(&format!("/people/{other}/readers")).await.must_be(200).must_not_say(printed);
}
