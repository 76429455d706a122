//! Stories of people: records, cards, classes, duplicates, and who sees whom.

use crate::support::{
    Browser, PASSWORD, Seen, Town, login_of,
    people::{class, enrol, hide, mother, participate, person},
};
use database::{
    Dialect::{self, Postgres, Sqlite},
    testing::TestDatabase,
};
use documents::tables::{Limits, read_xlsx};
use nastavnik::{access::Role, people::queries, router::MIGRATIONS};
use rstest::rstest;
use std::collections::BTreeSet;

fn card(id: &str) -> String {
    format!("/people/{id}")
}

/// Returns every text of a workbook.
fn cells(seen: &Seen) -> String {
    let sheets = read_xlsx(&seen.must_be(200).bytes, &Limits::default()).unwrap();
    format!("{sheets:?}")
}

#[rstest]
#[tokio::test]
async fn an_empty_list_says_what_is_next(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let list = coordinator.get("/people").await;
    list.must_be(200).must_say("Людей пока нет");
    assert!(!list.links("/people/new").is_empty());
    let teacher = town.browser(Role::ClassTeacher).await.get("/people").await;
    teacher.must_say("Людей пока нет").must_say("с кем вы работаете");
    assert!(teacher.links("/people/new").is_empty());
}

#[rstest]
#[tokio::test]
async fn a_person_is_added_once_found_without_yo_and_changed(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let new = coordinator.get("/people/new").await.form("/people/new");
    let refused = new.clone().with("surname", " ").with("born_on", "2030-01-01").send(&coordinator).await;
    refused.must_be(422).must_say("Заполните это поле.").must_say("Проверьте дату рождения");

    let form = new.with("surname", "Ёлкина").with("given_name", "Анна").with("patronymic", "Ивановна");
    let form = form.with("kinds", "pupil").with("born_on", "2012-05-01").with("email", "").with("sex", "female");
    form.send(&coordinator).await.must_be(303);
    let again = coordinator.follow(form.send(&coordinator).await).await;
    again.must_be(200).must_say("Эта карточка уже создана").must_say("01.05.2012, 14 лет");
    coordinator.get("/people?q=ЕЛКИНА+анн").await.must_say("1 человек").must_say("Ёлкина Анна Ивановна");
    coordinator.get("/people?q=%25").await.must_say("Никого не найдено");
    coordinator.get("/people?kind=teacher").await.must_say("Никого не найдено");
    coordinator.get("/search?q=елкина").await.must_say("Ёлкина Анна Ивановна");

    let path = coordinator.get("/people").await.links("/people/0").remove(0);
    let edit = coordinator.get(&format!("{path}/edit")).await.form(&format!("{path}/edit"));
    edit.clone().with("note", "Любит шахматы").with("email", "").send(&coordinator).await.must_be(303);
    let stale = edit.with("note", "Любит шашки").with("email", "").send(&coordinator).await;
    stale.must_be(409).must_say("Любит шахматы").must_say("Любит шашки");
    let seen = coordinator.get(&path).await;
    seen.must_say("Карточка человека изменена").must_say("Изменено: ").must_say("примечание");
}

#[rstest]
#[tokio::test]
async fn the_journal_repeats_no_name_of_a_person(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let id = person(&coordinator, "Ёлкина Анна Ивановна", "pupil", "2012-05-01").await;
    let mut tx = town.look().await;
    let sql = "SELECT subject_name, CAST(details AS TEXT) FROM audit_log WHERE event = 'people.person_created'";
    let written: Vec<(String, String)> = tx.all(sql, vec![]).await.unwrap();
    assert_eq!(written, [(String::new(), "[]".to_owned())]);
    drop(tx);
    let administrator = town.browser(Role::Administrator).await;
    let journal = administrator.get("/journal?event=people.person_created").await;
    journal.must_say("Карточка человека создана").must_say("имя видно куратору программы").must_not_say("Ёлкина");

    let user = town.user(Role::Administrator);
    let both = administrator.get(&format!("/users/{user}")).await.form(&format!("/users/{user}"));
    let mut both = both.with("roles", "administrator").with("is_active", "on");
    both.fields.push(("roles".into(), "inspector".into()));
    both.send(&administrator).await.must_be(303);
    let reader = town.browser(Role::Administrator).await;
    reader.get("/journal?event=people.person_created").await.must_say("Ёлкина Анна Ивановна");
    hide(&town, &id).await;
    let journal = reader.get("/journal?event=people.person_created").await;
    journal.must_say("карточка скрыта").must_not_say("Ёлкина");
}

