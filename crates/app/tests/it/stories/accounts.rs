//! Stories of accounts: made, changed, closed, never left without an administrator.

use crate::support::{Browser, PASSWORD, Seen, Town, login_of};
use database::Dialect::{self, Postgres, Sqlite};
use nastavnik::access::{Role, UserId};
use rstest::rstest;

const NEW: &str = "/users/new";

/// Returns the login and the password that a page shows once.
fn shown_once(seen: &Seen) -> (String, String) {
    let html = seen.html();
    let mut secrets =
        html.split("<code class=\"secret\">").skip(1).map(|part| part.split('<').next().unwrap().to_owned());
    (secrets.next().expect("a login"), secrets.next().expect("a password"))
}

fn path(user: UserId) -> String {
    format!("/users/{user}")
}

/// Sends the form of a user as it stands on the page, with some fields changed.
async fn save(browser: &Browser, user: UserId, changed: &[(&str, &str)]) -> Seen {
    let form = browser.get(&path(user)).await.form(&path(user));
    changed.iter().fold(form, |form, (name, value)| form.with(name, value)).send(browser).await
}

async fn create(administrator: &Browser, full_name: &str) -> Seen {
    let form = administrator.get(NEW).await.form(NEW);
    form.with("full_name", full_name).with("login", "").with("roles", "class_teacher").send(administrator).await
}

#[rstest]
#[tokio::test]
async fn a_new_colleague_gets_a_login_made_from_the_name_and_changes_the_password_first(
    #[values(Sqlite, Postgres)] on: Dialect,
) {
    let town = Town::on(on).await;
    let administrator = town.browser(Role::Administrator).await;
    let made = create(&administrator, "Щукина Юлия Андреевна").await;
    made.must_be(201).must_say("Учётная запись создана").must_say("Пароль показан один раз");
    let (login, password) = shown_once(&made);
    assert_eq!(login, "shchukina.ia");

    let colleague = town.stranger();
    colleague.sign_in(&login, &password).await;
    for page in ["/", "/roadmap", "/search?q=1"] {
        assert_eq!(colleague.get(page).await.location.as_deref(), Some("/account/password"), "{page}");
    }
    assert_eq!(colleague.post("/roadmap/rows/1/notes", &[]).await.status, 303, "nothing can be sent either");
    colleague.get("/account/password").await.must_be(200).must_say("Ваш пароль временный.");
    let same = [("current", password.as_str()), ("new", &password), ("again", &password)];
    colleague.post("/account/password", &same).await.must_be(422).must_say("совпадает с прежним");
    let new = [("current", password.as_str()), ("new", PASSWORD), ("again", PASSWORD)];
    colleague.submit("/account/password", &new).await.must_be(200).must_say("Пароль изменён.");
    colleague.get("/roadmap").await.must_be(200).must_say("Щукина Юлия Андреевна");
}

#[rstest]
#[tokio::test]
async fn a_login_is_suggested_and_people_of_one_name_get_a_number(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let administrator = town.browser(Role::Administrator).await;
    create(&administrator, "Иванов Иван Иванович").await.must_be(201);
    let form = administrator.get(NEW).await.form(NEW).with("full_name", "Иванов Илья Игоревич").with("login", "");
    let suggested = form.clone().with("step", "suggest").send(&administrator).await;
    suggested.must_be(200);
    assert_eq!(suggested.value_of("login"), "ivanov.ii2");
    assert_eq!(suggested.value_of("full_name"), "Иванов Илья Игоревич");
    let empty = form.with("full_name", " ").with("step", "suggest").send(&administrator).await;
    empty.must_be(422).must_say("Сначала введите фамилию");
}

#[rstest]
#[tokio::test]
async fn sending_the_form_of_a_new_account_twice_makes_one_account(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let administrator = town.browser(Role::Administrator).await;
    let form =
        administrator.get(NEW).await.form(NEW).with("full_name", "Белов Пётр").with("login", "").with("roles", "head");
    form.send(&administrator).await.must_be(201);
    let again = form.send(&administrator).await;
    let again = administrator.follow(again).await;
    again.must_be(200).must_say("Эта учётная запись уже создана.").must_say("Логин: belov.p");
    administrator.get("/users?q=%D0%B1%D0%B5%D0%BB%D0%BE%D0%B2").await.must_say("1 учётная запись из");
}

