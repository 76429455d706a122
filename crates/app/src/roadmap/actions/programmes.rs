//! Preparing and starting a school year.
//!
//! A year begins as a draft: from the built-in template, from the school's own file or from last year. The draft is
//! adjusted, responsibles are named, then the year is started. A draft can be dropped without a trace in the year.

use super::{running, subject_of};
use crate::{
    access::{self, UserId, Visitor},
    audit::{self, Author, Change, Event},
    error::{Answer, Failure},
    roadmap::{
        board::{Board, BoardRow},
        indicator::Rule,
        model::{Origin, Programme, ProgrammeId, ProgrammeState, Responsible, Section, StoredDoubt},
        posts,
        queries::{self, NewResponsible, NewRow},
        snapshots,
        template::{Post, Template, TemplateRow, TemplateSection},
        term::Term,
    },
    school_year::SchoolYear,
    state::App,
    words,
};
use chrono::{DateTime, Utc};
use database::Tx;

/// A section of a road map that is about to become a draft.
#[derive(Debug, Clone)]
pub struct DraftSection {
    pub number: String,
    pub title: String,
    pub rows: Vec<DraftRow>,
}

/// A row of a road map that is about to become a draft.
#[derive(Debug, Clone)]
pub struct DraftRow {
    pub number: String,
    pub title: String,
    pub term_text: String,
    pub term: Term,
    pub doubts: Vec<StoredDoubt>,
    pub expected_result: String,
    pub document_kind: String,
    pub indicator_text: String,
    pub rules: Vec<Rule>,
    pub remark: String,
    pub responsibles: Vec<NewResponsible>,
}

/// Makes a draft of the built-in template for a school year.
pub async fn start_from_template(app: &App, visitor: &Visitor, year: SchoolYear) -> Answer<ProgrammeId> {
    let template = Template::built_in().map_err(|error| Failure::unforeseen(error))?;
    let mut tx = app.db.begin().await?;
    let facts = (year, template.title.clone(), Origin::Template);
    let draft = draft_of_template(template, year);
    let id = adopt_draft(&mut tx, Author::visitor(visitor), facts, &draft, app.clock.now()).await?;
    tx.commit().await?;
    Ok(id)
}

/// Makes a draft of the newest earlier year of the school: its rows and targets, the terms a year on.
pub async fn start_from_past_year(app: &App, visitor: &Visitor, year: SchoolYear) -> Answer<ProgrammeId> {
    let mut tx = app.db.begin().await?;
    let school = visitor.school_id();
    let earlier = queries::programmes(&mut tx, school)
        .await?
        .into_iter()
        .find(|programme| programme.year() < year && programme.state != ProgrammeState::Draft);
    let Some(earlier) = earlier else {
        return Err(Failure::Refused("Прошлого года в программе нет. Возьмите шаблон или файл школы.".into()));
    };
    let years = (earlier.year(), year);
    let board = Board::load(&mut tx, &visitor.school, earlier, visitor.today).await?;
    let sections: Vec<DraftSection> =
        board.by_section().map(|(section, rows)| past_section(section, &rows, years)).collect();
    let facts = (year, board.programme.title.clone(), Origin::PastYear);
    let id = adopt_draft(&mut tx, Author::visitor(visitor), facts, &sections, app.clock.now()).await?;
    for holder in queries::posts(&mut tx, school, board.programme.id).await? {
        queries::set_post(&mut tx, (school, id), &holder.post, Some(holder.user_id)).await?;
    }
    tx.commit().await?;
    Ok(id)
}

fn past_section(section: &Section, rows: &[&BoardRow], (from, year): (SchoolYear, SchoolYear)) -> DraftSection {
    let cancelled = |row: &&&BoardRow| row.row.cancelled_on.is_some();
    DraftSection {
        number: section.number.clone(),
        title: section.title.clone(),
        rows: rows.iter().filter(|row| !cancelled(row)).map(|row| past_row(row, (from, year))).collect(),
    }
}

fn past_row(row: &BoardRow, (from, year): (SchoolYear, SchoolYear)) -> DraftRow {
    let r = &row.row;
    let years = year.start_year() - from.start_year();
    let term = r.term.0.shifted(years).dated(year);
    let responsible = |one: &Responsible| NewResponsible {
        label: one.label.clone(),
        post: one.post.clone(),
        user: one.user_id.filter(|_| one.is_personal),
    };
    DraftRow {
        number: r.number.clone(),
        title: r.title.clone(),
        term_text: words::capitalised(&term.to_string()),
        term,
        doubts: vec![],
        expected_result: r.expected_result.clone(),
        document_kind: r.document_kind.clone(),
        indicator_text: r.indicator_text.clone(),
        rules: r.rules.0.clone(),
        remark: r.remark.clone(),
        responsibles: row.responsibles.iter().map(responsible).collect(),
    }
}

/// Returns a template as the draft of a school year.
pub fn draft_of_template(template: &Template, year: SchoolYear) -> Vec<DraftSection> {
    let rows = |section: &TemplateSection| section.rows.iter().map(|row| draft_row(row, year)).collect();
    let sections = template.sections.iter();
    sections
        .map(|section| DraftSection {
            number: section.number.clone(),
            title: section.title.clone(),
            rows: rows(section),
        })
        .collect()
}

fn draft_row(row: &TemplateRow, year: SchoolYear) -> DraftRow {
    let term = row.term.dated(year);
    let post =
        |post: &Post| NewResponsible { label: post.label().to_owned(), post: Some(post.key().to_owned()), user: None };
    DraftRow {
        number: row.number.clone(),
        title: row.title.clone(),
        term_text: words::capitalised(&term.to_string()),
        term,
        doubts: vec![],
        expected_result: row.result.clone(),
        document_kind: row.document_kind.clone(),
        indicator_text: row.indicator.clone(),
        rules: row.rules.clone(),
        remark: row.note.clone().unwrap_or_default(),
        responsibles: row.responsible.iter().map(post).collect(),
    }
}

