//! A name the program declines wrong is written as the family writes it.

use super::{made, said};
use crate::support::{Town, scanner};
use database::Dialect::{self, Postgres, Sqlite};
use nastavnik::access::Role;
use rstest::rstest;

#[rstest]
#[tokio::test]
async fn a_form_of_a_name_is_corrected_on_the_card_and_used_in_papers(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let person = town.person("Гусь Пётр Ильич", None, &["teacher"]).await;
    let path = format!("/people/{person}/name-forms");
    coordinator.get(&format!("/people/{person}")).await.must_say("Имя в падежах");
    let page = coordinator.get(&path).await;
    page.must_say("По правилам: Гусю Петру Ильичу");
    let form = page.form(&path).with("accusative", "Гусь Петра Ильича");
    let saved = form.send(&coordinator).await;
    said(&coordinator, saved).await.must_say("Имя в падежах сохранено");
    coordinator.get(&path).await.form(&path).fields.iter().for_each(|(name, value)| match name.as_str() {
        "accusative" => assert_eq!(value, "Гусь Петра Ильича"),
        "dative" => assert_eq!(value, "Гусю Петру Ильичу"),
        _ => {}
    });
    let order = made(&coordinator, "introduction-order").await;
    let edit = format!("{order}/edit");
    let form = coordinator.get(&edit).await.form(&edit).with("/curator/name", "Гусь Пётр Ильич");
    form.send(&coordinator).await.must_be(303);
    coordinator.get(&order).await.must_say("Гусь Петра Ильича");
    let form = coordinator.get(&path).await.form(&path).with("accusative", "");
    form.send(&coordinator).await.must_be(303);
    coordinator.get(&order).await.must_say("Гусь Петра Ильича");
    let docx = coordinator.get(&format!("{}/files/docx", made(&coordinator, "introduction-order").await)).await;
    assert!(!scanner::holds(&docx, "Гусь Петра"), "another name stands there");
    let teacher = town.browser(Role::ClassTeacher).await;
    teacher.get(&path).await.must_be(403);
}
