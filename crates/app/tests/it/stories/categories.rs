//! Special categories: off by default, behind a consent of their own, for two roles, each reading traced.

use super::consents::{ask, sign};
use crate::support::{Browser, PASSWORD, Town, folk::Family, login_of, scanner};
use database::{
    Dialect::{self, Postgres, Sqlite},
    Value, args,
};
use nastavnik::{access::Role, consents};
use rstest::rstest;
use std::{collections::BTreeMap, fs};
use uuid::Uuid;

/// What a category rests on: a text that stands nowhere else.
const BASIS: &str = "Заключение комиссии от 01.09.2026";

/// Switches the categories on, has the mother agree, records one and returns its id.
pub async fn category(town: &Town, coordinator: &Browser, family: &Family) -> String {
    town.decides(true, true, true).await;
    let consent = ask(coordinator, family.child, "special_categories").await;
    sign(coordinator, &consent, family.mother).await.must_be(303);
    let path = format!("/consents/categories/people/{}", family.child);
    let form = coordinator.get(&path).await.form(&path).with("category", "gifted").with("basis", BASIS);
    form.send(coordinator).await.must_be(303);
    form.send(coordinator).await.must_be(303);
    let page = coordinator.get(&path).await;
    assert_eq!(page.text().matches(BASIS).count(), 1, "{}", page.text());
    let end = page.links("/consents/categories/").into_iter().find(|path| path.ends_with("/end"));
    end.expect("a category can be ended").split('/').nth(3).unwrap().to_owned()
}

async fn ivushkins(town: &Town) -> Family {
    town.family("Ивушкина Анна Петровна", "Ивушкина Ольга Львовна").await
}

#[rstest]
#[tokio::test]
async fn without_the_switch_and_without_a_consent_nothing_is_shown(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let family = ivushkins(&town).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let path = format!("/consents/categories/people/{}", family.child);
    coordinator.get("/consents/categories").await.must_say("не ведутся");
    coordinator.get(&path).await.must_be(422).must_say("не ведутся");
    let child = family.child.to_string();
    let asked =
        [("key", "019a0000-0000-7000-8000-000000000001"), ("purpose", "special_categories"), ("person", &child)];
    coordinator.post("/consents/asking", &asked).await.must_be(422).must_say("не ведутся");
    town.decides(true, true, true).await;
    coordinator.get(&path).await.must_be(422).must_say("Нет действующего письменного согласия");
    let fields = [("category", "gifted"), ("since_on", "2026-09-01"), ("basis", "справка")];
    coordinator.post(&path, &fields).await.must_be(422).must_say("Нет действующего письменного согласия");
}

#[rstest]
#[tokio::test]
async fn two_roles_see_a_category_and_each_reading_is_traced(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let family = ivushkins(&town).await;
    let coordinator = town.browser(Role::Coordinator).await;
    category(&town, &coordinator, &family).await;
    let path = format!("/consents/categories/people/{}", family.child);
    town.browser(Role::Psychologist).await.get(&path).await.must_say("Одарённые").must_say(BASIS);
    let journal = town.browser(Role::Administrator).await.get("/journal").await;
    journal.must_say("Просмотрены особые категории").must_say("Иванова psychologist").must_not_say("дарённые");
    let values = BTreeMap::from([
        ("person", vec![family.child.to_string()]),
        ("class", vec![family.class.to_string()]),
        ("participation", vec![family.participation.to_string()]),
    ]);
    let [lines] = scanner::appearances(&town, &values, &[], [BASIS]).await;
    for line in lines {
        let (who, at) = line.split_once(' ').unwrap();
        // The record that a person is entitled to holds everything; the coordinator hands it out, which is traced.
        let handed_out = who == "coordinator" && at.starts_with(&format!("/people/{}/record.", family.child));
        let read = ["coordinator", "psychologist"].contains(&who) && at.starts_with(&path);
        assert!(read || handed_out, "{line}");
    }
}

#[rstest]
#[tokio::test]
async fn a_withdrawn_consent_closes_the_page_and_empties_the_number(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let family = ivushkins(&town).await;
    let coordinator = town.browser(Role::Coordinator).await;
    category(&town, &coordinator, &family).await;
    let register = coordinator.get("/consents?purpose=special_categories").await;
    let consent = register.links("/consents/").into_iter().find(|path| path.len() == "/consents/".len() + 36).unwrap();
    coordinator.post(&format!("{consent}/withdrawal"), &[]).await.must_be(303);
    coordinator.get(&format!("/consents/categories/people/{}", family.child)).await.must_be(422);
    coordinator.get("/consents").await.must_say("Ивушкина Анна");
}

