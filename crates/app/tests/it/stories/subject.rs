//! Stories of the record about a person: everything that is held, handed out on request.

use super::{categories, consents::ask};
use crate::support::{Town, scanner};
use database::Dialect::{self, Postgres, Sqlite};
use nastavnik::{access::Role, subject::SECTIONS};
use rstest::rstest;

#[rstest]
#[tokio::test]
async fn everything_about_a_person_is_handed_out_on_paper_and_for_a_machine(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let family = town.family("Щепкодралова Зоя Ильинична", "Кузьмина Раиса Ильинична").await;
    ask(&coordinator, family.child, "participation").await;
    categories::category(&town, &coordinator, &family).await;
    let path = format!("/people/{}", family.child);
    town.browser(Role::Head).await.get(&path).await.must_be(200).must_say("Щепкодралова");
    let page = coordinator.get(&format!("{path}/record")).await;
    page.must_be(200).must_say("10 рабочих дней").must_say("Особые категории");

    let json = coordinator.get(&format!("{path}/record.json")).await;
    let json: serde_json::Value = serde_json::from_slice(&json.must_be(200).bytes).unwrap();
    assert_eq!(json["held"].as_object().unwrap().len(), SECTIONS.len());
    let first = |table: &str, column: &str| json["held"][table][0][column].as_str().unwrap_or_default().to_owned();
    assert_eq!(first("persons", "surname"), "Щепкодралова");
    assert_eq!(first("persons", "born_on"), "2014-03-08");
    assert_eq!(first("participations", "side"), "mentee");
    assert_eq!(first("guardianships", "grounds"), "mother");
    assert_eq!(first("consents", "purpose"), "participation");
    assert!(!first("special_categories", "sealed").is_empty() && !first("special_categories", "open_text").is_empty());
    let seen = json["seen_by"].to_string();
    assert!(seen.contains("Иванова head Петровна"), "{seen}");

    let paper = coordinator.get(&format!("{path}/record.docx")).await;
    paper.must_be(200);
    for words in ["Щепкодралова", "08.03.2014", "обучающийся", "мать", "Выдана выписка о человеке", "152-ФЗ, ст. 14"]
    {
        assert!(scanner::holds(&paper, words), "{words}");
    }
    assert!(!scanner::holds(&paper, "mentee"), "the paper speaks as a school does");
    assert!(!scanner::holds(&paper, "Кузьмина"), "the mother's own data are hers");
    let journal = town.browser(Role::Administrator).await.get("/journal?event=people.record_taken").await;
    journal
        .must_say("Найдено: 2 записи")
        .must_say("Формат: JSON")
        .must_say("Формат: Word")
        .must_not_say("Щепкодралова");
}

#[rstest]
#[tokio::test]
async fn a_record_is_handed_out_by_who_keeps_the_records_only(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let family = town.family("Щепкодралова Зоя Ильинична", "Кузьмина Раиса Ильинична").await;
    for role in Role::ALL.iter().filter(|role| **role != Role::Coordinator) {
        for format in ["docx", "json"] {
            let seen = town.browser(*role).await.get(&format!("/people/{}/record.{format}", family.child)).await;
            assert_eq!(seen.status, 403, "{role:?}");
        }
    }
    let nothing = uuid::Uuid::now_v7();
    town.browser(Role::Coordinator).await.get(&format!("/people/{nothing}/record.json")).await.must_be(404);
}
