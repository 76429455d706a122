//! Writes a [`Workbook`] as .xlsx, ready to read, to filter and to print.
//!
//! The same workbook gives the same bytes: the date of creation is the caller's or a fixed one.

mod formats;
mod heights;

use std::io::{self, Write};
use std::path::Path;

use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};
use rust_xlsxwriter::{ColNum, DocProperties, ExcelDateTime, RowNum, Url, Worksheet, XlsxError};

use crate::block::Unwritable;
use crate::sheet::{Column, Merge, Sheet, Value, Workbook, looks_like_formula};
use formats::{Formats, Look};

/// Characters of a cell, as Excel bounds them.
const TEXT_MAX: usize = 32_767;
/// Characters of a tab's name.
const NAME_MAX: usize = 31;
/// Links of a sheet; Excel stops at 65 530, addresses beyond are shown as text.
const LINKS_MAX: usize = 65_000;
/// Whole numbers that Excel keeps exactly.
const INTEGER_MAX: u64 = 1 << 53;
const ROWS_MAX: usize = 1_048_576;
/// Rows that are given a height: the library keeps each until the end, half a kilobyte of it.
const HEIGHTS_MAX: usize = 50_000;
const COLUMNS_MAX: usize = 16_384;

/// Writes a workbook; one without sheets gets an empty one, since Excel does not open it otherwise.
pub fn write(workbook: &Workbook) -> Result<Vec<u8>, Unwritable> {
    let mut book = begun(workbook.created)?;
    let formats = Formats::new();
    let mut names = Vec::new();
    let empty = [Sheet::new("Лист1", [])];
    for sheet in if workbook.sheets.is_empty() { &empty } else { workbook.sheets.as_slice() } {
        let name = tab_name(&sheet.name, &names);
        if sheet.rows.len() > ROWS_MAX {
            return Err(Unwritable::SheetTooLarge);
        }
        Page::of(book.add_worksheet(), &formats, &name)?.fill(sheet, &sheet.rows)?;
        names.push(name);
    }
    book.save_to_buffer().map_err(packing)
}

/// Writes one sheet with rows as they come, which are never in memory together; those of the sheet itself are not
/// looked at. Rows wait in a nameless file in `scratch`. More of them than Excel has room for are an error, and so are
/// merged cells, which would be written before their rows.
pub fn write_rows<R: AsRef<[Value]>>(
    out: impl Write + Send,
    scratch: &Path,
    sheet: &Sheet,
    rows: impl IntoIterator<Item = R>,
) -> Result<(), Unwritable> {
    if !sheet.merges.is_empty() {
        return Err(Unwritable::Packing("в таблице, которая пишется по строкам, есть объединённые ячейки".to_owned()));
    }
    let mut book = begun(None)?;
    book.set_tempdir(scratch).map_err(packing)?;
    let formats = Formats::new();
    let worksheet = book.add_worksheet_with_constant_memory().map_err(packing)?;
    Page::of(worksheet, &formats, &tab_name(&sheet.name, &[]))?.fill(sheet, rows)?;
    book.save_to_writer(out).map_err(packing)
}

fn begun(created: Option<NaiveDateTime>) -> Result<rust_xlsxwriter::Workbook, Unwritable> {
    let mut book = rust_xlsxwriter::Workbook::new();
    book.set_properties(&DocProperties::new().set_creation_datetime(&creation(created)?));
    Ok(book)
}

/// One sheet while it is written.
struct Page<'a> {
    worksheet: &'a mut Worksheet,
    formats: &'a Formats,
    links: usize,
}

impl<'a> Page<'a> {
    fn of(worksheet: &'a mut Worksheet, formats: &'a Formats, name: &str) -> Result<Self, Unwritable> {
        worksheet.set_name(name).map_err(packing)?;
        Ok(Self { worksheet, formats, links: 0 })
    }

    fn fill<R: AsRef<[Value]>>(&mut self, sheet: &Sheet, rows: impl IntoIterator<Item = R>) -> Result<(), Unwritable> {
        let header = usize::from(!sheet.title.is_empty()) * 2;
        if sheet.columns.len() > COLUMNS_MAX {
            return Err(Unwritable::SheetTooLarge);
        }
        self.set_up(sheet, header)?;
        if header > 0 {
            self.put_text(0, 0, &sheet.title, Look::Title)?;
        }
        for (index, column) in sheet.columns.iter().enumerate() {
            self.put_text(header, index, &column.title, Look::Header)?;
            self.worksheet.set_column_width(column_number(index)?, column.width).map_err(packing)?;
        }
        self.set_height(header, heights::of_header(sheet))?;
        for merge in &sheet.merges {
            self.merge(header + 1, merge)?;
        }
        let mut last = header;
        for (index, values) in rows.into_iter().enumerate() {
            last = header + 1 + index;
            self.put_row(last, index, values.as_ref(), sheet)?;
            if index < HEIGHTS_MAX {
                self.set_height(last, heights::of_row(sheet, index, values.as_ref()))?;
            }
        }
        self.set_filter(sheet, header, last)?;
        for (index, note) in sheet.notes.iter().enumerate() {
            self.put_text(last + 2 + index, 0, note, Look::Note)?;
        }
        Ok(())
    }

