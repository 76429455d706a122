//! Recognises the headings of columns by their words.

use super::columns::{Column, Confidence};
use crate::words;

/// Longer cells are sentences, not headings.
const LONGEST_HEADING: usize = 120;

/// Tells what a column with this heading holds.
pub(super) fn recognise(heading: &str) -> Option<(Column, Confidence)> {
    if heading.chars().count() > LONGEST_HEADING {
        return None;
    }
    let text: String =
        words::fold(heading).chars().map(|c| if c.is_alphanumeric() || c == '№' { c } else { ' ' }).collect();
    let words: Vec<&str> = text.split_whitespace().collect();
    if is_number_heading(&words.concat()) {
        return Some((Column::Number, Confidence::Sure));
    }
    // The first column whose word occurs wins: «Срок реализации мероприятия» is a term, «Показатели результата» are indicators.
    let stems: [(Column, &[&str]); 8] = [
        (Column::Indicator, &["показател", "критери", "индикатор", "kpi"]),
        (Column::Result, &["результат", "итог"]),
        (Column::DocumentKind, &["документ", "отчетн"]),
        (Column::Responsible, &["ответствен", "исполнител"]),
        (Column::Term, &["срок", "дата", "даты", "период", "время", "месяц"]),
        (Column::Stage, &["этап", "раздел", "направлени", "блок"]),
        (Column::Title, &["мероприят", "наименован", "действи", "задач"]),
        (Column::Content, &["содержан", "описан"]),
    ];
    stems.into_iter().find_map(|(column, stems)| {
        let at = words.iter().position(|word| stems.iter().any(|stem| word.starts_with(stem)))?;
        let confidence = if at == 0 || words.len() <= 3 { Confidence::Sure } else { Confidence::Likely };
        Some((column, confidence))
    })
}

/// «№ п/п», «NN п/п», «п/п».
fn is_number_heading(letters: &str) -> bool {
    ["№", "№№", "n", "nn", "no", "№пп", "№№пп", "nпп", "nnпп", "пп", "номер", "номерпп"].contains(&letters)
}

/// Says whether a paragraph above a table names the road map itself rather than one of its sections.
pub(super) fn names_the_map(title: &str) -> bool {
    let title = words::fold(title);
    title.contains("дорожн") || title.contains("план меропр") || title.starts_with("план ")
}

/// Says whether a title is what a spreadsheet calls a sheet nobody named.
pub(super) fn is_sheet_name(title: &str) -> bool {
    let title = words::fold(title);
    let name = title.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end();
    ["лист", "sheet", "таблица", "table", "приложение", "приложение №"].contains(&name)
}
