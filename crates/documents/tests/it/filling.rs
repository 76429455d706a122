//! A school's own .docx: what is filled, what stays, what is refused.

use documents::filling::{Misplaced, Unfilled, check, fill};
use documents::kinds::{self, NameForms};
use documents::tables::{Limits, Unreadable, read_docx};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::raw::{Archive, cell, document, docx, paragraph, relationships, word_table};
use crate::write_docx::part;

const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"#;

fn values() -> Value {
    json!({
        "name": "Петрова Анна Ивановна", "day": "2026-10-05", "number": null, "code": "NS-00000000000000000000000000",
        "is_new": true, "list": ["первый", "второй"], "rows": [{ "a": "1", "b": "один" }, { "a": "2", "b": "два" }], "none": [],
    })
}

fn filled(body: &str) -> String {
    let bytes = fill(&docx(body), &values()).unwrap_or_else(|error| panic!("{error}"));
    let written = part(&bytes, "word/document.xml");
    written.split_once("<w:body>").unwrap().1.split_once("</w:body>").unwrap().0.to_owned()
}

/// What is written, paragraph by paragraph.
fn said(body: &str) -> Vec<String> {
    let written = filled(body);
    let paragraphs = written.split("</w:p>").filter(|rest| rest.contains("<w:t")).map(|paragraph| {
        let texts = paragraph.split("<w:t").skip(1).filter(|rest| rest.starts_with('>') || rest.starts_with(" xml"));
        texts.map(|text| text.split_once('>').unwrap().1.split_once('<').unwrap().0).collect::<String>()
    });
    paragraphs.collect()
}

#[track_caller]
fn mistake(body: &str) -> Misplaced {
    match fill(&docx(body), &values()) {
        Err(Unfilled::Mistake(mistake)) => mistake,
        other => panic!("{:?}", other.map(|bytes| bytes.len())),
    }
}

fn runs(texts: &[&str]) -> String {
    let runs: Vec<String> =
        texts.iter().map(|text| format!("<w:r><w:rPr><w:b/></w:rPr><w:t>{text}</w:t></w:r>")).collect();
    format!("<w:p>{}</w:p>", runs.concat())
}

#[test]
fn fields_are_filled_and_everything_else_stays() {
    let body = r#"<w:p w:rsidR="00A1"><w:pPr><w:jc w:val="both"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>Назначить {{ name | accusative | short }} с {{ day | date }}.</w:t></w:r></w:p>"#;
    let wanted = r#"<w:p w:rsidR="00A1"><w:pPr><w:jc w:val="both"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">Назначить Петрову А. И. с 05.10.2026.</w:t></w:r></w:p>"#;
    assert_eq!(filled(body).replace('\u{a0}', " "), wanted);
    let untouched = paragraph("Без полей &amp; со знаком &lt;");
    assert_eq!(filled(&untouched), untouched);
}

#[test]
fn a_field_split_over_runs_is_one_field() {
    for split in [&["{", "{ name }", "}"][..], &["{{ na", "me }}"], &["{{", " ", "name", " ", "}}"], &["{{ name }}"]] {
        assert_eq!(said(&runs(split)), ["Петрова Анна Ивановна"], "{split:?}");
    }
    assert_eq!(
        said(&runs(&["до {{ na", "me }} и {{ d", "ay | date }} после"])),
        ["до Петрова Анна Ивановна и 05.10.2026 после"]
    );
}

#[test]
fn what_word_makes_of_quotes_and_spaces_is_undone() {
    assert_eq!(said(&paragraph("{{\u{a0}list | join(“, ”) }}")), ["первый, второй"]);
    assert_eq!(said(&paragraph("{{ list | join(«; ») }}")), ["первый; второй"]);
}

#[test]
fn a_row_is_repeated_for_every_item() {
    let around = word_table(&[
        &[&cell("№"), &cell("Что")],
        &[&cell("{% for row in rows %}"), &cell("")],
        &[&cell("{{ row.a }}"), &cell("{{ row.b }}")],
        &[&cell("{% endfor %}"), &cell("")],
        &[&cell("Всего"), &cell("{{ rows | count }}")],
    ]);
    let within = word_table(&[
        &[&cell("№"), &cell("Что")],
        &[&cell("{% for row in rows %}{{ row.a }}"), &cell("{{ row.b }}{% endfor %}")],
        &[&cell("Всего"), &cell("{{ rows | count }}")],
    ]);
    for body in [around, within] {
        assert_eq!(said(&body), ["№", "Что", "1", "один", "2", "два", "Всего", "2"]);
        let bytes = fill(&docx(&body), &values()).unwrap();
        let tables = read_docx(&bytes, &Limits::default()).unwrap();
        assert_eq!(tables[0].rows.len(), 4);
    }
    let none = word_table(&[
        &[&cell("№")],
        &[&cell("{% for row in none %}")],
        &[&cell("{{ row }}")],
        &[&cell("{% endfor %}")],
    ]);
    assert_eq!(said(&none), ["№"]);
}

