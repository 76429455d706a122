//! Sheets as they come home: printed by our templates, then scanned or photographed, all from a seed.

use documents::{kinds, pdf};
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{RenderCache, RenderSettings, render};
use image::ExtendedColorType;
use image::codecs::jpeg::JpegEncoder;
use scans::Grey;
use serde_json::{Value, json};

/// Crockford's Base32, as the codes of papers are written.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Numbers from a seed (SplitMix64): the same everywhere.
pub struct Chance(pub u64);

impl Chance {
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// From -1 to 1, all alike.
    pub fn even(&mut self) -> f32 {
        f32::from(u16::try_from(self.bits() >> 48).unwrap()) / 32_767.5 - 1.0
    }

    /// Around 0 with a deviation of 1, nearly as Gauss has it: four numbers of 16 bits added.
    pub fn grain(&mut self) -> f32 {
        let bits = self.bits();
        let sum: f32 = (0..4).map(|part| f32::from(u16::try_from((bits >> (16 * part)) & 0xFFFF).unwrap())).sum();
        (sum / 65_535.0 - 2.0) * 1.732
    }
}

/// Returns the codes of so many consents and all of them as one PDF of our typesetting.
pub fn consents(count: usize, seed: u64) -> (Vec<String>, Vec<u8>) {
    let mut chance = Chance(seed);
    let kind = kinds::find("consent-participation").unwrap();
    let mut input: Value = serde_json::from_str(kind.example).unwrap();
    let (mut codes, mut papers) = (Vec::new(), Vec::new());
    for number in 0..count {
        let letters = (0..26).map(|_| char::from(ALPHABET[usize::try_from(chance.bits() & 31).unwrap()]));
        let code: String = "NS-".chars().chain(letters).collect();
        input["subject"]["name"] = json!(format!("Ершов Максим Олегович {number}"));
        input["code"] = json!(code);
        papers.push(kind.make(&input.to_string()).unwrap());
        codes.push(code);
    }
    let dated = chrono::NaiveDate::from_ymd_opt(2026, 9, 1).unwrap();
    (codes, pdf::write_all(&papers, dated).unwrap())
}

/// Draws pages as a printer and a scanner of so many dots per inch would.
pub fn printed(pdf: &Pdf, page: usize, dots_per_inch: f32) -> Grey {
    let scale = dots_per_inch / 72.0;
    let size = RenderSettings { x_scale: scale, y_scale: scale, bg_color: WHITE, ..RenderSettings::default() };
    let drawn = render(&pdf.pages()[page], &RenderCache::new(), &InterpreterSettings::default(), &size);
    let dots = drawn.data_as_u8_slice().chunks_exact(4).map(|dot| dot[1]).collect();
    Grey::new(drawn.width().into(), drawn.height().into(), dots).unwrap()
}

/// How a sheet came home.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Manner {
    Scan200,
    Scan150,
    Scan300,
    /// Upside down or on its side.
    Turned,
    Photo,
}

impl Manner {
    /// The manner of a page of a stack: six of ten are scanned as told.
    pub fn of(page: usize) -> Self {
        match page % 10 {
            6 => Self::Scan150,
            7 => Self::Scan300,
            8 => Self::Turned,
            9 => Self::Photo,
            _ => Self::Scan200,
        }
    }

    pub fn dots_per_inch(self) -> f32 {
        match self {
            Self::Scan150 => 150.0,
            Self::Scan300 => 300.0,
            _ => 200.0,
        }
    }

    /// Scans a sheet: crooked by up to 3°, grey, with grains of noise and dust; or photographs it.
    pub fn take(self, sheet: &Grey, chance: &mut Chance) -> Grey {
        let angle = chance.even() * 3.0_f32.to_radians();
        match self {
            Self::Turned => {
                let quarters = u8::try_from(chance.bits() % 3 + 1).unwrap();
                let look = Look { angle, ..Look::of_a_scanner() };
                look.at(sheet, chance).turned(quarters)
            }
            Self::Photo => Look {
                angle: angle * 2.5,
                tilt: (chance.even() * 0.12, chance.even() * 0.12),
                zoom: 0.87,
                background: 95.0,
                shadow: 0.4,
                ..Look::of_a_scanner()
            }
            .at(sheet, chance),
            _ => Look { angle, ..Look::of_a_scanner() }.at(sheet, chance),
        }
    }
}

/// What light, paper and hand do to a sheet.
struct Look {
    angle: f32,
    /// How much nearer the right and the lower edge are than the left and the upper one.
    tilt: (f32, f32),
    zoom: f32,
    /// The table beside the sheet.
    background: f32,
    /// The share of light the darkest corner lacks.
    shadow: f32,
    /// Deviation of the grey of a dot.
    noise: f32,
    /// Of a thousand dots so many are dust.
    dust: u64,
}

impl Look {
    fn of_a_scanner() -> Self {
        Self { angle: 0.0, tilt: (0.0, 0.0), zoom: 1.0, background: 245.0, shadow: 0.0, noise: 14.0, dust: 4 }
    }

