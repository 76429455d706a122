//! The settings of a year.

use super::school;
use crate::{
    access::Visitor,
    audit::{self, Act, Change, Event},
    error::{Answer, Failure},
    participation::{queries, settings::Settings},
    school_year::SchoolYear,
    state::App,
};

/// Saves the settings of a year.
pub async fn change_settings(app: &App, visitor: &Visitor, year: SchoolYear, wanted: &Settings) -> Answer<()> {
    let mut tx = app.db.begin().await?;
    let before = queries::settings(&mut tx, visitor.school_id(), year).await?;
    if !queries::save_settings(&mut tx, visitor.school_id(), year, wanted).await? {
        return Err(Failure::Stale { yours: facts(wanted), theirs: facts(&before) });
    }
    let changes = facts(&before)
        .into_iter()
        .zip(facts(wanted))
        .filter_map(|((what, from), (_, to))| Change::between(&what, &from, &to));
    let act = Act::of(visitor, Event::ParticipationSettingsChanged, school(&visitor.school));
    let act = act.with([Change::fact("Учебный год", year.label())]).with(changes);
    audit::record(&mut tx, act, app.clock.now()).await?;
    Ok(tx.commit().await?)
}

/// Returns the settings in words.
pub fn facts(settings: &Settings) -> Vec<(String, String)> {
    let yes = |yes| if yes { "да" } else { "нет" }.to_owned();
    [
        ("Возраст обучающихся", format!("{}–{} лет", settings.age_from, settings.age_to)),
        (
            "Охвачены",
            if settings.counts_mentors {
                "наставники и наставляемые"
            } else {
                "наставляемые"
            }
            .to_owned(),
        ),
        ("Молодой специалист, полных лет стажа", format!("0–{}", settings.young_years)),
        (
            "Согласие с 14 лет подписывают",
            if settings.both_sign_from_14 {
                "обучающийся и представитель"
            } else {
                "обучающийся"
            }
            .to_owned(),
        ),
        ("Без справки взрослый со стороны не участвует", yes(settings.clearance_blocks)),
        ("Учёт особых категорий", yes(settings.special_categories)),
    ]
    .map(|(what, value)| (what.to_owned(), value))
    .into()
}