#[rstest]
#[tokio::test]
async fn a_card_tells_class_post_representatives_leaving_and_who_looked(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let pupil = person(&coordinator, "Ёлкин Пётр Ильич", "pupil", "2012-05-01").await;
    let (from, to) = (class(&coordinator, "7А", None).await, class(&coordinator, "7Б", None).await);
    enrol(&coordinator, &pupil, &from, "2026-09-01").await;
    enrol(&coordinator, &pupil, &to, "2026-10-05").await;
    let parent = mother(&coordinator, &pupil, "Ёлкина Мария Сергеевна").await;
    let seen = coordinator.get(&card(&pupil)).await;
    seen.must_say("7Б с 05.10.2026").must_say("7А, 2026/27 учебный год: с 01.09.2026 по 05.10.2026");
    seen.must_say("Ёлкина Мария Сергеевна").must_say("мать").must_say("Зачисление в класс");
    coordinator.get(&card(&parent)).await.must_say("Кого представляет").must_say("Ёлкин Пётр Ильич");

    let post = format!("{}/post", card(&parent));
    let fields = [("post", "учитель химии"), ("is_teaching", "on"), ("teaches_since", "2024-09-01")];
    coordinator.post(&post, &fields).await.must_be(303);
    coordinator.get(&card(&parent)).await.must_say("учитель химии").must_say("2 полных года").must_say("Педагог");

    let removal = [("guardian", parent.as_str())];
    coordinator.post(&format!("{}/guardians/removal", card(&pupil)), &removal).await.must_be(303);
    coordinator.get(&card(&pupil)).await.must_say("Представители не указаны");

    let leaving = [("left_on", "2026-11-20"), ("reason", "перевод в другую школу")];
    coordinator.post(&format!("{}/leaving", card(&pupil)), &leaving).await.must_be(303);
    coordinator.get(&card(&pupil)).await.must_say("Выбытие 20.11.2026: перевод в другую школу.");
    coordinator.get("/people?state=left").await.must_say("1 человек из 2");
    coordinator.get(&format!("/people?class={to}")).await.must_say("Никого не найдено");
    coordinator.post(&format!("{}/return", card(&pupil)), &[]).await.must_be(303);
    coordinator.get(&card(&pupil)).await.must_not_say("Выбытие 20.11.2026").must_say("Отмечено возвращение");

    let head = town.browser(Role::Head).await;
    head.get(&card(&pupil)).await.must_not_say("Иванова head Петровна Карточка");
    head.get(&card(&pupil)).await.must_say("Кто смотрел карточку").must_say("Иванова head Петровна");
    let readings =
        "SELECT COUNT(*) FROM audit_log WHERE event = 'people.card_read' AND subject_id = $1 AND actor_id = $2";
    let facts = || database::args![uuid::Uuid::try_parse(&pupil).unwrap(), town.user(Role::Head)];
    assert_eq!(town.look().await.one::<(i64,)>(readings, facts()).await.unwrap(), (1,));
    town.days_pass(1);
    town.browser(Role::Head).await.get(&card(&pupil)).await.must_be(200);
    assert_eq!(town.look().await.one::<(i64,)>(readings, facts()).await.unwrap(), (2,));
}

/// A pupil with a mother, and somebody of another class.
struct Two {
    own: String,
    parent: String,
    other: String,
    class: String,
}

