//! What is wrong with a file, told by its place: file, row, column, person.

use super::columns::Side;
use std::fmt;

/// One thing that has to be corrected in a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mistake {
    pub file: String,
    /// As Excel numbers rows.
    pub row: Option<usize>,
    pub column: Option<String>,
    pub person: Option<String>,
    pub what: String,
}

/// Mistakes that are said at once; the others are counted.
const SAID: usize = 5;

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if let Some(row) = self.row {
            write!(f, ", строка {row}")?;
        }
        if let Some(column) = &self.column {
            write!(f, ", столбец «{column}»")?;
        }
        if let Some(person) = &self.person {
            write!(f, ", {person}")?;
        }
        write!(f, ": {}", self.what)
    }
}

/// Says all mistakes in one line.
pub fn sentence(mistakes: &[Mistake]) -> String {
    let said: Vec<String> = mistakes.iter().take(SAID).map(Mistake::to_string).collect();
    let more = mistakes.len().saturating_sub(SAID);
    let rest = if more > 0 { format!("; и ещё ошибок: {more}") } else { String::new() };
    format!("Исправьте в файлах: {}{rest}.", said.join("; "))
}

/// Says that a file holds no base.
pub fn no_base(file: &str, side: Side) -> Mistake {
    Mistake {
        file: file.to_owned(),
        what: format!("не похоже на базу {}: нужна строка заголовков со столбцом «ФИО»", side.of_whom()),
        ..Mistake::default()
    }
}

/// Says that a base has headings and no people.
pub fn nobody(file: &str) -> Mistake {
    Mistake {
        file: file.to_owned(), what: "под заголовками нет ни одного человека".to_owned(), ..Mistake::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_names_its_place() {
        let mistake = Mistake {
            file: "наставляемые.xlsx".to_owned(),
            row: Some(7),
            column: Some("Год рождения".to_owned()),
            person: Some("Ёлкина Анна".to_owned()),
            what: "нужен год".to_owned(),
        };
        let place = "наставляемые.xlsx, строка 7, столбец «Год рождения», Ёлкина Анна: нужен год";
        assert_eq!(mistake.to_string(), place);
        let many = vec![mistake; 7];
        assert!(sentence(&many).ends_with("; и ещё ошибок: 2."), "{}", sentence(&many));
        assert_eq!(sentence(&many[..1]), format!("Исправьте в файлах: {place}."));
    }
}
