//! Files that are broken, foreign, or made to harm: each gets its sentence, none a panic, an hour or the memory.

use proptest::prelude::*;
use scans::{Grey, Limits, Unreadable, find_codes};

use crate::files::{pages, zip};
use crate::paper::{jpeg, pdf_of_objects, pdf_of_pictures, stream};

/// Tells why a file, or its only page, is refused.
#[track_caller]
fn refused(bytes: &[u8]) -> Unreadable {
    refused_within(bytes, &Limits::default())
}

#[track_caller]
fn refused_within(bytes: &[u8], limits: &Limits) -> Unreadable {
    let (read, why) = pages(bytes, limits);
    why.or_else(|| read.into_iter().find_map(|page| page.content.err())).expect("the file was taken")
}

fn object(text: &str) -> Vec<u8> {
    text.as_bytes().to_vec()
}

/// A PDF of one page that draws the object 4.
fn pdf_drawing(drawn: Vec<u8>) -> Vec<u8> {
    pdf_of_objects(&[
        object("<</Type/Catalog/Pages 2 0 R>>"),
        object("<</Type/Pages/Count 1/Kids[3 0 R]>>"),
        object("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</XObject<</I 4 0 R>>>>>>"),
        drawn,
        stream("", b"q 595 0 0 842 0 0 cm /I Do Q"),
    ])
}

#[test]
fn what_is_no_scan_is_named() {
    assert_eq!(refused(b""), Unreadable::Empty);
    assert_eq!(refused(b"<html></html>"), Unreadable::UnknownFormat);
    assert_eq!(refused(b"\x89PNG\r\n\x1A\n"), Unreadable::Broken);
    assert_eq!(refused(b"%PDF-1.7 and nothing"), Unreadable::Broken);
    assert_eq!(refused(&zip(&[])), Unreadable::NoPages);
    assert_eq!(refused(&zip(&[("a.zip", &zip(&[("1.png", b"x")]))])), Unreadable::Nested);
}

#[test]
fn too_much_of_anything_is_refused() {
    let limits = Limits { packed: 100, ..Limits::default() };
    assert_eq!(refused_within(&[b'x'; 101], &limits), Unreadable::TooLarge { megabytes: 0 });
    let small = jpeg(&Grey::new(8, 8, vec![9; 64]).unwrap());
    let three = zip(&[("1.jpg", &small), ("2.jpg", &small), ("3.jpg", &small)]);
    assert_eq!(
        refused_within(&three, &Limits { entries: 2, ..Limits::default() }),
        Unreadable::TooManyEntries { limit: 2 }
    );
    assert_eq!(
        refused_within(&three, &Limits { pages: 2, ..Limits::default() }),
        Unreadable::TooManyPages { limit: 2 }
    );
    let bound = small.len() * 2;
    assert_eq!(refused_within(&three, &Limits { unpacked: bound, ..Limits::default() }), Unreadable::TooLargeUnpacked);
}

#[test]
fn a_bomb_in_an_archive_is_refused_while_it_swells() {
    let bomb = zip(&[("1.png", &vec![0; 120 << 20])]);
    assert!(bomb.len() < 200 << 10, "{}", bomb.len());
    assert_eq!(refused(&bomb), Unreadable::TooLargeUnpacked);
}

#[test]
fn a_hundred_megapixels_are_refused_by_the_header() {
    // A header that says 10 000 by 10 000 and nothing behind it.
    let header = [
        b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR".as_slice(),
        &10_000_u32.to_be_bytes(),
        &10_000_u32.to_be_bytes(),
        b"\x08\0\0\0\0",
    ]
    .concat();
    let sum = crc(&header[12..]);
    let png = [header, sum.to_be_bytes().to_vec(), b"\0\0\0\0IDAT\x35\xaf\x06\x1e".to_vec()].concat();
    assert_eq!(refused(&png), Unreadable::TooManyDots { megapixels: 50 });
    let mut photo = jpeg(&Grey::new(8, 8, vec![9; 64]).unwrap());
    let frame = photo.windows(2).position(|mark| mark == b"\xFF\xC0").unwrap();
    photo[frame + 5..frame + 9].copy_from_slice(&[0x27, 0x10, 0x27, 0x10]);
    assert_eq!(refused(&photo), Unreadable::TooManyDots { megapixels: 50 });
    let inside =
        stream("/Type/XObject/Subtype/Image/Width 10000/Height 10000/ColorSpace/DeviceGray/BitsPerComponent 8", b"");
    assert_eq!(refused(&pdf_drawing(inside)), Unreadable::TooManyDots { megapixels: 50 });
}

