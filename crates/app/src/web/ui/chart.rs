//! Small drawings of numbers. Each has its words beside it or in its label; none needs a script.
//!
//! A line drawing is stretched to its place with strokes that keep their width (`vector-effect`), and words are never
//! inside the stretched part.

use super::{
    badge::State,
    details::{Details, details},
};
use crate::words;
use chrono::NaiveDate;
use maud::{Markup, html};
use std::fmt::Write as _;

/// A value on a day.
#[derive(Debug, Clone)]
pub struct Point {
    pub on: NaiveDate,
    pub value: f64,
    /// The value as it is read: «53,2 %».
    pub text: String,
}

/// Values between a floor and a ceiling, mapped on a field of 1000 × 1000.
struct Scale {
    first: NaiveDate,
    days: f64,
    top: f64,
}

impl Scale {
    fn of(points: &[Point], until: NaiveDate, target: Option<f64>) -> Option<Self> {
        let first = points.first()?.on;
        let days = i32::try_from((until.max(points.last()?.on) - first).num_days()).unwrap_or(i32::MAX);
        let top = points.iter().map(|point| point.value).chain(target).fold(0.0, f64::max);
        Some(Self { first, days: f64::from(days.max(1)), top: if top > 0.0 { top * 1.15 } else { 1.0 } })
    }

    fn x(&self, on: NaiveDate) -> f64 {
        f64::from(i32::try_from((on - self.first).num_days()).unwrap_or(i32::MAX)) / self.days * 1000.0
    }

    fn y(&self, value: f64) -> f64 {
        1000.0 - value.max(0.0) / self.top * 1000.0
    }

    /// Returns the outline: a value holds until the next one is known, so the line goes by steps.
    fn steps(&self, points: &[Point], until: NaiveDate) -> String {
        let mut path = String::new();
        for point in points {
            let (x, y) = (self.x(point.on), self.y(point.value));
            // Writing to a `String` does not fail.
            let _ = if path.is_empty() { write!(path, "M{x:.1} {y:.1}") } else { write!(path, "H{x:.1}V{y:.1}") };
        }
        let _ = write!(path, "H{:.1}", self.x(until).max(0.0));
        path
    }
}

/// Points that can be drawn, from the oldest.
fn drawable(points: &[Point]) -> Vec<Point> {
    let mut points: Vec<_> = points.iter().filter(|point| point.value.is_finite()).cloned().collect();
    points.sort_by_key(|point| point.on);
    points
}

/// The way of a number as a line the size of a word.
#[derive(Debug, Clone, Default)]
pub struct Sparkline {
    /// What a screen reader says instead: «За месяц с 41 % до 53 %».
    pub label: String,
    pub points: Vec<Point>,
}

/// Draws the way of a number; nothing when there are fewer than two values.
pub fn sparkline(sparkline: &Sparkline) -> Markup {
    let points = drawable(&sparkline.points);
    let until = points.last().map(|point| point.on);
    let path = until.and_then(|until| Scale::of(&points, until, None).map(|scale| scale.steps(&points, until)));
    html! {
        @if let (true, Some(path)) = (points.len() > 1, path) {
            svg class="sparkline" viewBox="0 0 1000 1000" preserveAspectRatio="none" role="img" aria-label=(sparkline.label) {
                path class="chart-area" d={ (path) "V1000H0Z" } {}
                path class="chart-line" d=(path) {}
            }
        }
    }
}

/// The history of a number with the line it should reach.
#[derive(Debug, Clone)]
pub struct Steps {
    pub label: String,
    pub points: Vec<Point>,
    /// The value to reach and its words: «цель 55 %».
    pub target: Option<(f64, String)>,
    /// The day up to which the last value holds.
    pub until: NaiveDate,
}

