//! The fonts of the binary: Tinos, whose letters are as wide as those of Times New Roman.
//!
//! They come from npm with `make assets`, like the styles of the pages; without them there is no PDF, and everything
//! else works.

use std::sync::LazyLock;

use rust_embed::RustEmbed;
use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

/// The name of the family, for programs.
pub const FAMILY: &str = "Tinos";

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../web/dist/fonts"]
#[include = "*.ttf"]
#[allow_missing = true]
struct Files;

/// Every font and the book typst looks them up in.
pub struct Fonts {
    pub fonts: Vec<Font>,
    pub book: LazyHash<FontBook>,
}

pub static FONTS: LazyLock<Fonts> = LazyLock::new(|| {
    let fonts: Vec<Font> = Files::iter()
        .filter_map(|name| Files::get(&name))
        .flat_map(|file| Font::iter(Bytes::new(file.data.into_owned())).collect::<Vec<_>>())
        .collect();
    let book = LazyHash::new(FontBook::from_fonts(&fonts));
    Fonts { fonts, book }
});

/// Tells whether the fonts were built into the program.
pub fn has_fonts() -> bool {
    !FONTS.fonts.is_empty()
}

/// Tells whether every face of the family has a sign.
pub fn shows(sign: char) -> bool {
    has_fonts() && FONTS.fonts.iter().all(|font| font.info().coverage.contains(sign.into()))
}
