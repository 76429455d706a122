//! A stack is looked through and filed.

use super::{crumbs, pages, tables};
use crate::{
    access::Visitor,
    clock::day_in,
    error::{Answer, Failure},
    paperwork::scans::{
        actions,
        forms::ConfirmForm,
        model::{Stack, StackId},
        paths, queries,
        review::Review,
    },
    state::App,
    web::{
        Errors, Form, PathOf, View, see_other_saying,
        ui::{
            action::Action,
            card::{Card, card},
            confirm::{Confirm, confirm},
            field::field,
            form::{self, form},
            icon::Icon,
            layout::{FlashKind, Page, Width},
            notice::{Notice, Tone, notice},
        },
    },
    words,
};
use axum::{extract::State as Run, http::StatusCode, response::Response};
use maud::{Markup, html};

/// Shows the stack.
pub async fn show(Run(app): Run<App>, view: View, visitor: Visitor, PathOf(id): PathOf<StackId>) -> Answer {
    let mut tx = app.db.read().await?;
    let review = Review::load(&mut tx, &visitor, id, visitor.today).await?;
    drop(tx);
    if review.stack.finished_at.is_some() {
        return Ok(over(&view, &visitor, &review.stack));
    }
    if review.stack.read_at.is_none() {
        return Ok(unread(&view, &visitor, &review.stack));
    }
    let form = ConfirmForm {
        version: review.stack.version.to_string(),
        signed_on: visitor.today.to_string(),
        seen: String::new(),
        paper: review.filed().map(|(paper, _)| paper.id.to_string()).collect(),
        guardian: vec![],
    };
    Ok(answer(&view, &visitor, StatusCode::OK, &review, &form, &Errors::none()))
}

/// Files the stack, or draws it again with what is wrong.
pub async fn submit(
    Run(app): Run<App>,
    view: View,
    visitor: Visitor,
    PathOf(id): PathOf<StackId>,
    Form(sent): Form<ConfirmForm>,
) -> Answer {
    let mut tx = app.db.read().await?;
    let review = Review::load(&mut tx, &visitor, id, visitor.today).await?;
    drop(tx);
    let refused =
        |errors: &Errors| Ok(answer(&view, &visitor, StatusCode::UNPROCESSABLE_ENTITY, &review, &sent, errors));
    let wish = match sent.check(visitor.today) {
        Ok(wish) => wish,
        Err(errors) => return refused(&errors),
    };
    match actions::file(&app, &visitor, id, &wish).await {
        Ok(0) => Ok(see_other_saying(&id.show_path(), FlashKind::Info, "Готово: разложено всё, что отмечено.")),
        Ok(filed) => {
            let filed = words::counted(
                i64::try_from(filed).unwrap_or(i64::MAX),
                &["документ подписан", "документа подписаны", "документов подписаны"],
            );
            Ok(see_other_saying(&id.show_path(), FlashKind::Success, &format!("Разложено: {filed}, сканы приложены.")))
        }
        Err(Failure::Refused(sentence)) => refused(&Errors::one("", sentence)),
        Err(failure) => Err(failure),
    }
}

fn title(stack: &Stack, visitor: &Visitor) -> String {
    format!("Сканы от {}", words::short_date(day_in(stack.created_at, visitor.school.zone())))
}

fn over(view: &View, visitor: &Visitor, stack: &Stack) -> Response {
    let filed = words::counted(stack.filed, &["документ", "документа", "документов"]);
    view.page(Page {
        title: title(stack, visitor),
        crumbs: crumbs(),
        actions: vec![
            Action::link("К документам", crate::paperwork::paths::PAPERS),
            Action::link("Загрузить ещё", paths::SCANS).icon(Icon::Upload),
        ],
        body: notice(&Notice::new(
            Tone::Success,
            format!("Сканы разобраны: подписанный экземпляр получили {filed}. Загруженные листы удалены."),
        )),
        width: Width::Narrow,
        ..Page::default()
    })
}

fn unread(view: &View, visitor: &Visitor, stack: &Stack) -> Response {
    let job = stack.job_id.filter(|_| stack.created_by == visitor.user);
    view.page(Page {
        title: title(stack, visitor),
        crumbs: crumbs(),
        actions: job.map(|job| Action::link("Как идёт чтение", job.show_path())).into_iter().collect(),
        body: notice(&Notice::new(Tone::Info, "Сканы ещё читаются. Откройте эту страницу чуть позже.")),
        width: Width::Narrow,
        ..Page::default()
    })
}

