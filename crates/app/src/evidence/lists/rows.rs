//! The rows behind the totals of the road map (5.1 and 5.2). Pure.

use super::sheet::{Lines, List};
use crate::roadmap::{
    board::{Board, BoardRow},
    measures,
    state::RowState,
};
use documents::sheet::{Column, Kind, Value};

/// Lists the rows that count and those that are missing.
pub fn of_total(board: &Board, measure: &str) -> List {
    let on_time = measure == measures::ROWS_ON_TIME;
    let counted = board.rows.iter().filter(|row| !row.row.is_total() && row.state != RowState::Cancelled);
    let counted = counted.filter(|row| !on_time || row.row.facts(false).was_due(board.today));
    let is_good = |row: &&BoardRow| {
        if on_time { row.row.facts(false).was_done_in_time() } else { row.state.is_done() }
    };
    let (within, missing): (Vec<_>, Vec<_>) = counted.partition(is_good);
    let lines = Lines {
        title: if on_time {
            "Мероприятия в срок"
        } else {
            "Выполнение мероприятий"
        },
        columns: vec![
            Column::text("Номер", 8.0),
            Column::text("Мероприятие", 70.0),
            Column::text("Срок", 24.0),
            Column::text("Состояние", 22.0),
            Column::new("Выполнено", 14.0, Kind::Date),
        ],
        within: if on_time { ("в срок", cells(&within)) } else { ("выполнены", cells(&within)) },
        missing: if on_time {
            ("не в срок", cells(&missing))
        } else {
            ("не выполнены", cells(&missing))
        },
    };
    lines.list(&board.programme.title, board.today)
}

fn cells(rows: &[&BoardRow]) -> Vec<Vec<Value>> {
    let line = |row: &&BoardRow| -> Vec<Value> {
        vec![
            row.row.number.as_str().into(),
            row.row.title.as_str().into(),
            row.row.term_text.as_str().into(),
            row.state.label().into(),
            row.row.done_on.into(),
        ]
    };
    rows.iter().map(line).collect()
}
