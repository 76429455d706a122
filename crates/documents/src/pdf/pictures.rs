//! Pictures as a PDF, one a page: the signed copy of a document, with nothing of the file it came in.

use pdf_writer::{Content, Filter, Finish as _, Name, Pdf, Rect, Ref};

use crate::block::Unwritable;

/// The longer side of A4 in points.
const LONG_SIDE: f32 = 841.89;

/// Where the picture of a page is called from.
const NAME: Name<'static> = Name(b"I");

/// Writes JPEGs, each as large as fits a sheet of A4; they are neither decoded nor packed anew.
///
/// # Errors
/// [`Unwritable::Packing`] when one of them is no JPEG.
pub fn of_pictures(pictures: &[Vec<u8>]) -> Result<Vec<u8>, Unwritable> {
    let mut numbers = 1..;
    let mut next = || Ref::new(numbers.next().unwrap_or(i32::MAX));
    let (catalogue, tree) = (next(), next());
    let mut pdf = Pdf::new();
    let mut kids = Vec::with_capacity(pictures.len());
    for jpeg in pictures {
        let frame = Frame::of(jpeg).ok_or_else(|| Unwritable::Packing("not a JPEG".to_owned()))?;
        let (page, picture, drawing) = (next(), next(), next());
        let scale = LONG_SIDE / f32::from(frame.width.max(frame.height));
        let (wide, high) = (f32::from(frame.width) * scale, f32::from(frame.height) * scale);
        let mut sheet = pdf.page(page);
        sheet.parent(tree).media_box(Rect::new(0.0, 0.0, wide, high)).contents(drawing);
        sheet.resources().x_objects().pair(NAME, picture);
        sheet.finish();
        let mut image = pdf.image_xobject(picture, jpeg);
        image.filter(Filter::DctDecode);
        image.width(frame.width.into()).height(frame.height.into()).bits_per_component(8);
        if frame.is_grey {
            image.color_space().device_gray();
        } else {
            image.color_space().device_rgb();
        }
        image.finish();
        let mut content = Content::new();
        content.save_state().transform([wide, 0.0, 0.0, high, 0.0, 0.0]).x_object(NAME).restore_state();
        pdf.stream(drawing, &content.finish());
        kids.push(page);
    }
    let count = i32::try_from(kids.len()).map_err(|error| Unwritable::Packing(error.to_string()))?;
    pdf.catalog(catalogue).pages(tree);
    pdf.pages(tree).kids(kids).count(count);
    Ok(pdf.finish())
}

/// What the header of a JPEG says of its picture.
#[derive(Debug, PartialEq, Eq)]
struct Frame {
    width: u16,
    height: u16,
    is_grey: bool,
}

impl Frame {
    /// Looks for the start of the frame (ITU-T T.81, B.2.2), from marker to marker.
    fn of(jpeg: &[u8]) -> Option<Self> {
        let number = |at: usize| Some(u16::from_be_bytes([*jpeg.get(at)?, *jpeg.get(at + 1)?]));
        if number(0)? != 0xFFD8 {
            return None;
        }
        let mut at = 2;
        loop {
            let marker = number(at)?;
            // The baseline, extended and progressive frames; what is between are tables.
            if (0xFFC0..=0xFFC2).contains(&marker) {
                let (height, width, components) = (number(at + 5)?, number(at + 7)?, *jpeg.get(at + 9)?);
                return (width > 0 && height > 0).then_some(Self { width, height, is_grey: components == 1 });
            }
            if marker < 0xFF01 {
                return None;
            }
            at += 2 + usize::from(number(at + 2)?);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A grey JPEG as far as its frame is described.
    fn jpeg(width: u16, height: u16) -> Vec<u8> {
        let [w1, w0] = width.to_be_bytes();
        let [h1, h0] = height.to_be_bytes();
        let tables = [0xFF, 0xE0, 0, 4, 1, 2];
        [&[0xFF, 0xD8], &tables[..], &[0xFF, 0xC0, 0, 11, 8, h1, h0, w1, w0, 1, 1, 0x11, 0, 0xFF, 0xD9]].concat()
    }

    #[test]
    fn every_picture_is_a_page_and_its_bytes_stay_as_they_are() {
        let (portrait, landscape) = (jpeg(778, 1100), jpeg(1100, 778));
        let pdf = of_pictures(&[portrait.clone(), landscape]).unwrap();
        let holds = |part: &[u8]| pdf.windows(part.len()).any(|window| window == part);
        assert!(pdf.starts_with(b"%PDF-") && holds(b"/Count 2") && holds(&portrait));
        assert!(holds(b"/DeviceGray") && holds(b"/Width 778") && holds(b"/Height 778"));
    }

    #[test]
    fn what_is_no_jpeg_is_refused() {
        for bytes in [&b""[..], b"%PDF-1.7", b"\xFF\xD8", b"\xFF\xD8\xFF\xE0\x00\x00", &jpeg(0, 9)] {
            assert!(of_pictures(&[bytes.to_vec()]).is_err(), "{bytes:?}");
        }
    }
}
