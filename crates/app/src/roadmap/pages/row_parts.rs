//! The parts of a row's page.

use super::{common::verdict_tone, row::RowPage};
use crate::{
    access::{SchoolId, Visitor},
    audit::{Entry, Event as Act},
    clock::day_in,
    error::Answer,
    roadmap::{
        board::{BoardRow, Indicator, traits_of},
        measures::Supply,
        model::{DocumentVersion, HandReading, Note, RowId, Snapshot, Task},
        queries,
        template::Template,
    },
    web::{
        Errors,
        ui::{
            action::{Action, action, actions},
            badge::{Badge, Tone, badge},
            card::{Card, card},
            chart::{Point, Progress, Steps, progress, step_chart},
            definition::{Fact, definition},
            details::{Details, details},
            empty::{Empty, empty},
            field::{Choice, Control, Field, field},
            file::{File, file},
            form::{ErrorSummary, Form, form},
            history::{Event, history as drawn_history},
            icon::Icon,
            notice::{Notice, notice},
        },
    },
    words,
};
use database::Tx;
use maud::{Markup, html};
use std::collections::HashMap;

/// The records of one row.
pub struct Records {
    pub documents: Vec<DocumentVersion>,
    pub tasks: Vec<Task>,
    pub notes: Vec<Note>,
    pub snapshots: Vec<Snapshot>,
    /// Values entered by hand by measure, the newest first.
    pub readings: HashMap<String, Vec<HandReading>>,
}

impl Records {
    /// Loads the records of a row.
    pub async fn load(tx: &mut Tx, school: SchoolId, id: RowId) -> Answer<Self> {
        let row = queries::row(tx, school, id).await?;
        let mut readings = HashMap::new();
        for rule in &row.rules.0 {
            let entered = queries::readings_of_measure(tx, school, row.programme_id, &rule.measure).await?;
            readings.insert(rule.measure.clone(), entered);
        }
        Ok(Self {
            documents: queries::documents(tx, school, id).await?,
            tasks: queries::tasks(tx, school, id).await?,
            notes: queries::notes(tx, school, id).await?,
            snapshots: queries::snapshots_of_row(tx, school, id).await?,
            readings,
        })
    }
}

/// What was typed into one of the small forms of the page and is wrong with it.
#[derive(Debug, Default)]
pub struct Typed {
    /// Which form: «task», «note», «document».
    pub form: &'static str,
    pub values: HashMap<&'static str, String>,
    pub errors: Errors,
}

impl Typed {
    fn of(&self, form: &str) -> Option<&Self> {
        (self.form == form).then_some(self)
    }

    fn value(&self, form: &str, name: &str) -> String {
        self.of(form).and_then(|typed| typed.values.get(name)).cloned().unwrap_or_default()
    }

    fn error(&self, form: &str, name: &str) -> Option<String> {
        self.of(form).and_then(|typed| typed.errors.of(name)).map(str::to_owned)
    }

    fn summary(&self, form: &str) -> ErrorSummary {
        self.of(form).map(|typed| summary(&typed.errors)).unwrap_or_default()
    }
}

/// Returns the errors of a form as its summary.
pub fn summary(errors: &Errors) -> ErrorSummary {
    ErrorSummary { errors: errors.all().iter().map(|(name, text)| ((*name).to_owned(), text.clone())).collect() }
}

/// Draws what a person must know first: cancelled, confirmed without its indicator, a doubtful term, a remark.
pub fn notices(row: &BoardRow, visitor: &Visitor) -> Markup {
    let may_correct = visitor.is_any(&[crate::access::Role::Coordinator]);
    let r = &row.row;
    html! {
        @if let (Some(on), Some(reason)) = (r.cancelled_on, &r.cancel_reason) {
            (notice(&Notice::new(Tone::Neutral, format!("Отменено {}. Причина: {reason}", words::long_date(on)))))
        }
        @if let Some(reason) = &r.unproven_reason {
            (notice(&Notice { title: Some("Подтверждено, хотя показатель не достигнут".into()), ..Notice::new(Tone::Warning, format!("Причина: {reason}")) }))
        }
        @for doubt in r.open_doubts() {
            (notice(&Notice { title: Some("Проверьте срок".into()), ..Notice::new(Tone::Warning, doubt.text.clone()) }))
        }
        @if may_correct && !r.open_doubts().is_empty() {
            (actions(&corrections(row)))
        }
        @if !r.remark.is_empty() { (notice(&Notice::new(Tone::Info, r.remark.clone()))) }
    }
}

