//! Stories of partners, agreements and the numbers they give the road map.

use super::roadmap::{row, start_year};
use crate::support::{Browser, Town};
use database::{
    Dialect::{self, Postgres, Sqlite},
    args,
};
use documents::tables::{Limits, read_xlsx};
use nastavnik::access::Role;
use rstest::rstest;
use uuid::Uuid;

const PARTNERS: &str = "/partners";
const NEW: &str = "/partners/new";

/// Adds a partner and returns the path of its page.
pub async fn partner(coordinator: &Browser, name: &str, kind: &str) -> String {
    let form = coordinator.get(NEW).await.form(NEW).with("name", name).with("short_name", "").with("kind", kind);
    let added = form.with("inn", "").send(coordinator).await;
    added.must_be(303);
    added.location.unwrap()
}

/// Adds an agreement and returns the path of its page; an empty day of signing leaves it in preparation.
pub async fn agreement(coordinator: &Browser, partner: &str, number: &str, signed: &str, until: &str) -> String {
    let path = format!("{partner}/agreements/new");
    let form = coordinator.get(&path).await.form(&path).with("number", number).with("prepared_on", "2026-10-01");
    let form = form.with("signed_on", signed).with("valid_from", "").with("valid_until", until);
    let added = form.send(coordinator).await;
    added.must_be(303);
    added.location.unwrap()
}

/// Puts somebody of a partner on record as a mentor of 2026/27.
async fn mentor(town: &Town, partner: &str, surname: &str, entered: Option<&str>) {
    let id = Uuid::now_v7();
    let partner: Uuid = partner.rsplit('/').next().unwrap().parse().unwrap();
    let mut tx = town.app.db.begin().await.unwrap();
    let (school,): (nastavnik::access::SchoolId,) = tx.one("SELECT id FROM schools LIMIT 1", vec![]).await.unwrap();
    let sql = "
        INSERT INTO persons (id, school_id, surname, given_name, patronymic, name_key, phone, email, journal_id, partner_id,
                             workplace, note, left_reason, created_at, version)
        VALUES ($1, $2, $3, 'Пётр', '', $3, '', '', '', $4, '', '', '', $5, 1)";
    tx.run(sql, args![id, school, surname, partner, town.app.clock.now()]).await.unwrap();
    let sql = "
        INSERT INTO participations (id, school_id, school_year, person_id, side, source, source_note, offered_on,
                                    interview_result, decision_reason, entered_on, leave_note, form, role_model,
                                    request_text, desired_partner, achievements, capacity, slots, time_note, created_at,
                                    version)
        VALUES ($1, $2, 2026, $3, 'mentor', 'own', '', $4, '', '', $5, '', '', '', '', '', '', 1, $6, '', $7, 1)";
    let day = |text: &str| text.parse::<chrono::NaiveDate>().unwrap();
    let facts = args![
        Uuid::now_v7(),
        school,
        id,
        day("2026-10-01"),
        entered.map(day),
        serde_json::json!([]),
        town.app.clock.now()
    ];
    tx.run(sql, facts).await.unwrap();
    tx.commit().await.unwrap();
}

#[rstest]
#[tokio::test]
async fn a_partner_goes_from_the_first_talk_to_a_signed_agreement(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    coordinator.get(PARTNERS).await.must_say("Партнёров пока нет").must_say("Добавить партнёра");
    let college = partner(&coordinator, "Политехнический колледж", "college").await;
    let page = coordinator.get(&college).await;
    page.must_say("Колледж").must_say("Контактов нет").must_say("Соглашений нет").must_say("нет соглашения");

    let path = format!("{college}/contacts/new");
    let form = coordinator.get(&path).await.form(&path).with("full_name", "Речная Ольга Львовна").with("email", "");
    let refused = form.clone().with("signs", "on").with("authority", "").send(&coordinator).await;
    refused.must_be(422).must_say("Укажите, на основании чего подписывает");
    form.with("signs", "on").with("authority", "Устава").send(&coordinator).await.must_be(303);
    coordinator.get(&college).await.must_say("Речная Ольга Львовна").must_say("Подписывает на основании Устава");

    let draft = agreement(&coordinator, &college, "", "", "2027-08-31").await;
    coordinator.get(&draft).await.must_say("готовится").must_say("внесите номер и день подписания");
    let edit = format!("{draft}/edit");
    let form = coordinator.get(&edit).await.form(&edit).with("signed_on", "2026-10-12").with("valid_from", "");
    let form = form.with("valid_until", "2027-08-31").with("number", "");
    form.clone().send(&coordinator).await.must_be(422).must_say("У подписанного соглашения есть номер");
    form.with("number", "7").send(&coordinator).await.must_be(303);
    let page = coordinator.get(&draft).await;
    page.must_say("№ 7 от 12.10.2026").must_say("действует").must_say("Подписанного файла ещё нет");
    page.form(&format!("{draft}/file")).send(&coordinator).await.must_be(303);
    coordinator.get(&draft).await.must_say("Проверка.pdf").must_not_say("Подписанного файла ещё нет");

    let head = town.browser(Role::Head).await;
    let page = head.get(&college).await;
    page.must_say("№ 7 от 12.10.2026: действует, последний день 31.08.2027").must_not_say("Добавить соглашение");
    assert_eq!(head.get(&format!("{draft}/file")).await.bytes, b"%PDF-1.7 proof");
    let journal = town.browser(Role::Administrator).await.get("/journal").await;
    journal.must_say("Файл соглашения скачан").must_say("Контактное лицо партнёра добавлено");
    journal.must_not_say("Речная");
}

