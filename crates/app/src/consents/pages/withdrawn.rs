//! Withdrawals: the list, and the card of one — the only pages that show who has withdrawn.

use super::common::{crumbs, day, drawn, state_badge};
use crate::{
    access::{Right, Visitor},
    audit::{self, Act, Event},
    consents::{
        actions,
        forms::SigningForm,
        model::{Channel, Consent, ConsentId, Signers},
        paths::{self, person_path, withdrawn_path},
        queries::{self, Guardian, Withdrawn},
        signing::Required,
    },
    error::{Answer, Failure},
    files,
    people::{self, PersonId},
    school_year::SchoolYear,
    state::App,
    web::{
        Errors, PathOf, UploadForm, View, see_other_saying,
        ui::{
            action::Action,
            card::{Card, card},
            definition::{Fact, definition},
            empty::Empty,
            field::{Control, Field},
            form::{self, form},
            layout::{Crumb, FlashKind, Page},
            notice::{Notice, Tone, notice},
            table::{Column, Row, Table, table},
        },
    },
    words,
};
use axum::{extract::State as Run, http::StatusCode, response::Response};
use maud::{Markup, html};

/// Shows who has withdrawn.
pub async fn list(Run(app): Run<App>, view: View, visitor: Visitor) -> Answer {
    let mut tx = app.db.read().await?;
    let all = queries::all_withdrawn(&mut tx, visitor.school_id()).await?;
    let row = |one: &Withdrawn| {
        Row::new(vec![
            html! { (one.name()) },
            html! { (one.subject().class_text()) },
            html! { (words::short_date(one.hidden_on)) },
        ])
        .href(withdrawn_path(one.id))
    };
    Ok(view.page(Page {
        title: "Отзывы согласий".into(),
        lead: Some(
            "Этих людей программа не показывает больше нигде. Список видят только куратор программы и директор.".into(),
        ),
        crumbs: crumbs(),
        actions: vec![Action::link("Акты об уничтожении", people::paths::ERASURES)],
        body: table(&Table {
            caption: "Отозвавшие согласие на участие".into(),
            columns: vec![
                Column::new("name", "Фамилия, имя, отчество"),
                Column::new("class", "Класс"),
                Column::new("on", "Отозвано"),
            ],
            rows: all.iter().map(row).collect(),
            empty: Empty::new("Отзывов нет", "Никто не отзывал согласие на участие."),
            ..Table::default()
        }),
        ..Page::default()
    }))
}

/// A withdrawal with everything its card shows.
struct Shown {
    who: Withdrawn,
    consents: Vec<Consent>,
    guardians: Vec<Guardian>,
    required: Required,
}

impl Shown {
    /// Loads the card and notes who has looked at it.
    async fn load(app: &App, visitor: &Visitor, person: PersonId) -> Answer<Self> {
        let school = visitor.school_id();
        let mut tx = app.db.begin().await?;
        let who = queries::withdrawn(&mut tx, school, person).await?;
        let consents = queries::consents_of_withdrawn(&mut tx, school, person).await?;
        let guardians = queries::guardians_of_withdrawn(&mut tx, school, person).await?;
        let policy = queries::policy(&mut tx, school, SchoolYear::containing(visitor.today)).await?;
        let act = Act::of(visitor, Event::WithdrawalRead, actions::subject(person));
        audit::record(&mut tx, act, app.clock.now()).await?;
        tx.commit().await?;
        let required = who.subject().required(visitor.today, policy);
        Ok(Self { who, consents, guardians, required })
    }
}

/// Shows the card.
pub async fn show(Run(app): Run<App>, view: View, visitor: Visitor, PathOf(person): PathOf<PersonId>) -> Answer {
    let shown = Shown::load(&app, &visitor, person).await?;
    let typed = SigningForm::fresh(shown.required.signers != Signers::Representative, visitor.today);
    let key = ConsentId::fresh();
    Ok(answer(&view, &visitor, StatusCode::OK, &shown, (key, &typed), &Errors::none()))
}

