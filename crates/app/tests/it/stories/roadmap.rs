//! Stories of a year: prepared, started, worked on, proven, accepted.

use crate::support::{Browser, Seen, Town};
use database::Dialect::{self, Postgres, Sqlite};
use nastavnik::access::Role;
use rstest::rstest;

/// Prepares and starts the school year 2026/27 from the template.
pub async fn start_year(coordinator: &Browser) -> Seen {
    let draft = coordinator.post("/years/new", &[("year", "2026"), ("origin", "template")]).await;
    let draft = draft.location.expect("the draft has a page");
    coordinator.post(&format!("{draft}/start"), &[]).await.must_be(303);
    coordinator.get("/roadmap").await
}

/// Returns the path of the row with a number.
pub async fn row(browser: &Browser, number: &str) -> String {
    let seen = browser.get(&format!("/roadmap?q={}", number.replace('.', "%2E"))).await;
    let html = seen.html();
    let marked = html.split("href=\"/roadmap/rows/").skip(1);
    let found = marked.into_iter().find(|rest| {
        rest.contains(&format!(">{number}<")) && {
            let before = rest.find(&format!(">{number}<")).unwrap_or(usize::MAX);
            before < rest.find("</a>").unwrap_or(0)
        }
    });
    let id: String = found.unwrap_or_else(|| panic!("row {number}")).chars().take(36).collect();
    format!("/roadmap/rows/{id}")
}

#[rstest]
#[tokio::test]
async fn a_year_starts_from_the_template_with_31_rows(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    coordinator.get("/").await.must_say("Учебный год ещё не начат");

    let draft = coordinator.submit("/years/new", &[("year", "2026"), ("origin", "template")]).await;
    draft.must_be(200).must_say("Сроки и цели, 2026/27").must_say("Это черновик");
    let head = town.browser(Role::Head).await;
    head.get("/roadmap").await.must_say("Учебный год ещё не начат");

    let seen = coordinator.get("/years").await;
    let draft = seen.links("/years/").into_iter().find(|path| path.len() > 20).expect("the draft in the list");
    coordinator.get(&format!("{draft}/start")).await.must_say("31 мероприятие");
    coordinator.submit(&format!("{draft}/start"), &[]).await.must_say("Показано 31 из 31");
    head.get("/roadmap").await.must_say("Показано 31 из 31").must_say("просрочено 13");
    coordinator.post(&format!("{draft}/start"), &[]).await.must_be(422).must_say("уже начат");
    let again = coordinator.post("/years/new", &[("year", "2026"), ("origin", "template")]).await;
    again.must_be(422).must_say("уже есть");
}

#[rstest]
#[tokio::test]
async fn a_draft_can_be_dropped_and_made_again(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let made = coordinator.post("/years/new", &[("year", "2027"), ("origin", "template")]).await;
    let draft = made.location.unwrap();
    coordinator.get(&format!("{draft}/removal")).await.must_be(200).must_say("Что произойдёт");
    coordinator.submit(&format!("{draft}/removal"), &[]).await.must_say("Черновик удалён");
    coordinator.get(&draft).await.must_be(404);
    coordinator.post("/years/new", &[("year", "2027"), ("origin", "template")]).await.must_be(303);
}

#[rstest]
#[tokio::test]
async fn nobody_closes_a_row_by_a_tick(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    start_year(&coordinator).await;
    let row = row(&coordinator, "1.1").await;
    let confirmation = format!("{row}/confirmation");
    coordinator.get(&confirmation).await.must_say("Записи пока не доказывают выполнение");

    let tick = coordinator.post(&confirmation, &[("done_on", "2026-10-20")]).await;
    tick.must_be(422).must_say("Показатель не достигнут");
    let short = coordinator.post(&confirmation, &[("done_on", "2026-10-20"), ("reason", "надо")]).await;
    short.must_be(422).must_say("слишком короткая");
    assert_eq!(short.value_of("done_on"), "2026-10-20", "what was typed is not lost");
    let future =
        coordinator.post(&confirmation, &[("done_on", "2026-11-23"), ("reason", "приказ директора подписан")]).await;
    future.must_be(422).must_say("ещё не наступила");

    let reason = "База собрана на бумаге, приказ № 12-ОД";
    let done = coordinator.submit(&confirmation, &[("done_on", "2026-10-20"), ("reason", reason)]).await;
    done.must_be(200).must_say("Выполнение подтверждено").must_say(reason).must_say("выполнено");
    let inspector = town.browser(Role::Inspector).await;
    inspector.get(&row).await.must_say("Подтверждено, хотя показатель не достигнут").must_say(reason);
    inspector.get("/roadmap").await.must_say("без показателя");
}

