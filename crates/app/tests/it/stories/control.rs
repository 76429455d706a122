//! Stories of the head who asks how the road map is carried out.

use super::roadmap::{row, start_year};
use crate::support::{Browser, Town};
use database::Dialect::{self, Postgres, Sqlite};
use documents::tables::{Limits, read_xlsx};
use nastavnik::access::Role;
use rstest::rstest;

/// Confirms a row without its indicator.
async fn confirm(coordinator: &Browser, number: &str, on: &str) {
    let row = row(coordinator, number).await;
    let fields = [("done_on", on), ("reason", "подтверждено протоколом совещания при директоре")];
    coordinator.post(&format!("{row}/confirmation"), &fields).await.must_be(303);
}

#[rstest]
#[tokio::test]
async fn the_head_reads_how_the_road_map_is_carried_out(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let head = town.browser(Role::Head).await;
    head.get("/control/statement").await.must_be(200).must_say("Учебный год ещё не начат");
    start_year(&coordinator).await;
    confirm(&coordinator, "1.1", "2026-10-20").await;
    confirm(&coordinator, "1.2", "2026-11-05").await;

    let statement = head.get("/control/statement").await;
    statement
        .must_be(200)
        .must_say("На 22.11.2026 выполнено 2 из 29 мероприятий дорожной карты (6,8 %), с опозданием — 1");
    statement.must_say("Просрочено 11 мероприятий").must_say("Итого");
    statement.must_say("Подтверждены, хотя показатель не достигнут").must_say("подтверждено протоколом совещания");
    statement.must_say("5.1 и 5.2 подводят итог остальным").must_say("В. П. Директорова");

    let deadlines = head.get("/control/deadlines").await;
    deadlines.must_say("Выполнены с опозданием: 1.2").must_say("на 11 дней раньше").must_say("на 5 дней позже");
    deadlines.must_say("1 из 13 — 7,6 %");
}

#[rstest]
#[tokio::test]
async fn the_workbooks_say_what_the_pages_say(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    start_year(&coordinator).await;
    confirm(&coordinator, "1.1", "2026-10-20").await;
    let texts = |bytes: &[u8]| {
        let sheets = read_xlsx(bytes, &Limits::default()).unwrap();
        let cells = sheets.into_iter().flat_map(|sheet| sheet.rows).flatten().map(|cell| cell.text);
        cells.filter(|text| !text.is_empty()).collect::<Vec<_>>()
    };
    let statement = texts(&coordinator.get("/control/statement.xlsx?year=2026").await.bytes);
    assert!(
        statement.iter().any(|text| text.starts_with("На 22.11.2026 выполнено 1 из 29 мероприятий")),
        "{statement:?}"
    );
    let deadlines = texts(&coordinator.get("/control/deadlines.xlsx").await.bytes);
    assert_eq!(deadlines.iter().filter(|text| *text == "просрочено").count(), 12);
    assert!(deadlines.iter().any(|text| text == "20.10.2026"));
}

#[tokio::test]
async fn the_pages_show_the_year_that_was_asked_for() {
    let town = Town::on(Sqlite).await;
    let coordinator = town.browser(Role::Coordinator).await;
    start_year(&coordinator).await;
    let made = coordinator.post("/years/new", &[("year", "2027"), ("origin", "template")]).await;
    coordinator.post(&format!("{}/start", made.location.unwrap()), &[]).await.must_be(303);
    for page in ["statement", "deadlines"] {
        let next = coordinator.get(&format!("/control/{page}?year=2027")).await;
        next.must_say("2027–2028 учебный год");
        assert!(next.links(&format!("/control/{page}?year=2026")).len() == 1, "the other year is one click away");
        coordinator.get(&format!("/control/{page}")).await.must_say("2026–2027 учебный год");
        coordinator.get(&format!("/control/{page}.xlsx?year=2031")).await.must_be(404);
    }
    coordinator.get("/control/deadlines?year=2027").await.must_say("ни один срок ещё не наступил");
}