    fn at(&self, sheet: &Grey, chance: &mut Chance) -> Grey {
        let (width, height) = (sheet.width(), sheet.height());
        let side = |side: usize| f32::from(u16::try_from(side).unwrap());
        let (middle_x, middle_y) = (side(width) / 2.0, side(height) / 2.0);
        let (across, along) = self.angle.sin_cos();
        let mut dots = Vec::with_capacity(width * height);
        for y in 0..height {
            for x in 0..width {
                let (right, down) = (side(x) - middle_x, side(y) - middle_y);
                let depth = self.zoom * (1.0 + self.tilt.0 * right / middle_x + self.tilt.1 * down / middle_y);
                let from_x = (along * right + across * down) / depth + middle_x;
                let from_y = (along * down - across * right) / depth + middle_y;
                let light = 1.0 - self.shadow * (right / middle_x + down / middle_y + 2.0) / 4.0;
                // Black is never black nor paper white.
                let seen = bilinear(sheet, from_x, from_y).map_or(self.background, |dot| 30.0 + dot * 0.85);
                let dot = seen * light + self.noise * chance.grain();
                dots.push(match chance.bits() % 1000 {
                    dust if dust < self.dust => {
                        if dust.is_multiple_of(2) {
                            0
                        } else {
                            255
                        }
                    }
                    _ => round(dot),
                });
            }
        }
        Grey::new(width, height, dots).unwrap()
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "held between 0 and 255")]
fn round(dot: f32) -> u8 {
    dot.clamp(0.0, 255.0) as u8
}

/// Returns what stands between four dots; nothing outside.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "both are not negative and small")]
fn bilinear(sheet: &Grey, x: f32, y: f32) -> Option<f32> {
    if x < 0.0 || y < 0.0 {
        return None;
    }
    let (left, top) = (x as usize, y as usize);
    if left + 1 >= sheet.width() || top + 1 >= sheet.height() {
        return None;
    }
    let dot = |x: usize, y: usize| f32::from(sheet.dots()[y * sheet.width() + x]);
    let (right, down) = (x.fract(), y.fract());
    let above = dot(left, top) * (1.0 - right) + dot(left + 1, top) * right;
    let below = dot(left, top + 1) * (1.0 - right) + dot(left + 1, top + 1) * right;
    Some(above * (1.0 - down) + below * down)
}

/// Writes a picture as a scanner does.
pub fn jpeg(grey: &Grey) -> Vec<u8> {
    let mut bytes = Vec::new();
    let side = |side: usize| u32::try_from(side).unwrap();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, 75);
    encoder.encode(grey.dots(), side(grey.width()), side(grey.height()), ExtendedColorType::L8).unwrap();
    bytes
}

/// Writes the PDF of a scanner: a JPEG a page and nothing else.
pub fn pdf_of_pictures(pictures: &[(Vec<u8>, usize, usize, f32)]) -> Vec<u8> {
    let kids = (0..pictures.len()).map(|page| format!("{} 0 R", 3 + page * 3)).collect::<Vec<_>>().join(" ");
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        format!("<</Type/Pages/Count {}/Kids[{kids}]>>", pictures.len()).into_bytes(),
    ];
    for (index, (jpeg, width, height, dots_per_inch)) in pictures.iter().enumerate() {
        let points = |side: &usize| f32::from(u16::try_from(*side).unwrap()) * 72.0 / dots_per_inch;
        let (wide, high) = (points(width), points(height));
        let own = 3 + index * 3;
        objects.push(
            format!(
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 {wide} {high}]/Contents {} 0 R/Resources<</XObject<</I {} 0 R>>>>>>",
                own + 1,
                own + 2
            )
            .into_bytes(),
        );
        objects.push(stream("", format!("q {wide} 0 0 {high} 0 0 cm /I Do Q").as_bytes()));
        let about = format!(
            "/Type/XObject/Subtype/Image/Width {width}/Height {height}/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/DCTDecode"
        );
        objects.push(stream(&about, jpeg));
    }
    pdf_of_objects(&objects)
}

pub fn stream(about: &str, content: &[u8]) -> Vec<u8> {
    let head = format!("<<{about}/Length {}>>\nstream\n", content.len());
    [head.as_bytes(), content, b"\nendstream"].concat()
}

/// Writes a PDF of objects that are numbered from 1; the first is the catalogue.
pub fn pdf_of_objects(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        places.push(bytes.len());
        bytes.extend(format!("{} 0 obj\n", index + 1).as_bytes());
        bytes.extend(object);
        bytes.extend(b"\nendobj\n");
    }
    let table = bytes.len();
    bytes.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).as_bytes());
    for place in places {
        bytes.extend(format!("{place:010} 00000 n \n").as_bytes());
    }
    bytes
        .extend(format!("trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1).as_bytes());
    bytes
}
