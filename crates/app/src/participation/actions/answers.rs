//! What somebody said about the participation.

use crate::{
    access::{self, Role, Visitor},
    audit::{self, Act, Change, Event},
    error::{Answer, Failure},
    participation::{
        model::{Answers, Participant, ParticipationId, Topic},
        queries,
    },
    people::{Sight, actions::subject},
    state::App,
    words,
};

/// Saves what somebody said; the trace says which fields changed, never to what.
pub async fn change_answers(
    app: &App,
    visitor: &Visitor,
    (id, version): (ParticipationId, i64),
    answers: &Answers,
) -> Answer<()> {
    let mut tx = app.db.begin().await?;
    let before = queries::participant(&mut tx, Sight::of(visitor)?, id).await?;
    let topics = queries::topics(&mut tx, visitor.school_id(), None, Some(id)).await?;
    if let Some(curator) = answers.group_curator {
        let user = access::user(&mut tx, visitor.school_id(), curator).await?;
        if !user.roles().contains(&Role::GroupCurator) {
            return Err(Failure::Refused("У выбранного сотрудника нет роли куратора группы.".into()));
        }
    }
    if before.version != version || !queries::set_answers(&mut tx, visitor.school_id(), (id, version), answers).await? {
        return Err(Failure::Stale { yours: said(answers), theirs: stored(&before, &topics) });
    }
    let differences = stored(&before, &topics).into_iter().zip(said(answers)).filter(|(from, to)| from != to);
    let changes = differences.map(|((what, _), _)| Change::fact("Изменено", what));
    let act = Act::of(visitor, Event::AnswersChanged, subject(before.person_id))
        .with([Change::fact("Кем", before.side.label())])
        .with(changes);
    audit::record(&mut tx, act, app.clock.now()).await?;
    Ok(tx.commit().await?)
}

fn stored(p: &Participant, topics: &[Topic]) -> Vec<(String, String)> {
    said(&Answers {
        form: p.form.clone(),
        role_model: p.role_model.clone(),
        request_text: p.request_text.clone(),
        desired_partner: p.desired_partner.clone(),
        achievements: p.achievements.clone(),
        age_from: p.age_from,
        age_to: p.age_to,
        capacity: p.capacity,
        hours_per_week: p.hours_per_week,
        slots: p.slots.0.clone(),
        time_note: p.time_note.clone(),
        applied_on: p.applied_on,
        trained_on: p.trained_on,
        group_curator: p.group_curator_id,
        topics: topics.iter().map(|topic| (topic.kind, topic.topic.clone())).collect(),
    })
}

fn said(a: &Answers) -> Vec<(String, String)> {
    let number = |number: Option<i64>| number.map(|number| number.to_string()).unwrap_or_default();
    let mut topics: Vec<String> = a.topics.iter().map(|(kind, topic)| format!("{kind}: {topic}")).collect();
    topics.sort_unstable();
    let slots: Vec<String> = a.slots.iter().map(|slot| slot.label()).collect();
    [
        ("Форма", a.form.clone()),
        ("Ролевая модель", a.role_model.clone()),
        ("Темы и интересы", topics.join("; ")),
        ("Запрос", a.request_text.clone()),
        ("Пожелания", a.desired_partner.clone()),
        ("Достижения", a.achievements.clone()),
        ("Возраст от", number(a.age_from)),
        ("Возраст до", number(a.age_to)),
        ("Сколько наставляемых", a.capacity.to_string()),
        ("Часов в неделю", number(a.hours_per_week)),
        ("Время", slots.join("; ")),
        ("О времени", a.time_note.clone()),
        ("Анкета получена", a.applied_on.map(words::short_date).unwrap_or_default()),
        ("Обучение пройдено", a.trained_on.map(words::short_date).unwrap_or_default()),
        ("Куратор группы", a.group_curator.map(|id| id.to_string()).unwrap_or_default()),
    ]
    .map(|(what, value)| (what.to_owned(), value))
    .into()
}
