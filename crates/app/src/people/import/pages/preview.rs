//! What an upload will change; while it is read, how far it is.

use super::{progress, rows, summary};
use crate::{
    access::Visitor,
    audit::Author,
    error::{Answer, Failure},
    files,
    people::{
        PersonId, WithdrawnNames,
        import::{
            actions,
            model::{ImportState, Outcome},
            paths,
            queries::{self, ListRow, Lists, Named},
        },
        model::PeopleImportId,
        queries as people,
    },
    state::App,
    web::{
        Form, PathOf, Query, View, see_other_saying,
        ui::{
            action::{Action, actions as buttons},
            address::Address,
            badge::Tone,
            form::{Form as DrawnForm, form},
            layout::{Crumb, FlashKind, Page, Width},
            notice::{Notice, notice},
            paging::{Paging, paging},
            tabs::{Tab, Tabs, tabs},
        },
    },
    words,
};
use axum::{extract::State, http::StatusCode, response::Response};
use maud::{Markup, html};

/// Rows on a page.
const PER_PAGE: u32 = 50;

/// Which rows are shown.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct RowsQuery {
    show: String,
    page: u32,
}

/// Decisions about unclear rows: `position.word`.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ChoicesForm {
    choice: Vec<String>,
}

/// Who of the missing has left.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LoadingForm {
    left: Vec<PersonId>,
    all_left: String,
}

/// What the page shows.
struct Preview {
    lists: Lists,
    outcome: Option<Outcome>,
    rows: Vec<ListRow>,
    people: Vec<Named>,
    withdrawn: WithdrawnNames,
    missing: Vec<Named>,
    page: u32,
    address: Address,
    refusal: Option<String>,
}

/// Shows how far an upload is, or what it will change.
pub async fn show(
    State(app): State<App>,
    PathOf(id): PathOf<PeopleImportId>,
    Query(query): Query<RowsQuery>,
    view: View,
    visitor: Visitor,
) -> Answer<Response> {
    let mut tx = app.db.read().await?;
    let lists = queries::lists(&mut tx, visitor.school_id(), id).await?;
    let stale = lists.state == ImportState::Ready && queries::stamp(&mut tx, visitor.school_id()).await? != lists.stamp;
    drop(tx);
    if matches!(lists.state, ImportState::Reading | ImportState::Comparing) {
        return Ok(progress::draw(&app, &view, &lists));
    }
    if stale {
        // Records changed since: what would be shown is not what would be written.
        actions::compare(&app, &visitor.school, id).await?;
    }
    Ok(view.page(page(&load_preview(&app, &visitor, id, &query, view.address()).await?)))
}

/// Keeps decisions about unclear rows.
pub async fn choose(
    State(app): State<App>,
    PathOf(id): PathOf<PeopleImportId>,
    visitor: Visitor,
    Form(sent): Form<ChoicesForm>,
) -> Answer<Response> {
    let read =
        |text: &String| text.split_once('.').and_then(|(place, word)| Some((place.parse().ok()?, word.to_owned())));
    let choices: Option<Vec<(i64, String)>> = sent.choice.iter().map(read).collect();
    let choices = choices.ok_or_else(|| Failure::BadRequest("Решения не поняты. Откройте страницу заново.".into()))?;
    actions::choose(&app, &visitor, id, &choices).await?;
    let back = format!("{}?show=unclear", id.show_path());
    Ok(see_other_saying(&back, FlashKind::Success, "Решения сохранены: они исполнятся при загрузке."))
}

/// Loads the upload; sent twice, loads once.
pub async fn load(
    State(app): State<App>,
    PathOf(id): PathOf<PeopleImportId>,
    view: View,
    visitor: Visitor,
    Form(sent): Form<LoadingForm>,
) -> Answer<Response> {
    let departed = if sent.all_left == "on" {
        let mut tx = app.db.read().await?;
        queries::lists(&mut tx, visitor.school_id(), id).await?.summary.0.departed
    } else {
        sent.left
    };
    match actions::load(&app, Author::visitor(&visitor), id, &departed).await {
        Ok(counts) => Ok(see_other_saying(&id.show_path(), FlashKind::Success, &summary::done(&counts))),
        Err(Failure::Refused(sentence)) => {
            let mut preview =
                load_preview(&app, &visitor, id, &RowsQuery::default(), Address::new(&id.show_path())).await?;
            preview.refusal = Some(sentence);
            Ok(view.page_with(StatusCode::UNPROCESSABLE_ENTITY, page(&preview)))
        }
        Err(other) => Err(other),
    }
}

