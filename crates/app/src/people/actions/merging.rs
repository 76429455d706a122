//! Two records of one person made one, and made two again.

use super::subject;
use crate::{
    access::Visitor,
    audit::{self, Act, Event},
    error::{Answer, Failure},
    people::{
        Sight,
        model::{MergeId, PersonId},
        queries,
    },
    state::App,
};

/// Makes `merged` a duplicate of `kept`: what refers to it moves, the record itself is seen nowhere any more.
pub async fn merge_people(app: &App, visitor: &Visitor, kept: PersonId, merged: PersonId) -> Answer<()> {
    if kept == merged {
        return Err(Failure::Refused("Это одна и та же карточка.".into()));
    }
    let (sight, school, now) = (Sight::of(visitor)?, visitor.school_id(), app.clock.now());
    let mut tx = app.db.begin().await?;
    for person in [kept, merged] {
        queries::person(&mut tx, sight, person).await?;
    }
    let moved = queries::take(&mut tx, school, merged, kept).await?;
    if !queries::hide_duplicate(&mut tx, school, merged, kept).await? {
        return Err(Failure::NotFound);
    }
    queries::insert_merge(&mut tx, school, (kept, merged), &moved, (now, Some(visitor.user))).await?;
    audit::record(&mut tx, Act::of(visitor, Event::PeopleMerged, subject(kept)), now).await?;
    Ok(tx.commit().await?)
}

/// Makes two records of one again; what was changed since the merge stays with the kept one.
pub async fn undo_merge(app: &App, visitor: &Visitor, id: MergeId) -> Answer<PersonId> {
    let (sight, school, now) = (Sight::of(visitor)?, visitor.school_id(), app.clock.now());
    let mut tx = app.db.begin().await?;
    let known = queries::merges(&mut tx, sight).await?.into_iter().find(|merge| merge.id == id);
    let merge = known.ok_or(Failure::NotFound)?;
    if !queries::undo_merge(&mut tx, school, id, now).await? {
        return Err(Failure::NotFound);
    }
    queries::show_duplicate(&mut tx, school, merge.merged_id, merge.kept_id).await?;
    queries::give_back(&mut tx, school, &merge).await?;
    for person in [merge.kept_id, merge.merged_id] {
        audit::record(&mut tx, Act::of(visitor, Event::MergeUndone, subject(person)), now).await?;
    }
    tx.commit().await?;
    Ok(merge.merged_id)
}
