//! «Перечень партнёрских организаций»: who works with the school, and what is to be done about it.

use super::common::{
    AGREEMENT_FORMS, MENTOR_FORMS, ORGANISATION_FORMS, PARTNER_FORMS, count, edits, list_tabs, state_badge,
};
use crate::{
    access::Visitor,
    error::Answer,
    partners::{
        book::{Book, Entry},
        model::PartnerKind,
        paths,
        rules::AgreementState,
    },
    state::App,
    web::{
        Query, View,
        ui::{
            action::Action,
            address::Address,
            badge::Tone,
            card::tiles,
            empty::Empty,
            field::Choice,
            filter::{Ask, Filter, filter},
            icon::Icon,
            insight::{Insight, insight},
            layout::{Page, Width},
            paging::{Paging, paging},
            stat::{Stat, stat},
            table::{Column, Direction, Row, Table, table},
        },
    },
    words,
};
use axum::extract::State;
use database::fold;
use maud::{Markup, html};
use serde::Deserialize;

/// Partners on one page: a school has a dozen.
const PER_PAGE: u32 = 50;

/// What is asked of the list.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    q: String,
    kind: String,
    standing: String,
    sort: String,
    dir: String,
    page: String,
}

/// Ways to narrow the list by what is missing.
const STANDINGS: [(&str, &str); 5] = [
    ("bound", "есть подписанное соглашение"),
    ("unbound", "нет действующего соглашения"),
    ("giving", "дали наставников в этом году"),
    ("silent", "наставников пока нет"),
    ("ended", "работа завершена"),
];

impl Asked {
    /// Returns the partners asked for, in the order asked for.
    pub fn of<'b>(&self, book: &'b Book) -> Vec<&'b Entry> {
        let needle = fold(&self.q);
        let kind = self.kind.parse::<PartnerKind>().ok();
        let fits = |entry: &&Entry| {
            let partner = &entry.partner;
            fold(&format!("{} {} {}", partner.name, partner.short_name, partner.inn)).contains(&needle)
                && kind.is_none_or(|kind| partner.kind == kind)
                && self.stands(book, entry)
        };
        // They come sorted by name, and sorting is stable.
        let mut found: Vec<&Entry> = book.entries.iter().filter(fits).collect();
        match self.sort.as_str() {
            "kind" => found.sort_by_key(|entry| entry.partner.kind.label()),
            "agreement" => found.sort_by_key(|entry| entry.standing(book.today)),
            "mentors" => found.sort_by_key(|entry| entry.mentors(book.today).count()),
            _ => {}
        }
        if Direction::named(&self.dir) == Direction::Descending {
            found.reverse();
        }
        found
    }

    fn stands(&self, book: &Book, entry: &Entry) -> bool {
        let is_working = entry.partner.is_working_on(book.today);
        let gives = entry.mentors(book.today).next().is_some();
        match self.standing.as_str() {
            "bound" => is_working && entry.is_bound(book.today),
            "unbound" => is_working && !entry.is_bound(book.today),
            "giving" => gives,
            "silent" => is_working && !gives,
            "ended" => !is_working,
            _ => true,
        }
    }

    fn sort(&self) -> (String, Direction) {
        let key = if self.sort.is_empty() { "name" } else { &self.sort };
        (key.to_owned(), Direction::named(&self.dir))
    }
}

/// Shows the list.
pub async fn show(State(app): State<App>, view: View, visitor: Visitor, Query(asked): Query<Asked>) -> Answer {
    let mut tx = app.db.read().await?;
    let book = Book::load(&mut tx, &visitor).await?;
    let mut actions = vec![Action::link("Печать", paths::PARTNERS_PRINT).icon(Icon::Print)];
    if edits(&visitor) {
        actions.insert(0, Action::link("Добавить партнёра", paths::NEW_PARTNER).icon(Icon::Plus).primary());
    }
    let body = html! {
        (list_tabs(paths::PARTNERS))
        @if !book.entries.is_empty() { (numbers(&book)) (advice(&book, &visitor)) }
        (list(&asked, &book, &visitor, view.address()))
    };
    Ok(view.page(Page {
        title: "Партнёры".into(),
        lead: Some("Организации, которые дают школе наставников, и соглашения с ними.".into()),
        actions,
        body,
        width: Width::Wide,
        ..Page::default()
    }))
}

/// Draws the two numbers of the road map: rows 1.3 and 1.4.
fn numbers(book: &Book) -> Markup {
    let (giving, working) = (count(book.giving().count()), count(book.working().count()));
    let bound = count(book.working().filter(|entry| entry.is_bound(book.today)).count());
    let as_of = words::short_date(book.today);
    let of = |label: &str, (part, part_forms): (i64, &[&str; 3]), (whole, forms): (i64, &[&str; 3])| Stat {
        label: label.to_owned(),
        value: words::percent(part, whole),
        fraction: Some((words::counted(part, part_forms), words::counted_genitive(whole, forms))),
        as_of: as_of.clone(),
        ..Stat::default()
    };
    let total = book.total.unwrap_or(0);
    let gives = of("Партнёры, давшие наставников в этом году", (giving, &PARTNER_FORMS), (total, &ORGANISATION_FORMS));
    let signed = of("Партнёры с подписанным соглашением", (bound, &PARTNER_FORMS), (working, &PARTNER_FORMS));
    let fraction = gives.fraction.filter(|_| total > 0);
    tiles(&[
        stat(&Stat { href: Some(paths::ORGANISATIONS.into()), fraction, ..gives }),
        stat(&Stat { href: Some(format!("{}?standing=bound", paths::PARTNERS)), ..signed }),
    ])
}

