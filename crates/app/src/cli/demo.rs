//! `nastavnik demo`.
use super::Trouble;
#[derive(Debug, clap::Args)]
pub struct DemoArgs {}
pub async fn run(_: DemoArgs) -> Result<(), Trouble> {
    Err(Trouble::new("в работе"))
}
