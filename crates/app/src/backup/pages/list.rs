//! The copies: how old the last one is, whether it could be restored, and the buttons that make another and try it.

use crate::{
    access::Visitor,
    audit::{self, Act, Change, Event, Subject, SubjectKind},
    backup::{Copy, Occasion, Standing, Trial, Trouble, keeper, paths},
    error::{Answer, Failure},
    state::App,
    web::{
        View, see_other_saying,
        ui::{
            action::Action,
            badge::{Badge, Tone, badge},
            definition::{Fact, definition},
            empty::Empty,
            icon::Icon,
            insight::{Insight, insight},
            layout::{FlashKind, Page},
            notice::{Notice, notice},
            table::{Column, Row, Table, table},
        },
    },
    words,
};
use axum::{extract::State, response::Response};
use chrono::{DateTime, TimeDelta, Utc};
use maud::{Markup, html};
use std::time::Duration;

/// A copy younger than this is as it should be: a day and a night at the weekend's edge.
const FRESH: TimeDelta = TimeDelta::hours(36);

/// A copy older than this is none.
const OLD: TimeDelta = TimeDelta::days(7);

/// How long the page waits for a copy before it says that it is being made.
const PATIENCE: Duration = Duration::from_mins(1);

/// Shows the copies.
pub async fn show(State(app): State<App>, view: View, visitor: Visitor) -> Answer {
    let standing = app.backups.standing().map_err(failure)?;
    let now = app.clock.now();
    let newest = standing.copies.first();
    Ok(view.page(Page {
        title: "Резервные копии".into(),
        lead: Some(
            "Копия — все записи и файлы школы в одном зашифрованном файле. Программа делает её каждый день сама."
                .into(),
        ),
        actions: vec![Action::post("Сделать копию сейчас", paths::BACKUPS).icon(Icon::Save).primary()],
        body: html! {
            @if standing.is_busy {
                (notice(&Notice::new(Tone::Info, "Копия сейчас делается. Обновите страницу через минуту.")))
            }
            (age(newest, now))
            (trial(&standing, now))
            @if standing.lies_with_data { (beside_data(&standing)) }
            (copies(&view, &visitor, &standing))
            (place(&standing))
        },
        ..Page::default()
    }))
}

/// Makes a copy; a long one goes on after the answer.
pub async fn make(State(app): State<App>, visitor: Visitor) -> Answer {
    let work = tokio::spawn(make_and_note(app.of_school(visitor.school_id()), visitor));
    said(work, "Копия сделана и прочитана заново: всё на месте.").await
}

async fn make_and_note(app: App, visitor: Visitor) -> Answer<()> {
    let now = app.clock.now();
    app.backups.make(&app.db.of_every_school(), &app.files, Occasion::ByHand, now).await.map_err(failure)?;
    note(&app, &visitor, Event::BackupMade, Occasion::ByHand.label()).await
}

/// Restores the newest copy for a trial.
pub async fn try_restoring(State(app): State<App>, visitor: Visitor) -> Answer {
    let work = tokio::spawn(try_and_note(app.of_school(visitor.school_id()), visitor));
    said(work, "Последняя копия восстановлена в отдельную папку и совпала с описью. Папка удалена.").await
}

async fn try_and_note(app: App, visitor: Visitor) -> Answer<()> {
    let trial = app.backups.try_restoring(app.clock.now()).await.map_err(failure)?;
    note(&app, &visitor, Event::BackupTried, &keeper::outcome(&trial)).await?;
    trial.trouble.map_or(Ok(()), |trouble| Err(Failure::Refused(trouble)))
}

async fn said(work: tokio::task::JoinHandle<Answer<()>>, done: &str) -> Answer<Response> {
    match tokio::time::timeout(PATIENCE, work).await {
        Ok(Ok(Ok(()))) => Ok(see_other_saying(paths::BACKUPS, FlashKind::Success, done)),
        Ok(Ok(Err(Failure::Refused(sentence)))) => Ok(see_other_saying(paths::BACKUPS, FlashKind::Danger, &sentence)),
        Ok(Ok(Err(failure))) => Err(failure),
        Ok(Err(error)) => Err(Failure::unforeseen(&error)),
        Err(_) => Ok(see_other_saying(
            paths::BACKUPS,
            FlashKind::Success,
            "Работа началась и идёт дальше сама. Обновите страницу через минуту.",
        )),
    }
}

async fn note(app: &App, visitor: &Visitor, event: Event, said: &str) -> Answer<()> {
    let mut tx = app.db.begin().await?;
    let school = &visitor.school;
    let subject = Subject { kind: SubjectKind::School, id: Some(school.id.uuid()), name: school.short_name.clone() };
    let act = Act::of(visitor, event, subject).with([Change::fact("Копия", said)]);
    audit::record(&mut tx, act, app.clock.now()).await?;
    Ok(tx.commit().await?)
}

fn failure(trouble: Trouble) -> Failure {
    match trouble {
        Trouble::Database(error) => error.into(),
        // The sentence names a folder of the server, which the administrator chose.
        other => Failure::Refused(other.to_string()),
    }
}

fn age(newest: Option<&Copy>, now: DateTime<Utc>) -> Markup {
    let Some(copy) = newest else {
        return insight(&Insight {
            tone: Tone::Danger,
            number: "нет".into(),
            sentence: "Копий ещё нет: поломка диска уничтожит все записи.".into(),
            detail: Some("Сделайте первую копию сейчас, дальше программа делает их сама.".into()),
            ..Insight::default()
        });
    };
    let old = now - copy.made_at;
    let (tone, detail) = match old {
        old if old <= FRESH => (Tone::Success, "Так и должно быть: больше дня работы не потеряется."),
        old if old <= OLD => (Tone::Warning, "Обычно копия делается каждый день. Сделайте её сейчас."),
        _ => (Tone::Danger, "Копии не делаются. Сделайте копию сейчас и проверьте место на диске."),
    };
    insight(&Insight {
        tone,
        number: ago(old),
        sentence: "столько прошло с последней резервной копии".into(),
        detail: Some(detail.into()),
        ..Insight::default()
    })
}

