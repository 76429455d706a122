//! People of a story, put straight into the tables: how they are entered is told by other stories.

use super::Town;
use chrono::NaiveDate;
use database::{Value, args, fold};
use nastavnik::{
    access::{Role, School, SchoolId, UserId},
    audit::Author,
    people::{FullName, Sight},
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
        let sql = "SELECT school_id FROM users WHERE id = $1";
        self.look().await.one::<(SchoolId,)>(sql, args![self.user(Role::Coordinator)]).await.unwrap().0
    }

    /// Returns the sight of the program itself, which sees the whole school.
    pub async fn whole_sight(&self) -> Sight {
        let sql = "
            SELECT id, name, short_name, kind, is_small, address, municipality, head_name, head_post, time_zone, version
            FROM schools
            WHERE id = $1";
        let school: School = self.look().await.one(sql, args![self.school().await]).await.unwrap();
        Sight::of_author(Author::system(&school)).unwrap()
    }

    async fn put(&self, sql: &'static str, facts: Vec<Value>) {
        let mut tx = self.app.db.begin().await.unwrap();
        tx.run(sql, facts).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Adds a person: «Ивушкина Анна Петровна».
    pub async fn person(&self, name: &str, born_on: Option<&str>, kinds: &[&str]) -> Uuid {
        let (id, school) = (Uuid::now_v7(), self.school().await);
        let name = FullName::split(name).unwrap();
        let born_on: Option<NaiveDate> = born_on.map(|day| day.parse().unwrap());
        let sql = "
            INSERT INTO persons (id, school_id, surname, given_name, patronymic, name_key, born_on, phone, email, journal_id,
                                 workplace, note, left_reason, created_at, version)
            VALUES ($1, $2, $3, $4, $5, $6, $7, '', '', '', '', '', '', $8, 1)";
        let key = fold(&name.to_string());
        let facts = args![id, school, name.surname, name.given, name.patronymic, key, born_on, self.app.clock.now()];
        self.put(sql, facts).await;
        for kind in kinds {
            let sql = "INSERT INTO person_kinds (school_id, person_id, kind) VALUES ($1, $2, $3)";
            self.put(sql, args![school, id, *kind]).await;
        }
        id
    }

    /// Adds a class of the year, led by somebody.
    pub async fn class(&self, grade: i64, letter: &str, teacher: Option<UserId>) -> Uuid {
        let (id, school) = (Uuid::now_v7(), self.school().await);
        let sql = "INSERT INTO classes (id, school_id, school_year, grade, letter, teacher_id) VALUES ($1, $2, $3, $4, $5, $6)";
        self.put(sql, args![id, school, YEAR, grade, letter, teacher]).await;
        id
    }

    /// Puts a pupil into a class.
    pub async fn enrol(&self, person: Uuid, class: Uuid) {
        let sql = "INSERT INTO enrolments (id, school_id, person_id, class_id, entered_on) VALUES ($1, $2, $3, $4, $5)";
        let first = NaiveDate::from_ymd_opt(YEAR, 9, 1).unwrap();
        self.put(sql, args![Uuid::now_v7(), self.school().await, person, class, first]).await;
    }

    /// Makes somebody the representative of a minor.
    pub async fn represents(&self, guardian: Uuid, minor: Uuid) {
        let sql = "
            INSERT INTO guardianships (school_id, minor_id, guardian_id, grounds, paper)
            VALUES ($1, $2, $3, 'mother', '')";
        self.put(sql, args![self.school().await, minor, guardian]).await;
    }

    /// Ends that somebody represents a minor.
    pub async fn no_longer_represents(&self, guardian: Uuid, minor: Uuid) {
        let sql = "DELETE FROM guardianships WHERE school_id = $1 AND minor_id = $2 AND guardian_id = $3";
        self.put(sql, args![self.school().await, minor, guardian]).await;
    }

    /// Takes somebody into a base on a day, as `mentor` or `mentee`.
    pub async fn takes_part(&self, person: Uuid, side: &str, entered_on: Option<&str>) -> Uuid {
        let (id, school) = (Uuid::now_v7(), self.school().await);
        let entered_on: Option<NaiveDate> = entered_on.map(|day| day.parse().unwrap());
        let offered_on = NaiveDate::from_ymd_opt(YEAR, 9, 5).unwrap();
        let sql = "
            INSERT INTO participations (id, school_id, school_year, person_id, side, source, source_note, offered_on,
                                        interview_result, decision_reason, entered_on, leave_note, form, role_model,
                                        request_text, desired_partner, achievements, capacity, slots, time_note, created_at,
                                        version)
            VALUES ($1, $2, $3, $4, $5, 'questionnaire', '', $6, '', '', $7, '', '', '', '', '', '', 1, $8, '', $9, 1)";
        let slots = serde_json::Value::Array(vec![]);
        self.put(sql, args![id, school, YEAR, person, side, offered_on, entered_on, slots, self.app.clock.now()]).await;
        id
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
        let class = self.class(6, "В", Some(self.user(Role::ClassTeacher))).await;
        let child = self.person(child, Some("2014-03-08"), &["pupil"]).await;
        let mother = self.person(mother, None, &["parent"]).await;
        self.enrol(child, class).await;
        self.represents(mother, child).await;
        let participation = self.takes_part(child, "mentee", Some("2026-10-01")).await;
        Family { class, child, mother, participation }
    }
}
