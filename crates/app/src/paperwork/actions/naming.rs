//! How somebody's name is put into cases is corrected.

use crate::{
    access::Visitor,
    audit::{self, Act, Event},
    error::Answer,
    paperwork::queries,
    people::{self, PersonId, Sight},
    state::App,
};

/// Sets the forms of a name that differ from those the program makes; the trace repeats none.
pub async fn set_name_forms(
    app: &App,
    visitor: &Visitor,
    person: PersonId,
    forms: &[(&'static str, String)],
) -> Answer<()> {
    let sight = Sight::of(visitor)?;
    let mut tx = app.db.begin().await?;
    people::queries::person(&mut tx, sight, person).await?;
    queries::clear_name_forms(&mut tx, sight, person).await?;
    for (case, form) in forms {
        queries::insert_name_form(&mut tx, sight, person, (case, form)).await?;
    }
    let act = Act::of(visitor, Event::NameFormsChanged, people::actions::subject(person));
    audit::record(&mut tx, act, app.clock.now()).await?;
    Ok(tx.commit().await?)
}
