//! Counts over everybody: no name leaves these statements.

use crate::{
    access::SchoolId,
    participation::{
        coverage::{ClassCount, Group, GroupCount},
        settings::Settings,
    },
    people::{FullName, Sight},
    school_year::SchoolYear,
};
use chrono::NaiveDate;
use database::{Result, Tx, args};

database::queries! {
    /// How many of each target group there are on a day and how many of them have entered the programme; nothing as long
    /// as the year has no classes.
    GROUPS = "
        WITH targets AS (
            SELECT DISTINCT 'pupils' AS kind, e.person_id
            FROM classes c
            JOIN enrolments e ON e.class_id = c.id
            JOIN people p ON p.id = e.person_id AND p.born_on >= $5 AND p.born_on <= $6
            WHERE c.school_id = $1 AND c.school_year = $2 AND e.entered_on <= $3 AND (e.left_on IS NULL OR e.left_on > $3)
            UNION ALL
            SELECT 'teachers', s.person_id
            FROM staff s
            JOIN people p ON p.id = s.person_id AND (p.left_on IS NULL OR p.left_on > $3)
            WHERE s.school_id = $1 AND s.is_teaching
            UNION ALL
            SELECT 'young', s.person_id
            FROM staff s
            JOIN people p ON p.id = s.person_id AND (p.left_on IS NULL OR p.left_on > $3)
            WHERE s.school_id = $1 AND s.is_teaching AND s.teaches_since >= $7 AND s.teaches_since <= $3
        )
        SELECT k.kind, COUNT(t.person_id) AS whole,
               COUNT(CASE WHEN EXISTS (SELECT 1 FROM participations n
                                       WHERE n.school_id = $1 AND n.person_id = t.person_id AND n.school_year = $2
                                         AND n.entered_on <= $3 AND (n.side = 'mentee' OR $4))
                     THEN 1 END) AS covered
        FROM (SELECT 'pupils' AS kind UNION ALL SELECT 'teachers' UNION ALL SELECT 'young') AS k
        LEFT JOIN targets t ON t.kind = k.kind
        WHERE EXISTS (SELECT 1 FROM classes WHERE school_id = $1 AND school_year = $2)
        GROUP BY k.kind
        ORDER BY k.kind";
    /// Everybody of the target groups on a day, with the day from which somebody counts as covered.
    TARGETS = "
        WITH targets AS (
            SELECT DISTINCT 'pupils' AS kind, e.person_id
            FROM classes c
            JOIN enrolments e ON e.class_id = c.id
            JOIN people b ON b.id = e.person_id AND b.born_on >= $6 AND b.born_on <= $7
            WHERE c.school_id = $1 AND c.school_year = $3 AND e.entered_on <= $4 AND (e.left_on IS NULL OR e.left_on > $4)
            UNION ALL
            SELECT 'teachers', f.person_id
            FROM staff f
            JOIN people b ON b.id = f.person_id AND (b.left_on IS NULL OR b.left_on > $4)
            WHERE f.school_id = $1 AND f.is_teaching
        )
        SELECT t.kind, p.surname, p.given_name, p.patronymic,
               (SELECT CAST(c.grade AS TEXT) || c.letter
                FROM enrolments e
                JOIN classes c ON c.id = e.class_id
                WHERE e.person_id = p.id AND c.school_year = $3
                ORDER BY e.entered_on DESC, e.id DESC
                LIMIT 1) AS class_name,
               (SELECT f.post FROM staff f WHERE f.person_id = p.id) AS post,
               (SELECT MIN(n.entered_on)
                FROM participations n
                WHERE n.school_id = $1 AND n.person_id = p.id AND n.school_year = $3
                  AND n.entered_on <= $4 AND (n.side = 'mentee' OR $5)) AS entered_on
        FROM targets t
        JOIN people p ON p.id = t.person_id
        WHERE p.school_id = $1
          AND (p.id IN (SELECT s.person_id FROM sight s WHERE s.school_id = $1 AND s.user_id = $2) OR $2 IS NULL)
        ORDER BY t.kind, p.surname COLLATE russian, p.given_name COLLATE russian, p.patronymic COLLATE russian, p.id";
    /// The same for the pupils of each class, with those whose age nobody knows.
    BY_CLASS = "
        SELECT c.id AS class_id, c.grade, c.letter,
               COUNT(DISTINCT CASE WHEN p.born_on >= $5 AND p.born_on <= $6 THEN p.id END) AS whole,
               COUNT(DISTINCT CASE WHEN p.born_on >= $5 AND p.born_on <= $6
                                    AND EXISTS (SELECT 1 FROM participations n
                                                WHERE n.school_id = $1 AND n.person_id = p.id AND n.school_year = $2
                                                  AND n.entered_on <= $3 AND (n.side = 'mentee' OR $4))
                              THEN p.id END) AS covered,
               COUNT(DISTINCT CASE WHEN p.born_on IS NULL THEN p.id END) AS undated
        FROM classes c
        LEFT JOIN enrolments e ON e.class_id = c.id AND e.entered_on <= $3 AND (e.left_on IS NULL OR e.left_on > $3)
        LEFT JOIN people p ON p.id = e.person_id
        WHERE c.school_id = $1 AND c.school_year = $2
        GROUP BY c.id, c.grade, c.letter
        ORDER BY c.grade, c.letter COLLATE russian";
    /// How many have entered the programme and of how many of them nothing is missing; the rule is `funnel::Known`.
    REGISTRY = "
        SELECT COUNT(*),
               COUNT(CASE WHEN p.born_on IS NOT NULL AND n.form <> ''
                           AND (p.workplace <> ''
                                OR EXISTS (SELECT 1 FROM staff s WHERE s.person_id = p.id AND s.post <> '')
                                OR EXISTS (SELECT 1 FROM enrolments e JOIN classes c ON c.id = e.class_id
                                           WHERE e.person_id = p.id AND c.school_year = n.school_year))
                           AND (n.side = 'mentor' OR n.request_text <> ''
                                OR EXISTS (SELECT 1 FROM participation_topics t
                                           WHERE t.participation_id = n.id AND t.kind = 'request'))
                           AND (n.side = 'mentee'
                                OR (EXISTS (SELECT 1 FROM participation_topics t
                                            WHERE t.participation_id = n.id AND t.kind = 'competence')
                                    AND (n.hours_per_week IS NOT NULL OR CAST(n.slots AS TEXT) <> '[]')))
                     THEN 1 END)
        FROM participations n
        JOIN people p ON p.id = n.person_id
        WHERE n.school_id = $1 AND n.school_year = $2 AND n.entered_on <= $3";
}

