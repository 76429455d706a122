//! Spellings seen in road maps and orders of schools, and what typists and scanners make of them.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;

fn year(start: i32) -> SchoolYear {
    SchoolYear::starting_in(start).unwrap()
}

fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// Reads text in a map of 2023/24 and gives the canonical wording.
fn canonical(text: &str) -> String {
    Term::read(text, year(2023)).term.text()
}

fn doubts(text: &str) -> Vec<DoubtKind> {
    Term::read(text, year(2023)).doubts.iter().map(|doubt| doubt.kind).collect()
}

#[track_caller]
fn assert_read(spellings: &[(&str, &str)]) {
    for (text, expected) in spellings {
        let read = Term::read(text, year(2023));
        assert_eq!(read.term.text(), *expected, "«{text}» → {:?}", read.term);
        assert!(read.term.is_understood(), "«{text}»");
        assert_eq!(read.text, *text);
    }
}

#[test]
fn every_spelling_seen_in_road_maps_is_understood() {
    assert_read(&[
        ("Октябрь 2023", "октябрь 2023"),
        ("Октябрь -Ноябрь 2023", "октябрь – ноябрь 2023"),
        ("Октябрь -\nНоябрь\n2023", "октябрь – ноябрь 2023"),
        ("Декабрь 2023-Апрель 2024", "декабрь 2023 – апрель 2024"),
        ("В течение 2023-2024", "2023–2024 учебный год"),
        ("Сентябрь 2024", "сентябрь 2024"),
        ("Февраль 2022", "февраль 2022"),
        ("Ежегодно", "ежегодно"),
        ("Август 2022 года, август 2023 года", "август 2022, август 2023"),
        ("Май, ежегодно с 2023", "май, ежегодно с 2023 года"),
        ("(сентябрь 2022 г. - май 2024 г.)", "сентябрь 2022 – май 2024"),
        ("на 2020 – 2024 учебный год", "2020–2024 учебные годы"),
        ("2021-2024г.г.", "2021–2024 учебные годы"),
        ("в срок до 31 марта 2022 года", "до 31.03.2022"),
        ("до 27.08.2026", "до 27.08.2026"),
        ("с 18.08.2026 по 18.10.2026", "с 18.08.2026 по 18.10.2026"),
        ("август–сентябрь 2026", "август – сентябрь 2026"),
        ("по мере необходимости", "по мере необходимости"),
        ("не позднее 5 раб. дней", "не позднее 5 рабочих дней"),
        ("в течение 10 раб. дней", "в течение 10 рабочих дней"),
        ("еженедельно", "еженедельно"),
        ("в течение периода", "в течение учебного года"),
        ("В течение года", "в течение учебного года"),
    ]);
}

#[test]
fn every_spelling_of_an_order_date_is_understood() {
    assert_read(&[
        ("13.09.2021г.", "13.09.2021"),
        ("«31» 08. 2020 г.", "31.08.2020"),
        ("31. 03. 22 г.", "31.03.2022"),
        ("« 10»______01____2022 г.", "10.01.2022"),
        ("12 января2022 г.", "12.01.2022"),
        ("2023-10-05", "05.10.2023"),
        ("27/08/2026", "27.08.2026"),
        ("1-го сентября 2023 года", "01.09.2023"),
        ("5 окт. 2023", "05.10.2023"),
    ]);
}

