//! A school to tell stories in.

mod browser;
pub mod cast;
pub mod folk;
mod form;
mod page;
pub mod people;
pub mod provider;
pub mod roadmaps;
pub mod scanner;

pub use browser::Browser;
pub use form::PostedForm;
pub use page::Seen;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use database::{
    Db, Dialect, Place, Tx,
    testing::{Mould, TestDatabase, TestServer},
};
use nastavnik::{
    access::{self, Cost, Demand, Hasher, Role, School, SchoolId, SchoolKind, Throttle, UserId, actions::NewAccount},
    backup::Keeper,
    clock::Clock,
    files::FileStore,
    jobs::{self, Jobs},
    menu, router,
    serve::metrics::Metrics,
    state::{App, WebSettings},
    vault::{KeyFile, Vault},
    worker::Worker,
};
use std::{collections::HashMap, path::PathBuf, sync::Arc};
use tempfile::TempDir;
use tokio::sync::watch;

/// The password of everybody in a story.
pub const PASSWORD: &str = "зелёный чайник у окна";

/// A running program with one school and one person per role.
pub struct Town {
    pub app: App,
    people: HashMap<Role, UserId>,
    router: axum::Router,
    database: TestDatabase,
    files: TempDir,
}

/// Noon in Moscow on Sunday 22 November 2026, the middle of the first half of the school year 2026/27.
pub fn noon() -> DateTime<Utc> {
    NaiveDate::from_ymd_opt(2026, 11, 22).unwrap().and_hms_opt(9, 0, 0).unwrap().and_utc()
}

impl Town {
    /// Builds the school on one of the databases.
    pub async fn on(dialect: Dialect) -> Self {
        Self::empty(dialect).await.founded().await
    }

    /// Builds the school on a server of PostgreSQL of its own.
    pub async fn on_server(server: &TestServer) -> Self {
        let database = TestDatabase::on(server, router::MIGRATIONS).await;
        Self::of(database, tempfile::tempdir().unwrap()).founded().await
    }

    async fn founded(self) -> Self {
        let (_, people) = found_school(&self.app, "Школа № 7", "").await;
        Self { people, ..self }
    }

    /// Starts the program on an empty database: nobody can sign in yet.
    pub async fn empty(dialect: Dialect) -> Self {
        Self::of(TestDatabase::new(dialect, router::MIGRATIONS).await, tempfile::tempdir().unwrap())
    }

    fn of(database: TestDatabase, files: TempDir) -> Self {
        let app = App {
            db: database.db.of_every_school(),
            clock: Clock::fixed(noon()),
            files: FileStore::open(files.path()).unwrap(),
            vault: Vault::new(KeyFile::at(files.path().join("school.key"))),
            worker: Worker::new(env!("CARGO_BIN_EXE_nastavnik").into()),
            jobs: Jobs::of(router::JOBS),
            hasher: Hasher::new(Cost::Testing),
            throttle: Throttle::default(),
            provider: None,
            metrics: Metrics::default(),
            backups: Keeper::new(files.path(), None, None, router::MIGRATIONS),
            web: Arc::new(WebSettings { https: false, menu: menu::for_visitor }),
        };
        Self { router: router::router(app.clone()), app, people: HashMap::new(), database, files }
    }

    /// Changes the program everybody uses.
    pub fn serving(self, change: impl FnOnce(App) -> App) -> Self {
        let app = change(self.app.clone());
        Self { router: router::router(app.clone()), app, ..self }
    }

    /// Opens a browser in which the person with the role has signed in.
    pub async fn browser(&self, role: Role) -> Browser {
        let browser = self.stranger();
        browser.sign_in(&login_of(role, ""), PASSWORD).await;
        browser
    }

    /// Opens a browser of a program that starts another one to read files, as if the reading process died.
    pub fn stranger_reading_with(&self, program: &str) -> Browser {
        Browser::new(router::router(App { worker: Worker::new(program.into()), ..self.app.clone() }))
    }

    /// Returns where the database is, for another program on it.
    pub fn place(&self) -> &Place {
        &self.database.place
    }

    /// Returns where the key file of the story lies.
    pub fn key_file(&self) -> PathBuf {
        self.files.path().join("school.key")
    }

    /// Opens a browser of the program started anew, in which nobody has signed in: it reads the key file again.
    pub fn restarted(&self) -> Browser {
        let vault = Vault::new(KeyFile::at(self.key_file()));
        Browser::new(router::router(App { vault, ..self.app.clone() }))
    }

