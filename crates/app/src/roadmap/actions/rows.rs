//! Changing what a row says: wording, term, responsibles. Works in a draft and in a running year.

use super::{running, subject};
use crate::{
    access::Visitor,
    audit::{self, Act, Change, Event},
    error::{Answer, Failure},
    roadmap::{
        indicator::Rule,
        model::{Programme, ProgrammeState, Responsible, Row, RowId, StoredDoubt},
        proof,
        queries::{self, NewResponsible},
        snapshots,
        state::Refusal,
        term::{ReadTerm, Term},
    },
    school_year::SchoolYear,
    state::App,
    words,
};
use database::{Json, Tx};

/// Everything a person edits about a row, with the version the editing began from.
#[derive(Debug, Clone)]
pub struct EditedRow {
    pub version: i64,
    pub number: String,
    pub title: String,
    pub term_text: String,
    pub expected_result: String,
    pub document_kind: String,
    pub indicator_text: String,
    pub rules: Vec<Rule>,
    pub responsibles: Vec<NewResponsible>,
}

/// Saves an edited row; a stale version is answered with both versions.
pub async fn edit(app: &App, visitor: &Visitor, id: RowId, edited: &EditedRow) -> Answer<()> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let (before, programme) = editable(&mut tx, visitor, id).await?;
    let year = programme.year();
    let had = responsibles_of(&mut tx, visitor, &before).await?;
    let mut row = before.clone();
    row.version = edited.version;
    row.number.clone_from(&edited.number);
    row.title.clone_from(&edited.title);
    row.expected_result.clone_from(&edited.expected_result);
    row.document_kind.clone_from(&edited.document_kind);
    row.indicator_text.clone_from(&edited.indicator_text);
    row.rules = Json(proof::or_a_document(edited.rules.clone()));
    if edited.term_text != before.term_text {
        set_term(&mut row, Term::read(&edited.term_text, year), year);
    }
    if !queries::update_row(&mut tx, visitor.school_id(), &row).await? {
        return Err(Failure::Stale { yours: facts(&row, &edited.responsibles), theirs: facts(&before, &had) });
    }
    queries::set_responsibles(&mut tx, visitor.school_id(), id, &edited.responsibles).await?;
    let changes = facts(&before, &had)
        .into_iter()
        .zip(facts(&row, &edited.responsibles))
        .filter_map(|((what, from), (_, to))| Change::between(&what, &from, &to));
    let act = Act::of(visitor, Event::RowChanged, subject(&row)).with(changes);
    audit::record(&mut tx, act, now).await?;
    finish(tx, visitor, programme).await
}

/// Keeps the numbers that an edit of a running year changed, and commits.
async fn finish(mut tx: Tx, visitor: &Visitor, programme: Programme) -> Answer<()> {
    if programme.state == ProgrammeState::Running {
        snapshots::keep_changed(&mut tx, &visitor.school, programme, visitor.today).await?;
    }
    Ok(tx.commit().await?)
}

/// Takes the correction the program proposes for a doubtful term.
pub async fn correct_term(app: &App, visitor: &Visitor, id: RowId) -> Answer<()> {
    let mut tx = app.db.begin().await?;
    let (mut row, programme) = editable(&mut tx, visitor, id).await?;
    let proposed = row.open_doubts().iter().find_map(|doubt| doubt.suggestion.clone());
    let Some(term) = proposed else {
        return Err(Failure::Refused("Для этого срока исправление не предложено или уже принято.".into()));
    };
    let before = row.term_text.clone();
    let text = words::capitalised(&term.to_string());
    set_term(&mut row, ReadTerm { text, term, doubts: vec![] }, programme.year());
    settle(app, visitor, tx, (row, programme), before).await
}

/// Keeps a doubtful term as it is: a person has looked at it.
pub async fn settle_term(app: &App, visitor: &Visitor, id: RowId) -> Answer<()> {
    let mut tx = app.db.begin().await?;
    let (row, programme) = editable(&mut tx, visitor, id).await?;
    let before = row.term_text.clone();
    settle(app, visitor, tx, (row, programme), before).await
}

async fn settle(
    app: &App,
    visitor: &Visitor,
    mut tx: Tx,
    (mut row, programme): (Row, Programme),
    before: String,
) -> Answer<()> {
    row.term_settled = true;
    if !queries::update_row(&mut tx, visitor.school_id(), &row).await? {
        return Err(Failure::stale());
    }
    let change = Change::between("Срок", &before, &row.term_text)
        .unwrap_or_else(|| Change::fact("Срок проверен и оставлен", row.term_text.clone()));
    audit::record(&mut tx, Act::of(visitor, Event::TermCorrected, subject(&row)).with([change]), app.clock.now())
        .await?;
    finish(tx, visitor, programme).await
}

/// Returns a row that may be edited, with its programme: nothing of a sealed year, nothing the head has accepted.
async fn editable(tx: &mut Tx, visitor: &Visitor, id: RowId) -> Answer<(Row, Programme)> {
    let row = queries::row(tx, visitor.school_id(), id).await?;
    let programme = queries::programme(tx, visitor.school_id(), row.programme_id).await?;
    if programme.state != ProgrammeState::Draft {
        running(&programme)?;
    }
    if row.accepted_at.is_some() {
        return Err(Refusal::AcceptedByHead.into());
    }
    Ok((row, programme))
}

fn set_term(row: &mut Row, read: ReadTerm, year: SchoolYear) {
    let window = read.term.window(year);
    row.starts_on = window.map(|window| window.from);
    row.due_on = window.map(|window| window.to);
    row.term_text = read.text;
    row.term = Json(read.term);
    row.term_settled = false;
    row.doubts = Json(read.doubts.into_iter().map(StoredDoubt::from).collect());
}

async fn responsibles_of(tx: &mut Tx, visitor: &Visitor, row: &Row) -> Answer<Vec<NewResponsible>> {
    let all = queries::responsibles(tx, visitor.school_id(), row.programme_id).await?;
    Ok(all.into_iter().filter(|one| one.row_id == row.id).map(as_new).collect())
}

fn as_new(one: Responsible) -> NewResponsible {
    NewResponsible { label: one.label, post: one.post, user: one.user_id.filter(|_| one.is_personal) }
}

fn facts(row: &Row, responsibles: &[NewResponsible]) -> Vec<(String, String)> {
    let labels: Vec<&str> = responsibles.iter().map(|one| one.label.as_str()).collect();
    let targets: Vec<String> = row
        .rules
        .0
        .iter()
        .map(|rule| format!("{}: {}", rule.title, rule.target_text(super::super::indicator::SchoolTraits::default())))
        .collect();
    [
        ("Номер", row.number.clone()),
        ("Мероприятие", row.title.clone()),
        ("Срок", row.term_text.clone()),
        ("Ожидаемый результат", row.expected_result.clone()),
        ("Вид документа", row.document_kind.clone()),
        ("Показатель", row.indicator_text.clone()),
        ("Целевые значения", targets.join("; ")),
        ("Ответственные", labels.join(", ")),
    ]
    .map(|(what, value)| (what.to_owned(), value))
    .into()
}
