//! The table `partners`, and the people partners give.

use crate::{
    access::SchoolId,
    partners::model::{Partner, PartnerId},
    people::{FullName, PersonId, Sight},
    school_year::SchoolYear,
};
use chrono::{DateTime, NaiveDate, Utc};
use database::{Result, Tx, args, fold};

database::queries! {
    /// The partners of a school by name; a few dozen.
    PARTNERS = "
        SELECT id, name, short_name, kind, inn, address, site, note, ended_on, created_at, version
        FROM partners
        WHERE school_id = $1
        ORDER BY short_name COLLATE russian, id";
    /// One partner of a school.
    PARTNER = "
        SELECT id, name, short_name, kind, inn, address, site, note, ended_on, created_at, version
        FROM partners
        WHERE id = $1 AND school_id = $2";
    /// Partners whose name or note holds a word.
    SEARCH = "
        SELECT id, name, short_name, kind, inn, address, site, note, ended_on, created_at, version
        FROM partners
        WHERE school_id = $1 AND search_text LIKE '%' || $2 || '%' ESCAPE '\\'
        ORDER BY short_name COLLATE russian, id
        LIMIT $3";
    /// Adds a partner.
    INSERT_PARTNER = "
        INSERT INTO partners (id, school_id, name, short_name, search_text, kind, inn, address, site, note, created_at, version)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1)";
    /// Saves a partner if nobody saved it since `version`.
    UPDATE_PARTNER = "
        UPDATE partners
        SET name = $4, short_name = $5, search_text = $6, kind = $7, inn = $8, address = $9, site = $10, note = $11,
            version = version + 1
        WHERE id = $1 AND school_id = $2 AND version = $3";
    /// Sets or takes away the last day of working together if nobody saved the partner since `version`.
    END = "
        UPDATE partners
        SET ended_on = $4, version = version + 1
        WHERE id = $1 AND school_id = $2 AND version = $3";
    /// The people of partners with the day each entered the base of mentors of a school year.
    MENTORS = "
        SELECT p.id, p.partner_id, p.surname, p.given_name, p.patronymic, MIN(t.entered_on) AS entered_on
        FROM people p
        LEFT JOIN participations t
            ON t.school_id = p.school_id AND t.person_id = p.id AND t.school_year = $3 AND t.side = 'mentor'
        WHERE p.school_id = $1 AND p.partner_id IS NOT NULL
          AND (p.id IN (SELECT s.person_id FROM sight s WHERE s.school_id = $1 AND s.user_id = $2) OR $2 IS NULL)
        GROUP BY p.id, p.partner_id, p.surname, p.given_name, p.patronymic, p.name_key
        ORDER BY p.name_key, p.id";
    /// Partners one of whose people had entered the base of mentors of a school year by a day; names nobody.
    GIVERS = "
        SELECT DISTINCT p.partner_id
        FROM people p
        JOIN participations t ON t.school_id = p.school_id AND t.person_id = p.id
        WHERE p.school_id = $1 AND p.partner_id IS NOT NULL
          AND t.school_year = $2 AND t.side = 'mentor' AND t.entered_on <= $3";
}

database::record! {
    /// Somebody of a partner.
    #[derive(Debug, Clone)]
    pub struct Mentor {
        pub id: PersonId,
        pub partner_id: PartnerId,
        pub surname: String,
        pub given_name: String,
        pub patronymic: String,
        /// The day of entering the base of mentors this year; nothing for somebody who is no mentor yet.
        pub entered_on: Option<NaiveDate>,
    }
}

impl Mentor {
    /// Returns the name.
    pub fn name(&self) -> FullName {
        FullName { surname: self.surname.clone(), given: self.given_name.clone(), patronymic: self.patronymic.clone() }
    }
}

fn search_text(partner: &Partner) -> String {
    fold(&[&*partner.name, &partner.short_name, &partner.inn, &partner.note].join(" "))
}

/// Returns the partners of a school by name.
pub async fn partners(tx: &mut Tx, school: SchoolId) -> Result<Vec<Partner>> {
    tx.all(PARTNERS, args![school]).await
}

/// Returns a partner of the school.
pub async fn partner(tx: &mut Tx, school: SchoolId, id: PartnerId) -> Result<Partner> {
    tx.one(PARTNER, args![id, school]).await
}

/// Returns partners that a word is about, at most `most`.
pub async fn search(tx: &mut Tx, school: SchoolId, needle: &str, most: i64) -> Result<Vec<Partner>> {
    // `%` and `_` are ordinary characters for people.
    let needle = fold(needle).replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    tx.all(SEARCH, args![school, needle, most]).await
}

/// Adds a partner; [`database::Error::Taken`] when it was added before.
pub async fn insert_partner(tx: &mut Tx, school: SchoolId, new: &Partner, now: DateTime<Utc>) -> Result<()> {
    let facts = args![
        new.id,
        school,
        &new.name,
        &new.short_name,
        search_text(new),
        new.kind,
        &new.inn,
        &new.address,
        &new.site,
        &new.note,
        now,
    ];
    tx.run(INSERT_PARTNER, facts).await.map(|_| ())
}

/// Saves a partner; `false` when somebody saved it since `partner.version`.
pub async fn update_partner(tx: &mut Tx, school: SchoolId, partner: &Partner) -> Result<bool> {
    let facts = args![
        partner.id,
        school,
        partner.version,
        &partner.name,
        &partner.short_name,
        search_text(partner),
        partner.kind,
        &partner.inn,
        &partner.address,
        &partner.site,
        &partner.note,
    ];
    Ok(tx.run(UPDATE_PARTNER, facts).await? == 1)
}

/// Sets or takes away the last day; `false` when somebody saved the partner since `version`.
pub async fn end(
    tx: &mut Tx,
    (school, id): (SchoolId, PartnerId),
    version: i64,
    ended_on: Option<NaiveDate>,
) -> Result<bool> {
    Ok(tx.run(END, args![id, school, version, ended_on]).await? == 1)
}

/// Returns the people of partners whom the viewer may see, by name, with the day each became a mentor of the year.
pub async fn mentors(tx: &mut Tx, sight: Sight, year: SchoolYear) -> Result<Vec<Mentor>> {
    tx.all(MENTORS, args![sight.school(), sight.viewer(), year.start_year()]).await
}

/// Returns the partners that had given a mentor by a day of a year.
pub async fn givers(tx: &mut Tx, school: SchoolId, year: SchoolYear, on: NaiveDate) -> Result<Vec<PartnerId>> {
    let found: Vec<(PartnerId,)> = tx.all(GIVERS, args![school, year.start_year(), on]).await?;
    Ok(found.into_iter().map(|(id,)| id).collect())
}
