//! `nastavnik match`: two bases in, pairs with reasons out. No database, no school: two Excel files are enough.
//!
//! `columns`, `headings` and `base` find the people in the files; `values`, `answer`, `slots`, `themes`, `names`,
//! `directory` and `reader` understand their cells; `people`, `pairs`, `assumptions` and `question` put the question to
//! the engine; `report` says the answer in words of a school.

mod answer;
mod assumptions;
mod base;
mod columns;
mod directory;
mod headings;
mod mistake;
mod names;
mod pairs;
mod people;
mod question;
mod reader;
mod refusal;
mod report;
mod settings;
mod slots;
mod themes;
mod values;

use super::{Trouble, files, say};
use crate::{clock::Clock, words, worker::Worker};
use base::Base;
use columns::Side;
use matching::{Control, Matching, Proposal, ProposeError};
use question::Question;
use report::{Check, Report};
use serde_json::json;
use settings::Rules;
use std::path::{Path, PathBuf};

/// What `match` needs.
#[derive(Debug, clap::Args)]
pub struct MatchArgs {
    /// База наставников: .xlsx, .csv или .docx
    #[arg(long, value_name = "ФАЙЛ")]
    mentors: PathBuf,
    /// База наставляемых: .xlsx, .csv или .docx
    #[arg(long, value_name = "ФАЙЛ")]
    mentees: PathBuf,
    /// Правила подбора (.toml); без ключа — встроенные
    #[arg(long, value_name = "ФАЙЛ")]
    settings: Option<PathBuf>,
    /// Куда записать результат: .xlsx или .json
    #[arg(long, value_name = "ФАЙЛ")]
    out: PathBuf,
    /// Заменить файл результата, если он уже есть
    #[arg(long)]
    overwrite: bool,
    /// Напечатать итог для другой программы (JSON)
    #[arg(long)]
    json: bool,
}

/// Proposes pairs for the people of two files.
pub async fn run(args: MatchArgs) -> Result<(), Trouble> {
    let write = match files::extension(&args.out).as_str() {
        "xlsx" => report::write_workbook,
        "json" => report::write_json,
        _ => {
            return Err(Trouble::usage(
                "Не понятно, какой файл нужен: имя в --out должно кончаться на .xlsx или .json.",
            ));
        }
    };
    files::refuse_to_replace(&args.out, args.overwrite)?;
    let rules = read_rules(args.settings.as_deref())?;
    let mentees = read_base(Side::Mentees, &args.mentees).await?;
    let mentors = read_base(Side::Mentors, &args.mentors).await?;
    let today = Clock::system().today(chrono_tz::Tz::Europe__Moscow);
    let question = question::question(&mentees, &mentors, &rules, today)
        .map_err(|mistakes| Trouble::new(mistake::sentence(&mistakes)))?;
    let (proposal, check) = propose(&question, &rules, [&mentees, &mentors])?;
    let names = [files::name(&args.mentees), files::name(&args.mentors)];
    let report = Report::new((&question, &rules), &proposal, check, names);
    let bytes = write(&report)?;
    std::fs::write(&args.out, bytes).map_err(|error| files::unwritable(&args.out, &error))?;
    tell(&report, &args);
    Ok(())
}

fn read_rules(file: Option<&Path>) -> Result<Rules, Trouble> {
    let text = file.map(|file| {
        let bytes = files::read(file)?;
        String::from_utf8(bytes).map_err(|_| Trouble::new("Правила подбора должны быть текстом в UTF-8."))
    });
    Rules::read(text.transpose()?.as_deref()).map_err(|error| Trouble::new(error.to_string()))
}

async fn read_base(side: Side, file: &Path) -> Result<Base, Trouble> {
    let bytes = files::read(file)?;
    let name = files::name(file);
    let program = std::env::current_exe().map_err(|_| Trouble::new("Не удалось узнать, где лежит программа."))?;
    let tables = Worker::new(program)
        .read_tables(&name, &bytes)
        .await
        .map_err(|unread| Trouble::new(format!("Файл {name}: {unread}")))?;
    Base::read(side, &name, &tables).map_err(|mistake| Trouble::new(format!("Файл {mistake}.")))
}

/// Solves the question and checks the answer by another way than it was found.
fn propose(question: &Question, rules: &Rules, bases: [&Base; 2]) -> Result<(Proposal, Check), Trouble> {
    let refused = |error: ProposeError| refusal::trouble(&error, question, rules, bases);
    let matching = Matching::new(&question.input, &question.settings, Control::none()).map_err(refused)?;
    let proposal = matching.propose(None, Control::none()).map_err(refused)?;
    let check = match &proposal.proof {
        Some(proof) => {
            matching::verify(&matching.task(), &proof.answer).map_err(|_| {
                Trouble::new("Результат не прошёл независимую проверку и не записан. Сообщите об этом разработчикам.")
            })?;
            Check::Optimal
        }
        None if proposal.fairness.blocking.is_empty() => Check::Stable,
        None => Check::Blocked(proposal.fairness.blocking.len()),
    };
    Ok((proposal, check))
}

fn tell(report: &Report, args: &MatchArgs) {
    let pairs = report.proposal.pairs.len();
    if args.json {
        say(&json!({
            "file": args.out,
            "pairs": pairs,
            "without_mentor": report.left().count(),
            "with_mentor_already": report.with_mentor().count(),
            "total": report.proposal.objectives.total,
            "check": report.check,
            "remarks": report.question.remarks,
        }));
        return;
    }
    let count = |count: usize, forms| words::counted(i64::try_from(count).unwrap_or(i64::MAX), forms);
    let left = report.people(report.left().map(|person| person.mentee.as_str()));
    say(&format!("{}, без наставника: {left}.", count(pairs, &["пара", "пары", "пар"])));
    for remark in &report.question.remarks {
        say(&format!("  {remark}"));
    }
    say(&format!("Результат с объяснениями и протоколом: {}.", args.out.display()));
}
