//! Comparing the rows of an upload with the records: what is new, changed, the same, unclear.

use super::{
    AT_ONCE,
    match_rows::{Records, identity, key_of, understood},
};
use crate::{
    access::School,
    audit::Change,
    error::Answer,
    people::{
        import::{
            changes::{changes, guardian_of},
            judge::{Verdict, judge},
            model::{Choice, Counts, ImportState, Known, Outcome, RowPlan},
            queries::{self, ListRow, Lists},
        },
        model::{PeopleImportId, PersonId},
        reading::{ReadPerson, Section, phone},
    },
    state::App,
};
use chrono::NaiveDate;
use database::Tx;
use std::collections::{HashMap, HashSet};

/// What a hidden record says of itself.
const WITHDRAWN: &str = "не обновляется: согласие отозвано";

/// Compares every row anew; what a person decided about unclear rows stays where it still makes sense.
pub async fn compare(app: &App, school: &School, id: PeopleImportId) -> Answer<()> {
    let today = app.clock.today(school.zone());
    let mut tx = app.db.begin().await?;
    let mut lists = queries::lists(&mut tx, school.id, id).await?;
    lists.state = ImportState::Comparing;
    lists.summary.0 = Counts { read: lists.summary.0.read, ..Counts::default() };
    lists.stamp = queries::stamp(&mut tx, school.id).await?;
    if !queries::save_lists(&mut tx, school.id, &lists, app.clock.now()).await? {
        return Ok(());
    }
    tx.commit().await?;

    let mut comparing = Comparing {
        today,
        year: lists.school_year,
        school,
        doubled: HashSet::new(),
        first: HashMap::new(),
        named: HashSet::new(),
    };
    comparing.find_doubled(app, &lists).await?;
    let mut after = 0;
    loop {
        let mut tx = app.db.begin().await?;
        let mut rows = queries::rows(&mut tx, (school.id, id), after, AT_ONCE).await?;
        let Some(last) = rows.last() else { break };
        after = last.position;
        comparing.chunk(&mut tx, &mut rows, &lists.sections.0).await?;
        for row in &rows {
            lists.summary.0.add(row.outcome);
        }
        lists.summary.0.compared += i64::try_from(rows.len()).unwrap_or(0);
        queries::put_rows(&mut tx, (school.id, id), &rows).await?;
        if !queries::save_lists(&mut tx, school.id, &lists, app.clock.now()).await? {
            return Ok(());
        }
        tx.commit().await?;
    }
    let mut tx = app.db.begin().await?;
    lists.summary.0.departed = comparing.departed(&mut tx, &lists).await?;
    lists.state = ImportState::Ready;
    queries::save_lists(&mut tx, school.id, &lists, app.clock.now()).await?;
    Ok(tx.commit().await?)
}

/// An upload while it is compared. Numbers stand for names: a hundred thousand of them stay in memory.
struct Comparing<'a> {
    today: NaiveDate,
    year: i64,
    school: &'a School,
    /// People whom the upload names in more than one class.
    doubled: HashSet<u64>,
    /// The first row of each person, and the record it is about.
    first: HashMap<u64, (i64, Option<PersonId>)>,
    /// Records that some row is or may be about.
    named: HashSet<PersonId>,
}