database::record! {
    /// Somebody of a target group.
    #[derive(Debug, Clone)]
    pub struct Target {
        pub kind: Group,
        pub surname: String,
        pub given_name: String,
        pub patronymic: String,
        /// «7Б»; nothing for who is in no class of the year.
        pub class_name: Option<String>,
        pub post: Option<String>,
        /// The first day on which the person counts as covered; nothing for who does not.
        pub entered_on: Option<NaiveDate>,
    }
}

impl Target {
    /// Returns the name.
    pub fn name(&self) -> FullName {
        FullName { surname: self.surname.clone(), given: self.given_name.clone(), patronymic: self.patronymic.clone() }
    }
}

/// Returns the target groups on a day; nothing as long as the year has no classes.
pub async fn groups(
    tx: &mut Tx,
    (school, year): (SchoolId, SchoolYear),
    settings: &Settings,
    on: NaiveDate,
) -> Result<Vec<GroupCount>> {
    let born = settings.birth_days(on);
    let facts =
        args![school, year.start_year(), on, settings.counts_mentors, born.first, born.last, settings.young_since(on)];
    tx.all(GROUPS, facts).await
}

/// Returns everybody of the target groups whom a visitor sees, by group and name.
pub async fn targets(
    tx: &mut Tx,
    (sight, year): (Sight, SchoolYear),
    settings: &Settings,
    on: NaiveDate,
) -> Result<Vec<Target>> {
    let born = settings.birth_days(on);
    let facts =
        args![sight.school(), sight.viewer(), year.start_year(), on, settings.counts_mentors, born.first, born.last];
    tx.all(TARGETS, facts).await
}

/// Returns the classes of a year with their pupils who count.
pub async fn by_class(
    tx: &mut Tx,
    (school, year): (SchoolId, SchoolYear),
    settings: &Settings,
    on: NaiveDate,
) -> Result<Vec<ClassCount>> {
    let born = settings.birth_days(on);
    let facts = args![school, year.start_year(), on, settings.counts_mentors, born.first, born.last];
    tx.all(BY_CLASS, facts).await
}

/// Returns how many have entered the programme, and of how many of them nothing is missing.
pub async fn complete(tx: &mut Tx, (school, year): (SchoolId, SchoolYear), on: NaiveDate) -> Result<(i64, i64)> {
    tx.one(REGISTRY, args![school, year.start_year(), on]).await
}
