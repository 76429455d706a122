//! A month on one page: which days have something, and where to look at the month before and after.

use super::{
    badge::State,
    icon::{Icon, icon},
};
use crate::words;
use chrono::{Datelike, Days, Months, NaiveDate};
use maud::{Markup, html};

const WEEKDAYS: [(&str, &str); 7] = [
    ("пн", "понедельник"),
    ("вт", "вторник"),
    ("ср", "среда"),
    ("чт", "четверг"),
    ("пт", "пятница"),
    ("сб", "суббота"),
    ("вс", "воскресенье"),
];

/// Something that falls on a day.
#[derive(Debug, Clone)]
pub struct Item {
    pub day: NaiveDate,
    pub label: String,
    pub href: String,
    pub state: State,
}

/// A month with what falls on its days.
#[derive(Debug, Clone)]
pub struct Calendar {
    /// Any day of the month to show.
    pub month: NaiveDate,
    pub today: NaiveDate,
    pub items: Vec<Item>,
    pub previous_href: Option<String>,
    pub next_href: Option<String>,
}

impl Calendar {
    /// Returns the weeks from Monday that cover the month.
    fn weeks(&self) -> Vec<[NaiveDate; 7]> {
        let Some(first) = self.month.with_day(1) else { return vec![] };
        let Some(next) = first.checked_add_months(Months::new(1)) else { return vec![] };
        let before = u64::from(first.weekday().num_days_from_monday());
        let Some(start) = first.checked_sub_days(Days::new(before)) else { return vec![] };
        let week = |monday: NaiveDate| {
            std::array::from_fn(|day| monday.checked_add_days(Days::new(day as u64)).unwrap_or(NaiveDate::MAX))
        };
        start.iter_weeks().take_while(|monday| *monday < next).map(week).collect()
    }

    fn on(&self, day: NaiveDate) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(move |item| item.day == day)
    }
}

/// Draws a month; on a phone only the days that have something.
pub fn calendar(calendar: &Calendar) -> Markup {
    html! {
        div class="calendar" {
            div class="calendar-head" {
                (turn(calendar.previous_href.as_deref(), "Предыдущий месяц", Icon::ChevronLeft))
                h2 { (words::capitalised(&words::month_year(calendar.month))) }
                (turn(calendar.next_href.as_deref(), "Следующий месяц", Icon::ChevronRight))
            }
            table {
                caption class="visually-hidden" { "Сроки: " (words::month_year(calendar.month)) }
                thead { tr { @for (short, full) in WEEKDAYS { th scope="col" abbr=(full) { (short) } } } }
                tbody { @for week in calendar.weeks() { tr { @for day in week { (cell(calendar, day)) } } } }
            }
        }
    }
}

fn turn(href: Option<&str>, label: &str, drawing: Icon) -> Markup {
    html! {
        @match href {
            Some(href) => a class="btn btn-quiet btn-square" href=(href) aria-label=(label) { (icon(drawing)) },
            None => span class="btn-square" {},
        }
    }
}

fn cell(calendar: &Calendar, day: NaiveDate) -> Markup {
    let is_outside = day.month() != calendar.month.month();
    let is_today = day == calendar.today;
    let mut items = calendar.on(day).peekable();
    let is_busy = items.peek().is_some() && !is_outside;
    let classes = [
        ("outside", is_outside),
        ("today", is_today),
        ("busy", is_busy),
        ("weekend", day.weekday().num_days_from_monday() > 4),
    ];
    let class: Vec<_> = classes.iter().filter(|(_, holds)| *holds).map(|(name, _)| *name).collect();
    html! {
        td class=(class.join(" ")) aria-current=[is_today.then_some("date")] {
            time class="calendar-day" datetime=(day.to_string()) { (day.day()) span class="calendar-month" { " " (genitive(day)) } }
            @if is_today { span class="calendar-today" { "сегодня" } }
            @if is_busy {
                ul {
                    @for item in items {
                        li {
                            a class={ "calendar-item " (item.state.class()) } href=(item.href) {
                                (item.label) span class="visually-hidden" { ", " (item.state.label()) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn genitive(day: NaiveDate) -> String {
    words::day_month(day).split_once(' ').map(|(_, month)| month.to_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn of(month: &str, today: &str) -> Calendar {
        Calendar { month: day(month), today: day(today), items: vec![], previous_href: None, next_href: None }
    }

    #[test]
    fn a_month_is_covered_by_whole_weeks_from_monday() {
        let weeks = of("2026-11-22", "2026-11-22").weeks();
        assert_eq!(weeks.len(), 6);
        assert_eq!(weeks[0][0], day("2026-10-26"));
        assert_eq!(weeks[5][6], day("2026-12-06"));
        assert_eq!(of("2027-02-10", "2027-02-10").weeks().len(), 4);
    }

    #[test]
    fn today_is_marked_in_its_own_month_only() {
        assert_eq!(calendar(&of("2026-11-01", "2026-11-22")).into_string().matches("aria-current").count(), 1);
        assert_eq!(calendar(&of("2027-05-01", "2026-11-22")).into_string().matches("aria-current").count(), 0);
    }

    #[test]
    fn what_falls_on_a_day_of_a_neighbouring_month_is_not_shown_twice() {
        let item = Item { day: day("2026-12-01"), label: "1.5".into(), href: "/5".into(), state: State::Overdue };
        let drawn = |month| calendar(&Calendar { items: vec![item.clone()], ..of(month, "2026-11-22") }).into_string();
        assert!(!drawn("2026-11-01").contains("href=\"/5\""));
        assert!(drawn("2026-12-01").contains("href=\"/5\""));
        assert!(drawn("2026-12-01").contains(", просрочено"));
    }

    #[test]
    fn the_end_of_the_calendar_of_the_machine_does_not_stop_the_page() {
        assert!(calendar(&of("+262142-12-31", "2026-11-22")).into_string().contains("<table"));
    }
}