#[test]
fn the_hand_of_the_typist_does_not_matter() {
    assert_read(&[
        ("ОКТЯБРЬ   2023", "октябрь 2023"),
        ("октябрь2023г", "октябрь 2023"),
        ("Октябрь\u{a0}2023\u{a0}года", "октябрь 2023"),
        ("окт. 2023", "октябрь 2023"),
        ("сент.—нояб. 2023 г.", "сентябрь – ноябрь 2023"),
        ("Ок-\nтябрь 2023", "октябрь 2023"),
        ("Ок тябрь 2023", "октябрь 2023"),
        ("сентябрь 23 г.", "сентябрь 2023"),
        ("октябрь, ноябрь 2023", "октябрь 2023, ноябрь 2023"),
        ("октябрь и ноябрь 2023 г.", "октябрь 2023, ноябрь 2023"),
        ("октябрь – апрель 2024", "октябрь 2023 – апрель 2024"),
        ("декабрь 2023 – апрель", "декабрь 2023 – апрель 2024"),
        ("сентябрь-май 2023-2024 уч. г.", "сентябрь 2023 – май 2024"),
        ("октябрь 2023/24 учебного года", "октябрь 2023"),
        ("09.2023-05.2024", "сентябрь 2023 – май 2024"),
        ("10.2023", "октябрь 2023"),
        ("Август 2022 года\nавгуст 2023 года", "август 2022, август 2023"),
        ("с октября по декабрь 2023 г.", "октябрь – декабрь 2023"),
        ("18–20 октября 2023", "с 18.10.2023 по 20.10.2023"),
        ("с 1 сентября по 15 октября 2023 года", "с 01.09.2023 по 15.10.2023"),
        ("01.09-15.10.2023", "с 01.09.2023 по 15.10.2023"),
        ("c 25.12.2023 до 10.01.2024", "с 25.12.2023 по 10.01.2024"),
        ("до 15.09.2023г", "до 15.09.2023"),
        ("не позднее 1 октября 2023 г.", "до 01.10.2023"),
        ("по 15 мая 2024", "до 15.05.2024"),
        ("к 1 сентября", "до 1 сентября"),
        ("до конца октября 2023", "до 31.10.2023"),
        ("до конца учебного года", "до 31 августа"),
        ("до конца 2023-2024 учебного года", "до 31.08.2024"),
        ("на 2023/2024 уч.год", "2023–2024 учебный год"),
        ("2023 – 2024 гг.", "2023–2024 учебный год"),
        ("с 2021 по 2024 г.г.", "2021–2024 учебные годы"),
        ("2024 год", "январь – декабрь 2024"),
        ("IV квартал 2023 года", "октябрь – декабрь 2023"),
        ("1-е полугодие", "сентябрь – декабрь"),
        ("второе полугодие 2023-2024 уч. года", "январь – май 2024"),
        ("в течении всего периода", "в течение учебного года"),
        ("весь учебный год", "в течение учебного года"),
        ("Постоянно", "в течение учебного года"),
        ("на постоянной основе", "в течение учебного года"),
        ("Ежегодно, сентябрь-октябрь", "сентябрь – октябрь, ежегодно"),
        ("каждый год в мае", "май, ежегодно"),
        ("каждую неделю", "еженедельно"),
        ("1 раз в месяц", "ежемесячно"),
        ("не реже одного раза в четверть", "1 раз в четверть"),
        ("2 раза в год", "2 раза в год"),
        ("по запросу", "по мере необходимости"),
        ("при необходимости", "по мере необходимости"),
        ("по мере поступления заявок", "по мере необходимости"),
        ("в течение 10 рабочих дней со дня издания приказа", "в течение 10 рабочих дней со дня издания приказа"),
        ("не позднее 1 рабочего дня", "не позднее 1 рабочего дня"),
    ]);
}

#[test]
fn letters_of_the_other_alphabet_and_zeros_are_read_as_the_scanner_meant_them() {
    assert_read(&[
        ("Oктябpь 2023", "октябрь 2023"),
        ("0ктябрь 2023", "октябрь 2023"),
        ("дeкaбрь 2O23, декабрь 2023", "декабрь 2023"),
        ("MAЙ 2024", "май 2024"),
        ("ceнтябpь–мaрт", "сентябрь – март"),
    ]);
}

#[test]
fn months_without_a_year_lie_inside_the_school_year_of_the_map() {
    let autumn_to_spring = Term::read("октябрь – апрель", year(2023)).term;
    for start in [2023, 2030] {
        let window = autumn_to_spring.window(year(start)).unwrap();
        assert_eq!(window, Window { from: date(start, 10, 1), to: date(start + 1, 4, 30) });
    }
    let deadline = Term::read("до 25 мая", year(2023)).term;
    assert_eq!(deadline.window(year(2026)).unwrap(), Window { from: date(2026, 9, 1), to: date(2027, 5, 25) });
}

#[test]
fn preparation_in_summer_comes_before_the_year_it_prepares() {
    let term = Term::read("август – сентябрь", year(2026)).term;
    assert_eq!(term.window(year(2026)).unwrap(), Window { from: date(2026, 8, 1), to: date(2026, 9, 30) });
    assert!(Term::read("август 2026", year(2026)).doubts.is_empty());
}

#[test]
fn a_term_has_a_window_when_it_can_be_missed() {
    let window = |text: &str| Term::read(text, year(2023)).term.window(year(2023));
    let whole_year = Window { from: date(2023, 9, 1), to: date(2024, 8, 31) };
    for text in ["в течение года", "В течение 2023-2024", "ежегодно", "еженедельно"]
    {
        assert_eq!(window(text), Some(whole_year), "{text}");
    }
    for text in ["по мере необходимости", "не позднее 5 раб. дней", "когда получится", ""]
    {
        assert_eq!(window(text), None, "{text}");
    }
    assert_eq!(window("октябрь 2023").unwrap().days(), 31);
    assert_eq!(window("февраль").unwrap().to, date(2024, 2, 29));
    assert_eq!(window("Август 2022 года, август 2023 года").unwrap().days(), 396);
}

