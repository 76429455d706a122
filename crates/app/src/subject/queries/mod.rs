//! Everything about one person, table by table; every value as text, in the order of `record.rs`.

pub mod acts;
pub mod erasing;

use super::record::{Held, SECTIONS, lines};
use crate::people::{PersonId, Sight};
use database::{Record, Result, Row, Tx, args};

database::queries! {
    /// The person, unless the person has withdrawn.
    PERSON = "
        SELECT p.surname, p.given_name, p.patronymic, p.name_key, CAST(p.born_on AS TEXT), p.sex, p.phone, p.email,
               p.journal_id, p.workplace, p.note, CAST(p.left_on AS TEXT), p.left_reason, CAST(NULL AS TEXT)
        FROM people p
        WHERE p.school_id = $1 AND p.id = $2";
    /// What the person is to the school.
    KINDS = "
        SELECT kind
        FROM person_kinds
        WHERE school_id = $1 AND person_id = $2
        ORDER BY kind";
    /// When the person was in a class.
    ENROLMENTS = "
        SELECT CAST(entered_on AS TEXT), CAST(left_on AS TEXT)
        FROM enrolments
        WHERE school_id = $1 AND person_id = $2
        ORDER BY entered_on";
    /// The post of the person.
    STAFF = "
        SELECT post, CASE WHEN is_teaching THEN 'да' ELSE 'нет' END, CAST(teaches_since AS TEXT)
        FROM staff
        WHERE school_id = $1 AND person_id = $2";
    /// What opens the account of the person from elsewhere.
    PROVIDER_LINKS = "
        SELECT l.issuer, l.subject, CAST(l.linked_at AS TEXT)
        FROM provider_links l
        JOIN staff s ON s.school_id = l.school_id AND s.user_id = l.user_id
        WHERE l.school_id = $1 AND s.person_id = $2
        ORDER BY l.linked_at";
    /// Whom the person represents, and who represents the person.
    GUARDIANSHIPS = "
        SELECT grounds, paper
        FROM guardianships
        WHERE school_id = $1 AND (minor_id = $2 OR guardian_id = $2)";
    /// Duplicates made one with this person.
    MERGES = "
        SELECT CAST(moved AS TEXT)
        FROM person_merges
        WHERE school_id = $1 AND (kept_id = $2 OR merged_id = $2)
        ORDER BY merged_at";
    /// Rows of lists that wait for a decision about the person.
    IMPORT_ROWS = "
        SELECT CAST(cells AS TEXT), reason, CAST(plan AS TEXT)
        FROM people_import_rows
        WHERE school_id = $1 AND person_id = $2
        ORDER BY import_id, position";
    /// Applications that turned out to be from the person.
    APPLICATIONS = "
        SELECT CAST(answers AS TEXT), CAST(received_at AS TEXT), outcome
        FROM applications
        WHERE school_id = $1 AND person_id = $2
        ORDER BY received_at";
    /// How the person takes part.
    PARTICIPATIONS = "
        SELECT CAST(school_year AS TEXT), side, source, source_note, CAST(offered_on AS TEXT), CAST(applied_on AS TEXT),
               CAST(interviewed_on AS TEXT), interview_result, CAST(decided_on AS TEXT), decision, decision_reason,
               CAST(trained_on AS TEXT), CAST(entered_on AS TEXT), CAST(left_on AS TEXT), leave_reason, leave_note,
               CAST(suspended_on AS TEXT), form, role_model, request_text, desired_partner, achievements,
               CAST(age_from AS TEXT), CAST(age_to AS TEXT), CAST(capacity AS TEXT), CAST(hours_per_week AS TEXT),
               CAST(slots AS TEXT), time_note
        FROM participations
        WHERE school_id = $1 AND person_id = $2
        ORDER BY school_year, side";
    /// What the person asks for, can do and likes.
    TOPICS = "
        SELECT t.kind, t.topic
        FROM participation_topics t
        JOIN participations p ON p.id = t.participation_id AND p.school_id = t.school_id
        WHERE t.school_id = $1 AND p.person_id = $2
        ORDER BY t.kind, t.topic";
    /// Consents of the person.
    CONSENTS = "
        SELECT CAST(number AS TEXT), purpose, signers, CAST(asked_on AS TEXT), CAST(printed_on AS TEXT), CAST(signed_on AS TEXT),
               CAST(signed_by AS TEXT), CAST(valid_until AS TEXT), CAST(withdrawn_on AS TEXT), withdrawn_by, withdrawal_note
        FROM consents
        WHERE school_id = $1 AND person_id = $2
        ORDER BY asked_on, purpose";
    /// Personal links about the person, or in the hands of the person.
    LINKS = "
        SELECT CAST(made_at AS TEXT), CAST(expires_on AS TEXT), CAST(revoked_at AS TEXT)
        FROM consent_links
        WHERE school_id = $1 AND (person_id = $2 OR holder_id = $2)
        ORDER BY made_at";
    /// That the person may work with children.
    CLEARANCES = "
        SELECT kind, CAST(issued_on AS TEXT), CAST(valid_until AS TEXT), CAST(seen_on AS TEXT), CAST(revoked_on AS TEXT)
        FROM clearances
        WHERE school_id = $1 AND person_id = $2
        ORDER BY issued_on";
    /// Papers about the person.
    PAPERS = "
        SELECT kind, title, search_text, CAST(input AS TEXT), CAST(name_forms AS TEXT), CAST(printed_on AS TEXT),
               CAST(signed_on AS TEXT), CAST(registered_on AS TEXT), number_text, CAST(cancelled_on AS TEXT), cancel_reason
        FROM papers
        WHERE school_id = $1 AND person_id = $2
        ORDER BY created_at, id";
    /// When the person was made acquainted with papers.
    ACQUAINTANCES = "
        SELECT CAST(acquainted_on AS TEXT)
        FROM paper_acquaintances
        WHERE school_id = $1 AND person_id = $2
        ORDER BY paper_id";
    /// How the name is put into cases where the rules get it wrong.
    NAME_FORMS = "
        SELECT name_case, full_name
        FROM person_name_forms
        WHERE school_id = $1 AND person_id = $2
        ORDER BY name_case";
    /// Special categories of the person, as long as nobody has opened them: that there are some, and their days.
    CATEGORIES = "
        SELECT CAST(NULL AS TEXT), CAST(NULL AS TEXT), CAST(since_on AS TEXT), CAST(until_on AS TEXT)
        FROM special_categories
        WHERE school_id = $1 AND person_id = $2
        ORDER BY since_on, id";
}

