-- Every consent has a number in the journal of consents of its school year, in the order they were asked for. The numbers
-- of all schools are given here, behind the walls between them.
SELECT set_config('nastavnik.school', '*', TRUE);

ALTER TABLE consents ADD COLUMN number BIGINT NOT NULL DEFAULT 0;

UPDATE consents
SET number = (SELECT COUNT(*)
              FROM consents o
              WHERE o.school_id = consents.school_id AND o.school_year = consents.school_year
                AND (o.asked_on, o.created_at, o.id) <= (consents.asked_on, consents.created_at, consents.id));

CREATE UNIQUE INDEX consents_by_number ON consents (school_id, school_year, number);

INSERT INTO paper_counters (school_id, journal, journal_year, last_number)
SELECT school_id, 'consents', school_year, MAX(number)
FROM consents
GROUP BY school_id, school_year;
