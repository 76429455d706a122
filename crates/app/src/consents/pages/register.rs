//! The register of consents: a list to search and filter, a workbook, a sheet of paper.

use super::common::{crumbs, day, lasts, state_badge};
use crate::{
    access::{Right, Visitor},
    audit::{self, Act, Change, Event, Subject, SubjectKind},
    consents::{
        ledger::{Ledger, Line},
        model::Purpose,
        paths::{self, class_path},
        state::State,
    },
    error::{Answer, Failure},
    files::download,
    people::Sight,
    state::App,
    web::{
        Query, View,
        ui::{
            action::Action,
            address::Address,
            badge::Tone,
            empty::Empty,
            field::Choice,
            filter::{Ask, Filter, filter},
            icon::Icon,
            insight::{Insight, insight},
            layout::{Page, Width},
            paging::{Paging, paging},
            table::{Column, Row, Table, table},
        },
    },
    words,
};
use axum::extract::State as Run;
use database::fold;
use documents::sheet::{self, Sheet, Workbook};
use maud::{Markup, html};
use serde::Deserialize;

/// Documents on one page: two classes.
const PER_PAGE: u32 = 50;

/// What is asked of the register.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    q: String,
    class: String,
    state: String,
    purpose: String,
    page: String,
}

impl Asked {
    fn of<'a>(&self, ledger: &'a Ledger) -> Vec<Line<'a>> {
        let needle = fold(&self.q);
        let state = State::named(&self.state);
        let purpose = self.purpose.parse::<Purpose>().ok();
        let fits = |line: &Line<'_>| {
            line.subject.name().key().contains(&needle)
                && (self.class.is_empty() || line.subject.class_text() == self.class)
                && state.is_none_or(|state| line.state == state)
                && purpose.is_none_or(|purpose| line.consent.purpose == purpose)
        };
        ledger.lines().filter(fits).collect()
    }

    fn asks(&self, ledger: &Ledger) -> Vec<Ask> {
        let select = |name, label: &str, options, value: &str| Ask::Select {
            name,
            label: label.to_owned(),
            options,
            value: value.to_owned(),
        };
        let classes = ledger.classes().into_keys().map(|class| Choice::new(class.to_string(), class.to_string()));
        let states = State::ALL.map(|state| Choice::new(state.key(), state.label()));
        let purposes = Purpose::ALL.iter().map(|one| Choice::new(one.word(), words::capitalised(one.short())));
        vec![
            Ask::Search { name: "q", label: "Фамилия или имя".into(), value: self.q.clone() },
            select("class", "Класс", classes.collect(), &self.class),
            select("state", "Состояние", states.into(), &self.state),
            select("purpose", "Цель", purposes.collect(), &self.purpose),
        ]
    }
}

/// Shows the register.
pub async fn show(Run(app): Run<App>, view: View, visitor: Visitor, Query(asked): Query<Asked>) -> Answer {
    let mut tx = app.db.read().await?;
    let ledger = Ledger::load(&mut tx, Sight::of(&visitor)?, visitor.today).await?;
    let coordinates = visitor.may(Right::DecideConsents);
    let mut actions = vec![];
    if coordinates {
        actions.push(Action::link("Запросить согласия", paths::ASKING).icon(Icon::Signature).primary());
    }
    actions
        .push(Action::link("Печать", view.address().without(&["page"]).at(paths::PRINT).to_string()).icon(Icon::Print));
    if visitor.may(Right::ReadWithdrawn) {
        actions.push(Action::link("Отзывы", paths::WITHDRAWN).icon(Icon::Ban));
    }
    if ledger.policy.special_categories && visitor.may(Right::KeepCategories) {
        actions.push(Action::link("Особые категории", paths::CATEGORIES).icon(Icon::Lock));
    }
    let body = html! {
        (insights(&ledger, coordinates))
        @if visitor.may(Right::PrintPapers) { (blanks(&ledger)) }
        (classes(&ledger))
        (list(&asked, &ledger, coordinates, view.address()))
    };
    Ok(view.page(Page {
        title: "Согласия".into(),
        lead: Some("Каждая цель — отдельный документ. Кто подписывает, следует из возраста на день подписи.".into()),
        actions,
        body,
        width: Width::Wide,
        ..Page::default()
    }))
}

