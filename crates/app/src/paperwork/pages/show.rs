//! One paper: where it stands, what is next, how it reads.

use super::{
    common::{crumbs, day, makes, next_act, signs, state_badge},
    edit,
};
use crate::{
    access::Visitor,
    audit::{self, Entry, SubjectKind},
    error::{Answer, Failure},
    files,
    paperwork::{
        CLOSED, actions,
        kinds::{is_consent, traits_of},
        model::{Filling, Origin, Paper, PaperId, ProvenRow},
        own_file::{self, NO_CODE, Reading},
        queries,
        render::Format,
        sources::{Source, source_of},
        state::State,
    },
    people::Sight,
    state::App,
    web::{
        PathOf, View,
        ui::{
            action::{Action, actions as buttons},
            card::{Card, card, columns},
            definition::{Fact, definition},
            icon::Icon,
            layout::{Page, Width},
            notice::{Notice, Tone, notice},
            paper::paper as drawn,
        },
    },
    words,
};
use axum::extract::State as Run;
use maud::{Markup, html};

/// Acts of the history.
const ACTS: i64 = 30;

/// A paper with everything its page shows.
struct Shown {
    paper: Paper,
    filling: Filling,
    rows: Vec<ProvenRow>,
    amends: Option<Paper>,
    successors: Vec<Paper>,
    history: Vec<Entry>,
}

impl Shown {
    async fn load(app: &App, visitor: &Visitor, id: PaperId) -> Answer<Self> {
        let (school, sight) = (visitor.school_id(), Sight::of(visitor)?);
        let mut tx = app.db.read().await?;
        let paper = queries::paper(&mut tx, sight, id).await?;
        let amends = match paper.amends_id {
            Some(former) => Some(queries::paper(&mut tx, sight, former).await?),
            None => None,
        };
        Ok(Self {
            filling: queries::filling(&mut tx, school, id).await?,
            rows: queries::proven_rows(&mut tx, school, id).await?,
            amends,
            successors: queries::successors(&mut tx, sight, id).await?,
            history: audit::history_of(&mut tx, school, SubjectKind::Paper, id.uuid(), ACTS).await?,
            paper,
        })
    }
}

/// Shows the paper.
pub async fn show(Run(app): Run<App>, view: View, visitor: Visitor, PathOf(id): PathOf<PaperId>) -> Answer {
    let shown = Shown::load(&app, &visitor, id).await?;
    let paper = &shown.paper;
    let reading = if paper.is_closed {
        None
    } else {
        Some(own_file::read(&app, visitor.school_id(), paper, &shown.filling).await)
    };
    let has_code = !matches!(&reading, Some(Ok(Reading { has_code: false, .. })));
    let main = html! {
        (next(paper, &visitor, has_code))
        @if let Some(reading) = &reading { (preview(reading)) }
    };
    let aside = html! {
        (card(&Card { title: "О документе".into(), body: facts(&shown, &visitor), ..Card::default() }))
        @if !is_consent(&paper.kind) && paper.person_id.is_none() { (proof(&shown, &visitor)) }
        (card(&Card {
            title: "История".into(),
            body: audit::drawn_history(&shown.history, visitor.school.zone()),
            ..Card::default()
        }))
    };
    Ok(view.page(Page {
        title: paper.title.clone(),
        lead: paper.person_name(),
        crumbs: crumbs(),
        actions: acts(paper, &visitor),
        body: columns(&main, &aside),
        width: Width::Wide,
    }))
}

/// Says what to do with the paper.
fn next(paper: &Paper, visitor: &Visitor, has_code: bool) -> Markup {
    if paper.is_closed {
        return notice(&Notice::new(Tone::Danger, CLOSED));
    }
    let is_signed = paper.scan_id.is_some() || paper.signed_on.is_some();
    let (tone, text) = match paper.state() {
        State::Draft if !has_code => (Tone::Warning, NO_CODE),
        State::Draft => (
            Tone::Info,
            "Прочитайте документ и напечатайте его: на бумаге будет код, по которому скан найдёт своё место.",
        ),
        State::Printed if is_consent(&paper.kind) => {
            (Tone::Info, "Бланк выдан. Когда он вернётся подписанным, внесите подписи.")
        }
        State::Printed => {
            (Tone::Info, "Документ напечатан. Подпишите его и приложите скан или фото, затем зарегистрируйте.")
        }
        State::Signed if is_consent(&paper.kind) => (Tone::Success, "Согласие подписано."),
        State::Signed => (Tone::Info, "Подписанный экземпляр приложен. Осталось присвоить номер и дату."),
        State::Registered if !is_signed => {
            (Tone::Warning, "Документ зарегистрирован, но подписанного экземпляра ещё нет: приложите скан или фото.")
        }
        State::Registered => {
            (Tone::Success, "Документ подписан и зарегистрирован. Он больше не меняется: изменение — новый документ.")
        }
        State::Amended => (Tone::Warning, "Документ изменён: действует вместе с документом, который его меняет."),
        State::Cancelled => (Tone::Danger, "Документ отменён и ничего не подтверждает."),
    };
    html! {
        (notice(&Notice::new(tone, text)))
        @if let Some(act) = next_act(paper, visitor) { (buttons(&[act.primary()])) }
    }
}

