//! The road map for another program.

use crate::{
    access::School,
    roadmap::board::{Board, BoardRow, traits_of},
};
use serde_json::{Value, json};

/// Makes the value; dates are ISO 8601, states are words of the glossary.
pub fn value(board: &Board, school: &School) -> Value {
    let sections = board.by_section().map(|(section, rows)| {
        json!({
            "number": section.number,
            "title": section.title,
            "rows": rows.into_iter().map(|row| row_value(row, school)).collect::<Vec<_>>(),
        })
    });
    json!({
        "school": school.short_name,
        "school_year": board.programme.year().long_label(),
        "title": board.programme.title,
        "as_of": board.today,
        "sections": sections.collect::<Vec<_>>(),
    })
}

fn row_value(row: &BoardRow, school: &School) -> Value {
    let traits = traits_of(school);
    let indicators = row.indicators.iter().map(|indicator| {
        json!({
            "measure": indicator.rule.measure,
            "title": indicator.rule.title,
            "target": indicator.rule.target_text(traits),
            "reading": indicator.reading,
            "is_met": indicator.is_met(),
        })
    });
    json!({
        "id": row.row.id,
        "number": row.row.number,
        "title": row.row.title,
        "term": row.row.term_text,
        "starts_on": row.row.starts_on,
        "due_on": row.row.due_on,
        "expected_result": row.row.expected_result,
        "document_kind": row.row.document_kind,
        "indicator": row.row.indicator_text,
        "responsible": row.responsibles.iter().map(|one| &one.label).collect::<Vec<_>>(),
        "state": row.state,
        "done_on": row.row.done_on,
        "unproven_reason": row.row.unproven_reason,
        "cancel_reason": row.row.cancel_reason,
        "indicators": indicators.collect::<Vec<_>>(),
    })
}
