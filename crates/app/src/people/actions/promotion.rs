//! The classes of a year go on into the next one.

use super::{NewClass, create_class_in, mark_left_in, put_in_class_in};
use crate::{
    access::{UserId, Visitor},
    audit::{self, Author, Change, Event, Subject, SubjectKind},
    error::Answer,
    people::{
        model::{Class, ClassId, ClassName, Kind, PersonId},
        promotion::{Fate, plan},
        queries,
    },
    school_year::SchoolYear,
    state::App,
};
use chrono::{DateTime, Utc};
use database::Tx;

/// What the card of a graduate says.
const GRADUATION: &str = "окончание школы";

/// How many pupils went on and how many finished school.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Promoted {
    pub go_on: usize,
    pub graduates: usize,
}

/// Takes the pupils of the year before `year` into their classes of `year`; who finished school leaves as a graduate.
///
/// A second call finds nobody in the classes of the year before and changes nothing.
pub async fn promote_classes(app: &App, visitor: &Visitor, year: SchoolYear) -> Answer<Promoted> {
    let (author, now) = (Author::visitor(visitor), app.clock.now());
    let mut tx = app.db.begin().await?;
    let school = author.school_id();
    let classes = queries::classes(&mut tx, school, year.previous()).await?;
    let pupils = queries::pupils_of_year(&mut tx, school, year.previous()).await?;
    let mut promoted = Promoted::default();
    for (id, fate) in plan(&classes) {
        let of_class: Vec<PersonId> =
            pupils.iter().filter(|(_, class)| *class == id).map(|(person, _)| *person).collect();
        match fate {
            Fate::GoesOn(name) => {
                let teacher = classes.iter().find(|class| class.id == id).and_then(|class| class.teacher_id);
                let class = next_class(&mut tx, author, (year, &name), teacher, now).await?;
                for person in &of_class {
                    put_in_class_in(&mut tx, author, *person, (class, year.first_day()), now).await?;
                }
                promoted.go_on += of_class.len();
            }
            Fate::Graduates => {
                for person in &of_class {
                    graduate(&mut tx, author, *person, year, now).await?;
                }
                promoted.graduates += of_class.len();
            }
        }
    }
    if promoted != Promoted::default() {
        record(&mut tx, author, promoted, now).await?;
    }
    tx.commit().await?;
    Ok(promoted)
}

async fn record(tx: &mut Tx, author: Author<'_>, promoted: Promoted, now: DateTime<Utc>) -> Answer<()> {
    let name = author.school.short_name.clone();
    let subject = Subject { kind: SubjectKind::School, id: Some(author.school_id().uuid()), name };
    let changes = [
        Change::fact("Переведено", promoted.go_on.to_string()),
        Change::fact("Выпущено", promoted.graduates.to_string()),
    ];
    Ok(audit::record(tx, author.act(Event::ClassesPromoted, subject).with(changes), now).await?)
}

/// Returns the class of a name in a year, which is added if the year has none.
///
/// The teacher goes on with the class as long as the account may lead one.
async fn next_class(
    tx: &mut Tx,
    author: Author<'_>,
    (year, name): (SchoolYear, &ClassName),
    teacher: Option<UserId>,
    now: DateTime<Utc>,
) -> Answer<ClassId> {
    let classes = queries::classes(tx, author.school_id(), year).await?;
    let is_it = |class: &&Class| class.grade == i64::from(name.grade) && class.letter == name.letter;
    if let Some(class) = classes.iter().find(is_it) {
        return Ok(class.id);
    }
    let teacher = match teacher {
        Some(user) if super::classes::may_lead(tx, author, user).await? => Some(user),
        _ => None,
    };
    let new = NewClass { id: ClassId::fresh(), year, name: name.clone(), teacher };
    create_class_in(tx, author, &new, now).await?;
    Ok(new.id)
}

async fn graduate(
    tx: &mut Tx,
    author: Author<'_>,
    person: PersonId,
    year: SchoolYear,
    now: DateTime<Utc>,
) -> Answer<()> {
    let key = (author.school_id(), person);
    queries::remove_kind(tx, key, Kind::Pupil).await?;
    queries::add_kind(tx, key, Kind::Graduate).await?;
    mark_left_in(tx, author, person, (year.previous().last_day(), GRADUATION), now).await?;
    // Who was noted as gone before keeps the day and the reason; the class is over in either case.
    queries::close_enrolments(tx, key, year.previous().last_day()).await?;
    Ok(())
}
