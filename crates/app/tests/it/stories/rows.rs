//! Stories of rows that are added, removed and asked for other proofs, and of a year that is sealed.

use super::roadmap::{row, start_year};
use crate::support::{Browser, Seen, Town};
use database::{
    Dialect::{self, Postgres, Sqlite},
    args,
};
use nastavnik::{
    access::Role,
    roadmap::{model::RowId, snapshots},
};
use rstest::rstest;

/// Prepares a draft of 2026/27 from the template and returns its path.
async fn draft(coordinator: &Browser) -> String {
    coordinator.post("/years/new", &[("year", "2026"), ("origin", "template")]).await.location.unwrap()
}

/// Returns the path under which the running year is prepared and sealed.
async fn programme(coordinator: &Browser) -> String {
    let sealing = coordinator.get("/years").await.links("/years/").into_iter().find(|path| path.ends_with("/sealing"));
    sealing.expect("a running year can be sealed").trim_end_matches("/sealing").to_owned()
}

/// Returns the id of the section whose name the form of a new row shows.
fn section(form: &Seen, name: &str) -> String {
    let html = form.html();
    let before = html.split(name).next().expect("the section is offered");
    before.rsplit("value=\"").next().unwrap().chars().take(36).collect()
}

/// Returns what a coordinator types about a new row of a section.
async fn new_row(coordinator: &Browser, path: &str, name: &str, title: &str) -> Vec<(&'static str, String)> {
    let form = coordinator.get(path).await;
    vec![
        ("key", form.value_of("key")),
        ("section", section(&form, name)),
        ("title", title.to_owned()),
        ("term", "декабрь 2026".to_owned()),
        ("responsible", "post:methodist".to_owned()),
    ]
}

async fn send(browser: &Browser, path: &str, fields: &[(&str, String)]) -> Seen {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    browser.post(path, &fields).await
}

/// Returns the titles of a table in the order in which they stand.
fn order(seen: &Seen, titles: [&str; 3]) -> [usize; 3] {
    titles.map(|title| seen.text().find(title).unwrap_or_else(|| panic!("no «{title}»:\n{}", seen.text())))
}

#[rstest]
#[tokio::test]
async fn a_row_added_to_a_draft_is_the_last_of_its_section(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let draft = draft(&coordinator).await;
    let new = format!("{draft}/rows/new");
    coordinator.get(&draft).await.must_say("Добавить мероприятие");
    coordinator.get(&new).await.must_say("следующий номер — 1.14").must_say("следующий номер — 5.4");

    for title in ["Клуб наставников", "Вечер наставников"] {
        let fields = new_row(&coordinator, &new, "Организационно-методическое", title).await;
        send(&coordinator, &new, &fields).await.must_be(303);
    }
    let seen = coordinator.get(&draft).await;
    seen.must_say("1.14 Клуб наставников").must_say("1.15 Вечер наставников");
    let places = order(&seen, ["1.13", "1.14 Клуб", "1.15 Вечер"]);
    assert!(places.is_sorted() && places[2] < seen.text().find("2.1 ").unwrap(), "{}", seen.text());

    coordinator.post(&format!("{draft}/start"), &[]).await.must_be(303);
    let list = coordinator.get("/roadmap").await;
    list.must_say("Показано 33 из 33");
    let places = order(&list, ["1.13", "1.14 Клуб", "1.15 Вечер"]);
    assert!(places.is_sorted() && places[2] < list.text().find("2.1 ").unwrap(), "{}", list.text());
}

#[rstest]
#[tokio::test]
async fn a_row_added_to_a_running_year_asks_for_a_document_and_cannot_be_ticked_off(
    #[values(Sqlite, Postgres)] on: Dialect,
) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let list = start_year(&coordinator).await;
    let new = list.links("/years/").into_iter().find(|path| path.ends_with("/rows/new")).expect("the way to a new row");
    let teacher = town.browser(Role::ClassTeacher).await;
    teacher.get("/roadmap").await.must_not_say("Добавить мероприятие");

    let fields = new_row(&coordinator, &new, "Организационно-методическое", "Клуб наставников").await;
    let added = send(&coordinator, &new, &fields).await;
    let path = added.location.clone().expect("the new row has a page");
    let page = coordinator.follow(added).await;
    page.must_say("1.14 Клуб наставников").must_say("Приложенные документы").must_say("Мероприятие добавлено");
    page.must_say("Раздел: 1 Организационно-методическое").must_say("не начато");
    coordinator.get("/roadmap").await.must_say("Показано 32 из 32");

    let confirmation = format!("{path}/confirmation");
    let tick = coordinator.post(&confirmation, &[("done_on", "2026-11-20")]).await;
    tick.must_be(422).must_say("Показатель не достигнут");
    coordinator
        .upload(&format!("{path}/documents"), &[("title", "План")], ("План.pdf", b"%PDF-1.7"))
        .await
        .must_be(303);
    coordinator.post(&confirmation, &[("done_on", "2026-11-20")]).await.must_be(303);
}