fn insights(ledger: &Ledger, coordinates: bool) -> Markup {
    let (lacking, renewals) = (ledger.without_consent(), ledger.renewals().len());
    let counted = |n: usize, forms: &[&str; 3]| words::counted(i64::try_from(n).unwrap_or(i64::MAX), forms);
    html! {
        @if lacking > 0 {
            (insight(&Insight {
                tone: Tone::Warning,
                number: lacking.to_string(),
                sentence: format!("{} без действующего согласия на участие.", counted(lacking, &["участник или кандидат", "участника и кандидата", "участников и кандидатов"])),
                detail: Some("Пока согласия нет, человека нельзя включать в пару.".into()),
                actions: coordinates.then(|| Action::link("Запросить", paths::ASKING)).into_iter().collect(),
                ..Insight::default()
            }))
        }
        @if renewals > 0 {
            (insight(&Insight {
                tone: Tone::Warning,
                number: renewals.to_string(),
                href: Some(paths::RENEWALS.into()),
                sentence: format!("Переоформить: {}.", counted(renewals, &["согласие", "согласия", "согласий"])),
                detail: Some("Изменился возраст или представитель, либо подходит срок.".into()),
                actions: vec![Action::link("Открыть список", paths::RENEWALS)],
            }))
        }
    }
}

/// Offers to print the blanks that were asked for and not printed yet.
fn blanks(ledger: &Ledger) -> Markup {
    let waiting = ledger.lines().filter(|line| line.state == State::Needed).count();
    if waiting == 0 {
        return html! {};
    }
    let counted = i64::try_from(waiting).unwrap_or(i64::MAX);
    insight(&Insight {
        tone: Tone::Info,
        number: waiting.to_string(),
        sentence: format!(
            "{} ещё не напечатано.",
            words::plural(counted, "бланк согласия", "бланка согласий", "бланков согласий")
        ),
        detail: Some(
            "Один PDF по классам, лист на человека, на каждом — код, по которому скан найдёт своё согласие.".into(),
        ),
        actions: vec![Action::post("Напечатать все", paths::PAPERS).gives_file().icon(Icon::Print)],
        ..Insight::default()
    })
}

fn classes(ledger: &Ledger) -> Markup {
    let classes = ledger.classes();
    html! {
        @if !classes.is_empty() {
            p { "По классам: " @for (class, id) in &classes { a href=(class_path(*id)) { (class) } " " } }
        }
    }
}

fn list(asked: &Asked, ledger: &Ledger, coordinates: bool, address: Address) -> Markup {
    let found = asked.of(ledger);
    let pages = Paging::of(address.clone(), &asked.page, PER_PAGE, found.len());
    let mut nothing =
        Empty::new("Согласий нет", "Здесь появятся документы участников: запрошенные, подписанные, отозванные.");
    if coordinates {
        nothing = nothing.action(Action::link("Запросить согласия", paths::ASKING));
    }
    let shown = Table {
        caption: "Реестр согласий".into(),
        columns: vec![
            Column::new("name", "Фамилия, имя, отчество"),
            Column::new("number", "№").hidden_on_phone(),
            Column::new("class", "Класс"),
            Column::new("purpose", "Цель"),
            Column::new("signers", "Кто подписывает").hidden_on_phone(),
            Column::new("state", "Состояние"),
            Column::new("signed", "Подписано").hidden_on_phone(),
            Column::new("until", "Действует до"),
        ],
        rows: pages.part(&found).iter().map(row).collect(),
        address: address.clone(),
        empty: nothing,
        exports: vec![("XLSX".to_owned(), address.without(&["page"]).at(paths::CONSENTS_XLSX).to_string())],
        ..Table::default()
    };
    filter(&Filter {
        asks: asked.asks(ledger),
        hidden: vec![],
        found: words::counted(i64::try_from(found.len()).unwrap_or(i64::MAX), &["документ", "документа", "документов"]),
        body: html! { (table(&shown)) (paging(&pages)) },
        address,
    })
}

