//! The binary as its administrator meets it: Russian help, one clear sentence for every trouble, a clean stop.

use chrono::DateTime;
use database::{Db, Place};
use nastavnik::{
    access::{self, School, SchoolId, SchoolKind},
    router::MIGRATIONS,
};
use rstest::rstest;
use std::{
    fs,
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    time::{Duration, Instant},
};
use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_nastavnik");

/// How long a test waits for the program before it gives up: far beyond what any of them needs.
const PATIENCE: Duration = Duration::from_mins(1);

pub fn command(words: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(words).env_remove("NASTAVNIK_DATABASE").env_remove("NASTAVNIK_LOG");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn run_with(words: &[&str], input: &str) -> Output {
    let mut child = command(words).spawn().unwrap();
    // A command that refuses before it reads closes its end.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

pub fn run(words: &[&str]) -> Output {
    run_with(words, "")
}

pub fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// Returns the one sentence a refused command says.
#[track_caller]
pub fn sentence(output: &Output) -> String {
    let said = String::from_utf8(output.stderr.clone()).unwrap();
    assert!(!output.status.success(), "the command succeeded and said: {said}");
    assert_eq!(output.status.code().map(|code| (1..=2).contains(&code)), Some(true), "{:?}", output.status);
    assert_eq!(said.lines().count(), 1, "one sentence and nothing else: {said}");
    assert!(said.starts_with(|first: char| ('А'..='Я').contains(&first)), "Russian from the first letter: {said}");
    assert!(output.stdout.is_empty(), "{}", stdout(output));
    said.trim_end().to_owned()
}

pub fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[rstest]
#[case(&[])]
#[case(&["serve"])]
#[case(&["demo"])]
#[case(&["migrate"])]
#[case(&["backup"])]
#[case(&["backup", "key"])]
#[case(&["backup", "check"])]
#[case(&["restore"])]
#[case(&["move"])]
#[case(&["admin"])]
#[case(&["admin", "create"])]
#[case(&["roadmap"])]
#[case(&["roadmap", "import"])]
#[case(&["roadmap", "export"])]
#[case(&["roadmap", "status"])]
#[case(&["match"])]
#[case(&["document"])]
#[case(&["document", "make"])]
#[case(&["document", "kinds"])]
#[case(&["document", "example"])]
#[case(&["people"])]
#[case(&["people", "import"])]
fn help_speaks_russian_only(#[case] command: &[&str]) {
    let mut words = command.to_vec();
    words.push("--help");
    let output = run(&words);
    let help = stdout(&output);
    assert!(output.status.success(), "{words:?}");
    assert!(help.contains("Как вызвать: nastavnik"), "{help}");
    for english in [
        "Usage",
        "Options",
        "OPTIONS",
        "COMMAND",
        "Commands",
        "Arguments",
        "Print",
        "help for",
        "[default",
        "[env",
        "possible values",
        "aliases",
    ] {
        assert!(!help.contains(english), "{words:?} says «{english}»:\n{help}");
    }
    for line in help.lines().filter(|line| line.trim_start().starts_with("--") || line.trim_start().starts_with("-h")) {
        assert!(line.chars().any(|c| ('а'..='я').contains(&c)) || line.trim().len() > 4, "{words:?}: {line}");
    }
}

#[test]
fn help_of_the_program_shows_examples_and_every_command() {
    let help = stdout(&run(&["--help"]));
    for word in ["serve", "demo", "migrate", "admin", "roadmap", "match", "document", "Примеры:", "--listen"] {
        assert!(help.contains(word), "{word}:\n{help}");
    }
    assert!(!help.contains("read-table"), "the service command is nobody's business:\n{help}");
    assert!(stdout(&run(&["--version"])).starts_with("nastavnik "));
}

#[rstest]
#[case(&[], "нужна команда")]
#[case(&["roadmap"], "нужна команда")]
#[case(&["serv"], "Неизвестная команда «serv». Возможно, нужно «serve».")]
#[case(&["serve", "--data", "x", "--port", "80"], "Неизвестный ключ --port.")]
#[case(&["serve", "--data"], "--data")]
#[case(&["serve"], "Не хватает: --data")]
#[case(&["serve", "--data", "x", "--listen", "порт"], "Не подходит значение «порт» для --listen")]
#[case(&["serve", "--data", "x", "--data", "y"], "--data")]
#[case(&["serve", "--data", "x", "лишнее"], "лишнее")]
#[case(&["migrate", "--data", "x", "--database", "mysql://x"], "postgres://")]
#[case(&["admin", "create", "--data", "x"], "--login")]
#[case(&["backup"], "--data")]
#[case(&["backup", "--data", "x"], "--to")]
#[case(&["restore", "--from", "x"], "--key")]
#[case(&["serve", "--data", "x", "--tls-cert", "x"], "--tls-key")]
#[case(&["serve", "--data", "x", "--oidc-issuer", "https://x"], "--oidc-client")]
#[case(&["serve", "--data", "x", "--oidc-name", "x"], "--oidc-issuer")]
fn a_command_written_wrong_is_one_sentence(#[case] words: &[&str], #[case] expected: &str) {
    let output = run(words);
    let said = sentence(&output);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains(expected), "{said}");
}

/// A data directory in a temporary place.
pub struct Home(TempDir);

impl Home {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn path(&self) -> PathBuf {
        self.0.path().join("data")
    }

    fn database(&self) -> PathBuf {
        self.path().join("nastavnik.db")
    }

    pub fn run(&self, words: &[&str], input: &str) -> Output {
        let path = self.path();
        run_with(&[words, &["--data", text(&path)]].concat(), input)
    }

    /// Opens the database as the program would.
    pub async fn open(&self) -> Db {
        fs::create_dir_all(self.path()).unwrap();
        let db = Db::open(&Place::File(self.database())).await.unwrap();
        db.migrate(MIGRATIONS).await.unwrap();
        db
    }

    pub async fn with_schools(names: &[&str]) -> Self {
        let home = Self::new();
        let db = home.open().await;
        let mut tx = db.begin().await.unwrap();
        for name in names {
            let school = School {
                id: SchoolId::fresh(),
                name: format!("Школа «{name}»"),
                short_name: (*name).to_owned(),
                kind: SchoolKind::School,
                is_small: false,
                address: String::new(),
                municipality: String::new(),
                head_name: String::new(),
                head_post: String::new(),
                time_zone: "Europe/Moscow".to_owned(),
                version: 1,
            };
            access::actions::create_school(&mut tx, &school, DateTime::UNIX_EPOCH).await.unwrap();
        }
        tx.commit().await.unwrap();
        db.close().await;
        home
    }
}

/// A running server that is gone when the test ends, however it ends.
pub struct Server {
    child: Child,
    pub address: String,
}

impl Server {
    pub fn start(home: &Home) -> Self {
        let address = free_address();
        let path = home.path();
        let child = command(&["serve", "--data", text(&path), "--listen", &address]).spawn().unwrap();
        let server = Self { child, address };
        let begun = Instant::now();
        while server.ask("/health/ready").is_none_or(|answer| !answer.starts_with("HTTP/1.1 200")) {
            assert!(begun.elapsed() < PATIENCE, "the server does not get ready");
            std::thread::sleep(Duration::from_millis(50));
        }
        server
    }

    /// Returns the answer to a request; `None` while nobody listens.
    fn ask(&self, path: &str) -> Option<String> {
        let mut stream = TcpStream::connect(&self.address).ok()?;
        stream.set_read_timeout(Some(PATIENCE)).ok()?;
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address).ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).ok()?;
        Some(answer)
    }

    /// Takes the power away: the program gets no chance to finish anything.
    pub fn cut(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks the server to stop and returns how it ended.
    pub fn stop(mut self) -> Option<i32> {
        let asked = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(asked.success());
        let begun = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code();
            }
            assert!(begun.elapsed() < PATIENCE, "the server does not stop");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn free_address() -> String {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string()
}

#[test]
fn a_server_answers_to_its_keeper_and_stops_when_asked() {
    let home = Home::new();
    let server = Server::start(&home);
    assert!(server.ask("/health/live").unwrap().ends_with("\r\n\r\nok"));
    assert!(server.ask("/").unwrap().contains("/sign-in"), "a new school begins with its first page");
    assert_eq!(server.stop(), Some(0));
    assert!(home.database().exists(), "the data directory was made");
    assert_eq!(Server::start(&home).stop(), Some(0), "the same data serves again");
}

#[test]
fn a_second_server_on_the_same_data_is_refused() {
    let home = Home::new();
    let server = Server::start(&home);
    let said = sentence(&home.run(&["serve", "--listen", &free_address()], ""));
    assert!(said.contains("уже работает другой «Наставник»"), "{said}");
    assert!(sentence(&home.run(&["migrate"], "")).contains("уже работает"));
    assert_eq!(server.stop(), Some(0));
    assert!(home.run(&["migrate"], "").status.success(), "the lock ends with its holder");
}

#[test]
fn an_occupied_port_is_named_with_a_way_out() {
    let holder = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = holder.local_addr().unwrap().to_string();
    let said = sentence(&Home::new().run(&["serve", "--listen", &address], ""));
    assert!(said.contains(&format!("Адрес {address} уже занят")) && said.contains("--listen"), "{said}");
}

#[test]
fn a_foreign_address_is_refused() {
    // 192.0.2.0/24 is kept for documents (RFC 5737): no machine has it.
    let said = sentence(&Home::new().run(&["serve", "--listen", "192.0.2.1:8080"], ""));
    assert!(said.contains("192.0.2.1:8080"), "{said}");
}

#[test]
fn a_data_directory_that_is_a_file_is_refused() {
    let home = Home::new();
    fs::write(home.path(), "не папка").unwrap();
    let said = sentence(&home.run(&["migrate"], ""));
    assert!(said.contains("использовать нельзя: это файл, а не папка"), "{said}");
}

#[test]
fn a_data_directory_that_cannot_be_made_is_refused() {
    let said = sentence(&run(&["migrate", "--data", "/proc/nastavnik"]));
    assert!(said.contains("Папку данных /proc/nastavnik использовать нельзя"), "{said}");
}

#[test]
fn a_file_that_is_not_a_database_is_refused_and_kept() {
    let home = Home::new();
    fs::create_dir_all(home.path()).unwrap();
    let letter = "Уважаемые коллеги! ".repeat(500);
    fs::write(home.database(), &letter).unwrap();
    for words in [&["migrate"][..], &["serve"]] {
        let said = sentence(&home.run(words, ""));
        assert!(said.contains("повреждён или это не база «Наставника»"), "{said}");
    }
    assert_eq!(fs::read_to_string(home.database()).unwrap(), letter);
}

#[test]
fn a_database_in_the_place_of_which_stands_a_folder_is_refused() {
    let home = Home::new();
    fs::create_dir_all(home.database()).unwrap();
    sentence(&home.run(&["migrate"], ""));
}

#[tokio::test]
async fn a_database_of_a_newer_program_is_refused() {
    let home = Home::new();
    let db = home.open().await;
    let mut tx = db.begin().await.unwrap();
    let newer = "
        INSERT INTO _sqlx_migrations (version, description, installed_on, success, checksum, execution_time)
        VALUES (9999, 'from the future', '2040-01-01', TRUE, x'00', 0)";
    tx.run(newer, vec![]).await.unwrap();
    tx.commit().await.unwrap();
    db.close().await;
    let said = sentence(&home.run(&["migrate"], ""));
    assert!(said.contains("более новой версией «Наставника»"), "{said}");
}

#[tokio::test]
async fn a_database_whose_schema_was_changed_by_hand_is_refused() {
    let home = Home::new();
    let db = home.open().await;
    let mut tx = db.begin().await.unwrap();
    tx.run("UPDATE _sqlx_migrations SET checksum = x'00' WHERE version = 2", vec![]).await.unwrap();
    tx.commit().await.unwrap();
    db.close().await;
    let said = sentence(&home.run(&["migrate"], ""));
    assert!(said.contains("шаг 2"), "{said}");
}

#[test]
fn a_database_server_that_does_not_answer_is_named_as_the_reason() {
    let said = sentence(&Home::new().run(&["migrate", "--database", "postgres://nobody@127.0.0.1:1/nothing"], ""));
    assert!(said.contains("До базы данных не удалось добраться"), "{said}");
}

#[test]
fn migrating_says_how_far_the_schema_is() {
    let home = Home::new();
    let first = home.run(&["migrate"], "");
    assert!(stdout(&first).contains("База данных готова"), "{}", stdout(&first));
    assert_eq!(stdout(&first), stdout(&home.run(&["migrate"], "")));
}

const PASSWORD: &str = "зелёный чайник у окна\n";

#[tokio::test]
async fn an_administrator_is_created_with_a_temporary_password() {
    let home = Home::with_schools(&["Школа № 7"]).await;
    let output = home.run(&["admin", "create", "--login", "zavuch", "--name", "Петрова Анна Сергеевна"], PASSWORD);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(stdout(&output).contains("Администратор «zavuch» создан в школе «Школа № 7»"));
    let db = home.open().await;
    let asked = "
        SELECT u.login, u.password_hash, u.password_is_temporary
        FROM users u JOIN user_roles r ON r.user_id = u.id AND r.role = 'administrator'";
    let (login, hash, temporary): (String, String, bool) = db.read().await.unwrap().one(asked, vec![]).await.unwrap();
    assert_eq!((login.as_str(), temporary), ("zavuch", true));
    assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
    db.close().await;
    let again = home.run(&["admin", "create", "--login", "ZAVUCH", "--name", "Другая"], PASSWORD);
    assert!(said_after_question(&again).contains("Такой логин уже есть"));
}

/// The question for the password stands on the same line.
fn said_after_question(output: &Output) -> String {
    assert!(!output.status.success());
    let said = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(said.lines().count(), 1, "{said}");
    said.strip_prefix("Пароль: ").unwrap().trim_end().to_owned()
}

#[rstest]
#[case("коротко\n", "не короче 10 знаков")]
#[case("", "не короче 10 знаков")]
#[case("zavuch-2026-zavuch\n", "не должен содержать логин")]
#[tokio::test]
async fn a_bad_password_of_an_administrator_is_refused(#[case] password: &str, #[case] expected: &str) {
    let home = Home::with_schools(&["Школа № 7"]).await;
    let output = home.run(&["admin", "create", "--login", "zavuch", "--name", "Петрова"], password);
    assert!(said_after_question(&output).contains(expected));
}

#[tokio::test]
async fn an_administrator_belongs_to_a_school_that_is_named_when_there_are_several() {
    let create = ["admin", "create", "--login", "zavuch", "--name", "Петрова Анна"];
    let none = sentence(&Home::with_schools(&[]).await.run(&create, PASSWORD));
    assert!(none.contains("В базе ещё нет школы"), "{none}");
    let home = Home::with_schools(&["Школа № 7", "Лицей № 2"]).await;
    let several = sentence(&home.run(&create, PASSWORD));
    assert!(several.contains("--school") && several.contains("«Лицей № 2»"), "{several}");
    let wrong = sentence(&home.run(&[&create[..], &["--school", "Школа № 9"]].concat(), PASSWORD));
    assert!(wrong.contains("Такой школы в базе нет. Есть: "), "{wrong}");
    let right = home.run(&[&create[..], &["--school", "лицей  № 2"]].concat(), PASSWORD);
    assert!(stdout(&right).contains("«Лицей № 2»"));
}

#[tokio::test]
async fn a_login_with_blanks_is_refused() {
    let home = Home::with_schools(&["Школа № 7"]).await;
    let said = sentence(&home.run(&["admin", "create", "--login", "анна петрова", "--name", "Петрова"], PASSWORD));
    assert!(said.contains("без пробелов"), "{said}");
}

#[test]
fn the_reading_process_refuses_what_is_not_a_table_in_words() {
    let output = run_with(&["read-table", "план.docx"], "это не документ");
    let reply = stdout(&output);
    assert!(output.status.success() && reply.contains("Unreadable"), "{reply}");
}
