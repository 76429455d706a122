//! The school in which every parameter of every path stands for something.

use super::filled;
use crate::{
    stories,
    support::{Browser, PASSWORD, Town, login_of, people},
};
use database::Dialect;
use nastavnik::{access::Role, jobs::NewJob, participation::Side};
use std::collections::BTreeMap;

/// A school with a running year, and another one.
pub struct World {
    pub town: Town,
    /// What the parameters of paths stand for in the first school.
    parameters: BTreeMap<&'static str, String>,
    /// A job of somebody of each role: nobody else sees it.
    jobs: BTreeMap<Role, String>,
}

impl World {
    pub async fn on(dialect: Dialect) -> Self {
        let town = Town::on(dialect).await;
        let coordinator = town.browser(Role::Coordinator).await;
        let programme = new_year(&coordinator, "2026").await;
        coordinator.post(&format!("/years/{programme}/start"), &[]).await.must_be(303);
        let draft = new_year(&coordinator, "2027").await;
        let mut parameters = BTreeMap::from([
            ("path", "app.css".to_owned()),
            ("format", "xlsx".to_owned()),
            ("version", "1".to_owned()),
            ("kind", "introduction-order".to_owned()),
            ("edition", "1".to_owned()),
            ("journal", "orders".to_owned()),
            ("acquaintance", uuid::Uuid::now_v7().to_string()),
            ("user", colleague(&town.browser(Role::Administrator).await).await),
            ("programme", draft),
            ("invitation", "0".repeat(64)),
        ]);
        parameters.extend(participation(&town, &coordinator).await);
        let (pupil, class) = pupil_whom_everybody_knows(&town, &coordinator).await;
        parameters.insert("person", pupil);
        parameters.insert("class", class);
        let partner = sent(&coordinator, "/partners/new", "inn").await;
        let of = |part: &str| format!("/partners/{partner}/{part}");
        parameters.insert("agreement", signed_agreement(&coordinator, &of("agreements/new")).await);
        sent(&coordinator, &of("contacts/new"), "email").await;
        let page = coordinator.get(&format!("/partners/{partner}")).await;
        parameters.insert("contact", page.links(&of("contacts/"))[1].rsplit('/').next().unwrap().to_owned());
        parameters.insert("partner", partner);
        parameters.insert("import", pasted_road_map(&coordinator).await);
        parameters.extend(pupils_with_consents(&town, &coordinator).await);
        parameters.insert("lists", uploaded_lists(&coordinator).await);
        parameters.insert("erasure", act_about_somebody_erased(&town, &coordinator).await);
        parameters.extend(stories::papers::scans::stack_with_a_page(&town, &coordinator).await);
        // The first version is a file of the school; papers are made in our words again.
        let own = stories::papers::own_files::file(&["{{ year }}"]);
        let wording = format!("/papers/wordings/{}", parameters["kind"]);
        stories::papers::own_files::upload(&coordinator, &wording, "", &own).await.must_be(303);
        coordinator.post(&format!("{wording}/restoration"), &[]).await.must_be(303);
        // The last: what is on record by now is counted, and no number is entered for it by hand.
        let (row, measure) = row_with_a_number_to_enter(&coordinator).await;
        parameters.insert("task", record(&coordinator, &row, "tasks").await);
        parameters.insert("document", record(&coordinator, &row, "documents").await);
        parameters.extend([("row", row), ("measure", measure)]);
        let jobs = jobs(&town).await;
        town.neighbour().await;
        Self { town, parameters, jobs }
    }

    /// Fills the parameters of a path with ids of the first school.
    pub fn own(&self, path: &str) -> String {
        self.own_of(path, Role::Coordinator)
    }

    /// Fills the parameters of a path with ids of the first school, and with what belongs to somebody alone.
    pub fn own_of(&self, path: &str, role: Role) -> String {
        filled(path, |name| {
            if name == "job" {
                return self.jobs[&role].clone();
            }
            self.parameters.get(name).cloned().unwrap_or_else(|| {
                panic!("{path} has a parameter {{{name}}} that this test cannot fill: add it to `World::on`")
            })
        })
    }

    /// Opens a browser of somebody of the second school.
    pub async fn neighbour(&self, role: Role) -> Browser {
        let browser = self.town.stranger();
        browser.sign_in(&login_of(role, "-2"), PASSWORD).await;
        browser
    }
}

/// Erases somebody and returns the id of the act.
async fn act_about_somebody_erased(town: &Town, coordinator: &Browser) -> String {
    let person = town.person("Осинина Юлия Петровна", Some("2012-01-01"), &["pupil"]).await;
    let act = stories::erasure::erased(coordinator, person).await;
    act.rsplit('/').next().unwrap().to_owned()
}

