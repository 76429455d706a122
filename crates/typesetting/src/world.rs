//! What a program sees: itself, two files in memory, the fonts.

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt as _};

use crate::{Sheets, Unset, fonts::FONTS};

/// typst never forgets a name of a file, so there are three for ever.
static NAMES: LazyLock<Option<Names>> = LazyLock::new(|| {
    Some(Names { program: file("program.typ")?, data: file("data.json")?, squares: file("squares.bin")? })
});

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

struct Names {
    program: FileId,
    data: FileId,
    squares: FileId,
}

fn file(name: &str) -> Option<FileId> {
    Some(FileId::new(RootedPath::new(VirtualRoot::Project, VirtualPath::new(name).ok()?)))
}

/// The world of one document.
pub struct World {
    names: &'static Names,
    program: Source,
    data: Bytes,
    squares: Bytes,
}

impl World {
    /// Puts a program and its files into a world.
    pub fn new(sheets: Sheets<'_>) -> Result<Self, Unset> {
        let names = NAMES.as_ref().ok_or_else(|| Unset::Failed("no names for files".to_owned()))?;
        Ok(Self {
            names,
            program: Source::new(names.program, sheets.program.to_owned()),
            data: Bytes::new(sheets.data.to_vec()),
            squares: Bytes::new(sheets.squares.to_vec()),
        })
    }
}

impl typst::World for World {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &FONTS.book
    }

    fn main(&self) -> FileId {
        self.names.program
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.names.program { Ok(self.program.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.names.data {
            Ok(self.data.clone())
        } else if id == self.names.squares {
            Ok(self.squares.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
