//! Special categories are read, recorded, ended and counted; each of it leaves a trace without the category.

use super::subject;
use crate::{
    access::{SchoolId, Visitor},
    audit::{self, Act, Change, Event, Subject, SubjectKind},
    consents::{
        model::{Category, CategoryId, KeptCategory, Purpose},
        queries::{self, NewCategory, SealedCategory, Subject as Person},
        standing::best,
        state::State,
    },
    error::{Answer, Failure},
    people::{PersonId, Sight},
    school_year::SchoolYear,
    state::App,
    vault::{Owner, Sealed},
};
use database::Tx;
use std::collections::BTreeSet;
use uuid::Uuid;

/// The kind of records of which the vault keeps the keys.
const ROOM: &str = "special_categories";

fn owner(school: SchoolId, person: PersonId) -> Owner {
    Owner { school, person: person.uuid(), room: ROOM }
}

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

/// Returns the categories of a person and notes who has read them; destroyed ones are not among them.
pub async fn read_categories(app: &App, visitor: &Visitor, person: PersonId) -> Answer<(Person, Vec<KeptCategory>)> {
    let mut tx = app.db.begin().await?;
    let who = admitted(&mut tx, visitor, person).await?;
    let sealed = queries::categories(&mut tx, Sight::of(visitor)?, person).await?;
    let kept = opened(app, &mut tx, visitor.school_id(), &sealed).await?.into_iter().flatten().collect();
    audit::record(&mut tx, Act::of(visitor, Event::CategoriesRead, subject(person)), app.clock.now()).await?;
    tx.commit().await?;
    Ok((who, kept))
}

/// Opens sealed records in their order; nothing where they were destroyed.
async fn opened(app: &App, tx: &mut Tx, school: SchoolId, all: &[SealedCategory]) -> Answer<Vec<Option<KeptCategory>>> {
    let sealed = |one: &SealedCategory| (one.id.uuid(), Sealed { key: one.key_id, text: one.sealed.clone() });
    let sealed: Vec<(Uuid, Sealed)> = all.iter().map(sealed).collect();
    let texts = app.vault.open(tx, (school, ROOM), &sealed).await?;
    let read = |(one, text): (&SealedCategory, Option<String>)| {
        let (category, basis) = KeptCategory::read(&text?)?;
        Some(KeptCategory { id: one.id, category, basis, since_on: one.since_on, until_on: one.until_on })
    };
    Ok(all.iter().zip(texts).map(read).collect())
}

/// Records a category of a person.
pub async fn add_category(app: &App, visitor: &Visitor, new: &NewCategory) -> Answer<()> {
    let (mut tx, now) = (app.db.begin().await?, app.clock.now());
    admitted(&mut tx, visitor, new.person).await?;
    let (school, text) = (visitor.school_id(), KeptCategory::written(new.category, &new.basis));
    let sealed = app.vault.seal(&mut tx, owner(school, new.person), (new.id.uuid(), &text), now).await?;
    if queries::insert_category(&mut tx, school, (new, &sealed), visitor.user, now).await? {
        audit::record(&mut tx, Act::of(visitor, Event::CategoryAdded, subject(new.person)), now).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Seals what an earlier version wrote in the open; returns how many records there were.
pub async fn seal_earlier_categories(app: &App) -> Answer<usize> {
    let (mut tx, now) = (app.db.begin().await?, app.clock.now());
    let open = queries::open_categories(&mut tx).await?;
    for (id, school, person, text) in &open {
        let sealed = app.vault.seal(&mut tx, owner(*school, *person), (id.uuid(), text), now).await?;
        queries::seal_category(&mut tx, *school, *id, &sealed).await?;
    }
    tx.commit().await?;
    Ok(open.len())
}

/// Returns whose categories may be destroyed, and whether there is anything to destroy. A consent is not asked for:
/// its withdrawal is the reason to destroy.
pub async fn destructible(app: &App, tx: &mut Tx, visitor: &Visitor, person: PersonId) -> Answer<Option<Person>> {
    let who = queries::subject(tx, Sight::of(visitor)?, SchoolYear::containing(visitor.today), person).await?;
    Ok(app.vault.keeps(tx, owner(visitor.school_id(), person)).await?.then_some(who))
}

/// Destroys everything recorded about the categories of a person, for ever; doing it twice changes nothing.
pub async fn destroy_categories(app: &App, visitor: &Visitor, person: PersonId) -> Answer<()> {
    let (mut tx, now) = (app.db.begin().await?, app.clock.now());
    if destructible(app, &mut tx, visitor, person).await?.is_some() {
        audit::record(&mut tx, Act::of(visitor, Event::CategoriesDestroyed, subject(person)), now).await?;
        app.vault.destroy(&mut tx, owner(visitor.school_id(), person), now).await?;
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

/// Counts participants by category; a category without any is not among them.
pub async fn category_counts(app: &App, tx: &mut Tx, visitor: &Visitor) -> Answer<Vec<(Category, i64)>> {
    let year = SchoolYear::containing(visitor.today);
    let sealed = queries::categories_lasting(tx, Sight::of(visitor)?, year, visitor.today).await?;
    let opened = opened(app, tx, visitor.school_id(), &sealed).await?;
    let whose: BTreeSet<(Category, PersonId)> =
        sealed.iter().zip(opened).filter_map(|(one, kept)| Some((kept?.category, one.person_id))).collect();
    let count = |category: Category| whose.iter().filter(|(of, _)| *of == category).fold(0, |sum, _| sum + 1);
    Ok(Category::ALL.iter().map(|category| (*category, count(*category))).filter(|(_, count)| *count > 0).collect())
}

/// Counts participants by category and notes why the numbers leave the program.
pub async fn export_categories(app: &App, visitor: &Visitor, reason: &str) -> Answer<Vec<(Category, i64)>> {
    let mut tx = app.db.begin().await?;
    if !keeps_categories(&mut tx, visitor).await? {
        return Err(Failure::Refused("Особые категории в школе не ведутся: выгружать нечего.".into()));
    }
    let counts = category_counts(app, &mut tx, visitor).await?;
    let school = &visitor.school;
    let whole = Subject { kind: SubjectKind::School, id: Some(school.id.uuid()), name: school.short_name.clone() };
    let act = Act::of(visitor, Event::CategoriesExported, whole).with([Change::fact("Зачем", reason)]);
    audit::record(&mut tx, act, app.clock.now()).await?;
    tx.commit().await?;
    Ok(counts)
}