#[rstest]
#[tokio::test]
async fn numbers_prove_a_row_and_the_head_accepts_it(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    start_year(&coordinator).await;
    let row = row(&coordinator, "1.1").await;
    let reading = format!("{row}/readings/participants.coverage");
    let groups = |pupils: &'static str, teachers: &'static str| {
        vec![
            ("as_of", "2026-11-20"),
            ("source", "списки классов на 20.11"),
            ("group_name", "обучающиеся 10–18 лет"),
            ("group_numerator", pupils),
            ("group_denominator", "101"),
            ("group_name", "педагоги"),
            ("group_numerator", teachers),
            ("group_denominator", "48"),
        ]
    };
    coordinator.post(&reading, &groups("55", "27")).await.must_be(303);
    let behind = coordinator.get(&row).await;
    behind.must_say("До 55 % не хватает 1 участника").must_say("Источник: списки классов на 20.11");
    coordinator.post(&reading, &groups("102", "27")).await.must_be(422).must_say("часть больше целого");
    coordinator.post(&reading, &groups("56", "27")).await.must_be(303);
    coordinator.get(&row).await.must_say("56 из 101").must_say("достигнут");
    let shared = self::row(&coordinator, "1.2").await;
    coordinator.get(&shared).await.must_say("56 из 101");

    let done = coordinator.submit(&format!("{row}/confirmation"), &[("done_on", "2026-11-20")]).await;
    done.must_say("выполнено с опозданием").must_not_say("хотя показатель");
    let head = town.browser(Role::Head).await;
    head.get("/").await.must_say("Ждут принятия");
    head.submit(&format!("{row}/acceptance"), &[]).await.must_say("Выполнение принято");
    coordinator.post(&format!("{row}/withdrawal"), &[]).await.must_be(422).must_say("принято директором");
    head.post(&format!("{row}/return"), &[("reason", "")])
        .await
        .must_be(422)
        .must_say("Напишите, что нужно доработать");
    let back = head.submit(&format!("{row}/return"), &[("reason", "Приложите списки")]).await;
    back.must_say("возвращено на доработку").must_say("Приложите списки").must_say("просрочено");
    coordinator.get(&row).await.must_say("Директор возвращает на доработку").must_say("Приложите списки");
    let home = coordinator.get("/").await;
    home.must_say("Возвращено на доработку 22.11.2026").must_say("1.1 Формирование базы наставляемых");
}

#[rstest]
#[tokio::test]
async fn a_number_by_groups_needs_every_group_and_a_date_of_the_year(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    start_year(&coordinator).await;
    let reading = format!("{}/readings/participants.coverage", row(&coordinator, "1.1").await);
    let fields = |day: &'static str, second: &'static str| {
        [
            ("as_of", day),
            ("source", "списки"),
            ("group_name", "Обучающиеся 10–18 лет"),
            ("group_numerator", "600"),
            ("group_denominator", "620"),
            ("group_name", second),
            ("group_numerator", "48"),
            ("group_denominator", "48"),
        ]
    };
    let partial = coordinator.post(&reading, &fields("2026-11-20", "завхозы")).await;
    partial.must_be(422).must_say("Заполните группу «педагоги»");
    coordinator.post(&reading, &fields("2025-11-20", "педагоги")).await.must_be(422).must_say("проверьте год");
    coordinator.post(&reading, &fields("2027-11-20", "педагоги")).await.must_be(422).must_say("ещё не наступила");
    coordinator.post(&reading, &fields("2026-11-20", "педагоги")).await.must_be(303);
}

