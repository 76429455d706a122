//! Papers made where their records stand: registers, agreements, certificates.

use super::{made, register, said};
use crate::support::{Town, scanner};
use database::{
    Dialect::{self, Postgres, Sqlite},
    args,
};
use documents::tables::{Limits, read_xlsx};
use nastavnik::access::Role;
use rstest::rstest;

#[rstest]
#[tokio::test]
async fn a_base_is_a_paper_in_word_pdf_and_excel_and_is_made_anew_of_new_records(
    #[values(Sqlite, Postgres)] on: Dialect,
) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    coordinator.get("/papers/new/mentor-base").await.must_say("пока никого нет");
    coordinator.post("/papers/new/mentor-base", &[]).await.must_be(422).must_say("печатать нечего");
    let mentor = town.person("Дубова Вера Павловна", None, &["teacher"]).await;
    town.takes_part(mentor, "mentor").await;
    let page = coordinator.get("/participants/registers/mentors").await;
    let form = page.form("/participants/registers/mentors/paper");
    let sent = form.send(&coordinator).await;
    let paper = sent.location.clone().unwrap();
    said(&coordinator, sent).await.must_say("База наставников на 22.11.2026").must_say("Дубова Вера Павловна");
    let book = coordinator.get(&format!("{paper}/files/xlsx")).await;
    let tables = read_xlsx(&book.must_be(200).bytes, &Limits::default()).unwrap();
    assert!(format!("{tables:?}").contains("Дубова Вера Павловна"));
    let other = town.person("Кленова Инна Львовна", None, &["teacher"]).await;
    town.takes_part(other, "mentor").await;
    let renewed = coordinator.post(&format!("{paper}/renewal"), &[]).await;
    said(&coordinator, renewed).await.must_say("составлен заново").must_say("Кленова Инна");
    let same = coordinator.post(&format!("{paper}/renewal"), &[]).await;
    said(&coordinator, same).await.must_say("Записи не изменились");
    coordinator.get(&format!("{paper}/edit")).await.must_be(422).must_say("составляется по записям");
    let registry = made(&coordinator, "registry").await;
    coordinator.get(&registry).await.must_say("Кленова Инна");
    let potential = coordinator.get("/papers/new/potential-mentors").await;
    potential.must_say("Дубова Вера");
    let order = made(&coordinator, "introduction-order").await;
    coordinator.get(&format!("{order}/files/xlsx")).await.must_be(422).must_say("не таблица");
}

#[rstest]
#[tokio::test]
async fn an_agreement_gets_its_number_from_its_paper(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let form = coordinator.get("/partners/new").await.form("/partners/new").with("inn", "");
    let added =
        form.with("short_name", "АО «Завод»").with("name", "Акционерное общество «Завод»").send(&coordinator).await;
    let partner = added.location.unwrap();
    let path = format!("{partner}/agreements/new");
    let form = coordinator.get(&path).await.form(&path).with("number", "").with("signed_on", "");
    let form = form.with("prepared_on", "2026-11-01").with("valid_from", "").with("valid_until", "2027-08-31");
    let added = form.send(&coordinator).await;
    let agreement = added.must_be(303).location.clone().unwrap();
    let making = format!("{agreement}/paper");
    let make = || coordinator.post(&making, &[]);
    make().await.must_be(422).must_say("подписывает соглашения");
    let path = format!("{partner}/contacts/new");
    let form = coordinator.get(&path).await.form(&path).with("full_name", "Панова Инна Борисовна").with("email", "");
    form.with("signs", "on").with("authority", "Устава").send(&coordinator).await.must_be(303);
    make().await.must_be(422).must_say("людей, которых направляет партнёр");
    let mentor = town.person("Громова Жанна Ильинична", None, &["employer_rep"]).await;
    let id: uuid::Uuid = partner.rsplit('/').next().unwrap().parse().unwrap();
    let mut tx = town.app.db.begin().await.unwrap();
    tx.run("UPDATE persons SET partner_id = $1 WHERE id = $2", args![id, mentor]).await.unwrap();
    tx.commit().await.unwrap();
    let sent = make().await;
    let paper = sent.must_be(303).location.clone().unwrap();
    said(&coordinator, sent).await.must_say("Громова Жанна Ильинична").must_say("на основании устава");
    assert_eq!(make().await.location, Some(paper.clone()), "an agreement has one open paper");
    register(&coordinator, &paper, &[]).await.must_be(303);
    coordinator.get(&agreement).await.must_say("1-Н").must_say("22.11.2026");
}

#[rstest]
#[tokio::test]
async fn certificates_are_made_for_those_chosen(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let path = "/papers/new/certificate";
    coordinator.get(path).await.must_say("Участников пока нет");
    let mentor = town.person("Дубова Вера Павловна", None, &["teacher"]).await;
    let other = town.person("Кленова Инна Львовна", None, &["teacher"]).await;
    let first = town.takes_part(mentor, "mentor").await;
    town.takes_part(other, "mentor").await;
    coordinator.post(path, &[("date", "2026-11-22")]).await.must_be(422).must_say("хотя бы одного участника");
    let first = first.to_string();
    let sent = coordinator.post(path, &[("participation", &first), ("date", "2026-11-22"), ("reason", "")]).await;
    let paper = sent.must_be(303).location.clone().unwrap();
    said(&coordinator, sent).await.must_say("Дубова Вера Павловна").must_say("за наставническую работу");
    register(&coordinator, &paper, &[]).await.must_be(303);
    assert!(scanner::holds(&coordinator.get(&format!("{paper}/files/docx")).await, "1-Б"));
    coordinator.get("/papers").await.must_say("1 документ").must_not_say("Кленова");
}

#[rstest]
#[tokio::test]
async fn every_kind_is_offered_with_an_example(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let all = coordinator.get("/papers/new").await;
    for kind in documents::kinds::KINDS {
        all.must_say(kind.title);
        let example = coordinator.get(&format!("/papers/kinds/{}", kind.name)).await;
        example.must_be(200).must_say("вымышлены").must_say(&format!("nastavnik document make {}", kind.name));
        let status = coordinator.get(&format!("/papers/new/{}", kind.name)).await.status;
        assert!([200, 303].contains(&status), "{}: {status}", kind.name);
    }
    coordinator.get("/papers/kinds/unknown").await.must_be(404);
}
