//! What somebody said: request or competences, form, time.

use super::common::{crumbs, drawn};
use crate::{
    access::{self, Role, User, Visitor},
    error::{Answer, Failure},
    participation::{
        actions,
        dictionary::Dictionary,
        forms::AnswersForm,
        model::{Participant, ParticipationId, Side, Topic},
        paths, queries,
        slots::Slot,
    },
    people::Sight,
    state::App,
    web::{
        Errors, Form, PathOf, View, see_other_saying,
        ui::{
            field::{Choice, Control, Field},
            form::{self, Fieldset, fieldset, form},
            layout::{Crumb, FlashKind, Page, Width},
        },
    },
    words,
};
use axum::{extract::State, http::StatusCode, response::Response};
use maud::html;

/// What the page is made of.
struct Shown {
    one: Participant,
    topics: Vec<Topic>,
    dictionary: Dictionary,
    curators: Vec<User>,
}

async fn load(app: &App, visitor: &Visitor, id: ParticipationId) -> Answer<Shown> {
    let mut tx = app.db.read().await?;
    let one = queries::participant(&mut tx, Sight::of(visitor)?, id).await?;
    let topics = queries::topics(&mut tx, visitor.school_id(), None, Some(id)).await?;
    let (dictionary, _) = queries::dictionary(&mut tx, visitor.school_id()).await?;
    let mut curators = access::users_of(&mut tx, visitor.school_id()).await?;
    curators.retain(|user| user.is_active && user.roles().contains(&Role::GroupCurator));
    Ok(Shown { one, topics, dictionary, curators })
}

/// Shows the form.
pub async fn show(State(app): State<App>, PathOf(id): PathOf<ParticipationId>, view: View, visitor: Visitor) -> Answer {
    let shown = load(&app, &visitor, id).await?;
    let sent = AnswersForm::of(&shown.one, &shown.topics, &shown.dictionary);
    Ok(page(&view, StatusCode::OK, &shown, (&sent, &Errors::none())))
}

/// Saves the answers.
pub async fn submit(
    State(app): State<App>,
    PathOf(id): PathOf<ParticipationId>,
    view: View,
    visitor: Visitor,
    Form(sent): Form<AnswersForm>,
) -> Answer {
    let shown = load(&app, &visitor, id).await?;
    let refused = |errors: &Errors| Ok(page(&view, StatusCode::UNPROCESSABLE_ENTITY, &shown, (&sent, errors)));
    let answers = match sent.check(shown.one.side, &shown.dictionary, visitor.today) {
        Ok(answers) => answers,
        Err(errors) => return refused(&errors),
    };
    match actions::change_answers(&app, &visitor, (id, sent.version), &answers).await {
        Ok(()) => Ok(see_other_saying(&paths::participation_path(id), FlashKind::Success, "Анкета сохранена.")),
        Err(Failure::Refused(sentence)) => refused(&Errors::one("group_curator", sentence)),
        Err(failure) => Err(failure),
    }
}

fn page(view: &View, status: StatusCode, shown: &Shown, (sent, errors): (&AnswersForm, &Errors)) -> Response {
    let (topics, form_fields, rest) =
        (topics(shown, sent, errors), forms(shown, sent, errors), rest(shown, sent, errors));
    let all: Vec<Field> = topics.iter().chain(&form_fields).chain(&rest).cloned().collect();
    let part = |legend: &str, fields: &[Field]| {
        fieldset(&Fieldset { legend: legend.into(), body: drawn(fields), ..Fieldset::default() })
    };
    let about = if shown.one.side == Side::Mentee { "Запрос" } else { "Компетенции" };
    let path = paths::participation_path(shown.one.id);
    let mut way = crumbs();
    way.push(Crumb::new(shown.one.name().short(), path.clone()));
    view.page_with(
        status,
        Page {
            title: "Анкета участника".into(),
            lead: Some(format!("{} — {}", shown.one.name(), shown.one.side.label())),
            crumbs: way,
            body: form(&form::Form {
                action: paths::part_path(shown.one.id, "edit"),
                submit: "Сохранить".into(),
                cancel_href: Some(path),
                errors: errors.summary(&all),
                body: html! {
                    (part(about, &topics)) (part("Форма наставничества", &form_fields)) (part("Время и порядок", &rest))
                },
                ..form::Form::default()
            }),
            width: Width::Narrow,
            ..Page::default()
        },
    )
}

fn area(name: &'static str, label: &str, value: &str, errors: &Errors) -> Field {
    Field::new(name, label).control(Control::Textarea { rows: 3 }).value(value).error(errors.of(name))
}

