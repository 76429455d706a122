//! Everything the school holds about a person: asked for by the person, handed out as a file.

use crate::{
    access::Visitor,
    audit::{self, Act, Change, Event, SubjectKind},
    consents,
    error::{Answer, Failure},
    files::download,
    people::{self, PersonId, Sight},
    state::App,
    subject::{
        document::{as_document, as_json},
        queries,
        record::{Held, Record, SEALED, SECTIONS, lines},
    },
    web::{
        PathOf, View,
        ui::{
            action::Action,
            layout::{Crumb, Page, Width},
            notice::{Notice, Tone, notice},
        },
    },
    words,
};
use axum::{extract::State, response::Response};
use maud::html;

/// Acts of the journal in the record.
const MOST: i64 = 500;

/// Says what the record holds and to whom it is given.
pub async fn show(State(app): State<App>, view: View, visitor: Visitor, PathOf(id): PathOf<PersonId>) -> Answer {
    let mut tx = app.db.read().await?;
    let person = people::queries::person(&mut tx, Sight::of(&visitor)?, id).await?;
    let name = person.name().to_string();
    let part = |end: &str| people::paths::part_path(id, end);
    let body = html! {
        (notice(&Notice::new(
            Tone::Info,
            "Выписку дают самому человеку или его законному представителю по письменному запросу, в течение 10 рабочих дней (152-ФЗ, ст. 14 и 20). Проверьте документ того, кто просит.",
        )))
        p { "В выписке — всё, что программа хранит об этом человеке:" }
        ul { @for section in SECTIONS { li { (section.title) } } li { "Кто видел эти сведения" } }
        p { "Каждая выписка записывается в журнал." }
    };
    Ok(view.page(Page {
        title: "Выписка о человеке".into(),
        lead: Some(name.clone()),
        crumbs: vec![Crumb::new("Люди", people::paths::PEOPLE), Crumb::new(name, people::paths::person_path(id))],
        actions: vec![
            Action::download("Выписка для человека, Word", part("record.docx")).primary(),
            Action::download("То же для другой программы, JSON", part("record.json")),
        ],
        body,
        width: Width::Narrow,
    }))
}

/// Hands the record out on paper.
pub async fn docx(State(app): State<App>, visitor: Visitor, PathOf(id): PathOf<PersonId>) -> Answer<Response> {
    let record = taken(&app, &visitor, id, "Word").await?;
    let bytes = documents::docx::write(&as_document(&record)).map_err(|error| Failure::unforeseen(&error))?;
    Ok(download(&format!("Выписка. {}.docx", record.name), bytes))
}

/// Hands the record out for another program.
pub async fn json(State(app): State<App>, visitor: Visitor, PathOf(id): PathOf<PersonId>) -> Answer<Response> {
    let record = taken(&app, &visitor, id, "JSON").await?;
    let text = format!("{:#}\n", as_json(&record));
    Ok(download(&format!("Выписка. {}.json", record.name), text.into_bytes()))
}

/// Puts special categories in the open into the record, where the school keeps them with a valid consent.
async fn open_categories(app: &App, visitor: &Visitor, id: PersonId, sections: &mut [Held]) -> Answer<()> {
    let kept = match consents::actions::read_categories(app, visitor, id).await {
        Ok((_, kept)) => kept,
        Err(Failure::Refused(_)) => return Ok(()),
        Err(failure) => return Err(failure),
    };
    for (section, rows) in sections.iter_mut().filter(|(section, _)| section.table == SEALED) {
        let row = |one: &consents::model::KeptCategory| {
            let until = one.until_on.map(|day| day.to_string());
            let texts =
                [Some(one.category.label().to_owned()), Some(one.basis.clone()), Some(one.since_on.to_string()), until];
            lines(section, texts.into())
        };
        *rows = kept.iter().map(row).collect();
    }
    Ok(())
}

/// Reads everything about a person and leaves the trace that it was handed out.
async fn taken(app: &App, visitor: &Visitor, id: PersonId, format: &str) -> Answer<Record> {
    let (school, sight, zone) = (visitor.school_id(), Sight::of(visitor)?, visitor.school.zone());
    let mut tx = app.db.begin().await?;
    let person = people::queries::person(&mut tx, sight, id).await?;
    let mut sections = queries::held(&mut tx, sight, id).await?;
    let seen = audit::history_of(&mut tx, school, SubjectKind::Person, id.uuid(), MOST).await?;
    let readers = seen.iter().map(|entry| {
        let at = entry.at.with_timezone(&zone);
        let moment = format!("{}, {}", words::short_date(at.date_naive()), at.format("%H:%M"));
        [moment, entry.actor_name.clone(), entry.event.label().to_owned()]
    });
    let readers = readers.collect();
    let act = Act::of(visitor, Event::RecordTaken, people::actions::subject(id)).with([Change::fact("Формат", format)]);
    audit::record(&mut tx, act, app.clock.now()).await?;
    tx.commit().await?;
    open_categories(app, visitor, id, &mut sections).await?;
    Ok(Record {
        name: person.name().to_string(),
        school: visitor.school.short_name.clone(),
        today: visitor.today,
        sections,
        readers,
    })
}