    /// Sets up screen and print: frozen header; A4 landscape, as wide as the table, header on every page.
    fn set_up(&mut self, sheet: &Sheet, header: usize) -> Result<(), Unwritable> {
        let row = row_number(header)?;
        let worksheet = &mut *self.worksheet;
        worksheet.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0);
        worksheet.set_margins(0.6, 0.4, 0.6, 0.6, 0.3, 0.3).set_footer("&CСтраница &P из &N");
        if sheet.columns.is_empty() {
            return Ok(());
        }
        worksheet.set_freeze_panes(row + 1, 0).map_err(packing)?;
        worksheet.set_repeat_rows(row, row).map_err(packing).map(drop)
    }

    /// Lets the reader filter the rows below the header, unless there are none or some cells are merged.
    fn set_filter(&mut self, sheet: &Sheet, header: usize, last: usize) -> Result<(), Unwritable> {
        let Some(right) = sheet.columns.len().checked_sub(1) else { return Ok(()) };
        if last == header || !sheet.merges.is_empty() {
            return Ok(());
        }
        let (top, bottom) = (row_number(header)?, row_number(last)?);
        self.worksheet.autofilter(top, 0, bottom, column_number(right)?).map_err(packing).map(drop)
    }

    fn set_height(&mut self, row: usize, height: Option<f64>) -> Result<(), Unwritable> {
        let Some(height) = height else { return Ok(()) };
        self.worksheet.set_row_height(row_number(row)?, height).map_err(packing).map(drop)
    }

    fn merge(&mut self, first: usize, merge: &Merge) -> Result<(), Unwritable> {
        let (rows, columns) = (merge.rows.max(1), merge.columns.max(1));
        if rows == 1 && columns == 1 {
            return Ok(());
        }
        let (top, bottom) = (first.saturating_add(merge.row), first.saturating_add(merge.row).saturating_add(rows - 1));
        let (left, right) = (column_number(merge.column)?, column_number(merge.column.saturating_add(columns - 1))?);
        let format = self.formats.of(Look::Text);
        self.worksheet
            .merge_range(row_number(top)?, left, row_number(bottom)?, right, "", format)
            .map_err(packing)
            .map(drop)
    }

    fn put_row(&mut self, row: usize, index: usize, values: &[Value], sheet: &Sheet) -> Result<(), Unwritable> {
        if values.len() > sheet.columns.len() {
            return Err(Unwritable::RowTooWide { row: index + 1 });
        }
        for (place, column) in sheet.columns.iter().enumerate() {
            let value = values.get(place).unwrap_or(&Value::Empty);
            let covered = matches!(value, Value::Empty) && sheet.merges.iter().any(|merge| covers(merge, index, place));
            if !covered {
                self.put(row, place, value, column)?;
            }
        }
        Ok(())
    }

    fn put(&mut self, row: usize, column: usize, value: &Value, of: &Column) -> Result<(), Unwritable> {
        match value {
            Value::Empty => {
                let format = self.formats.of(Look::empty(of.kind));
                self.worksheet.write_blank(row_number(row)?, column_number(column)?, format).map_err(packing).map(drop)
            }
            Value::Text(text) => self.put_text(row, column, text, Look::Text),
            Value::Number(number) => self.put_number(row, column, *number, Look::Number),
            Value::Percent(share) => self.put_number(row, column, *share, Look::Percent),
            Value::Integer(number) if number.unsigned_abs() <= INTEGER_MAX => {
                let exact = number.to_string().parse().unwrap_or_default();
                self.put_number(row, column, exact, Look::Integer)
            }
            Value::Integer(number) => self.put_text(row, column, &number.to_string(), Look::Text),
            Value::Date(date) => self.put_moment(row, column, date.and_time(chrono::NaiveTime::MIN), Look::Date),
            Value::DateTime(moment) => self.put_moment(row, column, *moment, Look::DateTime),
            Value::Link { address, text } => self.put_link(row, column, address, text),
        }
    }

    /// Writes a text as text: one that begins like a formula gets the mark that Excel sets for a leading apostrophe.
    fn put_text(&mut self, row: usize, column: usize, text: &str, look: Look) -> Result<(), Unwritable> {
        let format = if looks_like_formula(text) { self.formats.quoted(look) } else { self.formats.of(look) };
        let (row, column) = (row_number(row)?, column_number(column)?);
        self.worksheet.write_string_with_format(row, column, shortened(text), format).map_err(packing).map(drop)
    }

    /// Writes a number; what is no number (0/0) is left out rather than turned into an error of Excel's.
    fn put_number(&mut self, row: usize, column: usize, number: f64, look: Look) -> Result<(), Unwritable> {
        let format = self.formats.of(look);
        let (row, column) = (row_number(row)?, column_number(column)?);
        let written = if number.is_finite() {
            self.worksheet.write_number_with_format(row, column, number, format)
        } else {
            self.worksheet.write_blank(row, column, format)
        };
        written.map_err(packing).map(drop)
    }

    /// Writes a date; one before 1900 is not in Excel's calendar and is written as text.
    fn put_moment(&mut self, row: usize, column: usize, moment: NaiveDateTime, look: Look) -> Result<(), Unwritable> {
        let Some(known) = excel_moment(moment) else {
            return self.put_text(row, column, &Value::Date(moment.date()).shown(), Look::Text);
        };
        let format = self.formats.of(look);
        self.worksheet
            .write_datetime_with_format(row_number(row)?, column_number(column)?, &known, format)
            .map_err(packing)
            .map(drop)
    }

    /// Writes a link to the web or to a mail address; any other address is shown as text and leads nowhere.
    fn put_link(&mut self, row: usize, column: usize, address: &str, text: &str) -> Result<(), Unwritable> {
        let safe = ["https://", "http://", "mailto:"].iter().any(|scheme| address.starts_with(scheme));
        let shown = if text.is_empty() { address } else { text };
        if !safe || address.chars().count() > 2_000 || self.links >= LINKS_MAX {
            return self.put_text(row, column, shown, Look::Text);
        }
        self.links += 1;
        let quoted = looks_like_formula(shown);
        let format = if quoted { self.formats.quoted(Look::Link) } else { self.formats.of(Look::Link) };
        self.worksheet
            .write_url_with_options(
                row_number(row)?,
                column_number(column)?,
                Url::new(address),
                shortened(shown),
                "",
                Some(format),
            )
            .map_err(packing)
            .map(drop)
    }
}

