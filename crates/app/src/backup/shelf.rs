//! The folder with the copies: their names, what is known of each without opening it, and the list of the erased.

use super::{
    error::{Result, Trouble},
    make::sync_folder_of,
    manifest::Manifest,
    retention,
};
use crate::erasures::{self, Erased};
use chrono::{DateTime, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};
use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// How the name of a copy ends.
const ENDING: &str = "backup";

/// The list of the erased.
const ERASURES: &str = "erasures.jsonl";

/// How the moment of a copy stands in its name.
const MOMENT: &str = "%Y%m%dT%H%M%SZ";

/// Copies made before an update that stay; each new one drops the oldest.
const UPDATES: usize = 3;

database::stored_as_text! {
    /// Why a copy was made.
    pub enum Occasion {
        Daily = "daily" => "ежедневная",
        ByHand = "hand" => "по запросу",
        Update = "update" => "перед обновлением программы",
    }
}

/// What is known of a copy without its key; lies beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    pub rows: u64,
    pub files: u64,
    pub missing: u64,
    pub content: String,
    pub schema: Option<i64>,
    #[serde(default)]
    pub trial: Option<Trial>,
}

impl Label {
    pub fn of(manifest: &Manifest) -> Self {
        Self {
            rows: manifest.rows(),
            files: manifest.files.len() as u64,
            missing: manifest.missing.len() as u64,
            content: manifest.content(),
            schema: manifest.migrations.iter().max().copied(),
            trial: None,
        }
    }
}

/// A trial restore of a copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trial {
    pub at: DateTime<Utc>,
    /// What went wrong; nothing when all was restored.
    pub trouble: Option<String>,
}

/// A copy on the shelf.
#[derive(Debug, Clone)]
pub struct Copy {
    pub path: PathBuf,
    pub made_at: DateTime<Utc>,
    pub occasion: Occasion,
    pub bytes: u64,
    pub label: Option<Label>,
}

/// The folder.
#[derive(Debug, Clone)]
pub struct Shelf(PathBuf);

impl Shelf {
    pub fn at(dir: PathBuf) -> Self {
        Self(dir)
    }

    pub fn dir(&self) -> &Path {
        &self.0
    }

    /// Returns the place of a new copy and clears away what an interrupted one has left.
    pub fn place_for(&self, now: DateTime<Utc>, occasion: Occasion) -> Result<PathBuf> {
        fs::create_dir_all(&self.0).map_err(Trouble::with(&self.0))?;
        for entry in self.entries()? {
            if entry.extension().is_some_and(|ending| ending == "part") {
                let _ = fs::remove_file(entry);
            }
        }
        Ok(self.0.join(format!("nastavnik-{}-{}.{ENDING}", now.format(MOMENT), occasion.word())))
    }

    /// Returns the copies, the newest first.
    pub fn copies(&self) -> Result<Vec<Copy>> {
        if !self.0.exists() {
            return Ok(vec![]);
        }
        let mut copies: Vec<Copy> = self.entries()?.into_iter().filter_map(copy_at).collect();
        copies.sort_by(|a, b| b.made_at.cmp(&a.made_at).then_with(|| b.path.cmp(&a.path)));
        Ok(copies)
    }

    fn entries(&self) -> Result<Vec<PathBuf>> {
        let entries = fs::read_dir(&self.0).map_err(Trouble::with(&self.0))?;
        Ok(entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect())
    }

    /// Drops daily copies and those of updates that need not stay; copies made by hand always stay.
    pub fn tidy(&self) -> Result<usize> {
        let copies = self.copies()?;
        let daily: Vec<_> = copies.iter().filter(|copy| copy.occasion == Occasion::Daily).collect();
        let kept = retention::kept(&daily.iter().map(|copy| copy.made_at).collect::<Vec<_>>());
        let old = daily.into_iter().filter(|copy| !kept.contains(&copy.made_at));
        let updates = copies.iter().filter(|copy| copy.occasion == Occasion::Update).skip(UPDATES);
        let mut dropped = 0;
        for copy in old.chain(updates) {
            fs::remove_file(&copy.path).map_err(Trouble::with(&copy.path))?;
            let _ = fs::remove_file(label_of(&copy.path));
            dropped += 1;
        }
        Ok(dropped)
    }

