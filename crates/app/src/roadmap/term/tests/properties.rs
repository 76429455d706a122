//! What holds for every term and every text.

use proptest::prelude::*;

use super::*;

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
