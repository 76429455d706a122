//! Who sees which papers; nobody sees somebody who has withdrawn.

use super::{made, print, register, sign};
use crate::{
    stories::{
        consents::{ask, sign_with_scan},
        withdrawals::withdrawn,
    },
    support::{Town, scanner},
};
use database::Dialect::{self, Postgres, Sqlite};
use nastavnik::access::Role;
use rstest::rstest;

#[rstest]
#[tokio::test]
async fn a_class_teacher_sees_and_prints_the_own_class_only(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let family = town.family("Ивушкина Анна Петровна", "Ивушкина Ольга Львовна").await;
    let other = town.class("9А", None).await;
    let stranger = town.person("Осинина Юлия", Some("2012-01-01"), &["pupil"]).await;
    town.enrol(stranger, other).await;
    town.applies(stranger, "mentee").await;
    let coordinator = town.browser(Role::Coordinator).await;
    let order = made(&coordinator, "introduction-order").await;
    let own = ask(&coordinator, family.child, "participation").await;
    let foreign = ask(&coordinator, stranger, "participation").await;
    coordinator.post(&format!("{foreign}/paper"), &[]).await.must_be(200);
    let foreign_paper = coordinator.get("/papers?q=%D0%9E%D1%81%D0%B8%D0%BD").await.links("/papers/0").remove(0);
    let teacher = town.browser(Role::ClassTeacher).await;
    teacher.get("/papers").await.must_say("0 документов");
    teacher.post(&format!("{own}/paper"), &[]).await.must_be(200);
    teacher.get("/papers").await.must_say("1 документ").must_say("Ивушкина").must_not_say("Осинина");
    teacher.post(&format!("{foreign}/paper"), &[]).await.must_be(404);
    for path in [foreign_paper.clone(), format!("{foreign_paper}/files/pdf"), order.clone(), format!("{order}/scan")] {
        teacher.get(&path).await.must_be(404);
    }
    print(&teacher, &foreign_paper).await.must_be(404);
    for path in ["/papers/new", "/papers/journals", "/papers/wordings", &format!("{order}/registration")] {
        teacher.get(path).await.must_be(403);
    }
}

#[rstest]
#[tokio::test]
async fn the_head_registers_and_cancels_and_does_not_write(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let order = made(&coordinator, "introduction-order").await;
    let head = town.browser(Role::Head).await;
    for path in [format!("{order}/edit"), "/papers/new/introduction-order".into(), "/papers/journals/orders".into()] {
        head.get(&path).await.must_be(403);
    }
    sign(&head, &order, "2026-11-20").await.must_be(303);
    register(&head, &order, &[]).await.must_be(303);
    for role in [Role::Inspector, Role::GroupCurator, Role::Contributor, Role::Administrator] {
        let other = town.browser(role).await;
        other.get(&format!("{order}/registration")).await.must_be(403);
        sign(&other, &order, "2026-11-20").await.must_be(403);
        let expected = match role {
            Role::Inspector => 200,
            Role::GroupCurator => 404,
            _ => 403,
        };
        other.get(&order).await.must_be(expected);
    }
}

#[rstest]
#[tokio::test]
async fn who_has_withdrawn_is_in_no_paper_and_closes_the_lists_that_name_them(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let family = town.family("Щепкодралова Зоя Ильинична", "Кузьмина Раиса Ильинична").await;
    let mentor = town.person("Невидимкина Вера Львовна", None, &["teacher"]).await;
    town.takes_part(mentor, "mentor").await;
    let consent = ask(&coordinator, family.child, "participation").await;
    coordinator.post(&format!("{consent}/paper"), &[]).await.must_be(200);
    let blank = coordinator.get("/papers").await.links("/papers/0").remove(0);
    sign_with_scan(&coordinator, &consent, family.mother).await.must_be(303);
    let base = made(&coordinator, "mentor-base").await;
    coordinator.get(&base).await.must_say("Невидимкина");
    withdrawn(&coordinator, mentor).await;
    coordinator.submit(&format!("{consent}/withdrawal"), &[("note", "Заявление № 4")]).await.must_be(200);
    coordinator.get(&blank).await.must_be(404);
    coordinator.get(&format!("{blank}/files/pdf")).await.must_be(404);
    let closed = coordinator.get(&base).await;
    closed.must_say("документ закрыт").must_not_say("Невидимкина");
    for part in ["files/pdf", "files/docx", "files/xlsx"] {
        coordinator.get(&format!("{base}/{part}")).await.must_be(422).must_say("чьё согласие отозвано");
    }
    print(&coordinator, &base).await.must_be(422);
    register(&coordinator, &base, &[]).await.must_be(422);
    let list = coordinator.get("/papers").await;
    list.must_say("закрыт").must_not_say("Щепкодралова");
    assert!(
        !scanner::holds(&list, "Невидимкина") && !scanner::holds(&coordinator.get("/journal").await, "Невидимкина")
    );
}

#[rstest]
#[tokio::test]
async fn papers_are_found_by_kind_state_and_words(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let order = made(&coordinator, "introduction-order").await;
    made(&coordinator, "accessibility-act").await;
    register(&coordinator, &order, &[]).await.must_be(303);
    coordinator.get("/papers").await.must_say("2 документа").must_say("зарегистрирован (1)").must_say("черновик (1)");
    coordinator.get("/papers?state=registered").await.must_say("1 документ").must_say("1-ОД");
    coordinator.get("/papers?kind=accessibility-act").await.must_say("1 документ").must_not_say("1-ОД");
    coordinator.get("/papers?q=%D0%94%D0%9E%D0%A1%D0%A2%D0%A3%D0%9F").await.must_say("1 документ");
    coordinator.get("/papers?q=%25").await.must_say("0 документов");
    coordinator.get("/papers?year=2025").await.must_say("0 документов");
}
