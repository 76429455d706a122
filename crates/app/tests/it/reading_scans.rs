//! The reading process and stacks of scans: what comes back, and that a hostile stack ends the child and nothing else.

use nastavnik::worker::{Unread, Worker, scans::ScannedPage};
use std::io::Write as _;

fn worker() -> Worker {
    Worker::new(env!("CARGO_BIN_EXE_nastavnik").into())
}

async fn read(bytes: Vec<u8>) -> Result<Vec<ScannedPage>, Unread> {
    let mut stack = worker().read_scans("--стопка.pdf", bytes).await?;
    let mut pages = vec![];
    while let Some(page) = stack.next().await? {
        pages.push(page);
    }
    Ok(pages)
}

/// Writes a PDF of one page that draws the object 4.
fn pdf(drawn: &str) -> Vec<u8> {
    let content = "q 595 0 0 842 0 0 cm /I Do Q";
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Count 1/Kids[3 0 R]>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</XObject<</I 4 0 R>>>>>>".to_owned(),
        drawn.to_owned(),
        format!("<</Length {}>>\nstream\n{content}\nendstream", content.len()),
    ];
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut places = vec![];
    for (index, object) in objects.iter().enumerate() {
        places.push(bytes.len());
        write!(bytes, "{} 0 obj\n{object}\nendobj\n", index + 1).unwrap();
    }
    let table = bytes.len();
    write!(bytes, "xref\n0 6\n0000000000 65535 f \n").unwrap();
    for place in places {
        writeln!(bytes, "{place:010} 00000 n ").unwrap();
    }
    write!(bytes, "trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n").unwrap();
    bytes
}

#[tokio::test]
async fn a_page_comes_back_with_its_codes_and_its_picture() {
    use documents::block::{Block, Document, Page};
    let code = Block::Code { text: "NS-00000000000000000000000001".to_owned(), caption: "Согласие".to_owned() };
    let sheet = Document::new("Согласие", Page::portrait()).with(code);
    let day = chrono::NaiveDate::from_ymd_opt(2026, 9, 1).unwrap();
    let bytes = documents::pdf::write_all(&[sheet.clone(), sheet], day).unwrap();
    let pages = read(bytes).await.unwrap();
    assert_eq!(pages.iter().map(|page| page.number).collect::<Vec<_>>(), [1, 2]);
    for page in pages {
        let seen = page.content.unwrap();
        assert_eq!((seen.codes, seen.turns), (vec!["NS-00000000000000000000000001".to_owned()], 0));
        assert!(seen.preview.starts_with(b"\xFF\xD8\xFF"));
    }
}

#[tokio::test]
async fn what_is_no_scan_is_refused_in_words() {
    let refused = read(b"<html></html>".to_vec()).await.unwrap_err();
    assert_eq!(refused.to_string(), "Формат файла не поддерживается: нужны PDF, JPEG, PNG или ZIP с ними.");
}

#[tokio::test]
async fn a_drawing_that_draws_itself_twice_ends_the_child_alone() {
    let twice = "/I Do /I Do";
    let about = "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</I 4 0 R>>>>";
    let endless = pdf(&format!("<<{about}/Length {}>>\nstream\n{twice}\nendstream", twice.len()));
    let refused = read(endless).await.unwrap_err();
    assert!(matches!(refused, Unread::SlowScan | Unread::BrokenScan), "{refused}");
    // The next stack is read as if nothing had been.
    assert!(read(b"\x89PNG\r\n\x1A\n".to_vec()).await.unwrap()[0].content.is_err());
}
