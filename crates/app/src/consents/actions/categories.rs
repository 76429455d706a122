//! Special categories are read, recorded, ended and counted; each of it leaves a trace without the category.

use super::subject;
use crate::{
    access::Visitor,
    audit::{self, Act, Change, Event, Subject, SubjectKind},
    consents::{
        model::{Category, CategoryId, Purpose},
        queries::{self, Kept, NewCategory, Subject as Person},
        standing::best,
        state::State,
    },
    error::{Answer, Failure},
    people::{PersonId, Sight},
    school_year::SchoolYear,
    state::App,
};
use database::Tx;

/// Tells whether the school keeps special categories in the year of today.
pub async fn keeps_categories(tx: &mut Tx, visitor: &Visitor) -> Answer<bool> {
    let year = SchoolYear::containing(visitor.today);
    Ok(queries::policy(tx, visitor.school_id(), year).await?.special_categories)
}

/// Returns a person whose categories may be looked at: the school keeps them and the person has agreed to it.
async fn admitted(tx: &mut Tx, visitor: &Visitor, person: PersonId) -> Answer<Person> {
    let sight = Sight::of(visitor)?;
    let who = queries::subject(tx, sight, SchoolYear::containing(visitor.today), person).await?;
    if !keeps_categories(tx, visitor).await? {
        return Err(Failure::Refused(
            "Особые категории в школе не ведутся. Включить их можно в настройках учебного года.".into(),
        ));
    }
    let consents = queries::consents(tx, sight, Some(person)).await?;
    if !best(&consents, Purpose::SpecialCategories, visitor.today).is_some_and(State::is_valid) {
        return Err(Failure::Refused(
            "Нет действующего письменного согласия на обработку специальных категорий (152-ФЗ, ст. 10). Без него эти сведения не вносят и не показывают.".into(),
        ));
    }
    Ok(who)
}

/// Returns the categories of a person and notes who has read them.
pub async fn read_categories(app: &App, visitor: &Visitor, person: PersonId) -> Answer<(Person, Vec<Kept>)> {
    let mut tx = app.db.begin().await?;
    let who = admitted(&mut tx, visitor, person).await?;
    let kept = queries::categories(&mut tx, Sight::of(visitor)?, person).await?;
    audit::record(&mut tx, Act::of(visitor, Event::CategoriesRead, subject(person)), app.clock.now()).await?;
    tx.commit().await?;
    Ok((who, kept))
}

/// Records a category of a person.
pub async fn add_category(app: &App, visitor: &Visitor, new: &NewCategory) -> Answer<()> {
    let mut tx = app.db.begin().await?;
    admitted(&mut tx, visitor, new.person).await?;
    if queries::insert_category(&mut tx, visitor.school_id(), new, visitor.user, app.clock.now()).await? {
        audit::record(&mut tx, Act::of(visitor, Event::CategoryAdded, subject(new.person)), app.clock.now()).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Ends a category today and returns whose it was; ending it twice changes nothing.
pub async fn end_category(app: &App, visitor: &Visitor, id: CategoryId) -> Answer<PersonId> {
    let mut tx = app.db.begin().await?;
    let person = queries::person_of_category(&mut tx, Sight::of(visitor)?, id).await?;
    admitted(&mut tx, visitor, person).await?;
    if queries::end_category(&mut tx, visitor.school_id(), id, visitor.today).await? {
        audit::record(&mut tx, Act::of(visitor, Event::CategoryEnded, subject(person)), app.clock.now()).await?;
        tx.commit().await?;
    }
    Ok(person)
}

/// Counts participants by category and notes why the numbers leave the program.
pub async fn export_categories(app: &App, visitor: &Visitor, reason: &str) -> Answer<Vec<(Category, i64)>> {
    let mut tx = app.db.begin().await?;
    if !keeps_categories(&mut tx, visitor).await? {
        return Err(Failure::Refused("Особые категории в школе не ведутся: выгружать нечего.".into()));
    }
    let year = SchoolYear::containing(visitor.today);
    let counts = queries::category_counts(&mut tx, Sight::of(visitor)?, year, visitor.today).await?;
    let school = &visitor.school;
    let whole = Subject { kind: SubjectKind::School, id: Some(school.id.uuid()), name: school.short_name.clone() };
    let act = Act::of(visitor, Event::CategoriesExported, whole).with([Change::fact("Зачем", reason)]);
    audit::record(&mut tx, act, app.clock.now()).await?;
    tx.commit().await?;
    Ok(counts)
}
