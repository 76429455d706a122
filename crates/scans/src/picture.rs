//! Pictures in and out: JPEG and PNG of strangers, JPEG for a screen.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ExtendedColorType, ImageDecoder, ImageReader, Limits as ImageLimits};

use crate::{Grey, Limits, Unreadable};

/// The longer side of a preview in dots: handwriting can be read, 300 pages are 20 MB.
const PREVIEW: usize = 1_100;
const PREVIEW_QUALITY: u8 = 55;
/// Bytes a decoder may take per dot: four of a colour of 16 bits, and the dots it turns them into.
const BYTES_PER_DOT: u64 = 12;

/// Reads a JPEG or a PNG, turned as the phone noted it.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Grey, Unreadable> {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| Unreadable::Broken)?;
    let mut decoder = reader.into_decoder().map_err(|_| Unreadable::Broken)?;
    // The sides are in the header; nothing of the picture is unpacked before they are known.
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > limits.dots {
        return Err(Unreadable::TooManyDots { megapixels: limits.dots / 1_000_000 });
    }
    let mut bounds = ImageLimits::default();
    bounds.max_alloc = Some(limits.dots * BYTES_PER_DOT);
    decoder.set_limits(bounds).map_err(|_| Unreadable::TooComplex)?;
    let orientation = decoder.orientation().unwrap_or(image::metadata::Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|_| Unreadable::Broken)?;
    picture.apply_orientation(orientation);
    let grey = picture.into_luma8();
    let side = |side: u32| usize::try_from(side).unwrap_or(0);
    let (width, height) = (side(grey.width()), side(grey.height()));
    Grey::new(width, height, grey.into_raw()).ok_or(Unreadable::Broken)
}

/// Makes a JPEG for a screen, turned by quarters; empty when it cannot be made.
pub fn preview(grey: &Grey, turns: u8) -> Vec<u8> {
    let small = grey.at_most(PREVIEW).turned(turns);
    let side = |side: usize| u32::try_from(side).unwrap_or(0);
    let mut bytes = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut bytes, PREVIEW_QUALITY);
    let written = image::ImageEncoder::write_image(
        encoder,
        small.dots(),
        side(small.width()),
        side(small.height()),
        ExtendedColorType::L8,
    );
    if written.is_ok() { bytes } else { Vec::new() }
}
