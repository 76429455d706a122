//! The road map of a year with everything that follows from its records: states, indicators, what is missing.
//!
//! One load asks the database five times whatever the number of rows; the rest is pure.

use super::{
    indicator::{self, Reading, Rule, SchoolTraits, Verdict},
    measures::{self, Supply},
    model::{Programme, RecordCounts, Responsible, Row, RowId, Section, Snapshot},
    queries,
    state::RowState,
};
use crate::{access::School, consents, measure::Readings, participation, partners};
use chrono::NaiveDate;
use database::{Result, Tx};
use std::collections::HashMap;

/// A road map on a day.
#[derive(Debug, Clone)]
pub struct Board {
    pub programme: Programme,
    pub sections: Vec<Section>,
    pub rows: Vec<BoardRow>,
    pub today: NaiveDate,
}

/// A row with what follows from its records.
#[derive(Debug, Clone)]
pub struct BoardRow {
    pub row: Row,
    pub state: RowState,
    pub responsibles: Vec<Responsible>,
    pub indicators: Vec<Indicator>,
    pub counts: RecordCounts,
    /// Something was recorded for the row: work on it has begun.
    pub has_records: bool,
}

/// One rule of a row with its value and what the value means.
#[derive(Debug, Clone)]
pub struct Indicator {
    pub rule: Rule,
    pub supply: Supply,
    pub reading: Option<Reading>,
    pub verdict: Verdict,
}

impl BoardRow {
    /// Tells whether the records prove the row: it has rules and every one is met.
    pub fn is_proven(&self) -> bool {
        indicator::is_proven(self.indicators.iter().map(|indicator| &indicator.verdict))
    }

    /// Returns the indicators that are not met yet and have a number.
    pub fn behind(&self) -> impl Iterator<Item = &Indicator> {
        self.indicators.iter().filter(|indicator| matches!(indicator.verdict, Verdict::Behind { .. }))
    }

    /// Returns the names of the responsibles as they are read: the person where known, else the post.
    pub fn responsible_text(&self) -> String {
        let names: Vec<&str> = self
            .responsibles
            .iter()
            .map(|responsible| responsible.user_name.as_deref().unwrap_or(&responsible.label))
            .collect();
        names.join(", ")
    }
}

impl Indicator {
    /// Tells whether the rule is met.
    pub fn is_met(&self) -> bool {
        matches!(self.verdict, Verdict::Met)
    }

    /// Returns the value as a snapshot of the day.
    pub fn snapshot(&self, row: RowId, today: NaiveDate) -> Option<Snapshot> {
        let reading = self.reading.as_ref()?;
        Some(Snapshot {
            row_id: row,
            measure: self.rule.measure.clone(),
            taken_on: today,
            numerator: reading.numerator,
            denominator: reading.denominator,
            is_met: self.is_met(),
        })
    }
}

impl Board {
    /// Loads the road map of a programme as it is on a day.
    pub async fn load(tx: &mut Tx, school: &School, programme: Programme, today: NaiveDate) -> Result<Self> {
        let (id, programme_id) = (school.id, programme.id);
        let sections = queries::sections(tx, id, programme_id).await?;
        let rows = queries::rows(tx, id, programme_id).await?;
        let mut responsibles: HashMap<RowId, Vec<Responsible>> = HashMap::new();
        for responsible in queries::responsibles(tx, id, programme_id).await? {
            responsibles.entry(responsible.row_id).or_default().push(responsible);
        }
        let records = Records::load(tx, school, &programme, today).await?;
        let traits = traits_of(school);
        let mut board = Self { programme, sections, rows: Vec::with_capacity(rows.len()), today };
        let any_done = rows.iter().any(|row| row.done_on.is_some());
        for row in rows {
            let counts = records.counts.get(&row.id).copied().unwrap_or_default();
            // A total works as soon as one row is done.
            let has_records = records.any_of(&row) || (row.is_total() && any_done);
            board.rows.push(BoardRow {
                state: row.state(has_records, today),
                responsibles: responsibles.remove(&row.id).unwrap_or_default(),
                indicators: vec![],
                counts,
                has_records,
                row,
            });
        }
        board.evaluate(&records, traits);
        Ok(board)
    }