#[test]
fn a_yearly_term_begins_with_its_first_year() {
    let term = Term::read("Май, ежегодно с 2023", year(2022)).term;
    assert_eq!(term.window(year(2021)), None);
    assert_eq!(term.window(year(2022)).unwrap().from, date(2023, 5, 1));
    assert_eq!(term.window(year(2025)).unwrap().to, date(2026, 5, 31));
}

#[test]
fn windows_share_days_only_when_they_meet() {
    let window = |from, to| Window::between(date(2023, 10, from), date(2023, 10, to)).unwrap();
    assert!(window(1, 10).overlaps(window(10, 12)));
    assert!(!window(1, 9).overlaps(window(10, 12)));
    assert!(window(1, 10).contains(date(2023, 10, 10)));
    assert_eq!(Window::between(date(2023, 10, 2), date(2023, 10, 1)), None);
}

#[test]
fn a_month_after_the_end_of_the_year_is_doubted_and_corrected_in_one_step() {
    let read = Term::read("Сентябрь 2024", year(2023));
    let [doubt] = read.doubts.as_slice() else { panic!("{:?}", read.doubts) };
    assert_eq!(
        doubt.to_string(),
        "Срок «Сентябрь 2024» начинается после конца учебного года 2023/24. Возможно, имелось в виду: сентябрь 2023."
    );
    assert_eq!(doubt.suggestion, Some(Term::read("сентябрь 2023", year(2023)).term));
}

#[test]
fn a_term_of_an_old_map_is_doubted_and_corrected_in_one_step() {
    let read = Term::read("Октябрь-Ноябрь 2021", year(2023));
    assert_eq!(
        read.doubts[0].to_string(),
        "Срок «Октябрь-Ноябрь 2021» заканчивается до начала учебного года 2023/24. Возможно, имелось в виду: октябрь – ноябрь 2023."
    );
    assert_eq!(doubts("до 01.10.2022"), [DoubtKind::EndsBeforeYear]);
    assert_eq!(doubts("до 01.10.2024"), [DoubtKind::StartsAfterYear]);
}

#[test]
fn what_cannot_be_read_stays_as_it_is_printed() {
    for text in ["по отдельному графику", "31.02.2024", "45 октября", "Nп__Щz", "2024-2023", "20 000", "15.13.2023"]
    {
        let read = Term::read(text, year(2023));
        assert_eq!(read.term, Term::Free { text: text.to_owned() });
        assert_eq!(read.doubts.len(), 1, "{text}");
        assert_eq!(read.doubts[0].kind, DoubtKind::NotUnderstood, "{text}");
    }
    for text in ["", "  ", "—", "..."] {
        assert_eq!(doubts(text), [DoubtKind::Missing], "{text:?}");
    }
}

#[test]
fn a_long_text_is_not_searched_for_a_term() {
    let text = "г. ".repeat(1_000_000);
    assert_eq!(doubts(&text), [DoubtKind::NotUnderstood]);
}

#[test]
fn a_half_understood_term_says_what_was_understood() {
    let read = Term::read("последняя неделя октября 2023 г.", year(2023));
    assert_eq!(
        read.doubts[0].to_string(),
        "Срок «последняя неделя октября 2023 г.» понят не полностью, как «октябрь 2023»."
    );
    assert_eq!(doubts("октябрь 2023, далее по мере необходимости"), [DoubtKind::PartlyRead]);
}

#[test]
fn a_term_that_can_be_read_in_two_ways_says_how_it_was_read() {
    assert_eq!(doubts("до октября 2023"), [DoubtKind::DeadlineByMonth]);
    assert_eq!(canonical("до октября 2023"), "до 01.10.2023");
    assert_eq!(doubts("с октября 2023"), [DoubtKind::OpenEnd]);
    assert_eq!(canonical("с октября 2023"), "октябрь 2023 – август 2024");
    assert_eq!(canonical("с 10 января 2024 г."), "с 10.01.2024 по 31.08.2024");
    assert_eq!(doubts("05.10.2023, 07.11.2023"), [DoubtKind::SeveralDates]);
    assert_eq!(canonical("05.10.2023, 07.11.2023"), "с 05.10.2023 по 07.11.2023");
    assert_eq!(canonical("сентябрь 2023, до 15.12.2023"), "с 01.09.2023 по 15.12.2023");
}

