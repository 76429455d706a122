//! `nastavnik roadmap import`: the same reading as in the browser, in the same child process.

use super::{Opened, WhichArgs};
use crate::{
    audit::Author,
    cli::{DataArgs, Trouble, files, say},
    clock::Clock,
    roadmap::{
        actions,
        import::{self, TemplateRules},
        model::{Origin, ProgrammeId},
        reading::{self, Understood},
        template::Template,
    },
    school_year::SchoolYear,
    worker::Worker,
};
use serde_json::json;
use std::path::{Path, PathBuf};

/// What `roadmap import` needs.
#[derive(Debug, clap::Args)]
pub struct ImportArgs {
    /// Файл .docx, .xlsx, .csv, .txt или шаблон .toml
    #[arg(value_name = "ФАЙЛ")]
    file: PathBuf,
    /// Папка с данными школы; с --dry-run не нужна
    #[arg(long, value_name = "ПАПКА")]
    data: Option<PathBuf>,
    /// Адрес PostgreSQL (postgres://…); без него база SQLite лежит в папке данных
    #[arg(long, value_name = "АДРЕС", env = "NASTAVNIK_DATABASE", hide_env = true)]
    database: Option<String>,
    #[command(flatten)]
    which: WhichArgs,
    /// Только прочитать и показать, что понято: ничего не записывать, база не нужна
    #[arg(long)]
    dry_run: bool,
}

/// A road map that was read, ready to be shown and written.
enum ReadMap {
    Tables(Box<Understood>),
    Template(Box<Template>),
}

/// Reads a road map, shows what was understood and makes a draft of it.
pub async fn run(args: ImportArgs) -> Result<(), Trouble> {
    let clock = Clock::system();
    let opened = match (args.dry_run, args.data) {
        (true, _) => None,
        (false, Some(data)) => {
            let data = DataArgs { data, database: args.database, key_file: None };
            Some(Opened::open(&data, &args.which, clock.clone()).await?)
        }
        (false, None) => {
            return Err(Trouble::usage("Не хватает: --data <ПАПКА>. Чтобы только прочитать файл, добавьте --dry-run."));
        }
    };
    // The zone matters for a few hours of the year only; without a school it is Moscow's.
    let zone = opened.as_ref().map_or(chrono_tz::Tz::Europe__Moscow, |opened| opened.school.zone());
    let year = args.which.year.unwrap_or_else(|| SchoolYear::containing(clock.today(zone)));
    let map = read(&args.file, year).await?;
    let adopted = match &opened {
        None => None,
        Some(opened) => Some(opened.adopt(&map, year).await?),
    };
    if args.which.json {
        say(&map.as_json(year, adopted));
    } else {
        say(&map.as_text());
        match adopted {
            None => say(&"Ничего не записано: это была проверка (--dry-run)."),
            Some(_) => say(&format!("Черновик на {year} учебный год готов. Откройте программу: «Учебные годы».")),
        }
    }
    if let Some(opened) = opened {
        opened.close().await;
    }
    Ok(())
}

impl Opened {
    async fn adopt(&self, map: &ReadMap, year: SchoolYear) -> Result<ProgrammeId, Trouble> {
        let (now, author) = (self.app.clock.now(), Author::system(&self.school));
        let mut tx = self.app.db.begin().await?;
        let id = match map {
            ReadMap::Tables(understood) => {
                actions::adopt_understood(&mut tx, author, (understood, year), TemplateRules::Proposed, now).await?
            }
            ReadMap::Template(template) => {
                let draft = actions::draft_of_template(template, year);
                let facts = (year, template.title.clone(), Origin::Import);
                actions::adopt_draft(&mut tx, author, facts, &draft, now).await?
            }
        };
        tx.commit().await?;
        Ok(id)
    }
}

async fn read(file: &Path, year: SchoolYear) -> Result<ReadMap, Trouble> {
    let bytes = files::read(file)?;
    if files::extension(file) == "toml" {
        let text = String::from_utf8(bytes).map_err(|_| Trouble::new("Шаблон должен быть текстом в UTF-8."))?;
        let template = Template::parse(&text).map_err(|error| Trouble::new(error.to_string()))?;
        return Ok(ReadMap::Template(Box::new(template)));
    }
    let program = std::env::current_exe().map_err(|_| Trouble::new("Не удалось узнать, где лежит программа."))?;
    let tables = Worker::new(program)
        .read_tables(&files::name(file), &bytes)
        .await
        .map_err(|unread| Trouble::new(unread.to_string()))?;
    let understood = reading::understand(&tables, year);
    import::check(&understood).map_err(|_| {
        Trouble::new(
            "В таблицах файла не нашлось дорожной карты: нужны столбцы с мероприятием и сроком или ответственным.",
        )
    })?;
    Ok(ReadMap::Tables(Box::new(understood)))
}

impl ReadMap {
    fn counts(&self) -> import::Counts {
        match self {
            Self::Tables(understood) => import::counts(understood),
            Self::Template(template) => import::Counts {
                sections: template.sections.len(),
                rows: template.rows().count(),
                with_terms: template.rows().filter(|row| row.term.is_understood()).count(),
            },
        }
    }

    /// Doubts as sentences, with the number of their row.
    fn doubts(&self) -> Vec<String> {
        let Self::Tables(understood) = self else { return vec![] };
        let of_tables = understood.doubts.iter().map(|doubt| format!("{doubt} ({})", doubt.place));
        let of_rows =
            understood.rows().flat_map(|row| row.doubts.iter().map(|doubt| format!("{}: {doubt}", row.number)));
        of_tables.chain(of_rows).collect()
    }

    fn left_out(&self) -> Vec<String> {
        let Self::Tables(understood) = self else { return vec![] };
        import::left_out(understood)
    }

    fn as_text(&self) -> String {
        let import::Counts { sections, rows, with_terms } = self.counts();
        let mut lines = vec![format!("Разделов: {sections}, мероприятий: {rows}, со сроками: {with_terms}")];
        for (heading, remarks) in [("Проверьте:", self.doubts()), ("Не вошло в дорожную карту:", self.left_out())]
        {
            if !remarks.is_empty() {
                lines.extend([String::new(), heading.to_owned()]);
                lines.extend(remarks.into_iter().map(|remark| format!("  {remark}")));
            }
        }
        lines.join("\n")
    }

    fn as_json(&self, year: SchoolYear, adopted: Option<ProgrammeId>) -> serde_json::Value {
        let import::Counts { sections, rows, with_terms } = self.counts();
        json!({
            "school_year": year.long_label(),
            "sections": sections,
            "rows": rows,
            "with_terms": with_terms,
            "doubts": self.doubts(),
            "left_out": self.left_out(),
            "programme": adopted,
        })
    }
}
