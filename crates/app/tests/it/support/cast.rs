//! The people of a school in stories about who takes part: entered as the program enters them.

use super::Town;
use chrono::{DateTime, NaiveDate, Utc};
use database::Tx;
use nastavnik::{
    access::{Role, School, Standing, UserId, Visitor},
    audit::Author,
    error::Answer,
    participation::{Decision, ParticipationId, Side, Source, actions, queries},
    people::{ClassId, FullName, Kind, PersonFacts, PersonId, Sight, Staff, actions as people},
    school_year::SchoolYear,
};

/// The school of the story and those who act for it.
pub struct Cast<'a> {
    pub town: &'a Town,
    pub school: School,
}

/// Reads a day.
pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

impl Town {
    /// Returns the first school, to be peopled.
    pub async fn cast(&self) -> Cast<'_> {
        let sql = "
            SELECT id, name, short_name, kind, is_small, address, municipality, head_name, head_post, time_zone, version
            FROM schools
            ORDER BY short_name";
        let school = self.look().await.all::<School>(sql, vec![]).await.unwrap().remove(0);
        Cast { town: self, school }
    }
}

impl Cast<'_> {
    /// Returns the year the stories are told in.
    pub fn year() -> SchoolYear {
        SchoolYear::starting_in(2026).unwrap()
    }

    /// Returns somebody with a role as a visitor.
    pub fn visitor(&self, role: Role) -> Visitor {
        Visitor {
            user: self.town.user(role),
            full_name: "Кураторова Анна Ивановна".into(),
            post: String::new(),
            roles: vec![role],
            school: self.school.clone(),
            today: day("2026-11-22"),
            password_is_temporary: false,
            factor: Standing::Good,
        }
    }

    /// Does something in a transaction of its own, as the program itself.
    pub async fn act<T>(&self, deed: impl AsyncFnOnce(&mut Tx, Author<'_>, DateTime<Utc>) -> Answer<T>) -> T {
        let mut tx = self.town.app.db.begin().await.unwrap();
        let done = deed(&mut tx, Author::system(&self.school), self.town.app.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
        done
    }

    /// Adds a class.
    pub async fn class(&self, name: &str, teacher: Option<UserId>) -> ClassId {
        let id = ClassId::fresh();
        let new = people::NewClass { id, year: Self::year(), name: name.parse().unwrap(), teacher };
        assert!(self.act(async |tx, author, now| people::create_class_in(tx, author, &new, now).await).await);
        id
    }

    /// Adds somebody of a kind; without a day of birth when it is empty.
    pub async fn person(&self, name: &str, kind: Kind, born_on: &str) -> PersonId {
        let id = PersonId::fresh();
        let facts = PersonFacts {
            name: FullName::split(name).unwrap(),
            born_on: (!born_on.is_empty()).then(|| day(born_on)),
            phone: "+7 900 000-00-01".into(),
            kinds: vec![kind],
            ..PersonFacts::default()
        };
        assert!(self.act(async |tx, author, now| people::create_person_in(tx, author, id, &facts, now).await).await);
        id
    }

    /// Adds a pupil to a class from the first of September on.
    pub async fn pupil(&self, name: &str, born_on: &str, class: ClassId) -> PersonId {
        let id = self.person(name, Kind::Pupil, born_on).await;
        self.enrol(id, class).await;
        id
    }

    /// Puts a pupil into a class from the first of September on.
    pub async fn enrol(&self, pupil: PersonId, class: ClassId) {
        let place = (class, day("2026-09-01"));
        assert!(self.act(async |tx, author, now| people::put_in_class_in(tx, author, pupil, place, now).await).await);
    }

    /// Adds a teacher who began to teach on a day.
    pub async fn teacher(&self, name: &str, teaches_since: &str) -> PersonId {
        let id = self.person(name, Kind::Teacher, "1980-01-01").await;
        let staff =
            Staff {
                post: "учитель".into(), is_teaching: true, teaches_since: Some(day(teaches_since)), user_id: None
            };
        self.act(async |tx, author, now| people::set_staff_in(tx, author, id, &staff, now).await).await;
        id
    }

    /// Makes somebody a candidate.
    pub async fn candidate(&self, person: PersonId, side: Side, source: Source) -> ParticipationId {
        let asked = queries::Asked {
            side,
            source,
            source_note: String::new(),
            offered_on: day("2026-09-20"),
            applied_on: None,
        };
        let mut tx = self.town.app.db.begin().await.unwrap();
        let (author, now) = (Author::system(&self.school), self.town.app.clock.now());
        let added = actions::add_candidates(&mut tx, author, Self::year(), (&[person], &asked), now).await.unwrap();
        assert_eq!(added, 1);
        let all = queries::participants(&mut tx, Sight::of_author(author).unwrap(), Self::year()).await.unwrap();
        tx.commit().await.unwrap();
        all.iter().find(|one| one.person_id == person && one.side == side).unwrap().id
    }

    /// Takes somebody into a base on the first of October.
    pub async fn participant(&self, person: PersonId, side: Side) -> ParticipationId {
        let id = self.candidate(person, side, Source::Questionnaire).await;
        let visitor = self.visitor(Role::Coordinator);
        let decision = (day("2026-10-01"), Decision::Accepted, "");
        actions::record_decisions(&self.town.app, &visitor, &[id], decision).await.unwrap();
        id
    }
}