#[test]
fn a_condition_takes_paragraphs_or_words_away() {
    let paragraphs =
        ["{% if is_new %}", "Новый", "{% else %}", "Старый", "{% endif %}", "Конец"].map(paragraph).concat();
    assert_eq!(said(&paragraphs), ["Новый", "Конец"]);
    assert_eq!(said(&runs(&["А {% if not is_new %}", "не ", "{% endif %}вошла"])), ["А вошла"]);
    assert_eq!(said(&runs(&["{% for one in list %}{{ one }}", ", ", "{% endfor %}всё"])), ["первый, второй, всё"]);
}

#[test]
fn a_cell_never_loses_its_last_paragraph() {
    let lines = ["{% for one in none %}", "{{ one }}", "{% endfor %}"].map(paragraph).concat();
    let body = word_table(&[&[&format!("<w:tc>{lines}</w:tc>"), &cell("рядом")]]);
    assert!(filled(&body).contains("<w:tc><w:p/></w:tc>"), "{}", filled(&body));
    let section = r"<w:p><w:pPr><w:sectPr/></w:pPr><w:r><w:t>{% if is_new %}</w:t></w:r></w:p><w:p><w:r><w:t>да{% endif %}</w:t></w:r></w:p>";
    assert_eq!(mistake(section).place, "Абзац 2");
}

#[test]
fn values_are_texts_whatever_they_hold() {
    let bytes =
        fill(&docx(&paragraph("{{ name }}")), &json!({ "name": "<b>&{{ x }}\u{E010}0\u{E011}\u{1}\nвторая\tстрока" }))
            .unwrap();
    let written = part(&bytes, "word/document.xml");
    assert!(written.contains("&lt;b&gt;&amp;{{ x }}0"), "{written}");
    assert!(written.contains("<w:br/>") && written.contains("<w:tab/>"), "{written}");
}

#[test]
fn a_mistake_names_its_paragraph() {
    let unknown = mistake(&[paragraph("Первый"), paragraph("Наставник: {{ nmae }}")].concat());
    assert_eq!((unknown.place.as_str(), unknown.excerpt.as_str()), ("Абзац 2", "Наставник: {{ nmae }}"));
    assert!(unknown.sentence.contains("«nmae»"), "{unknown}");
    assert_eq!(mistake(&[paragraph("{{ name }}"), paragraph("{{ number }}")].concat()).place, "Абзац 2");
    assert_eq!(said(&paragraph("№ {{ number | blank }}")), ["№ ________"]);
    assert!(mistake(&paragraph("{% macro x() %}")).sentence.contains("macro"));
    assert!(mistake(&paragraph("{{ name")).sentence.contains("скобки"));
    assert!(mistake(&paragraph("{{ name | qqr }}")).sentence.contains("qqr"));
    for broken in ["{{ name", "{% if name %}", "{% for a in %}{% endfor %}"] {
        assert!(matches!(check(&docx(&paragraph(broken))), Err(Unfilled::Mistake(_))), "{broken}");
    }
    assert_eq!(check(&docx(&paragraph("{{ anything.at.all | date }}"))), Ok(()));
}

#[test]
fn a_command_that_would_tear_the_file_is_refused_with_its_place() {
    let torn = word_table(&[&[&cell("{% if is_new %}да"), &cell("нет")], &[&cell("{% endif %}ещё")]]);
    let said = mistake(&torn);
    assert_eq!(said.place, "Абзац 3");
    assert!(said.sentence.contains("в один абзац"), "{said}");
    let link = "<w:p><w:hyperlink><w:r><w:t>{% if is_new %}</w:t></w:r></w:hyperlink><w:r><w:t>{% endif %}да</w:t></w:r></w:p>";
    mistake(link);
}

#[test]
fn headers_are_filled_and_named() {
    let with = |text: &str| {
        Archive::new()
            .part("[Content_Types].xml", TYPES)
            .part("word/document.xml", document(&paragraph("Текст")))
            .part("word/header1.xml", format!("<w:hdr xmlns:w=\"urn:w\">{}</w:hdr>", paragraph(text)))
            .pack()
    };
    assert!(part(&fill(&with("{{ name | short }}"), &values()).unwrap(), "word/header1.xml").contains("Петрова"));
    let Err(Unfilled::Mistake(mistake)) = fill(&with("{{ nmae }}"), &values()) else { panic!("taken") };
    assert_eq!(mistake.place, "Верхний колонтитул, абзац 1");
}

