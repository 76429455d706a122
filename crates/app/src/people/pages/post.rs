//! The post of a member of staff.

use super::{fields::or_nothing, school_life::part};
use crate::{
    access::{self, User, Visitor},
    error::{Answer, Failure},
    people::{
        Sight, actions,
        forms::StaffForm,
        model::{Person, PersonId},
        paths, queries,
    },
    state::App,
    web::{
        Errors, Form, PathOf, View, see_other_saying,
        ui::{
            field::{Choice, Control, Field},
            layout::FlashKind,
        },
    },
};
use axum::{extract::State, http::StatusCode, response::Response};

/// Shows the post.
pub async fn show(State(app): State<App>, view: View, visitor: Visitor, PathOf(id): PathOf<PersonId>) -> Answer {
    let (person, users) = load(&app, &visitor, id).await?;
    let mut tx = app.db.read().await?;
    let staff = queries::staff(&mut tx, (visitor.school_id(), id)).await?.unwrap_or_default();
    Ok(page(&view, StatusCode::OK, (&person, &users), &StaffForm::of(&staff), &Errors::none()))
}

/// Saves the post.
pub async fn submit(
    State(app): State<App>,
    view: View,
    visitor: Visitor,
    PathOf(id): PathOf<PersonId>,
    Form(sent): Form<StaffForm>,
) -> Answer {
    let (person, users) = load(&app, &visitor, id).await?;
    let refused = |errors: &Errors| Ok(page(&view, StatusCode::UNPROCESSABLE_ENTITY, (&person, &users), &sent, errors));
    let staff = match sent.check(visitor.today) {
        Ok(staff) => staff,
        Err(errors) => return refused(&errors),
    };
    if staff.user_id.is_some_and(|id| users.iter().all(|user| user.id != id)) {
        return refused(&Errors::one("user", "Выберите учётную запись из списка."));
    }
    match actions::set_staff(&app, &visitor, id, &staff).await {
        Err(Failure::Refused(sentence)) => refused(&Errors::one("user", sentence)),
        other => {
            other?;
            Ok(see_other_saying(&paths::person_path(id), FlashKind::Success, "Сведения о работе сохранены."))
        }
    }
}

async fn load(app: &App, visitor: &Visitor, id: PersonId) -> Answer<(Person, Vec<User>)> {
    let mut tx = app.db.read().await?;
    let person = queries::person(&mut tx, Sight::of(visitor)?, id).await?;
    Ok((person, access::users_of(&mut tx, visitor.school_id()).await?))
}

fn page(
    view: &View,
    status: StatusCode,
    (person, users): (&Person, &[User]),
    sent: &StaffForm,
    errors: &Errors,
) -> Response {
    let text =
        |name: &'static str, label: &str, value: &str| Field::new(name, label).value(value).error(errors.of(name));
    let users = users.iter().map(|user| Choice::new(user.id.to_string(), user.full_name.clone()));
    let fields = [
        text("post", "Должность", &sent.post).required().hint("Как в штатном расписании."),
        text("is_teaching", "Педагогический работник", &sent.is_teaching).control(Control::Checkbox),
        text("teaches_since", "Педагогический стаж с", &sent.teaches_since)
            .control(Control::Date)
            .hint("По нему определяются молодые специалисты: стаж до трёх лет."),
        text("user", "Учётная запись в программе", &sent.user)
            .control(or_nothing("нет", users))
            .hint("Свяжите, если человек сам входит в программу."),
    ];
    part(view, status, (person, "post"), ("Работа в школе", "Сохранить"), errors, &fields)
}
