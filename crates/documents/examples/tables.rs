//! Prints the tables of a file as they are read: `cargo run -p documents --example tables -- FILE`.

use std::error::Error;

use documents::tables::{Limits, read_any};

fn main() -> Result<(), Box<dyn Error>> {
    let name = std::env::args().nth(1).ok_or("назовите файл: tables FILE")?;
    for table in read_any(&name, &std::fs::read(&name)?, &Limits::default())? {
        println!("== {} ({} × {})", table.title.as_deref().unwrap_or("без названия"), table.rows.len(), table.width());
        for row in &table.rows {
            let shown = row.iter().map(|cell| match cell.covered_by {
                Some((above, column)) => format!("→{above}.{column}"),
                None => cell.text.replace('\n', " ⏎ "),
            });
            println!("{}", shown.collect::<Vec<_>>().join(" | "));
        }
    }
    Ok(())
}
