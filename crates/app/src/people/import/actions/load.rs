//! Loading an upload: one transaction, one trace.

use super::{
    AT_ONCE, compare,
    match_rows::{Records, identity_of_guardian, key_of, understood},
    subject, year_of,
};
use crate::{
    access::School,
    audit::{self, Author, Change, Event},
    error::{Answer, Failure},
    people::{
        ClassName, Kind,
        import::{
            changes::{guardian_of, merged, new_since},
            model::{Choice, Counts, ImportState, Known, Outcome},
            queries::{self, Additions, ListRow, Lists},
        },
        model::{ClassId, EnrolmentId, PeopleImportId, PersonId, Staff},
        queries as people,
        reading::{ReadPerson, ReadStaff, phone},
    },
    school_year::SchoolYear,
    state::App,
};
use chrono::{DateTime, NaiveDate, Utc};
use database::{Tx, args};
use std::collections::HashMap;

/// Why somebody left whom a list does not name any more.
const ABSENT: &str = "нет в списке класса";

/// Loads an upload; `departed` are those of the missing whom a person marked. Returns what was done.
///
/// Records that changed since the comparing are compared anew, and nothing is written.
pub async fn load(app: &App, author: Author<'_>, id: PeopleImportId, departed: &[PersonId]) -> Answer<Counts> {
    let (now, school) = (app.clock.now(), author.school);
    let today = app.clock.today(school.zone());
    let mut tx = app.db.begin_alone().await?;
    let mut lists = queries::lists(&mut tx, school.id, id).await?;
    match lists.state {
        ImportState::Applied => return Ok(lists.summary.0),
        ImportState::Ready => {}
        ImportState::Reading | ImportState::Comparing => {
            return Err(Failure::Refused("Списки ещё читаются: подождите, пока появится сравнение.".into()));
        }
    }
    // Marked first: of two requests at once the second waits here and then finds nothing to load.
    if !queries::apply_lists(&mut tx, school.id, &lists, now).await? {
        drop(tx);
        let mut tx = app.db.read().await?;
        return Ok(queries::lists(&mut tx, school.id, id).await?.summary.0);
    }
    if queries::stamp(&mut tx, school.id).await? != lists.stamp {
        drop(tx);
        compare(app, school, id).await?;
        return Err(Failure::Refused(
            "Пока списки ждали, записи изменились. Списки сравнены заново, ничего не записано: проверьте и загрузите ещё раз."
                .into(),
        ));
    }
    let year = year_of(&lists)?;
    let mut loading = Loading {
        school,
        year,
        now,
        today,
        classes: HashMap::new(),
        people: HashMap::new(),
        guardians: HashMap::new(),
        new: Additions::default(),
    };
    loading.rows(&mut tx, &lists).await?;
    let left = loading.depart(&mut tx, &lists, departed).await?;
    queries::delete_rows(&mut tx, (school.id, id), false).await?;
    lists.summary.0.departed = left;
    queries::apply_summary(&mut tx, school.id, &lists).await?;
    audit::record(&mut tx, author.act(Event::PeopleImported, subject(school.id)).with(said(&lists.summary.0)), now)
        .await?;
    tx.commit().await?;
    // The lists are loaded, whatever comes of this.
    if let Err(error) = app.db.learn().await {
        tracing::warn!(%error, "the database has not counted its indexes after an import");
    }
    Ok(lists.summary.0)
}

fn said(counts: &Counts) -> Vec<Change> {
    let left = i64::try_from(counts.departed.len()).unwrap_or(0);
    [("Новых", counts.new), ("Изменено", counts.changed), ("Без изменений", counts.same), ("Выбыло", left)]
        .map(|(what, count)| Change::fact(what, count.to_string()))
        .into()
}

/// An upload while it is loaded.
struct Loading<'a> {
    school: &'a School,
    year: SchoolYear,
    now: DateTime<Utc>,
    today: NaiveDate,
    classes: HashMap<ClassName, ClassId>,
    /// People by the row they came with: further rows tell of further representatives.
    people: HashMap<i64, PersonId>,
    /// Representatives this upload has added.
    guardians: HashMap<u64, PersonId>,
    new: Additions,
}