/// Draws the history of a number; its values stand below for those who would rather read them.
pub fn step_chart(chart: &Steps) -> Markup {
    let points = drawable(&chart.points);
    let target = chart.target.as_ref().filter(|(value, _)| value.is_finite());
    let scale = Scale::of(&points, chart.until, target.map(|(value, _)| *value));
    html! {
        figure class="chart" {
            figcaption { (chart.label) }
            @match (scale, points.last()) {
                (Some(scale), Some(last)) => {
                    (field(&scale, &points, chart.until, target, last))
                    div class="chart-days" {
                        span { (words::short_date(scale.first)) }
                        span { (words::short_date(chart.until.max(last.on))) }
                    }
                    (details(&Details { summary: "Показать числами".into(), body: values(&points), open: false }))
                }
                _ => p class="chart-none" { (words::NO_DATA) },
            }
        }
    }
}

fn field(scale: &Scale, points: &[Point], until: NaiveDate, target: Option<&(f64, String)>, last: &Point) -> Markup {
    let path = scale.steps(points, until);
    let end = scale.x(until).max(scale.x(last.on));
    let percent = |value: f64| format!("{:.1}%", scale.y(value) / 10.0);
    html! {
        svg class="chart-field" width="100%" height="168" aria-hidden="true" focusable="false" {
            svg viewBox="0 0 1000 1000" preserveAspectRatio="none" width="100%" height="100%" {
                @for line in [0, 250, 500, 750] { path class="chart-grid" d={ "M0 " (line) "H1000" } {} }
                path class="chart-area" d={ (path) "V1000H" (format!("{:.1}", scale.x(points.first().map_or(last.on, |first| first.on)))) "Z" } {}
                path class="chart-line" d=(path) {}
                @if let Some((value, _)) = target { path class="chart-target" d=(format!("M0 {:.1}H1000", scale.y(*value))) {} }
            }
            @if let Some((value, text)) = target {
                text class="chart-target-text" x="2" y=(percent(*value)) dy="-6" { (text) }
            }
            circle class="chart-dot" cx=(format!("{:.1}%", end / 10.0)) cy=(percent(last.value)) r="4" {}
            text class="chart-text" x="100%" dx="-8" y=(percent(last.value)) dy="18" text-anchor="end" { (last.text) }
        }
    }
}

fn values(points: &[Point]) -> Markup {
    html! {
        table class="table" {
            thead { tr { th scope="col" { "Дата" } th scope="col" class="align-end" { "Значение" } } }
            tbody { @for point in points { tr { td { (words::short_date(point.on)) } td class="align-end" { (point.text) } } } }
        }
    }
}

/// How much of a whole is done.
#[derive(Debug, Clone, Default)]
pub struct Progress {
    pub label: String,
    pub done: u32,
    pub total: u32,
    /// The percent to reach, drawn as a mark.
    pub target: Option<u32>,
}

/// Draws how much is done, with the numbers beside; a whole of nothing is «нет данных».
pub fn progress(progress: &Progress) -> Markup {
    let share = words::share(i64::from(progress.done), i64::from(progress.total));
    let percent =
        |part: u32| if progress.total == 0 { 0.0 } else { f64::from(part) / f64::from(progress.total) * 100.0 };
    let width = format!("{:.1}%", percent(progress.done).min(100.0));
    html! {
        div class="progress-line" {
            p { span { (progress.label) } span class="progress-share" { (share) } }
            svg width="100%" height="10" aria-hidden="true" focusable="false" {
                rect class="progress-whole" width="100%" height="10" rx="5" {}
                @if progress.done > 0 { rect class="progress-part" width=(width) height="10" rx="5" {} }
                @if let Some(target) = progress.target.filter(|target| *target <= 100) {
                    line class="progress-target" x1={ (target) "%" } x2={ (target) "%" } y1="0" y2="10" {}
                }
            }
        }
    }
}

/// How many of something are in each state.
#[derive(Debug, Clone, Default)]
pub struct Ring {
    /// What is counted: «позиций».
    pub unit: String,
    pub slices: Vec<Slice>,
}

/// How many are in one state, and the list of them.
#[derive(Debug, Clone)]
pub struct Slice {
    pub state: State,
    pub count: u32,
    pub href: Option<String>,
}