    /// Keeps the list of the erased beside the copies: a restore applies it again.
    pub fn keep_erasures(&self, list: &[Erased]) -> Result<()> {
        fs::create_dir_all(&self.0).map_err(Trouble::with(&self.0))?;
        let path = self.0.join(ERASURES);
        let mut all = erasures_at(&path)?;
        let known = all.len();
        all.extend(
            list.iter()
                .filter(|erased| !all.iter().any(|one| one.person_id == erased.person_id))
                .cloned()
                .collect::<Vec<_>>(),
        );
        if all.len() == known {
            return Ok(());
        }
        write_whole(&path, erasures::to_lines(&all).as_bytes()).map_err(Trouble::with(path))
    }
}

/// Returns the list of the erased that lies beside a copy; an absent list is empty.
pub fn erasures_beside(copy: &Path) -> Result<Vec<Erased>> {
    erasures_at(&copy.with_file_name(ERASURES))
}

/// Reads a list of the erased; an absent one is empty.
pub fn erasures_at(path: &Path) -> Result<Vec<Erased>> {
    match fs::read_to_string(path) {
        Ok(text) => erasures::of_lines(&text)
            .map_err(|_| Trouble::Damaged(format!("список удалённых людей {} не читается", path.display()))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(vec![]),
        Err(error) => Err(Trouble::with(path)(error)),
    }
}

/// Writes what is known of a copy beside it.
pub fn write_label(copy: &Path, label: &Label) -> Result<()> {
    let path = label_of(copy);
    let text = serde_json::to_vec_pretty(label).map_err(io::Error::from);
    text.and_then(|text| write_whole(&path, &text)).map_err(Trouble::with(path))
}

fn label_of(copy: &Path) -> PathBuf {
    copy.with_extension("json")
}

/// Writes a file so that a power cut leaves the old one or the new one.
fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let part = path.with_extension("part");
    fs::write(&part, bytes)?;
    fs::File::open(&part)?.sync_all()?;
    fs::rename(&part, path)?;
    sync_folder_of(path)
}

fn copy_at(path: PathBuf) -> Option<Copy> {
    let name = path.file_name()?.to_str()?;
    let middle = name.strip_prefix("nastavnik-")?.strip_suffix(ENDING)?.strip_suffix('.')?;
    let (moment, occasion) = middle.split_once('-')?;
    let made_at = NaiveDateTime::parse_from_str(moment, MOMENT).ok()?.and_utc();
    let label = fs::read(label_of(&path)).ok().and_then(|text| serde_json::from_slice(&text).ok());
    let bytes = fs::metadata(&path).ok()?.len();
    Some(Copy { made_at, occasion: occasion.parse().ok()?, bytes, label, path })
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;

    #[test]
    fn tidying_keeps_what_people_asked_for_and_drops_old_daily_copies() {
        let dir = tempfile::tempdir().unwrap();
        let shelf = Shelf::at(dir.path().join("copies"));
        let first = DateTime::from_timestamp(1_700_000_000, 0).unwrap();
        let put = |n: i64, occasion| {
            fs::write(shelf.place_for(first + TimeDelta::days(n), occasion).unwrap(), "").unwrap();
        };
        put(0, Occasion::ByHand);
        (0..40).for_each(|n| put(n, Occasion::Daily));
        (0..5).for_each(|n| put(n, Occasion::Update));
        fs::write(shelf.dir().join("чужой файл.backup"), "").unwrap();
        assert!(shelf.tidy().unwrap() > 20);
        let copies = shelf.copies().unwrap();
        let count = |occasion| copies.iter().filter(|copy| copy.occasion == occasion).count();
        assert_eq!((count(Occasion::ByHand), count(Occasion::Update)), (1, UPDATES));
        assert!((10..=13).contains(&count(Occasion::Daily)), "{}", count(Occasion::Daily));
        assert_eq!(copies[0].made_at, first + TimeDelta::days(39));
        assert!(shelf.dir().join("чужой файл.backup").exists());
    }
}
