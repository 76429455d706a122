//! The records that rows are compared with, and the new ones they become.

use crate::{
    access::SchoolId,
    people::{
        import::model::Known,
        model::{ClassId, PersonId},
    },
};
use database::{Result, Tx, Value, args};

database::queries! {
    /// How the records stand: any change of a person, a class or a representative makes another answer.
    STAMP = "
        SELECT COUNT(*), COALESCE(CAST(SUM(version) AS BIGINT), 0), COUNT(hidden_on), COUNT(merged_into),
               (SELECT COUNT(*) + COUNT(e.left_on) FROM enrolments e WHERE e.school_id = $1)
        FROM persons
        WHERE school_id = $1";
    /// How many representations there are, the rest of the stamp.
    STAMP_OF_GUARDIANS = "SELECT COUNT(*) FROM guardianships WHERE school_id = $1";
    /// Records of some names.
    KNOWN_BY_NAME = "
        SELECT p.id, p.surname, p.given_name, p.patronymic, p.name_key, p.born_on, p.sex, p.phone, p.email, p.journal_id,
               p.workplace, p.note, p.left_on, p.hidden_on IS NOT NULL AS is_hidden, p.merged_into, p.version,
               EXISTS (SELECT 1 FROM person_kinds k WHERE k.person_id = p.id AND k.kind = 'pupil') AS is_pupil,
               c.grade, c.letter, c.school_year AS class_year, s.post, s.is_teaching, s.teaches_since, s.user_id
        FROM persons p
        LEFT JOIN enrolments e ON e.person_id = p.id AND e.left_on IS NULL
        LEFT JOIN classes c ON c.id = e.class_id
        LEFT JOIN staff s ON s.person_id = p.id
        WHERE p.school_id = $1 AND p.name_key IN ($2)";
    /// Records of some numbers of the journal.
    KNOWN_BY_JOURNAL = "
        SELECT p.id, p.surname, p.given_name, p.patronymic, p.name_key, p.born_on, p.sex, p.phone, p.email, p.journal_id,
               p.workplace, p.note, p.left_on, p.hidden_on IS NOT NULL AS is_hidden, p.merged_into, p.version,
               EXISTS (SELECT 1 FROM person_kinds k WHERE k.person_id = p.id AND k.kind = 'pupil') AS is_pupil,
               c.grade, c.letter, c.school_year AS class_year, s.post, s.is_teaching, s.teaches_since, s.user_id
        FROM persons p
        LEFT JOIN enrolments e ON e.person_id = p.id AND e.left_on IS NULL
        LEFT JOIN classes c ON c.id = e.class_id
        LEFT JOIN staff s ON s.person_id = p.id
        WHERE p.school_id = $1 AND p.journal_id IN ($2)";
    /// Records of some ids: those that others were merged into, those a person chose.
    KNOWN_BY_ID = "
        SELECT p.id, p.surname, p.given_name, p.patronymic, p.name_key, p.born_on, p.sex, p.phone, p.email, p.journal_id,
               p.workplace, p.note, p.left_on, p.hidden_on IS NOT NULL AS is_hidden, p.merged_into, p.version,
               EXISTS (SELECT 1 FROM person_kinds k WHERE k.person_id = p.id AND k.kind = 'pupil') AS is_pupil,
               c.grade, c.letter, c.school_year AS class_year, s.post, s.is_teaching, s.teaches_since, s.user_id
        FROM persons p
        LEFT JOIN enrolments e ON e.person_id = p.id AND e.left_on IS NULL
        LEFT JOIN classes c ON c.id = e.class_id
        LEFT JOIN staff s ON s.person_id = p.id
        WHERE p.school_id = $1 AND p.id IN ($2)";
    /// Who represents some people.
    REPRESENTED = "SELECT minor_id, guardian_id FROM guardianships WHERE school_id = $1 AND minor_id IN ($2)";
    /// Who is in which class of a year.
    ENROLLED = "
        SELECT e.person_id, c.grade, c.letter
        FROM enrolments e
        JOIN classes c ON c.id = e.class_id
        JOIN people p ON p.id = e.person_id
        WHERE e.school_id = $1 AND c.school_year = $2 AND e.left_on IS NULL AND p.left_on IS NULL
        ORDER BY c.grade, c.letter COLLATE russian, p.surname COLLATE russian, p.given_name COLLATE russian, p.id";
    /// People of some ids as they are named on a page.
    NAMED = "
        SELECT p.id, p.surname, p.given_name, p.patronymic, p.born_on
        FROM people p
        WHERE p.school_id = $1 AND p.id IN ($2)";
    /// Adds people.
    ADD_PEOPLE = "
        INSERT INTO persons (id, school_id, surname, given_name, patronymic, name_key, born_on, sex, phone, email, journal_id,
                             workplace, note, left_reason, created_at, version)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, '', '', '', $12, 1)";
    /// Gives kinds to people.
    ADD_KINDS = "INSERT INTO person_kinds (school_id, person_id, kind) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    /// Puts people into classes.
    ADD_ENROLMENTS = "INSERT INTO enrolments (id, school_id, person_id, class_id, entered_on) VALUES ($1, $2, $3, $4, $5)";
    /// Notes posts.
    ADD_STAFF = "
        INSERT INTO staff (person_id, school_id, post, is_teaching, teaches_since)
        VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (person_id) DO UPDATE
        SET post = excluded.post, is_teaching = excluded.is_teaching, teaches_since = excluded.teaches_since";
    /// Notes who represents whom; what is known already stays.
    ADD_GUARDIANSHIPS = "
        INSERT INTO guardianships (school_id, minor_id, guardian_id, grounds, paper)
        VALUES ($1, $2, $3, $4, '')
        ON CONFLICT DO NOTHING";
    /// Corrects the telephone and the mail of a representative.
    SET_CONTACTS = "
        UPDATE persons SET phone = $3, email = $4, version = version + 1
        WHERE id = $1 AND school_id = $2";
    /// The class of this name in a year.
    CLASS_NAMED = "SELECT id FROM classes WHERE school_id = $1 AND school_year = $2 AND grade = $3 AND letter = $4";
}