fn row(line: &Line<'_>) -> Row {
    Row::new(vec![
        html! { (line.subject.name()) },
        html! { (line.consent.number) },
        html! { (line.subject.class_text()) },
        html! { (line.consent.purpose.short()) },
        html! { (line.consent.signers) },
        state_badge(line.state),
        html! { (day(line.consent.signed_on)) },
        html! { (lasts(line.consent)) },
    ])
    .href(line.consent.id.show_path())
}

fn texts(line: &Line<'_>) -> [String; 8] {
    [
        line.consent.number.to_string(),
        line.subject.name().to_string(),
        line.subject.class_text(),
        line.consent.purpose.label().to_owned(),
        line.consent.signers.label().to_owned(),
        line.state.label().to_owned(),
        day(line.consent.signed_on),
        lasts(line.consent),
    ]
}

const HEADINGS: [(&str, f64); 8] = [
    ("№", 8.0),
    ("Фамилия, имя, отчество", 36.0),
    ("Класс", 10.0),
    ("Цель", 44.0),
    ("Кто подписывает", 34.0),
    ("Состояние", 18.0),
    ("Подписано", 14.0),
    ("Действует до", 14.0),
];

/// Saves the register as a workbook; the trace says who took how many lines.
pub async fn xlsx(Run(app): Run<App>, visitor: Visitor, Query(asked): Query<Asked>) -> Answer {
    let mut tx = app.db.begin().await?;
    let ledger = Ledger::load(&mut tx, Sight::of(&visitor)?, visitor.today).await?;
    let found = asked.of(&ledger);
    note_export(&mut tx, &app, &visitor, found.len()).await?;
    tx.commit().await?;
    let empty = Sheet::new("Реестр согласий", HEADINGS.map(|(title, width)| sheet::Column::text(title, width)))
        .titled(format!("Реестр согласий: {}, на {}", visitor.school.short_name, words::short_date(visitor.today)));
    let sheet = found.iter().fold(empty, |sheet, line| sheet.row(texts(line)));
    let bytes = documents::xlsx::write(&Workbook::of(sheet)).map_err(|error| Failure::unforeseen(&error))?;
    Ok(download("Реестр согласий.xlsx", bytes))
}

async fn note_export(tx: &mut database::Tx, app: &App, visitor: &Visitor, lines: usize) -> Answer<()> {
    let school = &visitor.school;
    let subject = Subject { kind: SubjectKind::School, id: Some(school.id.uuid()), name: school.short_name.clone() };
    let act = Act::of(visitor, Event::ConsentsExported, subject).with([Change::fact("Записей", lines.to_string())]);
    Ok(audit::record(tx, act, app.clock.now()).await?)
}

/// Shows the register ready to be printed, and notes it: paper leaves the school as a file does.
pub async fn print(Run(app): Run<App>, view: View, visitor: Visitor, Query(asked): Query<Asked>) -> Answer {
    let mut tx = app.db.begin().await?;
    let ledger = Ledger::load(&mut tx, Sight::of(&visitor)?, visitor.today).await?;
    let found = asked.of(&ledger);
    note_export(&mut tx, &app, &visitor, found.len()).await?;
    tx.commit().await?;
    let sheet = html! {
        table class="table print-table" {
            thead { tr { @for (title, _) in HEADINGS { th scope="col" { (title) } } } }
            tbody {
                @for line in &found {
                    tr { @for text in texts(line) { td { (text) } } }
                }
            }
        }
    };
    Ok(view.page(Page {
        title: "Реестр согласий".into(),
        lead: Some(format!("{}. Состояние на {}.", visitor.school.name, words::short_date(visitor.today))),
        crumbs: crumbs(),
        actions: vec![Action::link("К списку", paths::CONSENTS)],
        body: html! {
            p class="screen-only muted" { "Напечатайте эту страницу средствами браузера (Ctrl+P): меню и кнопки на бумагу не попадут." }
            div class="print-sheet" tabindex="0" role="region" aria-label="Реестр согласий для печати" { (sheet) }
        },
        width: Width::Wide,
    }))
}
