//! Stories of a school that already has a road map in a file.

use crate::support::{Browser, Seen, Town, roadmaps};
use database::Dialect::{self, Postgres, Sqlite};
use nastavnik::access::Role;
use rstest::rstest;

const YEAR: (&str, &str) = ("year", "2026");

/// Uploads a file and returns the page it leads to.
async fn upload(coordinator: &Browser, file: (&str, &[u8])) -> Seen {
    let seen = coordinator.upload("/roadmap/import", &[YEAR, ("text", "")], file).await;
    seen.must_be(303);
    coordinator.follow(seen).await
}

/// Returns the path where the preview is agreed to.
fn adoption(preview: &Seen) -> String {
    preview.links("/roadmap/imports/").into_iter().find(|path| path.ends_with("/adoption")).expect("a form to agree")
}

#[rstest]
#[tokio::test]
async fn the_road_map_of_a_school_becomes_a_draft_with_31_rows_and_terms(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let preview = upload(&coordinator, ("Дорожная карта.docx", &roadmaps::family_d())).await;
    preview.must_be(200).must_say("31 мероприятие в 5 разделах").must_say("Сроки поняты у 31 из 31");
    preview.must_say("Пока ничего не записано").must_say("«Дорожная карта.docx», 2026/27");
    preview.must_say("начинается после конца учебного года").must_say("Показатели типового мероприятия 1.1");
    coordinator.get("/years").await.must_not_say("Черновик");

    let adopted = coordinator.post(&adoption(&preview), &[("template_rules", "on")]).await;
    let draft = adopted.location.clone().unwrap();
    let seen = coordinator.follow(adopted).await;
    seen.must_be(200).must_say("принята как черновик").must_say("Сроки и цели, 2026/27");
    let running = coordinator.submit(&format!("{draft}/start"), &[]).await;
    running.must_say("Показано 31 из 31").must_say("не менее 55 % в каждой группе");
    assert!(running.says("проверьте срок"), "the doubtful term of row 4.4 waits for a person");
}

#[rstest]
#[case::family_a(roadmaps::family_a(), 31, 5)]
#[case::family_a_of_region(roadmaps::family_a_of_region(), 31, 5)]
#[case::family_b(roadmaps::family_b(), roadmaps::ROWS_OF_STAGES, 7)]
#[case::family_c(roadmaps::family_c(), roadmaps::ROWS_OF_STAGES, 7)]
#[tokio::test]
async fn every_layout_is_read_whole(#[case] file: Vec<u8>, #[case] rows: usize, #[case] sections: usize) {
    let town = Town::on(Sqlite).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let preview = upload(&coordinator, ("План.docx", &file)).await;
    preview.must_say(&format!("Сроки поняты у {rows} из {rows}")).must_say(&format!("в {sections} разделах"));
}

#[rstest]
#[tokio::test]
async fn the_same_road_map_is_read_from_excel_and_from_pasted_text(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let preview = upload(&coordinator, ("Карта.xlsx", &roadmaps::family_d_workbook())).await;
    preview.must_say("31 мероприятие в 5 разделах").must_say("Сроки поняты у 31 из 31");

    let text = roadmaps::family_d_text();
    let pasted = coordinator.upload("/roadmap/import", &[YEAR, ("text", &text)], ("", b"")).await;
    let preview = coordinator.follow(pasted).await;
    preview.must_say("31 мероприятие в 5 разделах").must_say("Сроки поняты у 31 из 31");
    coordinator.get("/roadmap/import").await.must_say("Прочитаны и ждут решения").must_say("вставленный текст");
}

#[rstest]
#[tokio::test]
async fn agreeing_twice_leads_to_the_same_draft(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let preview = upload(&coordinator, ("Карта.docx", &roadmaps::family_b())).await;
    let adoption = adoption(&preview);
    let (first, second) = tokio::join!(coordinator.post(&adoption, &[]), coordinator.post(&adoption, &[]));
    first.must_be(303);
    second.must_be(303);
    assert_eq!(first.location, second.location);
    let third = coordinator.post(&adoption, &[]).await;
    assert_eq!(third.location, first.location);
    let again = coordinator.get(adoption.trim_end_matches("/adoption")).await;
    assert_eq!(again.location, first.location, "the preview leads to the draft it has become");
    let mut tx = town.look().await;
    let drafts: (i64,) = tx.one("SELECT COUNT(*) FROM programmes", vec![]).await.unwrap();
    let rows: (i64,) = tx.one("SELECT COUNT(*) FROM roadmap_rows", vec![]).await.unwrap();
    assert_eq!((drafts.0, rows.0), (1, 14));
}