fn ago(time: TimeDelta) -> String {
    let (days, hours) = (time.num_days(), time.num_hours());
    match (days, hours) {
        (0, 0) => words::counted(time.num_minutes().max(0), &["минута", "минуты", "минут"]),
        (0, hours) => words::counted(hours, &["час", "часа", "часов"]),
        (days, _) => words::counted(days, &["день", "дня", "дней"]),
    }
}

fn trial(standing: &Standing, now: DateTime<Utc>) -> Markup {
    let last = standing.copies.iter().filter_map(|copy| copy.label.as_ref()?.trial.as_ref()).max_by_key(|one| one.at);
    let (tone, number, sentence) = match last {
        None => (Tone::Warning, "не было".to_owned(), "Восстановление ещё ни разу не проверено.".to_owned()),
        Some(Trial { trouble: Some(trouble), .. }) => (Tone::Danger, "не удалась".to_owned(), trouble.clone()),
        Some(Trial { at, .. }) if now - *at > keeper::MONTH + TimeDelta::days(1) => {
            (Tone::Warning, ago(now - *at), "прошло с проверки восстановления; она нужна каждый месяц".to_owned())
        }
        Some(Trial { at, .. }) => {
            (Tone::Success, ago(now - *at), "прошло с удачной проверки восстановления".to_owned())
        }
    };
    let try_now = Action::post("Проверить восстановление", paths::TRIAL);
    insight(&Insight {
        tone,
        number,
        sentence,
        detail: Some(
            "Программа раз в месяц восстанавливает последнюю копию в отдельную папку и сверяет с описью.".into(),
        ),
        actions: if standing.copies.is_empty() { vec![] } else { vec![try_now] },
        ..Insight::default()
    })
}

fn beside_data(standing: &Standing) -> Markup {
    let key = standing.key.display();
    notice(&Notice::new(
        Tone::Warning,
        format!(
            "Копии или их ключ лежат рядом с самими данными: вместе с диском пропадут и они. Укажите при запуске другой \
             диск (ключи --backups и --backup-key), а файл {key} сохраните отдельно: без него копию не открыть."
        ),
    ))
}

fn copies(view: &View, visitor: &Visitor, standing: &Standing) -> Markup {
    table(&Table {
        caption: "Копии, новые сверху".into(),
        columns: vec![
            Column::new("made", "Когда"),
            Column::new("occasion", "Какая"),
            Column::new("rows", "Записей").numeric(),
            Column::new("files", "Файлов").numeric(),
            Column::new("size", "Размер").numeric(),
            Column::new("state", "Состояние"),
        ],
        rows: standing.copies.iter().map(|copy| row(visitor, copy)).collect(),
        address: view.address(),
        empty: Empty::new("Копий нет", "Первая появится здесь, как только её сделают."),
        ..Table::default()
    })
}

fn row(visitor: &Visitor, copy: &Copy) -> Row {
    let made = copy.made_at.with_timezone(&visitor.school.zone()).naive_local();
    let count = |of: fn(&crate::backup::Label) -> u64| match &copy.label {
        Some(label) => words::number(i64::try_from(of(label)).unwrap_or(i64::MAX)),
        None => "нет данных".to_owned(),
    };
    Row::new(vec![
        html! { time datetime=(copy.made_at.to_rfc3339()) { (words::short_date(made.date())) ", " (made.format("%H:%M")) } },
        html! { (copy.occasion.label()) },
        html! { (count(|label| label.rows)) },
        html! { (count(|label| label.files)) },
        html! { (words::bytes(copy.bytes)) },
        state(copy),
    ])
}

fn state(copy: &Copy) -> Markup {
    let (tone, text) = match &copy.label {
        None => (Tone::Warning, "нет описи рядом"),
        Some(label) if label.trial.as_ref().is_some_and(|trial| trial.trouble.is_some()) => {
            (Tone::Danger, "не восстановилась")
        }
        Some(label) if label.missing > 0 => (Tone::Warning, "часть файлов пропала с диска раньше"),
        Some(label) if label.trial.is_some() => (Tone::Success, "восстановление проверено"),
        Some(_) => (Tone::Success, "прочитана заново"),
    };
    badge(&Badge { tone, text: text.into(), icon: None })
}

fn place(standing: &Standing) -> Markup {
    definition(&[
        Fact::new("Папка с копиями", standing.dir.display().to_string()),
        Fact::new("Файл ключа", standing.key.display().to_string()),
        Fact::new("Отпечаток ключа", standing.fingerprint.clone().unwrap_or_else(|| "ключа ещё нет".into())),
        Fact::new("Сколько хранятся", "ежедневные: за 7 дней, 4 недели и 12 месяцев; по запросу: пока их не удалят"),
        Fact::new("Как восстановить", "nastavnik restore --from КОПИЯ --key КЛЮЧ --data НОВАЯ-ПАПКА"),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_is_said_in_the_largest_whole_unit() {
        assert_eq!(ago(TimeDelta::seconds(30)), "0 минут");
        assert_eq!(ago(TimeDelta::minutes(125)), "2 часа");
        assert_eq!(ago(TimeDelta::hours(49)), "2 дня");
    }
}
