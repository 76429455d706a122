//! Unique marks in place of every personal text, and how every person stands to whoever looks.

use crate::support::Town;
use database::args;
use nastavnik::access::{Field, PERSONAL, Relation, Role};
use std::collections::{BTreeMap, BTreeSet};

/// How a mark begins: no Russian word does.
pub const SIGN: &str = "щъ";

/// Digits of a mark.
pub const DIGITS: usize = 6;

/// One text of one row.
pub struct Mark {
    pub table: &'static str,
    pub column: &'static str,
    pub field: Field,
    /// Whom the row is about; nobody of the records for staff and partners.
    pub person: Option<String>,
    /// A consent was withdrawn, or the record turned out to be a duplicate.
    pub is_hidden: bool,
}

/// Every mark by its number.
#[derive(Default)]
pub struct Marks(Vec<Mark>);

impl Marks {
    pub fn get(&self, number: usize) -> &Mark {
        &self.0[number]
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn all(&self) -> impl Iterator<Item = (usize, &Mark)> {
        self.0.iter().enumerate()
    }

    fn next(&mut self, mark: Mark) -> String {
        self.0.push(mark);
        let number = self.0.len() - 1;
        format!("Щъ{number:0DIGITS$}")
    }
}

/// Texts that are marked: the column, the key of its table, the person of the row, and where it makes sense.
struct Marked {
    table: &'static str,
    column: &'static str,
    rows: &'static str,
    update: &'static str,
}

macro_rules! marked {
    ($($table:literal $column:literal: $key:literal of $person:literal $(if $sense:literal)?;)*) => {
        &[$(Marked {
            table: $table,
            column: $column,
            rows: concat!(
                "SELECT CAST(t.", $key, " AS TEXT), CAST(", $person, " AS TEXT), COALESCE((SELECT p.hidden_on IS NOT NULL OR p.merged_into IS NOT NULL \
                 FROM persons p WHERE p.id = ", $person, "), FALSE) FROM ", $table, " t WHERE TRUE", $(" AND ", $sense)?
            ),
            update: concat!("UPDATE ", $table, " SET ", $column, " = $2 WHERE ", $key, " = $1"),
        }),*]
    };
}

const MARKED: &[Marked] = marked! {
    "persons" "surname": "id" of "t.id";
    "persons" "given_name": "id" of "t.id";
    "persons" "phone": "id" of "t.id";
    "persons" "email": "id" of "t.id";
    "persons" "journal_id": "id" of "t.id";
    "persons" "workplace": "id" of "t.id";
    "persons" "note": "id" of "t.id";
    "persons" "left_reason": "id" of "t.id" if "t.left_on IS NOT NULL";
    "staff" "post": "person_id" of "t.person_id";
    "guardianships" "paper": "minor_id" of "t.minor_id";
    "participations" "request_text": "id" of "t.person_id";
    "participations" "desired_partner": "id" of "t.person_id";
    "participations" "achievements": "id" of "t.person_id";
    "participations" "time_note": "id" of "t.person_id";
    "participations" "interview_result": "id" of "t.person_id" if "t.interviewed_on IS NOT NULL";
    "participations" "decision_reason": "id" of "t.person_id" if "t.decision = 'rejected'";
    "participations" "leave_note": "id" of "t.person_id" if "t.left_on IS NOT NULL";
    "consents" "withdrawal_note": "id" of "t.person_id" if "t.withdrawn_on IS NOT NULL";
    "partner_contacts" "full_name": "id" of "NULL";
    "partner_contacts" "phone": "id" of "NULL";
    "partner_contacts" "email": "id" of "NULL";
    "users" "full_name": "id" of "NULL";
    "users" "post": "id" of "NULL";
};

/// Returns the addresses of the cards of some who left the school.
pub async fn cards_of_those_who_left(town: &Town) -> Vec<String> {
    let sql = "
        SELECT CAST(id AS TEXT) FROM persons WHERE left_on IS NOT NULL AND hidden_on IS NULL ORDER BY id LIMIT 2";
    let left: Vec<(String,)> = town.look().await.all(sql, args![]).await.unwrap();
    left.into_iter().map(|(id,)| format!("/people/{id}")).collect()
}

/// Personal columns that carry no mark, each with its reason.
const UNMARKED: &[(&str, &str, &str)] = &[
    ("persons", "patronymic", "is shown beside the name or as one letter"),
    ("persons", "name_key", "follows the name"),
    ("persons", "born_on", "a day"),
    ("persons", "sex", "a word of two"),
    ("persons", "left_on", "a day"),
    ("persons", "hidden_on", "a day"),
    ("person_kinds", "kind", "a word of a few"),
    ("enrolments", "entered_on", "a day"),
    ("enrolments", "left_on", "a day"),
    ("staff", "is_teaching", "yes or no"),
    ("staff", "teaches_since", "a day"),
    ("guardianships", "grounds", "a word of a few"),
    ("person_merges", "moved", "the demo merges nobody"),
    ("people_import_rows", "cells", "the demo has no upload that waits"),
    ("people_import_rows", "reason", "the demo has no upload that waits"),
    ("people_import_rows", "plan", "the demo has no upload that waits"),
    ("applications", "answers", "JSON of a form; its stories look at it"),
    ("applications", "received_at", "a moment"),
    ("applications", "outcome", "a word of a few"),
    ("participations", "school_year", "a number"),
    ("participations", "side", "a word of two"),
    ("participations", "source", "a word of a few"),
    ("participations", "source_note", "stands only beside the source «другое»"),
    ("participations", "offered_on", "a day"),
    ("participations", "applied_on", "a day"),
    ("participations", "interviewed_on", "a day"),
    ("participations", "decided_on", "a day"),
    ("participations", "decision", "a word of a few"),
    ("participations", "trained_on", "a day"),
    ("participations", "entered_on", "a day"),
    ("participations", "left_on", "a day"),
    ("participations", "leave_reason", "a word of a few"),
    ("participations", "suspended_on", "a day"),
    ("participations", "form", "a word of a few"),
    ("participations", "role_model", "a word of a few"),
    ("participations", "age_from", "a number"),
    ("participations", "age_to", "a number"),
    ("participations", "capacity", "a number"),
    ("participations", "hours_per_week", "a number"),
    ("participations", "slots", "hours of a week"),
    ("participation_topics", "kind", "a word of a few"),
    ("participation_topics", "topic", "a word of a dictionary"),
    ("consents", "number", "a number in a journal"),
    ("consents", "purpose", "a word of a few"),
    ("consents", "signers", "a word of a few"),
    ("consents", "asked_on", "a day"),
    ("consents", "printed_on", "a day"),
    ("consents", "signed_on", "a day"),
    ("consents", "signed_by", "ids of the representatives"),
    ("consents", "valid_until", "a day"),
    ("consents", "withdrawn_on", "a day"),
    ("consents", "withdrawn_by", "a word of a few"),
    ("consent_links", "made_at", "a moment"),
    ("consent_links", "expires_on", "a day"),
    ("consent_links", "revoked_at", "a moment"),
    ("clearances", "kind", "a word of a few"),
    ("clearances", "issued_on", "a day"),
    ("clearances", "valid_until", "a day"),
    ("clearances", "seen_on", "a day"),
    ("clearances", "revoked_on", "a day"),
    ("special_categories", "sealed", "is sealed"),
    ("special_categories", "open_text", "is sealed when the program starts"),
    ("special_categories", "since_on", "a day"),
    ("special_categories", "until_on", "a day"),
    ("papers", "kind", "a word of a few"),
    ("papers", "title", "names nobody"),
    ("papers", "search_text", "follows the title"),
    ("papers", "input", "JSON of a form; its stories look at it"),
    ("papers", "name_forms", "JSON; its stories look at it"),
    ("papers", "printed_on", "a day"),
    ("papers", "signed_on", "a day"),
    ("papers", "registered_on", "a day"),
    ("papers", "number_text", "a number"),
    ("papers", "cancelled_on", "a day"),
    ("papers", "cancel_reason", "the demo cancels no paper about one person"),
    ("paper_acquaintances", "acquainted_on", "a day"),
    ("person_name_forms", "name_case", "a word of a few"),
    ("person_name_forms", "full_name", "the demo changes nobody's forms"),
    ("partner_contacts", "post", "stands in papers in its cases"),
    ("partner_contacts", "authority", "stands in papers in its cases"),
    ("provider_links", "issuer", "the demo has no provider; its stories look at it"),
    ("provider_links", "subject", "the demo has no provider; its stories look at it"),
    ("provider_links", "linked_at", "a moment"),
    ("users", "login", "people sign in with it"),
    ("users", "login_key", "people sign in with it"),
    ("users", "search_name", "follows the name"),
];

/// Puts a mark in place of every personal text of the school.
pub async fn put(town: &Town) -> Marks {
    let mut marks = Marks::default();
    let mut tx = town.app.db.begin().await.unwrap();
    for marked in MARKED {
        let rows: Vec<(String, Option<String>, bool)> = tx.all(marked.rows, vec![]).await.unwrap();
        for (key, person, is_hidden) in rows {
            let (table, column) = (marked.table, marked.column);
            let text = marks.next(Mark { table, column, field: field_of(table, column), person, is_hidden });
            tx.run(marked.update, args![key, text]).await.unwrap();
        }
    }
    let keys = "UPDATE persons SET name_key = LOWER(surname || ' ' || given_name || ' ' || patronymic)";
    tx.run(keys, vec![]).await.unwrap();
    tx.commit().await.unwrap();
    marks
}

fn field_of(table: &str, column: &str) -> Field {
    let personal = PERSONAL.iter().find(|personal| personal.table == table).unwrap();
    personal.columns.iter().find(|(known, _)| *known == column).unwrap().1
}

/// Returns the people who stand to the user of a role nearer than everybody of the school, with how.
///
/// Asked of the tables themselves and not of the view the program asks.
pub async fn relations(town: &Town, role: Role, login: &str) -> BTreeMap<String, BTreeSet<Relation>> {
    let (relation, sql) = match role {
        Role::ClassTeacher => (
            Relation::OwnClass,
            "SELECT CAST(e.person_id AS TEXT) FROM enrolments e JOIN classes c ON c.id = e.class_id JOIN users u ON u.id = c.teacher_id
             WHERE u.login = $1 AND e.left_on IS NULL",
        ),
        Role::GroupCurator => (
            Relation::OwnGroup,
            "SELECT CAST(p.person_id AS TEXT) FROM participations p JOIN users u ON u.id = p.group_curator_id
             WHERE u.login = $1 AND p.left_on IS NULL",
        ),
        Role::Psychologist => {
            (Relation::TakesPart, "SELECT CAST(person_id AS TEXT) FROM participations WHERE left_on IS NULL AND $1 <> ''")
        }
        _ => return BTreeMap::new(),
    };
    let mut tx = town.look().await;
    let own: Vec<(String,)> = tx.all(sql, args![login]).await.unwrap();
    let pairs: Vec<(String, String)> =
        tx.all("SELECT CAST(minor_id AS TEXT), CAST(guardian_id AS TEXT) FROM guardianships", vec![]).await.unwrap();
    let own: BTreeSet<String> = own.into_iter().map(|(person,)| person).collect();
    let guardians = pairs.into_iter().filter(|(minor, _)| own.contains(minor)).map(|(_, guardian)| guardian);
    let guardians: Vec<String> = guardians.collect();
    own.iter().cloned().chain(guardians).map(|person| (person, BTreeSet::from([relation]))).collect()
}

#[test]
fn every_personal_column_is_marked_or_says_why_not() {
    let marked: BTreeSet<_> = MARKED.iter().map(|marked| (marked.table, marked.column)).collect();
    let unmarked: BTreeSet<_> = UNMARKED.iter().map(|(table, column, _)| (*table, *column)).collect();
    assert_eq!(marked.intersection(&unmarked).count(), 0);
    let declared: BTreeSet<(&str, &str)> = PERSONAL
        .iter()
        .flat_map(|personal| personal.columns.iter().map(|(column, _)| (personal.table, *column)))
        .collect();
    let known: BTreeSet<_> = marked.union(&unmarked).copied().collect();
    let new: Vec<_> = declared.difference(&known).collect();
    assert!(new.is_empty(), "give these columns a mark in MARKED, or a reason in UNMARKED: {new:?}");
    let gone: Vec<_> = known.difference(&declared).collect();
    assert!(gone.is_empty(), "access/personal.rs does not know {gone:?}");
}
