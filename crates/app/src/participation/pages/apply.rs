//! The application anybody with the address can send; the page says nothing about who is on record.

use super::{
    common::drawn,
    edit::{slots_field, words_fields},
};
use crate::{
    access::School,
    error::{Answer, Failure},
    participation::{
        actions,
        dictionary::Dictionary,
        forms::ApplyForm,
        model::Side,
        paths,
        queries::{self, OpenLink},
    },
    state::App,
    web::{
        BrowserAddress, Errors, Form, PathOf, View,
        ui::{
            field::{Control, Field},
            form::{self, form},
            notice::{Notice, Tone, notice},
        },
    },
    words,
};
use axum::{extract::State, http::StatusCode, response::Response};
use database::Tx;
use maud::html;

/// Applications from one address that cost no wait: a parallel fills the form in one lesson, behind one address.
const FREE: u32 = 120;

/// Shows the form; changes nothing.
pub async fn show(State(app): State<App>, PathOf(token): PathOf<String>, view: View) -> Answer {
    let mut tx = app.db.of_every_school().read().await?;
    match actions::find_link(&app, &mut tx, &token).await? {
        Some((link, school)) => {
            page(&view, &mut tx, (&link, &school, &token), (&ApplyForm::fresh(), &Errors::none())).await
        }
        None => Ok(closed(&view)),
    }
}

/// Keeps the application.
pub async fn submit(
    State(app): State<App>,
    PathOf(token): PathOf<String>,
    view: View,
    BrowserAddress(address): BrowserAddress,
    Form(sent): Form<ApplyForm>,
) -> Answer {
    app.throttle.sent("application", &address, FREE, app.clock.now()).map_err(Failure::TooMany)?;
    let answers = match sent.check() {
        Ok(answers) => answers,
        Err(errors) => {
            let mut tx = app.db.of_every_school().read().await?;
            let Some((link, school)) = actions::find_link(&app, &mut tx, &token).await? else {
                return Ok(closed(&view));
            };
            return page(&view, &mut tx, (&link, &school, &token), (&sent, &errors)).await;
        }
    };
    if !actions::apply(&app, &token, sent.id, &answers).await? {
        return Ok(closed(&view));
    }
    let body = html! {
        p { "Спасибо, заявка получена. Куратор программы свяжется с вами." }
        p { "Это ещё не участие: согласие на обработку персональных данных школа попросит подписать отдельно." }
    };
    Ok(view.bare(StatusCode::OK, "Заявка получена", &body))
}

/// The same page for a link that is closed, over or never was.
fn closed(view: &View) -> Response {
    let body = html! { p { "По этой ссылке заявки не принимаются. Спросите в школе действующую ссылку." } };
    view.bare(StatusCode::GONE, "Ссылка не действует", &body)
}

async fn page(
    view: &View,
    tx: &mut Tx,
    (link, school, token): (&OpenLink, &School, &str),
    (sent, errors): (&ApplyForm, &Errors),
) -> Answer<Response> {
    let (dictionary, _) = queries::dictionary(tx, school.id).await?;
    let fields = fields(&dictionary, link.side, sent, errors);
    let side = match link.side {
        Side::Mentor => "Заявка наставника",
        Side::Mentee => "Заявка наставляемого",
    };
    let body = html! {
        p { (school.name) ". Заявки принимаются до " (words::long_date(link.closes_on)) "." }
        (notice(&Notice::new(Tone::Info, "Заявка — не согласие на обработку персональных данных. Согласие школа попросит подписать отдельно, на бумаге. Здесь спрашивается только то, без чего нельзя ответить на заявку.")))
        (form(&form::Form {
            action: paths::apply_path(token),
            submit: "Отправить заявку".into(),
            errors: errors.summary(&fields),
            body: drawn(&fields),
            ..form::Form::default()
        }))
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(view.bare(status, side, &body))
}

fn fields(dictionary: &Dictionary, side: Side, sent: &ApplyForm, errors: &Errors) -> Vec<Field> {
    let line =
        |name: &'static str, label: &str, value: &str| Field::new(name, label).value(value).error(errors.of(name));
    let own = match side {
        Side::Mentee => "С чем нужна помощь, своими словами",
        Side::Mentor => "Опыт и достижения, важные для программы",
    };
    let mut fields = vec![
        line("full_name", "Фамилия, имя, отчество", &sent.full_name).required().autocomplete("name"),
        line("place", "Класс, место учёбы или работы", &sent.place).required(),
        line("contact", "Телефон или почта для ответа", &sent.contact)
            .required()
            .hint("Если вам нет 14 лет, укажите телефон родителя."),
    ];
    let topics = (sent.topics.as_slice(), sent.own_topics.as_str());
    let interests = (sent.interests.as_slice(), sent.own_interests.as_str());
    fields.extend(words_fields(dictionary, side, topics, interests, errors));
    fields.push(line("words", own, &sent.words).control(Control::Textarea { rows: 3 }));
    fields.push(slots_field(&sent.slots, errors));
    fields.push(line("time_note", "О времени словами", &sent.time_note));
    fields.push(Field::new("id", "").control(Control::Hidden).value(sent.id.to_string()));
    fields
}