fn number(name: &'static str, label: &str, value: &str, errors: &Errors) -> Field {
    Field::new(name, label).control(Control::Number { fraction: false }).value(value).error(errors.of(name))
}

/// Returns the fields of topics and interests, which the public application has too.
pub fn words_fields(
    dictionary: &Dictionary,
    side: Side,
    (topics, own_topics): (&[String], &str),
    (interests, own_interests): (&[String], &str),
    errors: &Errors,
) -> Vec<Field> {
    let options = |interests| dictionary.topics(interests).map(|topic| Choice::new(topic, topic)).collect();
    let chosen = |chosen: &[String]| chosen.to_vec();
    let (asked, own) = match side {
        Side::Mentee => ("С чем нужна помощь", "Другое, через запятую"),
        Side::Mentor => ("С чем можете помочь", "Другое, через запятую"),
    };
    vec![
        Field::new("topics", asked).control(Control::Checkboxes { options: options(false), chosen: chosen(topics) }),
        Field::new("own_topics", own).value(own_topics).error(errors.of("own_topics")),
        Field::new("interests", "Интересы")
            .control(Control::Checkboxes { options: options(true), chosen: chosen(interests) }),
        Field::new("own_interests", "Другие интересы, через запятую")
            .value(own_interests)
            .error(errors.of("own_interests")),
    ]
}

/// Returns the field of the parts of the week.
pub fn slots_field(chosen: &[String], errors: &Errors) -> Field {
    let options = Slot::all().map(|slot| Choice::new(slot.word(), slot.label())).collect();
    Field::new("slots", "Когда есть время")
        .control(Control::Checkboxes { options, chosen: chosen.to_vec() })
        .error(errors.of("slots"))
}

fn topics(shown: &Shown, sent: &AnswersForm, errors: &Errors) -> Vec<Field> {
    let side = shown.one.side;
    let topics = (sent.topics.as_slice(), sent.own_topics.as_str());
    let interests = (sent.interests.as_slice(), sent.own_interests.as_str());
    let mut fields = words_fields(&shown.dictionary, side, topics, interests, errors);
    if side == Side::Mentee {
        fields.insert(2, area("request_text", "Запрос своими словами", &sent.request_text, errors));
        fields.push(area("desired_partner", "Каким видит наставника", &sent.desired_partner, errors));
    } else {
        fields.insert(2, area("achievements", "Достижения, важные для программы", &sent.achievements, errors));
        fields.push(area("desired_partner", "Каких наставляемых хочет", &sent.desired_partner, errors));
        fields.push(number("age_from", "Желаемый возраст: от", &sent.age_from, errors));
        fields.push(number("age_to", "Желаемый возраст: до", &sent.age_to, errors));
        fields.push(number("capacity", "Сколько наставляемых может вести", &sent.capacity, errors));
    }
    fields
}

fn forms(shown: &Shown, sent: &AnswersForm, errors: &Errors) -> Vec<Field> {
    let forms = shown.dictionary.forms.iter().map(|form| Choice::new(&form.word, words::capitalised(&form.title)));
    let forms = std::iter::once(Choice::new("", "Пока не выбрана")).chain(forms).collect();
    let models = shown.dictionary.form(&sent.form).map(|form| form.role_models.join("; ")).unwrap_or_default();
    let hint = if models.is_empty() {
        "Например: равный – равному.".to_owned()
    } else {
        format!("Для этой формы: {models}.")
    };
    vec![
        Field::new("form", "Форма").control(Control::Select(forms)).value(&sent.form).error(errors.of("form")),
        Field::new("role_model", "Ролевая модель").value(&sent.role_model).error(errors.of("role_model")).hint(hint),
    ]
}

fn rest(shown: &Shown, sent: &AnswersForm, errors: &Errors) -> Vec<Field> {
    let day = |name: &'static str, label: &str, value: &str| {
        Field::new(name, label).control(Control::Date).value(value).error(errors.of(name))
    };
    let curators = shown.curators.iter().map(|user| Choice::new(user.id.to_string(), user.full_name.clone()));
    let curators = std::iter::once(Choice::new("", "Не назначен")).chain(curators).collect();
    vec![
        number("hours_per_week", "Часов в неделю", &sent.hours_per_week, errors),
        slots_field(&sent.slots, errors),
        Field::new("time_note", "О времени словами").value(&sent.time_note).error(errors.of("time_note")),
        day("applied_on", "Анкета получена", &sent.applied_on),
        day("trained_on", "Обучение пройдено", &sent.trained_on),
        Field::new("group_curator", "Куратор группы")
            .control(Control::Select(curators))
            .value(&sent.group_curator)
            .error(errors.of("group_curator")),
        Field::new("version", "").control(Control::Hidden).value(sent.version.to_string()),
    ]
}
