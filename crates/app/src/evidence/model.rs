//! A folder of evidence before and after it is written. Pure.

use crate::{
    files::StoredFile,
    roadmap::model::{ProgrammeId, RowId},
    words,
};
use chrono::NaiveDate;
use documents::sheet::Workbook;
use serde::{Deserialize, Serialize};

/// What a folder is asked for: the road map of a year, or one row of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Order {
    pub programme: ProgrammeId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<RowId>,
}

/// Everything a folder holds.
#[derive(Debug, Clone)]
pub struct Folder {
    pub school: String,
    /// «Дорожная карта … на 2026/27 учебный год», or the row.
    pub subject: String,
    pub year: String,
    pub as_of: NaiveDate,
    pub chapters: Vec<Chapter>,
    /// What holds for the whole folder: whose lists these are.
    pub notes: Vec<String>,
}

/// A section of the road map.
#[derive(Debug, Clone)]
pub struct Chapter {
    pub caption: String,
    pub proofs: Vec<Proof>,
}

/// What proves a row.
#[derive(Debug, Clone)]
pub struct Proof {
    pub caption: String,
    pub term: String,
    pub state: String,
    pub responsible: String,
    pub measured: Vec<Measured>,
    pub items: Vec<Item>,
    /// What stays visible of the row, and what is not in the folder and why.
    pub notes: Vec<String>,
}

/// An indicator as of a day.
#[derive(Debug, Clone)]
pub struct Measured {
    pub title: String,
    pub value: String,
    pub target: String,
    pub verdict: String,
    pub as_of: Option<NaiveDate>,
}

/// A file of the folder.
#[derive(Debug, Clone)]
pub struct Item {
    /// What it is: «Приказ о внедрении», «Список: охват».
    pub title: String,
    /// Number and date, or what a list counts.
    pub about: String,
    /// Where it stands in the archive, with `/` between folders.
    pub place: String,
    pub source: Source,
    /// What was written, once it was.
    pub written: Option<Written>,
}

/// Where the bytes of a file come from.
#[derive(Debug, Clone)]
pub enum Source {
    /// A file people gave to the program.
    Kept(StoredFile),
    /// A list the program makes.
    Made(Box<Workbook>),
}

/// What became of a file of the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    /// Lower-case hexadecimal digits of SHA-256.
    Sum(String),
    /// The bytes differ from those that were given to the program.
    Altered(String),
    /// The bytes are not there.
    Lost,
}

impl Written {
    /// Returns the sum of what stands in the archive.
    pub fn sum(&self) -> Option<&str> {
        match self {
            Self::Sum(sum) | Self::Altered(sum) => Some(sum),
            Self::Lost => None,
        }
    }
}

impl Folder {
    /// Returns every row with what proves it.
    pub fn proofs(&self) -> impl Iterator<Item = &Proof> {
        self.chapters.iter().flat_map(|chapter| &chapter.proofs)
    }

    /// Returns every file to be written.
    pub fn items_mut(&mut self) -> impl Iterator<Item = &mut Item> {
        self.chapters.iter_mut().flat_map(|chapter| &mut chapter.proofs).flat_map(|proof| &mut proof.items)
    }

    /// Returns how many documents and how many lists there are.
    pub fn counts(&self) -> (usize, usize) {
        let items = || self.proofs().flat_map(|proof| &proof.items);
        let lists = items().filter(|item| matches!(item.source, Source::Made(_))).count();
        (items().count() - lists, lists)
    }

    /// Says in a sentence what is in the folder.
    pub fn summary(&self) -> String {
        let (documents, lists) = self.counts();
        let empty = self.proofs().filter(|proof| proof.items.is_empty()).count();
        let count = |n: usize, forms: [&str; 3]| words::counted(i64::try_from(n).unwrap_or(i64::MAX), &forms);
        let bare = if empty == 0 {
            String::new()
        } else {
            format!(" Без документов и списков: {}.", count(empty, ["мероприятие", "мероприятия", "мероприятий"]))
        };
        format!(
            "В папке {}: {}, {}.{bare}",
            count(self.proofs().count(), ["мероприятие", "мероприятия", "мероприятий"]),
            count(documents, ["документ", "документа", "документов"]),
            count(lists, ["список", "списка", "списков"]),
        )
    }

    /// Names the archive: «Папка доказательств 2026-27 на 2026-11-22.zip».
    pub fn file_name(&self) -> String {
        let of = match self.chapters.as_slice() {
            [Chapter { proofs, .. }] if proofs.len() == 1 => {
                proofs.first().and_then(|proof| proof.caption.split(' ').next()).unwrap_or_default().to_owned()
            }
            _ => self.year.replace('/', "-"),
        };
        format!("Папка доказательств {of} на {}.zip", self.as_of)
    }
}
