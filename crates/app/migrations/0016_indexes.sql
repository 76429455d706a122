-- Every statement names the school first, and a school's own database has one school only: an index that begins with
-- the person alone lost against those that begin with the school, and every person cost a walk over all consents.
DROP INDEX participations_by_person;
CREATE INDEX participations_by_person ON participations (school_id, person_id, school_year);
DROP INDEX consents_by_person;
CREATE INDEX consents_by_person ON consents (school_id, person_id, purpose);