    /// Fills in the indicators: totals over the rows need every state first.
    fn evaluate(&mut self, records: &Records, traits: SchoolTraits) {
        let totals: HashMap<&str, Reading> =
            [measures::ROWS_DONE, measures::ROWS_ON_TIME].map(|measure| (measure, self.total(measure))).into();
        for row in &mut self.rows {
            let read = |rule: &Rule| match rule.measure.as_str() {
                measures::DOCUMENTS => Some(measures::documents(row.counts, self.today)),
                measure if measures::is_total(measure) => totals.get(measure).cloned(),
                measure => records.reading(measure).cloned(),
            };
            row.indicators = row
                .row
                .rules
                .0
                .iter()
                .map(|rule| {
                    let reading = read(rule);
                    let verdict = rule.judge(reading.as_ref(), traits);
                    Indicator {
                        rule: rule.clone(),
                        supply: measures::supply(&rule.measure, &records.counted),
                        reading,
                        verdict,
                    }
                })
                .collect();
        }
    }

    /// Returns a total over the rows: done of all, or done in time of due; the rows of the totals do not count.
    pub fn total(&self, measure: &str) -> Reading {
        let states: Vec<(&Row, RowState)> = self.rows.iter().map(|row| (&row.row, row.state)).collect();
        measures::total(measure, &states, self.today)
    }

    /// Returns a row.
    pub fn row(&self, id: RowId) -> Option<&BoardRow> {
        self.rows.iter().find(|row| row.row.id == id)
    }

    /// Returns the sections with their rows, in order.
    pub fn by_section(&self) -> impl Iterator<Item = (&Section, Vec<&BoardRow>)> {
        self.sections
            .iter()
            .map(|section| (section, self.rows.iter().filter(|row| row.row.section_id == section.id).collect()))
    }

    /// Returns how many rows are in a state.
    pub fn count(&self, state: RowState) -> usize {
        self.rows.iter().filter(|row| row.state == state).count()
    }
}

/// The attributes of a school that switch targets.
pub fn traits_of(school: &School) -> SchoolTraits {
    SchoolTraits { small_school: school.is_small }
}

/// Asks the other slices what they count for the year of a programme.
async fn counted(tx: &mut Tx, school: &School, programme: &Programme, today: NaiveDate) -> Result<Readings> {
    let year = programme.year();
    // A year that is over keeps the numbers of its last day.
    let on = today.min(year.last_day());
    let mut all = participation::readings(tx, school.id, year, on).await?;
    all.extend(consents::readings(tx, school.id, year, on).await?);
    all.extend(partners::readings(tx, school.id, year, on).await?);
    Ok(all)
}

/// The records of a programme's rows that indicators and states follow from.
struct Records {
    counts: HashMap<RowId, RecordCounts>,
    by_hand: HashMap<String, Reading>,
    /// What other slices count.
    counted: Readings,
}

impl Records {
    async fn load(tx: &mut Tx, school: &School, programme: &Programme, today: NaiveDate) -> Result<Self> {
        let counts = queries::counts(tx, school.id, programme.id).await?;
        let readings = queries::newest_readings(tx, school.id, programme.id).await?;
        Ok(Self {
            counts: counts.into_iter().map(|counts| (counts.row_id, counts)).collect(),
            by_hand: readings.iter().map(|entered| (entered.measure.clone(), measures::by_hand(entered))).collect(),
            counted: counted(tx, school, programme, today).await?,
        })
    }

    /// Returns the value of a measure that is no total: counted by its slice, else entered by hand.
    fn reading(&self, measure: &str) -> Option<&Reading> {
        let counted = self.counted.iter().find(|(name, _)| *name == measure).map(|(_, reading)| reading);
        counted.or_else(|| self.by_hand.get(measure))
    }

    /// Tells whether anything was recorded for a row: work on it has begun.
    fn any_of(&self, row: &Row) -> bool {
        let counts = self.counts.get(&row.id).copied().unwrap_or_default();
        let has_number =
            row.rules.0.iter().filter_map(|rule| self.reading(&rule.measure)).any(|reading| reading.numerator > 0);
        has_number || counts.documents + counts.tasks + counts.notes > 0
    }
}
