//! Keeps backups of a running program: a copy a day, a trial restore a month, both on request; one at a time.

use super::{
    error::{Result, Trouble},
    key::Key,
    make::make,
    restore::{Wanted, restore},
    shelf::{Copy, Label, Occasion, Shelf, Trial, erasures_beside, write_label},
};
use crate::{
    access,
    audit::{self, Act, Change, Event, Subject, SubjectKind},
    erasures::{self, Erased},
    files::FileStore,
    state::App,
};
use chrono::{DateTime, TimeDelta, Utc};
use database::{Db, Migration};
use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};
use tokio::sync::Mutex;

/// How often the age of the last copy is looked at.
const EVERY: Duration = Duration::from_mins(10);

/// How long a fresh server serves before it looks for the first time.
const FIRST: Duration = Duration::from_mins(1);

/// After this long a new daily copy is due.
const DAY: TimeDelta = TimeDelta::hours(23);

/// After this long a new trial restore is due.
pub const MONTH: TimeDelta = TimeDelta::days(30);

/// Where copies go and by which key.
#[derive(Debug, Clone)]
pub struct Keeper {
    shelf: Shelf,
    key: PathBuf,
    /// Folder and key were not chosen and lie with the data: better than nothing, and said so on the page.
    lies_with_data: bool,
    migrations: &'static [Migration],
    turn: Arc<Mutex<()>>,
}

/// How well copies are kept.
#[derive(Debug, Clone)]
pub struct Standing {
    pub copies: Vec<Copy>,
    pub dir: PathBuf,
    pub key: PathBuf,
    /// Tells keys apart; absent before the first copy.
    pub fingerprint: Option<String>,
    pub lies_with_data: bool,
    pub is_busy: bool,
}

impl Keeper {
    /// Returns the keeper of the data in `data`; copies and key stay with the data unless a folder or a key is named.
    pub fn new(data: &Path, dir: Option<&Path>, key: Option<&Path>, migrations: &'static [Migration]) -> Self {
        Self {
            shelf: Shelf::at(dir.map_or_else(|| data.join("backups"), Path::to_owned)),
            key: key.map_or_else(|| data.join("backup.key"), Path::to_owned),
            lies_with_data: dir.is_none() || key.is_none(),
            migrations,
            turn: Arc::default(),
        }
    }

    /// Returns how well copies are kept.
    pub fn standing(&self) -> Result<Standing> {
        Ok(Standing {
            copies: self.shelf.copies()?,
            dir: self.shelf.dir().to_owned(),
            key: self.key.clone(),
            fingerprint: Key::read(&self.key).ok().map(|key| key.fingerprint()),
            lies_with_data: self.lies_with_data,
            is_busy: self.turn.try_lock().is_err(),
        })
    }

    /// Makes a copy, labels it and drops the old ones that need not stay.
    pub async fn make(&self, db: &Db, files: &FileStore, occasion: Occasion, now: DateTime<Utc>) -> Result<PathBuf> {
        let _turn = self.turn.try_lock().map_err(|_| Trouble::Busy)?;
        let place = self.shelf.place_for(now, occasion)?;
        // A key that was named must exist: perhaps the stick it lies on is not in.
        let key = if self.lies_with_data { Key::read_or_make(&self.key)? } else { Key::read(&self.key)? };
        let manifest = make(db, files, &key, &place, now).await?;
        write_label(&place, &Label::of(&manifest))?;
        if manifest.tables.iter().any(|part| part.table.name == "erasures") {
            self.shelf.keep_erasures(&erasures::everybody(&mut db.read().await?).await?)?;
        }
        self.shelf.tidy()?;
        Ok(place)
    }