/// Forgets the upload.
pub async fn remove(State(app): State<App>, PathOf(id): PathOf<PeopleImportId>, visitor: Visitor) -> Answer<Response> {
    actions::drop_lists(&app, Author::visitor(&visitor), id).await?;
    Ok(see_other_saying(paths::UPLOAD, FlashKind::Info, "Прочитанные списки удалены, записи не изменились."))
}

/// Hands over the rows that were not taken, with their reasons.
pub async fn leftovers(
    State(app): State<App>,
    PathOf(id): PathOf<PeopleImportId>,
    visitor: Visitor,
) -> Answer<Response> {
    let bytes = actions::take_leftovers(&app, Author::visitor(&visitor), id).await?;
    Ok(files::download("Не загружено.xlsx", bytes))
}

async fn load_preview(
    app: &App,
    visitor: &Visitor,
    id: PeopleImportId,
    query: &RowsQuery,
    address: Address,
) -> Answer<Preview> {
    let school = visitor.school_id();
    let mut tx = app.db.read().await?;
    let lists = queries::lists(&mut tx, school, id).await?;
    let first = OUTCOMES.into_iter().find(|outcome| lists.summary.0.of(*outcome) > 0);
    let outcome = query.show.parse().ok().filter(|outcome| OUTCOMES.contains(outcome)).or(first);
    let page = query.page.max(1);
    let skip = i64::from(page - 1) * i64::from(PER_PAGE);
    let rows = match outcome {
        Some(outcome) => queries::rows_of(&mut tx, (school, id), outcome, (i64::from(PER_PAGE), skip)).await?,
        None => vec![],
    };
    let candidates = rows.iter().flat_map(|row| row.plan.0.candidates.clone()).collect();
    let people = queries::named(&mut tx, school, candidates).await?;
    let withdrawn = people::withdrawn_names(&mut tx, school).await?;
    let missing = if lists.state == ImportState::Ready { lists.summary.0.departed.clone() } else { vec![] };
    let missing = queries::named(&mut tx, school, missing).await?;
    Ok(Preview { lists, outcome, rows, people, withdrawn, missing, page, address, refusal: None })
}

/// Outcomes in the order in which they ask for attention.
const OUTCOMES: [Outcome; 8] = [
    Outcome::Unclear,
    Outcome::Failed,
    Outcome::Changed,
    Outcome::New,
    Outcome::Withdrawn,
    Outcome::Noise,
    Outcome::Repeat,
    Outcome::Same,
];

fn page(preview: &Preview) -> Page {
    let lists = &preview.lists;
    if lists.state == ImportState::Ready && lists.files.0.iter().all(|file| !file.refusal.is_empty()) {
        return unread(lists);
    }
    let is_ready = lists.state == ImportState::Ready;
    Page {
        title: if is_ready { "Проверьте списки" } else { "Списки загружены" }.into(),
        lead: Some(format!(
            "{}, {} учебный год.{}",
            rows::files(lists.files.0.len()),
            lists.year().map(|year| year.to_string()).unwrap_or_default(),
            if is_ready { " Пока ничего не записано." } else { "" }
        )),
        crumbs: vec![Crumb::new("Загрузить списки", paths::UPLOAD)],
        actions: if is_ready {
            vec![Action::link("Столбцы", lists.id.path_to("columns")).quiet()]
        } else {
            vec![Action::link("Пригласить обучающихся", paths::NEXT).primary()]
        },
        body: html! {
            @if let Some(sentence) = &preview.refusal { (notice(&Notice::new(Tone::Danger, sentence.clone()))) }
            (refused_files(lists))
            (summary::drawn(lists))
            (summary::left_out(lists))
            @if is_ready { (agreement(preview)) }
            (leftovers_of(lists))
            (shown_rows(preview, is_ready))
        },
        width: Width::Wide,
    }
}

