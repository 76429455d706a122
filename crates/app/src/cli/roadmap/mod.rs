//! `nastavnik roadmap import | export | status`.

mod export;
mod import;
mod status;

use super::{Data, DataArgs, Trouble, admin::chosen};
use crate::{
    access::{self, School},
    clock::Clock,
    roadmap::{board::Board, model::Programme, queries},
    school_year::SchoolYear,
    state::App,
};

/// What can be done with the road map from the command line.
#[derive(Debug, clap::Subcommand)]
pub enum RoadmapCommand {
    /// Прочитать дорожную карту школы из файла и принять её как черновик
    Import(import::ImportArgs),
    /// Выгрузить дорожную карту в файл: .docx, .xlsx, .ics или .json
    Export(export::ExportArgs),
    /// Показать, что выполнено, что просрочено и что дальше
    Status(status::StatusArgs),
}

/// Which road map a command is about.
#[derive(Debug, clap::Args)]
pub struct WhichArgs {
    /// Учебный год: 2026 или 2026/27; без ключа — текущий
    #[arg(long, value_name = "ГОД", value_parser = parse_year)]
    pub year: Option<SchoolYear>,
    /// Краткое название школы; нужно, если школ в базе несколько
    #[arg(long, value_name = "НАЗВАНИЕ")]
    school: Option<String>,
    /// Напечатать ответ для другой программы (JSON)
    #[arg(long)]
    pub json: bool,
}

/// Runs one of the commands.
pub async fn run(command: RoadmapCommand) -> Result<(), Trouble> {
    match command {
        RoadmapCommand::Import(args) => import::run(args).await,
        RoadmapCommand::Export(args) => export::run(args).await,
        RoadmapCommand::Status(args) => status::run(args).await,
    }
}

fn parse_year(text: &str) -> Result<SchoolYear, String> {
    SchoolYear::parse(text).ok_or_else(|| "нужен год вида 2026 или 2026/27".to_owned())
}

/// The program opened for a command, and the school it is about.
pub struct Opened {
    data: Data,
    pub app: App,
    pub school: School,
}

impl Opened {
    /// Opens the data of a command.
    pub async fn open(args: &DataArgs, which: &WhichArgs, clock: Clock) -> Result<Self, Trouble> {
        let data = args.join().await?;
        let app = data.app(clock, false)?;
        let mut tx = app.db.read().await?;
        let school = chosen(access::schools(&mut tx).await?, which.school.as_deref())?;
        Ok(Self { data, app, school })
    }

    /// Closes the data.
    pub async fn close(self) {
        self.data.db.close().await;
    }

    /// Loads the road map of the wanted year: by default of the current one, else the newest.
    pub async fn board(&self, wanted: Option<SchoolYear>) -> Result<Board, Trouble> {
        let today = self.app.clock.today(self.school.zone());
        let mut tx = self.app.db.read().await?;
        let all = queries::programmes(&mut tx, self.school.id).await?;
        let of = |year| all.iter().find(|programme: &&Programme| programme.year() == year);
        let programme = match wanted {
            Some(year) => of(year),
            None => of(SchoolYear::containing(today)).or(all.first()),
        };
        let Some(programme) = programme.cloned() else {
            return Err(Trouble::new(match wanted {
                Some(year) => format!("Дорожной карты на {year} учебный год в базе нет."),
                None => "Дорожной карты в базе ещё нет: начните учебный год в программе или загрузите её командой roadmap import.".to_owned(),
            }));
        };
        Ok(Board::load(&mut tx, &self.school, programme, today).await?)
    }
}