/// Adds a participant whom every role that sees somebody sees, words of the school, a link and an application.
async fn participation(town: &Town, coordinator: &Browser) -> Vec<(&'static str, String)> {
    let cast = town.cast().await;
    let class = cast.class("7Б", Some(town.user(Role::ClassTeacher))).await;
    let pupil = cast.pupil("Берёзкина Анна", "2013-05-05", class).await;
    let participation = cast.participant(pupil, Side::Mentee).await;
    let edit = format!("/participants/{participation}/edit");
    let curator = town.user(Role::GroupCurator).to_string();
    let form = coordinator.get(&edit).await.form(&edit).with("group_curator", &curator);
    form.send(coordinator).await.must_be(303);
    let words = coordinator.get("/participants/words").await;
    let (form, topic) = (words.form("/participants/words/forms"), words.form("/participants/words/topics"));
    let (form, topic) = (form.with("title", "тренер – спортсмен"), topic.with("topic", "шахматы"));
    form.with("mentor", "teacher").with("mentee", "pupil").send(coordinator).await.must_be(303);
    topic.send(coordinator).await.must_be(303);
    let links = coordinator.get("/participants/links").await.form("/participants/links");
    let poster = links.with("side", "mentee").with("closes_on", "2026-12-31").send(coordinator).await;
    let text = poster.must_be(201).text();
    let token = text.split("/apply/").nth(1).and_then(|rest| rest.split(' ').next()).unwrap().to_owned();
    let path = format!("/apply/{token}");
    let stranger = town.stranger();
    let application = stranger.get(&path).await.form(&path).with("full_name", "Берёзкина Анна");
    application.send(&stranger).await.must_be(200);
    let id_in = async |page: &str, prefix: &str| {
        let seen = coordinator.get(page).await;
        let path = seen.links(prefix).pop().unwrap_or_else(|| panic!("no {prefix} on {page}: {}", seen.text()));
        path[prefix.len()..].split('/').next().unwrap().to_owned()
    };
    vec![
        ("register", "mentees".to_owned()),
        ("participation", participation.to_string()),
        ("form", id_in("/participants/words", "/participants/words/forms/").await),
        ("topic", id_in("/participants/words", "/participants/words/topics/").await),
        ("link", id_in("/participants/links", "/participants/links/").await),
        ("application", id_in("/participants/applications", "/participants/applications/").await),
        ("token", token),
    ]
}

/// Asks for a job in the name of everybody.
async fn jobs(town: &Town) -> BTreeMap<Role, String> {
    let cast = town.cast().await;
    let mut jobs = BTreeMap::new();
    for role in Role::ALL {
        let new = NewJob { kind: "proof", title: "Проверка".into(), payload: serde_json::json!({}) };
        let id = nastavnik::jobs::ask(&town.app, &cast.visitor(*role), &new).await.unwrap();
        jobs.insert(*role, id.to_string());
    }
    jobs
}

/// Creates somebody who never signs in here, so that forms sent to the account disturb nobody.
async fn colleague(administrator: &Browser) -> String {
    let form =
        administrator.get("/users/new").await.form("/users/new").with("login", "colleague").with("roles", "head");
    form.send(administrator).await.must_be(201);
    let id = form.fields.iter().find(|(name, _)| name == "id").map(|(_, id)| id.clone());
    id.expect("the form carries the id of the new account")
}

/// Sends the form of a page with one field empty and returns the id at the end of the address it leads to.
async fn sent(browser: &Browser, page: &str, empty: &str) -> String {
    let seen = browser.get(page).await.form(page).with(empty, "").send(browser).await;
    seen.must_be(303);
    seen.location.unwrap().rsplit('/').next().unwrap().to_owned()
}

/// Adds an agreement that is signed, with its file.
async fn signed_agreement(coordinator: &Browser, path: &str) -> String {
    let form = coordinator.get(path).await.form(path).with("prepared_on", "2026-10-01");
    let added = form.with("valid_from", "").with("valid_until", "").send(coordinator).await;
    added.must_be(303);
    let shown = added.location.unwrap();
    let file = coordinator.get(&shown).await.form(&format!("{shown}/file"));
    file.send(coordinator).await.must_be(303);
    shown.rsplit('/').next().unwrap().to_owned()
}

/// Adds a pupil of the class teacher's class who takes part in the curator's group, and returns pupil and class.
async fn pupil_whom_everybody_knows(town: &Town, coordinator: &Browser) -> (String, String) {
    let pupil = people::person(coordinator, "Ёлкина Анна Ивановна", "pupil", "2012-05-01").await;
    let class = people::class(coordinator, "7А", Some(town.user(Role::ClassTeacher))).await;
    people::enrol(coordinator, &pupil, &class, "2026-09-01").await;
    people::participate(town, &pupil, Some(town.user(Role::GroupCurator))).await;
    (pupil, class)
}

