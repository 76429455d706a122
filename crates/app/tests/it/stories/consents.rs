//! Consents are asked for, printed, signed, corrected, registered and made anew.

use crate::support::{Browser, Seen, Town, folk::Family, scanner};
use database::{
    Dialect::{self, Postgres, Sqlite},
    args,
    testing::TestDatabase,
};
use nastavnik::{access::Role, participation::Side, router::MIGRATIONS};
use rstest::rstest;
use uuid::Uuid;

/// Asks one person for a consent and returns the path of its page.
pub async fn ask(coordinator: &Browser, person: Uuid, purpose: &str) -> String {
    let known = documents(coordinator, person).await;
    let key = Uuid::now_v7().to_string();
    let fields = [("key", key.as_str()), ("purpose", purpose), ("person", &person.to_string())];
    coordinator.submit("/consents/asking", &fields).await.must_say("Запрошено: 1 согласие");
    let new = documents(coordinator, person).await.into_iter().find(|path| !known.contains(path));
    new.expect("the page of the person lists the new document")
}

/// Returns the paths of the documents of a person.
async fn documents(browser: &Browser, person: Uuid) -> Vec<String> {
    let mut paths = browser.get(&format!("/consents/people/{person}")).await.links("/consents/");
    paths.retain(|path| path.split('/').nth(2).is_some_and(|part| Uuid::try_parse(part).is_ok()));
    paths
}

/// Records the mother's signature under a document.
pub async fn sign(browser: &Browser, consent: &str, mother: Uuid) -> Seen {
    signed(browser, consent, mother, ("", b"")).await
}

/// Records the mother's signature with a scan.
pub async fn sign_with_scan(browser: &Browser, consent: &str, mother: Uuid) -> Seen {
    signed(browser, consent, mother, ("Скан.pdf", b"%PDF-1.7")).await
}

async fn signed(browser: &Browser, consent: &str, mother: Uuid, scan: (&str, &[u8])) -> Seen {
    let version = browser.get(consent).await.value_of("version");
    let mother = mother.to_string();
    let fields = [
        ("version", version.as_str()),
        ("signed_on", "2026-11-20"),
        ("representative", &mother),
        ("valid_until", "2027-08-31"),
    ];
    browser.upload(&format!("{consent}/signature"), &fields, scan).await
}

/// Returns the numbers of all documents, the smallest first.
async fn numbers(browser: &Browser) -> Vec<i64> {
    let pages = browser.get("/consents").await.links("/consents/");
    let mut numbers: Vec<i64> = vec![];
    let of_one = |page: &&String| page.split('/').nth(2).is_some_and(|part| Uuid::try_parse(part).is_ok());
    for page in pages.iter().filter(of_one) {
        let text = browser.get(page).await.text();
        let number = text.split_once(" Цель ").and_then(|(before, _)| before.rsplit(' ').next()?.parse().ok());
        numbers.push(number.expect("the page of a consent says its number"));
    }
    numbers.sort_unstable();
    numbers
}

async fn ivushkins(town: &Town) -> Family {
    town.family("Ивушкина Анна Петровна", "Ивушкина Ольга Львовна").await
}

#[rstest]
#[tokio::test]
async fn a_consent_is_asked_for_printed_signed_and_counts(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let family = ivushkins(&town).await;
    let coordinator = town.browser(Role::Coordinator).await;
    coordinator.get("/consents").await.must_say("1 участник или кандидат без действующего согласия");
    coordinator.get("/consents/asking").await.must_say("Ивушкина Анна Петровна, 6В").must_say("законный представитель");
    let consent = ask(&coordinator, family.child, "participation").await;
    coordinator.get(&consent).await.must_say("Состояние нужно").must_say("законный представитель");
    coordinator
        .submit("/consents/printing", &[("consent", consent.rsplit('/').next().unwrap())])
        .await
        .must_say("Отмечено напечатанным: 1 бланк")
        .must_say("Состояние напечатано");
    let page = sign(&coordinator, &consent, family.mother).await;
    coordinator.follow(page).await.must_say("согласие действует").must_say("Ивушкина Ольга Львовна (мать)");
    coordinator.get("/consents").await.must_not_say("без действующего согласия").must_say("подписано");
}