async fn two(town: &Town, coordinator: &Browser) -> Two {
    let own = person(coordinator, "Ёлкина Анна Ивановна", "pupil", "2012-05-01").await;
    let other = person(coordinator, "Ёлкин Борис Петрович", "pupil", "2012-06-01").await;
    let (first, second) =
        (class(coordinator, "7А", Some(town.user(Role::ClassTeacher))).await, class(coordinator, "7Б", None).await);
    enrol(coordinator, &own, &first, "2026-09-01").await;
    enrol(coordinator, &other, &second, "2026-09-01").await;
    let parent = mother(coordinator, &own, "Ёлкина Мария Сергеевна").await;
    mother(coordinator, &other, "Ёлкина Вера Сергеевна").await;
    Two { own, parent, other, class: second }
}

/// Checks that somebody sees one pupil with the mother and nobody of the other class, whatever is asked.
async fn sees_only_own(browser: &Browser, people: &Two) {
    for path in ["/people".to_owned(), "/people?q=елкин".into(), "/search?q=елкин".into()] {
        let seen = browser.get(&path).await;
        seen.must_be(200).must_say("Ёлкина Анна Ивановна").must_say("Ёлкина Мария Сергеевна");
        seen.must_not_say("Борис").must_not_say("Вера Сергеевна");
    }
    browser.get(&format!("/people?class={}", people.class)).await.must_say("Никого не найдено");
    let file = cells(&browser.get("/people.xlsx").await);
    assert!(file.contains("Мария") && !file.contains("Борис") && !file.contains("Вера"), "{file}");
    browser.get(&card(&people.own)).await.must_be(200).must_not_say("Кто смотрел карточку");
    browser.get(&card(&people.parent)).await.must_be(200);
    browser.get(&card(&people.other)).await.must_be(404);
    browser.get(&format!("{}/edit", card(&people.own))).await.must_be(403);
}

#[rstest]
#[tokio::test]
async fn a_class_teacher_sees_the_own_class_and_its_representatives(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let people = two(&town, &coordinator).await;
    let teacher = town.browser(Role::ClassTeacher).await;
    sees_only_own(&teacher, &people).await;
    let classes = coordinator.get("/classes").await;
    classes.must_say("Иванова class_teacher Петровна").must_say("не назначен");
    let own = teacher.get("/people").await.links("/people/0").len();
    assert_eq!(own, 2, "the pupil and the mother");

    let journal = town.browser(Role::Administrator).await.get("/journal?event=people.exported").await;
    journal.must_say("Записей: 2");
    let elsewhere = people.class.clone();
    enrol(&coordinator, &people.own, &elsewhere, "2026-11-20").await;
    teacher.get(&card(&people.own)).await.must_be(404);
    teacher.get("/people").await.must_say("Людей пока нет");
}

#[rstest]
#[tokio::test]
async fn a_group_curator_and_a_psychologist_see_the_people_they_work_with(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let people = two(&town, &coordinator).await;
    for role in [Role::GroupCurator, Role::Psychologist] {
        town.browser(role).await.get(&card(&people.own)).await.must_be(404);
    }
    participate(&town, &people.own, Some(town.user(Role::GroupCurator))).await;
    for role in [Role::GroupCurator, Role::Psychologist] {
        sees_only_own(&town.browser(role).await, &people).await;
    }
    participate(&town, &people.other, None).await;
    town.browser(Role::GroupCurator).await.get(&card(&people.other)).await.must_be(404);
    town.browser(Role::Psychologist).await.get(&card(&people.other)).await.must_be(200);
}

