//! What several pages of the road map share.

use crate::{
    access::{Right, Visitor},
    error::{Answer, Failure},
    roadmap::{
        board::{Board, Indicator, traits_of},
        indicator::Verdict,
        model::{Programme, ProgrammeState},
        paths, queries,
        state::RowState,
    },
    school_year::SchoolYear,
    web::ui::{
        action::Action,
        address::Address,
        badge::{State, Tone},
        empty::{Empty, empty},
        icon::Icon,
        layout::Page,
        tabs::{Tab, Tabs, tabs},
    },
    words,
};
use database::Tx;
use maud::{Markup, html};

/// The year a page is asked for: `?year=2026`.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct YearQuery {
    pub year: Option<String>,
}

/// A road map ready to be shown, with the years one can change to.
pub struct Shown {
    pub board: Board,
    pub years: Vec<Programme>,
}

/// Loads the road map of the wanted year: by default of the current school year, else the newest one that was started.
pub async fn board_of(tx: &mut Tx, visitor: &Visitor, wanted: Option<&str>) -> Answer<Option<Shown>> {
    let mut years = queries::programmes(tx, visitor.school_id()).await?;
    years.retain(|programme| programme.state != ProgrammeState::Draft);
    let current = SchoolYear::containing(visitor.today);
    let wanted = wanted.and_then(SchoolYear::parse);
    let of = |year: SchoolYear| years.iter().find(|programme| programme.year() == year);
    let chosen = match wanted {
        Some(year) if !years.is_empty() => Some(of(year).ok_or(Failure::NotFound)?),
        _ => of(current).or(years.first()),
    };
    let Some(programme) = chosen.cloned() else { return Ok(None) };
    let board = Board::load(tx, &visitor.school, programme, visitor.today).await?;
    Ok(Some(Shown { board, years }))
}

/// Draws the page of a school that has not started a year yet.
pub fn no_year(visitor: &Visitor, title: &str) -> Page {
    let text = "Дорожная карта появится здесь, когда куратор программы начнёт учебный год: из готового шаблона или из файла школы.";
    let nothing = Empty { icon: Icon::Roadmap, ..Empty::new("Учебный год ещё не начат", text) };
    let nothing = if visitor.may(Right::KeepRoadmap) {
        nothing.action(Action::link("Начать учебный год", paths::NEW_YEAR).primary())
    } else {
        nothing
    };
    Page { title: title.to_owned(), body: empty(&nothing), ..Page::default() }
}

/// Returns the badge of a state.
pub fn ui_state(state: RowState) -> State {
    match state {
        RowState::NotStarted => State::NotStarted,
        RowState::InWork => State::InProgress,
        RowState::Done => State::Done,
        RowState::DoneLate => State::DoneLate,
        RowState::Overdue => State::Overdue,
        RowState::Cancelled => State::Cancelled,
    }
}

/// Returns how good a verdict is.
pub fn verdict_tone(verdict: &Verdict) -> Tone {
    match verdict {
        Verdict::Met => Tone::Success,
        Verdict::Behind { .. } => Tone::Warning,
        Verdict::NoData => Tone::Neutral,
    }
}

/// Draws an indicator in a line of a table: what it is, the value, the target, the date.
pub fn indicator_line(indicator: &Indicator, visitor: &Visitor) -> Markup {
    let traits = traits_of(&visitor.school);
    html! {
        div class={ "indicator-line " (verdict_tone(&indicator.verdict).class()) } {
            span class="muted" { (indicator.rule.title) ": " }
            span class="indicator-value" { (indicator.rule.value_text(indicator.reading.as_ref())) }
            span class="muted" {
                " · цель: " (indicator.rule.target_text(traits))
                @if let Some(reading) = &indicator.reading { ", на " (words::short_date(reading.as_of)) }
            }
        }
    }
}

/// Returns the address of a page with the wanted year kept.
pub fn with_year(path: &str, wanted: Option<&str>) -> String {
    match wanted.filter(|year| !year.is_empty()) {
        Some(year) => Address::new(path).with("year", year).to_string(),
        None => path.to_owned(),
    }
}

/// Draws the ways of looking at the road map.
pub fn view_tabs(current: &str, wanted: Option<&str>) -> Markup {
    let tab = |label: &str, path: &str, icon| Tab {
        label: label.to_owned(),
        href: with_year(path, wanted),
        icon: Some(icon),
        count: None,
        current: path == current,
    };
    tabs(&Tabs {
        label: "Вид дорожной карты".to_owned(),
        tabs: vec![
            tab("Список", paths::ROADMAP, Icon::Checklist),
            tab("По месяцам", paths::TIMELINE, Icon::Timeline),
            tab("Календарь", paths::CALENDAR, Icon::Calendar),
        ],
    })
}

/// Returns the actions above the road map: print, files.
pub fn file_actions(wanted: Option<&str>, visitor: &Visitor) -> Vec<Action> {
    let export = |format: &str| with_year(&paths::EXPORT.replace("{format}", format), wanted);
    let mut actions = vec![
        Action::link("Печать", with_year(paths::PRINT, wanted)).icon(Icon::Print),
        Action::download("Word", export("docx")),
        Action::download("Excel", export("xlsx")),
        Action::download("Календарь", export("ics")),
    ];
    if visitor.may(Right::TakeEvidence) {
        actions.push(Action::link("Папка доказательств", with_year(paths::EVIDENCE, wanted)).icon(Icon::Archive));
    }
    actions
}

/// Draws links to the other years.
pub fn year_links(shown: &Shown) -> Markup {
    let others: Vec<&Programme> = shown.years.iter().filter(|other| other.id != shown.board.programme.id).collect();
    html! {
        @if !others.is_empty() {
            p class="muted" {
                "Другие годы: "
                @for (index, other) in others.iter().enumerate() {
                    @if index > 0 { ", " }
                    a href=(other.show_path()) { (other.year()) }
                }
            }
        }
    }
}
