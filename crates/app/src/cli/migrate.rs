//! `nastavnik migrate`.

use super::{DataArgs, Trouble};

/// What `migrate` needs.
#[derive(Debug, clap::Args)]
pub struct MigrateArgs {
    #[command(flatten)]
    data: DataArgs,
}

/// Brings the schema up to date.
pub async fn run(args: &MigrateArgs) -> Result<(), Trouble> {
    let data = args.data.open().await?;
    println!("База данных готова: шагов схемы {}.", data.db.migrations_applied().await?);
    data.db.close().await;
    Ok(())
}
