//! A pile too high to wait for is printed by a job: the same papers, whatever happens to the server.

use super::own_files::{file, upload};
use crate::{
    stories::consents::{ask, sign},
    stories::withdrawals::withdraw,
    support::{
        Browser, Town,
        folk::Family,
        scanner::{holds, inside},
    },
};
use database::{
    Dialect::{self, Postgres, Sqlite},
    args,
};
use nastavnik::{
    access::{Role, SchoolId},
    consents::ConsentId,
    paperwork::actions::{MOST, MOST_OF_JOB, Order, print_now},
};
use rstest::rstest;
use uuid::Uuid;

const WORDING: &str = "/papers/wordings/consent-participation";

/// Peoples a class with children who take part.
async fn class(town: &Town, children: usize) -> Family {
    let family = town.family("Ивушкина Анна Петровна", "Ивушкина Ольга Львовна").await;
    for number in 1..children {
        let child = town.person(&format!("Осинин Лев{number}"), Some("2013-01-01"), &["pupil"]).await;
        town.enrol(child, family.class).await;
        town.applies(child, "mentee").await;
    }
    family
}

async fn ask_everybody(coordinator: &Browser) {
    let form = coordinator.get("/consents/asking?class=6%D0%92").await.form("/consents/asking").with("all", "on");
    form.send(coordinator).await.must_be(303);
}

/// A class whose consents are printed in a file of the school, and the job that does it.
struct Piled {
    town: Town,
    coordinator: Browser,
    family: Family,
    job: String,
}

impl Piled {
    async fn on(dialect: Dialect) -> Self {
        let town = Town::on(dialect).await;
        let family = class(&town, 3).await;
        let coordinator = town.browser(Role::Coordinator).await;
        let own = file(&["Я, {{ representative.name }}, за {{ subject.name }}", "{{ code }}", "{{ code | qr }}"]);
        upload(&coordinator, WORDING, "", &own).await.must_be(303);
        ask_everybody(&coordinator).await;
        let page = format!("/consents/classes/{}", family.class);
        let asked = coordinator.get(&page).await.form(&format!("{page}/papers")).send(&coordinator).await;
        let job = asked.must_be(303).location.clone().unwrap();
        Self { town, coordinator, family, job }
    }

    /// Returns the codes of all papers, with whether they were printed.
    async fn codes(&self) -> Vec<(String, bool)> {
        let school: SchoolId = self.town.school().await;
        let sql = "SELECT code, printed_on IS NOT NULL FROM papers WHERE school_id = $1 ORDER BY id";
        self.town.look().await.all(sql, args![school]).await.unwrap()
    }

    async fn acts(&self, event: &str) -> i64 {
        let sql = "SELECT COUNT(*) FROM audit_log WHERE school_id = $1 AND event = $2";
        self.town.look().await.one::<(i64,)>(sql, args![self.town.school().await, event]).await.unwrap().0
    }

    async fn consents(&self) -> Vec<ConsentId> {
        let sql = "SELECT id FROM consents WHERE school_id = $1 ORDER BY id";
        let ids: Vec<(ConsentId,)> = self.town.look().await.all(sql, args![self.town.school().await]).await.unwrap();
        ids.into_iter().map(|(id,)| id).collect()
    }
}

#[rstest]
#[tokio::test]
async fn a_class_in_a_file_of_the_school_is_an_archive_of_files_each_with_its_code(
    #[values(Sqlite, Postgres)] on: Dialect,
) {
    let piled = Piled::on(on).await;
    piled.coordinator.get(&piled.job).await.must_say("Согласия 6").must_say("В очереди");
    piled.town.work().await;
    let done = piled.coordinator.get(&piled.job).await;
    done.must_say("Напечатано: 3 документа.").must_say("Скачать");
    let archive = piled.coordinator.get(&format!("{}/result", piled.job)).await;
    let parts = inside(&archive.must_be(200).bytes);
    assert_eq!(parts.len(), 3, "{:?}", parts.iter().map(|(name, _)| name).collect::<Vec<_>>());
    assert!(parts[0].0.ends_with("Ивушкина Анна Петровна.docx"), "{}", parts[0].0);
    let codes = piled.codes().await;
    assert_eq!(codes.len(), 3);
    for (code, printed) in &codes {
        assert!(*printed && holds(&archive, code), "{code}");
    }
    piled.coordinator.get("/consents?state=printed").await.must_say("3 документа");
}

#[rstest]
#[tokio::test]
async fn a_job_that_runs_again_prints_the_same_papers_and_none_twice(#[values(Sqlite, Postgres)] on: Dialect) {
    let piled = Piled::on(on).await;
    let first = piled.consents().await[0];
    let visitor = piled.town.cast().await.visitor(Role::Coordinator);
    // A server made and marked one paper, took the job and was killed.
    print_now(&piled.town.app, &visitor, &Order::Consents(vec![first])).await.unwrap();
    let before = piled.codes().await;
    let sql = "UPDATE jobs SET state = 'running', attempts = 1, leased_until = asked_at";
    let mut tx = piled.town.app.db.begin().await.unwrap();
    assert_eq!(tx.run(sql, vec![]).await.unwrap(), 1);
    tx.commit().await.unwrap();
    piled.town.app.clock.pass(chrono::TimeDelta::seconds(1));
    piled.town.work().await;
    let after = piled.codes().await;
    assert_eq!(after.len(), 3);
    assert!(before.iter().all(|one| after.contains(one)), "{before:?} {after:?}");
    let first = piled.coordinator.get(&format!("{}/result", piled.job)).await;
    piled.coordinator.post(&format!("{}/repetition", piled.job), &[]).await.must_be(303);
    piled.town.work().await;
    let again = piled.coordinator.get(&format!("{}/result", piled.job)).await;
    assert_eq!(inside(&again.bytes), inside(&first.bytes), "the same papers with the same codes");
    assert_eq!(piled.codes().await, after);
    assert_eq!((piled.acts("paperwork.printed").await, piled.acts("paperwork.drafted").await), (3, 3));
}