fn answer(
    view: &View,
    visitor: &Visitor,
    status: StatusCode,
    review: &Review,
    typed: &ConfirmForm,
    errors: &Errors,
) -> Response {
    let body = html! {
        (troubles(review))
        (confirmation(review, typed, errors))
        @if !review.loose.is_empty() {
            (card(&Card {
                title: format!("Чьи это листы? ({})", review.loose.len()),
                lead: Some("Кода на них нет или он не прочитан. Укажите документ, уберите лист или оставьте на потом.".into()),
                body: tables::loose(review),
                ..Card::default()
            }))
        }
        (tables::stays(review))
        (tables::dropped(review))
    };
    let ready = review.filed().count();
    let lead = format!("Готово к раскладке: {ready}. Листов без документа: {}.", review.loose.len());
    let page = Page {
        title: title(&review.stack, visitor),
        lead: Some(lead),
        crumbs: crumbs(),
        actions: vec![Action::link("Удалить остаток", review.stack.id.removal_path()).icon(Icon::Trash).quiet()],
        body,
        width: Width::Wide,
    };
    view.page_with(status, page)
}

/// Names the files that were not read, or not to their end.
fn troubles(review: &Review) -> Markup {
    let bad: Vec<_> = review.files.iter().filter(|file| !file.trouble.is_empty()).collect();
    html! {
        @for file in &bad {
            (notice(&Notice {
                title: Some(format!("«{}» прочитан не полностью", file.name)),
                ..Notice::new(Tone::Warning, file.trouble.clone())
            }))
        }
        @if bad.is_empty() && review.lines.is_empty() && review.loose.is_empty() {
            (notice(&Notice::new(Tone::Info, "Страниц в стопке не осталось: разбирать нечего.")))
        }
    }
}

fn confirmation(review: &Review, typed: &ConfirmForm, errors: &Errors) -> Markup {
    let ready = review.filed().count();
    let goes = review.going().count();
    if ready == 0 && goes == 0 {
        return html! {};
    }
    let fields = typed.fields(errors);
    let [signed_on, seen] = &fields;
    let body = html! {
        input type="hidden" name="version" value=(typed.version);
        @if ready > 0 {
            (tables::filed(review, typed))
            (field(signed_on))
            (field(seen))
        } @else {
            input type="hidden" name="signed_on" value=(typed.signed_on);
            p { "Ненужные листы (" (pages(goes)) ") будут удалены." }
        }
    };
    card(&Card {
        title: if ready > 0 {
            format!("Разложатся по документам ({ready})")
        } else {
            "Раскладывать нечего".into()
        },
        lead: (ready > 0).then(|| "Каждый документ получит свой скан и станет подписанным.".into()),
        body: form(&form::Form {
            action: review.stack.id.show_path(),
            submit: if ready > 0 {
                "Разложить и отметить подписанными"
            } else {
                "Закончить разбор"
            }
            .into(),
            errors: errors.summary(&fields),
            body,
            ..form::Form::default()
        }),
        ..Card::default()
    })
}

/// Asks whether the rest of a stack is to go.
pub async fn ask_removal(Run(app): Run<App>, view: View, visitor: Visitor, PathOf(id): PathOf<StackId>) -> Answer {
    let mut tx = app.db.read().await?;
    let stack = queries::stack(&mut tx, visitor.school_id(), id).await?;
    let count = queries::pages_of(&mut tx, (visitor.school_id(), id)).await?.len();
    drop(tx);
    let mut crumbs = crumbs();
    crumbs.push(crate::web::ui::layout::Crumb::new(title(&stack, &visitor), id.show_path()));
    Ok(view.page(Page {
        title: "Удалить остаток сканов?".into(),
        crumbs,
        body: confirm(&Confirm {
            action: id.removal_path(),
            submit: "Удалить остаток".into(),
            cancel_href: id.show_path(),
            will_happen: vec![format!("Будет удалено, не попав в документы: {}.", pages(count))],
            remains: vec![
                "Документы, которые уже получили свой скан.".into(),
                "Бумажные листы: их можно отсканировать снова.".into(),
            ],
            danger: true,
            ..Confirm::default()
        }),
        width: Width::Narrow,
        ..Page::default()
    }))
}

/// Removes the rest of a stack.
pub async fn remove(Run(app): Run<App>, visitor: Visitor, PathOf(id): PathOf<StackId>) -> Answer {
    actions::remove(&app, &visitor, id).await?;
    Ok(see_other_saying(paths::SCANS, FlashKind::Success, "Остаток сканов удалён."))
}
