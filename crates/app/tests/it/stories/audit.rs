//! Stories of the journal: every act leaves a line, nothing secret stands in it, nobody else reads it.

use crate::support::{PASSWORD, Town, login_of, noon};
use chrono::TimeDelta;
use database::{
    Dialect::{self, Postgres, Sqlite},
    args,
};
use documents::tables::{Limits, read_any};
use nastavnik::access::Role;
use rstest::rstest;
use std::collections::BTreeSet;
use uuid::Uuid;

const JOURNAL: &str = "/journal";

#[rstest]
#[tokio::test]
async fn an_act_stands_in_the_journal_in_words(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let administrator = town.browser(Role::Administrator).await;
    let path = format!("/users/{}", town.user(Role::Head));
    let form = administrator.get(&path).await.form(&path).with("roles", "coordinator").with("post", "директор лицея");
    form.send(&administrator).await.must_be(303);
    let journal = administrator.get(JOURNAL).await;
    journal.must_be(200).must_say("22.11.2026, 12:00").must_say("Иванова administrator Петровна");
    journal.must_say("Учётная запись изменена").must_say("учётная запись: head");
    journal.must_say("Роли: директор → куратор программы").must_say("Должность: директор → директор лицея");
    journal.must_say("Школа создана").must_say("Система").must_say("Вход в программу");
}

#[rstest]
#[tokio::test]
async fn a_failed_signing_in_is_noted_with_the_account_it_tried(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let login = login_of(Role::Head, "");
    town.stranger().post("/sign-in", &[("login", &login), ("password", "наугад, наугад")]).await.must_be(422);
    let journal = town.browser(Role::Administrator).await.get("/journal?event=access.sign_in_failed").await;
    journal.must_say("Найдено: 1 запись").must_say("Неудачная попытка входа").must_say("учётная запись: head");
}

#[rstest]
#[tokio::test]
async fn the_journal_is_filtered_by_day_act_and_actor(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    town.browser(Role::Head).await;
    // Half past midnight of the 23rd in Moscow is still the 22nd in UTC.
    town.app.clock.pass(TimeDelta::minutes(12 * 60 + 30));
    town.browser(Role::Coordinator).await;
    let administrator = town.browser(Role::Administrator).await;
    let found = |question: &str| {
        let path = format!("{JOURNAL}?event=access.signed_in{question}");
        let administrator = &administrator;
        async move { administrator.get(&path).await }
    };
    found("").await.must_say("Найдено: 3 записи");
    found("&until=2026-11-22").await.must_say("Найдено: 1 запись").must_say("Иванова head Петровна");
    found("&from=2026-11-23").await.must_say("Найдено: 2 записи");
    found("&from=2026-11-23&until=2026-11-22").await.must_say("Действий не найдено");
    found(&format!("&actor={}", town.user(Role::Coordinator))).await.must_say("Найдено: 1 запись");
    found("&actor=system").await.must_say("Найдено: 0 записей");
    for nonsense in
        ["&from=вчера", "&from=-99999-01-01", "&until=99999-12-31", "&actor=%25", "&actor=' OR 1=1", "&page=-7"]
    {
        found(&nonsense.replace(' ', "%20")).await.must_be(200).must_say("Найдено: 3 записи");
    }
    administrator.get("/journal?event=%25").await.must_be(200).must_say("Школа создана");
}

#[rstest]
#[tokio::test]
async fn a_long_journal_is_read_page_by_page(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    for _ in 0..50 {
        town.browser(Role::Head).await;
    }
    let administrator = town.browser(Role::Administrator).await;
    let first = administrator.get("/journal?event=access.signed_in").await;
    first.must_say("Найдено: 51 запись").must_say("1–50 из 51").must_say("Иванова administrator Петровна");
    let second = administrator.get("/journal?event=access.signed_in&page=2").await;
    second.must_say("51–51 из 51").must_say("Иванова head Петровна");
    assert_eq!(second.html().matches("<time ").count(), 1);
    let beyond = administrator.get("/journal?event=access.signed_in&page=4000000000").await;
    assert_eq!(beyond.html().matches("<time ").count(), 1);
}

#[rstest]
#[tokio::test]
async fn taking_the_journal_out_is_an_act_itself(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let administrator = town.browser(Role::Administrator).await;
    let csv = administrator.get("/journal.csv?event=access.signed_in").await;
    let text = String::from_utf8(csv.must_be(200).bytes.clone()).unwrap();
    assert!(
        text.starts_with('\u{FEFF}') && text.contains("22.11.2026 12:00") && text.contains("Вход в программу"),
        "{text}"
    );
    assert_eq!(text.lines().count(), 2, "the heading and one act: {text}");
    assert!(administrator.get("/journal.xlsx").await.must_be(200).bytes.starts_with(b"PK"));
    let journal = administrator.get("/journal?event=audit.exported").await;
    journal.must_say("Найдено: 2 записи").must_say("Журнал действий выгружен").must_say("Записей: 1");
}