#[test]
fn a_range_that_goes_backwards_is_doubted_with_its_ends_swapped() {
    let read = Term::read("с 18.10.2023 по 18.09.2023", year(2023));
    assert_eq!(read.doubts[0].kind, DoubtKind::Reversed);
    assert_eq!(read.doubts[0].suggestion.as_ref().unwrap().text(), "с 18.09.2023 по 18.10.2023");
    assert_eq!(doubts("апрель 2024 – декабрь 2023"), [DoubtKind::Reversed]);
    assert_eq!(doubts("май – октябрь"), [DoubtKind::Reversed]);
}

#[test]
fn clear_terms_leave_no_doubt() {
    for text in ["Октябрь 2023", "В течение 2023-2024", "август–сентябрь 2023", "до 27.08.2024", "ежегодно", "май"]
    {
        assert_eq!(doubts(text), [], "{text}");
    }
}

#[test]
fn a_term_moved_to_another_year_keeps_its_months_and_its_length() {
    let moved = |text: &str| Term::read(text, year(2023)).term.moved_to(year(2026)).text();
    assert_eq!(moved("Октябрь 2023"), "октябрь 2026");
    assert_eq!(moved("Сентябрь 2024"), "сентябрь 2026");
    assert_eq!(moved("Декабрь 2023-Апрель 2024"), "декабрь 2026 – апрель 2027");
    assert_eq!(moved("29.02.2024"), "28.02.2027");
    assert_eq!(moved("(сентябрь 2022 г. - май 2024 г.)"), "сентябрь 2026 – май 2028");
    assert_eq!(moved("2021-2024 г.г."), "2026–2029 учебные годы");
    assert_eq!(moved("до 27.08.2024"), "до 27.08.2027");
    assert_eq!(moved("октябрь"), "октябрь");
    assert_eq!(moved("когда получится"), "когда получится");
}

#[test]
fn a_map_carried_into_another_year_keeps_its_preparation_before_the_year() {
    let august = Term::read("август 2023", year(2023)).term;
    assert_eq!(august.shifted(1).text(), "август 2024");
    assert_eq!(Term::read("2023-2024", year(2023)).term.shifted(1_000_000).window(year(2023)), {
        let last = SchoolYear::LAST;
        Window::between(last.first_day(), last.last_day())
    });
}

