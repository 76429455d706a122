//! Declines names and posts from standard input, a line each: «Иванов Пётр Сергеевич», or «post: учитель физики».
//!
//! The first word of a name is the surname, the second the given name, the rest the patronymic.

use russian::{Case, Name, decline_post};
use std::io::{self, BufRead, Write};

fn main() -> io::Result<()> {
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let line = line?;
        if let Some(post) = line.strip_prefix("post:") {
            for case in Case::ALL {
                writeln!(out, "{case:?}\t{}", decline_post(post.trim(), case))?;
            }
            continue;
        }
        let words: Vec<&str> = line.split_whitespace().collect();
        let [surname, given, patronymic @ ..] = words.as_slice() else { continue };
        let name = Name::new(surname, given, &patronymic.join(" "));
        for case in Case::ALL {
            writeln!(out, "{case:?}\t{}\t{}", name.full(case), name.initials_first(case))?;
        }
    }
    Ok(())
}
