//! What is taken apart: pictures, archives, files that are none.

use std::io::{Cursor, Write as _};

use image::{DynamicImage, GrayImage, ImageFormat};
use scans::{Grey, Limits, Page, Stopped, Unreadable, read};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::paper::jpeg;

/// Reads a file; the pages, and why it ended if it did.
pub fn pages(bytes: &[u8], limits: &Limits) -> (Vec<Page>, Option<Unreadable>) {
    let mut pages = Vec::new();
    let ended = read("стопка", bytes, limits, &mut |page| {
        pages.push(page);
        Ok(())
    });
    let why = ended.err().map(|stopped| match stopped {
        Stopped::Unreadable(why) => why,
        Stopped::Sink(error) => panic!("{error}"),
    });
    (pages, why)
}

/// A picture of a QR code as wide as a sheet would have it.
fn picture(text: &str) -> Grey {
    let png = documents::docx::write(
        &documents::block::Document::new("", documents::block::Page::portrait())
            .with(documents::block::Block::Code { text: text.to_owned(), caption: String::new() }),
    )
    .unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(png)).unwrap();
    let name = archive
        .file_names()
        .find(|name| name.as_deref().is_ok_and(|name| name.rsplit('.').next() == Some("png")))
        .unwrap()
        .unwrap()
        .into_owned();
    let mut bytes = Vec::new();
    std::io::copy(&mut archive.by_name(&name).unwrap(), &mut bytes).unwrap();
    let code = image::load_from_memory(&bytes).unwrap().into_luma8();
    let side = |side: u32| usize::try_from(side).unwrap();
    Grey::new(side(code.width()), side(code.height()), code.into_raw()).unwrap()
}

fn png(grey: &Grey) -> Vec<u8> {
    let side = |side: usize| u32::try_from(side).unwrap();
    let image = GrayImage::from_raw(side(grey.width()), side(grey.height()), grey.dots().to_vec()).unwrap();
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageLuma8(image).write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

pub fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn codes(page: &Page) -> Vec<String> {
    page.content.clone().unwrap().codes
}

#[test]
fn pictures_of_both_kinds_are_read_whatever_they_are_called() {
    let code = picture("NS-1");
    for bytes in [jpeg(&code), png(&code)] {
        let (read, why) = pages(&bytes, &Limits::default());
        assert_eq!((codes(&read[0]), why), (vec!["NS-1".to_owned()], None));
    }
}

#[test]
fn an_archive_is_read_in_the_order_of_its_names_and_a_bad_file_stops_nothing() {
    let (one, two, ten) = (png(&picture("NS-1")), png(&picture("NS-2")), png(&picture("NS-10")));
    let files: [(&str, &[u8]); 6] = [
        ("скан 10.png", &ten),
        ("скан 2.png", &two),
        ("__MACOSX/._скан 2.png", b"x"),
        ("скан 1.png", &one),
        ("скан 3.docx", b"x"),
        ("скан 4.jpg", b"\xFF\xD8\xFF broken"),
    ];
    let (read, why) = pages(&zip(&files), &Limits::default());
    assert_eq!(why, None);
    let names: Vec<&str> = read.iter().map(|page| page.file.as_str()).collect();
    assert_eq!(names, ["скан 1.png", "скан 2.png", "скан 3.docx", "скан 4.jpg", "скан 10.png"]);
    assert_eq!(read[2].content, Err(Unreadable::UnknownFormat));
    assert_eq!(read[3].content, Err(Unreadable::Broken));
    assert_eq!([codes(&read[0]), codes(&read[1]), codes(&read[4])].concat(), ["NS-1", "NS-2", "NS-10"]);
}

#[test]
fn a_page_without_a_code_is_a_page() {
    let blank = Grey::new(300, 400, vec![250; 120_000]).unwrap();
    let (read, why) = pages(&png(&blank), &Limits::default());
    assert_eq!((codes(&read[0]), why), (vec![], None));
}

#[test]
fn a_sink_that_is_full_ends_the_reading() {
    let one = png(&picture("NS-1"));
    let stack = zip(&[("1.png", &one), ("2.png", &one)]);
    let mut taken = 0;
    let ended = read("стопка.zip", &stack, &Limits::default(), &mut |_| {
        taken += 1;
        Err(std::io::Error::other("full"))
    });
    assert!(matches!(ended, Err(Stopped::Sink(_))));
    assert_eq!(taken, 1);
}