#[rstest]
#[tokio::test]
async fn a_form_sent_twice_is_one_record(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    start_year(&coordinator).await;
    let row = row(&coordinator, "2.2").await;
    let key = coordinator.get(&row).await.value_of("key");
    for _ in 0..2 {
        let note = [("key", key.as_str()), ("text", "Записано однажды")];
        coordinator.post(&format!("{row}/notes"), &note).await.must_be(303);
        let task = [("key", key.as_str()), ("text", "Сделать однажды")];
        coordinator.post(&format!("{row}/tasks"), &task).await.must_be(303);
        let document = [("key", key.as_str()), ("title", "Приложено однажды")];
        coordinator.upload(&format!("{row}/documents"), &document, ("a.pdf", b"%PDF")).await.must_be(303);
    }
    let mut tx = town.look().await;
    let sql = "SELECT (SELECT COUNT(*) FROM row_notes), (SELECT COUNT(*) FROM row_tasks), (SELECT COUNT(*) FROM row_documents),
                      (SELECT COUNT(*) FROM files)";
    assert_eq!(tx.one::<(i64, i64, i64, i64)>(sql, vec![]).await.unwrap(), (1, 1, 1, 1));
    let sql = "SELECT COUNT(*) FROM audit_log WHERE event IN ('roadmap.note_added', 'roadmap.task_added', 'roadmap.document_added')";
    assert_eq!(tx.one::<(i64,)>(sql, vec![]).await.unwrap(), (3,));
    let versions = coordinator.get(&row).await.links(&format!("{row}/documents/{key}/versions"));
    coordinator.upload(&versions[0].replace("/versions/1", "/versions"), &[], ("a.pdf", b"%PDF")).await.must_be(303);
    coordinator.get(&row).await.must_not_say("версия 2");
}

#[rstest]
#[tokio::test]
async fn what_the_head_has_accepted_is_not_edited(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    start_year(&coordinator).await;
    let row = row(&coordinator, "1.6").await;
    let done = [("done_on", "2026-10-20"), ("reason", "Анкеты собраны на бумаге")];
    coordinator.post(&format!("{row}/confirmation"), &done).await.must_be(303);
    town.browser(Role::Head).await.post(&format!("{row}/acceptance"), &[]).await.must_be(303);
    let edit = format!("{row}/edit");
    let version = coordinator.get(&edit).await.value_of("version");
    let fields = [("version", version.as_str()), ("title", "Другое"), ("term", "май"), ("responsible", "post:head")];
    coordinator.post(&edit, &fields).await.must_be(422).must_say("принято директором");
}

#[rstest]
#[tokio::test]
async fn the_overview_follows_what_people_do(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    start_year(&coordinator).await;
    coordinator.get("/").await.must_say("Выполнено 0 из 29 мероприятий, просрочено 13");
    let row = row(&coordinator, "1.8").await;
    let number = [("as_of", "2026-11-20"), ("source", "журнал согласий"), ("numerator", "70"), ("denominator", "84")];
    coordinator.post(&format!("{row}/readings/consents.valid"), &number).await.must_be(303);
    coordinator.get("/").await.must_say("не хватает 14").must_say("Внесено значение показателя");

    let done = [("done_on", "2026-10-30"), ("reason", "Остальные согласия переданы секретарю")];
    coordinator.post(&format!("{row}/confirmation"), &done).await.must_be(303);
    coordinator.get("/").await.must_say("Выполнено 1 из 29 мероприятий, просрочено 12");
    let total = self::row(&coordinator, "5.1").await;
    coordinator.get(&total).await.must_say("1 из 29");
}

