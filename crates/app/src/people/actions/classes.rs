//! Classes of a school year and who leads them.

use super::class_subject;
use crate::{
    access::{self, Role, UserId, Visitor},
    audit::{self, Author, Change, Event},
    error::{Answer, Failure},
    people::{
        model::{ClassId, ClassName},
        queries,
    },
    school_year::SchoolYear,
    state::App,
};
use chrono::{DateTime, Utc};
use database::Tx;

/// A class to be added.
#[derive(Debug, Clone)]
pub struct NewClass {
    pub id: ClassId,
    pub year: SchoolYear,
    pub name: ClassName,
    pub teacher: Option<UserId>,
}

/// Adds a class on behalf of a visitor; `false` when the year has a class of this name.
pub async fn create_class(app: &App, visitor: &Visitor, new: &NewClass) -> Answer<bool> {
    let mut tx = app.db.begin().await?;
    let is_new = create_class_in(&mut tx, Author::visitor(visitor), new, app.clock.now()).await?;
    tx.commit().await?;
    Ok(is_new)
}

/// Adds a class; `false` when the year has a class of this name, then nothing is written.
pub async fn create_class_in(tx: &mut Tx, author: Author<'_>, new: &NewClass, now: DateTime<Utc>) -> Answer<bool> {
    let key = (author.school_id(), new.id);
    if let Some(teacher) = new.teacher {
        check_teacher(tx, author, teacher).await?;
    }
    if !queries::insert_class(tx, key, new.year, &new.name, new.teacher).await? {
        return Ok(false);
    }
    let class = queries::class(tx, key.0, key.1).await?;
    let act = author.act(Event::ClassCreated, class_subject(&class));
    audit::record(tx, act.with([Change::fact("Учебный год", new.year.label())]), now).await?;
    Ok(true)
}

/// Says on behalf of a visitor who leads a class.
pub async fn set_class_teacher(app: &App, visitor: &Visitor, id: ClassId, teacher: Option<UserId>) -> Answer<()> {
    let mut tx = app.db.begin().await?;
    set_class_teacher_in(&mut tx, Author::visitor(visitor), id, teacher, app.clock.now()).await?;
    Ok(tx.commit().await?)
}

/// Says who leads a class: from now on that user sees its pupils.
pub async fn set_class_teacher_in(
    tx: &mut Tx,
    author: Author<'_>,
    id: ClassId,
    teacher: Option<UserId>,
    now: DateTime<Utc>,
) -> Answer<()> {
    let school = author.school_id();
    let before = queries::class(tx, school, id).await?;
    if before.teacher_id == teacher {
        return Ok(());
    }
    if let Some(teacher) = teacher {
        check_teacher(tx, author, teacher).await?;
    }
    queries::set_teacher(tx, (school, id), teacher).await?;
    let after = queries::class(tx, school, id).await?;
    let named = |name: Option<String>| name.unwrap_or_default();
    let change = Change::new("Классный руководитель", named(before.teacher_name.clone()), named(after.teacher_name));
    let act = author.act(Event::ClassTeacherSet, class_subject(&before));
    Ok(audit::record(tx, act.with([change]), now).await?)
}

/// Only who has the role sees a class; anybody else would lead it blindly.
async fn check_teacher(tx: &mut Tx, author: Author<'_>, teacher: UserId) -> Answer<()> {
    if may_lead(tx, author, teacher).await? {
        return Ok(());
    }
    let user = access::user(tx, author.school_id(), teacher).await?;
    Err(Failure::Refused(format!(
        "У пользователя «{}» нет действующей роли «классный руководитель»: её даёт администратор.",
        user.full_name
    )))
}

/// Tells whether an account may lead a class.
pub(super) async fn may_lead(tx: &mut Tx, author: Author<'_>, user: UserId) -> Answer<bool> {
    let user = access::user(tx, author.school_id(), user).await?;
    Ok(user.is_active && user.roles().contains(&Role::ClassTeacher))
}