#[rstest]
#[tokio::test]
async fn an_agreement_expires_ends_early_and_is_never_signed_tomorrow(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let library = partner(&coordinator, "Районная библиотека", "culture").await;
    let until = agreement(&coordinator, &library, "3", "2026-10-20", "2026-12-22").await;
    let endless = agreement(&coordinator, &library, "4", "2026-10-21", "").await;
    coordinator.get(&until).await.must_say("истекает");
    coordinator.get(PARTNERS).await.must_say("1 соглашение").must_say("Срок заканчивается в ближайшие 30 дней");
    coordinator.get("/partners/agreements?state=expiring").await.must_say("1 соглашение из 2").must_say("№ 3");

    let path = format!("{endless}/termination");
    let form = coordinator.get(&path).await.form(&path).with("reason", "Уведомление партнёра");
    let early = form.clone().with("on", "2026-10-20").send(&coordinator).await;
    early.must_be(422).must_say("расторгнуть его раньше нельзя");
    form.with("on", "2026-11-20").send(&coordinator).await.must_be(303);
    let page = coordinator.get(&endless).await;
    page.must_say("расторгнуто").must_say("Уведомление партнёра");
    page.form(&format!("{endless}/restoration")).send(&coordinator).await.must_be(303);
    coordinator.get(&endless).await.must_say("действует").must_not_say("Уведомление партнёра");

    let edit = format!("{endless}/edit");
    let tomorrow = coordinator.get(&edit).await.form(&edit).with("signed_on", "2026-11-23");
    tomorrow.with("valid_from", "").send(&coordinator).await.must_be(422).must_say("День подписания ещё не наступил");
    town.days_pass(31);
    let coordinator = town.browser(Role::Coordinator).await;
    coordinator.get(&until).await.must_say("истекло");
    coordinator.get(&endless).await.must_say("действует");
}

#[rstest]
#[tokio::test]
async fn the_road_map_counts_partners_and_agreements(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    start_year(&coordinator).await;
    let giving = row(&coordinator, "1.3").await;
    let signing = row(&coordinator, "1.4").await;
    coordinator.get(&giving).await.must_say("Внести число");

    let college = partner(&coordinator, "Колледж", "college").await;
    let plant = partner(&coordinator, "Хлебозавод", "enterprise").await;
    mentor(&town, &college, "Седых", Some("2026-10-15")).await;
    mentor(&town, &college, "Долгих", Some("2026-10-16")).await;
    mentor(&town, &plant, "Черных", None).await;
    coordinator.get(&college).await.must_say("Седых Пётр наставник с 15.10.2026");
    coordinator.get(&plant).await.must_say("в базу наставников не входит");
    coordinator.get(&giving).await.must_say("нет данных").must_not_say("Внести число");
    coordinator.get(PARTNERS).await.must_say("Не внесено, сколько всего организаций");

    let totals = "/partners/organisations";
    let form = coordinator.get(totals).await.form(totals).with("total", "143").with("source", "Ответ округа");
    form.clone().with("total", "0").send(&coordinator).await.must_be(422).must_say("целое и больше нуля");
    form.clone().send(&coordinator).await.must_be(303);
    form.send(&coordinator).await.must_be(303);
    let page = coordinator.get(totals).await;
    page.must_say("143 организации 2026/27 22.11.2026 Ответ округа");
    assert_eq!(page.text().matches("Ответ округа").count(), 1, "a form sent twice enters one number");
    coordinator.get(&giving).await.must_say("1 из 143 — 0,6 %");

    agreement(&coordinator, &college, "1", "2026-10-12", "").await;
    coordinator.get(&signing).await.must_say("1 из 2 — 50,0 %");
    let page = coordinator.get(&plant).await;
    let ending = format!("{plant}/ending");
    page.must_say("Завершить работу");
    let form = coordinator.get(&ending).await.form(&ending).with("on", "2026-11-22");
    form.send(&coordinator).await.must_be(303);
    coordinator.get(&signing).await.must_say("1 из 1 — 100,0 %");
    coordinator.get(&plant).await.form(&format!("{plant}/return")).send(&coordinator).await.must_be(303);
    coordinator.get(&signing).await.must_say("1 из 2 — 50,0 %");
}

