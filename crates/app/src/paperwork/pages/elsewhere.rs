//! Papers made where their records stand: on the page of an agreement, of a register.

use crate::{
    access::Visitor,
    audit::Author,
    error::{Answer, Failure},
    paperwork::{
        actions,
        building::{self, Agreed, Draft},
        queries,
        sources::of_register,
        state::State,
    },
    participation::registers::Register,
    partners::{AgreementId, PartnerId, queries as partners},
    people::Sight,
    school_year::SchoolYear,
    state::App,
    web::{PathOf, see_other_saying, ui::layout::FlashKind},
};
use axum::extract::State as Run;

/// Makes the paper of an agreement, or fills the one that is open anew.
pub async fn agreement(
    Run(app): Run<App>,
    visitor: Visitor,
    PathOf((partner, id)): PathOf<(PartnerId, AgreementId)>,
) -> Answer {
    let (school, sight, year) = (visitor.school_id(), Sight::of(&visitor)?, SchoolYear::containing(visitor.today));
    let mut tx = app.db.begin().await?;
    let agreement = partners::agreement(&mut tx, (school, partner), id).await?;
    let mentors: Vec<_> =
        partners::mentors(&mut tx, sight, year).await?.into_iter().filter(|one| one.partner_id == partner).collect();
    let contacts = partners::contacts(&mut tx, school).await?;
    let contacts: Vec<_> = contacts.into_iter().filter(|contact| contact.partner_id == partner).collect();
    let draft = building::agreement(&Agreed {
        school: &visitor.school,
        year,
        partner: &partners::partner(&mut tx, school, partner).await?,
        contacts: &contacts,
        agreement: &agreement,
        mentors: &mentors,
        today: visitor.today,
    });
    let draft = draft.map_err(Failure::Refused)?;
    let papers = queries::of_agreement(&mut tx, sight, id).await?;
    let (author, now) = (Author::visitor(&visitor), app.clock.now());
    let (id, said) = match papers.iter().find(|paper| paper.state() != State::Cancelled) {
        Some(paper) if paper.state().is_open() => {
            let content = (&draft.input, Some(draft.people.as_slice()));
            actions::refill_in(&mut tx, author, paper, content, now).await?;
            (paper.id, "Документ соглашения обновлён по записям.")
        }
        Some(paper) => (paper.id, "Документ соглашения уже подписан или зарегистрирован."),
        None => {
            actions::draft_in(&mut tx, author, &draft, now).await?;
            (draft.id, "Документ соглашения составлен.")
        }
    };
    actions::fits(&app, &mut tx, &visitor, id).await?;
    tx.commit().await?;
    Ok(see_other_saying(&id.show_path(), FlashKind::Success, said))
}

/// Makes the paper of a base or a register as it stands today.
pub async fn register(Run(app): Run<App>, visitor: Visitor, PathOf(register): PathOf<Register>) -> Answer {
    let mut tx = app.db.begin().await?;
    let draft: Draft = of_register(&mut tx, &visitor, register).await?.map_err(Failure::Refused)?;
    actions::draft_in(&mut tx, Author::visitor(&visitor), &draft, app.clock.now()).await?;
    actions::fits(&app, &mut tx, &visitor, draft.id).await?;
    tx.commit().await?;
    Ok(see_other_saying(&draft.id.show_path(), FlashKind::Success, "Документ составлен по записям на сегодня."))
}
