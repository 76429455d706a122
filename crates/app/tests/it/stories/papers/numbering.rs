//! Numbers are given one by one: none twice, none passed over without a reason, whoever registers at the same time.

use super::{made, register, said};
use crate::support::{Town, scanner};
use database::{
    Dialect::{self, Postgres, Sqlite},
    args,
};
use nastavnik::access::Role;
use rstest::rstest;
use std::collections::BTreeSet;

#[rstest]
#[tokio::test]
async fn eight_registered_at_once_get_eight_numbers_in_a_row(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let mut forms = vec![];
    for _ in 0..8 {
        let path = format!("{}/registration", made(&coordinator, "accessibility-act").await);
        forms.push(coordinator.get(&path).await.form(&path).with("number", "").with("reason", ""));
    }
    let send = |place: usize| forms[place].send(&coordinator);
    let (a, b, c, d, e, f, g, h) = tokio::join!(send(0), send(1), send(2), send(3), send(4), send(5), send(6), send(7));
    for seen in [a, b, c, d, e, f, g, h] {
        seen.must_be(303);
    }
    let sql = "SELECT number, number_text FROM papers WHERE school_id = $1 ORDER BY number";
    let given: Vec<(i64, String)> = town.look().await.all(sql, args![town.school().await]).await.unwrap();
    let numbers: Vec<i64> = given.iter().map(|(number, _)| *number).collect();
    assert_eq!(numbers, (1..=8).collect::<Vec<i64>>());
    // What stands in the files is the number in the journal.
    let mut written = BTreeSet::new();
    for path in coordinator.get("/papers").await.links("/papers/0") {
        if path.matches('/').count() == 2 {
            let docx = coordinator.get(&format!("{path}/files/docx")).await;
            let own = given.iter().find(|(_, text)| scanner::holds(&docx, text));
            written.insert(own.map(|(number, _)| *number));
        }
    }
    assert_eq!(written, (1..=8).map(Some).collect());
}

#[rstest]
#[tokio::test]
async fn a_gap_needs_a_reason_which_stays_in_the_journal(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let first = made(&coordinator, "accessibility-act").await;
    let silent = register(&coordinator, &first, &[("number", "44")]).await;
    silent.must_be(422).must_say("Следующий номер в журнале — 1").must_say("пропустить номера 1–43");
    let given = register(&coordinator, &first, &[("number", "44"), ("reason", "приказы по кадрам")]).await;
    said(&coordinator, given).await.must_say("№ 44-ОД");
    let journals = coordinator.get("/papers/journals").await;
    journals.must_say("44-ОД").must_say("45-ОД").must_say("1–43").must_say("приказы по кадрам");
    let second = made(&coordinator, "introduction-order").await;
    let taken = register(&coordinator, &second, &[("number", "44")]).await;
    taken.must_be(422).must_say("Номер 44-ОД уже занят");
    let inside = register(&coordinator, &second, &[("number", "12")]).await;
    said(&coordinator, inside).await.must_say("№ 12-ОД");
    let third = made(&coordinator, "introduction-order").await;
    let next = register(&coordinator, &third, &[]).await;
    said(&coordinator, next).await.must_say("№ 45-ОД");
    let far = made(&coordinator, "introduction-order").await;
    register(&coordinator, &far, &[("number", "9999"), ("reason", "опечатка")])
        .await
        .must_be(422)
        .must_say("опечатка?");
    register(&coordinator, &far, &[("number", "45-ОД")]).await.must_be(422).must_say("целое число без букв");
}

#[rstest]
#[tokio::test]
async fn a_cancelled_paper_keeps_its_number(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let first = made(&coordinator, "accessibility-act").await;
    register(&coordinator, &first, &[]).await.must_be(303);
    let path = format!("{first}/cancellation");
    let form = coordinator.get(&path).await.form(&path);
    form.clone().with("reason", " ").send(&coordinator).await.must_be(422).must_say("Заполните это поле.");
    form.with("reason", "составлен по ошибке").send(&coordinator).await.must_be(303);
    coordinator.get(&first).await.must_say("№ 1-ОД").must_say("составлен по ошибке");
    let second = made(&coordinator, "accessibility-act").await;
    let again = register(&coordinator, &second, &[("number", "1")]).await;
    again.must_be(422).must_say("уже занят");
}

#[rstest]
#[tokio::test]
async fn a_school_writes_numbers_its_own_way_and_keeps_its_own_journals(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let path = "/papers/journals/orders";
    let form = coordinator.get(path).await.form(path);
    let own = form.clone().with("prefix", "01-07/").with("suffix", "");
    let saved = own.send(&coordinator).await;
    said(&coordinator, saved).await.must_say("01-07/1");
    form.with("suffix", "-х").send(&coordinator).await.must_be(409);
    let path = "/papers/journals/new";
    let form = coordinator.get(path).await.form(path);
    form.clone().with("title", "").send(&coordinator).await.must_be(422).must_say("Заполните это поле.");
    let form = form.with("title", "Распоряжения").with("prefix", "").with("suffix", "-р");
    form.send(&coordinator).await.must_be(303);
    let order = made(&coordinator, "introduction-order").await;
    let given = register(&coordinator, &order, &[]).await;
    said(&coordinator, given).await.must_say("№ 01-07/1");
    let act = made(&coordinator, "accessibility-act").await;
    let path = format!("{act}/registration");
    let page = coordinator.get(&path).await;
    let html = page.must_say("Распоряжения").html();
    let journal = html.split("<option value=\"").find(|part| part.contains("Распоряжения")).unwrap();
    let journal = journal.split('"').next().unwrap().to_owned();
    let given = register(&coordinator, &act, &[("journal", &journal)]).await;
    said(&coordinator, given).await.must_say("№ 1-р");
    register(&coordinator, &made(&coordinator, "accessibility-act").await, &[("journal", "чужой")])
        .await
        .must_be(422)
        .must_say("Такого журнала нет");
}

#[rstest]
#[tokio::test]
async fn a_paper_is_not_registered_in_the_future(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let paper = made(&coordinator, "accessibility-act").await;
    let ahead = register(&coordinator, &paper, &[("on", "2026-11-23")]).await;
    ahead.must_be(422).must_say("ещё не наступила");
    coordinator.get(&paper).await.must_say("Состояние черновик");
}