#[rstest]
#[tokio::test]
async fn what_a_job_printed_is_not_handed_out_after_a_withdrawal_and_the_next_one_leaves_the_name_out(
    #[values(Sqlite, Postgres)] on: Dialect,
) {
    let piled = Piled::on(on).await;
    let (coordinator, job) = (&piled.coordinator, &piled.job);
    piled.town.work().await;
    let result = format!("{job}/result");
    assert!(holds(&coordinator.get(&result).await, "Ивушкина Анна"), "a scanner that finds nothing proves nothing");
    let own = coordinator.get(&format!("/consents/people/{}", piled.family.child)).await;
    let is_consent = |path: &String| path.rsplit('/').next().is_some_and(|last| Uuid::try_parse(last).is_ok());
    let consent = own.links("/consents/").into_iter().find(|path| path.split('/').count() == 3 && is_consent(path));
    let consent = consent.expect("the page of the child lists the consent");
    sign(coordinator, &consent, piled.family.mother).await.must_be(303);
    withdraw(coordinator, &consent).await.must_say("Карточка отзыва");
    for path in [result.clone(), job.clone(), "/jobs".to_owned(), "/papers".to_owned()] {
        let seen = coordinator.get(&path).await;
        assert!(!holds(&seen, "Ивушкина Анна") && !holds(&seen, "Ивушкина Ольга"), "{path}");
    }
    coordinator.get(&result).await.must_be(422).must_say("изменились согласия или права доступа");
    coordinator.post(&format!("{job}/repetition"), &[]).await.must_be(303);
    piled.town.work().await;
    coordinator
        .get(job)
        .await
        .must_say("Напечатано: 2 документа. Не напечатано: 1 документ")
        .must_say("больше не видно (1)");
    let again = coordinator.get(&result).await;
    assert_eq!(inside(&again.must_be(200).bytes).len(), 2);
    assert!(!holds(&again, "Ивушкин") && holds(&again, "Осинин"));
}

#[rstest]
#[tokio::test]
async fn more_than_a_hundred_are_one_pdf_by_a_job_and_few_are_printed_at_once(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let children = MOST + 1;
    class(&town, children).await;
    let coordinator = town.browser(Role::Coordinator).await;
    ask_everybody(&coordinator).await;
    coordinator.get("/consents").await.must_say("101 бланк согласия ещё не напечатано").must_say("Напечатать все");
    let asked = coordinator.post("/consents/papers", &[]).await;
    let job = asked.must_be(303).location.clone().unwrap();
    let same = coordinator.post("/consents/papers", &[]).await;
    assert_eq!(same.location.as_deref(), Some(job.as_str()), "the same blanks asked for twice are one job");
    town.work().await;
    coordinator.get(&job).await.must_say("Напечатано: 101 документ.");
    let pdf = coordinator.get(&format!("{job}/result")).await;
    assert!(pdf.must_be(200).bytes.starts_with(b"%PDF"));
    assert!(pdf.headers["content-disposition"].to_str().unwrap().ends_with("%28101%29.pdf"));
    coordinator.get("/consents").await.must_not_say("ещё не напечатан");
    let nothing = coordinator.post("/consents/papers", &[]).await;
    nothing.must_be(422).must_say("Печатать нечего");
}

#[rstest]
#[tokio::test]
async fn whose_people_one_sees_are_printed_and_there_is_an_end(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let family = class(&town, 2).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let other = town.person("Вербин Пётр", Some("2013-01-01"), &["pupil"]).await;
    let elsewhere = town.class("8А", None).await;
    town.enrol(other, elsewhere).await;
    town.applies(other, "mentee").await;
    ask_everybody(&coordinator).await;
    ask(&coordinator, other, "participation").await;
    let teacher = town.browser(Role::ClassTeacher).await;
    teacher.get("/consents").await.must_say("2 бланка согласий ещё не напечатано");
    let pile = teacher.post("/consents/papers", &[]).await;
    assert!(pile.must_be(200).bytes.starts_with(b"%PDF"));
    coordinator.get("/consents").await.must_say("1 бланк согласия ещё не напечатано");
    coordinator.get(&format!("/consents/people/{}", family.child)).await.must_say("напечатано");
    for role in [Role::Inspector, Role::Administrator] {
        town.browser(role).await.post("/consents/papers", &[]).await.must_be(403);
    }
    let id = Uuid::now_v7().to_string();
    let many: Vec<(&str, &str)> = (0..=MOST_OF_JOB).map(|_| ("paper", id.as_str())).collect();
    coordinator.post("/papers/printing", &many).await.must_be(422).must_say("печатайте по классам");
}