#[rstest]
#[tokio::test]
async fn the_head_reads_the_administrator_sees_nobody_and_the_neighbour_finds_nothing(
    #[values(Sqlite, Postgres)] on: Dialect,
) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let people = two(&town, &coordinator).await;
    for role in [Role::Head, Role::Inspector] {
        let reader = town.browser(role).await;
        let list = reader.get("/people").await;
        list.must_say("Ёлкин Борис Петрович").must_say("4 человека");
        assert!(list.links("/people/new").is_empty());
        let seen = reader.get(&card(&people.other)).await;
        seen.must_be(200).must_not_say("Отметить выбытие").must_not_say("Убрать");
        reader.post(&format!("{}/leaving", card(&people.other)), &[]).await.must_be(403);
    }
    for role in [Role::Administrator, Role::Contributor] {
        let blind = town.browser(role).await;
        for path in ["/people", "/people.xlsx", "/classes", &card(&people.own)] {
            blind.get(path).await.must_be(403);
        }
        blind.get("/search?q=елкин").await.must_say("ничего не найдено");
    }
    town.neighbour().await;
    let neighbour = town.stranger();
    neighbour.sign_in(&login_of(Role::Coordinator, "-2"), PASSWORD).await;
    neighbour.get(&card(&people.own)).await.must_be(404);
    neighbour.get("/people").await.must_say("Людей пока нет");
    neighbour.get("/search?q=елкин").await.must_say("ничего не найдено");
    let merge = [("kept", people.own.as_str()), ("merged", people.other.as_str())];
    neighbour.post("/people/duplicates/merge", &merge).await.must_be(404);
}

#[rstest]
#[tokio::test]
async fn who_withdrew_is_on_no_page_about_people(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let people = two(&town, &coordinator).await;
    hide(&town, &people.own).await;
    for role in [Role::Coordinator, Role::Head, Role::ClassTeacher] {
        let browser = town.browser(role).await;
        browser.get(&card(&people.own)).await.must_be(404);
        for path in ["/people", "/search?q=елкина", "/classes", &card(&people.parent)] {
            browser.get(path).await.must_not_say("Анна Ивановна");
        }
        assert!(!cells(&browser.get("/people.xlsx").await).contains("Анна"));
    }
}

#[rstest]
#[tokio::test]
async fn classes_go_on_once_and_the_last_grade_graduates(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    coordinator.get("/classes/promotion").await.must_say("Переводить некого");
    let teacher = town.user(Role::ClassTeacher);
    let (seventh, last) = (class(&coordinator, "7А", Some(teacher)).await, class(&coordinator, "11", None).await);
    let young = person(&coordinator, "Ёлкина Анна Ивановна", "pupil", "2012-05-01").await;
    let grown = person(&coordinator, "Яшин Олег Ильич", "pupil", "2008-05-01").await;
    enrol(&coordinator, &young, &seventh, "2026-09-01").await;
    enrol(&coordinator, &grown, &last, "2026-09-01").await;
    let twice = coordinator.post("/classes", &[("name", "7а")]).await;
    twice.must_be(422).must_say("Такой класс в этом учебном году уже есть.");

    town.days_pass(290);
    let coordinator = town.browser(Role::Coordinator).await;
    let preview = coordinator.get("/classes/promotion").await;
    preview.must_say("7А → 8А: 1 обучающийся").must_say("11 → выпуск: 1 обучающийся");
    let done = coordinator.follow(preview.form("/classes/promotion").send(&coordinator).await).await;
    done.must_say("Переведено: 1. Выпущено: 1.").must_say("8А").must_say("Иванова class_teacher Петровна");
    coordinator.get(&card(&young)).await.must_say("8А с 01.09.2027").must_say("7А, 2026/27 учебный год");
    let graduate = coordinator.get(&card(&grown)).await;
    graduate.must_say("Выпускник").must_say("Выбытие 31.08.2027: окончание школы.");
    let again = coordinator.follow(coordinator.post("/classes/promotion", &[]).await).await;
    again.must_say("Переведено: 0. Выпущено: 0.");
    town.browser(Role::ClassTeacher).await.get(&card(&young)).await.must_be(200);
}

