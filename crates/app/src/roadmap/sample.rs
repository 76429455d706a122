//! A road map in the middle of its year, for the tests of what is made of a [`Board`].

use super::{
    actions::{DraftRow, draft_of_template},
    board::{Board, BoardRow, Indicator, traits_of},
    indicator::{GroupReading, Reading, Verdict},
    measures,
    model::{
        Origin, Programme, ProgrammeId, ProgrammeState, RecordCounts, Responsible, Row, RowId, Section, SectionId,
    },
    template::Template,
};
use crate::{
    access::{School, SchoolId, SchoolKind},
    school_year::SchoolYear,
};
use chrono::{DateTime, NaiveDate, Utc};
use database::Json;

/// Returns a day.
pub fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// Returns 22 November 2026, noon in UTC.
pub fn now() -> DateTime<Utc> {
    day(2026, 11, 22).and_hms_opt(12, 0, 0).unwrap().and_utc()
}

/// Returns a school.
pub fn school() -> School {
    School {
        id: SchoolId::fresh(),
        name: "Муниципальное бюджетное общеобразовательное учреждение «Школа № 7»".into(),
        short_name: "Школа № 7".into(),
        kind: SchoolKind::School,
        is_small: false,
        address: String::new(),
        municipality: String::new(),
        head_name: "Образцова Вера Павловна".into(),
        head_post: "директор".into(),
        time_zone: "Europe/Moscow".into(),
        version: 1,
    }
}

/// Returns the built-in road map of 2026/27 on 22 November 2026, changed row by row before it is judged.
pub fn board(change: impl Fn(&mut Row)) -> Board {
    let year = SchoolYear::starting_in(2026).unwrap();
    let template = Template::built_in().unwrap();
    let programme = Programme {
        id: ProgrammeId::fresh(),
        school_year: 2026,
        title: template.title.clone(),
        state: ProgrammeState::Running,
        origin: Origin::Template,
        created_at: now(),
        started_at: Some(now()),
        version: 1,
    };
    let mut board = Board { programme, sections: vec![], rows: vec![], today: day(2026, 11, 22) };
    for (position, draft) in (0..).zip(draft_of_template(template, year)) {
        let section = Section { id: SectionId::fresh(), position, number: draft.number, title: draft.title };
        for draft in &draft.rows {
            let mut row = row(draft, board.programme.id, section.id, year);
            change(&mut row);
            board.rows.push(board_row(row, draft, board.today));
        }
        board.sections.push(section);
    }
    board
}

/// Confirms a row as done on a day.
pub fn done(row: &mut Row, on: NaiveDate) {
    row.done_on = Some(on);
    row.confirmed_at = Some(now());
}

/// Cancels a row.
pub fn cancelled(row: &mut Row) {
    row.cancelled_on = Some(day(2026, 10, 1));
    row.cancel_reason = Some("Партнёров нет".into());
}

fn row(draft: &DraftRow, programme_id: ProgrammeId, section_id: SectionId, year: SchoolYear) -> Row {
    let window = draft.term.window(year);
    Row {
        id: RowId::fresh(),
        programme_id,
        section_id,
        position: 0,
        number: draft.number.clone(),
        title: draft.title.clone(),
        term_text: draft.term_text.clone(),
        term: Json(draft.term.clone()),
        starts_on: window.map(|window| window.from),
        due_on: window.map(|window| window.to),
        term_settled: false,
        expected_result: draft.expected_result.clone(),
        document_kind: draft.document_kind.clone(),
        indicator_text: draft.indicator_text.clone(),
        rules: Json(draft.rules.clone()),
        doubts: Json(vec![]),
        remark: String::new(),
        done_on: None,
        confirmed_at: None,
        confirmed_by: None,
        unproven_reason: None,
        accepted_at: None,
        accepted_by: None,
        cancelled_on: None,
        cancel_reason: None,
        version: 3,
    }
}

fn board_row(row: Row, draft: &DraftRow, today: NaiveDate) -> BoardRow {
    let responsible = |(position, new): (i64, &super::queries::NewResponsible)| Responsible {
        row_id: row.id,
        position,
        label: new.label.clone(),
        post: new.post.clone(),
        user_id: None,
        user_name: None,
        is_personal: false,
    };
    BoardRow {
        state: row.state(false, today),
        responsibles: (0..).zip(&draft.responsibles).map(responsible).collect(),
        indicators: row.rules.0.iter().map(|rule| indicator(rule.clone())).collect(),
        counts: RecordCounts { row_id: row.id, ..RecordCounts::default() },
        has_records: false,
        row,
    }
}

/// The coverage of row 1.1 was entered by groups, everything else has no data.
fn indicator(rule: super::indicator::Rule) -> Indicator {
    let group = |name: &str, numerator, denominator| GroupReading { name: name.into(), numerator, denominator };
    let reading = (rule.measure == "participants.coverage").then(|| Reading {
        as_of: day(2026, 11, 1),
        numerator: 360,
        denominator: Some(668),
        groups: vec![group("обучающиеся 10–18 лет", 341, Some(620)), group("педагоги", 19, Some(48))],
        subjects: vec![],
        source: Some("Списки классов".into()),
    });
    let verdict = if reading.is_some() { rule.judge(reading.as_ref(), traits_of(&school())) } else { Verdict::NoData };
    Indicator { supply: measures::supply(&rule.measure, &vec![]), rule, reading, verdict }
}
