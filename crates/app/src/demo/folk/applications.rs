//! An open link for those who want to take part, and applications that wait for the coordinator.

use super::{
    Scene,
    queries::{NewLink, insert_application, insert_link},
};
use crate::{
    demo::school::Staff,
    error::Answer,
    files::hex,
    participation::{Side, model::LinkId},
};
use chrono::{Days, TimeDelta};
use database::Tx;
use sha2::{Digest as _, Sha256};

/// The end of the address of the open link: whoever knows it may apply to the invented school.
const TOKEN: &str = "uchebnaya-shkola-12-anketa-nastavlyaemogo-1";

/// Writes the link and what came under it in the last days.
pub async fn write(tx: &mut Tx, scene: &Scene<'_>) -> Answer<()> {
    let key = (scene.school.id, scene.year());
    let opened = (scene.today - Days::new(9)).max(scene.year().first_day());
    let link = NewLink {
        id: LinkId::fresh(),
        side: Side::Mentee,
        token_hash: hex(&Sha256::digest(TOKEN)),
        opened_at: scene.moment(opened) - TimeDelta::hours(9),
        opened_by: scene.user(Staff::Coordinator)?,
        closes_on: scene.today + Days::new(30),
    };
    insert_link(tx, key, &link).await?;
    let waiting = super::programme::idle(scene).into_iter().rev().take(4);
    for (back, place) in (1..).zip(waiting) {
        let Some(day) = scene.past(scene.today - Days::new(back)).filter(|day| *day >= opened) else { continue };
        let pupil = &scene.records.population.pupils[place];
        let answers = serde_json::json!({
            "full_name": pupil.name.full(),
            "place": pupil.class.to_string(),
            "contact": "+7 (000) 000-00-00",
            "topics": ["математика", "самоорганизация"],
            "interests": [],
            "words": "Хочу, чтобы кто-то из старших помог разобраться с темами прошлого года.",
            "slots": ["wed-afternoon"],
            "time_note": "",
        });
        insert_application(tx, key, &link, answers, scene.moment(day)).await?;
    }
    Ok(())
}