#[rstest]
#[tokio::test]
async fn everybody_of_a_class_is_asked_at_once_and_nobody_twice(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let family = ivushkins(&town).await;
    for name in ["Берёзкин Олег", "Вербин Пётр"] {
        let child = town.person(name, Some("2013-01-01"), &["pupil"]).await;
        town.enrol(child, family.class).await;
        town.applies(child, "mentee").await;
    }
    let mentor = town.person("Дубова Вера", None, &["teacher"]).await;
    town.applies(mentor, "mentor").await;
    let coordinator = town.browser(Role::Coordinator).await;
    let form = coordinator.get("/consents/asking?class=6%D0%92").await.form("/consents/asking").with("all", "on");
    let sent = form.send(&coordinator).await;
    coordinator.follow(sent).await.must_say("Запрошено: 3 согласия").must_say("3 документа");
    let again = form.send(&coordinator).await;
    coordinator.follow(again).await.must_say("уже запрошены").must_say("3 документа");
    let all = coordinator.get("/consents/asking").await;
    all.must_say("Дубова Вера").must_say("подписывает: лично").must_not_say("Вербин");
    all.form("/consents/asking").with("all", "on").send(&coordinator).await.must_be(303);
    coordinator.get("/consents").await.must_say("4 документа");
    assert_eq!(numbers(&coordinator).await, [1, 2, 3, 4], "each has the next number, and a form sent twice takes none");
}

#[rstest]
#[tokio::test]
async fn the_same_form_sent_twice_at_once_asks_once(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let family = ivushkins(&town).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let (key, child) = (Uuid::now_v7().to_string(), family.child.to_string());
    let fields = [("key", key.as_str()), ("purpose", "transfer"), ("person", child.as_str())];
    tokio::join!(coordinator.post("/consents/asking", &fields), coordinator.post("/consents/asking", &fields));
    coordinator.get("/consents?purpose=transfer").await.must_say("1 документ");
}

