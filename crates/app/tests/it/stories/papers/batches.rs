//! Blanks of consents are printed by the class: a sheet per person, each with its own code.

use crate::{
    stories::consents::{ask, sign_with_scan},
    support::{Browser, Town, folk::Family},
};
use database::{
    Dialect::{self, Postgres, Sqlite},
    args,
};
use nastavnik::{
    access::{Role, SchoolId},
    paperwork::{code, queries},
};
use rstest::rstest;
use std::collections::BTreeSet;

/// Peoples a class with a child and three others who take part; nobody knows when the last one was born.
async fn class(town: &Town) -> Family {
    let family = town.family("Ивушкина Анна Петровна", "Ивушкина Ольга Львовна").await;
    for (name, born) in
        [("Берёзкин Олег", Some("2013-01-01")), ("Вербин Пётр", Some("2009-01-01")), ("Осинин Лев", None)]
    {
        let child = town.person(name, born, &["pupil"]).await;
        town.enrol(child, family.class).await;
        town.applies(child, "mentee").await;
    }
    family
}

async fn ask_everybody(coordinator: &Browser) {
    let form = coordinator.get("/consents/asking?class=6%D0%92").await.form("/consents/asking").with("all", "on");
    form.send(coordinator).await.must_be(303);
}

async fn codes(town: &Town) -> Vec<(String, bool)> {
    let school: SchoolId = town.school().await;
    let sql = "SELECT code, printed_on IS NOT NULL FROM papers WHERE school_id = $1 ORDER BY id";
    town.look().await.all(sql, args![school]).await.unwrap()
}

#[rstest]
#[tokio::test]
async fn a_class_is_printed_as_one_pile_and_everybody_has_a_code(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let family = class(&town).await;
    let coordinator = town.browser(Role::Coordinator).await;
    ask_everybody(&coordinator).await;
    let teacher = town.browser(Role::ClassTeacher).await;
    let page = format!("/consents/classes/{}", family.class);
    let form = teacher.get(&page).await.form(&format!("{page}/papers"));
    assert_eq!(form.fields.len(), 4);
    let pile = form.send(&teacher).await;
    assert!(pile.must_be(200).bytes.starts_with(b"%PDF"));
    assert!(pile.headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
    let codes = codes(&town).await;
    assert_eq!(codes.len(), 3, "nobody knows who signs for somebody without a day of birth");
    assert_eq!(codes.iter().map(|(code, _)| code).collect::<BTreeSet<_>>().len(), 3);
    assert!(codes.iter().all(|(text, printed)| code::read(text).as_ref() == Some(text) && *printed), "{codes:?}");
    let seen = teacher.get("/papers").await;
    seen.must_say("3 документа").must_say("напечатан").must_say("Берёзкин Олег").must_not_say("Осинин");
    teacher.get("/consents?state=printed").await.must_say("3 документа");
}

#[rstest]
#[tokio::test]
async fn printed_again_it_is_the_same_paper_in_the_words_of_today(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let family = class(&town).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let consent = ask(&coordinator, family.child, "participation").await;
    coordinator.post(&format!("{consent}/paper"), &[]).await.must_be(200);
    let first = codes(&town).await;
    let paper = coordinator.get("/papers").await.links("/papers/0").remove(0);
    coordinator.get(&paper).await.must_say("Ивушкина Ольга Львовна").must_say(&first[0].0);
    town.no_longer_represents(family.mother, family.child).await;
    let father = town.person("Ивушкин Пётр Ильич", None, &["parent"]).await;
    town.represents(father, family.child).await;
    coordinator.post(&format!("{consent}/paper"), &[]).await.must_be(200);
    assert_eq!(codes(&town).await, first, "the code on paper stays");
    coordinator.get(&paper).await.must_say("Ивушкин Пётр Ильич").must_not_say("Ивушкина Ольга");
}

#[rstest]
#[tokio::test]
async fn signatures_recorded_for_a_consent_sign_its_paper(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let family = class(&town).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let consent = ask(&coordinator, family.child, "participation").await;
    coordinator.post(&format!("{consent}/paper"), &[]).await.must_be(200);
    let paper = coordinator.get("/papers").await.links("/papers/0").remove(0);
    coordinator.get(&paper).await.must_say("Состояние напечатан");
    let way = coordinator.get(&format!("{paper}/signature")).await;
    assert_eq!(way.must_be(303).location.as_deref(), Some(consent.as_str()));
    sign_with_scan(&coordinator, &consent, family.mother).await.must_be(303);
    coordinator.get(&paper).await.must_say("Состояние подписан").must_say("Скачать скан");
    let again = coordinator.post(&format!("{consent}/paper"), &[]).await;
    coordinator.follow(again).await.must_say("Не напечатано").must_say("уже подписано");
    coordinator.post(&format!("{paper}/registration"), &[]).await.must_be(422);
}

#[rstest]
#[tokio::test]
async fn a_code_leads_to_its_paper_within_the_school_only(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let family = class(&town).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let consent = ask(&coordinator, family.child, "participation").await;
    coordinator.post(&format!("{consent}/paper"), &[]).await.must_be(200);
    let (code, _) = codes(&town).await.remove(0);
    let sight = town.whole_sight().await;
    let mut tx = town.look().await;
    let found = queries::document_by_code(&mut tx, sight, &code).await.unwrap().unwrap();
    assert_eq!(found.consent_id.map(|id| id.to_string()), Some(consent.rsplit('/').next().unwrap().to_owned()));
    assert!(queries::document_by_code(&mut tx, sight, "NS-00000000000000000000000000").await.unwrap().is_none());
    assert!(!code.contains("Ивушк"));
}

#[rstest]
#[tokio::test]
async fn papers_that_do_not_exist_are_not_printed(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let id = uuid::Uuid::now_v7().to_string();
    coordinator.post("/papers/printing", &[("paper", &id)]).await.must_be(404);
    coordinator.post("/papers/printing", &[]).await.must_be(422).must_say("Печатать нечего");
}
