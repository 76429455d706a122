//! What an upload changes, in numbers and sentences.

use crate::{
    people::{
        import::{
            model::{Counts, ImportState},
            queries::Lists,
        },
        reading::Column,
    },
    web::ui::{
        badge::Tone,
        insight::{Insight, insight},
        notice::{Notice, notice},
    },
    words,
};
use maud::{Markup, html};

/// Says in a sentence what loading will do.
pub fn done(counts: &Counts) -> String {
    if counts.new + counts.changed == 0 {
        return "Записи не изменились: всё из этих списков уже известно.".to_owned();
    }
    let left = i64::try_from(counts.departed.len()).unwrap_or(0);
    let left = if left > 0 { format!(", выбыло: {left}") } else { String::new() };
    format!("Загружено. Новых: {}, изменено: {}, без изменений: {}{left}.", counts.new, counts.changed, counts.same)
}

/// Draws how much loading will change, or has changed.
pub fn drawn(lists: &Lists) -> Markup {
    let counts = &lists.summary.0;
    let sentence = match lists.state {
        ImportState::Applied => done(counts),
        _ if counts.new + counts.changed == 0 && counts.unclear + counts.failed == 0 => {
            "Ничего не изменится: всё из этих списков уже известно.".to_owned()
        }
        _ => format!("Новых: {}, изменённых: {}, без изменений: {}.", counts.new, counts.changed, counts.same),
    };
    let doubts = counts.unclear + counts.failed;
    let detail = (doubts > 0).then(|| {
        format!("Неясных: {}, не прочитано: {}. Они не загрузятся, пока не решено.", counts.unclear, counts.failed)
    });
    insight(&Insight {
        tone: if doubts > 0 { Tone::Warning } else { Tone::Success },
        number: words::number(counts.new + counts.changed),
        sentence,
        detail,
        ..Insight::default()
    })
}

/// Names the columns that are never taken.
pub fn left_out(lists: &Lists) -> Markup {
    let mut titles: Vec<String> = vec![];
    for section in &lists.sections.0 {
        for (title, _) in section.header.iter().zip(&section.columns).filter(|(_, column)| **column == Column::Private)
        {
            let title = format!("«{title}»");
            if !titles.contains(&title) {
                titles.push(title);
            }
        }
    }
    html! {
        @if !titles.is_empty() {
            (notice(&Notice::new(Tone::Info, format!("Не загружаются и не хранятся: {}. Программе эти сведения не нужны.", words::list(&titles)))))
        }
    }
}
