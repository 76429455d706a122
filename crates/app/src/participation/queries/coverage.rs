//! Counts over everybody: no name leaves these statements.

use crate::{
    access::SchoolId,
    participation::{
        coverage::{ClassCount, GroupCount},
        settings::Settings,
    },
    school_year::SchoolYear,
};
use chrono::NaiveDate;
use database::{Result, Tx, args};

database::queries! {
    /// How many of each target group there are on a day and how many of them have entered the programme; nothing as long
    /// as the year has no classes.
    GROUPS = "
        WITH covered AS (
            SELECT DISTINCT person_id
            FROM participations
            WHERE school_id = $1 AND school_year = $2 AND entered_on <= $3 AND (side = 'mentee' OR $4)
        ), pupils AS (
            SELECT DISTINCT e.person_id
            FROM classes c
            JOIN enrolments e ON e.class_id = c.id
            WHERE c.school_id = $1 AND c.school_year = $2 AND e.entered_on <= $3 AND (e.left_on IS NULL OR e.left_on > $3)
        ), counted AS (
            SELECT 'pupils' AS kind, COUNT(*) AS whole, COUNT(v.person_id) AS covered
            FROM pupils u
            JOIN people p ON p.id = u.person_id AND p.born_on >= $5 AND p.born_on <= $6
            LEFT JOIN covered v ON v.person_id = p.id
            UNION ALL
            SELECT 'teachers', COUNT(*), COUNT(v.person_id)
            FROM staff s
            JOIN people p ON p.id = s.person_id AND (p.left_on IS NULL OR p.left_on > $3)
            LEFT JOIN covered v ON v.person_id = p.id
            WHERE s.school_id = $1 AND s.is_teaching
            UNION ALL
            SELECT 'young', COUNT(*), COUNT(v.person_id)
            FROM staff s
            JOIN people p ON p.id = s.person_id AND (p.left_on IS NULL OR p.left_on > $3)
            LEFT JOIN covered v ON v.person_id = p.id
            WHERE s.school_id = $1 AND s.is_teaching AND s.teaches_since >= $7 AND s.teaches_since <= $3
        )
        SELECT kind, whole, covered
        FROM counted
        WHERE EXISTS (SELECT 1 FROM classes WHERE school_id = $1 AND school_year = $2)";
    /// The same for the pupils of each class, with those whose age nobody knows.
    BY_CLASS = "
        WITH covered AS (
            SELECT DISTINCT person_id
            FROM participations
            WHERE school_id = $1 AND school_year = $2 AND entered_on <= $3 AND (side = 'mentee' OR $4)
        )
        SELECT c.id AS class_id, c.grade, c.letter,
               COUNT(DISTINCT CASE WHEN p.born_on >= $5 AND p.born_on <= $6 THEN p.id END) AS whole,
               COUNT(DISTINCT CASE WHEN p.born_on >= $5 AND p.born_on <= $6 THEN v.person_id END) AS covered,
               COUNT(DISTINCT CASE WHEN p.born_on IS NULL THEN p.id END) AS undated
        FROM classes c
        LEFT JOIN enrolments e ON e.class_id = c.id AND e.entered_on <= $3 AND (e.left_on IS NULL OR e.left_on > $3)
        LEFT JOIN people p ON p.id = e.person_id
        LEFT JOIN covered v ON v.person_id = p.id
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
