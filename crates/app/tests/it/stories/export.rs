//! Stories of a road map taken out of the program.

use super::roadmap::{row, start_year};
use crate::support::{PASSWORD, Seen, Town, login_of};
use axum::http::header;
use database::Dialect::{self, Postgres, Sqlite};
use documents::tables::{Limits, read_docx, read_xlsx};
use nastavnik::access::Role;
use rstest::rstest;

fn header_of<'s>(seen: &'s Seen, name: &header::HeaderName) -> &'s str {
    seen.headers[name].to_str().unwrap()
}

#[rstest]
#[tokio::test]
async fn the_road_map_is_saved_as_word_excel_and_calendar(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    start_year(&coordinator).await;
    let head = town.browser(Role::Head).await;

    let word = head.get("/roadmap/export/docx?year=2026").await;
    word.must_be(200);
    assert!(header_of(&word, &header::CONTENT_DISPOSITION).starts_with("attachment; "));
    assert_eq!(header_of(&word, &header::X_CONTENT_TYPE_OPTIONS), "nosniff");
    let table = read_docx(&word.bytes, &Limits::default()).unwrap().remove(0);
    assert_eq!(table.rows.len(), 1 + 5 + 31);

    let excel = head.get("/roadmap/export/xlsx").await;
    let sheets = read_xlsx(&excel.bytes, &Limits::default()).unwrap();
    assert_eq!(sheets.len(), 2);
    assert!(sheets[1].rows.len() > 31, "an indicator per line");

    let calendar = head.get("/roadmap/export/ics").await;
    assert!(header_of(&calendar, &header::CONTENT_TYPE).starts_with("text/calendar"));
    assert_eq!(calendar.html().matches("BEGIN:VEVENT\r\n").count(), 31);
}

#[rstest]
#[tokio::test]
async fn taking_the_road_map_out_leaves_a_trace(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    start_year(&coordinator).await;
    town.browser(Role::Inspector).await.get("/roadmap/export/ics").await.must_be(200);
    town.browser(Role::Inspector).await.get("/control/statement.xlsx").await.must_be(200);
    let mut tx = town.look().await;
    let sql = "SELECT actor_name FROM audit_log WHERE event = 'roadmap.exported'";
    let traces: Vec<(String,)> = tx.all(sql, vec![]).await.unwrap();
    assert_eq!(traces.len(), 2);
    assert!(traces.iter().all(|(name,)| name == "Иванова inspector Петровна"));
}

#[tokio::test]
async fn an_unknown_format_or_year_is_not_found() {
    let town = Town::on(Sqlite).await;
    let coordinator = town.browser(Role::Coordinator).await;
    coordinator.get("/roadmap/export/docx").await.must_be(404);
    start_year(&coordinator).await;
    for path in ["pdf", "json", "DOCX", "docx%2F..", "docx?year=2031"] {
        coordinator.get(&format!("/roadmap/export/{path}")).await.must_be(404);
    }
}

#[tokio::test]
async fn an_event_keeps_its_identity_when_its_row_changes() {
    let town = Town::on(Sqlite).await;
    let coordinator = town.browser(Role::Coordinator).await;
    start_year(&coordinator).await;
    let uids = |text: &str| {
        let lines = text.lines().filter(|line| line.starts_with("UID:"));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    let before = coordinator.get("/roadmap/export/ics").await.html();
    let row = row(&coordinator, "1.3").await;
    let cancelled =
        coordinator.post(&format!("{row}/cancellation"), &[("reason", "В этом году партнёров у школы нет")]).await;
    cancelled.must_be(303);
    let after = coordinator.get("/roadmap/export/ics").await.html();
    assert_eq!(uids(&before), uids(&after));
    assert!(!before.contains("STATUS:CANCELLED") && after.contains("STATUS:CANCELLED"));
}

#[tokio::test]
async fn text_that_looks_like_a_formula_stays_text_in_excel() {
    let town = Town::on(Sqlite).await;
    let coordinator = town.browser(Role::Coordinator).await;
    start_year(&coordinator).await;
    let row = row(&coordinator, "1.3").await;
    let reason = "=HYPERLINK(\"http://example.org\")";
    coordinator.post(&format!("{row}/cancellation"), &[("reason", reason)]).await.must_be(303);
    let excel = coordinator.get("/roadmap/export/xlsx").await;
    let sheet = read_xlsx(&excel.bytes, &Limits::default()).unwrap().remove(0);
    let texts: Vec<&str> = sheet.rows.iter().flatten().map(|cell| cell.text.as_str()).collect();
    assert!(texts.iter().any(|text| text.ends_with(reason)), "the reason stands there word for word");
}

#[tokio::test]
async fn what_was_saved_can_be_taken_over_by_another_school() {
    let town = Town::on(Sqlite).await;
    let coordinator = town.browser(Role::Coordinator).await;
    start_year(&coordinator).await;
    town.neighbour().await;
    let neighbour = town.stranger();
    neighbour.sign_in(&login_of(Role::Coordinator, "-2"), PASSWORD).await;
    for format in ["docx", "xlsx"] {
        let file = coordinator.get(&format!("/roadmap/export/{format}")).await;
        let name = format!("Карта соседей.{format}");
        let read = neighbour.upload("/roadmap/import", &[("year", "2026"), ("text", "")], (&name, &file.bytes)).await;
        let preview = neighbour.follow(read).await;
        preview.must_say("31 мероприятие в 5 разделах").must_say("Сроки поняты у 31 из 31").must_say("Сомнений нет");
    }
}