async fn new_year(coordinator: &Browser, year: &str) -> String {
    let made = coordinator.post("/years/new", &[("year", year), ("origin", "template")]).await;
    made.must_be(303);
    made.location.unwrap().rsplit('/').next().unwrap().to_owned()
}

async fn row_with_a_number_to_enter(coordinator: &Browser) -> (String, String) {
    let list = coordinator.get("/roadmap").await;
    for path in list.links("/roadmap/rows/") {
        let row = path.split('/').nth(3).unwrap().to_owned();
        let page = coordinator.get(&format!("/roadmap/rows/{row}")).await;
        if let Some(entry) = page.links(&format!("/roadmap/rows/{row}/readings/")).first() {
            let measure = entry.rsplit('/').next().unwrap().to_owned();
            return (row, measure);
        }
    }
    panic!("no row of the road map has a number to enter by hand:\n{}", list.text())
}

/// Adds a record through the form of the row's page and returns its id out of the addresses on the page.
async fn record(coordinator: &Browser, row: &str, kind: &str) -> String {
    let path = format!("/roadmap/rows/{row}");
    let form = coordinator.get(&path).await.form(&format!("{path}/{kind}"));
    form.send(coordinator).await.must_be(303);
    let page = coordinator.get(&path).await;
    let prefix = format!("{path}/{kind}/");
    let address =
        page.links(&prefix).into_iter().next().unwrap_or_else(|| panic!("no {kind} on {path}: {}", page.text()));
    address[prefix.len()..].split('/').next().unwrap().to_owned()
}

/// Adds a pupil with a consent, a scan and a personal link, and another one who has withdrawn.
async fn pupils_with_consents(town: &Town, coordinator: &Browser) -> Vec<(&'static str, String)> {
    let family = town.family("Ивушкина Анна Петровна", "Ивушкина Ольга Львовна").await;
    town.curates(town.user(Role::GroupCurator), family.participation).await;
    let consent = stories::consents::ask(coordinator, family.child, "participation").await;
    coordinator.submit(&format!("{consent}/paper"), &[]).await.must_be(200);
    let papers = coordinator.get("/papers").await.links("/papers/");
    let paper = papers.iter().find_map(|path| path.split('/').nth(2).filter(|id| uuid::Uuid::try_parse(id).is_ok()));
    let paper = paper.expect("the blank is a paper").to_owned();
    stories::consents::sign_with_scan(coordinator, &consent, family.mother).await.must_be(303);
    let secret = stories::consent_links::link(coordinator, family.child, family.mother).await;
    let links = coordinator.get(&format!("/consents/people/{}", family.child)).await.links("/consents/people/");
    let link = links.iter().find(|path| path.ends_with("/revocation")).expect("a link can be closed");
    let category = stories::categories::category(town, coordinator, &family).await;
    let withdrawn = town.person("Рябинин Лев", None, &["teacher"]).await;
    town.applies(withdrawn, "mentor").await;
    stories::withdrawals::withdrawn(coordinator, withdrawn).await;
    let outsider = town.person("Тополев Иван", None, &["employer_rep"]).await;
    let clearance = stories::clearances::cleared(coordinator, outsider, "2027-09-01").await;
    vec![
        ("person", family.child.to_string()),
        ("class", family.class.to_string()),
        ("consent", consent.rsplit('/').next().unwrap().to_owned()),
        ("paper", paper),
        ("withdrawn", withdrawn.to_string()),
        ("clearance", clearance),
        ("category", category),
        ("consent_link", link.split('/').nth(5).unwrap().to_owned()),
        ("secret", secret.rsplit('/').next().unwrap().to_owned()),
    ]
}

async fn pasted_road_map(coordinator: &Browser) -> String {
    let table = "№\tМероприятие\tСрок\tОтветственный\n1\tСовещание наставников\tоктябрь 2026\tкуратор\n2\tИтоговая встреча\tмай 2027\tкуратор\n";
    let form = coordinator.get("/roadmap/import").await.form("/roadmap/import").with("text", table);
    let fields: Vec<(&str, &str)> = form.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let read = coordinator.upload("/roadmap/import", &fields, ("", b"")).await;
    read.must_be(303);
    read.location.unwrap().rsplit('/').next().unwrap().to_owned()
}

/// Uploads a list that waits for a decision.
async fn uploaded_lists(coordinator: &Browser) -> String {
    let list = "ФИО;Дата рождения;Класс\nКим Лю;01.02.2012;8А\n";
    let read = coordinator.upload("/people/import", &[("year", "2026")], ("8А.csv", list.as_bytes())).await;
    read.must_be(303);
    read.location.unwrap().rsplit('/').next().unwrap().to_owned()
}
