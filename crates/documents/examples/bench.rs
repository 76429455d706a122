//! Does the work of `make bench-documents` and prints a line of JSON per task: seconds, pages are counted outside.
//!
//! usage: bench TASK FOLDER      TASK is consents, register-pdf, register-docx or register-xlsx

use std::{env, error::Error, fs, path::Path, time::Instant};

use documents::{block::Document, docx, kinds, pdf, xlsx};
use serde_json::{Value, json};

const CONSENTS: usize = 300;
/// Lines of a register that fills a hundred pages.
const LINES: usize = 1_000;

fn main() -> Result<(), Box<dyn Error>> {
    let mut words = env::args().skip(1);
    let (Some(task), Some(folder)) = (words.next(), words.next()) else {
        return Err("usage: bench TASK FOLDER".into());
    };
    let file = |name: &str| Path::new(&folder).join(name);
    let dated = chrono::NaiveDate::from_ymd_opt(2026, 9, 1).ok_or("no such day")?;
    let started = Instant::now();
    match task.as_str() {
        "consents" => fs::write(file("consents.pdf"), pdf::write_all(&consents()?, dated)?)?,
        "register-pdf" => fs::write(file("register.pdf"), pdf::write(&register()?, dated)?)?,
        "register-docx" => fs::write(file("register.docx"), docx::write(&register()?)?)?,
        "register-xlsx" => {
            let input = register_input()?.to_string();
            let workbook = kinds::find("registry").and_then(|kind| kind.workbook(&input)).ok_or("no workbook")??;
            fs::write(file("register.xlsx"), xlsx::write(&workbook)?)?;
        }
        _ => return Err("no such task".into()),
    }
    println!("{}", json!({ "task": task, "seconds": started.elapsed().as_secs_f64(), "peak_kib": peak() }));
    Ok(())
}

fn consents() -> Result<Vec<Document>, Box<dyn Error>> {
    let kind = kinds::find("consent-participation").ok_or("no such kind")?;
    let mut input: Value = serde_json::from_str(kind.example)?;
    let mut documents = Vec::with_capacity(CONSENTS);
    for number in 0..CONSENTS {
        input["subject"]["name"] = json!(format!("Ершов Максим Олегович {number}"));
        input["code"] = json!(format!("НС-{number:04}-94QD-XE5T"));
        documents.push(kind.make(&input.to_string())?);
    }
    Ok(documents)
}

fn register_input() -> Result<Value, Box<dyn Error>> {
    let kind = kinds::find("registry").ok_or("no such kind")?;
    let mut input: Value = serde_json::from_str(kind.example)?;
    let line = input["rows"][0].clone();
    input["rows"] = json!(vec![line; LINES]);
    Ok(input)
}

fn register() -> Result<Document, Box<dyn Error>> {
    let kind = kinds::find("registry").ok_or("no such kind")?;
    Ok(kind.make(&register_input()?.to_string())?)
}

/// Returns the most memory the process ever had, in KiB; nothing where the system does not say.
fn peak() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.trim().trim_end_matches(" kB").parse().ok()
}