#[rstest]
#[tokio::test]
async fn lists_are_filtered_printed_and_saved_with_a_trace(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let college = partner(&coordinator, "=Колледж №1", "college").await;
    partner(&coordinator, "Дом культуры", "culture").await;
    agreement(&coordinator, &college, "12-С", "2026-10-12", "2027-05-31").await;
    let inspector = town.browser(Role::Inspector).await;
    inspector.get("/partners?q=КУЛЬТУРЫ").await.must_say("1 партнёр из 2").must_not_say("12-С");
    inspector.get("/partners?standing=bound").await.must_say("1 партнёр из 2").must_say("№ 12-С от 12.10.2026");
    inspector.get("/partners?kind=college&standing=unbound").await.must_say("Никого не найдено");
    inspector.get("/partners/print").await.must_say("Перечень партнёрских организаций").must_say("Дом культуры");
    inspector.get("/partners/agreements/print").await.must_say("Реестр соглашений с партнёрами").must_say("31.05.2027");

    let sheet = |bytes: &[u8]| read_xlsx(bytes, &Limits::default()).unwrap().remove(0);
    let texts = |bytes: &[u8]| sheet(bytes).rows.concat().into_iter().map(|cell| cell.text).collect::<Vec<_>>();
    let list = texts(&inspector.get("/partners.xlsx?standing=bound").await.bytes);
    assert!(list.iter().any(|text| text == "=Колледж №1"), "{list:?}");
    assert!(list.iter().all(|text| text != "Дом культуры"), "the file holds what the page shows");
    let register = texts(&inspector.get("/partners/agreements.xlsx").await.bytes);
    assert!(register.iter().any(|text| text == "действует"), "{register:?}");
    let journal = town.browser(Role::Administrator).await.get("/journal").await;
    journal.must_say("Перечень партнёров выгружен").must_say("Реестр соглашений выгружен").must_say("Записей: 1");
}

#[rstest]
#[tokio::test]
async fn of_two_people_who_save_a_partner_the_second_sees_both_versions(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let college = partner(&coordinator, "Колледж", "college").await;
    let edit = format!("{college}/edit");
    let form = coordinator.get(&edit).await.form(&edit).with("inn", "");
    form.clone().with("address", "ул. Новая, д. 5").send(&coordinator).await.must_be(303);
    let conflict = form.clone().with("address", "ул. Старая, д. 9").send(&coordinator).await;
    conflict.must_be(409).must_say("ул. Старая, д. 9").must_say("ул. Новая, д. 5");
    form.with("inn", "1234567890").send(&coordinator).await.must_be(422).must_say("В ИНН ошибка");
    let twin = coordinator.get(NEW).await.form(NEW).with("name", "КОЛЛЕДЖ").with("inn", "");
    twin.send(&coordinator).await.must_be(422).must_say("Такая организация уже есть в перечне");
}

#[rstest]
#[tokio::test]
async fn partners_are_found_by_those_who_read_about_them(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    partner(&town.browser(Role::Coordinator).await, "Хлебозавод", "enterprise").await;
    for reader in [Role::Coordinator, Role::Head, Role::Inspector] {
        let browser = town.browser(reader).await;
        browser.get("/search?q=хлебо").await.must_say("Хлебозавод");
        browser.get("/").await.must_say("Партнёры");
    }
    for other in [Role::ClassTeacher, Role::GroupCurator, Role::Psychologist, Role::Contributor, Role::Administrator] {
        let browser = town.browser(other).await;
        browser.get("/search?q=хлебо").await.must_not_say("Хлебозавод");
        browser.get(PARTNERS).await.must_be(403);
        browser.get("/").await.must_not_say("Партнёры");
    }
}
