//! The road map as the annex of an order: landscape, with the place for the head's approval.

use crate::{
    access::School,
    roadmap::{
        board::{Board, BoardRow, traits_of},
        model::Responsible,
    },
    words,
};
use documents::block::{Align, Block, Document, HeadingLevel, Page, Paragraph, Run, TableBlock, TableCell};

/// Shares of the width of the page by column.
const WIDTHS: [u32; 7] = [3, 12, 6, 11, 12, 9, 8];

/// Makes the document.
pub fn document(board: &Board, school: &School) -> Document {
    let year = board.programme.year();
    let as_of = format!("Состояние на {}", words::short_date(board.today));
    // The approval stands above the title (ГОСТ Р 7.0.97-2016, 5.16), so the title is a heading of the body.
    Document::new("", Page::landscape())
        .with(Paragraph::text(approval(school, year.start_year())).aligned(Align::End))
        .with(Block::Heading { level: HeadingLevel::First, text: board.programme.title.clone() })
        .with(Paragraph::text(format!("{}\n{} учебный год", school.name, year.long_label())).aligned(Align::Centre))
        .with(Paragraph::new([Run::italic(as_of)]).aligned(Align::Start))
        .with(table(board, school))
}

fn approval(school: &School, year: i32) -> String {
    format!(
        "УТВЕРЖДАЮ\n{}\n{}\n____________ {}\n«____» ______________ {year} г.",
        words::capitalised(&school.head_post),
        school.short_name,
        words::initials(&school.head_name),
    )
}

fn table(board: &Board, school: &School) -> TableBlock {
    let header =
        ["№", "Мероприятие", "Срок", "Ожидаемый результат (вид документа)", "Показатель", "Ответственный", "Состояние"];
    let table = TableBlock::new(&WIDTHS).header(header);
    board.by_section().filter(|(_, rows)| !rows.is_empty()).fold(table, |table, (section, rows)| {
        let heading = TableCell::from(Run::bold(super::heading(section))).across(WIDTHS.len());
        rows.into_iter().fold(table.row([heading]), |table, row| table.row(cells(row, school)))
    })
}

fn cells(row: &BoardRow, school: &School) -> [TableCell; 7] {
    let of = &row.row;
    [
        TableCell::text(&of.number).aligned(Align::Centre),
        TableCell::text(&of.title),
        TableCell::text(&of.term_text).aligned(Align::Centre),
        TableCell::text(result(row)),
        TableCell::text(indicators(row, school)),
        TableCell::text(responsible(row)),
        TableCell::text(state(row)),
    ]
}

fn result(row: &BoardRow) -> String {
    let (result, kind) = (row.row.expected_result.trim(), row.row.document_kind.trim());
    match (result.is_empty(), kind.is_empty()) {
        (_, true) => result.to_owned(),
        (true, false) => kind.to_owned(),
        (false, false) => format!("{result}\n({kind})"),
    }
}

/// Who answers, a line each, persons with initials.
fn responsible(row: &BoardRow) -> String {
    let name = |one: &Responsible| one.user_name.as_deref().map_or_else(|| one.label.clone(), words::initials);
    row.responsibles.iter().map(name).collect::<Vec<_>>().join("\n")
}

/// The indicator in the words of the road map, then what the records say about it.
fn indicators(row: &BoardRow, school: &School) -> String {
    let traits = traits_of(school);
    let live = row.indicators.iter().map(|indicator| {
        let value = indicator.rule.value_text(indicator.reading.as_ref());
        format!("{}: {value} (цель: {})", indicator.rule.title, indicator.rule.target_text(traits))
    });
    let words = Some(row.row.indicator_text.clone()).filter(|text| !text.is_empty());
    words.into_iter().chain(live).collect::<Vec<_>>().join("\n")
}

/// The state with everything that belongs to it: the day, and the reasons that must stay visible.
fn state(row: &BoardRow) -> String {
    let of = &row.row;
    let day = of.done_on.map(|done| format!(", {}", words::short_date(done))).unwrap_or_default();
    let unproven = of.unproven_reason.as_ref().map(|reason| format!("Показатель не достигнут: {reason}"));
    let cancelled = of.cancel_reason.as_ref().map(|reason| format!("Причина: {reason}"));
    let lines = [Some(format!("{}{day}", row.state.label())), unproven, cancelled];
    lines.into_iter().flatten().collect::<Vec<_>>().join("\n")
}
