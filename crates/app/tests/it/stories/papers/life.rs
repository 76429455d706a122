//! A paper goes from a draft to a number, never changes after it, and is changed by another paper.

use super::{made, print, register, said, sign};
use crate::support::{Browser, Seen, Town, scanner};
use database::Dialect::{self, Postgres, Sqlite};
use documents::tables::{Limits, read_docx};
use nastavnik::access::Role;
use rstest::rstest;

#[rstest]
#[tokio::test]
async fn an_order_is_made_printed_signed_registered_and_stays_as_it_was(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    coordinator.get("/papers").await.must_say("Документов нет");
    coordinator.get("/papers/new/introduction-order").await.must_say("Назначить куратором программы");
    let paper = made(&coordinator, "introduction-order").await;
    coordinator.get(&paper).await.must_say("Состояние черновик").must_say("исходный текст программы");
    let pdf = print(&coordinator, &paper).await;
    assert!(pdf.must_be(200).bytes.starts_with(b"%PDF"));
    coordinator.get(&paper).await.must_say("Состояние напечатан").must_say("Приложить скан");
    let head = town.browser(Role::Head).await;
    let signed = sign(&head, &paper, "2026-11-20").await;
    said(&head, signed).await.must_say("Состояние подписан").must_say("Осталось присвоить номер");
    let given = register(&head, &paper, &[]).await;
    let page = said(&head, given).await;
    page.must_say("№ 1-ОД").must_say("Состояние зарегистрирован").must_say("Номер и дата № 1-ОД от 22.11.2026");
    page.must_say("больше не меняется").must_not_say("Изменить данные");
    for format in ["docx", "pdf"] {
        let (first, again) =
            (head.get(&format!("{paper}/files/{format}")).await, head.get(&format!("{paper}/files/{format}")).await);
        assert_eq!(first.must_be(200).bytes, again.bytes, "{format}");
    }
    assert!(scanner::holds(&head.get(&format!("{paper}/files/docx")).await, "1-ОД"), "the number stands on the paper");
    assert_eq!(head.get(&format!("{paper}/scan")).await.bytes, b"%PDF-1.7 scan");
    head.get(&paper).await.must_say("Документ зарегистрирован").must_say("Документ скачан");
}

#[rstest]
#[tokio::test]
async fn a_registered_paper_changes_with_neither_wording_school_nor_form(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let paper = made(&coordinator, "introduction-order").await;
    register(&coordinator, &paper, &[]).await.must_be(303);
    let before = coordinator.get(&format!("{paper}/files/docx")).await.bytes;
    let wording = "/papers/wordings/introduction-order";
    let form = coordinator.get(wording).await.form(wording);
    let text = form.fields.iter().find(|(name, _)| name == "text").unwrap().1.replace("ПРИКАЗ**", "РАСПОРЯЖЕНИЕ**");
    form.with("text", &text).with("preview", "").send(&coordinator).await.must_be(303);
    for part in ["edit", "renewal", "registration"] {
        coordinator.post(&format!("{paper}/{part}"), &[]).await.must_be(422);
    }
    assert_eq!(coordinator.get(&format!("{paper}/files/docx")).await.bytes, before);
    let next = made(&coordinator, "introduction-order").await;
    let docx = coordinator.get(&format!("{next}/files/docx")).await;
    assert!(scanner::holds(&docx, "РАСПОРЯЖЕНИЕ"), "a new paper is made in the new wording");
    assert!(read_docx(&docx.bytes, &Limits::default()).is_ok());
}

#[rstest]
#[tokio::test]
async fn a_paper_may_get_its_number_first_and_its_signature_later(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let head = town.browser(Role::Head).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let paper = made(&coordinator, "accessibility-act").await;
    let given = register(&head, &paper, &[]).await;
    said(&head, given).await.must_say("подписанного экземпляра ещё нет");
    sign(&head, &paper, "2026-11-23").await.must_be(422).must_say("ещё не наступила");
    let signed = sign(&head, &paper, "2026-11-22").await;
    said(&head, signed).await.must_say("подписан и зарегистрирован");
    sign(&head, &paper, "2026-11-22").await.must_be(422).must_say("уже приложен");
}