#[rstest]
#[tokio::test]
async fn who_answers_for_a_row_works_on_it_and_others_look(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    start_year(&coordinator).await;
    let theirs = row(&coordinator, "1.10").await;
    let foreign = row(&coordinator, "1.8").await;
    let teacher = town.browser(Role::ClassTeacher).await;
    teacher.get("/").await.must_say("Мои мероприятия");
    teacher.get(&theirs).await.must_say("Подтвердить выполнение").must_not_say("Отменить мероприятие");
    teacher.post(&format!("{theirs}/notes"), &[("text", "Провели встречи в 7 «Б»")]).await.must_be(303);
    teacher.get(&theirs).await.must_say("Провели встречи в 7 «Б»").must_say("в работе");

    teacher.get(&foreign).await.must_be(200).must_not_say("Подтвердить выполнение").must_not_say("Добавить заметку");
    teacher
        .post(&format!("{foreign}/notes"), &[("text", "чужое")])
        .await
        .must_be(403)
        .must_say("отвечает другой сотрудник");
    teacher.post(&format!("{foreign}/confirmation"), &[("done_on", "2026-10-01")]).await.must_be(403);
    teacher.post(&format!("{foreign}/cancellation"), &[("reason", "не хочется больше")]).await.must_be(403);
    let inspector = town.browser(Role::Inspector).await;
    inspector.post(&format!("{theirs}/notes"), &[("text", "проверка")]).await.must_be(403);
}

#[rstest]
#[tokio::test]
async fn a_post_given_to_a_person_makes_her_rows_hers(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let draft = coordinator.post("/years/new", &[("year", "2026"), ("origin", "template")]).await.location.unwrap();
    let methodist = town.user(Role::Contributor).to_string();
    let posts =
        [("deputy", ""), ("methodist", methodist.as_str()), ("social_pedagogue", ""), ("methodical_union_head", "")];
    coordinator.submit(&format!("{draft}/posts"), &posts).await.must_say("Начало 2026/27");
    coordinator.post(&format!("{draft}/start"), &[]).await.must_be(303);
    let row = row(&coordinator, "1.4").await;
    let contributor = town.browser(Role::Contributor).await;
    contributor.get(&row).await.must_say("Подтвердить выполнение").must_say("Иванова contributor Петровна");
    let upload = contributor
        .upload(&format!("{row}/documents"), &[("title", "Соглашение")], ("Соглашение.pdf", b"%PDF-1.7"))
        .await;
    upload.must_be(303);
    contributor.get(&row).await.must_say("Соглашение").must_say("версия 1");
}

#[rstest]
#[tokio::test]
async fn a_document_keeps_every_version(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    start_year(&coordinator).await;
    let row = row(&coordinator, "2.2").await;
    let documents = format!("{row}/documents");
    coordinator
        .upload(&documents, &[("title", "Приказ")], ("a.exe", b"MZ"))
        .await
        .must_be(422)
        .must_say("не принимаются");
    coordinator.upload(&documents, &[("title", "Приказ")], ("", b"")).await.must_be(422).must_say("Выберите файл");
    coordinator.upload(&documents, &[("title", "Приказ № 5")], ("Приказ.pdf", b"%PDF first")).await.must_be(303);
    let seen = coordinator.get(&row).await;
    let first = seen.links(&format!("{documents}/")).into_iter().find(|path| path.ends_with("/versions/1")).unwrap();
    coordinator
        .upload(first.trim_end_matches("/1"), &[], ("Приказ исправленный.pdf", b"%PDF second"))
        .await
        .must_be(303);
    coordinator.get(&row).await.must_say("версия 2").must_say("Прежние версии");
    let second = first.replace("/versions/1", "/versions/2");
    for (path, bytes) in [(&first, b"%PDF first".as_slice()), (&second, b"%PDF second")] {
        let file = coordinator.get(path).await;
        assert_eq!(file.bytes, bytes);
        assert!(file.headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
        assert_eq!(file.headers["x-content-type-options"], "nosniff");
    }
    let removal = first.replace("/versions/1", "/removal");
    coordinator.get(&removal).await.must_say("Приказ № 5").must_say("Что останется");
    coordinator.submit(&removal, &[]).await.must_say("Документов пока нет").must_say("Документ убран");
}

#[rstest]
#[tokio::test]
async fn two_people_who_edit_one_row_see_both_versions(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    start_year(&coordinator).await;
    let edit = format!("{}/edit", row(&coordinator, "1.6").await);
    let version = coordinator.get(&edit).await.value_of("version");
    let fields = |title: &'static str, term: &'static str| {
        let version = version.clone();
        vec![
            ("version", version),
            ("number", "1.6".into()),
            ("title", title.into()),
            ("term", term.into()),
            ("responsible", "post:methodist".to_owned()),
        ]
    };
    let send = async |fields: Vec<(&str, String)>| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        coordinator.post(&edit, &fields).await
    };
    send(fields("Первый вариант", "до 27.12.2026")).await.must_be(303);
    let stale = send(fields("Второй вариант", "ноябрь")).await;
    stale.must_be(409).must_say("Первый вариант").must_say("Второй вариант");
    coordinator.get("/roadmap?q=Первый").await.must_say("до 27.12.2026").must_say("Показано 1 из 31");
    send(fields("", "")).await.must_be(422).must_say("Заполните это поле");
}