/// Writes a whole road map as a draft; a year that has one already is refused.
pub async fn adopt_draft(
    tx: &mut Tx,
    author: Author<'_>,
    (year, title, origin): (SchoolYear, String, Origin),
    sections: &[DraftSection],
    now: DateTime<Utc>,
) -> Answer<ProgrammeId> {
    let school = author.school_id();
    if let Some(existing) = queries::programme_of_year(tx, school, year).await? {
        return Err(Failure::Refused(match existing.state {
            ProgrammeState::Draft => format!("Черновик на {year} учебный год уже есть. Продолжите его или удалите."),
            ProgrammeState::Running | ProgrammeState::Sealed => {
                format!("Дорожная карта на {year} учебный год уже есть.")
            }
        }));
    }
    let id = queries::insert_programme(tx, school, (year, &title, origin), now).await?;
    let mut position = 0;
    for (place, section) in (0_i64..).zip(sections) {
        let key = (school, id);
        let section_id = queries::insert_section(tx, key, place, &section.number, &section.title).await?;
        for row in &section.rows {
            let new = NewRow {
                section: section_id,
                position,
                number: &row.number,
                title: &row.title,
                term_text: &row.term_text,
                term: &row.term,
                expected_result: &row.expected_result,
                document_kind: &row.document_kind,
                indicator_text: &row.indicator_text,
                rules: &row.rules,
                doubts: &row.doubts,
                remark: &row.remark,
            };
            let row_id = queries::insert_row(tx, key, year, &new).await?;
            queries::set_responsibles(tx, school, row_id, &row.responsibles).await?;
            position += 1;
        }
    }
    let programme = queries::programme(tx, school, id).await?;
    let act = author.act(Event::ProgrammeDrafted, subject_of(&programme));
    let change = Change::fact("Источник", origin.label());
    audit::record(tx, act.with([change, Change::fact("Мероприятий", position.to_string())]), now).await?;
    Ok(id)
}

/// Deletes a draft.
pub async fn drop_draft(app: &App, visitor: &Visitor, id: ProgrammeId) -> Answer<()> {
    let mut tx = app.db.begin().await?;
    let programme = draft(&mut tx, visitor, id).await?;
    queries::drop_draft(&mut tx, visitor.school_id(), id).await?;
    let act = Author::visitor(visitor).act(Event::ProgrammeDropped, subject_of(&programme));
    audit::record(&mut tx, act, app.clock.now()).await?;
    Ok(tx.commit().await?)
}

/// Gives the posts of a programme to people; a post without a person stays vacant.
pub async fn name_posts(
    app: &App,
    visitor: &Visitor,
    id: ProgrammeId,
    holders: &[(String, Option<UserId>)],
) -> Answer<Programme> {
    let mut tx = app.db.begin().await?;
    let programme = queries::programme(&mut tx, visitor.school_id(), id).await?;
    if programme.state == ProgrammeState::Sealed {
        running(&programme)?;
    }
    let users = access::users_of(&mut tx, visitor.school_id()).await?;
    let before = queries::posts(&mut tx, visitor.school_id(), id).await?;
    let name_of = |id: UserId| users.iter().find(|user| user.id == id).map(|user| user.full_name.as_str());
    let mut named = Vec::new();
    for (post, holder) in holders {
        let had = before.iter().find(|held| held.post == *post).map(|held| held.user_id);
        if had == *holder {
            continue;
        }
        let in_use = |id: &UserId| users.iter().any(|user| user.id == *id && user.is_active);
        if !holder.as_ref().is_none_or(in_use) {
            return Err(Failure::NotFound);
        }
        queries::set_post(&mut tx, (visitor.school_id(), id), post, *holder).await?;
        let name = |holder: Option<UserId>| holder.and_then(name_of).unwrap_or("не назначено");
        named.push(Change::new(posts::label(post), name(had), name(*holder)));
    }
    let act = Author::visitor(visitor).act(Event::PostsNamed, subject_of(&programme)).with(named);
    audit::record(&mut tx, act, app.clock.now()).await?;
    tx.commit().await?;
    Ok(programme)
}

/// Starts the year: the road map is in force from now on.
pub async fn start(app: &App, visitor: &Visitor, id: ProgrammeId) -> Answer<()> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let programme = draft(&mut tx, visitor, id).await?;
    start_draft(&mut tx, Author::visitor(visitor), &programme, now).await?;
    Ok(tx.commit().await?)
}

/// Starts a draft and keeps its first numbers.
pub async fn start_draft(tx: &mut Tx, author: Author<'_>, programme: &Programme, now: DateTime<Utc>) -> Answer<()> {
    if !queries::start_programme(tx, author.school_id(), programme.id, now).await? {
        return Err(Failure::Refused("Этот учебный год уже начат.".into()));
    }
    audit::record(tx, author.act(Event::ProgrammeStarted, subject_of(programme)), now).await?;
    let running = queries::programme(tx, author.school_id(), programme.id).await?;
    let today = crate::clock::day_in(now, author.school.zone());
    snapshots::keep_changed(tx, author.school, running, today).await?;
    Ok(())
}

async fn draft(tx: &mut Tx, visitor: &Visitor, id: ProgrammeId) -> Answer<Programme> {
    let programme = queries::programme(tx, visitor.school_id(), id).await?;
    match programme.state {
        ProgrammeState::Draft => Ok(programme),
        ProgrammeState::Running | ProgrammeState::Sealed => {
            Err(Failure::Refused("Этот учебный год уже начат: удалить или начать его заново нельзя.".into()))
        }
    }
}