fn corrections(row: &BoardRow) -> Vec<Action> {
    let proposed = row.row.open_doubts().iter().find_map(|doubt| doubt.suggestion.as_ref());
    let mut acts: Vec<Action> = proposed
        .map(|term| Action::post(format!("Исправить на «{term}»"), row.row.part_path("term-correction")).primary())
        .into_iter()
        .collect();
    acts.push(Action::post("Срок верный, оставить", row.row.part_path("term-check")));
    acts
}

/// Draws the indicators with values, targets, history and the way to enter a number.
pub fn indicators(records: &Records, row: &BoardRow, visitor: &Visitor, works: bool) -> Markup {
    let lead = if row.row.indicator_text.is_empty() {
        "Мероприятие считается доказанным, когда достигнуты все показатели.".to_owned()
    } else {
        format!("В дорожной карте: {}", row.row.indicator_text)
    };
    let body = html! {
        @if row.indicators.is_empty() {
            p { "У мероприятия нет показателя. Подтвердить его можно с письменной причиной; показатель добавляет куратор кнопкой «Изменить»." }
        }
        @for indicator in &row.indicators { (one_indicator(records, row, indicator, visitor, works)) }
    };
    card(&Card { title: "Показатели".into(), lead: Some(lead), body, ..Card::default() })
}

fn one_indicator(records: &Records, row: &BoardRow, indicator: &Indicator, visitor: &Visitor, works: bool) -> Markup {
    let rule = &indicator.rule;
    let traits = traits_of(&visitor.school);
    let tone = verdict_tone(&indicator.verdict);
    html! {
        section class="indicator" aria-label=(rule.title) {
            h3 { (rule.title) }
            p {
                (badge(&Badge { tone, text: indicator.verdict.label().to_owned(), icon: Some(tone.icon()) })) " "
                strong { (rule.value_text(indicator.reading.as_ref())) }
                " · цель: " (rule.target_text(traits))
                @if let Some(reading) = &indicator.reading { " · на " (words::short_date(reading.as_of)) }
            }
            (share(indicator))
            @if let Some(missing) = rule.missing_text(&indicator.verdict, traits) { p { (words::capitalised(&missing)) "." } }
            (behind(indicator))
            @if indicator.supply == Supply::ByHand { (by_hand(records, row, indicator, works, visitor)) }
            (chart(records, indicator, visitor))
        }
    }
}

fn share(indicator: &Indicator) -> Markup {
    let reading = indicator.reading.as_ref();
    let bounds = reading.and_then(|reading| {
        Some((u32::try_from(reading.numerator).ok()?, u32::try_from(reading.denominator?).ok().filter(|all| *all > 0)?))
    });
    html! {
        @if let Some((done, total)) = bounds {
            (progress(&Progress { label: indicator.rule.title.clone(), done, total, target: None }))
        }
    }
}

fn behind(indicator: &Indicator) -> Markup {
    let subjects = indicator.reading.as_ref().map_or(&[][..], |reading| &reading.subjects);
    let list = html! {
        ul class="plain-list" {
            @for subject in subjects { li { a href={ "/roadmap/rows/" (subject.id) } { (subject.label) } } }
        }
    };
    let summary = format!("Чего не хватает: {}", subjects.len());
    html! { @if !subjects.is_empty() { (details(&Details { summary, body: list, open: false })) } }
}

