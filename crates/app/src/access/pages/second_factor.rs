//! The own second factor: set up, codes for a lost telephone, given up.

use crate::{
    access::{
        Visitor,
        actions::{self, Coded, Offer, Progress},
        forms::CodeForm,
        paths,
        second_factor::Standing,
    },
    error::{Answer, Failure},
    state::App,
    web::{
        Errors, Form, View, see_other, see_other_saying,
        ui::{
            action::{Action, action},
            card::{Card, card},
            field::{Field, field},
            form::{self, form},
            layout::{FlashKind, Page, Width},
            notice::{Notice, Tone, notice},
            qr::{Qr, qr},
        },
    },
    words,
};
use axum::{extract::State, http::StatusCode, response::Response};
use maud::{Markup, html};

/// Shows how the visitor stands to the second factor.
pub async fn show(State(app): State<App>, view: View, visitor: Visitor) -> Answer {
    page(&app, &view, &visitor, StatusCode::OK, &Errors::none()).await
}

async fn page(app: &App, view: &View, visitor: &Visitor, status: StatusCode, errors: &Errors) -> Answer<Response> {
    let body = match actions::factor_progress(app, visitor).await? {
        Progress::NotBegun => html! { (demanded(visitor)) (not_begun()) },
        Progress::Offered(offer) => html! { (demanded(visitor)) (setting_up(&offer, errors)) },
        Progress::Set(left) => set_up(left, errors),
    };
    Ok(view.page_with(status, whole(body)))
}

fn whole(body: Markup) -> Page {
    Page {
        title: "Второй фактор".into(),
        lead: Some("Пароль могут подсмотреть. Код с телефона, который меняется каждые полминуты, — нет.".into()),
        body,
        width: Width::Narrow,
        ..Page::default()
    }
}

fn demanded(visitor: &Visitor) -> Markup {
    match visitor.factor {
        Standing::Good => html! {},
        Standing::Due => {
            notice(&Notice::new(Tone::Danger, "Вашей роли нужен второй фактор. Включите его, чтобы работать дальше."))
        }
        Standing::DueAt(moment) => {
            let day = words::short_date(moment.with_timezone(&visitor.school.zone()).date_naive());
            let sentence = format!("Вашей роли нужен второй фактор: с {day} без него откроется только эта страница.");
            notice(&Notice::new(Tone::Warning, sentence))
        }
    }
}

fn not_begun() -> Markup {
    card(&Card {
        title: "Включить".into(),
        body: html! {
            p { "Поставьте на телефон приложение с кодами: Яндекс Ключ, FreeOTP или другое, потом нажмите «Показать ключ»." }
            (action(&Action::post("Показать ключ", paths::SECOND_FACTOR).primary()))
        },
        ..Card::default()
    })
}

fn setting_up(offer: &Offer, errors: &Errors) -> Markup {
    html! {
        (card(&Card {
            title: "Включить".into(),
            body: html! {
                ol {
                    li { "Наведите приложение с кодами на рисунок. Не получается — введите в нём ключ вручную." }
                    li { "Впишите код, который оно покажет." }
                }
                (qr(&Qr { address: offer.address.clone(), label: "Рисунок для приложения с кодами".into() }))
                p { "Ключ: " code class="secret" { (offer.secret) } }
                (code_form((paths::SECOND_FACTOR, 0), "Включить второй фактор", errors))
            },
            ..Card::default()
        }))
    }
}

/// The form of a code; `place` tells apart two of them on one page.
fn code_form((action, place): (&str, usize), submit: &str, errors: &Errors) -> Markup {
    form(&form::Form {
        action: action.into(),
        submit: submit.into(),
        body: field(
            &Field::new("code", "Код").at(place).required().error(errors.of("code")).autocomplete("one-time-code"),
        ),
        ..form::Form::default()
    })
}

fn set_up(left: i64, errors: &Errors) -> Markup {
    let codes = words::counted(left, &["резервный код", "резервных кода", "резервных кодов"]);
    html! {
        (notice(&Notice::new(Tone::Success, format!("Второй фактор включён. Осталось: {codes}."))))
        (card(&Card {
            title: "Новые резервные коды".into(),
            lead: Some("Прежние перестанут действовать. Введите код с телефона, чтобы подтвердить.".into()),
            body: code_form((paths::RECOVERY_CODES, 0), "Показать новые коды", errors),
            ..Card::default()
        }))
        (card(&Card {
            title: "Сменить телефон или выключить".into(),
            lead: Some("Второй фактор выключится. Если он нужен вашей роли, включите его сразу на новом телефоне.".into()),
            body: code_form((paths::FACTOR_REMOVAL, 1), "Выключить второй фактор", &Errors::none()),
            ..Card::default()
        }))
    }
}

/// Shows the key when no code is sent; switches the factor on with its first code.
pub async fn confirm(State(app): State<App>, view: View, visitor: Visitor, Form(sent): Form<CodeForm>) -> Answer {
    if sent.code.trim().is_empty() {
        actions::begin_factor(&app, &visitor).await?;
        return Ok(see_other(paths::SECOND_FACTOR));
    }
    match actions::confirm_factor(&app, &visitor, &sent.code).await? {
        Coded::Done(codes) => Ok(shown_once(&view, "Второй фактор включён", &codes)),
        other => refused(&app, &view, &visitor, &other).await,
    }
}

/// Makes new codes for a lost telephone.
pub async fn renew_codes(State(app): State<App>, view: View, visitor: Visitor, Form(sent): Form<CodeForm>) -> Answer {
    match actions::renew_codes(&app, &visitor, &sent.code).await? {
        Coded::Done(codes) => Ok(shown_once(&view, "Новые резервные коды", &codes)),
        other => refused(&app, &view, &visitor, &other).await,
    }
}

/// Switches the factor off.
pub async fn give_up(State(app): State<App>, view: View, visitor: Visitor, Form(sent): Form<CodeForm>) -> Answer {
    match actions::give_up_factor(&app, &visitor, &sent.code).await? {
        Coded::Done(()) => Ok(see_other_saying(
            paths::SECOND_FACTOR,
            FlashKind::Success,
            "Второй фактор выключен. Включить его на новом телефоне можно здесь же.",
        )),
        other => refused(&app, &view, &visitor, &other).await,
    }
}

async fn refused<T>(app: &App, view: &View, visitor: &Visitor, coded: &Coded<T>) -> Answer {
    if let Coded::Wait(seconds) = coded {
        return Err(Failure::TooMany(*seconds));
    }
    let sentence = "Код не подошёл. Введите тот, что сейчас на экране телефона; часы телефона должны идти верно.";
    page(app, view, visitor, StatusCode::UNPROCESSABLE_ENTITY, &Errors::one("code", sentence)).await
}

fn shown_once(view: &View, title: &str, codes: &[String]) -> Response {
    let body = html! {
        (notice(&Notice::new(
            Tone::Warning,
            "Резервные коды показаны один раз. Распечатайте страницу и держите не рядом с телефоном: каждый код один раз заменит телефон.",
        )))
        ul class="plain-list" { @for code in codes { li { code class="secret" { (code) } } } }
        p { a href="/" { "Готово" } }
    };
    view.page(Page { title: title.into(), ..whole(body) })
}