#[rstest]
#[tokio::test]
async fn a_term_after_the_year_is_corrected_by_one_click(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    start_year(&coordinator).await;
    let row = row(&coordinator, "4.4").await;
    let edit = format!("{row}/edit");
    let version = coordinator.get(&edit).await.value_of("version");
    let fields = [
        ("version", version.as_str()),
        ("title", "Родительские собрания"),
        ("term", "Сентябрь 2027"),
        ("responsible", "post:class_teachers"),
        ("target", "5"),
        ("small_target", ""),
        ("target", "400"),
        ("small_target", "70"),
    ];
    coordinator.post(&edit, &fields).await.must_be(303);
    let doubtful = coordinator.get(&row).await;
    doubtful.must_say("начинается после конца учебного года").must_say("Исправить на «сентябрь 2026»");
    doubtful.must_say("не менее 400").must_say("Целевые значения");
    coordinator.get("/").await.must_say("начинается после конца учебного года");
    coordinator
        .submit(&format!("{row}/term-correction"), &[])
        .await
        .must_say("Срок исправлен")
        .must_not_say("Проверьте срок");
    coordinator.post(&format!("{row}/term-correction"), &[]).await.must_be(422);
}

#[rstest]
#[tokio::test]
async fn a_cancelled_row_leaves_the_totals_and_can_come_back(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    start_year(&coordinator).await;
    let row = row(&coordinator, "5.3").await;
    coordinator.post(&format!("{row}/cancellation"), &[("reason", "нет")]).await.must_be(422);
    let gone =
        coordinator.submit(&format!("{row}/cancellation"), &[("reason", "Конкурсы в этом году не проводятся")]).await;
    gone.must_say("отменено").must_say("Конкурсы в этом году не проводятся");
    let total = self::row(&coordinator, "5.1").await;
    coordinator.get(&total).await.must_say("0 из 28");
    coordinator.post(&format!("{row}/confirmation"), &[("done_on", "2026-11-01")]).await.must_be(422);
    coordinator.submit(&format!("{row}/restoration"), &[]).await.must_say("снова в плане");
    coordinator.get(&total).await.must_say("0 из 29");
}

#[rstest]
#[tokio::test]
async fn tasks_are_given_done_and_opened_again(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    start_year(&coordinator).await;
    let row = row(&coordinator, "1.6").await;
    let tasks = format!("{row}/tasks");
    coordinator.post(&tasks, &[("text", ""), ("due_on", "скоро")]).await.must_be(422).must_say("Заполните это поле");
    let (_, neighbour) = town.neighbour().await;
    let stranger = neighbour.get("/users").await.links("/users/").into_iter().find(|path| path.len() > 40).unwrap();
    let stranger = stranger.trim_start_matches("/users/").chars().take(36).collect::<String>();
    coordinator.post(&tasks, &[("text", "Чужому"), ("user", &stranger)]).await.must_be(404);
    let psychologist = town.user(Role::Psychologist).to_string();
    let fields = [("text", "Подготовить карточки столов"), ("due_on", "2026-11-27"), ("user", psychologist.as_str())];
    coordinator.submit(&tasks, &fields).await.must_say("Подготовить карточки столов").must_say("через 5 дней");
    let seen = coordinator.get(&row).await;
    let done = seen.links(&format!("{tasks}/")).into_iter().find(|path| path.ends_with("/completion")).unwrap();
    town.browser(Role::Psychologist).await.post(&done, &[]).await.must_be(303);
    coordinator.post(&done, &[]).await.must_be(303);
    let seen = coordinator.get(&row).await;
    seen.must_say("выполнено: Иванова psychologist Петровна");
    let reopen = done.replace("/completion", "/reopening");
    coordinator.submit(&reopen, &[]).await.must_say("Задача снова в работе");
}

