//! Families of a story, by bare ids as they stand in addresses.

use super::{Town, cast::day};
use database::{Value, args};
use nastavnik::{
    access::{Role, SchoolId, UserId},
    audit::Author,
    participation::Source,
    people::{FullName, Grounds, PersonFacts, PersonId, Sight, actions as people, queries::NewGuardianship},
};
use uuid::Uuid;

/// The school year of the stories.
const YEAR: i32 = 2026;

/// A pupil of a class with a mother, who is to become a mentee.
pub struct Family {
    pub class: Uuid,
    pub child: Uuid,
    pub mother: Uuid,
    pub participation: Uuid,
}

impl Town {
    /// Returns the school of the story.
    pub async fn school(&self) -> SchoolId {
        self.cast().await.school.id
    }

    /// Returns the sight of the program itself, which sees the whole school.
    pub async fn whole_sight(&self) -> Sight {
        Sight::of_author(Author::system(&self.cast().await.school)).unwrap()
    }

    async fn put(&self, sql: &'static str, facts: Vec<Value>) {
        let mut tx = self.app.db.begin().await.unwrap();
        tx.run(sql, facts).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Adds a person: «Ивушкина Анна Петровна».
    pub async fn person(&self, name: &str, born_on: Option<&str>, kinds: &[&str]) -> Uuid {
        let id = PersonId::fresh();
        let facts = PersonFacts {
            name: FullName::split(name).unwrap(),
            born_on: born_on.map(day),
            kinds: kinds.iter().map(|kind| kind.parse().unwrap()).collect(),
            ..PersonFacts::default()
        };
        let cast = self.cast().await;
        cast.act(async |tx, author, now| people::create_person_in(tx, author, id, &facts, now).await).await;
        id.uuid()
    }

    /// Adds a class of the year, led by somebody.
    pub async fn class(&self, name: &str, teacher: Option<UserId>) -> Uuid {
        self.cast().await.class(name, teacher).await.uuid()
    }

    /// Puts a pupil into a class from the first of September on.
    pub async fn enrol(&self, person: Uuid, class: Uuid) {
        self.cast().await.enrol(person.into(), class.into()).await;
    }

    /// Makes somebody the mother of a minor.
    pub async fn represents(&self, guardian: Uuid, minor: Uuid) {
        let new =
            NewGuardianship { minor: minor.into(), guardian: guardian.into(), grounds: Grounds::Mother, paper: "" };
        self.cast().await.act(async |tx, author, now| people::add_guardian_in(tx, author, new, now).await).await;
    }

    /// Ends that somebody represents a minor.
    pub async fn no_longer_represents(&self, guardian: Uuid, minor: Uuid) {
        let coordinator = self.cast().await.visitor(Role::Coordinator);
        people::remove_guardian(&self.app, &coordinator, (minor.into(), guardian.into())).await.unwrap();
    }

    /// Makes somebody a candidate, as `mentor` or `mentee`.
    pub async fn applies(&self, person: Uuid, side: &str) -> Uuid {
        self.cast().await.candidate(person.into(), side.parse().unwrap(), Source::Questionnaire).await.uuid()
    }

    /// Takes somebody into a base on the first of October, as `mentor` or `mentee`.
    pub async fn takes_part(&self, person: Uuid, side: &str) -> Uuid {
        self.cast().await.participant(person.into(), side.parse().unwrap()).await.uuid()
    }

    /// Ends a participation.
    pub async fn takes_no_part(&self, participation: Uuid) {
        let sql = "
            UPDATE participations
            SET left_on = $3, leave_reason = 'other'
            WHERE school_id = $1 AND id = $2";
        self.put(sql, args![self.school().await, participation, day("2026-11-01")]).await;
    }

    /// Gives a participation to the curator of a group.
    pub async fn curates(&self, curator: UserId, participation: Uuid) {
        let sql = "UPDATE participations SET group_curator_id = $3 WHERE school_id = $1 AND id = $2";
        self.put(sql, args![self.school().await, participation, curator]).await;
    }

    /// Sets what the school has decided about the year.
    pub async fn decides(&self, both_sign_from_14: bool, clearance_blocks: bool, special_categories: bool) {
        let sql = "
            INSERT INTO participation_settings (school_id, school_year, age_from, age_to, counts_mentors, young_years,
                                                both_sign_from_14, clearance_blocks, special_categories, version)
            VALUES ($1, $2, 10, 18, TRUE, 3, $3, $4, $5, 1)
            ON CONFLICT (school_id, school_year) DO UPDATE SET both_sign_from_14 = excluded.both_sign_from_14,
                clearance_blocks = excluded.clearance_blocks, special_categories = excluded.special_categories";
        self.put(sql, args![self.school().await, YEAR, both_sign_from_14, clearance_blocks, special_categories]).await;
    }

    /// Adds a pupil of twelve with a mother to a class «6В» that the class teacher of the story leads.
    pub async fn family(&self, child: &str, mother: &str) -> Family {
        let class = self.class("6В", Some(self.user(Role::ClassTeacher))).await;
        let child = self.person(child, Some("2014-03-08"), &["pupil"]).await;
        let mother = self.person(mother, None, &["parent"]).await;
        self.enrol(child, class).await;
        self.represents(mother, child).await;
        let participation = self.takes_part(child, "mentee").await;
        Family { class, child, mother, participation }
    }
}