fn covers(merge: &Merge, row: usize, column: usize) -> bool {
    let rows = merge.row..merge.row.saturating_add(merge.rows.max(1));
    let columns = merge.column..merge.column.saturating_add(merge.columns.max(1));
    rows.contains(&row) && columns.contains(&column)
}

/// Cuts a text to what a cell holds.
fn shortened(text: &str) -> String {
    if text.chars().count() <= TEXT_MAX {
        return text.to_owned();
    }
    text.chars().take(TEXT_MAX - 1).chain(['…']).collect()
}

/// Makes a name that Excel takes for a tab: short, without `[]:*?/\`, different from the others.
fn tab_name(wanted: &str, taken: &[String]) -> String {
    let allowed = wanted.chars().map(|it| if it.is_control() || "[]:*?/\\".contains(it) { ' ' } else { it });
    let name: String = allowed.collect::<String>().trim_matches([' ', '\'']).to_owned();
    let name = if name.is_empty() { "Лист".to_owned() } else { name };
    let is_free = |name: &str| !taken.iter().any(|other| other.to_lowercase() == name.to_lowercase());
    let cut = |name: &str, length: usize| {
        name.chars().take(length).collect::<String>().trim_end_matches([' ', '\'']).to_owned()
    };
    let plain = cut(&name, NAME_MAX);
    if is_free(&plain) {
        return plain;
    }
    let numbered = (2..).map(|number| {
        let suffix = format!(" ({number})");
        format!("{}{suffix}", cut(&name, NAME_MAX - suffix.len()))
    });
    numbered.into_iter().find(|name| is_free(name)).unwrap_or(plain)
}

/// Gives the date of creation; 01.01.2000 where the caller has none, since the library would look at the clock.
fn creation(created: Option<NaiveDateTime>) -> Result<ExcelDateTime, Unwritable> {
    let fixed = NaiveDate::from_ymd_opt(2000, 1, 1).map(|date| date.and_time(chrono::NaiveTime::MIN));
    let moment = created.or(fixed).and_then(excel_moment);
    moment.ok_or_else(|| Unwritable::Packing("дата создания вне календаря Excel".to_owned()))
}

fn excel_moment(moment: NaiveDateTime) -> Option<ExcelDateTime> {
    let (month, day) = (u8::try_from(moment.month()).ok()?, u8::try_from(moment.day()).ok()?);
    let date = ExcelDateTime::from_ymd(u16::try_from(moment.year()).ok()?, month, day).ok()?;
    let minute = u8::try_from(moment.minute()).ok()?;
    let hour = u16::try_from(moment.hour()).ok()?;
    date.and_hms(hour, minute, f64::from(moment.second())).ok()
}

fn row_number(row: usize) -> Result<RowNum, Unwritable> {
    RowNum::try_from(row).ok().filter(|_| row < ROWS_MAX).ok_or(Unwritable::SheetTooLarge)
}

fn column_number(column: usize) -> Result<ColNum, Unwritable> {
    ColNum::try_from(column).ok().filter(|_| column < COLUMNS_MAX).ok_or(Unwritable::SheetTooLarge)
}

#[expect(clippy::needless_pass_by_value, reason = "given to map_err by name")]
fn packing(error: XlsxError) -> Unwritable {
    let disk = match &error {
        XlsxError::IoError(error)
        | XlsxError::TempFileError(_, error)
        | XlsxError::ZipError(zip::result::ZipError::Io(error)) => Some(error.kind()),
        _ => None,
    };
    match disk {
        Some(io::ErrorKind::StorageFull) => Unwritable::DiskFull,
        _ => Unwritable::Packing(error.to_string()),
    }
}
