//! What was understood of a road map that was read: nothing is written before the person agrees.

use super::{columns, rows};
use crate::{
    access::Visitor,
    audit::Author,
    error::{Answer, Failure},
    roadmap::{
        actions,
        import::{self, ColumnChoice, Counts, TemplateRules},
        model::{ImportId, Programme, ProgrammeState},
        nouns,
        pages::draft::wizard,
        paths,
        queries::{self, ImportRecord},
        reading::{self, Mapping, Understood},
    },
    school_year::SchoolYear,
    state::App,
    web::{
        Errors, Form, PathOf, View, see_other, see_other_saying,
        ui::{
            action::{Action, actions as buttons},
            badge::Tone,
            field::{Control, Field, field},
            form::{Form as DrawnForm, error_summary, form},
            insight::{Insight, insight},
            layout::{Crumb, FlashKind, Page, Width},
            notice::{Notice, notice},
        },
    },
    words,
};
use axum::{extract::State, http::StatusCode, response::Response};
use maud::{Markup, html};

const SECTIONS: [&str; 3] = ["разделе", "разделах", "разделах"];
const PLACES: [&str; 3] = ["место", "места", "мест"];

/// What the corrected columns come as.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ColumnsForm {
    year: String,
    /// `table.column.word`, see [`ColumnChoice`].
    column: Vec<String>,
    /// `table.row` of the first row below the heading.
    first: Vec<String>,
}

/// What the agreement says.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AdoptionForm {
    template_rules: String,
}

/// A waiting road map with what was understood of it.
struct Preview {
    import: ImportRecord,
    year: SchoolYear,
    understood: Understood,
    /// The road map the year has already.
    taken: Option<Programme>,
    errors: Errors,
}

/// Shows what was understood.
pub async fn show(
    State(app): State<App>,
    PathOf(id): PathOf<ImportId>,
    view: View,
    visitor: Visitor,
) -> Answer<Response> {
    match load(&app, &visitor, id).await? {
        Found::Adopted(programme) => Ok(see_other(&programme.show_path())),
        Found::Waiting(preview) => Ok(view.page(page(&preview))),
    }
}

/// Reads the tables again with corrected columns or for another year.
pub async fn correct(
    State(app): State<App>,
    PathOf(id): PathOf<ImportId>,
    view: View,
    visitor: Visitor,
    Form(sent): Form<ColumnsForm>,
) -> Answer<Response> {
    let mut preview = match load(&app, &visitor, id).await? {
        Found::Adopted(programme) => return Ok(see_other(&programme.show_path())),
        Found::Waiting(preview) => preview,
    };
    let Some(year) = SchoolYear::parse(&sent.year) else {
        return Err(Failure::BadRequest("Учебный год не понят. Откройте страницу заново.".into()));
    };
    let Some(mapping) = sent.apply(preview.understood.mapping.clone(), &preview.import) else {
        return Err(Failure::BadRequest("Столбцы таблицы не сошлись. Откройте страницу заново.".into()));
    };
    let understood = reading::understand_with(&preview.import.tables.0, year, &mapping);
    if let Some(sentence) = columns::unfinished(&mapping).or(too_many(&understood)) {
        preview.understood = Understood { mapping, ..preview.understood };
        preview.errors = Errors::one("columns", sentence);
        return Ok(view.page_with(StatusCode::UNPROCESSABLE_ENTITY, page(&preview)));
    }
    actions::correct_import(&app, Author::visitor(&visitor), id, &mapping, year).await?;
    Ok(see_other_saying(&paths::import_path(id), FlashKind::Success, "Таблица прочитана заново."))
}

/// Makes the draft; sent twice, leads to the same draft.
pub async fn adopt(
    State(app): State<App>,
    PathOf(id): PathOf<ImportId>,
    view: View,
    visitor: Visitor,
    Form(sent): Form<AdoptionForm>,
) -> Answer<Response> {
    let rules = if sent.template_rules == "on" { TemplateRules::Proposed } else { TemplateRules::Off };
    match actions::adopt_import(&app, Author::visitor(&visitor), id, rules).await {
        Ok(programme) => {
            let sentence =
                "Дорожная карта принята как черновик. Проверьте сроки и цели, затем назначьте ответственных.";
            Ok(see_other_saying(&paths::draft_path(programme), FlashKind::Success, sentence))
        }
        Err(Failure::Refused(sentence)) => match load(&app, &visitor, id).await? {
            Found::Adopted(programme) => Ok(see_other(&programme.show_path())),
            Found::Waiting(mut preview) => {
                preview.errors = Errors::one("", sentence);
                Ok(view.page_with(StatusCode::UNPROCESSABLE_ENTITY, page(&preview)))
            }
        },
        Err(other) => Err(other),
    }
}

enum Found {
    Adopted(Programme),
    Waiting(Box<Preview>),
}

async fn load(app: &App, visitor: &Visitor, id: ImportId) -> Answer<Found> {
    let mut tx = app.db.read().await?;
    let import = queries::import(&mut tx, visitor.school_id(), id).await?;
    if let Some(programme) = import.programme_id {
        return Ok(Found::Adopted(queries::programme(&mut tx, visitor.school_id(), programme).await?));
    }
    let year = import.year()?;
    let taken = queries::programme_of_year(&mut tx, visitor.school_id(), year).await?;
    let understood = import.understood()?;
    Ok(Found::Waiting(Box::new(Preview { import, year, understood, taken, errors: Errors::none() })))
}