#[rstest]
#[tokio::test]
async fn an_ended_category_stays_with_its_last_day(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let family = ivushkins(&town).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let id = category(&town, &coordinator, &family).await;
    let end = format!("/consents/categories/{id}/end");
    coordinator.submit(&end, &[]).await.must_say("Категория снята").must_say("22.11.2026");
    coordinator.submit(&end, &[]).await.must_say("22.11.2026");
}

#[rstest]
#[tokio::test]
async fn numbers_leave_for_a_written_reason_and_small_ones_stay(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let family = ivushkins(&town).await;
    let coordinator = town.browser(Role::Coordinator).await;
    category(&town, &coordinator, &family).await;
    coordinator.get("/consents/categories").await.must_say("Одарённые менее 5").must_not_say("Ивушкина");
    let export = "/consents/categories/export";
    coordinator.post(export, &[("reason", "надо")]).await.must_be(422).must_say("Напишите, зачем");
    let file = coordinator.post(export, &[("reason", "Отчёт о мерах доступности")]).await;
    assert!(scanner::holds(&file, "менее 5") && !scanner::holds(&file, "Ивушкина"));
    let journal = town.browser(Role::Administrator).await.get("/journal").await;
    journal.must_say("Сводка по особым категориям выгружена").must_say("Отчёт о мерах доступности");
    town.browser(Role::Head).await.post(export, &[("reason", "Отчёт о мерах")]).await.must_be(403);
}

/// Returns what the database holds about categories: keys and records.
async fn held(town: &Town) -> Vec<String> {
    let (mut tx, school) = (town.look().await, town.school().await);
    let keys = "SELECT sealed FROM vault_keys WHERE school_id = $1 ORDER BY id";
    let records = "SELECT COALESCE(sealed, '') || COALESCE(open_text, '') FROM special_categories WHERE school_id = $1";
    let mut all: Vec<(String,)> = tx.all(keys, args![school]).await.unwrap();
    all.extend(tx.all::<(String,)>(records, args![school]).await.unwrap());
    all.into_iter().map(|(text,)| text).collect()
}

async fn write(town: &Town, sql: &'static str, facts: Vec<Value>) {
    let mut tx = town.app.db.begin().await.unwrap();
    assert_eq!(tx.run(sql, facts).await.unwrap(), 1);
    tx.commit().await.unwrap();
}

async fn coordinator_after_a_restart(town: &Town) -> Browser {
    let browser = town.restarted();
    browser.sign_in(&login_of(Role::Coordinator, ""), PASSWORD).await;
    browser
}

#[rstest]
#[tokio::test]
async fn the_data_alone_tell_nothing_and_the_key_file_opens_them(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let family = ivushkins(&town).await;
    let coordinator = town.browser(Role::Coordinator).await;
    assert!(!town.key_file().exists(), "the key is made when the first record needs it");
    category(&town, &coordinator, &family).await;
    let held = held(&town).await;
    assert_eq!(held.len(), 2, "one key, one record");
    for text in &held {
        assert!(!text.contains("Заключение") && !text.contains("gifted"), "{text}");
        assert!(!fs::read_to_string(town.key_file()).unwrap().contains(text.as_str()));
    }
    let path = format!("/consents/categories/people/{}", family.child);
    coordinator_after_a_restart(&town).await.get(&path).await.must_say(BASIS).must_say("Одарённые");
}

