//! QR codes: a text as dark and light squares.

use qrcode::{Color, EcLevel, QrCode};

use crate::block::Unwritable;

/// Longer texts make squares too small for a scan.
const LONGEST: usize = 500;
/// Light squares around the code, as ISO/IEC 18004 asks.
const QUIET: usize = 4;

/// The squares of a code with its quiet border, row by row; 0 is dark, 255 light.
pub struct Code {
    pub side: usize,
    pub squares: Vec<u8>,
}

impl Code {
    /// Makes the code of a text; a quarter of it may be lost to stamps and folds.
    pub fn of(text: &str) -> Result<Self, Unwritable> {
        if text.len() > LONGEST {
            return Err(Unwritable::CodeTooLong);
        }
        let code = QrCode::with_error_correction_level(text, EcLevel::Q).map_err(|_| Unwritable::CodeTooLong)?;
        let inner = code.width();
        let side = inner + 2 * QUIET;
        let mut squares = vec![255; side * side];
        for (index, color) in code.into_colors().into_iter().enumerate() {
            if color == Color::Dark {
                squares[(index / inner + QUIET) * side + index % inner + QUIET] = 0;
            }
        }
        Ok(Self { side, squares })
    }

    /// Writes the squares as a PNG, eight dots each, so that no office program blurs them.
    pub fn png(&self) -> Result<Vec<u8>, Unwritable> {
        const DOTS: usize = 8;
        let packing = |error: png::EncodingError| Unwritable::Packing(error.to_string());
        let side = u32::try_from(self.side * DOTS).unwrap_or(0);
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, side, side);
        encoder.set_color(png::ColorType::Grayscale);
        let mut writer = encoder.write_header().map_err(packing)?;
        let rows = self.squares.chunks(self.side);
        let dots: Vec<u8> = rows
            .flat_map(|row| {
                let wide: Vec<u8> = row.iter().flat_map(|square| [*square; DOTS]).collect();
                wide.repeat(DOTS)
            })
            .collect();
        writer.write_image_data(&dots).map_err(packing)?;
        writer.finish().map_err(packing)?;
        Ok(bytes)
    }
}