/// Draws what to do next, at most three things.
fn advice(book: &Book, visitor: &Visitor) -> Markup {
    let expiring = book
        .entries
        .iter()
        .flat_map(|entry| &entry.agreements)
        .filter(|one| one.state_on(book.today) == AgreementState::Expiring)
        .count();
    let unbound = book.working().filter(|entry| !entry.is_bound(book.today)).count();
    let enter = Action::link("Внести число", paths::ORGANISATIONS).primary();
    let show = |path: &str, state: &str| Action::link("Показать", format!("{path}?{state}"));
    html! {
        @if book.total.is_none() {
            (insight(&Insight {
                tone: Tone::Warning,
                number: words::NO_DATA.into(),
                sentence: "Не внесено, сколько всего организаций и предприятий: доля партнёров не считается.".into(),
                actions: if edits(visitor) { vec![enter] } else { vec![] },
                ..Insight::default()
            }))
        }
        @if expiring > 0 {
            (insight(&Insight {
                tone: Tone::Warning,
                number: words::counted(count(expiring), &AGREEMENT_FORMS),
                sentence: "Срок заканчивается в ближайшие 30 дней: пора готовить новое или продлевать.".into(),
                actions: vec![show(paths::AGREEMENTS, "state=expiring")],
                ..Insight::default()
            }))
        }
        @if unbound > 0 {
            (insight(&Insight {
                tone: Tone::Info,
                number: words::counted(count(unbound), &PARTNER_FORMS),
                sentence: "Действующего соглашения нет. Мероприятие о соглашениях доказано, когда оно есть с каждым.".into(),
                actions: vec![show(paths::PARTNERS, "standing=unbound")],
                ..Insight::default()
            }))
        }
    }
}

fn list(asked: &Asked, book: &Book, visitor: &Visitor, address: Address) -> Markup {
    let (found, total) = (asked.of(book), book.entries.len());
    let pages = Paging::of(address.clone(), &asked.page, PER_PAGE, found.len());
    let shown = Table {
        caption: "Перечень партнёрских организаций".into(),
        columns: vec![
            Column::new("name", "Организация").sortable(),
            Column::new("kind", "Вид").sortable(),
            Column::new("contact", "К кому обращаться").hidden_on_phone(),
            Column::new("agreement", "Соглашение").sortable(),
            Column::new("mentors", "Наставники").sortable(),
        ],
        rows: pages.part(&found).iter().map(|entry| line(entry, book)).collect(),
        sort: Some(asked.sort()),
        address: address.clone(),
        empty: nothing(total, visitor),
        exports: vec![("XLSX".into(), address.without(&["page"]).at(paths::PARTNERS_XLSX).to_string())],
        ..Table::default()
    };
    if total == 0 {
        return table(&shown);
    }
    let counted = words::counted(count(found.len()), &PARTNER_FORMS);
    filter(&Filter {
        asks: asks(asked),
        hidden: [("sort", &asked.sort), ("dir", &asked.dir)]
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| (name.to_owned(), value.clone()))
            .collect(),
        found: if found.len() == total { counted } else { format!("{counted} из {total}") },
        body: html! { (table(&shown)) (paging(&pages)) },
        address,
    })
}

fn nothing(total: usize, visitor: &Visitor) -> Empty {
    if total > 0 {
        return Empty::new("Никого не найдено", "Измените условия отбора или сбросьте их.");
    }
    let empty = Empty::new(
        "Партнёров пока нет",
        "Добавьте организации, с которыми школа договорилась о наставниках: колледж, предприятие, библиотеку.",
    );
    if edits(visitor) {
        empty.action(Action::link("Добавить партнёра", paths::NEW_PARTNER).primary())
    } else {
        empty
    }
}

fn asks(asked: &Asked) -> Vec<Ask> {
    let kinds = PartnerKind::ALL.iter().map(|kind| Choice::new(kind.word(), words::capitalised(kind.label())));
    vec![
        Ask::Search { name: "q", label: "Название или ИНН".into(), value: asked.q.clone() },
        Ask::Select { name: "kind", label: "Вид".into(), options: kinds.collect(), value: asked.kind.clone() },
        Ask::Select {
            name: "standing",
            label: "Состояние".into(),
            options: STANDINGS.map(|(word, label)| Choice::new(word, label)).into(),
            value: asked.standing.clone(),
        },
    ]
}

fn line(entry: &Entry, book: &Book) -> Row {
    let mentors = count(entry.mentors(book.today).count());
    let contact = entry.contacts.first();
    Row::new(vec![
        html! { (entry.partner.short_name) },
        html! { (entry.partner.kind.label()) },
        html! { @if let Some(contact) = contact { (contact.full_name) @if !contact.phone.is_empty() { br; (contact.phone) } } },
        html! {
            @match entry.partner.ended_on.filter(|_| !entry.partner.is_working_on(book.today)) {
                Some(ended) => { "работа завершена " (words::short_date(ended)) },
                None => {
                    (state_badge(entry.standing(book.today)))
                    @if let Some(agreement) = entry.leading(book.today) { br; span class="muted" { (agreement.caption()) } }
                },
            }
        },
        html! { @if mentors > 0 { (words::counted(mentors, &MENTOR_FORMS)) } @else { "пока нет" } },
    ])
    .href(entry.partner.show_path())
}
