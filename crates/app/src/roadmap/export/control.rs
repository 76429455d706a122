//! The statement and the check of deadlines as workbooks.

use super::{heading, xlsx::share};
use crate::{
    access::School,
    roadmap::{
        board::Board,
        control::{Deadline, Tally, deadlines, statement},
        nouns::count,
    },
};
use documents::sheet::{Column, Kind, Sheet, Value, Workbook};

/// «Справка о выполнении дорожной карты».
pub fn statement_workbook(board: &Board, school: &School) -> Workbook {
    let statement = statement(board);
    let counts = ["Всего", "Выполнено", "из них с опозданием", "В работе", "Не начато", "Просрочено", "Отменено"];
    let mut columns = vec![Column::text("Раздел", 60.0)];
    columns.extend(counts.map(|title| Column::new(title, 13.0, Kind::Integer)));
    columns.push(Column::new("Доля выполнения", 13.0, Kind::Percent));
    let mut sheet = Sheet::new("Справка", columns).titled(title("Справка о выполнении дорожной карты", board, school));
    for (section, tally) in &statement.sections {
        sheet = sheet.row(tally_values(&heading(section), *tally));
    }
    sheet = sheet.row(tally_values("Итого", statement.total)).note(statement.conclusion());
    sheet = statement.note.iter().fold(sheet, |sheet, note| sheet.note(note.as_str()));
    let reasons = [Column::text("№", 7.0), Column::text("Мероприятие", 60.0), Column::text("Причина", 60.0)];
    let reasons = Sheet::new("Без показателя", reasons).titled("Подтверждены, хотя показатель не достигнут");
    let reasons = statement.unproven.iter().fold(reasons, |sheet, row| {
        let reason = row.row.unproven_reason.as_deref().unwrap_or_default();
        sheet.row([row.row.number.as_str(), row.row.title.as_str(), reason])
    });
    Workbook { sheets: vec![sheet, reasons], created: None }
}

fn tally_values(name: &str, tally: Tally) -> [Value; 9] {
    [
        name.into(),
        count(tally.rows()).into(),
        count(tally.finished()).into(),
        count(tally.done_late).into(),
        count(tally.in_work).into(),
        count(tally.not_started).into(),
        count(tally.overdue).into(),
        count(tally.cancelled).into(),
        share(Some(count(tally.finished())), Some(count(tally.planned()))),
    ]
}

/// «Контрольный лист сроков».
pub fn deadlines_workbook(board: &Board, school: &School) -> Workbook {
    let deadlines = deadlines(board);
    let columns = [
        Column::text("№", 7.0),
        Column::text("Раздел", 30.0),
        Column::text("Мероприятие", 50.0),
        Column::text("Срок", 18.0),
        Column::new("Последний день", 12.0, Kind::Date),
        Column::new("Выполнено", 12.0, Kind::Date),
        Column::new("Дней от срока", 11.0, Kind::Integer),
        Column::text("Ответственный", 28.0),
        Column::text("Отметка", 16.0),
    ];
    let sheet = Sheet::new("Сроки", columns)
        .titled(title("Контрольный лист сроков", board, school))
        .note(deadlines.conclusion())
        .note("Дней от срока: со знаком минус — раньше, без знака — позже последнего дня.");
    let sheet = deadlines.note.iter().fold(sheet, |sheet, note| sheet.note(note.as_str()));
    let lines = deadlines.sections.iter().flat_map(|(section, lines)| lines.iter().map(move |line| (section, line)));
    let sheet = lines.fold(sheet, |sheet, (section, line)| sheet.row(deadline_values(&heading(section), line)));
    Workbook::of(sheet)
}

fn deadline_values(section: &str, line: &Deadline<'_>) -> [Value; 9] {
    let row = &line.row.row;
    [
        row.number.as_str().into(),
        section.into(),
        row.title.as_str().into(),
        row.term_text.as_str().into(),
        row.due_on.into(),
        row.done_on.into(),
        line.days.into(),
        line.row.responsible_text().into(),
        line.mark.label().into(),
    ]
}

fn title(what: &str, board: &Board, school: &School) -> String {
    format!("{what}. {}, {} учебный год", school.short_name, board.programme.year().long_label())
}