/// The checksum of a piece of a PNG.
fn crc(bytes: &[u8]) -> u32 {
    let step = |sum: u32| if sum & 1 == 1 { 0xEDB8_8320 ^ (sum >> 1) } else { sum >> 1 };
    !bytes.iter().fold(u32::MAX, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), |sum, _| step(sum)))
}

#[test]
fn ten_thousand_pages_are_refused() {
    let kids = (0..10_000).map(|page| format!("{} 0 R", page + 3)).collect::<Vec<_>>().join(" ");
    let mut objects =
        vec![object("<</Type/Catalog/Pages 2 0 R>>"), object(&format!("<</Type/Pages/Count 10000/Kids[{kids}]>>"))];
    objects.extend((0..10_000).map(|_| object("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>")));
    assert_eq!(refused(&pdf_of_objects(&objects)), Unreadable::TooManyPages { limit: 1_000 });
}

#[test]
fn pages_that_contain_themselves_end() {
    let circle = pdf_of_objects(&[
        object("<</Type/Catalog/Pages 2 0 R>>"),
        object("<</Type/Pages/Count 9/Kids[2 0 R 3 0 R 2 0 R]>>"),
        object("<</Type/Pages/Kids[2 0 R 3 0 R]/Parent 3 0 R>>"),
    ]);
    assert_eq!(refused(&circle), Unreadable::NoPages);
}

#[test]
fn streams_that_swell_are_refused_before_a_page_is_drawn() {
    use std::io::Write as _;
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    let block = vec![0; 1 << 20];
    for _ in 0..200 {
        packed.write_all(&block).unwrap();
    }
    let packed = packed.finish().unwrap();
    assert!(packed.len() < 300 << 10);
    let about = "/Type/XObject/Subtype/Image/Width 9/Height 9/ColorSpace/DeviceGray/BitsPerComponent 8/Filter";
    assert_eq!(refused(&pdf_drawing(stream(&format!("{about}/FlateDecode"), &packed))), Unreadable::TooLargeUnpacked);
    let twice = stream(&format!("{about}[/FlateDecode/FlateDecode]"), b"x");
    assert_eq!(refused(&pdf_drawing(twice)), Unreadable::TooComplex);
}

#[test]
fn a_page_is_drawn_with_no_more_dots_than_it_may() {
    let about = "/Type/XObject/Subtype/Image/Width 2/Height 2/ColorSpace/DeviceGray/BitsPerComponent 8";
    let sheet = pdf_drawing(stream(about, b"\x00\xFF\xFF\x00"));
    let dots = |drawn: f32| {
        let (read, _) = pages(&sheet, &Limits { drawn, ..Limits::default() });
        let picture = image::load_from_memory(&read[0].content.as_ref().unwrap().preview).unwrap();
        picture.width() * picture.height()
    };
    assert!((9_000..=10_200).contains(&dots(10_000.0)), "{}", dots(10_000.0));
    assert!(dots(12_000_000.0) > 100_000, "a usual sheet is not drawn smaller");
}

#[test]
fn pages_of_impossible_sizes_are_pages_or_are_refused() {
    for size in ["0 0 0 0", "0 0 1e9 1", "0 0 1e30 1e30", "0 0 -5 -5", "0 0 NaN 7"] {
        let pdf = pdf_of_objects(&[
            object("<</Type/Catalog/Pages 2 0 R>>"),
            object("<</Type/Pages/Count 1/Kids[3 0 R]>>"),
            object(&format!("<</Type/Page/Parent 2 0 R/MediaBox[{size}]>>")),
        ]);
        let (read, why) = pages(&pdf, &Limits::default());
        assert!(read.len() + why.iter().count() == 1, "{size}: {} pages, {why:?}", read.len());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn mutated_scans_are_read_or_refused(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12), cut in 0..3_u8) {
        let dots: Vec<u8> = (0..64 * 48).map(|at| if at % 7 < 3 { 20 } else { 230 }).collect();
        let photo = jpeg(&Grey::new(64, 48, dots).unwrap());
        let scan = pdf_of_pictures(&[(photo.clone(), 64, 48, 100.0)]);
        for mut bytes in [photo.clone(), scan.clone(), zip(&[("1.jpg", &photo), ("2.pdf", &scan)])] {
            for (place, byte) in &changes {
                let place = place.index(bytes.len());
                bytes[place] = *byte;
            }
            if cut == 0 {
                bytes.truncate(bytes.len() * 2 / 3);
            }
            let _ = pages(&bytes, &Limits::default());
        }
    }

    #[test]
    fn any_picture_is_looked_at(width in 1..90_usize, height in 1..90_usize, seed: u64) {
        let mut chance = crate::paper::Chance(seed);
        let dots = (0..width * height).map(|_| chance.bits().to_be_bytes()[0]).collect();
        find_codes(&Grey::new(width, height, dots).unwrap());
    }
}