#[rstest]
#[tokio::test]
async fn without_the_right_key_file_a_sentence_says_what_to_do_and_nothing_is_lost(
    #[values(Sqlite, Postgres)] on: Dialect,
) {
    let town = Town::on(on).await;
    let family = ivushkins(&town).await;
    category(&town, &town.browser(Role::Coordinator).await, &family).await;
    let path = format!("/consents/categories/people/{}", family.child);
    let key = fs::read_to_string(town.key_file()).unwrap();
    let other = format!("nastavnik-key-1 {}\n", "ab".repeat(32));
    fs::remove_file(town.key_file()).unwrap();
    let coordinator = coordinator_after_a_restart(&town).await;
    coordinator.get(&path).await.must_be(503).must_say("не найден файл ключа");
    let fields = [("category", "rural"), ("since_on", "2026-09-01"), ("basis", "справка")];
    coordinator.post(&path, &fields).await.must_be(503).must_say("не найден файл ключа");
    assert!(!town.key_file().exists(), "a second key would divide the records");
    for (text, sentence) in [("приказ", "записан не ключ"), (other.as_str(), "файл ключа от других данных")]
    {
        fs::write(town.key_file(), text).unwrap();
        coordinator_after_a_restart(&town).await.get(&path).await.must_be(503).must_say(sentence);
    }
    coordinator.get("/consents").await.must_be(200);
    fs::write(town.key_file(), key).unwrap();
    coordinator_after_a_restart(&town).await.get(&path).await.must_say(BASIS);
}

#[rstest]
#[tokio::test]
async fn destroyed_records_are_not_read_again_even_from_a_restored_backup(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let family = ivushkins(&town).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let destruction = format!("/consents/categories/people/{}/destruction", family.child);
    coordinator.get(&destruction).await.must_be(422).must_say("уничтожать нечего");
    category(&town, &coordinator, &family).await;
    town.browser(Role::Psychologist).await.get(&destruction).await.must_be(403);
    let backup = held(&town).await.remove(0);

    let person = format!("/consents/people/{}", family.child);
    coordinator.get(&person).await.must_say("Уничтожить сведения об особых категориях");
    coordinator.get(&destruction).await.must_say("Вернуть их нельзя, даже из резервной копии");
    coordinator.submit(&destruction, &[]).await.must_say("Сведения об особых категориях уничтожены");
    coordinator.submit(&destruction, &[]).await.must_be(200);
    coordinator.get(&person).await.must_not_say("Уничтожить сведения");
    let path = format!("/consents/categories/people/{}", family.child);
    coordinator.get(&path).await.must_say("Категорий нет").must_not_say(BASIS);
    coordinator.get("/consents/categories").await.must_say("менее 5");
    let journal = town.browser(Role::Administrator).await.get("/journal").await;
    journal.must_say("Сведения об особых категориях человека уничтожены");

    let restore = "UPDATE vault_keys SET sealed = $2, destroyed_at = NULL WHERE school_id = $1";
    write(&town, restore, args![town.school().await, backup]).await;
    coordinator_after_a_restart(&town).await.get(&path).await.must_say("Категорий нет").must_not_say(BASIS);
    let anew = [("category", "rural"), ("since_on", "2026-09-01"), ("basis", "Справка о прописке")];
    coordinator.post(&path, &anew).await.must_be(303);
    coordinator.get(&path).await.must_say("Справка о прописке").must_not_say(BASIS);
}

#[rstest]
#[tokio::test]
async fn a_record_under_another_id_does_not_open(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let family = ivushkins(&town).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let id: Uuid = category(&town, &coordinator, &family).await.parse().unwrap();
    let swap = "UPDATE special_categories SET id = $2 WHERE id = $1";
    write(&town, swap, args![id, Uuid::now_v7()]).await;
    let path = format!("/consents/categories/people/{}", family.child);
    coordinator.get(&path).await.must_be(503).must_say("запись повреждена");
}

#[rstest]
#[tokio::test]
async fn what_an_earlier_version_wrote_in_the_open_is_sealed_at_the_next_start(
    #[values(Sqlite, Postgres)] on: Dialect,
) {
    let town = Town::on(on).await;
    let family = ivushkins(&town).await;
    let coordinator = town.browser(Role::Coordinator).await;
    category(&town, &coordinator, &family).await;
    let earlier = "
        INSERT INTO special_categories (id, school_id, person_id, open_text, since_on, recorded_at)
        VALUES ($1, $2, $3, 'orphan Постановление об опеке', '2026-09-01', $4)";
    write(&town, earlier, args![Uuid::now_v7(), town.school().await, family.child, town.app.clock.now()]).await;
    assert_eq!(consents::seal_earlier_categories(&town.app).await.unwrap(), 1);
    assert_eq!(consents::seal_earlier_categories(&town.app).await.unwrap(), 0);
    assert!(held(&town).await.iter().all(|text| !text.contains("опеке")));
    let page = coordinator.get(&format!("/consents/categories/people/{}", family.child)).await;
    page.must_say("Постановление об опеке").must_say("Сироты").must_say(BASIS);
}
