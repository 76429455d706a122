//! The wording of one kind: its text with the fields it may use, a preview before saving, its versions.

use super::{
    common::{crumbs, makes},
    own_file,
};
use crate::{
    access::Visitor,
    clock::day_in,
    error::{Answer, Failure},
    paperwork::{
        actions::{self, Unsaved, tried},
        fields,
        model::{Origin, WordingVersion},
        own_file as files_of_school,
        paths::{self, edition_path, wording_path},
        queries, render, wording,
        wording::Wording,
    },
    state::App,
    web::{
        Errors, Form, PathOf, View, see_other_saying,
        ui::{
            action::Action,
            card::{Card, card},
            details::{Details, details},
            field::{Control, Field, field},
            form::{self, ErrorSummary, form},
            layout::{Crumb, FlashKind, Page, Width},
            notice::{Notice, Tone, notice},
            paper::paper,
            table::{Column, Row, Table, table},
        },
    },
    words,
    worker::filling::Filled,
};
use axum::{
    extract::State as Run,
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use documents::{
    kinds::{self, Kind},
    template::Mistake,
};
use maud::{Markup, html};
use serde::Deserialize;

/// A text that was sent: to be saved, or to be looked at first.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TextForm {
    text: String,
    version: String,
    /// «page» or «pdf»; empty to save.
    preview: String,
}

impl TextForm {
    /// Returns the form before anything was typed.
    pub fn of(shown: &Shown) -> Self {
        Self { text: shown.text.clone(), version: shown.current.version.to_string(), ..Self::default() }
    }
}

/// A kind with its wording and versions.
pub struct Shown {
    pub kind: &'static Kind,
    pub current: Wording,
    pub versions: Vec<WordingVersion>,
    /// The newest words, which a file of the school does not touch.
    pub text: String,
    /// The file papers are made in now, filled with the example; nothing when they are made of words.
    pub sample: Option<Result<Filled, String>>,
}

impl Shown {
    pub async fn load(app: &App, visitor: &Visitor, kind: &str) -> Answer<Self> {
        let (school, kind) = (visitor.school_id(), kinds::find(kind).ok_or(Failure::NotFound)?);
        let mut tx = app.db.read().await?;
        let current = wording::current(&mut tx, school, kind).await?;
        let versions = queries::wordings(&mut tx, school, kind.name).await?;
        let text = wording::newest_text(&mut tx, school, kind, &versions).await?;
        drop(tx);
        let sample = match current.file {
            None => None,
            Some(file) => {
                let docx = files_of_school::bytes_of(app, school, file).await?;
                Some(files_of_school::tried(app, kind, docx).await.map_err(|unread| unread.to_string()))
            }
        };
        Ok(Self { kind, current, versions, text, sample })
    }
}

/// What a page says about what was just sent.
#[derive(Default)]
pub struct Said {
    pub above: Markup,
    /// What is wrong with a file.
    pub errors: Errors,
}

/// Shows the text.
pub async fn show(Run(app): Run<App>, view: View, visitor: Visitor, PathOf(kind): PathOf<String>) -> Answer {
    let shown = Shown::load(&app, &visitor, &kind).await?;
    Ok(answer(&view, &visitor, StatusCode::OK, &shown, (&TextForm::of(&shown), &Said::default())))
}

/// Saves the text, shows how it reads, or draws the page again with the place of the mistake.
pub async fn submit(
    Run(app): Run<App>,
    view: View,
    visitor: Visitor,
    PathOf(kind): PathOf<String>,
    Form(sent): Form<TextForm>,
) -> Answer {
    let shown = Shown::load(&app, &visitor, &kind).await?;
    let wrong = |mistake: &Mistake| {
        let said = Said { above: place(&sent.text, mistake), ..Said::default() };
        answer(&view, &visitor, StatusCode::UNPROCESSABLE_ENTITY, &shown, (&sent, &said))
    };
    if !sent.preview.is_empty() {
        let document = match tried(shown.kind, &sent.text.replace("\r\n", "\n")) {
            Ok(document) => document,
            Err(mistake) => return Ok(wrong(&mistake)),
        };
        if sent.preview == "pdf" {
            let bytes = render::pdf_of(vec![document], visitor.today).await?;
            return Ok(([(axum::http::header::CONTENT_TYPE, "application/pdf")], bytes).into_response());
        }
        let above = html! {
            (notice(&Notice::new(Tone::Success, "Ошибок нет. Так читается текст с данными примера; он ещё не сохранён.")))
            (paper(&document))
        };
        let said = Said { above, ..Said::default() };
        return Ok(answer(&view, &visitor, StatusCode::OK, &shown, (&sent, &said)));
    }
    let seen = sent.version.parse().unwrap_or(-1);
    match actions::save_wording(&app, &visitor, shown.kind, (seen, &sent.text)).await {
        Ok(version) => {
            let said = format!("Текст сохранён: версия {version}. Новые документы составляются по нему.");
            Ok(see_other_saying(&wording_path(shown.kind.name), FlashKind::Success, &said))
        }
        Err(Unsaved::Mistake(mistake)) => Ok(wrong(&mistake)),
        Err(Unsaved::Failure(failure)) => Err(failure),
    }
}

/// Puts the text back that the program comes with.
pub async fn restore(Run(app): Run<App>, visitor: Visitor, PathOf(kind): PathOf<String>) -> Answer {
    let kind = kinds::find(&kind).ok_or(Failure::NotFound)?;
    actions::restore_wording(&app, &visitor, kind).await?;
    Ok(see_other_saying(
        &wording_path(kind.name),
        FlashKind::Success,
        "Возвращён исходный текст. Прежние версии остались.",
    ))
}