    /// Opens a browser in which nobody has signed in.
    pub fn stranger(&self) -> Browser {
        Browser::new(self.router.clone())
    }

    /// Returns the person with the role.
    pub fn user(&self, role: Role) -> UserId {
        self.people[&role]
    }

    /// Founds a second school, whose logins end in «-2», and returns a browser of its administrator.
    pub async fn neighbour(&self) -> (SchoolId, Browser) {
        let (school, _) = found_school(&self.app, "Школа № 8", "-2").await;
        let browser = self.stranger();
        browser.sign_in(&login_of(Role::Administrator, "-2"), PASSWORD).await;
        (school, browser)
    }

    /// Starts a second server on the same database and files.
    pub async fn another_server(&self) -> App {
        App { db: Db::open(&self.database.place).await.unwrap().of_every_school(), ..self.app.clone() }
    }

    /// Has every job done that waits.
    pub async fn work(&self) {
        let (_stop, mut stopped) = watch::channel(false);
        while jobs::run_next(&self.app, &mut stopped).await.unwrap() {}
    }

    /// Returns where the bytes of every kept file stand.
    pub fn stored(&self) -> Vec<PathBuf> {
        std::fs::read_dir(self.files.path()).unwrap().map(|entry| entry.unwrap().path()).collect()
    }

    /// Counts the files whose bytes are kept.
    pub fn bytes_kept(&self) -> usize {
        self.stored().len()
    }

    /// Lets time pass.
    pub fn days_pass(&self, days: i64) {
        self.app.clock.pass(TimeDelta::days(days));
    }

    /// Looks into the database.
    pub async fn look(&self) -> Tx {
        self.app.db.read().await.unwrap()
    }
}

/// A town as it stood at a moment, built anew for every story that begins there.
pub struct Snapshot {
    database: Mould,
    files: TempDir,
    now: DateTime<Utc>,
}

impl Snapshot {
    /// Stops the program and keeps what it has written.
    pub async fn of(town: Town) -> Self {
        let now = town.app.clock.now();
        Self { database: Mould::of(town.database).await, files: town.files, now }
    }

    /// Starts the program on a copy, at the same moment.
    pub async fn town(&self) -> Town {
        let files = tempfile::tempdir().unwrap();
        for entry in std::fs::read_dir(self.files.path()).unwrap() {
            let entry = entry.unwrap();
            std::fs::copy(entry.path(), files.path().join(entry.file_name())).unwrap();
        }
        let town = Town::of(self.database.cast().await, files);
        town.app.clock.pass(self.now - town.app.clock.now());
        town
    }
}

/// Returns the login of the person with a role.
pub fn login_of(role: Role, suffix: &str) -> String {
    format!("{}{suffix}", role.word())
}

async fn found_school(app: &App, short_name: &str, suffix: &str) -> (SchoolId, HashMap<Role, UserId>) {
    let school = School {
        id: SchoolId::fresh(),
        name: format!("Муниципальное бюджетное общеобразовательное учреждение «{short_name}»"),
        short_name: short_name.into(),
        kind: SchoolKind::School,
        is_small: false,
        address: "г. Образцов, ул. Школьная, д. 1".into(),
        municipality: "Образцовский район".into(),
        head_name: "Директорова Вера Павловна".into(),
        head_post: "директор".into(),
        time_zone: "Europe/Moscow".into(),
        version: 1,
    };
    let hash = app.hasher.hash(PASSWORD.into()).await.unwrap();
    let mut tx = app.db.begin().await.unwrap();
    access::actions::create_school(&mut tx, &school, app.clock.now()).await.unwrap();
    // Its own stories tell of the second factor.
    access::set_demand(&mut tx, school.id, Demand::Nobody).await.unwrap();
    let mut people = HashMap::new();
    for role in Role::ALL {
        let account = NewAccount {
            login: login_of(*role, suffix),
            full_name: format!("Иванова {} Петровна", role.word()),
            post: role.label().into(),
            roles: vec![*role],
            password: PASSWORD.into(),
            password_is_temporary: false,
        };
        let id =
            access::actions::create_user(&mut tx, school.id, &account, &hash, None, app.clock.now()).await.unwrap();
        people.insert(*role, id);
    }
    tx.commit().await.unwrap();
    (school.id, people)
}
