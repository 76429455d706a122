//! A school year drawn month by month: one line per piece of work, coloured by its state, with the line of today.
//!
//! It is a table whose third column is drawn, so a screen reader reads the same lines with their terms and states,
//! print repeats the months on each page, and no label is cut. Places are percents of the width: nothing is distorted
//! when the page is narrow, and the content policy needs no exception for `style=`.

use super::badge::{State, state};
use crate::words;
use chrono::{Datelike, Months, NaiveDate};
use maud::{Markup, html};

const MONTHS: u32 = 12;

/// The narrowest bar, in percents: one day of 365 would be hard to see and harder to click.
const BAR_MIN: f64 = 0.8;

/// A piece of work with its window.
#[derive(Debug, Clone)]
pub struct Line {
    pub number: String,
    pub label: String,
    pub href: String,
    /// The first and the last day; without them the line has no bar.
    pub window: Option<(NaiveDate, NaiveDate)>,
    /// The term as the school wrote it.
    pub term: String,
    pub state: State,
}

/// Lines under one heading.
#[derive(Debug, Clone, Default)]
pub struct Section {
    pub title: String,
    pub lines: Vec<Line>,
}

/// A year with its lines.
#[derive(Debug, Clone)]
pub struct Timeline {
    pub caption: String,
    /// The first day of the first month: 1 September.
    pub start: NaiveDate,
    pub today: NaiveDate,
    pub sections: Vec<Section>,
}

/// Where a window lies in the year.
#[derive(Debug, PartialEq)]
enum Place {
    /// From this percent, so many percents wide.
    Within(f64, f64),
    Before,
    After,
    Nowhere,
}

impl Timeline {
    /// Returns the place of the beginning of a day in percents; less than 0 before the year, over 100 after it.
    fn place_of(&self, day: NaiveDate) -> f64 {
        let months =
            (day.year() - self.start.year()) * 12 + day.month0().cast_signed() - self.start.month0().cast_signed();
        let passed = f64::from(day.day0()) / f64::from(day.num_days_in_month());
        (f64::from(months) + passed) / f64::from(MONTHS) * 100.0
    }

    fn place(&self, window: Option<(NaiveDate, NaiveDate)>) -> Place {
        let Some((from, to)) = window else { return Place::Nowhere };
        let begin = self.place_of(from);
        let end = to.succ_opt().map_or(100.0, |next| self.place_of(next)).max(begin);
        match () {
            () if end <= 0.0 => Place::Before,
            () if begin >= 100.0 => Place::After,
            () => {
                let begin = begin.clamp(0.0, 100.0 - BAR_MIN);
                Place::Within(begin, (end.min(100.0) - begin).max(BAR_MIN))
            }
        }
    }

    fn months(&self) -> impl Iterator<Item = NaiveDate> {
        (0..MONTHS).filter_map(|month| self.start.checked_add_months(Months::new(month)))
    }

    fn today_place(&self) -> Option<f64> {
        let place = self.place_of(self.today);
        (0.0..100.0).contains(&place).then_some(place)
    }
}

/// Draws a year.
pub fn timeline(timeline: &Timeline) -> Markup {
    html! {
        div class="timeline" {
            (legend(timeline))
            table {
                caption class="visually-hidden" { (timeline.caption) }
                thead {
                    tr {
                        th scope="col" { "Мероприятие" }
                        th scope="col" class="timeline-term" { "Срок" }
                        th scope="col" class="timeline-chart" {
                            span class="visually-hidden" { "По месяцам" }
                            span class="timeline-months" aria-hidden="true" {
                                @for month in timeline.months() { span { (short_month(month)) } }
                            }
                        }
                        th scope="col" class="timeline-state" { "Состояние" }
                    }
                }
                @for section in &timeline.sections {
                    tbody {
                        @if !section.title.is_empty() { (heading(&section.title)) }
                        @for line in &section.lines { (row(timeline, line)) }
                    }
                }
            }
        }
    }
}

// The last cell of a heading hides together with the column of terms: three columns or four, the heading fits.
fn heading(title: &str) -> Markup {
    html! { tr class="section" { th scope="rowgroup" colspan="3" { (title) } td class="timeline-term" {} } }
}

