//! Fills a .docx of a school, to look at the result in an office program.
//!
//! usage: fill FILE.docx KIND OUT.docx      with the example of the kind

use std::{env, error::Error, fs};

use documents::kinds;

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = env::args().skip(1).collect();
    let [file, kind, out] = words.as_slice() else { return Err("usage: fill FILE.docx KIND OUT.docx".into()) };
    let kind = kinds::find(kind).ok_or("no such kind")?;
    fs::write(out, kind.fill_file(&fs::read(file)?, kind.example, (&kinds::NameForms::default(), None))?.docx)?;
    Ok(())
}