#[rstest]
#[tokio::test]
async fn those_sign_who_must(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let family = ivushkins(&town).await;
    let older = town.person("Липова Инна", Some("2011-05-05"), &["pupil"]).await;
    town.applies(older, "mentee").await;
    town.represents(family.mother, older).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let consent = ask(&coordinator, family.child, "participation").await;
    let path = format!("{consent}/signature");
    let mother = family.mother.to_string();
    let own = [("version", "1"), ("signed_on", "2026-11-20"), ("by_person", "on")];
    coordinator.upload(&path, &own, ("", b"")).await.must_be(422).must_say("нужна подпись законного представителя");
    let ahead = [("version", "1"), ("signed_on", "2026-11-23"), ("representative", &mother)];
    coordinator.upload(&path, &ahead, ("", b"")).await.must_be(422).must_say("ещё не наступила");
    coordinator.upload(&path, &[("version", "1")], ("", b"")).await.must_be(422).must_say("Укажите дату подписи");
    let consent = ask(&coordinator, older, "participation").await;
    let one = [("version", "1"), ("signed_on", "2026-11-20"), ("representative", &mother)];
    let path = format!("{consent}/signature");
    coordinator.upload(&path, &one, ("", b"")).await.must_be(422).must_say("Нужны две подписи");
    let both = [one[0], one[1], one[2], ("by_person", "on")];
    coordinator.upload(&path, &both, ("Скан.pdf", b"%PDF-1.7")).await.must_be(303);
    let scan = coordinator.get(&format!("{consent}/scan")).await;
    assert_eq!(scan.bytes, b"%PDF-1.7");
    assert!(scan.headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
}

#[rstest]
#[tokio::test]
async fn a_school_may_let_pupils_from_fourteen_sign_alone(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    town.decides(false, true, false).await;
    let older = town.person("Липова Инна", Some("2011-05-05"), &["pupil"]).await;
    town.applies(older, "mentee").await;
    let coordinator = town.browser(Role::Coordinator).await;
    let consent = ask(&coordinator, older, "participation").await;
    let own = [("version", "1"), ("signed_on", "2026-11-20"), ("by_person", "on")];
    coordinator.upload(&format!("{consent}/signature"), &own, ("", b"")).await.must_be(303);
}

#[rstest]
#[tokio::test]
async fn the_register_of_the_programme_names_number_and_day_of_the_consent(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let cast = town.cast().await;
    let teacher = cast.teacher("Образцова Вера Павловна", "2001-09-01").await;
    cast.participant(teacher, Side::Mentor).await;
    let coordinator = town.browser(Role::Coordinator).await;
    ask(&coordinator, teacher.uuid(), "transfer").await;
    let consent = ask(&coordinator, teacher.uuid(), "participation").await;
    let register = "/participants/registers/registry";
    coordinator.get(register).await.must_say("Образцова").must_not_say("№ 2 от");
    let own = [("version", "1"), ("signed_on", "2026-11-20"), ("by_person", "on")];
    coordinator.upload(&format!("{consent}/signature"), &own, ("", b"")).await.must_be(303);
    coordinator.get(register).await.must_say("№ 2 от 20.11.2026");
}

#[rstest]
#[tokio::test]
async fn a_stale_form_overwrites_nothing_and_shows_both_versions(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let family = ivushkins(&town).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let consent = ask(&coordinator, family.child, "participation").await;
    sign(&coordinator, &consent, family.mother).await.must_be(303);
    let mother = family.mother.to_string();
    let stale =
        [("version", "1"), ("signed_on", "2026-11-01"), ("representative", &mother), ("valid_until", "2027-05-31")];
    let seen = coordinator.upload(&format!("{consent}/signature"), &stale, ("", b"")).await;
    seen.must_be(409).must_say("31.05.2027").must_say("31.08.2027");
    coordinator.get(&consent).await.must_say("31.08.2027");
}

#[rstest]
#[tokio::test]
async fn a_class_teacher_keeps_the_own_class_and_sees_no_other(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let family = ivushkins(&town).await;
    let other = town.class("9А", None).await;
    let stranger = town.person("Осинина Юлия", Some("2012-01-01"), &["pupil"]).await;
    town.enrol(stranger, other).await;
    town.applies(stranger, "mentee").await;
    let coordinator = town.browser(Role::Coordinator).await;
    let consent = ask(&coordinator, family.child, "participation").await;
    let foreign = ask(&coordinator, stranger, "participation").await;
    let teacher = town.browser(Role::ClassTeacher).await;
    teacher.get("/consents").await.must_say("Ивушкина Анна").must_not_say("Осинина");
    let class = format!("/consents/classes/{}", family.class);
    teacher.get(&class).await.must_say("Согласия класса 6В").must_say("0 из 1");
    teacher.get(&class).await.form("/consents/printing").send(&teacher).await.must_be(303);
    sign(&teacher, &consent, family.mother).await.must_be(303);
    teacher.get(&class).await.must_say("1 из 1");
    for path in [foreign.clone(), format!("/consents/classes/{other}"), format!("/consents/people/{stranger}")] {
        teacher.get(&path).await.must_be(404);
    }
    let id = foreign.rsplit('/').next().unwrap();
    teacher.post("/consents/printing", &[("consent", id)]).await.must_be(404);
    let sheet = teacher.get("/consents.xlsx").await;
    assert!(scanner::holds(&sheet, "Ивушкина") && !scanner::holds(&sheet, "Осинина"));
    assert!(scanner::holds(&coordinator.get("/consents.xlsx").await, "Осинина"));
}

#[rstest]
#[tokio::test]
async fn those_who_only_read_change_nothing(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let family = ivushkins(&town).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let consent = ask(&coordinator, family.child, "participation").await;
    for role in [Role::Head, Role::Inspector] {
        let reader = town.browser(role).await;
        reader.get(&consent).await.must_say("Состояние нужно").must_not_say("Внести подписи");
        reader.post("/consents/printing", &[]).await.must_be(403);
        reader.post("/consents/asking", &[]).await.must_be(403);
    }
    for role in [Role::Administrator, Role::Contributor] {
        town.browser(role).await.get("/consents").await.must_be(403);
    }
    let psychologist = town.browser(Role::Psychologist).await;
    psychologist.get("/consents").await.must_say("Ивушкина Анна");
    town.browser(Role::GroupCurator).await.get("/consents").await.must_not_say("Ивушкина");
}

#[rstest]
#[tokio::test]
async fn another_school_sees_nothing(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let family = ivushkins(&town).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let consent = ask(&coordinator, family.child, "participation").await;
    town.neighbour().await;
    let neighbour = town.stranger();
    neighbour.sign_in("coordinator-2", crate::support::PASSWORD).await;
    neighbour.get("/consents").await.must_not_say("Ивушкина");
    for path in [consent.clone(), format!("/consents/people/{}", family.child), format!("{consent}/withdrawal")] {
        neighbour.get(&path).await.must_be(404);
    }
    let (key, child) = (Uuid::now_v7().to_string(), family.child.to_string());
    let fields = [("key", key.as_str()), ("purpose", "transfer"), ("person", child.as_str())];
    neighbour.post("/consents/asking", &fields).await.must_be(404);
}

#[rstest]
#[tokio::test]
async fn a_birthday_and_another_representative_ask_for_a_new_consent(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let family = ivushkins(&town).await;
    let soon = town.person("Липова Инна", Some("2012-11-25"), &["pupil"]).await;
    town.applies(soon, "mentee").await;
    town.represents(family.mother, soon).await;
    let coordinator = town.browser(Role::Coordinator).await;
    for child in [family.child, soon] {
        let consent = ask(&coordinator, child, "participation").await;
        sign(&coordinator, &consent, family.mother).await.must_be(303);
    }
    coordinator.get("/consents/renewals").await.must_say("Переоформлять нечего");
    town.days_pass(3);
    let coordinator = town.browser(Role::Coordinator).await;
    let list = coordinator.get("/consents/renewals").await;
    list.must_say("Липова Инна").must_say("исполнилось 14 лет").must_not_say("Ивушкина Анна");
    town.no_longer_represents(family.mother, family.child).await;
    let list = coordinator.get("/consents/renewals").await;
    list.must_say("Ивушкина Анна").must_say("сменился законный представитель");
    list.form("/consents/asking").send(&coordinator).await.must_be(303);
    let left = coordinator.get("/consents/renewals").await;
    assert!(left.says("Липова Инна") != left.says("Ивушкина Анна"), "{}", left.text());
}

#[rstest]
#[tokio::test]
async fn the_trace_names_nobody(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let family = ivushkins(&town).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let consent = ask(&coordinator, family.child, "participation").await;
    sign(&coordinator, &consent, family.mother).await.must_be(303);
    coordinator.get(&format!("/consents/people/{}", family.child)).await.must_be(200);
    let journal = town.browser(Role::Administrator).await.get("/journal").await;
    journal.must_say("Запрошено согласие").must_say("Внесено подписанное согласие").must_say("Просмотрены согласия");
    journal.must_not_say("Ивушкин").must_not_say("20.11.2026");
}

#[rstest]
#[tokio::test]
async fn consents_of_an_older_database_get_numbers_in_the_order_they_were_asked_for(
    #[values(Sqlite, Postgres)] on: Dialect,
) {
    let numbered = MIGRATIONS.iter().position(|(name, _)| name.starts_with("0051_")).unwrap();
    let old = TestDatabase::new(on, &MIGRATIONS[..numbered]).await;
    let db = old.db.of_every_school();
    let (school, person) = (Uuid::now_v7(), Uuid::now_v7());
    let mut tx = db.begin().await.unwrap();
    tx.run(OLD_SCHOOL, args![school]).await.unwrap();
    tx.run(OLD_PERSON, args![person, school]).await.unwrap();
    for (year, asked_on) in [(2026_i64, "2026-10-02"), (2026, "2026-09-01"), (2025, "2025-09-01"), (2026, "2026-10-01")]
    {
        let asked_on: chrono::NaiveDate = asked_on.parse().unwrap();
        let facts = args![Uuid::now_v7(), school, person, year, asked_on, serde_json::json!([])];
        tx.run(OLD_CONSENT, facts).await.unwrap();
    }
    tx.commit().await.unwrap();

    assert_eq!(db.migrate(MIGRATIONS).await.unwrap(), database::migrations_of(on, &MIGRATIONS[numbered..]).len());
    let mut tx = db.read().await.unwrap();
    let sql = "SELECT school_year, number, CAST(asked_on AS TEXT) FROM consents ORDER BY school_year, number";
    let numbers: Vec<(i64, i64, String)> = tx.all(sql, args![]).await.unwrap();
    let expected = [(2025, 1, "2025-09-01"), (2026, 1, "2026-09-01"), (2026, 2, "2026-10-01"), (2026, 3, "2026-10-02")];
    assert_eq!(numbers, expected.map(|(year, number, day)| (year, number, day.to_owned())));
    let sql = "SELECT journal_year, last_number FROM paper_counters WHERE journal = 'consents' ORDER BY journal_year";
    let last: Vec<(i64, i64)> = tx.all(sql, args![]).await.unwrap();
    assert_eq!(last, [(2025, 1), (2026, 3)], "the next one goes on from there");
}

const OLD_SCHOOL: &str = "
    INSERT INTO schools (id, name, short_name, kind, is_small, address, municipality, head_name, head_post, time_zone,
                         created_at, version)
    VALUES ($1, 'Школа', 'Школа', 'school', FALSE, '', '', '', '', 'Europe/Moscow', '2026-09-01 00:00:00+00:00', 1)";
const OLD_PERSON: &str = "
    INSERT INTO persons (id, school_id, surname, given_name, patronymic, name_key, phone, email, journal_id, workplace, note,
                         left_reason, created_at, version)
    VALUES ($1, $2, 'Ивушкина', 'Анна', '', 'ивушкина анна', '', '', '', '', '', '', '2026-09-01 00:00:00+00:00', 1)";
const OLD_CONSENT: &str = "
    INSERT INTO consents (id, school_id, person_id, school_year, purpose, signers, template, template_sha256, asked_on,
                          signed_by, withdrawn_by, withdrawal_note, created_at, version)
    VALUES ($1, $2, $3, $4, 'participation', 'both', 'participation/1', '', $5, $6, '', '', '2026-09-01 00:00:00+00:00', 1)";
