//! The statement and the check of terms as papers of the school, to be signed and registered (rows 5.1 and 5.2).

use crate::{
    access::Visitor,
    paperwork::{Draft, school_of},
    roadmap::{
        board::{Board, BoardRow},
        control::{deadlines, statement},
    },
    words,
};
use documents::kinds::{
    self,
    inputs::{self, ControlRow, MemoRow, MemoSection, Official},
};
use serde::Serialize;

fn author(visitor: &Visitor) -> Official {
    let post = if visitor.post.is_empty() { visitor.roles_text() } else { visitor.post.clone() };
    Official { post: words::capitalised(&post), name: visitor.full_name.clone() }
}

fn draft(board: &Board, kind: &str, input: &impl Serialize) -> Result<Draft, String> {
    let kind = kinds::find(kind).ok_or("Такого документа нет.")?;
    let input = serde_json::to_value(input).map_err(|error| error.to_string())?;
    let title = format!("{} на {}", kind.title, words::short_date(board.today));
    Ok(Draft { title, ..Draft::new(board.programme.year(), kind, input) })
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Makes «Справка о выполнении дорожной карты».
pub fn memo(board: &Board, visitor: &Visitor) -> Result<Draft, String> {
    let figures = statement(board);
    let row = |row: &BoardRow| MemoRow {
        number: row.row.number.clone(),
        title: row.row.title.clone(),
        state: row.state.label().to_owned(),
        indicator: values(row),
        proof: proof(row),
    };
    let section = |(section, rows): (&crate::roadmap::model::Section, Vec<&BoardRow>)| MemoSection {
        title: section.caption(),
        rows: rows.into_iter().map(row).collect(),
    };
    let input = inputs::RoadmapMemo {
        school: school_of(&visitor.school)?,
        year: board.programme.year().to_string(),
        as_of: board.today,
        total: count(figures.total.planned()),
        done: count(figures.total.finished()),
        late: count(figures.total.done_late),
        overdue: count(figures.total.overdue),
        sections: board.by_section().map(section).filter(|section| !section.rows.is_empty()).collect(),
        conclusions: std::iter::once(figures.conclusion()).chain(figures.note.clone()).collect(),
        author: author(visitor),
    };
    draft(board, "roadmap-memo", &input)
}

/// Makes «Контрольный лист сроков».
pub fn control_sheet(board: &Board, visitor: &Visitor) -> Result<Draft, String> {
    let figures = deadlines(board);
    let row = |line: &crate::roadmap::control::Deadline<'_>| ControlRow {
        number: line.row.row.number.clone(),
        title: line.row.row.title.clone(),
        due: line.row.row.due_on.map_or_else(|| line.row.row.term_text.clone(), words::short_date),
        responsible: line.row.responsible_text(),
        done_on: line.row.row.done_on,
        state: line.mark.label().to_owned(),
    };
    let input = inputs::ControlSheet {
        school: school_of(&visitor.school)?,
        year: board.programme.year().to_string(),
        as_of: board.today,
        rows: figures.lines().map(row).collect(),
        author: author(visitor),
    };
    draft(board, "control-sheet", &input)
}

fn values(row: &BoardRow) -> String {
    let value = |indicator: &crate::roadmap::board::Indicator| {
        format!("{}: {}", indicator.rule.title, indicator.rule.value_text(indicator.reading.as_ref()))
    };
    row.indicators.iter().map(value).collect::<Vec<_>>().join("; ")
}

fn proof(row: &BoardRow) -> String {
    match row.counts.documents {
        0 => String::new(),
        documents => words::counted(documents, &["документ", "документа", "документов"]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        access::{Role, School, Standing, UserId},
        roadmap::sample,
    };

    #[test]
    fn both_papers_of_a_road_map_can_be_printed() {
        let (board, school) = (sample::board(|_| {}), School { address: "ул. Садовая, 1".into(), ..sample::school() });
        let visitor = Visitor {
            user: UserId::fresh(),
            full_name: "Липина Анна Ивановна".into(),
            post: "методист".into(),
            roles: vec![Role::Coordinator],
            today: board.today,
            school,
            password_is_temporary: false,
            factor: Standing::Good,
        };
        let all: Vec<&BoardRow> = board.rows.iter().collect();
        // The rows that control the others are in no list of terms.
        let with_terms: Vec<&BoardRow> = board.rows.iter().filter(|row| !row.row.is_total()).collect();
        assert!(with_terms.len() > 20);
        let papers = [(memo(&board, &visitor).unwrap(), all), (control_sheet(&board, &visitor).unwrap(), with_terms)];
        for (draft, rows) in papers {
            let document = draft.kind.make(&draft.input.to_string()).unwrap();
            let text = serde_json::to_string(&document).unwrap();
            for row in rows {
                assert!(text.contains(&row.row.number), "{}: {}", draft.kind.name, row.row.number);
            }
            assert!(draft.title.ends_with(&words::short_date(board.today)), "{}", draft.title);
        }
    }
}