    /// Restores the newest copy into a folder of its own, compares it with what it says and removes it again.
    pub async fn try_restoring(&self, now: DateTime<Utc>) -> Result<Trial> {
        let _turn = self.turn.try_lock().map_err(|_| Trouble::Busy)?;
        let newest = self.shelf.copies()?.into_iter().next().ok_or(Trouble::Nothing)?;
        let key = Key::read(&self.key)?;
        let erased = erasures_beside(&newest.path)?;
        let dir = self.shelf.dir().join(format!("trial-{}", uuid::Uuid::new_v4().simple()));
        let wanted = Wanted {
            from: &newest.path,
            key: &key,
            data: &dir,
            server: None,
            erased: &erased,
            migrations: self.migrations,
        };
        let restored = restore(&wanted).await;
        let _ = std::fs::remove_dir_all(&dir);
        let trouble = match &restored {
            Ok(done) => done.broken_journals.first().map(ToString::to_string),
            Err(trouble) => Some(trouble.to_string()),
        };
        let trial = Trial { at: now, trouble };
        if let Some(label) = newest.label.or_else(|| restored.as_ref().ok().map(|done| Label::of(&done.manifest))) {
            write_label(&newest.path, &Label { trial: Some(trial.clone()), ..label })?;
        }
        Ok(trial)
    }

    /// Keeps the list of the erased beside the copies.
    pub fn keep_erasures(&self, list: &[Erased]) -> Result<()> {
        self.shelf.keep_erasures(list)
    }

    /// Tells whether a daily copy is due.
    fn is_copy_due(&self, now: DateTime<Utc>) -> Result<bool> {
        let copies = self.shelf.copies()?;
        let newest = copies.iter().filter(|copy| copy.occasion == Occasion::Daily).map(|copy| copy.made_at).max();
        Ok(newest.is_none_or(|at| now - at >= DAY))
    }

    /// Tells whether a trial restore is due.
    fn is_trial_due(&self, now: DateTime<Utc>) -> Result<bool> {
        let copies = self.shelf.copies()?;
        let tried = copies.iter().filter_map(|copy| copy.label.as_ref()?.trial.as_ref()).map(|trial| trial.at).max();
        Ok(tried.is_none_or(|at| now - at >= MONTH))
    }
}

/// Keeps copies for as long as the program runs.
pub fn keep_backups(app: App) {
    tokio::spawn(async move {
        tokio::time::sleep(FIRST).await;
        loop {
            if let Err(error) = tend(&app).await {
                tracing::error!(%error, "backups are not kept; the next round tries again");
            }
            tokio::time::sleep(EVERY).await;
        }
    });
}

/// Makes the daily copy and the monthly trial when they are due.
pub async fn tend(app: &App) -> Result<()> {
    let now = app.clock.now();
    if !access::anybody(&mut app.db.read().await?).await? {
        return Ok(());
    }
    app.backups.keep_erasures(&erasures::everybody(&mut app.db.read().await?).await?)?;
    if app.backups.is_copy_due(now)? {
        app.backups.make(&app.db, &app.files, Occasion::Daily, now).await?;
        note(app, Event::BackupMade, Occasion::Daily.label(), now).await?;
    }
    if app.backups.is_trial_due(now)? {
        let trial = app.backups.try_restoring(now).await?;
        note(app, Event::BackupTried, &outcome(&trial), now).await?;
    }
    Ok(())
}

/// Says how a trial restore ended.
pub fn outcome(trial: &Trial) -> String {
    trial.trouble.clone().unwrap_or_else(|| "восстановлена целиком".to_owned())
}

/// Notes what the program did by itself in the journal of every school.
async fn note(app: &App, event: Event, said: &str, now: DateTime<Utc>) -> database::Result<()> {
    let mut tx = app.db.begin().await?;
    for school in access::schools(&mut tx).await? {
        let subject =
            Subject { kind: SubjectKind::School, id: Some(school.id.uuid()), name: school.short_name.clone() };
        let act = Act::of_system(school.id, event, subject).with([Change::fact("Копия", said)]);
        audit::record(&mut tx, act, now).await?;
    }
    tx.commit().await
}