#[rstest]
#[tokio::test]
async fn a_mistake_in_a_new_account_keeps_what_was_typed(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let administrator = town.browser(Role::Administrator).await;
    let form = administrator.get(NEW).await.form(NEW).with("full_name", "Белов Пётр").with("roles", "psychologist");
    let taken = form.clone().with("login", &login_of(Role::Head, "")).send(&administrator).await;
    taken.must_be(422).must_say("Такой логин уже есть.");
    assert_eq!(taken.value_of("full_name"), "Белов Пётр");
    let html = taken.html();
    let ticked = html.split("<input").find(|tag| tag.contains("value=\"psychologist\"")).unwrap();
    assert!(ticked.contains("checked"), "{ticked}");
    let wrong = form.with("login", "а б в").with("roles", "owner").send(&administrator).await;
    wrong.must_be(422).must_say("без пробелов").must_say("Выберите роли из списка.");
}

#[rstest]
#[tokio::test]
async fn a_login_of_another_school_cannot_be_taken(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let (_, neighbour) = town.neighbour().await;
    let form = neighbour.get(NEW).await.form(NEW).with("full_name", "Белов Пётр").with("roles", "head");
    form.with("login", &login_of(Role::Head, "")).send(&neighbour).await.must_be(422).must_say("Такой логин уже есть.");
}

#[rstest]
#[tokio::test]
async fn a_change_of_roles_works_at_once(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let (administrator, head) = (town.browser(Role::Administrator).await, town.browser(Role::Head).await);
    head.get("/users").await.must_be(403);
    let saved = save(&administrator, town.user(Role::Head), &[("roles", "administrator")]).await;
    administrator.follow(saved).await.must_be(200).must_say("сохранена");
    head.get("/").await.must_be(303);
    head.sign_in(&login_of(Role::Head, ""), PASSWORD).await;
    head.get("/users").await.must_be(200);
}

#[rstest]
#[tokio::test]
async fn a_closed_account_is_out_at_once_and_its_name_stays(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let (administrator, head) = (town.browser(Role::Administrator).await, town.browser(Role::Head).await);
    save(&administrator, town.user(Role::Head), &[("is_active", "")]).await.must_be(303);
    head.get("/").await.must_be(303);
    let login = login_of(Role::Head, "");
    let refused = town.stranger().post("/sign-in", &[("login", &login), ("password", PASSWORD)]).await;
    refused.must_be(422).must_say("Логин или пароль не подходят");
    administrator.get("/users?state=closed").await.must_say("Иванова head Петровна").must_say("1 учётная запись из");
}

#[rstest]
#[tokio::test]
async fn the_last_administrator_cannot_leave(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let administrator = town.browser(Role::Administrator).await;
    let own = town.user(Role::Administrator);
    for change in [("roles", "head"), ("is_active", "")] {
        let refused = save(&administrator, own, &[change]).await;
        refused.must_be(422).must_say("В школе должен остаться хотя бы один действующий администратор.");
    }
    save(&administrator, town.user(Role::Head), &[("roles", "administrator")]).await.must_be(303);
    let left = save(&administrator, own, &[("roles", "head")]).await;
    assert_eq!(left.location.as_deref(), Some("/"), "the list of accounts is not for heads");
    administrator.get("/").await.must_be(200);
    administrator.get("/users").await.must_be(403);
}

#[rstest]
#[tokio::test]
async fn two_administrators_who_close_each_other_at_once_do_not_both_succeed(#[values(Sqlite, Postgres)] on: Dialect) {
    for _ in 0..5 {
        let town = Town::on(on).await;
        let one = town.browser(Role::Administrator).await;
        let (own, other) = (town.user(Role::Administrator), town.user(Role::Head));
        save(&one, other, &[("roles", "administrator")]).await.must_be(303);
        let two = town.browser(Role::Head).await;
        let closes_two = one.get(&path(other)).await.form(&path(other)).with("is_active", "");
        let closes_one = two.get(&path(own)).await.form(&path(own)).with("is_active", "");
        tokio::join!(closes_two.send(&one), closes_one.send(&two));
        let left = "SELECT COUNT(*) FROM users u JOIN user_roles r ON r.user_id = u.id AND r.role = 'administrator' WHERE u.is_active";
        assert_eq!(town.look().await.one::<(i64,)>(left, vec![]).await.unwrap().0, 1);
    }
}

#[rstest]
#[tokio::test]
async fn who_changes_the_own_account_goes_on_working(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let (here, elsewhere) = (town.browser(Role::Administrator).await, town.browser(Role::Administrator).await);
    let saved = save(&here, town.user(Role::Administrator), &[("full_name", "Петрова Анна Сергеевна")]).await;
    here.follow(saved).await.must_be(200).must_say("Петрова Анна Сергеевна");
    elsewhere.get("/").await.must_be(303);
}