#[test]
fn a_code_is_drawn_as_a_picture() {
    let file = Archive::new()
        .part("[Content_Types].xml", TYPES)
        .part("word/document.xml", document(&paragraph("{{ code | qr }} и текст")))
        .pack();
    let bytes = fill(&file, &values()).unwrap();
    assert!(part(&bytes, "word/document.xml").contains("r:embed=\"codeOfDocument1\""));
    assert!(part(&bytes, "word/_rels/document.xml.rels").contains("media/code-document-1.png"));
    assert!(part(&bytes, "[Content_Types].xml").contains("Extension=\"png\""));
    assert_eq!(mistake(&paragraph("{{ number | qr }}")).place, "Абзац 1");
    // A wording in the browser has a mark of its own for it.
    assert!(documents::template::fill("{{ code | qr }}", &values()).is_err());
}

#[test]
fn a_paper_of_ours_is_filled_as_a_file_of_a_school() {
    let kind = kinds::find("consent-participation").unwrap();
    let own = docx(&paragraph(
        "Я, {{ representative.name }}, за {{ subject.name | accusative }}, {{ subject.birth_date | date_words }}",
    ));
    let bytes = kind.fill_file(&own, kind.example, (&NameForms::default(), None)).unwrap().docx;
    assert!(part(&bytes, "word/document.xml").contains("Ершова Максима Олеговича"));
    assert!(matches!(kind.fill_file(&own, "{}", (&NameForms::default(), None)), Err(Unfilled::Input(_))));
    // The same file gives the same bytes.
    assert_eq!(bytes, kind.fill_file(&own, kind.example, (&NameForms::default(), None)).unwrap().docx);
}

/// A document with one more part.
fn with_part(name: &str, content: &str) -> Vec<u8> {
    Archive::new().part("word/document.xml", document(&paragraph("{{ name }}"))).part(name, content).pack()
}

fn with_link(kind: &str, target: &str) -> Vec<u8> {
    let link = relationships(&[("r1", kind, target)]).replace("/>", " TargetMode=\"External\"/>");
    with_part("word/_rels/document.xml.rels", &link)
}

#[test]
fn hostile_files_are_refused_with_a_reason() {
    let refused = |bytes: &[u8]| {
        let why = fill(bytes, &values()).expect_err("the file was taken");
        assert_eq!(check(bytes), Err(why.clone()));
        why
    };
    assert_eq!(refused(b"%PDF-1.7"), Unfilled::NotWord);
    assert_eq!(refused(b""), Unfilled::NotWord);
    assert_eq!(refused(b"\xD0\xCF\x11\xE0\xA1\xB1"), Unfilled::Encrypted);
    assert_eq!(refused(b"PK\x03\x04 and nothing"), Unfilled::Broken);
    assert_eq!(refused(&Archive::new().part("xl/workbook.xml", "<workbook/>").pack()), Unfilled::NotWord);
    assert_eq!(refused(&with_part("word/vbaProject.bin", "x")), Unfilled::Macros);
    let macros = "<Types><Override ContentType=\"application/vnd.ms-word.document.macroEnabled.main+xml\"/></Types>";
    assert_eq!(refused(&with_part("[Content_Types].xml", macros)), Unfilled::Macros);
    assert_eq!(refused(&with_part("word/activeX/activeX1.xml", "<x/>")), Unfilled::Objects);
    assert_eq!(refused(&with_link("oleObject", "file:///C:/x.xlsx")), Unfilled::Objects);
    assert_eq!(
        refused(&with_link("image", "http://10.0.0.1/x.png")),
        Unfilled::External("http://10.0.0.1/x.png".to_owned())
    );
    assert_eq!(
        refused(&with_link("hyperlink", "file:///etc/passwd")),
        Unfilled::External("file:///etc/passwd".to_owned())
    );
    let doctype = "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><w:settings>&e;</w:settings>";
    assert_eq!(refused(&with_part("word/settings.xml", doctype)), Unfilled::Entities);
    assert_eq!(refused(&docx("<w:p><w:r><w:t>&outside;</w:t></w:r></w:p>")), Unfilled::Entities);
    for field in ["DDEAUTO c:\\\\cmd.exe", "INCLUDEPICTURE \"http://10.0.0.1\""] {
        let split = field.split_at(4);
        let long = format!(
            "<w:p><w:r><w:instrText>{}</w:instrText></w:r><w:r><w:instrText>{}</w:instrText></w:r></w:p>",
            split.0, split.1
        );
        assert!(matches!(refused(&docx(&long)), Unfilled::Field(_)), "{field}");
    }
    assert!(matches!(refused(&docx("<w:p><w:fldSimple w:instr=\" dde x \"/></w:p>")), Unfilled::Field(_)));
    let deep = format!("{}{}", "<w:sdt>".repeat(300), "</w:sdt>".repeat(300));
    assert_eq!(refused(&docx(&deep)), Unfilled::TooDeep);
    assert_eq!(refused(&docx("<w:p><w:r></w:p>")), Unfilled::Broken);
}

