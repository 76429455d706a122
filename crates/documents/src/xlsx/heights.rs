//! How high a row must be for its wrapped texts.
//!
//! Excel works it out when it opens a file; other office programs do not and cut the text off.

use crate::sheet::{Merge, Sheet, Value};

/// Height of a line of the font the cells are written in, in points.
const LINE: f64 = 15.0;
/// The highest row Excel has, in points.
const ROW_MAX: f64 = 409.0;
/// How much of a column's width words really fill; bold ones of a header less.
const FILLED: f64 = 0.95;
const FILLED_BOLD: f64 = 0.85;

/// Returns the height of the header, `None` where one line is enough.
pub fn of_header(sheet: &Sheet) -> Option<f64> {
    high_enough(sheet.columns.iter().map(|column| lines(&column.title, column.width * FILLED_BOLD)).max()?)
}

/// Returns the height of a row, `None` where one line is enough. A cell merged down has room in the rows below.
pub fn of_row(sheet: &Sheet, row: usize, values: &[Value]) -> Option<f64> {
    let needed = values.iter().enumerate().map(|(column, value)| {
        let merge = sheet.merges.iter().find(|merge| (merge.row, merge.column) == (row, column));
        match (value, merge) {
            (_, Some(Merge { rows: 2.., .. })) => 1,
            (Value::Text(text) | Value::Link { text, .. }, merge) => {
                let columns = merge.map_or(1, |merge| merge.columns);
                let width: f64 = sheet.columns.iter().skip(column).take(columns).map(|column| column.width).sum();
                lines(text, width * FILLED)
            }
            _ => 1,
        }
    });
    high_enough(needed.max()?)
}

fn high_enough(lines: u32) -> Option<f64> {
    (lines > 1).then(|| (f64::from(lines) * LINE).min(ROW_MAX))
}

/// Counts the lines of a text wrapped at words to a width in characters.
fn lines(text: &str, width: f64) -> u32 {
    let mut lines = 0_u32;
    for line in text.split('\n') {
        lines = lines.saturating_add(1);
        let mut filled = 0.0;
        for word in line.split_whitespace() {
            let length: f64 = word.chars().map(|_| 1.0).sum();
            if filled > 0.0 && filled + 1.0 + length > width {
                lines = lines.saturating_add(1);
                filled = 0.0;
            }
            filled += if filled > 0.0 { length + 1.0 } else { length };
            // A word longer than the column is broken wherever the column ends.
            while width >= 1.0 && filled > width {
                lines = lines.saturating_add(1);
                filled -= width;
            }
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::Column;

    #[test]
    fn words_that_fit_stay_on_a_line() {
        assert_eq!(lines("", 10.0), 1);
        assert_eq!(lines("два слова", 10.0), 1);
        assert_eq!(lines("три слова тут", 10.0), 2);
        assert_eq!(lines("раз\nдва", 10.0), 2);
        assert_eq!(lines("оченьдлинноеслово", 10.0), 2);
    }

    #[test]
    fn a_column_without_width_ends() {
        assert_eq!(lines("слово и слово", 0.0), 3);
    }

    #[test]
    fn a_row_is_as_high_as_its_longest_text() {
        let sheet = Sheet::new("Лист", [Column::text("а", 10.0), Column::text("б", 10.0)])
            .row(["коротко", "текст, которому нужно три строки"])
            .row(["коротко", "и тут"])
            .row([Value::Text("текст, который стоит в двух столбцах".to_owned())])
            .merged(2, 0, 1, 2);
        let height = |row: usize| of_row(&sheet, row, &sheet.rows[row]);
        assert_eq!(height(0), Some(4.0 * LINE));
        assert_eq!(height(1), None);
        assert_eq!(height(2), Some(3.0 * LINE));
        assert_eq!(of_header(&sheet), None);
    }
}