#[rstest]
#[tokio::test]
async fn of_two_people_who_edit_one_account_the_second_sees_both_versions(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let (one, two) = (town.browser(Role::Administrator).await, town.browser(Role::Administrator).await);
    let user = town.user(Role::Inspector);
    let stale = two.get(&path(user)).await.form(&path(user)).with("post", "методист района");
    let two = two.sending("referer", &format!("http://school.test{}", path(user)));
    save(&one, user, &[("post", "главный специалист")]).await.must_be(303);
    let conflict = stale.send(&two).await;
    conflict.must_be(409).must_say("Запись уже изменили").must_say("Ваш вариант").must_say("методист района");
    conflict.must_say("Сохранено сейчас").must_say("главный специалист").must_say("Открыть заново");
    assert_eq!(conflict.links(&path(user)), [path(user)]);
    assert_eq!(one.get(&path(user)).await.value_of("post"), "главный специалист", "nothing was overwritten");
}

#[rstest]
#[tokio::test]
async fn a_forgotten_password_is_replaced_by_a_temporary_one(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let (administrator, head) = (town.browser(Role::Administrator).await, town.browser(Role::Head).await);
    let page = format!("{}/password", path(town.user(Role::Head)));
    let asked = administrator.get(&page).await;
    asked.must_be(200).must_say("Что произойдёт").must_say("Что останется");
    head.get("/").await.must_be(200);
    let made = asked.form(&page).send(&administrator).await;
    let (login, password) = shown_once(made.must_be(200));
    head.get("/").await.must_be(303);
    head.sign_in(&login, &password).await;
    head.get("/").await.must_be(303);
    town.stranger().post("/sign-in", &[("login", &login), ("password", PASSWORD)]).await.must_be(422);
}

#[rstest]
#[tokio::test]
async fn the_own_password_is_never_reset_but_changed(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let administrator = town.browser(Role::Administrator).await;
    let page = format!("{}/password", path(town.user(Role::Administrator)));
    assert_eq!(administrator.get(&page).await.location.as_deref(), Some("/account/password"));
    assert_eq!(administrator.post(&page, &[]).await.location.as_deref(), Some("/account/password"));
    administrator.get("/users").await.must_be(200);
}

#[rstest]
#[tokio::test]
async fn accounts_of_another_school_do_not_exist(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let (_, neighbour) = town.neighbour().await;
    let theirs = path(town.user(Role::Head));
    neighbour.get(&theirs).await.must_be(404).must_say("Страница не найдена");
    let form = town.browser(Role::Administrator).await.get(&theirs).await.form(&theirs);
    form.with("full_name", "Захвачена").send(&neighbour).await.must_be(404);
    neighbour.post(&format!("{theirs}/password"), &[]).await.must_be(404);
    neighbour.get("/users?q=head").await.must_say("1 учётная запись из").must_not_say("Школа № 7");
    town.browser(Role::Head).await.get("/").await.must_be(200).must_not_say("Захвачена");
}

#[rstest]
#[tokio::test]
async fn the_list_is_searched_filtered_sorted_and_saved(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let administrator = town.browser(Role::Administrator).await;
    create(&administrator, "=СУММ(A1) Ёлкина").await.must_be(201);
    administrator.get("/users").await.must_be(200).must_say("9 учётных записей").must_say("Ёлкина");
    administrator.get("/users?q=%D0%95%D0%9B%D0%9A%D0%98%D0%9D%D0%90").await.must_say("1 учётная запись из 9");
    administrator.get("/users?role=class_teacher").await.must_say("2 учётные записи из 9");
    administrator.get("/users?state=invited").await.must_say("1 учётная запись из 9");
    administrator.get("/users?q=%27;--%25&sort=%3Cb%3E&dir=x&page=99").await.must_be(200).must_say("Никого не найдено");
    let sorted = administrator.get("/users?sort=login&dir=desc").await.text();
    assert!(sorted.find("psychologist") < sorted.find("coordinator"), "{sorted}");

    let csv = administrator.get("/users.csv?role=class_teacher").await;
    let text = String::from_utf8(csv.bytes.clone()).unwrap();
    assert_eq!(text.lines().count(), 3, "{text}");
    assert!(text.contains("'=СУММ(A1) Ёлкина"), "a name is never a formula: {text}");
    assert!(csv.headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
    let xlsx = administrator.get("/users.xlsx").await;
    assert!(xlsx.bytes.starts_with(b"PK"), "a workbook is a package");
    administrator.get("/journal?event=access.users_exported").await.must_say("Найдено: 2 записи");
}