#[rstest]
#[tokio::test]
async fn an_order_is_changed_by_another_that_names_it(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let paper = made(&coordinator, "introduction-order").await;
    coordinator.get(&format!("{paper}/amendment")).await.must_be(422).must_say("зарегистрированный документ");
    register(&coordinator, &paper, &[]).await.must_be(303);
    let path = format!("{paper}/amendment");
    let form = coordinator.get(&path).await.form(&path);
    let amended = form.with("/curator/name", "Берёзкина Ольга Ильинична").send(&coordinator).await;
    amended.must_be(303);
    let new = amended.location.clone().unwrap();
    coordinator.get(&new).await.must_say("Изменяет").must_say("1-ОД").must_say("Берёзкину Ольгу Ильиничну");
    coordinator.get(&paper).await.must_say("Состояние зарегистрирован");
    let given = register(&coordinator, &new, &[]).await;
    said(&coordinator, given).await.must_say("2-ОД");
    coordinator.get(&paper).await.must_say("изменён другим документом").must_say("Изменён документом");
    let cancel = format!("{new}/cancellation");
    let form = coordinator.get(&cancel).await.form(&cancel);
    form.with("reason", "ошибка в имени").send(&coordinator).await.must_be(303);
    coordinator.get(&paper).await.must_say("Состояние зарегистрирован");
    coordinator.get(&new).await.must_say("Состояние отменён").must_say("ошибка в имени");
    register_again(&coordinator, &new).await;
}

/// A cancelled paper does not come back.
async fn register_again(coordinator: &Browser, paper: &str) {
    coordinator.post(&format!("{paper}/registration"), &[]).await.must_be(422);
    sign(coordinator, paper, "2026-11-20").await.must_be(422).must_say("отменён");
    print(coordinator, paper).await.must_be(422).must_say("отменён");
}

#[rstest]
#[tokio::test]
async fn the_changed_composition_of_pairs_is_computed(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let path = "/papers/new/assignment-order";
    let seen = coordinator.get(path).await;
    seen.must_say("Этих сведений в программе пока нет");
    let pair = [
        ("/pairs/0/mentor/name", "Дубова Вера Павловна"),
        ("/pairs/0/mentor/place", "учитель физики"),
        ("/pairs/0/mentees/0/name", "Ивушкин Олег Петрович"),
        ("/pairs/0/mentees/0/place", "7Б"),
        ("/pairs/0/form", "учитель – ученик"),
        ("/pairs/0/role_model", "тьютор – ученик"),
        ("/pairs/0/from", "2026-10-01"),
        ("/pairs/0/to", "2027-05-31"),
        ("/pairs/0/curator", "Кленова Инна Львовна"),
        ("/order/basis/0", "протокол от 25.09.2026 № 1"),
        ("/year", "2026/27"),
    ];
    let late = pair.map(|(name, value)| if name == "/pairs/0/to" { (name, "2026-09-01") } else { (name, value) });
    let refused = coordinator.post(path, &late).await;
    refused.must_be(422).must_say("срок кончается раньше");
    assert_eq!(refused.value_of("/pairs/0/mentor/name"), "Дубова Вера Павловна");
    let made = coordinator.post(path, &pair).await;
    made.must_be(303);
    let order = made.location.unwrap();
    register(&coordinator, &order, &[]).await.must_be(303);
    let path = format!("{order}/amendment");
    let form = coordinator.get(&path).await.form(&path);
    form.clone().send(&coordinator).await.must_be(422).must_say("менять нечего");
    let sent = form.with("/after/0/mentor/name", "Рябинина Анна Ильинична").send(&coordinator).await;
    let page = said(&coordinator, sent).await;
    page.must_say("Приказ об изменении состава пар и групп").must_say("Рябинин").must_say("1-ОД");
}

#[rstest]
#[tokio::test]
async fn a_form_sent_twice_makes_one_paper_and_an_old_page_overwrites_nothing(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let path = "/papers/new/council-minutes";
    let form = coordinator.get(path).await.form(path);
    let (first, second) = (form.send(&coordinator).await, form.send(&coordinator).await);
    assert_eq!(first.must_be(303).location, second.must_be(303).location);
    coordinator.get("/papers").await.must_say("1 документ");
    let paper = first.location.unwrap();
    let edit = format!("{paper}/edit");
    let version = coordinator.get(&edit).await.value_of("version");
    let sent = |present, secretary| {
        [
            ("version", version.clone()),
            ("/number", "б/н".to_owned()),
            ("/date", "2026-11-20".to_owned()),
            ("/present", String::from(present)),
            ("/staff", "40".to_owned()),
            ("/questions/0/title", "О наставничестве".to_owned()),
            ("/questions/0/heard", "куратора".to_owned()),
            ("/questions/0/decided/0", "принять к сведению".to_owned()),
            ("/chair", "Директорова Вера Павловна".to_owned()),
            ("/secretary", String::from(secretary)),
        ]
    };
    edited(&coordinator, &edit, &sent("38", "Кленова Инна Львовна")).await.must_be(303);
    edited(&coordinator, &edit, &sent("38", "Осинина Юлия Львовна")).await.must_be(409);
    coordinator.get(&paper).await.must_say("Кленова").must_not_say("Осинина");
    let wrong = edited(&coordinator, &edit, &sent("99", "Кленова Инна Львовна")).await;
    wrong.must_be(422).must_say("присутствует больше, чем всего");
}

async fn edited(browser: &Browser, path: &str, fields: &[(&str, String)]) -> Seen {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    browser.post(path, &fields).await
}