impl ColumnsForm {
    /// Applies what the form says to a mapping; nothing when it speaks of other tables.
    fn apply(&self, mapping: Mapping, import: &ImportRecord) -> Option<Mapping> {
        let choices: Option<Vec<ColumnChoice>> = self.column.iter().map(|text| text.parse().ok()).collect();
        let first_row = |text: &String| {
            let (table, row) = text.split_once('.')?;
            Some((table.parse().ok()?, row.parse().ok()?))
        };
        let first_rows: Option<Vec<(usize, usize)>> = self.first.iter().map(first_row).collect();
        columns::corrected(mapping, &import.tables.0, &choices?, &first_rows?)
    }
}

fn too_many(understood: &Understood) -> Option<String> {
    let refusal = import::check(understood).err()?;
    (refusal == import::NotADraft::TooMany).then(|| refusal.to_string())
}

fn page(preview: &Preview) -> Page {
    Page {
        title: "Проверьте, что прочитано".into(),
        lead: Some(format!("«{}», {} учебный год. Пока ничего не записано.", preview.import.source_name, preview.year)),
        crumbs: vec![Crumb::new("Учебные годы", paths::YEARS), Crumb::new("Загрузка дорожной карты", paths::IMPORT)],
        actions: vec![Action::link("Загрузить другой файл", paths::IMPORT).quiet()],
        body: html! {
            (wizard(0, None))
            @if preview.errors.of("").is_some() { (error_summary(&(&preview.errors).into())) }
            (summary(preview))
            (other_year(preview))
            (agreement(preview))
            (rows::doubts(&preview.understood))
            (rows::table_of(&preview.understood, preview.year))
            (rows::left_out(&preview.understood))
            (columns::card_of(&preview.import, &preview.understood.mapping, preview.year, &preview.errors))
        },
        width: Width::Wide,
    }
}

fn summary(preview: &Preview) -> Markup {
    let Counts { sections, rows, with_terms } = import::counts(&preview.understood);
    let doubts = preview.understood.all_doubts().count();
    let whole = format!("{} в {}", nouns::rows(rows), words::counted(nouns::count(sections), &SECTIONS));
    let sentence = import::check(&preview.understood).map_or_else(|refusal| refusal.to_string(), |()| whole);
    let tone = match (rows, doubts) {
        (0, _) => Tone::Danger,
        (_, 0) => Tone::Success,
        _ => Tone::Warning,
    };
    let terms = format!("Сроки поняты у {with_terms} из {rows}.");
    let look = match doubts {
        0 => "Сомнений нет.".to_owned(),
        _ => format!("Проверьте {}: они отмечены ниже.", words::counted(nouns::count(doubts), &PLACES)),
    };
    insight(&Insight {
        tone,
        number: rows.to_string(),
        sentence,
        detail: (rows > 0).then(|| format!("{terms} {look}")),
        ..Insight::default()
    })
}

/// Offers to read the file for the year it was written for.
fn other_year(preview: &Preview) -> Markup {
    let Some(other) = import::other_year(&preview.understood, preview.year) else { return html! {} };
    let read = Action::post(format!("Прочитать для {other}"), paths::import_path(preview.import.id));
    html! {
        (notice(&Notice::new(Tone::Warning, format!("Большинство сроков в файле — из {other} учебного года, а выбран {}.", preview.year))))
        (buttons(&[read.field("year", other.start_year().to_string())]))
    }
}

/// Asks for the agreement, or says why there is nothing to agree to.
fn agreement(preview: &Preview) -> Markup {
    if let Some(programme) = &preview.taken {
        let (what, way) = match programme.state {
            ProgrammeState::Draft => ("черновик", "Выберите ниже другой учебный год или удалите черновик"),
            ProgrammeState::Running | ProgrammeState::Sealed => ("дорожная карта", "Выберите ниже другой учебный год"),
        };
        let text = format!("На {} учебный год уже есть {what}. {way}: прочитанное не пропадёт.", preview.year);
        return notice(&Notice::new(Tone::Warning, text).link("Открыть", programme.show_path()));
    }
    if import::check(&preview.understood).is_err() {
        return html! {};
    }
    let alike = rows::alike(&preview.understood);
    form(&DrawnForm {
        action: paths::adoption_path(preview.import.id),
        submit: "Принять как черновик".into(),
        body: html! {
            @if alike > 0 {
                (field(&Field::new("template_rules", format!("Взять показатели типовой дорожной карты ({})", nouns::rows(alike)))
                    .hint("Где мероприятие совпадает с типовым, программа будет считать его показатели. У остальных мероприятий выполнение доказывает приложенный документ.")
                    .control(Control::Checkbox).value("on")))
            } @else {
                p { "Выполнение мероприятий будут доказывать приложенные документы; показатели можно задать в черновике." }
            }
        },
        ..DrawnForm::default()
    })
}