/// Names the place of a mistake and shows its line.
fn place(text: &str, mistake: &Mistake) -> Markup {
    let line = text.lines().nth(mistake.line.saturating_sub(1)).unwrap_or_default();
    html! {
        (notice(&Notice { title: Some("Текст не сохранён".into()), ..Notice::new(Tone::Danger, mistake.to_string()) }))
        pre class="mistake" { code { (mistake.line) ": " (line) } }
    }
}

/// Draws the page.
pub fn answer(
    view: &View,
    visitor: &Visitor,
    status: StatusCode,
    shown: &Shown,
    (typed, said): (&TextForm, &Said),
) -> Response {
    let may = makes(visitor);
    let body = html! {
        (said.above)
        (own_file::current(shown))
        @if shown.sample.is_some() {
            (details(&Details {
                summary: "Текст в программе: сейчас не используется, сохранённый заменит файл".into(),
                body: text(shown, typed, may),
                open: typed.text != shown.text,
            }))
        } @else { (text(shown, typed, may)) }
        @if may { (own_file::offer(shown, &said.errors)) }
        (card(&Card { title: "Поля, которые можно вставить".into(), lead: Some("Поле пишут в двойных фигурных скобках. Справа — что в нём стоит в примере.".into()), body: field_list(shown.kind), ..Card::default() }))
        (details(&Details { summary: "Как размечают текст".into(), body: marks(), open: false }))
        (card(&Card { title: "Версии".into(), body: versions(shown, visitor), ..Card::default() }))
    };
    let mut crumbs = crumbs();
    crumbs.push(Crumb::new("Тексты документов", paths::WORDINGS));
    let mut actions = vec![Action::link("Пример документа", paths::example_path(shown.kind.name))];
    if may && shown.current.origin != Origin::BuiltIn {
        actions.push(Action::post("Вернуть исходный текст", paths::wording_part(shown.kind.name, "restoration")));
    }
    view.page_with(
        status,
        Page {
            title: shown.kind.title.into(),
            lead: Some(format!("Сейчас — {}.", shown.current.origin)),
            crumbs,
            actions,
            body,
            width: Width::Normal,
        },
    )
}

/// Draws the words, to be changed by who may.
fn text(shown: &Shown, typed: &TextForm, may: bool) -> Markup {
    if may {
        return text_form(shown, typed);
    }
    html! { pre class="wording" tabindex="0" role="region" aria-label="Текст документа" { (shown.text) } }
}

fn text_form(shown: &Shown, typed: &TextForm) -> Markup {
    let text = Field::new("text", "Текст документа").control(Control::Textarea { rows: 28 }).value(typed.text.clone());
    let version = Field::new("version", "").control(Control::Hidden).value(typed.version.clone());
    form(&form::Form {
        action: wording_path(shown.kind.name),
        submit: "Сохранить".into(),
        cancel_href: Some(paths::WORDINGS.into()),
        errors: ErrorSummary::default(),
        more: vec![
            Action::submit_as("Посмотреть", "preview", "page"),
            Action::submit_as("Посмотреть PDF", "preview", "pdf"),
        ],
        body: html! { (field(&version)) div class="wording-text" { (field(&text)) } },
        ..form::Form::default()
    })
}

fn field_list(kind: &Kind) -> Markup {
    let row = |(path, example): (String, String)| {
        Row::new(vec![html! { code { (path) } }, html! { (fields::label(&path)) }, html! { (example) }])
    };
    table(&Table {
        caption: "Поля".into(),
        columns: vec![
            Column::new("path", "Поле"),
            Column::new("label", "Что это"),
            Column::new("example", "В примере").hidden_on_phone(),
        ],
        rows: kind.fields().into_iter().map(row).collect(),
        ..Table::default()
    })
}

fn marks() -> Markup {
    const MARKS: [(&str, &str); 10] = [
        ("{{ school.name }}", "вставить поле"),
        ("{{ curator.name | accusative }}", "поле в падеже: genitive, dative, accusative, instrumental, prepositional"),
        ("{{ curator.post | post(\"dative\") }}", "должность в падеже"),
        ("{{ order.date | date_words | blank }}", "дата словами; если пусто — место для записи от руки"),
        ("{% for task in tasks %} … {% endfor %}", "повторить для каждого из списка (в перечне полей он помечен [])"),
        ("{% if payment %} … {% endif %}", "напечатать, только если поле заполнено"),
        (">< По центру", "строка по центру; >> справа; <- слева без абзаца"),
        ("1. Пункт", "нумерованный пункт; с отступом в три пробела — подпункт"),
        ("@ Должность | Фамилия", "строка подписи"),
        ("**жирный**  *курсив*", "выделить слова"),
    ];
    html! { dl class="marks" { @for (mark, meaning) in MARKS { dt { code { (mark) } } dd { (meaning) } } } }
}

fn versions(shown: &Shown, visitor: &Visitor) -> Markup {
    let row = |version: &WordingVersion| {
        let on = words::short_date(day_in(version.saved_at, visitor.school.zone()));
        Row::new(vec![
            html! { (version.version) },
            html! {
                @if version.file_id.is_some() {
                    a href=(edition_path(&version.kind, version.version)) download { (version.origin) }
                } @else { (version.origin) }
            },
            html! { (on) },
            html! { (version.saved_by_name.as_deref().unwrap_or("Система")) },
        ])
    };
    if shown.versions.is_empty() {
        return html! { p class="muted" { "Школа текст не меняла." } };
    }
    table(&Table {
        caption: "Версии текста".into(),
        columns: vec![
            Column::new("version", "Версия").numeric(),
            Column::new("origin", "Чей текст"),
            Column::new("saved", "Когда"),
            Column::new("by", "Кто"),
        ],
        rows: shown.versions.iter().map(row).collect(),
        ..Table::default()
    })
}