#[test]
fn a_stored_term_is_small_readable_and_checked() {
    let stored = serde_json::to_string(&Term::read("Декабрь 2023-Апрель 2024", year(2023)).term).unwrap();
    assert_eq!(stored, r#"{"kind":"month_range","from":"2023-12","to":"2024-04"}"#);
    let stored = serde_json::to_string(&Term::read("до 5 октября", year(2023)).term).unwrap();
    assert_eq!(stored, r#"{"kind":"deadline","by":"10-05"}"#);
    for bad in ["2023-02-30", "13", "99999-01", "", "-", "2023--1", "ы-ы-ы"] {
        let text = format!(r#"{{"kind":"deadline","by":"{bad}"}}"#);
        let refusal = serde_json::from_str::<Term>(&text).unwrap_err().to_string();
        assert!(refusal.contains(&format!("несуществующая дата «{bad}»")), "{refusal}");
    }
}

fn months() -> impl Strategy<Value = Month> {
    (1..=12_u8).prop_map(|number| Month::try_from(number).unwrap())
}

fn term_months(stated: bool) -> impl Strategy<Value = TermMonth> {
    (1900..=2199_i32, months()).prop_map(move |(year, month)| TermMonth { year: stated.then_some(year), month })
}

fn term_days(stated: bool) -> impl Strategy<Value = TermDay> {
    (1900..=2199_i32, months(), 1..=31_u32)
        .prop_filter_map("no such day", move |(year, month, day)| TermDay::new(stated.then_some(year), month, day))
}

fn dated_terms(stated: bool) -> impl Strategy<Value = Term> {
    prop_oneof![
        term_days(stated).prop_map(|on| Term::Day { on }),
        term_days(stated).prop_map(|by| Term::Deadline { by }),
        (term_days(stated), term_days(stated))
            .prop_filter("one day", |(from, to)| from != to)
            .prop_map(|(from, to)| Term::DayRange { from, to }),
        term_months(stated).prop_map(|month| Term::Month { month }),
        (term_months(stated), term_months(stated))
            .prop_filter("one month", |(from, to)| from != to)
            .prop_map(|(from, to)| Term::MonthRange { from, to }),
        prop::collection::vec(term_months(stated), 2..6).prop_filter_map("repeated", |months| {
            let distinct = months.iter().enumerate().all(|(index, month)| !months[..index].contains(month));
            distinct.then_some(Term::Months { months })
        }),
    ]
}

fn terms() -> impl Strategy<Value = Term> {
    let periods = prop_oneof![
        Just(Period::Day),
        Just(Period::Week),
        Just(Period::Month),
        Just(Period::Quarter),
        Just(Period::SchoolQuarter),
        Just(Period::HalfYear),
        Just(Period::Year)
    ];
    let spans = (months(), months()).prop_map(|(from, to)| MonthSpan { from, to });
    let since = prop::option::of(1900..=2199_i32);
    let limits = prop_oneof![Just(Limit::NoLater), Just(Limit::During)];
    prop_oneof![
        dated_terms(true),
        dated_terms(false),
        (1900..2168_i32, 0..30_i32)
            .prop_map(|(start, years)| Term::SchoolYears { first: year(start), last: year(start + years) }),
        Just(Term::WholeYear),
        Just(Term::AsNeeded),
        (prop::option::of(spans), since).prop_map(|(months, since)| Term::Yearly { months, since }),
        (any::<u32>(), any::<bool>(), limits, prop_oneof![Just(""), Just("после приказа № 5")])
            .prop_map(|(days, working, limit, after)| Term::Within { days, working, limit, after: after.to_owned() }),
        (any::<u32>(), periods).prop_map(|(times, every)| Term::Recurring { times, every }),
    ]
}

/// Pieces of terms in any order: closer to what people type than any characters.
fn scraps() -> impl Strategy<Value = String> {
    let scrap = prop_oneof![
        Just("октябрь"),
        Just("мая"),
        Just("5"),
        Just("31"),
        Just("2023"),
        Just("2024"),
        Just("23"),
        Just("-"),
        Just("."),
        Just(","),
        Just("с"),
        Just("по"),
        Just("до"),
        Just("не"),
        Just("позднее"),
        Just("конца"),
        Just("г."),
        Just("года"),
        Just("учебный"),
        Just("ежегодно"),
        Just("раз"),
        Just("в"),
        Just("квартал"),
        Just("дней"),
        Just("рабочих"),
        Just("каждый"),
        Just("мере"),
        Just("запросу"),
        Just("слово"),
        Just("еженедельно"),
        Just("сен"),
        Just("тябрь"),
        Just("29"),
        Just("февраля"),
        Just("постоянно"),
        Just("/"),
        Just("II"),
        Just("полугодие"),
    ];
    (prop::collection::vec(scrap, 0..9), prop_oneof![Just(" "), Just("")]).prop_map(|(scraps, gap)| scraps.join(gap))
}

proptest! {
    #[test]
    fn the_text_of_every_term_reads_back_to_the_same_term(term in terms()) {
        prop_assert_eq!(Term::read(&term.text(), year(2023)).term, term);
    }

    #[test]
    fn every_stored_term_comes_back(term in terms()) {
        let stored = serde_json::to_string(&term).unwrap();
        prop_assert_eq!(serde_json::from_str::<Term>(&stored).unwrap(), term);
    }

    #[test]
    fn any_text_is_read_and_its_wording_reads_the_same(text in ".*") {
        let term = Term::read(&text, year(2023)).term;
        prop_assert_eq!(Term::read(&term.text(), year(2023)).term, term);
    }

    #[test]
    fn any_scraps_of_terms_are_read_and_their_wording_reads_the_same(text in scraps()) {
        let read = Term::read(&text, year(2023));
        prop_assert_eq!(&Term::read(&read.term.text(), year(2023)).term, &read.term);
        prop_assert!(read.term.is_understood() || !read.doubts.is_empty());
    }

    #[test]
    fn every_understood_window_is_in_order(term in terms(), start in 1900..2199_i32) {
        if let Some(window) = term.window(year(start)) {
            prop_assert!(window.from <= window.to);
            prop_assert!(window.days() >= 1);
        }
    }

    #[test]
    fn a_single_month_moved_to_a_year_lies_inside_it(stated in 1950..2150_i32, month in months(), start in 1950..2150_i32) {
        let term = Term::Month { month: TermMonth { year: Some(stated), month } };
        let window = term.moved_to(year(start)).window(year(start)).unwrap();
        prop_assert!(year(start).contains(window.from) && year(start).contains(window.to));
    }
}
