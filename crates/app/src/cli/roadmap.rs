//! `nastavnik roadmap`.
use super::Trouble;
#[derive(Debug, clap::Subcommand)]
pub enum RoadmapCommand {
    Status,
}
pub async fn run(_: RoadmapCommand) -> Result<(), Trouble> {
    Err(Trouble::new("в работе"))
}
