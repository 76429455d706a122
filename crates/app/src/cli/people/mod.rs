//! `nastavnik people import`.

mod import;

use super::Trouble;

/// What can be done with people from the command line.
#[derive(Debug, clap::Subcommand)]
pub enum PeopleCommand {
    /// Загрузить списки классов и сотрудников: .xlsx, .xls, .csv, .zip
    Import(import::ImportArgs),
}

/// Runs one of the commands.
pub async fn run(command: PeopleCommand) -> Result<(), Trouble> {
    match command {
        PeopleCommand::Import(args) => import::run(args).await,
    }
}