/// Draws a ring of states with its words; the words alone say everything.
pub fn ring(ring: &Ring) -> Markup {
    let total: u32 = ring.slices.iter().map(|slice| slice.count).sum();
    let share = |count: u32| f64::from(count) / f64::from(total.max(1)) * 100.0;
    let mut before = 0;
    let arcs: Vec<_> = ring
        .slices
        .iter()
        .filter(|slice| slice.count > 0)
        .map(|slice| {
            let start = share(before);
            before += slice.count;
            (slice.state, share(slice.count), start)
        })
        .collect();
    html! {
        div class="ring" {
            svg viewBox="0 0 120 120" width="120" height="120" aria-hidden="true" focusable="false" {
                circle class="ring-whole" cx="60" cy="60" r="48" {}
                @for (state, length, start) in arcs {
                    circle class={ "ring-slice " (state.class()) } cx="60" cy="60" r="48" pathLength="100"
                        stroke-dasharray=(format!("{length:.2} {:.2}", 100.0 - length)) stroke-dashoffset=(format!("{:.2}", 25.0 - start)) {}
                }
                text class="ring-total" x="60" y="62" text-anchor="middle" { (total) }
                text class="ring-unit" x="60" y="78" text-anchor="middle" { (ring.unit) }
            }
            ul class="legend legend-column" {
                @for slice in &ring.slices {
                    li {
                        svg width="14" height="14" aria-hidden="true" focusable="false" { rect class={ "bar " (slice.state.class()) } x="1" y="1" width="12" height="12" rx="3" {} }
                        @match &slice.href {
                            Some(href) => a href=(href) { (slice.state.label()) },
                            None => span { (slice.state.label()) },
                        }
                        strong { (slice.count) }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(on: &str, value: f64) -> Point {
        Point { on: on.parse().unwrap(), value, text: format!("{value} %") }
    }

    fn chart(points: Vec<Point>) -> String {
        let until = "2026-11-22".parse().unwrap();
        step_chart(&Steps { label: "Охват".into(), points, target: Some((55.0, "цель 55 %".into())), until })
            .into_string()
    }

    #[test]
    fn a_history_without_values_says_so_instead_of_drawing_zero() {
        assert!(chart(vec![]).contains("нет данных"));
        assert!(chart(vec![point("2026-11-01", f64::NAN)]).contains("нет данных"));
    }

    #[test]
    fn every_value_can_be_read() {
        let drawn = chart(vec![point("2026-10-15", 53.0), point("2026-10-01", 41.0)]);
        let (older, newer) = (drawn.find("01.10.2026").unwrap(), drawn.rfind("15.10.2026").unwrap());
        assert!(older < newer, "{drawn}");
        assert!(drawn.contains("41 %") && drawn.contains("53 %") && drawn.contains("цель 55 %"), "{drawn}");
    }

    #[test]
    fn one_value_and_a_value_from_the_future_are_drawn_within_the_field() {
        for on in ["2026-11-22", "2027-05-01"] {
            let drawn = chart(vec![point(on, 10.0)]);
            assert!(
                !drawn.contains("NaN")
                    && !drawn.contains("inf")
                    && !drawn.contains('-'.to_string().as_str().repeat(2).as_str())
            );
            assert!(drawn.contains("chart-line"), "{drawn}");
        }
    }

    #[test]
    fn nothing_of_nothing_is_no_data_and_not_zero_percent() {
        let drawn = progress(&Progress { label: "Согласия".into(), ..Progress::default() }).into_string();
        assert!(drawn.contains("нет данных") && !drawn.contains("progress-part"), "{drawn}");
    }

    #[test]
    fn more_than_the_whole_does_not_leave_the_bar() {
        let drawn =
            progress(&Progress { label: "Встречи".into(), done: 12, total: 10, target: Some(250) }).into_string();
        assert!(drawn.contains("width=\"100.0%\"") && !drawn.contains("progress-target"), "{drawn}");
    }

    #[test]
    fn a_ring_names_every_state_with_its_number() {
        let slice = |state, count| Slice { state, count, href: Some("/roadmap?state=x".into()) };
        let drawn = ring(&Ring {
            unit: "позиций".into(),
            slices: vec![slice(State::Done, 12), slice(State::Overdue, 0)],
        });
        let drawn = drawn.into_string();
        assert!(drawn.contains("выполнено") && drawn.contains("<strong>0</strong>"), "{drawn}");
        assert_eq!(drawn.matches("ring-slice").count(), 1);
    }
}