fn by_hand(records: &Records, row: &BoardRow, indicator: &Indicator, works: bool, visitor: &Visitor) -> Markup {
    let measure = &indicator.rule.measure;
    let entered = records.readings.get(measure).map_or(&[][..], Vec::as_slice);
    let module =
        Template::built_in().ok().and_then(|template| template.measure(measure)).map(|found| found.module.clone());
    let older = html! {
        ul class="plain-list" {
            @for reading in entered { li { (entered_line(indicator, reading, visitor)) } }
        }
    };
    html! {
        @if let Some(module) = module {
            p class="muted" { "Показатель появится с модулем «" (module) "». Пока число вносится вручную, с источником и датой." }
        }
        @if let Some(newest) = entered.first() { p class="muted" { "Источник: " (newest.source) ". Внесено: " (newest.entered_by_name) "." } }
        @if works { p { (action(&Action::link("Внести число", row.row.reading_path(measure)).icon(Icon::Plus))) } }
        @if entered.len() > 1 { (details(&Details { summary: format!("Все внесённые числа: {}", entered.len()), body: older, open: false })) }
    }
}

fn entered_line(indicator: &Indicator, reading: &HandReading, visitor: &Visitor) -> Markup {
    let value = indicator.rule.value_text(Some(&crate::roadmap::measures::by_hand(reading)));
    let entered = day_in(reading.entered_at, visitor.school.zone());
    html! {
        strong { (value) } " на " (words::short_date(reading.as_of)) " — " (reading.source)
        span class="muted" { " (внесено " (words::short_date(entered)) ", " (reading.entered_by_name) ")" }
    }
}

fn chart(records: &Records, indicator: &Indicator, visitor: &Visitor) -> Markup {
    let rule = &indicator.rule;
    let points: Vec<Point> = records
        .snapshots
        .iter()
        .filter(|shot| shot.measure == rule.measure)
        .map(|shot| {
            let value = match shot.denominator {
                Some(all) if all > 0 => percent(shot.numerator, all),
                _ => percent(shot.numerator, 100),
            };
            let text = match shot.denominator {
                Some(all) => words::share(shot.numerator, all),
                None => rule.unit.counted(shot.numerator),
            };
            Point { on: shot.taken_on, value, text }
        })
        .collect();
    html! {
        @if points.len() > 1 {
            (step_chart(&Steps { label: format!("Как менялось: {}", rule.title), points, target: None, until: visitor.today }))
        }
    }
}

/// Returns a share in per cent for drawing only: rules never see floating point.
fn percent(part: i64, whole: i64) -> f64 {
    let [part, whole] = [part, whole].map(|n| f64::from(i32::try_from(n).unwrap_or(i32::MAX)));
    part * 100.0 / whole
}

/// Draws the documents with their versions and the form that adds one.
pub fn documents(records: &Records, row: &BoardRow, works: bool, typed: &Typed) -> Markup {
    let mut groups: Vec<&[DocumentVersion]> =
        records.documents.chunk_by(|a, b| a.document_id == b.document_id).collect();
    groups.reverse();
    let expected = if row.row.document_kind.is_empty() { "документ" } else { &row.row.document_kind };
    let body = html! {
        @if groups.is_empty() { (empty(&Empty::new("Документов пока нет", format!("Ожидается: {expected}.")))) }
        @for versions in groups { (one_document(row, versions, works)) }
        @if works { (details(&Details { summary: "Добавить документ".into(), body: document_form(row, typed), open: typed.of("document").is_some() })) }
    };
    card(&Card {
        title: "Документы".into(),
        lead: Some(format!("Ожидаемый результат: {}", row.row.expected_result)),
        body,
        ..Card::default()
    })
}