#[rstest]
#[tokio::test]
async fn a_journal_of_many_years_leaves_whole_and_in_its_order(#[values(Sqlite, Postgres)] on: Dialect) {
    const ACTS: usize = 3_500;
    let town = Town::on(on).await;
    let administrator = town.browser(Role::Administrator).await;
    // Three at every moment, so that a piece ends among acts of one moment.
    let sql = "
        INSERT INTO audit_log (id, school_id, at, actor_id, actor_name, event, subject_kind, subject_id, subject_name,
                               details, place, hash)
        VALUES ($1, $2, $3, NULL, 'Программа', 'roadmap.note_added', 'row', NULL, $4, $5, 0, '')";
    let school = town.school().await;
    let mut tx = town.app.db.begin_alone().await.unwrap();
    for act in 0..ACTS {
        let at = noon() - TimeDelta::minutes(i64::try_from(act / 3).unwrap() + 1);
        let facts = args![Uuid::now_v7(), school, at, format!("Действие {act}"), serde_json::json!([])];
        tx.run(sql, facts).await.unwrap();
    }
    tx.commit().await.unwrap();
    let told = |text: &str| {
        let acts = text.split("Действие ").skip(1);
        acts.map(|act| act.chars().take_while(char::is_ascii_digit).collect::<String>().parse::<usize>().unwrap())
            .collect::<Vec<_>>()
    };
    let csv = administrator.get("/journal.csv?event=roadmap.note_added").await;
    let acts = told(&String::from_utf8(csv.must_be(200).bytes.clone()).unwrap());
    assert_eq!(acts.iter().collect::<BTreeSet<_>>().len(), ACTS, "each once");
    assert_eq!(acts.len(), ACTS);
    assert!(acts.is_sorted_by_key(|act| act / 3), "the newest first");
    let xlsx = administrator.get("/journal.xlsx?event=roadmap.note_added").await;
    let tables = read_any("журнал.xlsx", &xlsx.must_be(200).bytes, &Limits::default()).unwrap();
    let text: Vec<_> = tables[0].rows.iter().flatten().map(|cell| cell.text.as_str()).collect();
    assert_eq!(told(&text.join("\n")), acts);
    assert_eq!(town.bytes_kept(), 0, "nothing stays on the disk");
    administrator.get("/journal?event=audit.exported").await.must_say("Записей: 3500");
}

#[rstest]
#[tokio::test]
async fn the_journal_is_for_the_administrator_of_the_same_school(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    for role in Role::ALL.iter().filter(|role| **role != Role::Administrator) {
        for path in [JOURNAL, "/journal.csv", "/journal.xlsx"] {
            town.browser(*role).await.get(path).await.must_be(403);
        }
    }
    let (_, neighbour) = town.neighbour().await;
    neighbour.get("/journal?event=access.signed_in").await.must_say("Найдено: 1 запись");
    let csv = neighbour.get("/journal.csv").await;
    assert!(!String::from_utf8(csv.bytes).unwrap().contains("Школа № 7"));
}

#[rstest]
#[tokio::test]
async fn no_password_ever_reaches_the_journal(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let administrator = town.browser(Role::Administrator).await;
    let form =
        administrator.get("/users/new").await.form("/users/new").with("full_name", "Белов Пётр").with("login", "");
    let made = form.with("roles", "head").send(&administrator).await;
    let html = made.html();
    let password = html.split("<code class=\"secret\">").nth(2).unwrap().split('<').next().unwrap();
    town.stranger().post("/sign-in", &[("login", "belov.p"), ("password", "почти тот пароль")]).await.must_be(422);
    let head = town.browser(Role::Head).await;
    let new = "медленный поезд на север";
    head.post("/account/password", &[("current", PASSWORD), ("new", new), ("again", new)]).await.must_be(303);
    let lines: Vec<(String, String)> =
        town.look().await.all("SELECT subject_name, CAST(details AS TEXT) FROM audit_log", vec![]).await.unwrap();
    assert!(lines.len() > 10);
    for (subject, details) in lines {
        for secret in [password, PASSWORD, new, "почти тот пароль"] {
            assert!(!subject.contains(secret) && !details.contains(secret), "{subject}: {details}");
        }
    }
}

#[rstest]
#[tokio::test]
async fn an_act_that_is_refused_leaves_no_line(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let administrator = town.browser(Role::Administrator).await;
    let own = format!("/users/{}", town.user(Role::Administrator));
    let form = administrator.get(&own).await.form(&own);
    form.with("roles", "head").send(&administrator).await.must_be(422);
    administrator.get("/journal?event=access.user_changed").await.must_say("Найдено: 0 записей");
}
