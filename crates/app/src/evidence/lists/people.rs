//! Lists of people, of those the reader sees.

use super::sheet::{Lines, List};
use crate::{
    consents::{Ledger, Purpose},
    error::Answer,
    evidence::contents::Reader,
    participation::{
        model::Participant,
        queries,
        registers::{Records, Register},
    },
    people::Sight,
};
use chrono::NaiveDate;
use database::Tx;
use documents::sheet::{Column, Kind, Value, Workbook};
use std::collections::HashSet;

/// Row 1.1 and 1.2: the target groups.
pub async fn covered(tx: &mut Tx, reader: &Reader<'_>) -> Answer<List> {
    let settings = queries::settings(tx, reader.school().id, reader.year).await?;
    let of = (Sight::of(&reader.visitor)?, reader.year);
    let (within, missing): (Vec<_>, Vec<_>) = queries::targets(tx, of, &settings, reader.as_of)
        .await?
        .into_iter()
        .map(|one| {
            let place = one.class_name.clone().or_else(|| one.post.clone()).unwrap_or_default();
            let line: Vec<Value> =
                vec![one.name().to_string().into(), place.into(), one.kind.label().into(), one.entered_on.into()];
            (one.entered_on.is_some(), line)
        })
        .partition(|(counts, _)| *counts);
    let lines = Lines {
        title: "Охват целевых групп",
        columns: vec![
            Column::text("Фамилия, имя, отчество", 40.0),
            Column::text("Класс или должность", 26.0),
            Column::text("Целевая группа", 18.0),
            Column::new("Дата вхождения", 14.0, Kind::Date),
        ],
        within: ("участвуют", cells(within)),
        missing: ("не участвуют", cells(missing)),
    };
    Ok(lines.list(&reader.school().short_name, reader.as_of))
}

/// Row 3.4: the register, with what it lacks about everybody.
pub async fn registry(tx: &mut Tx, reader: &Reader<'_>) -> Answer<List> {
    let participants = queries::participants(tx, Sight::of(&reader.visitor)?, reader.year).await?;
    let topics = queries::topics(tx, reader.school().id, Some(reader.year), None).await?;
    let (dictionary, _) = queries::dictionary(tx, reader.school().id).await?;
    let records =
        Records { participants: &participants, topics: &topics, dictionary: &dictionary, today: reader.as_of };
    let sheet = Register::Registry.sheet(&records, &reader.school().short_name, &reader.year.long_label());
    let lacking = sheet.rows.iter().filter(|row| row.last().is_some_and(|gaps| *gaps != Value::Empty)).count();
    Ok(List {
        title: Register::Registry.label().to_owned(),
        about: format!("заполнено полностью: {}; не хватает сведений: {lacking}", sheet.rows.len() - lacking),
        workbook: Workbook::of(sheet),
    })
}

/// Row 1.8: who is in the bases, with and without a valid consent to take part.
pub async fn with_consent(tx: &mut Tx, reader: &Reader<'_>) -> Answer<List> {
    let sight = Sight::of(&reader.visitor)?;
    let ledger = Ledger::load(tx, sight, reader.as_of).await?;
    let participants = queries::participants(tx, sight, reader.year).await?;
    let mut seen = HashSet::new();
    let mut lines = vec![];
    for one in participants.iter().filter(|one| is_in_base(one, reader.as_of)) {
        if seen.insert(one.person_id) {
            lines.push(consent_line(one, &ledger));
        }
    }
    let (within, missing): (Vec<_>, Vec<_>) = lines.into_iter().partition(|(counts, _)| *counts);
    let lines = Lines {
        title: "Согласия участников",
        columns: vec![
            Column::text("Фамилия, имя, отчество", 40.0),
            Column::text("Класс или должность", 26.0),
            Column::new("Подписано", 14.0, Kind::Date),
            Column::new("Действует до", 14.0, Kind::Date),
        ],
        within: ("есть согласие", cells(within)),
        missing: ("нет согласия", cells(missing)),
    };
    Ok(lines.list(&reader.school().short_name, reader.as_of))
}

/// Tells whether somebody is in a base on a day.
fn is_in_base(one: &Participant, on: NaiveDate) -> bool {
    one.entered_on.is_some_and(|entered| entered <= on) && one.left_on.is_none_or(|left| left > on)
}

fn consent_line(one: &Participant, ledger: &Ledger) -> (bool, Vec<Value>) {
    let valid = ledger
        .of(one.person_id)
        .iter()
        .filter(|consent| consent.purpose == Purpose::Participation && consent.state_on(ledger.today).is_valid())
        .max_by_key(|consent| consent.signed_on);
    let line = vec![
        one.name().to_string().into(),
        one.place().into(),
        valid.and_then(|consent| consent.signed_on).into(),
        valid.and_then(|consent| consent.valid_until).into(),
    ];
    (valid.is_some(), line)
}

fn cells(lines: Vec<(bool, Vec<Value>)>) -> Vec<Vec<Value>> {
    lines.into_iter().map(|(_, line)| line).collect()
}