database::record! {
    /// Somebody as a page of an upload names them.
    #[derive(Debug, Clone)]
    pub struct Named {
        pub id: PersonId,
        pub surname: String,
        pub given_name: String,
        pub patronymic: String,
        pub born_on: Option<chrono::NaiveDate>,
    }
}

/// Returns how the records stand, to be compared with how they stood.
pub async fn stamp(tx: &mut Tx, school: SchoolId) -> Result<String> {
    let (all, versions, hidden, merged, enrolled): (i64, i64, i64, i64, i64) = tx.one(STAMP, args![school]).await?;
    let (guardians,): (i64,) = tx.one(STAMP_OF_GUARDIANS, args![school]).await?;
    Ok(format!("{all}.{versions}.{hidden}.{merged}.{enrolled}.{guardians}"))
}

/// By what records are looked for.
pub enum Among {
    Names(Vec<String>),
    Journal(Vec<String>),
    Ids(Vec<PersonId>),
}

/// Returns records, hidden and merged ones too.
pub async fn known(tx: &mut Tx, school: SchoolId, among: Among) -> Result<Vec<Known>> {
    let (sql, among) = match among {
        Among::Names(keys) => (KNOWN_BY_NAME, keys.into_iter().map(Value::from).collect()),
        Among::Journal(numbers) => (KNOWN_BY_JOURNAL, numbers.into_iter().map(Value::from).collect()),
        Among::Ids(ids) => (KNOWN_BY_ID, ids.into_iter().map(Value::from).collect::<Vec<_>>()),
    };
    tx.all_among(sql, args![school], among).await
}

/// Returns who represents some people: minor and representative.
pub async fn represented(tx: &mut Tx, school: SchoolId, minors: Vec<PersonId>) -> Result<Vec<(PersonId, PersonId)>> {
    tx.all_among(REPRESENTED, args![school], minors.into_iter().map(Value::from).collect()).await
}

/// Returns who is in which class of a year: person, grade, letter.
pub async fn enrolled(tx: &mut Tx, school: SchoolId, year: i64) -> Result<Vec<(PersonId, i64, String)>> {
    tx.all(ENROLLED, args![school, year]).await
}

/// Returns the names of people, as far as they are seen.
pub async fn named(tx: &mut Tx, school: SchoolId, ids: Vec<PersonId>) -> Result<Vec<Named>> {
    tx.all_among(NAMED, args![school], ids.into_iter().map(Value::from).collect()).await
}

/// Corrects the contacts of a representative.
pub async fn set_contacts(tx: &mut Tx, key: (SchoolId, PersonId), phone: &str, email: &str) -> Result<()> {
    tx.run(SET_CONTACTS, args![key.1, key.0, phone, email]).await.map(|_| ())
}

/// Returns the class of a name in a year.
pub async fn class_named(
    tx: &mut Tx,
    school: SchoolId,
    year: i64,
    (grade, letter): (i64, &str),
) -> Result<Option<ClassId>> {
    Ok(tx.maybe::<(ClassId,)>(CLASS_NAMED, args![school, year, grade, letter]).await?.map(|(id,)| id))
}

/// New records that are written together, in the order their keys ask for.
#[derive(Default)]
pub struct Additions {
    pub people: Vec<Vec<Value>>,
    pub kinds: Vec<Vec<Value>>,
    pub enrolments: Vec<Vec<Value>>,
    pub staff: Vec<Vec<Value>>,
    pub guardianships: Vec<Vec<Value>>,
}

/// Writes the new records and empties the lists of them.
pub async fn add_all(tx: &mut Tx, additions: &mut Additions) -> Result<()> {
    let Additions { people, kinds, enrolments, staff, guardianships } = std::mem::take(additions);
    for (sql, rows) in [
        (ADD_PEOPLE, people),
        (ADD_KINDS, kinds),
        (ADD_ENROLMENTS, enrolments),
        (ADD_STAFF, staff),
        (ADD_GUARDIANSHIPS, guardianships),
    ] {
        tx.run_many(sql, rows).await?;
    }
    Ok(())
}