/// Draws an upload of which no file could be read: there is nothing to check and nothing to load.
fn unread(lists: &Lists) -> Page {
    let again = Action::link("Загрузить другие файлы", paths::UPLOAD).primary();
    Page {
        title: "Списки не прочитаны".into(),
        lead: Some("Ничего не записано. Исправьте файлы и загрузите их снова.".into()),
        crumbs: vec![Crumb::new("Загрузить списки", paths::UPLOAD)],
        body: html! {
            (refused_files(lists))
            (buttons(&[again, Action::post("Удалить эту загрузку", lists.id.path_to("removal")).quiet()]))
        },
        ..Page::default()
    }
}

fn refused_files(lists: &Lists) -> Markup {
    html! {
        @for file in lists.files.0.iter().filter(|file| !file.refusal.is_empty()) {
            (notice(&Notice::new(Tone::Danger, format!("«{}»: {}", file.name, file.refusal))))
        }
    }
}

/// Asks for the agreement and, person by person, who has left.
fn agreement(preview: &Preview) -> Markup {
    let lists = &preview.lists;
    html! {
        (form(&DrawnForm {
            action: lists.id.path_to("loading"),
            submit: "Загрузить".into(),
            body: html! {
                @if !preview.missing.is_empty() {
                    fieldset class="fieldset" {
                        legend { "Нет в списках своих классов: " (preview.missing.len()) }
                        p class="field-hint" { "Сами собой эти люди не выбудут. Отметьте, кто выбыл; остальные останутся в классах." }
                        label class="form-check" { input class="form-check-input" type="checkbox" name="all_left" value="on"; span { "отметить выбывшими всех" } }
                        @for named in &preview.missing {
                            label class="form-check" { input class="form-check-input" type="checkbox" name="left" value=(named.id); span { (rows::label(named)) } }
                        }
                    }
                }
            },
            ..DrawnForm::default()
        }))
        (buttons(&[Action::post("Не загружать и удалить прочитанное", lists.id.path_to("removal")).quiet()]))
    }
}

fn leftovers_of(lists: &Lists) -> Markup {
    let counts = &lists.summary.0;
    html! {
        @if counts.failed + counts.unclear > 0 {
            (buttons(&[Action::post("Скачать незагруженные строки с причинами", lists.id.path_to("leftovers")).gives_file()]))
            @if lists.state == ImportState::Applied { p class="field-hint" { "После скачивания или через 7 дней они удаляются." } }
        }
    }
}

fn shown_rows(preview: &Preview, is_ready: bool) -> Markup {
    let Some(outcome) = preview.outcome else { return html! {} };
    let counts = &preview.lists.summary.0;
    let total = u32::try_from(counts.of(outcome)).unwrap_or(u32::MAX);
    let table = rows::table_of(rows::Drawn {
        lists: &preview.lists,
        outcome,
        rows: &preview.rows,
        people: &preview.people,
        withdrawn: &preview.withdrawn,
        address: preview.address.clone(),
    });
    let tab = |one: &Outcome| Tab {
        label: words::capitalised(one.label()),
        href: format!("{}?show={}", preview.lists.id.show_path(), one.word()),
        count: Some(words::number(counts.of(*one))),
        current: *one == outcome,
        ..Tab::default()
    };
    let offered: Vec<Outcome> = OUTCOMES.into_iter().filter(|outcome| counts.of(*outcome) > 0).collect();
    html! {
        @if is_ready {
            (tabs(&Tabs { label: "Строки списков".into(), tabs: offered.iter().map(tab).collect()}))
            @if outcome == Outcome::Unclear {
                (form(&DrawnForm { action: preview.lists.id.path_to("choices"), submit: "Сохранить решения".into(), body: table, ..DrawnForm::default() }))
            } @else { (table) }
            (paging(&Paging { address: preview.address.clone(), page: preview.page, per_page: PER_PAGE, total }))
        }
    }
}
