use super::*;
use crate::roadmap::sample::{board, cancelled, day, done};
use chrono::NaiveDate;
use proptest::prelude::*;

/// A year in which something of everything has happened.
fn year_in_progress() -> Board {
    board(|row| match row.number.as_str() {
        "1.1" | "1.2" => done(row, day(2026, 10, 20)),
        "1.3" => {
            done(row, day(2026, 10, 31));
            row.unproven_reason = Some("Число организаций ещё уточняется".into());
        }
        "1.6" => done(row, day(2026, 11, 5)),
        "2.4" => done(row, day(2026, 11, 15)),
        "4.4" => cancelled(row),
        _ => {}
    })
}

#[test]
fn the_statement_counts_rows_by_section_and_in_total() {
    let board = year_in_progress();
    let figures = statement(&board);
    let rows: Vec<usize> = figures.sections.iter().map(|(_, tally)| tally.rows()).collect();
    assert_eq!(rows, [13, 4, 5, 6, 1], "5.1 and 5.2 total the others and are not counted");
    let total = figures.total;
    assert_eq!((total.done, total.done_late, total.cancelled), (4, 1, 1));
    assert_eq!((total.rows(), total.planned(), total.finished()), (29, 28, 5));
    assert_eq!(total.overdue, figures.overdue.len());
    assert_eq!(total.share_text(), "17,8\u{a0}%");
}

#[test]
fn the_statement_says_in_words_what_its_numbers_say() {
    let board = year_in_progress();
    let conclusion = statement(&board).conclusion();
    assert!(
        conclusion
            .starts_with("На 22.11.2026 выполнено 5 из 28 мероприятий дорожной карты (17,8\u{a0}%), с опозданием — 1.")
    );
    assert!(conclusion.contains("Показатель не достигнут, причина указана: 1.3."), "{conclusion}");
    assert!(conclusion.contains("Отменено: 1 мероприятие."), "{conclusion}");
    assert_eq!(
        statement(&board).note.unwrap(),
        "Мероприятия 5.1 и 5.2 подводят итог остальным и сами в подсчёт не входят."
    );
}

#[test]
fn a_road_map_of_cancelled_rows_has_no_share() {
    let board = board(cancelled);
    let figures = statement(&board);
    assert_eq!(figures.total.share_text(), words::NO_DATA);
    assert_eq!(figures.conclusion(), "На 22.11.2026 в дорожной карте нет мероприятий, которые нужно выполнить.");
    assert_eq!(deadlines(&board).conclusion(), "На 22.11.2026 ни один срок ещё не наступил.");
}

#[test]
fn a_deadline_says_how_far_the_work_is_from_its_last_day() {
    let board = year_in_progress();
    let figures = deadlines(&board);
    let line = |number: &str| {
        let line = figures.lines().find(|line| line.row.row.number == number).unwrap();
        (line.mark, line.days_text())
    };
    assert_eq!(line("1.1"), (Mark::InTime, "на 11 дней раньше".into()));
    assert_eq!(line("1.3"), (Mark::InTime, "в последний день".into()));
    assert_eq!(line("1.4"), (Mark::Overdue, "на 22 дня позже".into()));
    assert_eq!(line("1.6"), (Mark::Late, "на 5 дней позже".into()));
    assert_eq!(line("1.12"), (Mark::Ahead, String::new()));
    assert_eq!(line("4.4"), (Mark::Cancelled, String::new()));
    assert!(figures.lines().all(|line| !line.row.row.is_total()));
    assert!(figures.conclusion().contains("Выполнены с опозданием: 1.6."), "{}", figures.conclusion());
}

#[test]
fn many_rows_are_named_by_the_first_ones() {
    let board = board(|_| {});
    let rows: Vec<&BoardRow> = board.rows.iter().take(15).collect();
    assert!(numbers(&rows).ends_with("1.12 и ещё 3"));
}

/// What may have happened to a row: nothing, done on some day of the year, cancelled.
fn fate() -> impl Strategy<Value = Option<Option<NaiveDate>>> {
    prop_oneof![
        Just(None),
        Just(Some(None)),
        (0_i64..=82).prop_map(|days| Some(Some(day(2026, 9, 1) + chrono::TimeDelta::days(days)))),
    ]
}

proptest! {
    #[test]
    fn the_totals_are_the_measures_of_rows_5_1_and_5_2(fates in proptest::collection::vec(fate(), 31)) {
        let order: Vec<String> = board(|_| {}).rows.iter().map(|row| row.row.number.clone()).collect();
        let board = board(|row| match order.iter().position(|number| *number == row.number).and_then(|at| fates[at]) {
            None => {}
            Some(None) => cancelled(row),
            Some(Some(on)) => done(row, on),
        });
        let states: Vec<(&Row, RowState)> = board.rows.iter().map(|row| (&row.row, row.state)).collect();

        let figures = statement(&board);
        let reading = measures::total(measures::ROWS_DONE, &states, board.today);
        prop_assert_eq!(&figures.reading, &reading);
        prop_assert_eq!(i64::try_from(figures.total.finished()).unwrap(), reading.numerator);
        prop_assert_eq!(i64::try_from(figures.total.planned()).ok(), reading.denominator);
        let sum = figures.sections.iter().map(|(_, tally)| tally.rows()).sum::<usize>();
        prop_assert_eq!(sum, figures.total.rows());

        let figures = deadlines(&board);
        let reading = measures::total(measures::ROWS_ON_TIME, &states, board.today);
        prop_assert_eq!(&figures.reading, &reading);
        prop_assert_eq!(i64::try_from(figures.count(Mark::InTime)).unwrap(), reading.numerator);
        let counted = figures.lines().filter(|line| line.mark.is_counted()).count();
        prop_assert_eq!(i64::try_from(counted).ok(), reading.denominator);
    }
}
