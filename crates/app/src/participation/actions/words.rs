//! Words a school adds to the dictionaries.

use super::school;
use crate::{
    access::Visitor,
    audit::{self, Act, Change, Event},
    error::{Answer, Failure},
    participation::{
        dictionary::{FormId, MentoringForm, TopicId},
        queries,
    },
    state::App,
};
use database::{Tx, fold};

/// Adds a form of mentoring; one that is there already is left alone.
pub async fn add_form(app: &App, visitor: &Visitor, id: FormId, form: &MentoringForm) -> Answer<()> {
    let mut tx = app.db.begin().await?;
    let (dictionary, _) = queries::dictionary(&mut tx, visitor.school_id()).await?;
    let same = |known: &&MentoringForm| fold(&known.title) == fold(&form.title) && known.id != Some(id);
    if dictionary.forms.iter().find(same).is_some() {
        return Err(Failure::Refused(format!("Форма «{}» в списке уже есть.", form.title)));
    }
    if queries::insert_form(&mut tx, visitor.school_id(), id, form).await? {
        note(app, visitor, &mut tx, (Event::FormAdded, &form.title)).await?;
    }
    Ok(tx.commit().await?)
}

/// Removes a form nobody has chosen.
pub async fn remove_form(app: &App, visitor: &Visitor, id: FormId) -> Answer<()> {
    let mut tx = app.db.begin().await?;
    let (dictionary, _) = queries::dictionary(&mut tx, visitor.school_id()).await?;
    let form = dictionary.forms.iter().find(|form| form.id == Some(id)).ok_or(Failure::NotFound)?;
    if !queries::drop_form(&mut tx, visitor.school_id(), id).await? {
        return Err(Failure::Refused("Эту форму уже выбрали участники, поэтому убрать её нельзя.".into()));
    }
    note(app, visitor, &mut tx, (Event::FormRemoved, &form.title)).await?;
    Ok(tx.commit().await?)
}

/// Adds a topic; one that reads the same is refused.
pub async fn add_topic(app: &App, visitor: &Visitor, id: TopicId, title: &str) -> Answer<()> {
    let mut tx = app.db.begin().await?;
    let (dictionary, own) = queries::dictionary(&mut tx, visitor.school_id()).await?;
    if own.iter().any(|(known, _)| *known == id) {
        return Ok(());
    }
    let is_known = [true, false].iter().flat_map(|kind| dictionary.topics(*kind)).any(|word| fold(word) == fold(title));
    if is_known || !queries::insert_topic(&mut tx, visitor.school_id(), id, title).await? {
        return Err(Failure::Refused(format!("«{title}» в списке уже есть.")));
    }
    note(app, visitor, &mut tx, (Event::TopicAdded, title)).await?;
    Ok(tx.commit().await?)
}

/// Removes a topic; whoever chose it keeps the words.
pub async fn remove_topic(app: &App, visitor: &Visitor, id: TopicId) -> Answer<()> {
    let mut tx = app.db.begin().await?;
    let (_, own) = queries::dictionary(&mut tx, visitor.school_id()).await?;
    let (_, title) = own.iter().find(|(known, _)| *known == id).ok_or(Failure::NotFound)?;
    queries::drop_topic(&mut tx, visitor.school_id(), id).await?;
    note(app, visitor, &mut tx, (Event::TopicRemoved, title)).await?;
    Ok(tx.commit().await?)
}

async fn note(app: &App, visitor: &Visitor, tx: &mut Tx, (event, title): (Event, &str)) -> Answer<()> {
    let act = Act::of(visitor, event, school(&visitor.school)).with([Change::fact("Название", title)]);
    Ok(audit::record(tx, act, app.clock.now()).await?)
}
