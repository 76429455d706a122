//! The command line: what a school's administrator types.
//!
//! clap reads the words, but speaks English; every refusal is said again in Russian by `refusal.rs`, and help is built
//! from Russian texts only.

mod admin;
mod audit;
mod backup;
mod data;
mod demo;
mod document;
mod evidence;
mod files;
mod matching;
mod migrate;
mod mounts;
mod people;
mod policy;
mod provider;
mod refusal;
mod roadmap;
mod serve;
mod trouble;

pub use data::{BackupsArgs, Data, DataArgs};
pub use trouble::Trouble;

use crate::worker;
use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};
use std::{ffi::OsString, io::Write as _, process::ExitCode, time::Duration};

const HELP: &str = "\
{about}

Как вызвать: {usage}

Команды:
{subcommands}

Ключи:
{options}{after-help}
";

const COMMAND_HELP: &str = "\
{about}

Как вызвать: {usage}

{all-args}{after-help}
";

const EXAMPLES: &str = "
Примеры:
  nastavnik demo --data ./demo-data
      показать программу на выдуманной школе: http://127.0.0.1:8080
  nastavnik serve --data /var/lib/nastavnik --listen 0.0.0.0:8080
      запустить программу для школы; базу SQLite она создаст сама
  nastavnik serve --data /var/lib/nastavnik --database postgres://сервер/наставник --listen 0.0.0.0:8080
      то же с базой PostgreSQL
  nastavnik backup --data /var/lib/nastavnik --to /media/копии --key /root/backup.key
      сделать зашифрованную резервную копию, не останавливая программу
  nastavnik restore --from /media/копии/КОПИЯ.backup --key /root/backup.key --data /var/lib/nastavnik-2
      проверить копию и восстановить её в новую папку
  nastavnik roadmap import план.docx --data /var/lib/nastavnik --dry-run
      прочитать дорожную карту школы и ничего не записать
  nastavnik people import 8А.xlsx 8Б.xlsx --data /var/lib/nastavnik --dry-run
      сравнить списки классов с записями и ничего не записать
  nastavnik roadmap status --data /var/lib/nastavnik
      показать, что выполнено и что просрочено
  nastavnik evidence --data /var/lib/nastavnik --row 1.4 --out папка.zip
      собрать документы и списки, которыми подтверждено мероприятие 1.4
  nastavnik match --mentors наставники.xlsx --mentees наставляемые.xlsx --out пары.xlsx
      предложить наставнические пары с объяснениями и протоколом
  nastavnik document make introduction-order --input поля.json --out приказ.docx
      составить приказ; образец полей: nastavnik document example introduction-order";

/// Программа наставничества школы: дорожная карта, показатели, документы
#[derive(Debug, Parser)]
#[command(name = "nastavnik", version, disable_help_subcommand = true, after_help = EXAMPLES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Запустить программу и открыть её для браузеров
    Serve(Box<serve::ServeArgs>),
    /// Создать выдуманную школу для знакомства и запустить программу на ней
    Demo(demo::DemoArgs),
    /// Обновить схему базы данных (serve делает это сам)
    Migrate(migrate::MigrateArgs),
    /// Сделать резервную копию, не останавливая программу
    Backup(backup::BackupArgs),
    /// Восстановить данные из резервной копии в новую папку
    Restore(backup::RestoreArgs),
    /// Перенести данные в новую папку или в другую базу данных: SQLite ↔ PostgreSQL
    Move(backup::MoveArgs),
    /// Учётные записи администраторов
    #[command(subcommand)]
    Admin(admin::AdminCommand),
    /// Дорожная карта: загрузить, выгрузить, посмотреть состояние
    #[command(subcommand)]
    Roadmap(roadmap::RoadmapCommand),
    /// Подобрать наставнические пары по двум базам, без базы данных
    Match(matching::MatchArgs),
    /// Документы программы: приказы, согласия, соглашения, протоколы, планы, реестры
    #[command(subcommand)]
    Document(document::DocumentCommand),
    /// Собрать папку доказательств: архив с оглавлением, документами и списками
    Evidence(evidence::EvidenceArgs),
    /// Люди: загрузить списки классов и сотрудников
    #[command(subcommand)]
    People(people::PeopleCommand),
    /// Журнал действий: проверить цепочку записей
    #[command(subcommand)]
    Audit(audit::AuditCommand),
    /// Показать, кто что может: роли, права, поля
    Policy(policy::PolicyArgs),
    /// Прочитать таблицы файла со стандартного ввода (служебная команда)
    #[command(name = worker::SUBCOMMAND, hide = true)]
    ReadTable { name: String },
    /// Прочитать строки списка со стандартного ввода (служебная команда)
    #[command(name = worker::ROWS_SUBCOMMAND, hide = true)]
    ReadRows { name: String },
    /// Прочитать страницы сканов со стандартного ввода (служебная команда)
    #[command(name = worker::scans::SUBCOMMAND, hide = true)]
    ReadScans { name: String },
    /// Заполнить файл школы со стандартного ввода (служебная команда)
    #[command(name = worker::filling::SUBCOMMAND, hide = true)]
    FillFile { name: String },
}

