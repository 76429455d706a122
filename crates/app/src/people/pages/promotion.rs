//! The classes of last year go on into this one: a preview, then the act.

use crate::{
    access::Visitor,
    error::Answer,
    people::{
        Sight, actions,
        model::Class,
        paths,
        promotion::{Fate, plan},
        queries,
    },
    school_year::SchoolYear,
    state::App,
    web::{
        View, see_other_saying,
        ui::{
            confirm::{Confirm, confirm},
            empty::{Empty, empty},
            layout::{Crumb, FlashKind, Page, Width},
        },
    },
    words,
};
use axum::extract::State;
use maud::html;
use std::collections::BTreeMap;

const PUPILS: [&str; 3] = ["обучающийся", "обучающихся", "обучающихся"];

/// Shows what would happen to each class.
pub async fn show(State(app): State<App>, view: View, visitor: Visitor) -> Answer {
    let year = SchoolYear::containing(visitor.today);
    let mut tx = app.db.read().await?;
    let classes = queries::classes(&mut tx, visitor.school_id(), year.previous()).await?;
    let pupils: BTreeMap<_, _> =
        queries::pupils_by_class(&mut tx, Sight::of(&visitor)?, year.previous()).await?.into_iter().collect();
    let will_happen: Vec<String> = plan(&classes)
        .into_iter()
        .filter_map(|(id, fate)| {
            let class = classes.iter().find(|class| class.id == id)?;
            Some(sentence(class, &fate, *pupils.get(&id)?))
        })
        .collect();
    let body = if will_happen.is_empty() {
        let text = format!("В классах {} учебного года никого не осталось.", year.previous());
        html! { (empty(&Empty::new("Переводить некого", text))) }
    } else {
        confirm(&Confirm {
            action: paths::PROMOTION.into(),
            submit: "Перевести классы".into(),
            cancel_href: paths::CLASSES.into(),
            will_happen,
            remains: vec![
                "Прежние классы — в истории каждой карточки.".into(),
                "Классные руководители — у своих классов; сменить их можно после перевода.".into(),
                "Участие в программе: о нём решают отдельно.".into(),
            ],
            ..Confirm::default()
        })
    };
    Ok(view.page(Page {
        title: format!("Перевод классов в {year} учебный год"),
        lead: Some(format!(
            "Из {} учебного года. Кто остаётся на второй год, тому после перевода впишите класс в карточке.",
            year.previous()
        )),
        crumbs: vec![Crumb::new("Классы", paths::CLASSES)],
        body,
        width: Width::Narrow,
        ..Page::default()
    }))
}

fn sentence(class: &Class, fate: &Fate, pupils: i64) -> String {
    let pupils = words::counted(pupils, &PUPILS);
    match fate {
        Fate::GoesOn(name) => format!("{} → {name}: {pupils}.", class.name()),
        Fate::Graduates => format!("{} → выпуск: {pupils}, в карточках появится «выпускник».", class.name()),
    }
}

/// Takes the classes into the current year.
pub async fn submit(State(app): State<App>, visitor: Visitor) -> Answer {
    let promoted = actions::promote_classes(&app, &visitor, SchoolYear::containing(visitor.today)).await?;
    let sentence = format!("Переведено: {}. Выпущено: {}.", promoted.go_on, promoted.graduates);
    Ok(see_other_saying(paths::CLASSES, FlashKind::Success, &sentence))
}
