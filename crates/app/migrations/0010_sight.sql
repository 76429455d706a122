-- Two views decide who is seen. Statements read people through them; what reads `persons` itself is listed with its
-- reason in a test.

-- Everybody who may appear anywhere: neither a merged duplicate nor somebody whose consent was withdrawn.
CREATE VIEW people AS
SELECT id, school_id, surname, given_name, patronymic, name_key, born_on, sex, phone, email, journal_id, partner_id,
       workplace, note, left_on, left_reason, created_at, version
FROM persons
WHERE hidden_on IS NULL AND merged_into IS NULL;

-- Whom a user may see who does not see everybody: pupils of the classes the user leads and their representatives,
-- the people of the groups the user curates and their representatives, for a psychologist everybody who takes part.
CREATE VIEW sight AS
WITH own AS (
    SELECT c.school_id, c.teacher_id AS user_id, e.person_id
    FROM classes c
    JOIN enrolments e ON e.class_id = c.id
    WHERE c.teacher_id IS NOT NULL AND e.left_on IS NULL
    UNION
    SELECT school_id, group_curator_id, person_id
    FROM participations
    WHERE group_curator_id IS NOT NULL AND left_on IS NULL
    UNION
    SELECT r.school_id, r.user_id, p.person_id
    FROM user_roles r
    JOIN participations p ON p.school_id = r.school_id
    WHERE r.role = 'psychologist' AND p.left_on IS NULL
)
SELECT school_id, user_id, person_id
FROM own
UNION
SELECT o.school_id, o.user_id, g.guardian_id
FROM own o
JOIN guardianships g ON g.minor_id = o.person_id;
