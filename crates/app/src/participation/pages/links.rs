//! Links under which people apply without an account; the address of a link is shown once, with a poster to print.

use super::common::{choices, crumbs, drawn, with_none, year_of};
use crate::{
    access::Visitor,
    error::Answer,
    participation::{
        actions,
        application::is_open,
        forms::LinkForm,
        model::{LinkId, Side, Source},
        paths,
        queries::{self, Link},
    },
    state::App,
    web::{
        Errors, Form, OwnAddress, PathOf, Token, View, see_other_saying,
        ui::{
            action::{Action, action},
            card::{Card, card},
            empty::Empty,
            field::{Control, Field},
            form::{self, form},
            layout::{Crumb, FlashKind, Page, Width},
            notice::{Notice, Tone, notice},
            qr::{Qr, qr},
            table::{Column, Row, Table, table},
        },
    },
    words,
};
use axum::{extract::State, http::StatusCode, response::Response};
use maud::{Markup, html};

/// Shows the links of the year and the form that opens one.
pub async fn show(State(app): State<App>, view: View, visitor: Visitor) -> Answer {
    page(&app, &view, &visitor, StatusCode::OK, (&LinkForm::fresh(), &Errors::none())).await
}

/// Opens a link and shows its address, which nobody can look up later.
pub async fn submit(
    State(app): State<App>,
    view: View,
    visitor: Visitor,
    OwnAddress(own): OwnAddress,
    Form(sent): Form<LinkForm>,
) -> Answer {
    let wanted = match sent.check(visitor.today, year_of(&visitor).last_day()) {
        Ok(wanted) => wanted,
        Err(errors) => return page(&app, &view, &visitor, StatusCode::UNPROCESSABLE_ENTITY, (&sent, &errors)).await,
    };
    let token = Token::fresh()?;
    if !actions::open_link(&app, &visitor, sent.id, wanted, &token).await? {
        let sentence = "Эта ссылка уже открыта. Если адрес не сохранён, закройте её и откройте новую.";
        return Ok(see_other_saying(paths::LINKS, FlashKind::Info, sentence));
    }
    let address = format!("{own}{}", paths::apply_path(token.secret()));
    Ok(view.page_with(StatusCode::CREATED, opened(&visitor, wanted, &address)))
}

/// Closes a link.
pub async fn close(State(app): State<App>, PathOf(id): PathOf<LinkId>, visitor: Visitor) -> Answer {
    actions::close_link(&app, &visitor, id).await?;
    Ok(see_other_saying(paths::LINKS, FlashKind::Success, "Ссылка закрыта: новых заявок по ней не будет."))
}

async fn page(
    app: &App,
    view: &View,
    visitor: &Visitor,
    status: StatusCode,
    (sent, errors): (&LinkForm, &Errors),
) -> Answer<Response> {
    let mut tx = app.db.read().await?;
    let links = queries::links(&mut tx, visitor.school_id(), year_of(visitor)).await?;
    let fields = fields(sent, errors);
    let opening = form(&form::Form {
        action: paths::LINKS.into(),
        submit: "Открыть ссылку".into(),
        cancel_href: Some(paths::PARTICIPANTS.into()),
        errors: errors.summary(&fields),
        body: drawn(&fields),
        ..form::Form::default()
    });
    Ok(view.page_with(
        status,
        Page {
            title: "Ссылки для заявок".into(),
            lead: Some("По ссылке или QR-коду заявку подают без учётной записи. Заявка — не согласие: его спрашивают отдельно.".into()),
            crumbs: crumbs(),
            actions: vec![Action::link("Разобрать заявки", paths::APPLICATIONS)],
            body: html! {
                (list(&links, visitor))
                (card(&Card { title: "Открыть новую ссылку".into(), body: opening, ..Card::default() }))
            },
            width: Width::Normal,
        },
    ))
}

fn fields(sent: &LinkForm, errors: &Errors) -> Vec<Field> {
    vec![
        Field::new("side", "Кто подаёт заявку")
            .required()
            .control(Control::Radios(choices(Side::ALL, Side::word, Side::label)))
            .value(&sent.side)
            .error(errors.of("side")),
        Field::new("source", "Где будет ссылка")
            .required()
            .control(Control::Select(with_none("Выберите", choices(Source::ALL, Source::word, Source::label))))
            .value(&sent.source)
            .error(errors.of("source"))
            .hint("От этого зависит, в какой реестр потенциальных наставников попадёт кандидат."),
        Field::new("closes_on", "Последний день")
            .required()
            .control(Control::Date)
            .value(&sent.closes_on)
            .error(errors.of("closes_on")),
        Field::new("id", "").control(Control::Hidden).value(sent.id.to_string()),
    ]
}

fn list(links: &[Link], visitor: &Visitor) -> Markup {
    let rows = links.iter().map(|link| {
        let open = is_open(link.closes_on, link.closed_at, visitor.today);
        Row::new(vec![
            html! { (words::capitalised(link.side.label())) },
            html! { (link.source.label()) },
            html! { (words::short_date(link.closes_on)) },
            html! { (link.received) },
            html! {
                @if open { "открыта " (action(&Action::post("Закрыть", format!("{}/{}/closing", paths::LINKS, link.id)).quiet())) }
                @else { "закрыта" }
            },
        ])
    });
    table(&Table {
        caption: "Ссылки этого учебного года".into(),
        columns: vec![
            Column::new("side", "Кто подаёт"),
            Column::new("source", "Где"),
            Column::new("closes", "Последний день"),
            Column::new("received", "Заявок").numeric(),
            Column::new("state", "Состояние"),
        ],
        rows: rows.collect(),
        empty: Empty::new(
            "Ссылок пока нет",
            "Откройте ссылку и повесьте её QR-код на стенд или пришлите в чат класса.",
        ),
        ..Table::default()
    })
}

/// The poster: what it is for, the code, the address in letters.
fn opened(visitor: &Visitor, (side, _, closes_on): (Side, Source, chrono::NaiveDate), address: &str) -> Page {
    let call = match side {
        Side::Mentor => "Станьте наставником",
        Side::Mentee => "Найдите наставника",
    };
    Page {
        title: call.into(),
        lead: Some(format!("Программа наставничества. {}", visitor.school.name)),
        crumbs: vec![Crumb::new("Ссылки для заявок", paths::LINKS)],
        actions: vec![Action::link("К ссылкам", paths::LINKS)],
        body: html! {
            div class="screen-only" {
                (notice(&Notice::new(Tone::Warning, "Адрес показан один раз: сохраните его или напечатайте эту страницу (Ctrl+P).")))
            }
            p { "Наведите камеру телефона на код или откройте адрес:" }
            (qr(&Qr { address: address.to_owned(), label: "QR-код адреса заявки".into() }))
            p { (address) }
            p { "Заявки принимаются до " (words::long_date(closes_on)) " включительно. Заявка занимает несколько минут и не является согласием на обработку персональных данных." }
        },
        width: Width::Narrow,
    }
}