fn acts(paper: &Paper, visitor: &Visitor) -> Vec<Action> {
    let mut acts = vec![];
    if !paper.is_closed {
        if !paper.is_in_own_file() {
            acts.push(Action::download("PDF", paper.id.file_path(Format::Pdf)));
        }
        acts.push(Action::download("Word", paper.id.file_path(Format::Docx)));
        if paper.kind().is_some_and(documents::kinds::Kind::is_table) {
            acts.push(Action::download("Excel", paper.id.file_path(Format::Xlsx)));
        }
    }
    if !paper.is_closed && traits_of(&paper.kind).is_some_and(|known| known.is_announced) {
        acts.push(Action::link("Лист ознакомления", paper.id.part_path("acquaintances")).icon(Icon::Checklist));
    }
    let state = paper.state();
    let part = |part| paper.id.part_path(part);
    if signs(visitor) && state.is_open() && !is_consent(&paper.kind) && !paper.is_closed {
        acts.push(Action::link("Зарегистрировать", part("registration")).icon(Icon::Check));
        if state == State::Draft {
            acts.push(Action::link("Приложить скан", part("signature")).icon(Icon::Upload));
        }
    }
    if makes(visitor) && state.is_open() && !paper.is_closed && paper.kind().is_some_and(edit::is_written) {
        acts.push(Action::link("Изменить данные", part("edit")).icon(Icon::Edit));
    }
    if makes(visitor) && state.is_open() && source_of(&paper.kind) == Source::Records {
        acts.push(Action::post("Составить заново", part("renewal")).icon(Icon::Refresh));
    }
    if makes(visitor) && state == State::Registered && paper.kind().is_some_and(edit::is_written) {
        acts.push(Action::link("Изменить новым документом", part("amendment")).icon(Icon::Edit));
    }
    if signs(visitor) && state != State::Cancelled {
        acts.push(Action::link("Отменить документ", part("cancellation")).icon(Icon::Ban).quiet());
    }
    acts
}

fn preview(reading: &Answer<Reading>) -> Markup {
    match reading {
        Ok(reading) => drawn(&reading.document),
        Err(failure) => notice(&Notice::new(Tone::Danger, failure.to_string())),
    }
}

fn facts(shown: &Shown, visitor: &Visitor) -> Markup {
    let paper = &shown.paper;
    let link = |paper: &Paper| html! { a href=(paper.id.show_path()) { (paper.caption()) } };
    let mut facts = vec![
        Fact::drawn("Состояние", state_badge(paper.state())),
        Fact::new("Вид", paper.kind().map_or("", |kind| kind.title)),
        Fact::new("Номер и дата", paper.registration().unwrap_or_default()),
        Fact::new("Напечатан", day(paper.printed_on)),
        Fact::new("Подписан", day(paper.signed_on)),
        Fact::new("Составлен", words::short_date(crate::clock::day_in(paper.created_at, visitor.school.zone()))),
        Fact::drawn("Текст", wording(paper)),
        Fact::drawn("Код на бумаге", html! { code { (paper.code) } }),
    ];
    if paper.scan_id.is_some() && !paper.is_closed {
        let scan = Action::download("Скачать скан", paper.id.part_path("scan")).quiet();
        facts.push(Fact::drawn("Подписанный экземпляр", buttons(&[scan])));
    }
    if let Some(consent) = paper.consent_id {
        facts.push(Fact::drawn("Согласие", html! { a href=(consent.show_path()) { "открыть" } }));
    }
    if let Some(former) = &shown.amends {
        facts.push(Fact::drawn("Изменяет", link(former)));
    }
    for successor in &shown.successors {
        facts.push(Fact::drawn("Изменён документом", link(successor)));
    }
    if paper.cancelled_on.is_some() {
        facts.push(Fact::new("Отменён", day(paper.cancelled_on)));
        facts.push(Fact::new("Причина отмены", &paper.cancel_reason));
    }
    definition(&facts)
}

fn wording(paper: &Paper) -> Markup {
    let whose = match (paper.wording_version, paper.wording_file_id) {
        (0, _) => Origin::BuiltIn.label().to_owned(),
        (version, Some(_)) => format!("{}, версия {version}", Origin::File),
        (version, None) => format!("версия {version}"),
    };
    html! { (whose) ", " code title=(paper.wording_sha256) { (paper.wording_sha256.chars().take(12).collect::<String>()) } "…" }
}

/// Draws the rows of the road map that the paper proves.
fn proof(shown: &Shown, visitor: &Visitor) -> Markup {
    let proves = shown.paper.state().proves();
    let lead = if proves {
        "Документ засчитан этим мероприятиям."
    } else {
        "Засчитается, когда документ подпишут или зарегистрируют."
    };
    let body = html! {
        @if shown.rows.is_empty() { p class="muted" { "Мероприятий не выбрано." } }
        @else {
            p class="muted" { (lead) }
            ul class="plain-list" { @for row in &shown.rows { li { strong { (row.number) } " " (row.title) } } }
        }
    };
    let choose = Action::link("Выбрать", shown.paper.id.part_path("rows")).icon(Icon::Edit);
    let actions = if makes(visitor) { vec![choose] } else { vec![] };
    card(&Card { title: "Подтверждает мероприятия".into(), actions, body, ..Card::default() })
}

/// Hands the paper out as a file.
pub async fn file(Run(app): Run<App>, visitor: Visitor, PathOf((id, format)): PathOf<(PaperId, String)>) -> Answer {
    let format = Format::named(&format).ok_or(Failure::NotFound)?;
    let (name, bytes) = actions::take(&app, &visitor, id, format).await?;
    Ok(files::download(&name, bytes))
}

/// Hands the signed copy out.
pub async fn scan(Run(app): Run<App>, visitor: Visitor, PathOf(id): PathOf<PaperId>) -> Answer {
    let (file, bytes) = actions::take_scan(&app, &visitor, id).await?;
    Ok(files::attachment(&file.name, &file.media_type, bytes))
}