impl Loading<'_> {
    async fn rows(&mut self, tx: &mut Tx, lists: &Lists) -> Answer<()> {
        let mut after = 0;
        loop {
            let rows = queries::rows(tx, (self.school.id, lists.id), after, AT_ONCE).await?;
            let Some(last) = rows.last() else { return Ok(()) };
            after = last.position;
            let wanted = rows.iter().filter(|row| is_loaded(row));
            let read: Vec<(&ListRow, ReadPerson)> =
                wanted.filter_map(|row| Some((row, understood(row, &lists.sections.0, self.today).ok()?))).collect();
            let chosen = read.iter().filter_map(|(row, _)| chosen(row)).collect();
            let people: Vec<&ReadPerson> = read.iter().map(|(_, read)| read).collect();
            let records = Records::of(tx, self.school.id, &people, chosen).await?;
            for (row, read) in &read {
                self.row(tx, row, read, &records).await?;
            }
            queries::add_all(tx, &mut self.new).await?;
        }
    }

    async fn row(&mut self, tx: &mut Tx, row: &ListRow, read: &ReadPerson, records: &Records) -> Answer<()> {
        let person = match (row.plan.0.repeats, chosen(row)) {
            // The first row about somebody has said everything but further representatives.
            (Some(first), _) => match self.people.get(&first).copied().or(row.person_id) {
                Some(person) => person,
                None => return Ok(()),
            },
            (None, Some(id)) => {
                let known = records.get(id).filter(|known| !known.is_hidden).ok_or_else(Failure::stale)?;
                self.change(tx, known, read).await?;
                id
            }
            (None, None) => self.add(tx, read).await?,
        };
        self.people.insert(row.position, person);
        self.represent(tx, person, read, records).await
    }

    async fn add(&mut self, tx: &mut Tx, read: &ReadPerson) -> Answer<PersonId> {
        let id = PersonId::fresh();
        let name = &read.name;
        self.new.people.push(args![
            id,
            self.school.id,
            &name.surname,
            &name.given,
            &name.patronymic,
            name.key(),
            read.born_on,
            read.sex,
            &read.phone,
            &read.email,
            &read.journal_id,
            self.now
        ]);
        match &read.staff {
            Some(staff) => {
                self.kind(id, if staff.is_teaching { Kind::Teacher } else { Kind::Staff });
                let since = new_since(None, staff.since, self.today);
                self.new.staff.push(args![id, self.school.id, &staff.post, staff.is_teaching, since]);
            }
            None => self.kind(id, Kind::Pupil),
        }
        if let Some(class) = &read.class {
            let class = self.class(tx, class).await?;
            self.new.enrolments.push(args![EnrolmentId::fresh(), self.school.id, id, class, self.first_day()]);
        }
        Ok(id)
    }

    fn kind(&mut self, id: PersonId, kind: Kind) {
        self.new.kinds.push(args![self.school.id, id, kind]);
    }

    /// Lists name who learns since the beginning of the year, unless somebody moves during it.
    fn first_day(&self) -> NaiveDate {
        self.year.first_day()
    }

    async fn change(&mut self, tx: &mut Tx, known: &Known, read: &ReadPerson) -> Answer<()> {
        let key = (self.school.id, known.id);
        let facts = merged(known, read);
        if !people::update_person(tx, key, known.version, &facts).await? {
            return Err(Failure::stale());
        }
        if known.left_on.is_some() {
            people::return_person(tx, key).await?;
        }
        match &read.staff {
            Some(staff) => self.restaff(tx, known, staff).await?,
            None => {
                people::add_kind(tx, key, Kind::Pupil).await?;
            }
        }
        if let Some(class) = read.class.as_ref().filter(|class| is_moved(known, class, self.year)) {
            let class = self.class(tx, class).await?;
            let this_year = known.class_year == Some(i64::from(self.year.start_year()));
            let day = if this_year { self.today } else { self.first_day() };
            people::close_enrolments(tx, key, day).await?;
            people::insert_enrolment(tx, key.0, people::NewEnrolment { person: known.id, class, entered_on: day })
                .await?;
        }
        Ok(())
    }

    async fn restaff(&mut self, tx: &mut Tx, known: &Known, read: &ReadStaff) -> Answer<()> {
        let key = (self.school.id, known.id);
        let keeps_post = read.post.is_empty() && known.post.is_some();
        let staff = Staff {
            post: if keeps_post { known.post.clone().unwrap_or_default() } else { read.post.clone() },
            is_teaching: if keeps_post { known.is_teaching.unwrap_or(read.is_teaching) } else { read.is_teaching },
            teaches_since: new_since(known.teaches_since, read.since, self.today).or(known.teaches_since),
            user_id: known.user_id,
        };
        people::set_staff(tx, key, &staff).await?;
        people::add_kind(tx, key, if staff.is_teaching { Kind::Teacher } else { Kind::Staff }).await?;
        Ok(())
    }

    async fn class(&mut self, tx: &mut Tx, name: &ClassName) -> Answer<ClassId> {
        if let Some(id) = self.classes.get(name) {
            return Ok(*id);
        }
        let fresh = ClassId::fresh();
        people::insert_class(tx, (self.school.id, fresh), self.year, name, None).await?;
        let (year, grade) = (i64::from(self.year.start_year()), i64::from(name.grade));
        let id = queries::class_named(tx, self.school.id, year, (grade, &name.letter)).await?.unwrap_or(fresh);
        self.classes.insert(name.clone(), id);
        Ok(id)
    }

    async fn represent(&mut self, tx: &mut Tx, minor: PersonId, read: &ReadPerson, records: &Records) -> Answer<()> {
        for guardian in &read.guardians {
            let key = identity_of_guardian(guardian, key_of(&minor));
            let known = guardian_of(guardian, records.named(guardian), |known| records.represents(known.id, minor));
            let id = match known {
                Some(known) if known.is_hidden || known.id == minor => continue,
                Some(known) => {
                    let corrected = !guardian.phone.is_empty() && phone(&known.phone) != guardian.phone;
                    if corrected {
                        let email = if guardian.email.is_empty() { &known.email } else { &guardian.email };
                        queries::set_contacts(tx, (self.school.id, known.id), &guardian.phone, email).await?;
                    }
                    known.id
                }
                None => {
                    if let Some(id) = self.guardians.get(&key) {
                        *id
                    } else {
                        let parent = ReadPerson {
                            name: guardian.name.clone(),
                            phone: guardian.phone.clone(),
                            email: guardian.email.clone(),
                            ..ReadPerson::default()
                        };
                        let id = self.add_parent(&parent);
                        self.guardians.insert(key, id);
                        id
                    }
                }
            };
            self.kind(id, Kind::Parent);
            self.new.guardianships.push(args![self.school.id, minor, id, guardian.grounds]);
        }
        Ok(())
    }

    fn add_parent(&mut self, parent: &ReadPerson) -> PersonId {
        let id = PersonId::fresh();
        let name = &parent.name;
        let sex = crate::people::reading::sex_of_patronymic(&name.patronymic);
        self.new.people.push(args![
            id,
            self.school.id,
            &name.surname,
            &name.given,
            &name.patronymic,
            name.key(),
            None::<NaiveDate>,
            sex,
            &parent.phone,
            &parent.email,
            "",
            self.now
        ]);
        id
    }

    /// Notes who left; only those the comparing found missing can.
    async fn depart(&self, tx: &mut Tx, lists: &Lists, departed: &[PersonId]) -> Answer<Vec<PersonId>> {
        let mut left = vec![];
        for person in departed.iter().copied().filter(|person| lists.summary.0.departed.contains(person)) {
            let key = (self.school.id, person);
            if people::leave(tx, key, self.today, ABSENT).await? {
                people::close_enrolments(tx, key, self.today).await?;
                left.push(person);
            }
        }
        Ok(left)
    }
}

fn is_loaded(row: &ListRow) -> bool {
    match row.outcome {
        Outcome::New | Outcome::Changed | Outcome::Repeat => true,
        Outcome::Unclear => Choice::read(&row.choice) != Choice::Undecided,
        Outcome::Same | Outcome::Failed | Outcome::Withdrawn | Outcome::Noise | Outcome::Read => false,
    }
}

fn is_moved(known: &Known, class: &ClassName, year: SchoolYear) -> bool {
    known.class() != class.to_string() || known.class_year != Some(i64::from(year.start_year()))
}

fn chosen(row: &ListRow) -> Option<PersonId> {
    match (row.outcome, Choice::read(&row.choice)) {
        (Outcome::Unclear, Choice::This(id)) => Some(id),
        (Outcome::Changed, _) => row.person_id,
        _ => None,
    }
}
