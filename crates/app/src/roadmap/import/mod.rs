//! A school's own road map on its way to a draft: from what was read to rows with rules.
//!
//! Pure glue between [`reading`](super::reading) and [`actions::adopt_draft`](super::actions::adopt_draft). Nothing that
//! was read is dropped: what a row has no field for stands in its remark. An imported row gets the rules of the template's
//! row that says the same ([`likeness`]), or else asks for a document, so that no row is closed by a tick.

mod likeness;

pub use likeness::{Likeness, Likenesses};

use super::{
    actions::{DraftRow, DraftSection},
    model::StoredDoubt,
    proof,
    queries::NewResponsible,
    reading::{Column, Place, ReadRow, ReadSection, RowDoubtKind, Understood},
    template::{Template, TemplateRow},
};
use crate::{school_year::SchoolYear, words};

/// The most rows a road map may have; regional ones have under 120.
pub const MOST_ROWS: usize = 1000;

/// What is done with the rules of the template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TemplateRules {
    /// A row that says the same as a row of the template takes its rules.
    Proposed,
    /// Every row only asks for a document.
    Off,
}

/// How much of a file was understood.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub sections: usize,
    pub rows: usize,
    pub with_terms: usize,
}

/// Why a road map cannot become a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotADraft {
    #[error(
        "В таблицах не нашлось ни одного мероприятия. Укажите ниже, какой столбец что содержит, или загрузите другой файл."
    )]
    NoRows,
    #[error("В файле больше {MOST_ROWS} мероприятий: это не похоже на дорожную карту одной школы.")]
    TooMany,
}

/// Counts what was understood.
pub fn counts(understood: &Understood) -> Counts {
    Counts {
        sections: sections_with_rows(understood).count(),
        rows: understood.rows().count(),
        with_terms: understood.rows().filter(|row| row.term.term.is_understood()).count(),
    }
}

/// A heading below the last row («Состояние на …») looks like a section and has nothing in it.
fn sections_with_rows(understood: &Understood) -> impl Iterator<Item = &ReadSection> {
    understood.sections.iter().filter(|section| !section.rows.is_empty())
}

/// Returns what does not become a part of the draft, row by row of the file, each with its reason.
pub fn left_out(understood: &Understood) -> Vec<String> {
    let cells = understood.left_out.iter().map(|left| (left.reason.label(), &left.cell));
    let empty = understood.sections.iter().filter(|section| section.rows.is_empty());
    let headings = empty.flat_map(|section| &section.cells).map(|cell| ("раздел, в котором нет мероприятий", cell));
    let mut rows: Vec<(Place, &str, Vec<String>)> = Vec::new();
    for (reason, cell) in cells.chain(headings) {
        let text = words::one_line(&cell.text);
        match rows.last_mut() {
            Some((place, known, texts)) if *place == cell.place && *known == reason => texts.push(text),
            _ => rows.push((cell.place, reason, vec![text])),
        }
    }
    rows.into_iter().map(|(place, reason, texts)| format!("{place}, {reason}: {}", texts.join(" · "))).collect()
}

/// Returns the school year in which most of the printed years lie, when it is not the one the file is read for.
pub fn other_year(understood: &Understood, year: SchoolYear) -> Option<SchoolYear> {
    let stated = understood.rows().map(|row| &row.term.term).filter(|term| term.shifted(1) != **term);
    let years: Vec<SchoolYear> =
        stated.filter_map(|term| term.window(year)).map(|window| SchoolYear::containing(window.from)).collect();
    let most = years.iter().copied().max_by_key(|found| years.iter().filter(|other| *other == found).count())?;
    let agree = years.iter().filter(|found| **found == most).count();
    (most != year && agree * 2 > years.len()).then_some(most)
}

/// Checks that what was understood can become a draft.
pub fn check(understood: &Understood) -> Result<(), NotADraft> {
    match understood.rows().count() {
        0 => Err(NotADraft::NoRows),
        rows if rows > MOST_ROWS => Err(NotADraft::TooMany),
        _ => Ok(()),
    }
}

/// Names the road map: as its file does, or by the year.
pub fn title(understood: &Understood, year: SchoolYear) -> String {
    let plain = || format!("План мероприятий (дорожная карта) на {} учебный год", year.long_label());
    understood.title.clone().unwrap_or_else(plain)
}

/// Makes a draft of what was understood.
pub fn draft(understood: &Understood, template: &Template, rules: TemplateRules) -> Vec<DraftSection> {
    let likenesses = Likenesses::of(template);
    let row = |row: &ReadRow| {
        let like = (rules == TemplateRules::Proposed).then(|| likenesses.closest(&row.title)).flatten();
        draft_row(row, like)
    };
    sections_with_rows(understood)
        .map(|section| DraftSection {
            number: section.number.clone(),
            title: if section.title.is_empty() { "Мероприятия".to_owned() } else { section.title.clone() },
            rows: section.rows.iter().map(row).collect(),
        })
        .collect()
}

fn draft_row(row: &ReadRow, like: Option<Likeness<'_>>) -> DraftRow {
    let rules = like.map(|like| like.row.rules.clone()).unwrap_or_default();
    DraftRow {
        number: row.number.clone(),
        title: words::one_line(&row.title),
        term_text: words::one_line(&row.term.text),
        term: row.term.term.clone(),
        doubts: term_doubts(row),
        expected_result: row.result.clone(),
        document_kind: words::one_line(&row.document_kind),
        indicator_text: row.indicator.clone(),
        rules: proof::or_a_document(rules),
        remark: remark(row, like.map(|like| like.row)),
        responsibles: row.responsible.iter().map(responsible).collect(),
    }
}

/// Doubts about the term are settled on the row's page; the others are told in its remark.
fn term_doubts(row: &ReadRow) -> Vec<StoredDoubt> {
    let of_term = row.doubts.iter().filter(|doubt| matches!(doubt.kind, RowDoubtKind::Term { .. }));
    of_term.map(|doubt| StoredDoubt { text: doubt.to_string(), suggestion: doubt.suggestion().cloned() }).collect()
}

fn remark(row: &ReadRow, like: Option<&TemplateRow>) -> String {
    let content = (!row.content.is_empty()).then(|| format!("Содержание: {}", words::one_line(&row.content)));
    let doubts = row.doubts.iter().filter(|doubt| !matches!(doubt.kind, RowDoubtKind::Term { .. }));
    let like = like.map(|like| format!("Показатели взяты из строки {} типовой дорожной карты.", like.number));
    let sentences: Vec<String> = content.into_iter().chain(doubts.map(ToString::to_string)).chain(like).collect();
    sentences.join("\n")
}

fn responsible(read: &super::reading::ReadResponsible) -> NewResponsible {
    NewResponsible { label: words::one_line(&read.text), post: read.post.map(|post| post.key().to_owned()), user: None }
}

/// A correction of what a column holds, as the form sends it: `table.column.word`, an empty word for «ничего».
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ColumnChoice {
    pub table: usize,
    pub place: usize,
    pub column: Option<Column>,
}

impl std::str::FromStr for ColumnChoice {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut parts = text.splitn(3, '.');
        let mut number = || parts.next()?.parse().ok();
        let (table, place) = (number().ok_or(())?, number().ok_or(())?);
        let column = match parts.next().ok_or(())? {
            "" => None,
            word => Some(Column::from_key(word).ok_or(())?),
        };
        Ok(Self { table, place, column })
    }
}

impl std::fmt::Display for ColumnChoice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}.{}", self.table, self.place, self.column.map_or("", Column::key))
    }
}

#[cfg(test)]
mod tests;
