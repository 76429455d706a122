//! Erasing a person: foreseen without writing, then done with an act and a trace in one transaction.

use super::{
    model::{Destroyed, ErasureActId, NewErasure, summed},
    queries::{acts, erasing as queries},
    record::SECTIONS,
    wiping::{self, NotErased},
};
use crate::{
    access::{SchoolId, Visitor},
    audit::{self, Act, Change, Event},
    erasures,
    error::{Answer, Failure},
    files::FileId,
    people::{PersonId, actions::subject},
    school_year::SchoolYear,
    state::App,
    words,
};
use database::Tx;
use queries::Doomed;
use uuid::Uuid;

/// What files about a person are called in an act.
const FILES: &str = "Файлы: сканы, подписанные и зарегистрированные документы";

impl From<NotErased> for Failure {
    fn from(error: NotErased) -> Self {
        match error {
            NotErased::Database(error) => error.into(),
            NotErased::Disk(error) => error.into(),
        }
    }
}

/// What an erasure will do.
pub struct Foreseen {
    /// The person, and the records that go with the person.
    pub records: Vec<Doomed>,
    pub destroyed: Vec<Destroyed>,
    /// The number of the act.
    pub number: i64,
}

impl Foreseen {
    /// Returns the person.
    pub fn person(&self) -> Option<&Doomed> {
        self.records.first()
    }

    /// Tells whether a text names one of those who are erased: it would be kept.
    pub fn are_named_in(&self, text: &str) -> bool {
        let folded = database::fold(text);
        let said: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric() && c != '-').collect();
        self.records.iter().any(|one| said.contains(&database::fold(&one.surname).as_str()))
    }
}

/// Erases in a transaction that is given up, to say what will go.
pub async fn foresee(app: &App, visitor: &Visitor, id: PersonId) -> Answer<Foreseen> {
    let (mut tx, school) = (app.db.begin().await?, visitor.school_id());
    let records = admitted(&mut tx, visitor, id).await?;
    let (destroyed, _) = wiped(&mut tx, (school, &records), visitor).await?;
    let number = acts::next_number(&mut tx, school, visitor.today).await?;
    Ok(Foreseen { records, destroyed, number })
}

/// Erases a person and whoever is known for the person's sake only; returns the act.
pub async fn erase(app: &App, visitor: &Visitor, id: PersonId, new: &NewErasure) -> Answer<ErasureActId> {
    let (mut tx, now, school) = (app.db.begin().await?, app.clock.now(), visitor.school_id());
    let records = admitted(&mut tx, visitor, id).await?;
    if records.first().is_none_or(|person| person.version != new.version) {
        return Err(Failure::stale());
    }
    let act = format!("№ {} от {}", new.number, words::short_date(visitor.today));
    for one in &records {
        let changes = [Change::fact("Акт", &act), Change::fact("Основание", new.basis.label())];
        audit::record(&mut tx, Act::of(visitor, Event::PersonErased, subject(one.id)).with(changes), now).await?;
    }
    // The trace holds the end of the journal: from here on nobody else takes a number.
    if acts::next_number(&mut tx, school, visitor.today).await? != new.number {
        return Err(Failure::Refused(
            "Пока страница была открыта, этот номер акта заняли. Скачайте акт заново.".into(),
        ));
    }
    let (destroyed, files) = wiped(&mut tx, (school, &records), visitor).await?;
    let forgotten = wiping::empty_files(&mut tx, &app.files, (school, &files), now).await?;
    let (key, ids) = (ErasureActId::fresh(), records.iter().map(|one| one.id.uuid()).collect::<Vec<Uuid>>());
    acts::insert(&mut tx, (school, key), new, (&ids, &destroyed), (visitor.user, visitor.today, now)).await?;
    for one in &ids {
        erasures::note(&mut tx, school, *one, now).await?;
        app.vault.destroy_all(&mut tx, (school, *one), now).await?;
    }
    tx.commit().await?;
    for file in &forgotten {
        app.files.forget(file).await;
    }
    note_beside_the_copies(app).await?;
    Ok(key)
}

/// Writes the list of the erased beside the copies at once: a disk may die before the next copy.
async fn note_beside_the_copies(app: &App) -> Answer<()> {
    let all = erasures::everybody(&mut app.db.read().await?).await?;
    if let Err(error) = app.backups.keep_erasures(&all) {
        tracing::error!(%error, "the list of the erased is not beside the copies; the next round tries again");
    }
    Ok(())
}

/// Returns who is erased with a person, or why nobody is.
async fn admitted(tx: &mut Tx, visitor: &Visitor, id: PersonId) -> Answer<Vec<Doomed>> {
    let (school, year) = (visitor.school_id(), SchoolYear::containing(visitor.today));
    let mut records = vec![queries::record(tx, school, id).await?];
    let hindrances = queries::hindrances(tx, school, id, year.start_year()).await?;
    let refusal = if hindrances.takes_part {
        "Человек участвует в программе этого года. Сначала завершите участие или внесите отзыв согласия."
    } else if hindrances.represents {
        "Это законный представитель ребёнка, сведения о котором школа ведёт. Сначала уберите представителя из карточки ребёнка."
    } else if hindrances.signs_in {
        "У этого сотрудника действует учётная запись. Сначала администратор её отключает."
    } else {
        let mut place = 0;
        while let Some(one) = records.get(place).map(|one| one.id) {
            for more in queries::with_it(tx, school, one).await? {
                if records.iter().all(|known| known.id != more.id) {
                    records.push(more);
                }
            }
            place += 1;
        }
        return Ok(records);
    };
    Err(Failure::Refused(refusal.into()))
}

/// Erases what the tables say about records; returns the kinds of data and the files to be emptied.
async fn wiped(
    tx: &mut Tx,
    (school, records): (SchoolId, &[Doomed]),
    visitor: &Visitor,
) -> Answer<(Vec<Destroyed>, Vec<FileId>)> {
    let (mut counts, mut files) = (vec![], vec![]);
    for one in records {
        let wiped = wiping::wipe(tx, (school, one.id), visitor.today).await?;
        counts.extend(wiped.touched);
        files.extend(wiped.files);
    }
    files.sort_unstable_by_key(|file| file.uuid());
    files.dedup();
    let titled = counts.into_iter().map(|(table, count)| {
        let section = SECTIONS.iter().find(|section| section.table == table);
        (section.map_or(table, |section| section.title), count)
    });
    let kept = u64::try_from(files.len()).unwrap_or(u64::MAX);
    Ok((summed(titled.chain([(FILES, kept)])), files))
}