#[rstest]
#[tokio::test]
async fn the_form_of_a_new_row_sent_twice_adds_one_row(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    start_year(&coordinator).await;
    let new = format!("{}/rows/new", programme(&coordinator).await);
    let fields = new_row(&coordinator, &new, "Аналитическое", "Клуб наставников").await;
    let first = send(&coordinator, &new, &fields).await;
    let second = send(&coordinator, &new, &fields).await;
    assert_eq!((second.status, second.location), (303, first.location));
    coordinator.get("/roadmap").await.must_say("Показано 32 из 32");
}

#[rstest]
#[tokio::test]
async fn rows_added_at_once_get_numbers_and_places_of_their_own(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    start_year(&coordinator).await;
    let new = format!("{}/rows/new", programme(&coordinator).await);
    let clubs = new_row(&coordinator, &new, "Организационно-методическое", "Клуб наставников").await;
    let evenings = new_row(&coordinator, &new, "Организационно-методическое", "Вечер наставников").await;
    let (first, second) = tokio::join!(send(&coordinator, &new, &clubs), send(&coordinator, &new, &evenings));
    first.must_be(303);
    second.must_be(303);
    coordinator.get("/roadmap").await.must_say("1.14").must_say("1.15").must_say("Показано 33 из 33");
}

#[rstest]
#[tokio::test]
async fn a_new_row_says_what_is_wrong_with_it(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let new = format!("{}/rows/new", draft(&coordinator).await);
    let empty = coordinator.post(&new, &[]).await;
    empty
        .must_be(422)
        .must_say("Выберите раздел")
        .must_say("Мероприятие: заполните это поле")
        .must_say("Назовите хотя бы одного");

    let fields = new_row(&coordinator, &new, "Организационно-методическое", "Обучение наставников").await;
    let with = async |more: &[(&'static str, &str)]| {
        let more = more.iter().map(|(name, value)| (*name, (*value).to_owned()));
        let fields: Vec<(&str, String)> = fields.iter().cloned().chain(more).collect();
        send(&coordinator, &new, &fields).await
    };
    let documents = [("new_measure", "roadmap.documents"), ("new_comparison", "share_at_least"), ("new_target", "50")];
    with(&documents).await.must_be(422).must_say("для этого показателя подходит «есть хотя бы одно», «не менее числа»");
    let experts = |comparison, target| {
        [("new_measure", "training.experts"), ("new_comparison", comparison), ("new_target", target)]
    };
    with(&experts("at_least", "пять")).await.must_be(422).must_say("укажите цель целым числом");
    with(&experts("share_at_least", "101")).await.must_be(422).must_say("не может быть больше 100");
    with(&experts("at_most", "5")).await.must_be(422).must_say("выберите из списка");
    with(&[("number", "1.4")]).await.must_be(422).must_say("Такой номер уже есть: 1.4 Заключение соглашений");
    with(&[("new_measure", "weather.sunny")]).await.must_be(422).must_say("Выберите показатель из списка");
    let added = with(&experts("at_least", "7")).await;
    coordinator.follow(added).await.must_say("1.14 Обучение наставников").must_say("не менее 7 экспертов");
}

#[rstest]
#[tokio::test]
async fn a_row_is_removed_from_a_draft_and_only_cancelled_in_a_running_year(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let draft = draft(&coordinator).await;
    let seen = coordinator.get(&draft).await;
    let edits: Vec<String> = seen.links("/roadmap/rows/").into_iter().filter(|path| path.ends_with("/edit")).collect();
    let first = edits[0].trim_end_matches("/edit");
    coordinator.get(&edits[0]).await.must_say("Удалить мероприятие");
    coordinator.get(&format!("{first}/removal")).await.must_say("Что произойдёт").must_say("1.1 Формирование базы");
    let left = coordinator.submit(&format!("{first}/removal"), &[]).await;
    left.must_say("Мероприятие удалено из черновика").must_not_say("1.1 Формирование базы");
    coordinator.get(first).await.must_be(404);
    coordinator.post(&format!("{first}/removal"), &[]).await.must_be(404);
    let journal = town.browser(Role::Administrator).await;
    journal.get("/journal").await.must_say("Мероприятие удалено из черновика").must_say("1.1 Формирование базы");

    coordinator.post(&format!("{draft}/start"), &[]).await.must_be(303);
    coordinator.get("/roadmap").await.must_say("Показано 30 из 30");
    let kept = row(&coordinator, "1.2").await;
    coordinator.get(&format!("{kept}/edit")).await.must_not_say("Удалить мероприятие");
    for seen in
        [coordinator.get(&format!("{kept}/removal")).await, coordinator.post(&format!("{kept}/removal"), &[]).await]
    {
        seen.must_be(422).must_say("не удаляют, а отменяют");
    }
    coordinator.get(&kept).await.must_be(200);
}

#[rstest]
#[tokio::test]
async fn a_section_emptied_in_a_draft_takes_its_first_row_between_the_others(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let draft = draft(&coordinator).await;
    let edits = coordinator.get(&draft).await.links("/roadmap/rows/");
    // The second section has the rows 14 to 17 of the road map.
    let edits: Vec<&String> = edits.iter().filter(|path| path.ends_with("/edit")).collect();
    for edit in &edits[13..17] {
        coordinator.post(&edit.replace("/edit", "/removal"), &[]).await.must_be(303);
    }
    let new = format!("{draft}/rows/new");
    let form = coordinator.get(&new).await;
    form.must_say("следующий номер — 2.1");
    let mut fields = new_row(&coordinator, &new, "Аналитическое", "Клуб наставников").await;
    fields[1].1 = section(&form, "следующий номер — 2.1");
    send(&coordinator, &new, &fields).await.must_be(303);
    let places = order(&coordinator.get(&draft).await, ["1.13 ", "2.1 Клуб наставников", "3.1 "]);
    assert!(places.is_sorted(), "{places:?}");
}

#[rstest]
#[tokio::test]
async fn what_proves_a_row_is_chosen_in_its_form(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    start_year(&coordinator).await;
    let row = row(&coordinator, "1.5").await;
    let edit = format!("{row}/edit");
    let form = coordinator.get(&edit).await;
    form.must_say("Как сравнивают показатель с целью").must_say("Убрать показатели").must_say("есть хотя бы одно");
    let change = async |more: &[(&'static str, &'static str)]| {
        let version = coordinator.get(&edit).await.value_of("version");
        let base = [
            ("version", version.as_str()),
            ("title", "Обучение"),
            ("term", "октябрь – ноябрь"),
            ("responsible", "post:methodist"),
        ];
        coordinator.submit(&edit, &[base.as_slice(), more].concat()).await
    };
    let asked = [("comparison", "share_at_least"), ("target", "80"), ("comparison", "at_least"), ("target", "4")];
    let seen = change(&asked).await;
    seen.must_say("Мероприятие сохранено").must_say("не менее 80 %").must_say("не менее 4 занятий");
    seen.must_say("Целевые значения");
    let without_a_number =
        change(&[("comparison", "at_least"), ("target", ""), ("comparison", "exists"), ("target", "")]).await;
    without_a_number.must_be(422).must_say("укажите цель целым числом");

    let left = change(&[("taken_off", "training.experts"), ("comparison", "all"), ("comparison", "exists")]).await;
    left.must_say("не менее 1 занятия");
    coordinator.get(&edit).await.must_not_say("Если не выбрать, мероприятие доказывает приложенный документ");
    let none = change(&[("taken_off", "training.sessions_per_group")]).await;
    none.must_say("Мероприятие сохранено").must_say("Приложенные документы").must_say("не менее 1 документа");
    let still = change(&[("taken_off", "roadmap.documents")]).await;
    still.must_say("Мероприятие сохранено").must_say("Приложенные документы");
}

#[rstest]
#[tokio::test]
async fn a_row_is_not_given_the_number_of_another(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    start_year(&coordinator).await;
    let edit = format!("{}/edit", row(&coordinator, "1.6").await);
    let form = coordinator.get(&edit).await.form(&edit);
    let taken = form.clone().with("number", "1.7").send(&coordinator).await;
    taken.must_be(422).must_say("Номер: такой номер уже есть: 1.7");
    form.with("number", "1.6а").send(&coordinator).await.must_be(303);
}

#[rstest]
#[tokio::test]
async fn the_total_of_a_control_row_cannot_be_taken_off(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    start_year(&coordinator).await;
    let row = row(&coordinator, "5.1").await;
    let form = coordinator.get(&format!("{row}/edit")).await.form(&format!("{row}/edit"));
    form.with("taken_off", "roadmap.rows_done").with("new_measure", "").send(&coordinator).await.must_be(303);
    coordinator.get(&row).await.must_say("0 из 29");
}

#[rstest]
#[tokio::test]
async fn a_year_is_sealed_when_it_is_over_or_said_to_be(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    start_year(&coordinator).await;
    let sealing = format!("{}/sealing", programme(&coordinator).await);
    let question = coordinator.get(&sealing).await;
    question.must_say("Учебный год идёт до 31.08.2027").must_say("Не выполнено: 31 мероприятие");
    question.must_say("Год закончен раньше").must_say("1.1 Формирование базы");
    coordinator.post(&sealing, &[]).await.must_be(422).must_say("Если он закончен раньше, отметьте это");
    coordinator.get("/years").await.must_say("идёт").must_not_say("закончился");

    town.days_pass(283);
    let coordinator = town.browser(Role::Coordinator).await;
    coordinator.get("/years").await.must_say("2026/27 учебный год закончился 31.08.2027");
    coordinator.get(&sealing).await.must_say("Учебный год закончился").must_not_say("Год закончен раньше");
    coordinator.submit(&sealing, &[]).await.must_say("Учебный год завершён").must_say("завершён");
    coordinator.post(&sealing, &[("early", "on")]).await.must_be(422).must_say("его записи больше не меняются");
    let journal = town.browser(Role::Administrator).await;
    journal.get("/journal").await.must_say("Учебный год завершён");
}

#[rstest]
#[tokio::test]
async fn nothing_is_written_into_a_sealed_year(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    start_year(&coordinator).await;
    let (programme, row) = (programme(&coordinator).await, row(&coordinator, "1.8").await);
    let page = coordinator.get(&row).await;
    let mut forms = page.forms();
    for part in ["edit", "confirmation", "cancellation", "readings/consents.valid"] {
        let path = format!("{row}/{part}");
        forms.push(coordinator.get(&path).await.form(&path));
    }
    for part in ["posts", "rows/new", "sealing"] {
        let path = format!("{programme}/{part}");
        forms.push(coordinator.get(&path).await.form(&path));
    }
    forms.retain(|form| form.action.starts_with("/roadmap/") || form.action.starts_with("/years/"));
    assert!(forms.len() >= 10, "too few forms to prove anything: {forms:?}");
    coordinator.post(&format!("{programme}/sealing"), &[("early", "on")]).await.must_be(303);

    for form in forms {
        let seen = form.send(&coordinator).await;
        assert_eq!(seen.status, 422, "{}: {}", form.action, seen.text());
        seen.must_say("Учебный год завершён: его записи больше не меняются");
    }
    let head = town.browser(Role::Head).await;
    head.post(&format!("{row}/acceptance"), &[]).await.must_be(422).must_say("его записи больше не меняются");
    coordinator.get("/roadmap").await.must_say("Показано 31 из 31").must_not_say("Добавить мероприятие");
    coordinator.get(&row).await.must_be(200).must_not_say("Подтвердить выполнение").must_not_say("Добавить заметку");
    coordinator.get("/control/statement").await.must_be(200);
}

#[rstest]
#[tokio::test]
async fn a_sealed_year_gets_no_more_numbers_of_the_day(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    start_year(&coordinator).await;
    let path = row(&coordinator, "5.1").await;
    let id: RowId = path.rsplit('/').next().unwrap().parse().unwrap();
    let days = async || {
        let counted = "SELECT COUNT(*) FROM indicator_snapshots WHERE row_id = $1";
        town.look().await.one::<(i64,)>(counted, args![id]).await.unwrap().0
    };
    let sealing = format!("{}/sealing", programme(&coordinator).await);
    let first = days().await;
    town.days_pass(1);
    snapshots::keep_today(&town.app).await.unwrap();
    assert_eq!(days().await, first + 1, "a running year has a number a day");

    let coordinator = town.browser(Role::Coordinator).await;
    coordinator.post(&sealing, &[("early", "on")]).await.must_be(303);
    coordinator.get("/years").await.must_say("завершён");
    town.days_pass(1);
    snapshots::keep_today(&town.app).await.unwrap();
    assert_eq!(days().await, first + 1, "a sealed year has its last number already");
}