/// Runs the program with the words of its command line.
pub fn main(words: impl IntoIterator<Item = OsString>) -> ExitCode {
    let outcome = parse(words).and_then(run);
    match outcome {
        Ok(()) | Err(Outcome::Shown) => ExitCode::SUCCESS,
        Err(Outcome::Trouble(trouble)) => {
            eprintln!("{trouble}");
            ExitCode::from(trouble.code())
        }
    }
}

/// Why there is nothing to run.
enum Outcome {
    /// Help or the version was asked for and printed.
    Shown,
    Trouble(Trouble),
}

impl From<Trouble> for Outcome {
    fn from(trouble: Trouble) -> Self {
        Self::Trouble(trouble)
    }
}

fn parse(words: impl IntoIterator<Item = OsString>) -> Result<Cli, Outcome> {
    let mut command = in_russian(Cli::command()).help_template(HELP);
    command.build();
    let command = with_russian_usage(command);
    let matches = command.clone().try_get_matches_from(words);
    let read = matches.and_then(|mut matches| Cli::from_arg_matches_mut(&mut matches));
    read.map_err(|error| {
        if error.use_stderr() {
            Outcome::Trouble(Trouble::usage(refusal::sentence(&error)))
        } else {
            // Help that was asked for goes to standard output; a closed pipe is nobody's trouble.
            let _ = error.print();
            Outcome::Shown
        }
    })
}

/// Says in Russian what clap writes into «Как вызвать» of a built command.
fn with_russian_usage(mut command: clap::Command) -> clap::Command {
    let usage = command.render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ").replace("[OPTIONS]", "[КЛЮЧИ]").replace("<COMMAND>", "КОМАНДА");
    command.override_usage(usage).mut_subcommands(with_russian_usage)
}

/// Gives every command Russian headings and a Russian `--help`.
fn in_russian(command: clap::Command) -> clap::Command {
    let command = command
        .disable_help_flag(true)
        .disable_version_flag(true)
        .subcommand_help_heading("Команды")
        .next_help_heading("Ключи")
        .help_template(COMMAND_HELP)
        .arg(
            clap::Arg::new("help")
                .short('h')
                .long("help")
                .action(clap::ArgAction::Help)
                .help("Показать эту справку")
                .global(false),
        );
    let command = if command.get_version().is_some() {
        command.arg(
            clap::Arg::new("version")
                .short('V')
                .long("version")
                .action(clap::ArgAction::Version)
                .help("Показать версию программы"),
        )
    } else {
        command
    };
    command
        .mut_args(|arg| if arg.get_help_heading().is_none() { arg.help_heading("Ключи") } else { arg })
        .mut_subcommands(in_russian)
}

/// How long work that cannot wait, such as setting a page, holds up the end of the program.
const FAREWELL: Duration = Duration::from_secs(1);

fn run(cli: Cli) -> Result<(), Outcome> {
    let runtime = tokio::runtime::Runtime::new()
        .map_err(|_| Trouble::new("Системе не хватает памяти или потоков, чтобы начать."))?;
    let outcome = runtime.block_on(obey(cli));
    runtime.shutdown_timeout(FAREWELL);
    outcome
}

async fn obey(cli: Cli) -> Result<(), Outcome> {
    match cli.command {
        Command::ReadTable { name } => read_table(&name)?,
        Command::ReadRows { name } => read_rows(&name)?,
        Command::ReadScans { name } => read_scans(&name)?,
        Command::FillFile { name } => fill_file(&name)?,
        Command::Serve(args) => serve::run(*args).await?,
        Command::Demo(args) => demo::run(args).await?,
        Command::Migrate(args) => migrate::run(&args).await?,
        Command::Backup(args) => backup::make(args).await?,
        Command::Restore(args) => backup::restore(args).await?,
        Command::Move(args) => backup::carry(args).await?,
        Command::Admin(command) => admin::run(command).await?,
        Command::Roadmap(command) => roadmap::run(command).await?,
        Command::Match(args) => matching::run(args).await?,
        Command::Document(command) => document::run(&command)?,
        Command::Evidence(args) => evidence::run(args).await?,
        Command::People(command) => people::run(command).await?,
        Command::Audit(command) => audit::run(command).await?,
        Command::Policy(args) => policy::run(&args),
    }
    Ok(())
}

fn read_table(name: &str) -> Result<(), Trouble> {
    worker::run_child(name, &mut std::io::stdin().lock(), &mut std::io::stdout().lock())
        .map_err(|_| Trouble::new("Файл не удалось прочитать."))
}

fn read_rows(name: &str) -> Result<(), Trouble> {
    worker::run_rows_child(name, &mut std::io::stdin().lock(), &mut std::io::stdout().lock())
        .map_err(|_| Trouble::new("Файл не удалось прочитать."))
}

fn read_scans(name: &str) -> Result<(), Trouble> {
    worker::scans::run_child(name, &mut std::io::stdin().lock(), &mut std::io::stdout().lock())
        .map_err(|_| Trouble::new("Файл не удалось прочитать."))
}

fn fill_file(name: &str) -> Result<(), Trouble> {
    worker::filling::run_child(name, &mut std::io::stdin().lock(), &mut std::io::stdout().lock())
        .map_err(|_| Trouble::new("Файл не удалось заполнить."))
}

/// Prints a line for the person at the keyboard; a closed pipe (`… | head`) is nobody's trouble.
fn say(line: &dyn std::fmt::Display) {
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}
