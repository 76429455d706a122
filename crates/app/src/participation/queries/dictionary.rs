//! Forms of mentoring and topics a school added.

use crate::{
    access::SchoolId,
    participation::dictionary::{Dictionary, FormId, MentoringForm, TopicId},
    people::Kind,
};
use database::{Json, Result, Tx, args, fold};

database::queries! {
    /// The forms a school added.
    FORMS = "
        SELECT id, word, title, mentor_kind, mentee_kind, role_models
        FROM mentoring_forms
        WHERE school_id = $1
        ORDER BY title COLLATE russian";
    /// Adds a form.
    INSERT_FORM = "
        INSERT INTO mentoring_forms (id, school_id, word, title, mentor_kind, mentee_kind, role_models)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT DO NOTHING";
    /// Removes a form nobody has chosen.
    DROP_FORM = "
        DELETE FROM mentoring_forms
        WHERE id = $1 AND school_id = $2
          AND NOT EXISTS (SELECT 1 FROM participations n WHERE n.school_id = $2 AND n.form = mentoring_forms.word)";
    /// The topics a school added.
    TOPICS = "
        SELECT id, title
        FROM topics
        WHERE school_id = $1
        ORDER BY title COLLATE russian";
    /// Adds a topic unless there is one that reads the same.
    INSERT_TOPIC = "
        INSERT INTO topics (id, school_id, title, title_key)
        VALUES ($1, $2, $3, $4)
        ON CONFLICT DO NOTHING";
    /// Removes a topic; whoever chose it keeps the words.
    DROP_TOPIC = "DELETE FROM topics WHERE id = $1 AND school_id = $2";
}

database::record! {
    struct FormRow {
        id: FormId,
        word: String,
        title: String,
        mentor_kind: Kind,
        mentee_kind: Kind,
        role_models: Json<Vec<String>>,
    }
}

/// Returns the words of a school: the built-in ones and its own, and the ids of its own topics.
pub async fn dictionary(tx: &mut Tx, school: SchoolId) -> Result<(Dictionary, Vec<(TopicId, String)>)> {
    let forms: Vec<FormRow> = tx.all(FORMS, args![school]).await?;
    let topics: Vec<(TopicId, String)> = tx.all(TOPICS, args![school]).await?;
    let forms = forms.into_iter().map(|row| MentoringForm {
        id: Some(row.id),
        word: row.word,
        title: row.title,
        mentor: row.mentor_kind,
        mentee: row.mentee_kind,
        role_models: row.role_models.0,
        is_target_model: false,
    });
    let titles = topics.iter().map(|(_, title)| title.clone()).collect();
    Ok((Dictionary::with(forms.collect(), titles), topics))
}

/// Adds a form; `false` when its word is taken or it is there already.
pub async fn insert_form(tx: &mut Tx, school: SchoolId, id: FormId, form: &MentoringForm) -> Result<bool> {
    let models = super::json(&form.role_models);
    let facts = args![id, school, &form.word, &form.title, form.mentor, form.mentee, models];
    Ok(tx.run(INSERT_FORM, facts).await? == 1)
}

/// Removes a form; `false` when somebody has chosen it or there is none.
pub async fn drop_form(tx: &mut Tx, school: SchoolId, id: FormId) -> Result<bool> {
    Ok(tx.run(DROP_FORM, args![id, school]).await? == 1)
}

/// Adds a topic; `false` when there is one that reads the same.
pub async fn insert_topic(tx: &mut Tx, school: SchoolId, id: TopicId, title: &str) -> Result<bool> {
    Ok(tx.run(INSERT_TOPIC, args![id, school, title, fold(title)]).await? == 1)
}

/// Removes a topic; `false` when there is none.
pub async fn drop_topic(tx: &mut Tx, school: SchoolId, id: TopicId) -> Result<bool> {
    Ok(tx.run(DROP_TOPIC, args![id, school]).await? == 1)
}
