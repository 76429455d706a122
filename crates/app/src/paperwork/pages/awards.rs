//! Certificates and letters of thanks: one sheet for each participant chosen.

use super::new_of_kind::page;
use crate::{
    access::Visitor,
    error::{Answer, Failure},
    paperwork::{
        actions, building,
        building::Award,
        model::PaperId,
        paths::{self, new_path},
    },
    participation::{self, Participant},
    people::Sight,
    school_year::SchoolYear,
    state::App,
    web::{
        Errors, View, see_other_saying,
        ui::{
            empty::{Empty, empty},
            field::{Choice, Control, Field, stacked},
            form::{self, form},
            layout::FlashKind,
        },
    },
    words,
};
use axum::{http::StatusCode, response::Response};
use chrono::NaiveDate;
use documents::kinds::Kind;

/// What was sent.
#[derive(Default)]
struct Sent {
    chosen: Vec<String>,
    reason: String,
    date: String,
}

async fn participants(app: &App, visitor: &Visitor) -> Answer<Vec<Participant>> {
    let mut tx = app.db.read().await?;
    let year = SchoolYear::containing(visitor.today);
    let all = participation::queries::participants(&mut tx, Sight::of(visitor)?, year).await?;
    Ok(all.into_iter().filter(|one| one.entered_on.is_some()).collect())
}

/// Asks whom the sheets are for.
pub async fn show(app: &App, view: &View, visitor: &Visitor, kind: &'static Kind) -> Answer {
    let all = participants(app, visitor).await?;
    let sent = Sent { date: visitor.today.to_string(), ..Sent::default() };
    Ok(answer(view, StatusCode::OK, kind, (&all, &sent), &Errors::none()))
}

/// Makes a sheet for everybody chosen.
pub async fn submit(
    app: &App,
    view: &View,
    visitor: &Visitor,
    kind: &'static Kind,
    fields: &[(String, String)],
) -> Answer {
    let all = participants(app, visitor).await?;
    let of = |name: &str| -> Vec<String> {
        fields.iter().filter(|(field, _)| field == name).map(|(_, value)| value.trim().to_owned()).collect()
    };
    let one = |name: &str| of(name).into_iter().next().unwrap_or_default();
    let sent = Sent { chosen: of("participation"), reason: one("reason"), date: one("date") };
    let mut errors = Errors::none();
    let reason = errors.optional_text("reason", &sent.reason, 300);
    let date = sent.date.parse::<NaiveDate>().ok();
    errors.expect(date.is_some(), "date", "Укажите дату.");
    let chosen: Vec<&Participant> =
        all.iter().filter(|participant| sent.chosen.contains(&participant.id.to_string())).collect();
    errors.expect(!chosen.is_empty(), "participation", "Отметьте хотя бы одного участника.");
    errors.expect(chosen.len() <= actions::MOST, "participation", "За один раз — не больше 100 человек.");
    let Some(date) = date.filter(|_| errors.is_empty()) else {
        return Ok(answer(view, StatusCode::UNPROCESSABLE_ENTITY, kind, (&all, &sent), &errors));
    };
    let (school, year) = (&visitor.school, SchoolYear::containing(visitor.today));
    let drafts = chosen
        .iter()
        .map(|participant| building::award(&Award { school, year, kind, participant, reason: &reason, date }));
    let drafts = drafts.collect::<Result<Vec<_>, _>>().map_err(Failure::Refused)?;
    let count = drafts.len();
    let ids: Vec<PaperId> = drafts.iter().map(|draft| draft.id).collect();
    actions::draft_all(app, visitor, drafts).await?;
    let counted = words::counted(i64::try_from(count).unwrap_or(i64::MAX), &["документ", "документа", "документов"]);
    let to = match ids.as_slice() {
        [only] => only.show_path(),
        _ => format!("{}?kind={}", paths::PAPERS, kind.name),
    };
    Ok(see_other_saying(&to, FlashKind::Success, &format!("Составлено: {counted}.")))
}

fn answer(
    view: &View,
    status: StatusCode,
    kind: &Kind,
    (all, sent): (&[Participant], &Sent),
    errors: &Errors,
) -> Response {
    if all.is_empty() {
        let nobody =
            Empty::new("Участников пока нет", "Документ вручают тем, кто вошёл в базу наставников или наставляемых.");
        return page(view, status, kind, empty(&nobody));
    }
    let choice = |one: &Participant| {
        Choice::new(one.id.to_string(), one.name().to_string()).hint(format!("{}, {}", one.side, one.place()))
    };
    let fields = [
        Field::new("reason", "За что")
            .value(sent.reason.clone())
            .hint("Продолжает имя: «за наставническую работу». Пусто — обычные слова для наставника и наставляемого.")
            .error(errors.of("reason")),
        Field::new("date", "Дата на документе")
            .required()
            .control(Control::Date)
            .value(sent.date.clone())
            .error(errors.of("date")),
        Field::new("participation", "Кому")
            .control(Control::Checkboxes { options: all.iter().map(choice).collect(), chosen: sent.chosen.clone() })
            .error(errors.of("participation")),
    ];
    let body = form(&form::Form {
        action: new_path(kind.name),
        submit: "Составить".into(),
        cancel_href: Some(paths::NEW.into()),
        errors: errors.summary(&fields),
        body: stacked(&fields),
        ..form::Form::default()
    });
    page(view, status, kind, body)
}