/// Every statement of the slice.
pub(crate) const QUERIES: &[&[(&str, &str)]] = &[ALL, acts::ALL, erasing::ALL];

/// A row whose every column is text.
struct Texts(Vec<Option<String>>);

impl Record for Texts {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self((0..row.width()).map(|place| row.at(place)).collect::<Result<_>>()?))
    }
}

/// Returns the rows of every section about a person whom the capability covers.
///
/// The caller has read the person by the same capability; here every table is asked for the same id.
pub async fn held(tx: &mut Tx, sight: Sight, id: PersonId) -> Result<Vec<Held>> {
    let mut sections = vec![];
    for section in SECTIONS {
        let rows: Vec<Texts> = tx.all(section.sql, args![sight.school(), id]).await?;
        sections.push((section, rows.into_iter().map(|Texts(values)| lines(section, values)).collect()));
    }
    Ok(sections)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Counts what a statement selects: commas outside of brackets.
    fn width(sql: &str) -> usize {
        let list = sql.split_once("SELECT").unwrap().1.split_once("FROM").unwrap().0;
        let depth = |depth: i32, sign: char| depth + i32::from(sign == '(') - i32::from(sign == ')');
        let commas = list.chars().scan(0, |now, sign| {
            *now = depth(*now, sign);
            Some(*now == 0 && sign == ',')
        });
        commas.filter(|is_comma| *is_comma).count() + 1
    }

    #[test]
    fn every_section_names_every_column_of_its_statement() {
        for section in SECTIONS {
            assert_eq!(width(section.sql), section.columns.len(), "{}", section.table);
        }
    }
}
