//! Which account at the provider opens the own account: linked with the password, unlinked with a button.

use super::provider::{departed, troubled};
use crate::{
    access::{
        Visitor,
        actions::{self, Leaving},
        forms::{LinkingForm, UnlinkingForm},
        paths,
        provider::{Departure, Provider},
        queries::provider_links::ProviderLink,
    },
    error::{Answer, Failure},
    state::App,
    web::{
        Errors, Form, Session, View, see_other_saying,
        ui::{
            action::{Action, action, actions as actions_row},
            card::{Card, card},
            field::{Control, Field, field},
            form::{self, form},
            layout::{Crumb, FlashKind, Page, Width},
            notice::{Notice, Tone, notice},
            table::{Column, Row, Table, table},
        },
    },
    words,
};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use maud::{Markup, html};

/// Shows what opens the own account, and the way to link it.
pub async fn show(State(app): State<App>, view: View, visitor: Visitor) -> Answer {
    page(&app, &view, &visitor, StatusCode::OK, &Errors::none()).await
}

/// Checks the password and shows the way to the provider: a form itself may not lead to another site.
pub async fn submit(State(app): State<App>, view: View, visitor: Visitor, Form(sent): Form<LinkingForm>) -> Answer {
    let provider = app.provider.clone().ok_or(Failure::NotFound)?;
    let refused = Errors::one("password", "Пароль введён неверно.");
    if sent.password.is_empty() {
        let missing = Errors::one("password", "Введите пароль «Наставника».");
        return page(&app, &view, &visitor, StatusCode::UNPROCESSABLE_ENTITY, &missing).await;
    }
    match actions::leave_to_link(&app, &provider, &visitor, sent.password).await? {
        Leaving::Gone(departure) => Ok(departed(way_out(&view, &provider, &departure), &departure, &app)),
        Leaving::WrongPassword => page(&app, &view, &visitor, StatusCode::UNPROCESSABLE_ENTITY, &refused).await,
        Leaving::Wait(seconds) => Err(Failure::TooMany(seconds)),
        Leaving::Trouble(trouble) => troubled(&view, &provider, trouble),
    }
}

/// Unlinks an account at a provider.
pub async fn unlink(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    Form(sent): Form<UnlinkingForm>,
) -> Answer {
    let this = Session::of(&headers, app.web.https).ok_or(Failure::Forbidden)?;
    actions::unlink(&app, &visitor, sent.link, &this).await?;
    let sentence = "Отвязано. Входы на других устройствах завершены, пароль «Наставника» действует.";
    Ok(see_other_saying(paths::PROVIDER_LINKS, FlashKind::Success, sentence))
}

fn way_out(view: &View, provider: &Provider, departure: &Departure) -> Response {
    let name = provider.name();
    let body = html! {
        p { "Пароль верный. Теперь войдите через " (name) " под своей учётной записью там: откроется другая страница, после неё вы вернётесь сюда." }
        (notice(&Notice::new(Tone::Info, "На это есть десять минут. Переход открывается только в этом браузере.")))
        (actions_row(&[Action::link(format!("Перейти к {name}"), departure.address.clone()).primary()]))
    };
    view.page(Page {
        title: format!("Привязать {name}"),
        body,
        width: Width::Narrow,
        crumbs: crumbs(),
        ..Page::default()
    })
}

fn crumbs() -> Vec<Crumb> {
    vec![Crumb::new("Мои входы", paths::SESSIONS)]
}

async fn page(app: &App, view: &View, visitor: &Visitor, status: StatusCode, errors: &Errors) -> Answer<Response> {
    let links = actions::own_links(app, visitor).await?;
    let title =
        app.provider.as_ref().map_or_else(|| "Внешний вход".to_owned(), |one| format!("Вход через {}", one.name()));
    let is_linked = |provider: &Provider| links.iter().any(|one| one.issuer == provider.issuer());
    let body = html! {
        @match &app.provider {
            None => (notice(&Notice::new(Tone::Info, "Внешний вход на этом сервере не настроен: вход в программу — по логину и паролю."))),
            Some(provider) if is_linked(provider) => {
                p { "На странице входа нажимайте «Войти через " (provider.name()) "»." }
            }
            Some(provider) => (linking(provider, errors)),
        }
        @if !links.is_empty() { (list(app, visitor, &links)) }
    };
    let lead = "Вместо логина и пароля «Наставника». Второй фактор, если он включён, спросим и тогда.";
    let page = Page { title, lead: Some(lead.into()), body, width: Width::Narrow, crumbs: crumbs(), ..Page::default() };
    Ok(view.page_with(status, page))
}

fn linking(provider: &Provider, errors: &Errors) -> Markup {
    let name = provider.name();
    let password = Field::new("password", "Пароль «Наставника»")
        .required()
        .control(Control::Password)
        .error(errors.of("password"))
        .autocomplete("current-password")
        .hint("Чтобы этого не сделал за вас кто-то другой.");
    card(&Card {
        title: format!("Привязать {name}"),
        lead: Some(format!("Введите пароль, потом один раз войдите через {name}. Дальше хватит этого входа.")),
        body: form(&form::Form {
            action: paths::PROVIDER_LINKS.into(),
            submit: "Продолжить".into(),
            body: field(&password),
            ..form::Form::default()
        }),
        ..Card::default()
    })
}

fn list(app: &App, visitor: &Visitor, links: &[ProviderLink]) -> Markup {
    let row = |one: &ProviderLink| {
        let here = app.provider.as_ref().filter(|provider| provider.issuer() == one.issuer);
        let day = words::short_date(one.linked_at.with_timezone(&visitor.school.zone()).date_naive());
        let unlink = Action::post("Отвязать", paths::PROVIDER_UNLINKING).field("link", one.id.to_string());
        Row::new(vec![
            html! { @match here { Some(provider) => (provider.name()), None => { (one.issuer) " — больше не используется" } } },
            html! { (day) },
            html! { (action(&unlink)) },
        ])
    };
    table(&Table {
        caption: "Что открывает эту учётную запись, кроме пароля".into(),
        columns: vec![Column::new("issuer", "Где"), Column::new("linked", "Привязано"), Column::new("act", "Действие")],
        rows: links.iter().map(row).collect(),
        ..Table::default()
    })
}