fn one_document(row: &BoardRow, versions: &[DocumentVersion], works: bool) -> Markup {
    let Some((newest, older)) = versions.split_first() else { return html! {} };
    let path = |version: i64| row.row.document_path(newest.document_id, &format!("versions/{version}"));
    let about = |version: &DocumentVersion| {
        format!(
            "версия {}: {}, {}",
            version.version,
            version.file_name,
            words::bytes(u64::try_from(version.size).unwrap_or(0))
        )
    };
    let replace = html! {
        form class="inline-form" method="post" enctype="multipart/form-data" action=(row.row.document_path(newest.document_id, "versions")) {
            label { "Новая версия " input class="form-control" type="file" name="file" required; }
            (action(&Action::submit("Заменить")))
        }
    };
    let drawn = File {
        name: newest.title.clone(),
        size: words::bytes(u64::try_from(newest.size).unwrap_or(0)),
        version: u32::try_from(newest.version).unwrap_or(u32::MAX),
        uploaded: format!("{}, {}", newest.file_name, newest.added_by_name),
        href: path(newest.version),
        actions: if works {
            vec![Action::link("Убрать", row.row.document_path(newest.document_id, "removal")).quiet()]
        } else {
            vec![]
        },
        older: older.iter().map(|version| (about(version), path(version.version))).collect(),
    };
    html! {
        (file(&drawn))
        @if works { (details(&Details { summary: "Заменить новой версией".into(), body: replace, open: false })) }
    }
}

fn document_form(row: &BoardRow, typed: &Typed) -> Markup {
    let body = html! {
        (field(&Field::new("title", "Название").value(typed.value("document", "title")).error(typed.error("document", "title"))
            .hint("Например, «Приказ № 42-ОД от 01.10.2026». Если оставить пустым, останется имя файла.")))
        (field(&Field::new("file", "Файл до 20 МБ").required().control(Control::File { accept: ".pdf,.doc,.docx,.odt,.rtf,.txt,.xls,.xlsx,.ods,.csv,.ppt,.pptx,.odp,.jpg,.jpeg,.png,.webp,.heic,.zip,.mp4" })
            .error(typed.error("document", "file"))))
    };
    form(&Form {
        action: row.row.part_path("documents"),
        submit: "Добавить документ".into(),
        multipart: true,
        errors: typed.summary("document"),
        body,
        ..Form::default()
    })
}

/// Draws the tasks and the form that adds one.
pub fn tasks(page: &RowPage, row: &BoardRow, works: bool, typed: &Typed) -> Markup {
    let (tasks, today) = (&page.records.tasks, page.board.today);
    let open = tasks.iter().filter(|task| task.done_at.is_none()).count();
    let body = html! {
        @if tasks.is_empty() { p class="muted" { "Задач пока нет: разбейте мероприятие на шаги, если его делают несколько человек." } }
        ul class="task-list" {
            @for task in tasks {
                li class=(if task.done_at.is_some() { "task task-done" } else { "task" }) {
                    div {
                        p { (task.text) }
                        p class="muted" {
                            @if let Some(user) = &task.user_name { (user) " · " }
                            @match (&task.done_by_name, task.due_on) {
                                (Some(name), _) => { "выполнено: " (name) },
                                (None, Some(due)) => (words::due(due, today)),
                                (None, None) => "без срока",
                            }
                        }
                    }
                    @if works && task.done_at.is_none() { (action(&Action::post("Выполнено", row.row.task_path(task.id, "completion")).icon(Icon::Check))) }
                    @if works && task.done_at.is_some() { (action(&Action::post("Вернуть", row.row.task_path(task.id, "reopening")).quiet())) }
                }
            }
        }
        @if works { (details(&Details { summary: "Добавить задачу".into(), body: task_form(page, row, typed), open: typed.of("task").is_some() })) }
    };
    card(&Card {
        title: "Задачи".into(),
        lead: (!tasks.is_empty()).then(|| format!("Открыто {open} из {}", tasks.len())),
        body,
        ..Card::default()
    })
}

fn task_form(page: &RowPage, row: &BoardRow, typed: &Typed) -> Markup {
    let people = page
        .users
        .iter()
        .filter(|user| user.is_active)
        .map(|user| Choice::new(user.id.to_string(), user.full_name.clone()));
    let people = std::iter::once(Choice::new("", "Не назначено")).chain(people).collect();
    let body = html! {
        (field(&Field::new("text", "Что сделать").required().value(typed.value("task", "text")).error(typed.error("task", "text"))))
        (field(&Field::new("due_on", "Срок").control(Control::Date).value(typed.value("task", "due_on")).error(typed.error("task", "due_on"))))
        (field(&Field::new("user", "Кому").control(Control::Select(people)).value(typed.value("task", "user"))))
    };
    form(&Form {
        action: row.row.part_path("tasks"),
        submit: "Добавить задачу".into(),
        errors: typed.summary("task"),
        body,
        ..Form::default()
    })
}

