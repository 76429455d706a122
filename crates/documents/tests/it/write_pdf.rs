//! What stands in a written .pdf.

use chrono::NaiveDate;
use documents::block::{Block, Document, Page, Paragraph, TableBlock, TableCell, Unwritable};
use documents::{kinds::KINDS, pdf};
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{RenderCache, RenderSettings, render};

fn dated() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 9, 1).unwrap()
}

fn has(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[test]
fn every_kind_is_written_for_the_archive_and_the_same_every_time() {
    for kind in KINDS {
        let document = kind.make(kind.example).unwrap();
        let bytes = pdf::write(&document, dated()).unwrap_or_else(|error| panic!("{}: {error}", kind.name));
        assert!(bytes.starts_with(b"%PDF-1.7"), "{}", kind.name);
        assert!(has(&bytes, "<pdfaid:part>2</pdfaid:part>"), "{}", kind.name);
        assert!(has(&bytes, "<pdfaid:conformance>A</pdfaid:conformance>"), "{}", kind.name);
        assert!(has(&bytes, "2026-09-01T00:00:00+00:00"), "{}", kind.name);
        assert_eq!(pdf::write(&document, dated()).unwrap(), bytes, "{}", kind.name);
    }
}

#[test]
fn the_fonts_have_every_letter_and_sign_of_a_school() {
    let letters = ('А'..='я').chain(['Ё', 'ё']).chain('0'..='9').chain('A'..='Z').chain('a'..='z');
    for sign in letters.chain("«»„“№–—…%§°±×≥≤’\u{a0}„().,:;!?/+=*@_-".chars()) {
        assert!(typesetting::shows(sign), "{sign:?}");
    }
}

#[test]
fn text_is_never_taken_for_a_program() {
    let hostile = "#read(\"/etc/passwd\") $x$ `code` \\u{0} @label <label> // /* */ [] {}";
    let document = Document::new(hostile, Page::portrait())
        .with(Paragraph::text(hostile))
        .with(TableBlock::new(&[1]).header([hostile]).row([TableCell::text(hostile)]));
    assert!(pdf::write(&document, dated()).is_ok());
}

#[test]
fn a_batch_is_one_file_and_a_code_that_is_too_long_is_refused() {
    let paper = Document::new("Лист", Page::landscape())
        .with(Block::Code { text: "НС-0001".to_owned(), caption: "НС-0001".to_owned() });
    let one = pdf::write(&paper, dated()).unwrap();
    let many = pdf::write_all(&vec![paper.clone(); 20], dated()).unwrap();
    assert!(many.len() < one.len() * 8, "{} against {}: fonts are shared", many.len(), one.len());
    let long = paper.with(Block::Code { text: "х".repeat(600), caption: String::new() });
    assert_eq!(pdf::write(&long, dated()), Err(Unwritable::CodeTooLong));
}

/// Tells of every page whether something stands in the margin above its text, which ends 20 mm below the edge.
fn heads(bytes: &[u8]) -> Vec<bool> {
    let pdf = Pdf::new(bytes.to_vec()).unwrap();
    let (cache, how) = (RenderCache::new(), InterpreterSettings::default());
    let size = RenderSettings { x_scale: 1.0, y_scale: 1.0, bg_color: WHITE, ..RenderSettings::default() };
    let above = |page| {
        let picture = render(page, &cache, &how, &size);
        let width = usize::from(picture.width());
        // A dot is a point, 1/72 of an inch.
        let mut dots = picture.data_as_u8_slice().chunks_exact(4).take(width * 20 * 72 / 25);
        dots.any(|dot| dot[1] < 128)
    };
    pdf.pages().iter().map(above).collect()
}

#[test]
fn pages_are_numbered_from_the_second_of_every_paper_whatever_comes_first() {
    let short = Document::new("Согласие", Page::portrait()).with(Paragraph::text("Одна страница."));
    let long = short.clone().with(Block::PageBreak).with(Paragraph::text("Вторая страница."));
    let heads_of = |papers: &[&Document]| {
        let papers: Vec<Document> = papers.iter().copied().cloned().collect();
        heads(&pdf::write_all(&papers, dated()).unwrap())
    };
    assert_eq!(heads_of(&[&short]), [false]);
    assert_eq!(heads_of(&[&long]), [false, true]);
    assert_eq!(heads_of(&[&short, &short, &short]), [false, false, false]);
    assert_eq!(heads_of(&[&short, &long, &short]), [false, false, true, false]);
    assert_eq!(heads_of(&[&long, &short, &long]), [false, true, false, false, true]);
    assert_eq!(pdf::count_pages(&long), Ok(2));
}
