//! Files nobody wishes for, sent where the program takes files: each is refused in words, and the server serves on.

use super::own_files::{file, upload};
use crate::support::{Browser, Seen, Town, scanner::inside};
use database::Dialect::{self, Postgres, Sqlite};
use nastavnik::access::Role;
use rstest::rstest;
use std::io::Write as _;
use zip::{ZipWriter, write::SimpleFileOptions};

const WORDING: &str = "/papers/wordings/thanks-letter";

/// Packs parts into an archive.
fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(std::io::Cursor::new(vec![]));
    for (name, bytes) in parts {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A .docx of ours with a part more, or another one in the place of its own.
fn docx_with(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut parts = inside(&file(&["{{ name }}"]));
    parts.retain(|(own, _)| own != name);
    parts.push((name.to_owned(), bytes.to_vec()));
    packed(&parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect::<Vec<_>>())
}

/// A PDF of so many empty pages.
fn pages(count: usize) -> Vec<u8> {
    let kids = (0..count).map(|page| format!("{} 0 R", page + 3)).collect::<Vec<_>>().join(" ");
    let mut objects =
        vec!["<</Type/Catalog/Pages 2 0 R>>".to_owned(), format!("<</Type/Pages/Count {count}/Kids[{kids}]>>")];
    objects.resize(count + 2, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>".to_owned());
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut places = vec![];
    for (index, object) in objects.iter().enumerate() {
        places.push(bytes.len());
        write!(bytes, "{} 0 obj\n{object}\nendobj\n", index + 1).unwrap();
    }
    let table = bytes.len();
    write!(bytes, "xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).unwrap();
    for place in &places {
        writeln!(bytes, "{place:010} 00000 n ").unwrap();
    }
    write!(bytes, "trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n", places.len() + 1).unwrap();
    bytes
}

/// A picture that is honest about its hundred million dots.
fn hundred_megapixels() -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1A\n".to_vec();
    let mut chunk = |kind: &[u8; 4], data: &[u8]| {
        let named = [&kind[..], data].concat();
        bytes.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
        bytes.extend(&named);
        bytes.extend(crc(&named).to_be_bytes());
    };
    let side = 10_000_u32.to_be_bytes();
    chunk(b"IHDR", &[&side[..], &side, &[8, 0, 0, 0, 0]].concat());
    chunk(b"IDAT", b"\x78\x9C\x03\x00\x00\x00\x00\x01");
    chunk(b"IEND", b"");
    bytes
}

/// The check of a chunk (PNG, annex D).
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 })
    })
}

/// Has a file read as a stack of scans and returns what the review says.
async fn scanned(town: &Town, coordinator: &Browser, name: &str, bytes: &[u8]) -> Seen {
    let sent = coordinator.upload_all("/papers/scans", &[], &[(name, bytes)]).await;
    let job = sent.must_be(303).location.clone().unwrap();
    town.work().await;
    let stack = coordinator.get(&format!("{job}/result")).await.location.expect("the job leads to its stack");
    coordinator.get(&stack).await
}

#[rstest]
#[tokio::test]
async fn a_hostile_scan_is_refused_with_a_reason_and_the_server_serves_on(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let bomb = packed(&[("лист.png", &vec![0; 101 << 20])]);
    assert!(bomb.len() < 1 << 20, "a bomb is small until it is opened");
    for (name, bytes, reason) in [
        ("Бомба.zip", bomb, "В распакованном виде файл слишком велик"),
        ("Книга.pdf", pages(10_000), "В стопке больше 1000 страниц"),
        ("Плакат.png", hundred_megapixels(), "рисунок больше 50 мегапикселей"),
    ] {
        scanned(&town, &coordinator, name, &bytes).await.must_say(reason);
        coordinator.get("/papers").await.must_be(200);
    }
}

#[rstest]
#[tokio::test]
async fn a_hostile_file_of_a_school_is_refused_with_a_reason_and_the_server_serves_on(
    #[values(Sqlite, Postgres)] on: Dialect,
) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let kept = town.bytes_kept();
    let entity = "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><w:document xmlns:w=\"urn:w\"><w:body><w:p><w:r><w:t>&e;</w:t></w:r></w:p></w:body></w:document>";
    let swollen =
        format!("<w:document xmlns:w=\"urn:w\"><w:body>{}</w:body></w:document>", "<w:p>      </w:p>".repeat(2 << 20));
    let field = "<w:document xmlns:w=\"urn:w\"><w:body><w:p><w:r><w:instrText>DDEAUTO c:\\\\cmd.exe</w:instrText></w:r></w:p></w:body></w:document>";
    for (bytes, reason) in [
        (docx_with("word/document.xml", entity.as_bytes()), "внешние данные (DTD)"),
        (docx_with("word/vbaProject.bin", b"x"), "В файле есть макросы"),
        (docx_with("word/document.xml", swollen.as_bytes()), "в распакованном виде слишком велик"),
        (docx_with("word/media/image1.bmp", &vec![0; 70 << 20]), "в распакованном виде слишком велик"),
        (docx_with("word/document.xml", field.as_bytes()), "DDEAUTO"),
        (packed(&[("xl/workbook.xml", b"<workbook/>")]), "Это не документ Word"),
    ] {
        for preview in ["", "page"] {
            upload(&coordinator, WORDING, preview, &bytes).await.must_be(422).must_say(reason);
        }
    }
    coordinator.get(WORDING).await.must_say("Школа текст не меняла");
    assert_eq!(town.bytes_kept(), kept, "nothing of them is kept");
}

#[rstest]
#[tokio::test]
async fn a_reading_process_that_dies_is_a_sentence_and_the_wording_stays(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.stranger_reading_with("/bin/false");
    coordinator.sign_in(&crate::support::login_of(Role::Coordinator, ""), crate::support::PASSWORD).await;
    let seen = upload(&coordinator, WORDING, "", &file(&["{{ name }}"])).await;
    seen.must_be(422).must_say("повреждён или слишком сложен");
    coordinator.get(WORDING).await.must_say("Школа текст не меняла");
}