#[rstest]
#[tokio::test]
async fn duplicates_are_found_merged_and_made_two_again(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let kept = person(&coordinator, "Ёлкина Анна Ивановна", "pupil", "2012-05-01").await;
    let twin = person(&coordinator, "Елкина Анна Ивановна", "graduate", "2012-05-01").await;
    person(&coordinator, "Ёлкина Анна Ивановна", "pupil", "2013-05-01").await;
    let group = class(&coordinator, "7А", None).await;
    enrol(&coordinator, &twin, &group, "2026-09-01").await;
    mother(&coordinator, &twin, "Ёлкина Мария Сергеевна").await;
    participate(&town, &twin, None).await;

    let list = coordinator.get("/people/duplicates").await;
    list.must_say("совпадают имя и дата рождения");
    assert_eq!(list.links("/people/duplicates/merge?").len(), 1, "a namesake born on another day is no duplicate");
    let question = coordinator.get(&format!("/people/duplicates/merge?kept={kept}&merged={twin}")).await;
    question.must_say("Останется").must_say("Исчезнет").must_say("участие в программе");
    let form = question.form("/people/duplicates/merge");
    let merged = coordinator.follow(form.send(&coordinator).await).await;
    merged.must_say("7А с 01.09.2026").must_say("Ёлкина Мария Сергеевна").must_say("Обучающийся, выпускник");
    coordinator.get(&card(&twin)).await.must_be(404);
    form.send(&coordinator).await.must_be(404);
    let owner = "SELECT CAST(person_id AS TEXT) FROM participations";
    assert_eq!(town.look().await.one::<(String,)>(owner, vec![]).await.unwrap(), (kept.clone(),));

    let undo = coordinator.get("/people/duplicates").await.form("/people/duplicates/undoing");
    let again = coordinator.follow(undo.send(&coordinator).await).await;
    again.must_say("Карточки разъединены").must_say("7А с 01.09.2026").must_say("Ёлкина Мария Сергеевна");
    coordinator.get(&card(&kept)).await.must_say("Класс не указан").must_not_say("Мария Сергеевна");
    assert_eq!(town.look().await.one::<(String,)>(owner, vec![]).await.unwrap(), (twin,));
    undo.send(&coordinator).await.must_be(404);
}

#[rstest]
#[tokio::test]
async fn of_two_current_classes_and_posts_the_kept_record_keeps_its_own(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let (first, second) = (class(&coordinator, "7А", None).await, class(&coordinator, "7Б", None).await);
    let kept = person(&coordinator, "Ёлкина Анна", "pupil", "").await;
    let twin = person(&coordinator, "Ёлкина Анна", "pupil", "").await;
    enrol(&coordinator, &kept, &first, "2026-09-01").await;
    enrol(&coordinator, &twin, &second, "2026-09-02").await;
    for (id, post) in [(&kept, "лаборант"), (&twin, "вожатый")] {
        coordinator.post(&format!("{}/post", card(id)), &[("post", post)]).await.must_be(303);
    }
    let merge = [("kept", kept.as_str()), ("merged", twin.as_str())];
    coordinator.post("/people/duplicates/merge", &merge).await.must_be(303);
    coordinator.get(&card(&kept)).await.must_say("7А с 01.09.2026").must_say("лаборант").must_not_say("вожатый");
    coordinator.get("/people/duplicates").await.form("/people/duplicates/undoing").send(&coordinator).await;
    coordinator.get(&card(&twin)).await.must_say("7Б с 02.09.2026").must_say("вожатый");
}

const REFERRING: &str = "
    SELECT m.name, f.\"from\"
    FROM sqlite_master m
    JOIN pragma_foreign_key_list(m.name) f
    WHERE m.type = 'table' AND f.\"table\" = 'persons' AND f.\"from\" <> 'school_id'";

#[tokio::test]
async fn a_merge_knows_every_table_that_refers_to_a_person() {
    let database = TestDatabase::new(Sqlite, MIGRATIONS).await;
    let found: Vec<(String, String)> = database.db.read().await.unwrap().all(REFERRING, vec![]).await.unwrap();
    let found: BTreeSet<(String, String)> = found.into_iter().collect();
    let moving = queries::REFERENCES.iter().map(|known| (known.table, known.column));
    let staying = queries::STAYING.iter().map(|(table, column, _)| (*table, *column));
    let known: BTreeSet<(String, String)> =
        moving.chain(staying).map(|(table, column)| (table.to_owned(), column.to_owned())).collect();
    assert_eq!(
        found, known,
        "add what is missing to REFERENCES, or to STAYING with a reason: people/queries/merges.rs"
    );
}
