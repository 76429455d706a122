//! How names are put into cases where the rules of the program get them wrong.

use crate::people::{PersonId, Sight};
use database::{Result, Tx, args};
use documents::kinds::NameForms;

database::queries! {
    /// The forms of one person.
    FORMS_OF = "
        SELECT f.name_case, f.full_name
        FROM person_name_forms f
        JOIN people p ON p.school_id = f.school_id AND p.id = f.person_id
        WHERE f.school_id = $1
          AND (p.id IN (SELECT s.person_id FROM sight s WHERE s.school_id = $1 AND s.user_id = $2) OR $2 IS NULL)
          AND f.person_id = $3";
    /// The forms of everybody a visitor sees, under the name they are forms of.
    FORMS = "
        SELECT p.surname, p.given_name, p.patronymic, f.name_case, f.full_name
        FROM person_name_forms f
        JOIN people p ON p.school_id = f.school_id AND p.id = f.person_id
        WHERE f.school_id = $1
          AND (p.id IN (SELECT s.person_id FROM sight s WHERE s.school_id = $1 AND s.user_id = $2) OR $2 IS NULL)";
    /// Takes the forms of a person away, before the new ones are noted.
    CLEAR_FORMS = "DELETE FROM person_name_forms WHERE school_id = $1 AND person_id = $2";
    /// Notes a form.
    INSERT_FORM = "
        INSERT INTO person_name_forms (school_id, person_id, name_case, full_name)
        VALUES ($1, $2, $3, $4)";
}

/// Returns the forms of a person: case and form.
pub async fn name_forms_of(tx: &mut Tx, sight: Sight, person: PersonId) -> Result<Vec<(String, String)>> {
    tx.all(FORMS_OF, args![sight.school(), sight.viewer(), person]).await
}

/// Returns the forms of everybody a visitor sees.
pub async fn name_forms(tx: &mut Tx, sight: Sight) -> Result<NameForms> {
    let forms: Vec<(String, String, String, String, String)> =
        tx.all(FORMS, args![sight.school(), sight.viewer()]).await?;
    Ok(forms.into_iter().fold(NameForms::default(), |all, (surname, given, patronymic, case, form)| {
        all.with(format!("{surname} {given} {patronymic}").trim_end(), &case, &form)
    }))
}

/// Takes the forms of a person away.
pub async fn clear_name_forms(tx: &mut Tx, sight: Sight, person: PersonId) -> Result<()> {
    tx.run(CLEAR_FORMS, args![sight.school(), person]).await.map(|_| ())
}

/// Notes how the name of a person is written in a case.
pub async fn insert_name_form(tx: &mut Tx, sight: Sight, person: PersonId, (case, form): (&str, &str)) -> Result<()> {
    tx.run(INSERT_FORM, args![sight.school(), person, case, form]).await.map(|_| ())
}