/// Draws the notes and the form that adds one.
pub fn notes(records: &Records, row: &BoardRow, works: bool, typed: &Typed, visitor: &Visitor) -> Markup {
    let zone = visitor.school.zone();
    let text = Field::new("text", "Заметка")
        .required()
        .control(Control::Textarea { rows: 3 })
        .value(typed.value("note", "text"))
        .error(typed.error("note", "text"));
    let add = Form {
        action: row.row.part_path("notes"),
        submit: "Добавить заметку".into(),
        errors: typed.summary("note"),
        body: field(&text),
        ..Form::default()
    };
    let body = html! {
        @if records.notes.is_empty() { p class="muted" { "Заметок пока нет." } }
        @for note in &records.notes {
            article class="note" {
                p class="note-text" { (note.text) }
                p class="muted" { (note.author) ", " (words::short_date(day_in(note.created_at, zone))) }
            }
        }
        @if works { (details(&Details { summary: "Добавить заметку".into(), body: form(&add), open: typed.of("note").is_some() })) }
    };
    card(&Card { title: "Заметки".into(), body, ..Card::default() })
}

/// Draws what is known about the row.
pub fn facts(page: &RowPage, row: &BoardRow) -> Markup {
    let r = &row.row;
    let section = page.board.sections.iter().find(|section| section.id == r.section_id);
    let who = row.responsibles.iter().map(|one| match &one.user_name {
        Some(name) if one.is_personal => name.clone(),
        Some(name) => format!("{name} ({})", one.label),
        None => one.label.clone(),
    });
    let name_of = |id| page.users.iter().find(|user| Some(user.id) == id).map_or("—", |user| user.full_name.as_str());
    let mut facts = vec![
        Fact::new("Раздел", section.map_or("—", |section| section.title.as_str())),
        Fact::new("Ответственные", words::list(&who.collect::<Vec<_>>())),
        Fact::new("Срок", &r.term_text),
    ];
    if let Some(window) = r.window() {
        let days = format!("{} — {}", words::short_date(window.from), words::short_date(window.to));
        facts.push(Fact::new("Дни", days));
    }
    if let Some(done) = r.done_on {
        facts.push(Fact::new("Выполнено", words::long_date(done)));
        facts.push(Fact::new("Подтверждение", name_of(r.confirmed_by)));
    }
    if r.accepted_at.is_some() {
        facts.push(Fact::new("Принято", name_of(r.accepted_by)));
    }
    definition(&facts)
}

/// Draws what happened to the row.
pub fn history(entries: &[Entry], visitor: &Visitor) -> Markup {
    let zone = visitor.school.zone();
    let events: Vec<Event> = entries
        .iter()
        .filter(|entry| entry.event != Act::DocumentRead)
        .map(|entry| {
            let local = entry.at.with_timezone(&zone);
            Event {
                when: format!("{}, {}", words::short_date(local.date_naive()), local.format("%H:%M")),
                datetime: entry.at.to_rfc3339(),
                who: entry.actor_name.clone(),
                what: entry.event.label().to_owned(),
                tone: Tone::Neutral,
                icon: None,
                details: (!entry.details.0.is_empty()).then(|| changes(entry)),
            }
        })
        .collect();
    html! { @if events.is_empty() { p class="muted" { "Пока ничего не происходило." } } @else { (drawn_history(&events)) } }
}

/// Draws the differences an act made.
pub fn changes(entry: &Entry) -> Markup {
    html! {
        ul class="plain-list" {
            @for change in &entry.details.0 {
                li {
                    (change.what) ": "
                    @if !change.from.is_empty() { del { (change.from) } " → " }
                    (change.to)
                }
            }
        }
    }
}