#[rstest]
#[tokio::test]
async fn columns_read_wrongly_are_corrected_without_sending_the_file_again(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let text = "Что делаем;Зачем;Когда;Кто\nСовещание;обсудить план;октябрь 2026;куратор\nИтоги;подвести итоги;май 2027;методист\n";
    let pasted = coordinator.upload("/roadmap/import", &[YEAR, ("text", text)], ("", b"")).await;
    let path = pasted.location.clone().unwrap();
    let columns = |title: &str| {
        vec![
            ("year", "2027".to_owned()),
            ("first", "0.1".to_owned()),
            ("column", format!("0.0.{title}")),
            ("column", "0.1.content".to_owned()),
            ("column", "0.2.term".to_owned()),
            ("column", "0.3.responsible".to_owned()),
        ]
    };
    let fields = columns("");
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    coordinator.post(&path, &fields).await.must_be(422).must_say("укажите, в каком столбце стоит мероприятие");

    let fields = columns("title");
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let preview = coordinator.submit(&path, &fields).await;
    preview.must_say("Таблица прочитана заново").must_say("2027/28").must_say("2 мероприятия в 1 разделе");
    preview.must_say("Сроки поняты у 2 из 2");
    preview.must_say("Большинство сроков в файле — из 2026/27 учебного года, а выбран 2027/28");
    coordinator.submit(&path, &[("year", "2026")]).await.must_say("2026/27").must_not_say("Большинство сроков");
    coordinator.post(&path, &[("year", "2027"), ("column", "7.0.title")]).await.must_be(400);
}

#[rstest]
#[tokio::test]
async fn a_year_that_has_a_road_map_keeps_it(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    super::roadmap::start_year(&coordinator).await;
    coordinator.get("/roadmap/import").await.must_say("2026/27 учебный год (дорожная карта уже есть)");
    let preview = upload(&coordinator, ("Карта.docx", &roadmaps::family_b())).await;
    preview.must_say("На 2026/27 учебный год уже есть дорожная карта").must_say("прочитанное не пропадёт");
    let import = preview.links("/roadmap/imports/").remove(0);
    coordinator.post(&format!("{import}/adoption"), &[]).await.must_be(422).must_say("уже есть");
    coordinator.get("/roadmap").await.must_say("Показано 31 из 31");

    let next = coordinator.submit(&import, &[("year", "2027")]).await;
    next.must_say("2027/28");
    coordinator.submit(&adoption(&next), &[]).await.must_say("Сроки и цели, 2027/28");
}

#[rstest]
#[tokio::test]
async fn without_the_rules_of_the_template_every_row_asks_for_a_document(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let preview = upload(&coordinator, ("Карта.docx", &roadmaps::family_d())).await;
    coordinator.post(&adoption(&preview), &[]).await.must_be(303);
    let mut tx = town.look().await;
    let rules: Vec<(database::Json<serde_json::Value>,)> =
        tx.all("SELECT rules FROM roadmap_rows", vec![]).await.unwrap();
    assert_eq!(rules.len(), 31);
    for (rules,) in rules {
        assert_eq!(rules.0[0]["measure"], "roadmap.documents");
    }
}

#[tokio::test]
async fn a_file_of_another_school_does_not_exist() {
    let town = Town::on(Sqlite).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let preview = upload(&coordinator, ("Карта.docx", &roadmaps::family_b())).await;
    let import = preview.links("/roadmap/imports/").remove(0);
    let (_, _) = town.neighbour().await;
    let neighbour = town.stranger();
    neighbour.sign_in(&crate::support::login_of(Role::Coordinator, "-2"), crate::support::PASSWORD).await;
    neighbour.get(&import).await.must_be(404);
    neighbour.post(&format!("{import}/adoption"), &[]).await.must_be(404);
}

