//! The facts of a person.

use super::subject;
use crate::{
    access::Visitor,
    audit::{self, Author, Change, Event},
    error::{Answer, Failure},
    people::{
        Sight,
        model::{PersonFacts, PersonId},
        queries,
    },
    state::App,
    words,
};
use chrono::{DateTime, Utc};
use database::Tx;

/// Adds a person on behalf of a visitor; `false` when the same form has been sent before.
pub async fn create_person(app: &App, visitor: &Visitor, id: PersonId, facts: &PersonFacts) -> Answer<bool> {
    let mut tx = app.db.begin().await?;
    let is_new = create_person_in(&mut tx, Author::visitor(visitor), id, facts, app.clock.now()).await?;
    tx.commit().await?;
    Ok(is_new)
}

/// Adds a person with the kinds; `false` when the id is there already, then nothing is written.
pub async fn create_person_in(
    tx: &mut Tx,
    author: Author<'_>,
    id: PersonId,
    facts: &PersonFacts,
    now: DateTime<Utc>,
) -> Answer<bool> {
    let key = (author.school_id(), id);
    if !queries::insert_person(tx, key, facts, now).await? {
        return Ok(false);
    }
    queries::set_kinds(tx, key, &facts.kinds).await?;
    audit::record(tx, author.act(Event::PersonCreated, subject(id)), now).await?;
    Ok(true)
}

/// Saves what is known about a person; a stale save is answered with both versions.
pub async fn edit_person(
    app: &App,
    visitor: &Visitor,
    (id, version): (PersonId, i64),
    wanted: &PersonFacts,
) -> Answer<()> {
    let key = (visitor.school_id(), id);
    let mut tx = app.db.begin().await?;
    let before = queries::person(&mut tx, Sight::of(visitor)?, id).await?;
    let before = before.facts(queries::kinds(&mut tx, key).await?);
    if !queries::update_person(&mut tx, key, version, wanted).await? {
        return Err(Failure::Stale { yours: shown(wanted), theirs: shown(&before) });
    }
    queries::set_kinds(&mut tx, key, &wanted.kinds).await?;
    let act = audit::Act::of(visitor, Event::PersonChanged, subject(id)).with(what_changed(&before, wanted));
    audit::record(&mut tx, act, app.clock.now()).await?;
    Ok(tx.commit().await?)
}

/// Names the facts that differ, without the values.
fn what_changed(before: &PersonFacts, wanted: &PersonFacts) -> Option<Change> {
    let (before, wanted) = (shown(before), shown(wanted));
    let changed: Vec<String> = before
        .iter()
        .zip(&wanted)
        .filter(|((_, before), (_, wanted))| before != wanted)
        .map(|((what, _), _)| what.to_lowercase())
        .collect();
    (!changed.is_empty()).then(|| Change::fact("Изменено", words::list(&changed)))
}

fn shown(facts: &PersonFacts) -> Vec<(String, String)> {
    let kinds: Vec<&str> = facts.kinds.iter().map(|kind| kind.label()).collect();
    [
        ("Фамилия", facts.name.surname.clone()),
        ("Имя", facts.name.given.clone()),
        ("Отчество", facts.name.patronymic.clone()),
        ("Дата рождения", facts.born_on.map_or_else(String::new, words::short_date)),
        ("Пол", facts.sex.map_or_else(String::new, |sex| sex.label().to_owned())),
        ("Кем является", kinds.join(", ")),
        ("Телефон", facts.phone.clone()),
        ("Электронная почта", facts.email.clone()),
        ("Номер в электронном журнале", facts.journal_id.clone()),
        ("Место работы (учёбы)", facts.workplace.clone()),
        ("Примечание", facts.note.clone()),
    ]
    .map(|(what, value)| (what.to_owned(), value))
    .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_trace_says_what_changed_and_repeats_no_value() {
        let before = PersonFacts { phone: "+7 900 000-00-01".into(), ..PersonFacts::default() };
        let wanted =
            PersonFacts { phone: "+7 900 000-00-02".into(), note: "Левша".into(), ..PersonFacts::default() };
        assert_eq!(what_changed(&before, &wanted), Some(Change::fact("Изменено", "телефон и примечание")));
        assert_eq!(what_changed(&before, &before), None);
    }
}
