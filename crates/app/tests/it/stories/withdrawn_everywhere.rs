//! Who has withdrawn the consent is seen on the card of the withdrawal and nowhere else, by nobody.
//!
//! Everything that can hold a name is made with the name first, and the scanner must find it there: a scanner that finds
//! nothing proves nothing.

use super::{
    categories,
    consents::ask,
    participation::applications::{apply, path_on, poster},
    people_import::upload,
    roadmap::{row, start_year},
    withdrawals::{SURNAME, signed, withdraw},
};
use crate::support::{Browser, Town, folk::Family, scanner};
use database::Dialect::{self, Postgres, Sqlite};
use nastavnik::{access::Role, participation::registers::Register};
use rstest::rstest;
use std::collections::BTreeMap;

/// A list as the school sends it every year: the child once as on record, once with a day that does not exist.
const LIST: &str = "ФИО;Дата рождения;Класс\nЩепкодралова Зоя Ильинична;08.03.2014;6В\nЩепкодралова Зоя;31.02.2014;6В\n\
                    Кузьмина Раиса Ильинична;31.02.2014;6В\nВербин Пётр;02.03.2014;6В\n";

/// Where the name of a participant stands before the withdrawal: each of them would be missed if the scanner looked
/// past it.
const BEFORE: [&str; 26] = [
    "coordinator /people",
    "coordinator /people.xlsx",
    "coordinator /people/{person}",
    "coordinator /search?q=%D0%A9%D0%B5%D0%BF%D0%BA%D0%BE",
    "coordinator /participants",
    "coordinator /participants/{participation}",
    "coordinator /participants/applications",
    "coordinator /participants/applications/{application}",
    "coordinator /participants/registers/mentees",
    "coordinator /participants/registers/mentees/xlsx",
    "coordinator /participants/registers/mentees/print",
    "coordinator /participants/registers/registry",
    "coordinator /participants/readiness",
    "coordinator /participants/act?step=interview&all=on",
    "coordinator /consents",
    "coordinator /consents.xlsx",
    "coordinator /consents/print",
    "coordinator /consents/classes/{class}",
    "coordinator /consents/people/{person}",
    "coordinator /people/import/{lists}?show=failed",
    "coordinator /people/import/{lists}/leftovers",
    "coordinator /papers",
    "coordinator /papers/{paper}",
    "class_teacher /papers/{paper}",
    "class_teacher /people",
    "psychologist /consents/categories/people/{person}",
];

/// A school in which the name stands wherever it can.
struct Everywhere {
    town: Town,
    coordinator: Browser,
    family: Family,
    consent: String,
    values: scanner::Values,
    questions: Vec<String>,
}

impl Everywhere {
    async fn on(dialect: Dialect) -> Self {
        let town = Town::on(dialect).await;
        let coordinator = town.browser(Role::Coordinator).await;
        start_year(&coordinator).await;
        let (family, consent) = signed(&town, &coordinator).await;
        town.curates(town.user(Role::GroupCurator), family.participation).await;
        let category = categories::category(&town, &coordinator, &family).await;
        let photo = ask(&coordinator, family.child, "distribution").await;
        coordinator.post(&format!("{photo}/paper"), &[]).await.must_be(200);
        let papers = coordinator.get("/papers").await.links("/papers/0");
        let secret = super::consent_links::link(&coordinator, family.child, family.mother).await;
        let apply_to = path_on(&poster(&town, "mentee", "2026-12-31").await);
        apply(&town, &apply_to, &format!("{SURNAME} Зоя"), "6В").await.must_be(200);
        let waiting = coordinator.get("/participants/applications").await.links("/participants/applications/");
        let seen = upload(&coordinator, &[("6В.csv", LIST.as_bytes())]).await;
        let lists = seen.links("/people/import/").into_iter().find(|path| path.ends_with("/columns")).unwrap();
        let mut rows = vec![];
        for number in ["1.1", "1.2", "1.3", "1.4", "1.8", "3.4"] {
            rows.push(last(&row(&coordinator, number).await));
        }
        let lists = lists.split('/').nth(3).unwrap().to_owned();
        let questions = questions(&family, &lists);
        let registers = Register::ALL.iter().map(|register| register.word().to_owned()).collect();
        let people = vec![family.child.to_string(), family.mother.to_string()];
        let values = BTreeMap::from([
            ("person", people.clone()),
            ("withdrawn", people),
            ("class", vec![family.class.to_string()]),
            ("participation", vec![family.participation.to_string()]),
            ("consent", vec![last(&consent), last(&photo)]),
            ("category", vec![category]),
            ("paper", vec![last(&papers[0])]),
            ("secret", vec![last(&secret)]),
            ("token", vec![last(&apply_to)]),
            ("application", waiting.iter().map(|path| last(path)).collect()),
            ("lists", vec![lists]),
            ("register", registers),
            ("row", rows),
            ("measure", vec!["participation.coverage".into()]),
            ("programme", coordinator.get("/years").await.links("/years/").iter().map(|path| last(path)).collect()),
            ("format", ["xlsx", "docx", "csv", "json", "ics"].map(String::from).into()),
        ]);
        Self { town, coordinator, family, consent, values, questions }
    }

