//! The road map as a workbook: a row per line with real dates, an indicator per line with its numbers.

use crate::{
    access::School,
    roadmap::board::{Board, BoardRow, Indicator, traits_of},
    words,
};
use chrono::{DateTime, Utc};
use documents::sheet::{Column, Kind, Sheet, Value, Workbook};

/// Makes the workbook.
pub fn workbook(board: &Board, school: &School, now: DateTime<Utc>) -> Workbook {
    let created = now.with_timezone(&school.zone()).naive_local();
    Workbook { sheets: vec![rows(board, school), indicators(board, school)], created: Some(created) }
}

fn rows(board: &Board, school: &School) -> Sheet {
    let columns = [
        Column::text("№", 7.0),
        Column::text("Раздел", 26.0),
        Column::text("Мероприятие", 48.0),
        Column::text("Срок", 18.0),
        Column::new("Начало", 12.0, Kind::Date),
        Column::new("Окончание", 12.0, Kind::Date),
        Column::text("Ожидаемый результат", 40.0),
        Column::text("Вид документа", 22.0),
        Column::text("Ответственный", 28.0),
        Column::text("Состояние", 18.0),
        Column::new("Выполнено", 12.0, Kind::Date),
        Column::new("Файлов", 9.0, Kind::Integer),
        Column::text("Примечание", 34.0),
    ];
    let title = format!("Дорожная карта, {} учебный год. {}", board.programme.year().long_label(), school.short_name);
    let as_of = format!("Состояние на {}.", words::short_date(board.today));
    let sheet = Sheet::new("Дорожная карта", columns).titled(title).note(as_of);
    board.by_section().fold(sheet, |sheet, (section, rows)| {
        let heading = super::heading(section);
        rows.into_iter().fold(sheet, |sheet, row| sheet.row(row_values(row, &heading)))
    })
}

fn row_values(row: &BoardRow, section: &str) -> [Value; 13] {
    let of = &row.row;
    let reasons = [
        of.unproven_reason.as_ref().map(|reason| format!("Показатель не достигнут: {reason}")),
        of.cancel_reason.as_ref().map(|reason| format!("Отменено: {reason}")),
    ];
    [
        of.number.as_str().into(),
        section.into(),
        of.title.as_str().into(),
        of.term_text.as_str().into(),
        of.starts_on.into(),
        of.due_on.into(),
        of.expected_result.as_str().into(),
        of.document_kind.as_str().into(),
        row.responsible_text().into(),
        row.state.label().into(),
        of.done_on.into(),
        row.counts.documents.into(),
        reasons.into_iter().flatten().collect::<Vec<_>>().join("; ").into(),
    ]
}

fn indicators(board: &Board, school: &School) -> Sheet {
    let columns = [
        Column::text("№", 7.0),
        Column::text("Мероприятие", 44.0),
        Column::text("Показатель", 44.0),
        Column::text("Группа", 24.0),
        Column::new("Числитель", 12.0, Kind::Integer),
        Column::new("Знаменатель", 14.0, Kind::Integer),
        Column::new("Доля", 10.0, Kind::Percent),
        Column::text("Цель", 28.0),
        Column::text("Оценка", 16.0),
        Column::new("На дату", 12.0, Kind::Date),
        Column::text("Источник", 34.0),
    ];
    let sheet = Sheet::new("Показатели", columns)
        .titled(format!("Показатели дорожной карты на {}", words::short_date(board.today)))
        .note("Пустые числитель и знаменатель означают «нет данных». Доля округлена вниз до десятой доли процента.");
    let all = board.rows.iter().flat_map(|row| row.indicators.iter().map(move |indicator| (row, indicator)));
    all.fold(sheet, |sheet, (row, indicator)| {
        indicator_values(row, indicator, school).into_iter().fold(sheet, Sheet::row)
    })
}

/// A line per group where the rule judges groups, one line otherwise.
fn indicator_values(row: &BoardRow, indicator: &Indicator, school: &School) -> Vec<[Value; 11]> {
    let reading = indicator.reading.as_ref();
    let groups = reading.map(|reading| reading.groups.as_slice()).unwrap_or_default();
    let numbers: Vec<(&str, Option<i64>, Option<i64>)> = if indicator.rule.operator.needs_groups() && !groups.is_empty()
    {
        groups.iter().map(|group| (group.name.as_str(), Some(group.numerator), group.denominator)).collect()
    } else {
        vec![("", reading.map(|reading| reading.numerator), reading.and_then(|reading| reading.denominator))]
    };
    let line = |(group, numerator, denominator): (&str, Option<i64>, Option<i64>)| {
        [
            row.row.number.as_str().into(),
            row.row.title.as_str().into(),
            indicator.rule.title.as_str().into(),
            group.into(),
            numerator.into(),
            denominator.into(),
            share(numerator, denominator),
            indicator.rule.target_text(traits_of(school)).into(),
            indicator.verdict.label().into(),
            reading.map(|reading| reading.as_of).into(),
            reading.map(source).into(),
        ]
    };
    numbers.into_iter().map(line).collect()
}

fn source(reading: &crate::roadmap::indicator::Reading) -> String {
    reading.source.clone().unwrap_or_else(|| "записи программы".to_owned())
}

/// A share cut to a tenth of a per cent and never rounded up, as on the pages: 54,96 % must not look like a met 55 %.
pub fn share(numerator: Option<i64>, denominator: Option<i64>) -> Value {
    let (Some(numerator), Some(denominator)) = (numerator, denominator.filter(|denominator| *denominator > 0)) else {
        return Value::Empty;
    };
    let tenths = i128::from(numerator.max(0)) * 1000 / i128::from(denominator);
    i32::try_from(tenths).map_or(Value::Empty, |tenths| Value::Percent(f64::from(tenths) / 1000.0))
}