#[rstest]
#[tokio::test]
async fn the_numbers_of_each_day_are_kept_once(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    start_year(&coordinator).await;
    let count = async || {
        let mut tx = town.look().await;
        let sql = "SELECT COUNT(*), COUNT(DISTINCT taken_on) FROM indicator_snapshots";
        tx.one::<(i64, i64)>(sql, vec![]).await.unwrap()
    };
    let (first, days) = count().await;
    assert_eq!(days, 1);
    nastavnik::roadmap::snapshots::keep_today(&town.app).await.unwrap();
    assert_eq!(count().await, (first, 1), "the same day again changes nothing");
    town.days_pass(1);
    nastavnik::roadmap::snapshots::keep_today(&town.app).await.unwrap();
    assert_eq!(count().await, (first * 2, 2));
}

#[rstest]
#[tokio::test]
async fn the_list_is_filtered_and_sorted(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    start_year(&coordinator).await;
    coordinator.get("/roadmap?state=overdue").await.must_say("Показано 13 из 31");
    coordinator.get("/roadmap?state=overdue&state=not_started").await.must_say("Показано 31 из 31");
    coordinator.get("/roadmap?section=2").await.must_say("Показано 5 из 31");
    coordinator.get("/roadmap?who=методист&q=нетворкинг").await.must_say("Показано 2 из 31");
    coordinator.get("/roadmap?due=week").await.must_say("Показано 0 из 31").must_say("Ничего не нашлось");
    town.days_pass(8);
    coordinator.sign_in("coordinator", crate::support::PASSWORD).await;
    coordinator.get("/roadmap?due=week").await.must_say("ноябрь");
    coordinator.get("/roadmap?sort=term&dir=desc&state=&q=%25%5F%27").await.must_be(200);
    coordinator.get("/roadmap/calendar").await.must_be(200).must_say("Утверждение индивидуальных планов");
    for page in ["/roadmap/timeline", "/roadmap/calendar?month=2027-05", "/roadmap/print"] {
        coordinator.get(page).await.must_be(200).must_say("Твой результат");
    }
}

#[rstest]
#[tokio::test]
async fn the_search_finds_rows_by_their_records_and_no_drafts(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    start_year(&coordinator).await;
    coordinator.post("/years/new", &[("year", "2027"), ("origin", "template")]).await.must_be(303);
    let row = row(&coordinator, "1.6").await;
    let found = async |q: &str| coordinator.get(&format!("/search?q={q}")).await.links("/roadmap/rows/");
    assert_eq!(found("нетворкинг").await.len(), 3, "rows 1.6, 2.4 and 3.2 of the running year, none of the draft");
    assert!(found("мёдоварение").await.is_empty());
    coordinator.post(&format!("{row}/notes"), &[("text", "Мастер-класс «Мёдоварение» понравился")]).await.must_be(303);
    assert_eq!(found("медоварение").await, std::slice::from_ref(&row), "notes, whatever the letter ё");
    coordinator.post(&format!("{row}/tasks"), &[("text", "Позвонить партнёрам")]).await.must_be(303);
    assert_eq!(found("ПОЗВОНИТЬ").await, std::slice::from_ref(&row), "tasks, whatever the case");
    let upload = [("title", "Фотоотчёт встречи")];
    coordinator.upload(&format!("{row}/documents"), &upload, ("s.pdf", b"%PDF")).await.must_be(303);
    assert_eq!(found("фотоотчет").await, std::slice::from_ref(&row), "documents");
    let page = coordinator.get(&row).await;
    let version = page.links(&format!("{row}/documents/")).into_iter().find(|path| path.ends_with("/1")).unwrap();
    coordinator.post(&version.replace("versions/1", "removal"), &[]).await.must_be(303);
    assert!(found("фотоотчет").await.is_empty(), "a document taken off is not found");
    coordinator.get(&version).await.must_be(404);
}