/// Records a new consent, or draws the card again with what is wrong.
pub async fn restore(
    Run(app): Run<App>,
    view: View,
    visitor: Visitor,
    PathOf(person): PathOf<PersonId>,
    sent: UploadForm,
) -> Answer {
    let shown = Shown::load(&app, &visitor, person).await?;
    let typed = SigningForm::sent(&sent);
    let key = sent.text("key").parse().unwrap_or_else(|()| ConsentId::fresh());
    let refused =
        |errors: &Errors| Ok(answer(&view, &visitor, StatusCode::UNPROCESSABLE_ENTITY, &shown, (key, &typed), errors));
    let scan = (!sent.file.name.is_empty()).then_some(&sent.file);
    let signing = match (typed.check(), scan.map(files::Upload::check)) {
        (Ok(_), Some(Err(bad))) => return refused(&Errors::one("file", bad.to_string())),
        (Ok(signing), _) => signing,
        (Err(errors), _) => return refused(&errors),
    };
    match actions::restore(&app, &visitor, person, (key, &signing), scan).await {
        Ok(()) => Ok(see_other_saying(
            &person_path(person),
            FlashKind::Success,
            "Новое согласие внесено: человек снова виден, участие возобновлено.",
        )),
        Err(Failure::Refused(sentence)) => refused(&Errors::one("representative", sentence)),
        Err(failure) => Err(failure),
    }
}

fn answer(
    view: &View,
    visitor: &Visitor,
    status: StatusCode,
    shown: &Shown,
    (key, typed): (ConsentId, &SigningForm),
    errors: &Errors,
) -> Response {
    let body = html! {
        (notice(&Notice::new(Tone::Warning, "Участие приостановлено. Человека нет ни в одном списке, выгрузке и поиске. Вернуть его может только новое подписанное согласие.")))
        (facts(shown))
        (documents(shown, visitor))
        @if visitor.may(Right::DecideConsents) { (renewal(shown, key, typed, errors)) }
    };
    let mut crumbs = crumbs();
    crumbs.push(Crumb::new("Отзывы", paths::WITHDRAWN));
    let page = Page {
        title: shown.who.name().to_string(),
        lead: Some("Карточка отзыва: её видят только куратор программы и директор.".into()),
        crumbs,
        actions: erasing(shown.who.id, visitor),
        body,
        ..Page::default()
    };
    view.page_with(status, page)
}

/// After a withdrawal the school destroys the data within thirty days (152-FZ art. 21 part 5).
fn erasing(person: PersonId, visitor: &Visitor) -> Vec<Action> {
    let link = Action::link("Уничтожить сведения", people::paths::part_path(person, "erasure"));
    if visitor.may(Right::ErasePeople) { vec![link] } else { vec![] }
}

fn facts(shown: &Shown) -> Markup {
    let guardians: Vec<String> =
        shown.guardians.iter().map(|one| format!("{} ({})", one.name(), one.grounds)).collect();
    let newest = shown.consents.iter().find(|consent| consent.withdrawn_on.is_some());
    let way = newest.and_then(|consent| consent.withdrawn_by.parse::<Channel>().ok());
    definition(&[
        Fact::new("Отозвано", words::short_date(shown.who.hidden_on)),
        Fact::new("Как", way.map(Channel::label).unwrap_or_default()),
        Fact::new("Пометка", newest.map(|consent| consent.withdrawal_note.as_str()).unwrap_or_default()),
        Fact::new("Класс", shown.who.subject().class_text()),
        Fact::new("Дата рождения", day(shown.who.born_on)),
        Fact::new("Законные представители", guardians.join(", ")),
    ])
}

fn documents(shown: &Shown, visitor: &Visitor) -> Markup {
    let row = |consent: &Consent| {
        Row::new(vec![
            html! { (words::capitalised(consent.purpose.label())) },
            state_badge(consent.state_on(visitor.today)),
            html! { (day(consent.signed_on)) },
            html! { (day(consent.withdrawn_on)) },
        ])
    };
    table(&Table {
        caption: "Документы".into(),
        columns: vec![
            Column::new("purpose", "Цель"),
            Column::new("state", "Состояние"),
            Column::new("signed", "Подписано"),
            Column::new("withdrawn", "Отозвано"),
        ],
        rows: shown.consents.iter().map(row).collect(),
        ..Table::default()
    })
}

fn renewal(shown: &Shown, key: ConsentId, typed: &SigningForm, errors: &Errors) -> Markup {
    let mut fields = typed.fields(&shown.guardians, errors);
    fields.push(Field::new("key", "").control(Control::Hidden).value(key.to_string()));
    let body = form(&form::Form {
        action: withdrawn_path(shown.who.id),
        submit: "Внести новое согласие".into(),
        multipart: true,
        errors: errors.summary(&fields),
        body: drawn(&fields),
        ..form::Form::default()
    });
    let lead = format!("Подписывает: {}.", shown.required.signers);
    card(&Card { title: "Новое согласие".into(), lead: Some(lead), body, ..Card::default() })
}
