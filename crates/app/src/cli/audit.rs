//! `nastavnik audit verify`: does the chain of acts hold?

use super::{DataArgs, Trouble, say};
use crate::{
    access::{self, School},
    audit::{self, Broken, Head},
};
use serde_json::json;

/// What can be done with the journal from the command line.
#[derive(Debug, clap::Subcommand)]
pub enum AuditCommand {
    /// Проверить, что записи журнала никто не изменил и не удалил
    Verify(VerifyArgs),
}

/// What `audit verify` needs.
#[derive(Debug, clap::Args)]
pub struct VerifyArgs {
    #[command(flatten)]
    data: DataArgs,
    /// Отпечаток, снятый раньше (из резервной копии или с бумаги): цепочка должна через него проходить
    #[arg(long, value_name = "НОМЕР:ОТПЕЧАТОК")]
    head: Option<String>,
    /// Напечатать итог для другой программы (JSON)
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub async fn run(command: AuditCommand) -> Result<(), Trouble> {
    match command {
        AuditCommand::Verify(args) => verify(args).await,
    }
}

async fn verify(args: VerifyArgs) -> Result<(), Trouble> {
    let printed = args.head.as_deref().map(read_head).transpose()?;
    let data = args.data.join().await?;
    let mut tx = data.db.read().await?;
    let schools = access::schools(&mut tx).await?;
    if printed.is_some() && schools.len() > 1 {
        return Err(Trouble::usage("В базе несколько школ, а отпечаток принадлежит одной: проверьте без --head."));
    }
    let mut outcomes = vec![];
    for school in schools {
        let outcome = audit::verify(&mut tx, school.id, printed.as_ref()).await?;
        outcomes.push((school, outcome));
    }
    drop(tx);
    data.db.close().await;
    let broken = outcomes.iter().filter(|(_, outcome)| outcome.is_err()).count();
    if args.json {
        say(&outcomes.iter().map(|(school, outcome)| as_json(school, outcome)).collect::<serde_json::Value>());
    } else {
        for (school, outcome) in &outcomes {
            say(&as_text(school, outcome));
        }
    }
    if broken == 0 {
        Ok(())
    } else {
        Err(Trouble::new("Журнал действий не цел: сохраните копию данных и сообщите директору."))
    }
}

fn read_head(text: &str) -> Result<Head, Trouble> {
    text.parse().map_err(|()| {
        Trouble::usage("Отпечаток записывается как НОМЕР:ОТПЕЧАТОК, например 128:9f86d0…; его печатает эта же команда.")
    })
}

fn as_text(school: &School, outcome: &Result<Head, Broken>) -> String {
    match outcome {
        Ok(head) => format!("{}: журнал цел, записей {}. Отпечаток: {head}", school.short_name, head.place),
        Err(broken) => format!("{}: журнал НЕ цел. {broken}", school.short_name),
    }
}

fn as_json(school: &School, outcome: &Result<Head, Broken>) -> serde_json::Value {
    match outcome {
        Ok(head) => json!({"school": school.short_name, "whole": true, "acts": head.place, "head": head.to_string()}),
        Err(broken) => json!({"school": school.short_name, "whole": false, "reason": broken.to_string()}),
    }
}