fn row(timeline: &Timeline, line: &Line) -> Markup {
    let place = timeline.place(line.window);
    html! {
        tr {
            th scope="row" { a class="timeline-label" href=(line.href) { span class="timeline-number" { (line.number) } " " span { (line.label) } } }
            td class="timeline-term" { (line.term) }
            td class="timeline-chart" {
                @match place {
                    Place::Before => span class="timeline-outside" { "← раньше этого года" },
                    Place::After => span class="timeline-outside timeline-after" { "позже этого года →" },
                    Place::Within(..) | Place::Nowhere => {},
                }
                svg width="100%" height="22" aria-hidden="true" focusable="false" {
                    @if let Place::Within(x, width) = place {
                        rect class={ "bar " (line.state.class()) } x=(percent(x)) width=(percent(width)) y="50%" height="14" rx="3" transform="translate(0 -7)" {}
                    }
                    @if let Some(today) = timeline.today_place() {
                        line class="timeline-today" x1=(percent(today)) x2=(percent(today)) y1="0" y2="100%" {}
                    }
                }
            }
            td class="timeline-state" { (state(line.state)) }
        }
    }
}

fn legend(timeline: &Timeline) -> Markup {
    html! {
        ul class="legend" {
            @for one in State::ALL {
                li {
                    svg width="18" height="12" aria-hidden="true" focusable="false" { rect class={ "bar " (one.class()) } x="1" y="1" width="16" height="10" rx="3" {} }
                    (one.label())
                }
            }
            @if timeline.today_place().is_some() {
                li {
                    svg width="6" height="14" aria-hidden="true" focusable="false" { line class="timeline-today" x1="3" x2="3" y1="0" y2="14" {} }
                    "сегодня, " (words::day_month(timeline.today))
                }
            }
        }
    }
}

/// Returns the first three letters of a month: «сен».
fn short_month(month: NaiveDate) -> String {
    words::month_year(month).chars().take(3).collect()
}

fn percent(value: f64) -> String {
    format!("{value:.2}%")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn year(lines: Vec<Line>) -> Timeline {
        let sections = vec![Section { title: "1. Организация".into(), lines }];
        Timeline { caption: "Год".into(), start: day("2026-09-01"), today: day("2026-11-22"), sections }
    }

    fn line(from: &str, to: &str) -> Line {
        Line {
            number: "1.1".into(),
            label: "База <наставляемых>".into(),
            href: "/roadmap/1".into(),
            window: Some((day(from), day(to))),
            term: "октябрь".into(),
            state: State::Overdue,
        }
    }

    #[test]
    fn october_is_the_second_of_twelve_equal_months() {
        let Place::Within(x, width) = year(vec![]).place(Some((day("2026-10-01"), day("2026-10-31")))) else {
            panic!("October lies within a school year")
        };
        assert!((x - 100.0 / 12.0).abs() < 1e-9 && (width - 100.0 / 12.0).abs() < 1e-9, "{x} {width}");
    }

    #[test]
    fn a_window_that_sticks_out_is_cut_at_the_year() {
        let whole = year(vec![]).place(Some((day("2020-01-01"), day("2030-01-01"))));
        assert_eq!(whole, Place::Within(0.0, 100.0));
    }

    #[test]
    fn a_window_outside_the_year_says_on_which_side_it_is() {
        let timeline = year(vec![]);
        assert_eq!(timeline.place(Some((day("2026-05-01"), day("2026-08-31")))), Place::Before);
        assert_eq!(timeline.place(Some((day("2027-09-01"), day("2027-09-30")))), Place::After);
        assert_eq!(timeline.place(None), Place::Nowhere);
        let drawn = super::timeline(&year(vec![line("2027-09-01", "2027-09-30")])).into_string();
        assert!(
            drawn.contains("позже этого года") && !drawn.split("<tbody>").nth(1).unwrap().contains("<rect"),
            "{drawn}"
        );
    }

    #[test]
    fn a_line_is_readable_without_its_drawing() {
        let drawn = timeline(&year(vec![line("2026-10-01", "2026-10-31")])).into_string();
        let row = drawn.split("<tbody>").nth(1).unwrap();
        assert!(row.contains("href=\"/roadmap/1\"") && row.contains("База &lt;наставляемых&gt;"), "{row}");
        assert!(row.contains("октябрь") && row.contains("просрочено"), "{row}");
    }

    #[test]
    fn today_is_drawn_only_in_its_own_year() {
        let timeline = |today| Timeline { today: day(today), ..year(vec![]) };
        assert!(timeline("2026-09-01").today_place().is_some());
        assert!(timeline("2027-08-31").today_place().is_some());
        assert_eq!(timeline("2027-09-01").today_place(), None);
        assert_eq!(timeline("2026-08-31").today_place(), None);
    }

    proptest! {
        #[test]
        fn a_bar_never_leaves_the_year(from in -4000i64..4000, days in -50i64..4000) {
            let from = day("2026-09-01") + chrono::TimeDelta::days(from);
            if let Place::Within(x, width) = year(vec![]).place(Some((from, from + chrono::TimeDelta::days(days)))) {
                prop_assert!(x >= 0.0 && width >= BAR_MIN && x + width <= 100.0 + 1e-9, "{x} {width}");
            }
        }
    }
}