    async fn appearances<const N: usize>(&self, texts: [&'static str; N]) -> [Vec<String>; N] {
        scanner::appearances(&self.town, &self.values, &self.questions, texts).await
    }

    /// Writes the ids of the story into a line of [`BEFORE`].
    fn filled(&self, line: &str) -> String {
        self.values
            .iter()
            .fold(line.to_owned(), |line, (name, values)| line.replace(&format!("{{{name}}}"), &values[0]))
    }
}

fn last(path: &str) -> String {
    path.rsplit('/').next().unwrap().to_owned()
}

/// Pages that show people only when they are asked for something.
fn questions(family: &Family, lists: &str) -> Vec<String> {
    let mut all = vec![
        "/participants/act?step=interview&all=on".to_owned(),
        "/participants/act?step=decision&all=on".to_owned(),
        format!("/participants/act?step=interview&p={}", family.participation),
        "/participants/choice?group=pupils".to_owned(),
        "/participants/choice?kind=parent".to_owned(),
        "/participants?stage=in_base&side=mentee".to_owned(),
        format!("/people?class={}", family.class),
        "/people?state=left".to_owned(),
        "/consents?state=signed".to_owned(),
        "/consents?state=withdrawn".to_owned(),
        format!("/consents/asking?class={}", family.class),
        "/journal?page=2".to_owned(),
    ];
    for outcome in ["new", "changed", "same", "unclear", "failed", "withdrawn", "repeat", "noise"] {
        all.push(format!("/people/import/{lists}?show={outcome}"));
    }
    all
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_has_withdrawn_is_seen_on_the_card_of_the_withdrawal_only(#[values(Sqlite, Postgres)] on: Dialect) {
    let school = Everywhere::on(on).await;
    let forgotten = scanner::forgotten(&school.values);
    assert!(forgotten.is_empty(), "give {forgotten:?} a value, or say why not in OF_NOBODY");
    let [before] = school.appearances([SURNAME]).await;
    let unseen: Vec<String> =
        BEFORE.iter().map(|line| school.filled(line)).filter(|line| !before.contains(line)).collect();
    assert!(unseen.is_empty(), "the scanner looks past {unseen:#?}\namong {before:#?}");
    assert!(!scanner::said_by_commands(&school.town, LIST.as_bytes(), "наставляемых").is_empty());

    withdraw(&school.coordinator, &school.consent).await.must_say("человек больше нигде не показан");
    let card = format!("/consents/withdrawn/{}", school.family.child);
    let texts = [SURNAME, "Кузьмина Раиса"];
    for (text, after) in texts.into_iter().zip(school.appearances(texts).await) {
        let allowed = |line: &&String| {
            let (who, path) = line.split_once(' ').unwrap();
            let path = path.split('?').next().unwrap();
            ["coordinator", "head"].contains(&who) && (path == card || path == "/consents/withdrawn")
        };
        let elsewhere: Vec<&String> = after.iter().filter(|line| !allowed(line)).collect();
        assert!(elsewhere.is_empty(), "{text} is seen by {elsewhere:#?}");
        assert_eq!(scanner::said_by_commands(&school.town, LIST.as_bytes(), text), [] as [&str; 0]);
    }
    for role in [Role::Coordinator, Role::Head] {
        school.town.browser(role).await.get(&card).await.must_say(SURNAME).must_say("Кузьмина Раиса");
    }
    school.town.browser(Role::ClassTeacher).await.get(&card).await.must_be(403);
}

#[rstest]
#[tokio::test]
async fn what_came_in_under_the_name_is_neither_shown_nor_becomes_a_candidate(#[values(Sqlite, Postgres)] on: Dialect) {
    let school = Everywhere::on(on).await;
    let coordinator = &school.coordinator;
    withdraw(coordinator, &school.consent).await.must_be(200);
    let list = coordinator.get("/participants/applications").await;
    list.must_say("Согласие отозвано, имя скрыто");
    let application = school.filled("/participants/applications/{application}");
    coordinator.get(&application).await.must_say("Заявка — не согласие").must_not_say("6В");
    let fields = [("id", uuid::Uuid::now_v7().to_string()), ("kind", "pupil".to_owned())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let made = coordinator.post(&format!("{application}/person"), &fields).await;
    made.must_be(422).must_say("участие возобновит только новый подписанный документ");
    coordinator.submit(&format!("{application}/rejection"), &[]).await.must_say("Заявка отклонена");

    let lists = school.filled("/people/import/{lists}");
    let failed = coordinator.get(&format!("{lists}?show=failed")).await;
    failed.must_say("чьё согласие отозвано: строка не показана");
    coordinator.get(&format!("{lists}?show=withdrawn")).await.must_say("строка 2");
    coordinator
        .post(&format!("{lists}/leftovers"), &[])
        .await
        .must_be(422)
        .must_say("Строк, которые не загрузились, нет");
    coordinator.submit(&format!("{lists}/loading"), &[]).await.must_say("Новых: 1");
}
