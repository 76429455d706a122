//! `nastavnik document make | kinds | example`: a paper out of a file of fields. No database, no school.

use super::{Trouble, files, say};
use crate::clock::Clock;
use documents::{
    block::Unwritable,
    docx,
    kinds::{self, KINDS, Kind, NameForms},
    pdf, xlsx,
};
use serde_json::json;
use std::path::{Path, PathBuf};

/// What can be done with documents from the command line.
#[derive(Debug, clap::Subcommand)]
pub enum DocumentCommand {
    /// Составить документ: .docx, .pdf, а для баз и реестров и .xlsx
    Make(MakeArgs),
    /// Показать, какие документы есть
    Kinds(KindsArgs),
    /// Напечатать пример полей документа, чтобы заполнить его по образцу
    Example(ExampleArgs),
}

#[derive(Debug, clap::Args)]
pub struct MakeArgs {
    /// Какой документ: имя из nastavnik document kinds
    #[arg(value_name = "ВИД")]
    kind: String,
    /// Файл с полями документа (JSON); образец даёт nastavnik document example
    #[arg(long, value_name = "ФАЙЛ")]
    input: PathBuf,
    /// Куда записать документ: .docx, .pdf или .xlsx
    #[arg(long, value_name = "ФАЙЛ")]
    out: PathBuf,
    /// Текст школы вместо встроенного
    #[arg(long, value_name = "ФАЙЛ", conflicts_with = "template")]
    text: Option<PathBuf>,
    /// Файл школы (.docx) с полями вместо встроенного текста: заполняется как есть
    #[arg(long, value_name = "ФАЙЛ")]
    template: Option<PathBuf>,
    /// Заменить файл документа, если он уже есть
    #[arg(long)]
    overwrite: bool,
}

#[derive(Debug, clap::Args)]
pub struct KindsArgs {
    /// Напечатать список для другой программы (JSON)
    #[arg(long)]
    json: bool,
}

#[derive(Debug, clap::Args)]
pub struct ExampleArgs {
    /// Какой документ: имя из nastavnik document kinds
    #[arg(value_name = "ВИД")]
    kind: String,
    /// Напечатать не поля, а встроенный текст документа
    #[arg(long)]
    text: bool,
    /// Записать файл Word с полями, чтобы оформить его под школу
    #[arg(long, value_name = "ФАЙЛ", conflicts_with = "text")]
    template: Option<PathBuf>,
}

/// Runs one of the commands.
pub fn run(command: &DocumentCommand) -> Result<(), Trouble> {
    match command {
        DocumentCommand::Make(args) => make(args),
        DocumentCommand::Kinds(args) => {
            tell_kinds(args);
            Ok(())
        }
        DocumentCommand::Example(args) => {
            let kind = find(&args.kind)?;
            if let Some(out) = &args.template {
                return begin(kind, out);
            }
            say(&if args.text { kind.text } else { kind.example }.trim_end());
            Ok(())
        }
    }
}

fn make(args: &MakeArgs) -> Result<(), Trouble> {
    let kind = find(&args.kind)?;
    let extension = files::extension(&args.out);
    if !["docx", "pdf", "xlsx"].contains(&extension.as_str()) {
        return Err(Trouble::usage(
            "Не понятно, какой файл нужен: имя в --out должно кончаться на .docx, .pdf или .xlsx.",
        ));
    }
    files::refuse_to_replace(&args.out, args.overwrite)?;
    let input = text_of(&args.input)?;
    let bytes = match &args.template {
        Some(_) if extension != "docx" => {
            return Err(Trouble::usage("Файл школы заполняется как есть: имя в --out должно кончаться на .docx."));
        }
        Some(template) => {
            let filled = kind.fill_file(&files::read(template)?, &input, (&NameForms::default(), None));
            filled.map_err(|why| Trouble::new(why.to_string()))?.docx
        }
        None => {
            let text = args.text.as_deref().map(text_of).transpose()?;
            write(kind, text.as_deref(), &input, &extension)?
        }
    };
    std::fs::write(&args.out, bytes).map_err(|error| files::unwritable(&args.out, &error))?;
    say(&format!("{}: {}", kind.title, args.out.display()));
    Ok(())
}

/// Writes the file a school begins its own with.
fn begin(kind: &Kind, out: &Path) -> Result<(), Trouble> {
    if files::extension(out) != "docx" {
        return Err(Trouble::usage("Имя файла с полями должно кончаться на .docx."));
    }
    files::refuse_to_replace(out, false)?;
    let document = kind.with_fields(kind.text).map_err(|mistake| Trouble::new(mistake.to_string()))?;
    let bytes = docx::write(&document).map_err(|error| Trouble::new(error.to_string()))?;
    std::fs::write(out, bytes).map_err(|error| files::unwritable(out, &error))?;
    say(&format!("{}, файл с полями: {}", kind.title, out.display()));
    Ok(())
}

fn write(kind: &Kind, text: Option<&str>, input: &str, extension: &str) -> Result<Vec<u8>, Trouble> {
    let unwritten = |error: Unwritable| Trouble::new(error.to_string());
    if extension == "xlsx" {
        let workbook = kind.workbook(input).ok_or_else(|| {
            Trouble::usage(format!("Документ «{}» — не таблица: выберите .docx или .pdf.", kind.title))
        })?;
        let workbook = workbook.map_err(|error| Trouble::new(error.to_string()))?;
        return xlsx::write(&workbook).map_err(unwritten);
    }
    let document =
        kind.make_with(text.unwrap_or(kind.text), input).map_err(|unmade| Trouble::new(unmade.to_string()))?;
    if extension == "pdf" {
        let today = Clock::system().today(chrono_tz::Tz::Europe__Moscow);
        return pdf::write(&document, today).map_err(unwritten);
    }
    docx::write(&document).map_err(unwritten)
}

fn find(name: &str) -> Result<&'static Kind, Trouble> {
    kinds::find(name).ok_or_else(|| Trouble::usage(format!("Документа «{name}» нет. Список: nastavnik document kinds")))
}

fn text_of(file: &Path) -> Result<String, Trouble> {
    let bytes = files::read(file)?;
    let text = String::from_utf8(bytes);
    text.map_err(|_| Trouble::new(format!("Файл {} должен быть текстом в UTF-8.", file.display())))
}

fn tell_kinds(args: &KindsArgs) {
    if args.json {
        let kinds: Vec<_> = KINDS.iter().map(|kind| json!({ "name": kind.name, "title": kind.title })).collect();
        say(&json!(kinds));
        return;
    }
    for kind in KINDS {
        say(&format!("{:24} {}", kind.name, kind.title));
    }
}