/// Files that are no road map, each with a piece of the sentence it is refused with.
fn hostile() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let docx = roadmaps::family_d();
    let noise: Vec<u8> = (0_u32..10_000).flat_map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes()).collect();
    vec![
        ("Обрезан.docx", docx[..docx.len() / 2].to_vec(), "Файл повреждён"),
        ("Бомба.docx", bomb(), "слишком велик"),
        ("Шум.xlsx", noise, "Формат файла не поддерживается"),
        (
            "Программа.docx",
            [b"MZ\x90\x00\x03\x00\x00\x00".as_slice(), &[0; 4000]].concat(),
            "Формат файла не поддерживается",
        ),
        ("Пусто.docx", vec![], "Файл пуст"),
        ("Закрыт.docx", encrypted(), "защищён паролем"),
        ("Скан.pdf", b"%PDF-1.7 scanned".to_vec(), "PDF"),
        ("Письмо.txt", "Просто письмо без всякой таблицы.\nИ вторая строка.".into(), "таблиц"),
    ]
}

/// A .docx whose body unpacks to 200 MB.
fn bomb() -> Vec<u8> {
    use std::io::Write as _;
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    archive.start_file("[Content_Types].xml", options).unwrap();
    let types = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
    archive.write_all(types.as_bytes()).unwrap();
    archive.start_file("word/document.xml", options).unwrap();
    archive
        .write_all(b"<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>")
        .unwrap();
    for _ in 0..200 {
        archive.write_all(&vec![b' '; 1024 * 1024]).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// The beginning of an OLE container with the stream that Word keeps an encrypted document in.
fn encrypted() -> Vec<u8> {
    let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    bytes.extend([0; 600]);
    bytes.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    bytes.extend([0; 600]);
    bytes
}

#[tokio::test]
async fn a_bad_file_is_refused_with_a_sentence_and_the_server_goes_on() {
    let town = Town::on(Sqlite).await;
    let coordinator = town.browser(Role::Coordinator).await;
    for (name, bytes, sentence) in hostile() {
        let seen = coordinator.upload("/roadmap/import", &[YEAR, ("text", "")], (name, &bytes)).await;
        seen.must_be(422).must_say(sentence).must_say("Загрузить дорожную карту школы");
        assert!(seen.html().contains("id=\"field-file-error\""), "{name}: the sentence stands at the field");
        coordinator.get("/health/ready").await.must_be(200);
    }
    let nothing = coordinator.upload("/roadmap/import", &[YEAR, ("text", " ")], ("", b"")).await;
    nothing.must_be(422).must_say("Выберите файл или вставьте текст таблицы");
    let mut tx = town.look().await;
    let kept: (i64,) = tx.one("SELECT COUNT(*) FROM roadmap_imports", vec![]).await.unwrap();
    assert_eq!(kept.0, 0, "nothing of a refused file is kept");
}

#[tokio::test]
async fn a_file_of_25_mb_is_answered_with_a_page() {
    let town = Town::on(Sqlite).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let huge = vec![b'x'; 25 * 1024 * 1024];
    let seen = coordinator.upload("/roadmap/import", &[YEAR, ("text", "")], ("Огромный.docx", &huge)).await;
    seen.must_be(413).must_say("Файл слишком большой").must_say("можно до 20 МБ");
    coordinator.get("/roadmap/import").await.must_be(200);
}

#[tokio::test]
async fn a_strange_name_of_a_file_is_only_a_name() {
    let town = Town::on(Sqlite).await;
    let coordinator = town.browser(Role::Coordinator).await;
    for name in ["--help.docx", "..\\..\\<b>карта</b>.docx", "карта"] {
        let preview = upload(&coordinator, (name, &roadmaps::family_b())).await;
        preview.must_be(200).must_say("Сроки поняты у 14 из 14");
        assert!(!preview.html().contains("<b>"), "{name}");
    }
}

#[tokio::test]
async fn a_table_without_a_road_map_is_shown_with_its_columns_to_be_named() {
    let town = Town::on(Sqlite).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let text = "Класс;Буква;Число\n5;А;25\n6;Б;27\n";
    let pasted = coordinator.upload("/roadmap/import", &[YEAR, ("text", text)], ("", b"")).await;
    let preview = coordinator.follow(pasted).await;
    preview.must_say("не нашлось ни одного мероприятия").must_say("Мероприятий не видно").must_say("Столбец 1");
    assert!(preview.links("/roadmap/imports/").iter().all(|path| !path.ends_with("/adoption")));
    let import = preview.links("/roadmap/imports/").remove(0);
    coordinator
        .post(&format!("{import}/adoption"), &[])
        .await
        .must_be(422)
        .must_say("не нашлось ни одного мероприятия");
}