#[test]
fn bombs_are_refused_while_they_swell() {
    let bomb =
        Archive::new().swollen_part("word/document.xml", "<w:document><w:body>", "<w:p>      </w:p>", 40 << 20).pack();
    assert_eq!(fill(&bomb, &values()), Err(Unfilled::TooLargeUnpacked));
    let picture = Archive::new()
        .part("word/document.xml", document(&paragraph("{{ name }}")))
        .swollen_part("word/media/image1.bmp", "BM", "\0\0\0\0", 80 << 20)
        .pack();
    assert_eq!(fill(&picture, &values()), Err(Unfilled::TooLargeUnpacked));
    let nested = ["{% for a in list %}"; 40].concat()
        + &paragraph("х").replace("х", &"х".repeat(10_000))
        + &["{% endfor %}"; 40].concat();
    assert!(
        fill(
            &docx(&paragraph(
                &nested.replace("<w:p><w:r><w:t xml:space=\"preserve\">", "").replace("</w:t></w:r></w:p>", "")
            )),
            &values()
        )
        .is_err()
    );
}

#[test]
fn the_template_a_document_was_made_from_is_forgotten() {
    let link = relationships(&[("r9", "attachedTemplate", "file:///C:/Users/x/Normal.dotm")])
        .replace("/>", " TargetMode=\"External\"/>");
    let file = Archive::new()
        .part("word/document.xml", document(&paragraph("{{ name }}")))
        .part(
            "word/settings.xml",
            "<w:settings xmlns:w=\"urn:w\"><w:zoom/><w:attachedTemplate r:id=\"r9\"/></w:settings>",
        )
        .part("word/_rels/settings.xml.rels", &link)
        .pack();
    let bytes = fill(&file, &values()).unwrap();
    assert_eq!(part(&bytes, "word/settings.xml"), "<w:settings xmlns:w=\"urn:w\"><w:zoom/></w:settings>");
    assert!(!part(&bytes, "word/_rels/settings.xml.rels").contains("Normal.dotm"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_field_is_filled_wherever_word_splits_it(cuts in prop::collection::vec(0..40_usize, 0..6)) {
        let text = "Кому: {{ name | dative }}, № {{ number | blank }}.";
        let mut at: Vec<usize> = cuts.into_iter().filter(|cut| text.is_char_boundary(*cut)).collect();
        at.sort_unstable();
        let (mut pieces, mut from) = (Vec::new(), 0);
        for cut in at.into_iter().chain([text.len()]) {
            pieces.push(&text[from..cut]);
            from = cut;
        }
        prop_assert_eq!(said(&runs(&pieces)), ["Кому: Петровой Анне Ивановне, № ________."]);
    }

    #[test]
    fn mutated_files_are_filled_or_refused(place in 0..4_000_usize, byte: u8) {
        let mut bytes = docx(&word_table(&[&[&cell("{% for row in rows %}{{ row.a }}"), &cell("{{ row.b }}{% endfor %}")]]));
        let length = bytes.len();
        bytes[place % length] = byte;
        let _ = fill(&bytes, &values());
    }

    #[test]
    fn whatever_is_filled_can_be_read_again(texts in prop::collection::vec("[a-zа-я{}% ]{0,12}|\\{\\{ name \\}\\}|\\{% if is_new %\\}|\\{% endif %\\}", 1..8)) {
        let body: String = texts.iter().map(|text| runs(&[text])).collect();
        if let Ok(bytes) = fill(&docx(&word_table(&[&[&format!("<w:tc>{body}</w:tc>")]])), &values()) {
            // A condition may take everything away.
            let read = read_docx(&bytes, &Limits::default());
            prop_assert!(matches!(read, Ok(_) | Err(Unreadable::NoTables)), "{:?}", read.err());
        }
    }
}
