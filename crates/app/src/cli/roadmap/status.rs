//! `nastavnik roadmap status`.

use super::{Opened, WhichArgs};
use crate::{
    cli::{DataArgs, Trouble, say},
    clock::Clock,
    roadmap::{
        board::{Board, BoardRow},
        model::ProgrammeState,
        state::RowState,
    },
    words,
};
use serde_json::json;

/// What `roadmap status` needs.
#[derive(Debug, clap::Args)]
pub struct StatusArgs {
    #[command(flatten)]
    data: DataArgs,
    #[command(flatten)]
    which: WhichArgs,
}

/// Shows what is done, what is overdue and what comes next.
pub async fn run(args: StatusArgs) -> Result<(), Trouble> {
    let opened = Opened::open(&args.data, &args.which, Clock::system()).await?;
    let board = opened.board(args.which.year).await?;
    if args.which.json {
        say(&status_json(&board));
    } else {
        say(&status_text(&board));
    }
    opened.close().await;
    Ok(())
}

fn status_json(board: &Board) -> serde_json::Value {
    let states: serde_json::Map<String, serde_json::Value> =
        RowState::ALL.iter().map(|state| (state.key().to_owned(), board.count(*state).into())).collect();
    let overdue: Vec<&str> = in_state(board, RowState::Overdue).map(|row| row.row.number.as_str()).collect();
    json!({
        "school_year": board.programme.year().long_label(),
        "programme": board.programme.state.word(),
        "as_of": board.today,
        "rows": board.rows.len(),
        "states": states,
        "overdue": overdue,
    })
}

fn status_text(board: &Board) -> String {
    let draft = if board.programme.state == ProgrammeState::Draft { " (черновик)" } else { "" };
    let mut lines = vec![format!(
        "Дорожная карта на {} учебный год{draft}, на {}: мероприятий {}",
        board.programme.year(),
        words::short_date(board.today),
        board.rows.len(),
    )];
    let counts = RowState::ALL.into_iter().map(|state| (state, board.count(state))).filter(|(_, rows)| *rows > 0);
    lines.extend(counts.map(|(state, rows)| format!("  {}: {rows}", state.label())));
    lines.extend(in_state(board, RowState::Overdue).map(|row| {
        let due = row.row.due_on.map(|due| words::due(due, board.today)).unwrap_or_default();
        format!("Просрочено: {} — {due}, {}", row.row.caption(), row.responsible_text())
    }));
    let ahead = board.rows.iter().filter(|row| row.state.is_open() && row.state != RowState::Overdue);
    if let Some((due, row)) = ahead.filter_map(|row| row.row.due_on.map(|due| (due, row))).min_by_key(|(due, _)| *due) {
        lines.push(format!("Ближайший срок: {} — {}", words::short_date(due), row.row.caption()));
    }
    lines.join("\n")
}

fn in_state(board: &Board, state: RowState) -> impl Iterator<Item = &BoardRow> {
    board.rows.iter().filter(move |row| row.state == state)
}