impl Comparing<'_> {
    async fn find_doubled(&mut self, app: &App, lists: &Lists) -> Answer<()> {
        let mut classes: HashMap<u64, u64> = HashMap::new();
        let mut after = 0;
        loop {
            let mut tx = app.db.read().await?;
            let rows = queries::rows(&mut tx, (self.school.id, lists.id), after, AT_ONCE).await?;
            let Some(last) = rows.last() else { return Ok(()) };
            after = last.position;
            for row in rows.iter().filter(|row| row.outcome != Outcome::Noise) {
                if let Ok(read) = understood(row, &lists.sections.0, self.today) {
                    let (key, class) = (doubled_key(&read), key_of(&read.class.map(|class| class.to_string())));
                    if *classes.entry(key).or_insert(class) != class {
                        self.doubled.insert(key);
                    }
                }
            }
        }
    }

    async fn chunk(&mut self, tx: &mut Tx, rows: &mut [ListRow], sections: &[Section]) -> Answer<()> {
        let read: Vec<Option<Result<ReadPerson, String>>> = rows
            .iter()
            .map(|row| (row.outcome != Outcome::Noise).then(|| understood(row, sections, self.today)))
            .collect();
        let people: Vec<&ReadPerson> = read.iter().flatten().filter_map(|read| read.as_ref().ok()).collect();
        let records = Records::of(tx, self.school.id, &people, vec![]).await?;
        for (row, read) in rows.iter_mut().zip(&read) {
            match read {
                None => {}
                Some(Err(why)) => settle(row, Outcome::Failed, why, RowPlan::default()),
                Some(Ok(read)) => self.row(row, read, &records),
            }
        }
        Ok(())
    }

    fn row(&mut self, row: &mut ListRow, read: &ReadPerson, records: &Records) {
        let key = identity(read);
        if let Some((position, person)) = self.first.get(&key).copied() {
            return repeat(row, (position, person), read, records);
        }
        let candidates = records.candidates(read);
        let ids = |places: &[usize]| places.iter().map(|place| candidates[*place].id).collect::<Vec<_>>();
        row.person_id = None;
        match judge(read, &candidates, self.doubled.contains(&doubled_key(read))) {
            Verdict::New if read.staff.is_none() && read.class.is_none() => {
                let why = "не указан класс: добавьте столбец «Класс» или назовите файл по классу";
                return settle(row, Outcome::Failed, why, RowPlan::default());
            }
            Verdict::New => settle(row, Outcome::New, &read.remarks.join("; "), RowPlan::default()),
            Verdict::Withdrawn => settle(row, Outcome::Withdrawn, WITHDRAWN, RowPlan::default()),
            Verdict::Unclear(why, places) => {
                let plan = RowPlan { candidates: ids(&places), ..RowPlan::default() };
                self.named.extend(&plan.candidates);
                if let Choice::This(chosen) = Choice::read(&row.choice)
                    && !plan.candidates.contains(&chosen)
                {
                    row.choice.clear();
                }
                return settle(row, Outcome::Unclear, why, plan);
            }
            Verdict::Is(place) if !self.named.insert(candidates[place].id) => {
                let plan = RowPlan { candidates: ids(&[place]), ..RowPlan::default() };
                return settle(row, Outcome::Unclear, "этот же человек есть в другой строке с другими данными", plan);
            }
            Verdict::Is(place) => self.changed(row, &candidates[place], read, records),
        }
        self.first.insert(key, (row.position, row.person_id));
    }

    fn changed(&self, row: &mut ListRow, known: &Known, read: &ReadPerson, records: &Records) {
        let mut found = changes(known, read, (self.today, self.year));
        found.extend(of_guardians(known.id, read, records));
        row.person_id = Some(known.id);
        let outcome = if found.is_empty() { Outcome::Same } else { Outcome::Changed };
        settle(row, outcome, &read.remarks.join("; "), RowPlan { changes: found, ..RowPlan::default() });
    }

    /// Returns the pupils of the uploaded classes whom no row names.
    async fn departed(&self, tx: &mut Tx, lists: &Lists) -> Answer<Vec<PersonId>> {
        let classes = self.classes(tx, lists).await?;
        let enrolled = queries::enrolled(tx, self.school.id, lists.school_year).await?;
        let missing = enrolled.into_iter().filter(|(person, grade, letter)| {
            classes.contains(&format!("{grade}{letter}")) && !self.named.contains(person)
        });
        Ok(missing.map(|(person, ..)| person).collect())
    }

    async fn classes(&self, tx: &mut Tx, lists: &Lists) -> Answer<HashSet<String>> {
        let mut classes = HashSet::new();
        let mut after = 0;
        loop {
            let rows = queries::rows(tx, (self.school.id, lists.id), after, AT_ONCE).await?;
            let Some(last) = rows.last() else { return Ok(classes) };
            after = last.position;
            let read = rows.iter().filter_map(|row| understood(row, &lists.sections.0, self.today).ok());
            classes.extend(read.filter_map(|read| read.class).map(|class| class.to_string()));
        }
    }
}

fn doubled_key(read: &ReadPerson) -> u64 {
    key_of(&(read.name.key(), read.born_on))
}

fn settle(row: &mut ListRow, outcome: Outcome, reason: &str, plan: RowPlan) {
    row.outcome = outcome;
    reason.clone_into(&mut row.reason);
    row.plan.0 = plan;
}

/// A further row about somebody tells of further representatives only.
fn repeat(row: &mut ListRow, (position, person): (i64, Option<PersonId>), read: &ReadPerson, records: &Records) {
    let found = person.map(|person| of_guardians(person, read, records)).unwrap_or_default();
    row.person_id = person;
    let outcome = if found.is_empty() { Outcome::Repeat } else { Outcome::Changed };
    let plan = RowPlan { changes: found, repeats: Some(position), ..RowPlan::default() };
    settle(row, outcome, &read.remarks.join("; "), plan);
}

fn of_guardians(minor: PersonId, read: &ReadPerson, records: &Records) -> Vec<Change> {
    let mut found = vec![];
    for guardian in &read.guardians {
        let known = guardian_of(guardian, records.named(guardian), |known| records.represents(known.id, minor));
        match known {
            Some(known) if known.is_hidden => {}
            Some(known) if records.represents(known.id, minor) => {
                if !guardian.phone.is_empty() && phone(&known.phone) != guardian.phone {
                    found.push(Change::new("Телефон представителя", known.phone.clone(), guardian.phone.clone()));
                }
            }
            _ => found.push(Change::fact("Представитель", guardian.name.to_string())),
        }
    }
    found
}
