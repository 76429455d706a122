//! Papers are made and filled anew.

use super::subject;
use crate::{
    access::Visitor,
    audit::{self, Author, Event},
    error::{Answer, Failure},
    paperwork::{
        building::Draft,
        code, kinds,
        model::{Filling, Paper, PaperId, ProvenRowId},
        own_file,
        queries::{self, Content, NewPaper},
        render, wording,
        wording::Wording,
    },
    people::{PersonId, Sight},
    state::App,
};
use chrono::{DateTime, Utc};
use database::{Json, Tx, fold};
use documents::kinds::{Kind, NameForms};

/// Makes a paper on behalf of a visitor.
pub async fn draft(app: &App, visitor: &Visitor, draft: &Draft) -> Answer<()> {
    let mut tx = app.db.begin().await?;
    draft_in(&mut tx, Author::visitor(visitor), draft, app.clock.now()).await?;
    fits(app, &mut tx, visitor, draft.id).await?;
    Ok(tx.commit().await?)
}

/// Makes several papers on behalf of a visitor, all of them or none.
pub async fn draft_all(app: &App, visitor: &Visitor, drafts: Vec<Draft>) -> Answer<()> {
    let mut tx = app.db.begin().await?;
    for draft in &drafts {
        draft_in(&mut tx, Author::visitor(visitor), draft, app.clock.now()).await?;
        fits(app, &mut tx, visitor, draft.id).await?;
    }
    Ok(tx.commit().await?)
}

/// Refuses a paper that was just made or filled anew, when the file of the school cannot be filled with its data.
///
/// A text was tried when the paper was made; a file takes a process of its own, which a pile of blanks would not wait for.
pub async fn fits(app: &App, tx: &mut Tx, visitor: &Visitor, id: PaperId) -> Answer<()> {
    let paper = queries::paper(tx, Sight::of(visitor)?, id).await?;
    if paper.is_in_own_file() {
        let filling = queries::filling(tx, visitor.school_id(), id).await?;
        own_file::filled(app, visitor.school_id(), &paper, &filling).await?;
    }
    Ok(())
}

/// Makes a paper; `false` when the same form has made it before. What cannot be made is refused with its reason.
pub async fn draft_in(tx: &mut Tx, author: Author<'_>, draft: &Draft, now: DateTime<Utc>) -> Answer<bool> {
    let school = author.school_id();
    let (wording, forms) = ready(tx, author, draft.kind, &draft.input).await?;
    let code = code::fresh()?;
    let new = NewPaper {
        id: draft.id,
        year: draft.year,
        kind: draft.kind.name,
        title: &draft.title,
        code: &code,
        content: content(&draft.input, &wording, &forms),
        person: draft.person,
        consent: draft.consent,
        partner: draft.partner,
        agreement: draft.agreement,
        amends: draft.amends,
    };
    if !queries::insert(tx, school, &new, author.user(), now).await? {
        return Ok(false);
    }
    let people: Vec<PersonId> = draft.people.iter().copied().chain(draft.person).collect();
    queries::set_people(tx, school, draft.id, &people).await?;
    let rows = rows_proven_by(tx, author, draft).await?;
    queries::set_rows(tx, school, draft.id, &rows).await?;
    let paper = queries::paper(tx, Sight::of_author(author)?, draft.id).await?;
    if !paper.is_in_own_file() {
        render::document(&paper, &queries::filling(tx, school, paper.id).await?)?;
    }
    audit::record(tx, author.act(Event::PaperDrafted, subject(&paper)), now).await?;
    Ok(true)
}

/// Fills an open paper anew, in the newest wording, under the code it has; `false` when nothing would change.
///
/// `people` are those it names now; nothing when they are the same as before.
pub async fn refill_in(
    tx: &mut Tx,
    author: Author<'_>,
    paper: &Paper,
    (input, people): (&serde_json::Value, Option<&[PersonId]>),
    now: DateTime<Utc>,
) -> Answer<bool> {
    let school = author.school_id();
    if !paper.state().is_open() {
        return Err(Failure::Refused("Документ уже подписан или зарегистрирован: он больше не меняется.".into()));
    }
    let kind = paper.kind().ok_or(Failure::NotFound)?;
    let (wording, forms) = ready(tx, author, kind, input).await?;
    let before = queries::filling(tx, school, paper.id).await?;
    let is_same = before.input.0 == *input && before.name_forms.0 == forms && paper.wording_sha256 == wording.sha256;
    if let Some(people) = people {
        queries::set_people(tx, school, paper.id, people).await?;
    }
    if is_same {
        return Ok(false);
    }
    let filling = Filling { input: Json(input.clone()), name_forms: Json(forms), text: Some(wording.text.clone()) };
    if wording.file.is_none() {
        render::document(paper, &filling)?;
    }
    let content = content(input, &wording, &filling.name_forms.0);
    if !queries::refill(tx, school, (paper.id, paper.version), content).await? {
        return Err(Failure::stale());
    }
    audit::record(tx, author.act(Event::PaperRefilled, subject(paper)), now).await?;
    Ok(true)
}

/// Checks an input and returns the wording and the names it is made with; the text is kept for as long as the paper.
async fn ready(
    tx: &mut Tx,
    author: Author<'_>,
    kind: &'static Kind,
    input: &serde_json::Value,
) -> Answer<(Wording, NameForms)> {
    let text = input.to_string();
    kind.check(&text).map_err(|bad| render::refused(bad.into()))?;
    let school = author.school_id();
    let wording = wording::current(tx, school, kind).await?;
    if wording.file.is_none() {
        queries::insert_text(tx, school, (&wording.sha256, &wording.text)).await?;
    }
    let forms = queries::name_forms(tx, Sight::of_author(author)?).await?.in_text(&text);
    Ok((wording, forms))
}

fn content<'a>(input: &'a serde_json::Value, wording: &'a Wording, name_forms: &'a NameForms) -> Content<'a> {
    Content {
        input,
        name_forms,
        wording_version: wording.version,
        wording_sha256: &wording.sha256,
        wording_file: wording.file,
    }
}

/// Returns the rows of the road map that expect such a document; a paper about one person proves none.
async fn rows_proven_by(tx: &mut Tx, author: Author<'_>, draft: &Draft) -> Answer<Vec<ProvenRowId>> {
    let proves = kinds::traits_of(draft.kind.name).map_or(&[][..], |known| known.proves);
    if draft.person.is_some() || proves.is_empty() {
        return Ok(vec![]);
    }
    let rows = queries::rows_of_year(tx, author.school_id(), draft.year).await?;
    let expects = |words: &str| proves.iter().any(|proof| fold(proof) == fold(words));
    let open = rows.iter().filter(|row| row.programme_state == "running" && expects(&row.document_kind));
    Ok(open.map(|row| row.id).collect())
}
