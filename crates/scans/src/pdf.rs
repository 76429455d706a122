//! The pages of a PDF as pictures.
//!
//! A scanner writes a JPEG a page and nothing else: it is taken as it is, which is quicker than drawing and keeps every
//! dot. Whatever else there is, an office program's print, strips, layers, CCITT and JBIG2, is drawn.

use std::io::Read as _;
use std::panic::{AssertUnwindSafe, catch_unwind};

use flate2::read::ZlibDecoder;
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::object::{Dict, Object, Stream};
use hayro::hayro_syntax::page::{Page as Sheet, Rotation};
use hayro::hayro_syntax::{Filter, LoadPdfError, Pdf};
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{RenderCache, RenderSettings, render};

use crate::{Grey, Limits, Page, Sink, Stopped, Unreadable, look_at, picture};

/// Dots per inch: squares of our codes are 5 dots wide.
const USUAL: f32 = 200.0;
/// The longest side in dots: a strip of a cash register is no page.
const LONGEST: f32 = 16_000.0;
/// Deflate packs at most so many times.
const DEFLATE: usize = 1_032;

/// Draws every page and looks at it.
pub fn read(name: &str, bytes: &[u8], limits: &Limits, left: &mut usize, sink: Sink<'_>) -> Result<(), Stopped> {
    let pdf = guarded(|| Pdf::new(bytes.to_vec()))?.map_err(|error| match error {
        LoadPdfError::Decryption(_) => Unreadable::Encrypted,
        LoadPdfError::Invalid => Unreadable::Broken,
    })?;
    guarded(|| check(&pdf, limits))??;
    let pages = guarded(|| pdf.pages().len())?;
    if pages == 0 {
        return Err(Unreadable::NoPages.into());
    }
    *left = left.checked_sub(pages).ok_or(Unreadable::TooManyPages { limit: limits.pages })?;
    for (index, sheet) in pdf.pages().iter().enumerate() {
        // What is remembered of fonts and pictures is dropped with the page: a stack of 300 would fill the memory.
        let drawn = || only_picture(sheet, limits).map_or_else(|| draw(sheet, limits), Ok);
        let content = guarded(drawn).and_then(|grey| grey).map(|grey| look_at(&grey));
        sink(Page { file: name.to_owned(), number: index + 1, content })?;
    }
    Ok(())
}

/// Refuses pictures and streams that would unpack to more than a scan has, before anything is drawn.
fn check(pdf: &Pdf, limits: &Limits) -> Result<(), Unreadable> {
    for object in pdf.objects() {
        let Object::Stream(stream) = object else { continue };
        let side = |key: &str| stream.dict().get::<i64>(key).and_then(|side| u64::try_from(side).ok()).unwrap_or(0);
        let dots = side("Width").max(side("W")).saturating_mul(side("Height").max(side("H")));
        if dots > limits.dots {
            return Err(Unreadable::TooManyDots { megapixels: limits.dots / 1_000_000 });
        }
        check_stream(&stream, limits)?;
    }
    Ok(())
}

fn check_stream(stream: &Stream<'_>, limits: &Limits) -> Result<(), Unreadable> {
    let filters = stream.filters();
    let packers =
        |filter: &&Filter| matches!(filter, Filter::FlateDecode | Filter::LzwDecode | Filter::RunLengthDecode);
    if filters.iter().filter(packers).count() > 1 {
        return Err(Unreadable::TooComplex);
    }
    let raw = stream.raw_data();
    if filters.first() == Some(&Filter::FlateDecode) && raw.len() > limits.stream / DEFLATE {
        let bound = limits.stream as u64;
        let mut unpacked = ZlibDecoder::new(&*raw).take(bound + 1);
        // A stream that is cut off unpacks as far as it goes; whether it is drawn is decided later.
        let mut buffer = vec![0; 64 << 10];
        let mut count = 0;
        while let Ok(read @ 1..) = unpacked.read(&mut buffer) {
            count += read;
        }
        if count as u64 > bound {
            return Err(Unreadable::TooLargeUnpacked);
        }
    }
    Ok(())
}

/// Returns the JPEG that is all of a page, turned as the page is.
fn only_picture(sheet: &Sheet<'_>, limits: &Limits) -> Option<Grey> {
    /// Where to put the picture, in words of the format.
    const LONGEST_PLACEMENT: usize = 400;
    let drawing = sheet.page_stream()?;
    let times = |word: &[u8]| drawing.windows(word.len()).filter(|window| *window == word).count();
    if drawing.len() > LONGEST_PLACEMENT || times(b"Do") != 1 || times(b"BT") > 0 {
        return None;
    }
    let pictures = sheet.raw().get::<Dict<'_>>("Resources")?.get::<Dict<'_>>("XObject")?;
    let mut names = pictures.keys();
    let stream = pictures.get::<Stream<'_>>(&*names.next()?)?;
    let is_plain =
        names.next().is_none() && !stream.dict().contains_key("SMask") && !stream.dict().contains_key("Decode");
    if !is_plain || stream.filters().as_slice() != [Filter::DctDecode] {
        return None;
    }
    let quarters = match sheet.rotation() {
        Rotation::None => 0,
        Rotation::Horizontal => 1,
        Rotation::Flipped => 2,
        Rotation::FlippedHorizontal => 3,
    };
    Some(picture::read(&stream.raw_data(), limits).ok()?.turned(quarters))
}

fn draw(sheet: &Sheet<'_>, limits: &Limits) -> Result<Grey, Unreadable> {
    let (width, height) = sheet.render_dimensions();
    let is_page = |side: f32| side.is_finite() && side >= 1.0;
    if !is_page(width) || !is_page(height) {
        return Err(Unreadable::Broken);
    }
    let scale = (USUAL / 72.0).min((limits.drawn / (width * height)).sqrt()).min(LONGEST / width.max(height));
    if width.min(height) * scale < 1.0 {
        return Err(Unreadable::TooComplex);
    }
    let size = RenderSettings { x_scale: scale, y_scale: scale, bg_color: WHITE, ..RenderSettings::default() };
    let drawn = render(sheet, &RenderCache::new(), &InterpreterSettings::default(), &size);
    let dots = drawn.data_as_u8_slice().chunks_exact(4).map(|dot| {
        let brightness = 77 * u32::from(dot[0]) + 150 * u32::from(dot[1]) + 29 * u32::from(dot[2]);
        u8::try_from(brightness >> 8).unwrap_or(u8::MAX)
    });
    Grey::new(drawn.width().into(), drawn.height().into(), dots.collect()).ok_or(Unreadable::Broken)
}

/// Runs what parses strangers' bytes; a panic in it costs the page, not the stack.
fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, Unreadable> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| Unreadable::TooComplex)
}
