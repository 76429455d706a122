//! The representatives of a minor: naming one, and taking the naming back.

use super::{fields::or_nothing, school_life::part};
use crate::{
    access::Visitor,
    error::Answer,
    people::{
        Sight, actions,
        forms::GuardianForm,
        model::{Grounds, Kind, ListedPerson, Person, PersonId},
        paths,
        queries::{self, NewGuardianship, Wanted},
    },
    state::App,
    web::{
        Errors, Form, PathOf, View, see_other_saying,
        ui::{
            field::{Choice, Control, Field},
            layout::FlashKind,
        },
    },
    words::{capitalised, short_date},
};
use axum::{extract::State, http::StatusCode, response::Response};
use serde::Deserialize;

/// Parents offered by the surname of the child; the others are named anew and merged if they were known.
const OFFERED: i64 = 20;

/// Letters by which surnames of one family agree: «Ёлкин» and «Ёлкина».
const STEM_MIN: usize = 3;

/// Shows the form.
pub async fn show(State(app): State<App>, view: View, visitor: Visitor, PathOf(id): PathOf<PersonId>) -> Answer {
    let (minor, known) = load(&app, &visitor, id).await?;
    Ok(page(&view, StatusCode::OK, (&minor, &known), &GuardianForm::fresh(), &Errors::none()))
}

/// Notes the representative.
pub async fn submit(
    State(app): State<App>,
    view: View,
    visitor: Visitor,
    PathOf(id): PathOf<PersonId>,
    Form(sent): Form<GuardianForm>,
) -> Answer {
    let (minor, known) = load(&app, &visitor, id).await?;
    let named = match sent.check() {
        Ok(named) => named,
        Err(errors) => {
            return Ok(page(&view, StatusCode::UNPROCESSABLE_ENTITY, (&minor, &known), &sent, &errors));
        }
    };
    let new = NewGuardianship { minor: id, guardian: named.id, grounds: named.grounds, paper: &named.paper };
    actions::add_guardian(&app, &visitor, named.facts.as_ref(), new).await?;
    Ok(see_other_saying(&paths::person_path(id), FlashKind::Success, "Представитель записан."))
}

/// Whose naming is taken back.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Removal {
    guardian: String,
}

/// Notes that somebody does not represent the minor any more.
pub async fn remove(
    State(app): State<App>,
    visitor: Visitor,
    PathOf(id): PathOf<PersonId>,
    Form(sent): Form<Removal>,
) -> Answer {
    let guardian = sent.guardian.parse().map_err(|()| crate::error::Failure::NotFound)?;
    actions::remove_guardian(&app, &visitor, (id, guardian)).await?;
    let sentence = "Запись о представителе убрана. Карточка самого человека осталась.";
    Ok(see_other_saying(&paths::person_path(id), FlashKind::Success, sentence))
}

async fn load(app: &App, visitor: &Visitor, id: PersonId) -> Answer<(Person, Vec<ListedPerson>)> {
    let sight = Sight::of(visitor)?;
    let mut tx = app.db.read().await?;
    let minor = queries::person(&mut tx, sight, id).await?;
    let stem = stem(&minor.surname);
    let wanted = Wanted { name: &stem, kind: Some(Kind::Parent), left: Some(false), ..Wanted::default() };
    let known = queries::listed(&mut tx, sight, &wanted, (OFFERED, 0)).await?;
    Ok((minor, known.into_iter().filter(|person| person.id != id).collect()))
}

/// Returns the part of a surname that parents and children share, whatever their sex: «Вербицкий» and «Вербицкая».
fn stem(surname: &str) -> String {
    let letters = surname.chars().count();
    surname.chars().take(letters.saturating_sub(2).max(STEM_MIN)).collect()
}

fn page(
    view: &View,
    status: StatusCode,
    (minor, known): (&Person, &[ListedPerson]),
    sent: &GuardianForm,
    errors: &Errors,
) -> Response {
    let text =
        |name: &'static str, label: &str, value: &str| Field::new(name, label).value(value).error(errors.of(name));
    let grounds = Grounds::ALL.iter().map(|grounds| Choice::new(grounds.word(), capitalised(grounds.label())));
    let fields = [
        Field::new("id", "").control(Control::Hidden).value(&sent.id),
        text("grounds", "Кем приходится", &sent.grounds).required().control(or_nothing("выберите", grounds)),
        text("guardian", "Уже есть в базе", &sent.guardian)
            .control(or_nothing("нет, это новый человек", known.iter().map(choice)))
            .hint("Показаны родители с похожей фамилией."),
        text("name", "Фамилия, имя, отчество", &sent.name).hint("Для нового человека."),
        text("phone", "Телефон", &sent.phone),
        text("email", "Электронная почта", &sent.email).control(Control::Email),
        text("paper", "Документ", &sent.paper)
            .hint("Для опекуна, попечителя и приёмного родителя: вид, номер и дата акта."),
    ];
    part(view, status, (minor, "guardians"), ("Добавить представителя", "Добавить"), errors, &fields)
}

fn choice(person: &ListedPerson) -> Choice {
    let mark = [person.born_on.map(short_date), Some(person.phone.clone())].into_iter().flatten();
    let mark: Vec<String> = mark.filter(|text| !text.is_empty()).collect();
    let mark = if mark.is_empty() { String::new() } else { format!(" ({})", mark.join(", ")) };
    Choice::new(person.id.to_string(), format!("{}{mark}", person.name()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relatives_of_both_sexes_share_the_stem() {
        assert_eq!(stem("Вербицкий"), stem("Вербицкая"));
        assert!("Ёлкин".starts_with(&stem("Ёлкина")));
        assert_eq!(stem("Ли"), "Ли");
    }
}
