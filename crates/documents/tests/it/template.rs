//! A school's wording: what it may say, and how a mistake in it is named.

use documents::block::{Align, Block, Document, Paragraph, Run};
use documents::template::{Mistake, NameForms, check, fill, fill_with};
use proptest::prelude::*;
use serde_json::{Value, json};

fn filled(text: &str, values: &Value) -> Document {
    fill(text, values).unwrap_or_else(|mistake| panic!("{mistake}"))
}

#[track_caller]
fn mistake(text: &str, values: &Value) -> Mistake {
    fill(text, values).expect_err("the text was taken")
}

/// Place and sentence in the form in which tests compare them.
#[track_caller]
fn place(text: &str, values: &Value) -> (usize, usize) {
    let mistake = mistake(text, values);
    (mistake.line, mistake.column)
}

#[test]
fn an_unknown_field_is_named_with_its_place() {
    let values = json!({ "name": "Анна", "school": { "place": "Пермь" } });
    let unknown = mistake("Один\n\nДва {{ nmae }}", &values);
    assert_eq!((unknown.line, unknown.column), (3, 8));
    assert!(unknown.sentence.contains("«nmae»"), "{unknown}");
    assert_eq!(place("{{ school.plase }}", &values).0, 1);
    assert_eq!(place("а\n{% if nmae %}б{% endif %}", &values).0, 2);
    assert_eq!(place("а\nб\n{% for one in nmae %}б{% endfor %}", &values).0, 3);
    assert_eq!(place("{{ nmae | blank }}", &values).0, 1);
    assert_eq!(place("{{ nmae | date }}", &values).0, 1);
    assert_eq!(place("{{ name.family }}", &values).0, 1);
}

#[test]
fn an_empty_value_is_a_blank_only_where_the_text_says_so() {
    let values = json!({ "number": null, "name": " ", "list": [] });
    for text in ["№ {{ number }}", "{{ name }}", "{{ number | date }}", "{{ list | join(\", \") }}", "{{ list }}"] {
        mistake(text, &values);
    }
    let document = filled("№ {{ number | blank }} {{ name | blank }} {{ number | date | blank }}", &values);
    assert_eq!(document.blocks, [Paragraph::text("№ ________ ________ ________").into()]);
}

#[test]
fn values_are_written_as_papers_write_them() {
    let values = json!({ "day": "2026-10-05", "name": "Петрова Анна Ивановна", "count": 39, "list": ["а", "б"] });
    let said = |text: &str| match filled(text, &values).blocks.remove(0) {
        Block::Paragraph(paragraph) => paragraph.runs[0].text.replace('\u{a0}', " "),
        other => panic!("{other:?}"),
    };
    assert_eq!(said("{{ day | date }}"), "05.10.2026");
    assert_eq!(said("{{ day | date_words }}"), "5 октября 2026 г.");
    assert_eq!(said("{{ name | short }}"), "Петрова А. И.");
    assert_eq!(said("{{ name | signed }}"), "А. И. Петрова");
    assert_eq!(said("{{ name | accusative | short }}"), "Петрову А. И.");
    assert_eq!(said("{{ name | instrumental }}"), "Петровой Анной Ивановной");
    assert_eq!(said("{{ \"директор\" | post(\"dative\") }}"), "директору");
    assert_eq!(said("{{ count | number_words }}"), "тридцать девять");
    assert_eq!(said("{{ count }} {{ count | plural(\"пара\", \"пары\", \"пар\") }}"), "39 пар");
    assert_eq!(said("{{ list | join(\"; \") }}, {{ list | count }}"), "а; б, 2");
    assert_eq!(said("{% for one in list %}{{ loop.index }}{{ one }}{% endfor %}"), "1а2б");
    mistake("{{ name | date }}", &values);
    mistake("{{ name | number_words }}", &values);
    mistake("{{ count | short }}", &values);
    mistake("{{ name | post(\"vocative\") }}", &values);
}

#[test]
fn an_address_and_a_signature_begin_with_a_capital_letter() {
    let values = json!({ "post": "директор" });
    let text = ">> {{ post | post(\"dative\") }}\n>> школы № 12\n\n@ {{ post }} | И. Орлова";
    let document = filled(text, &values);
    let Block::Aside(lines) = &document.blocks[0] else { panic!("{:?}", document.blocks) };
    assert_eq!(lines.iter().map(|runs| runs[0].text.as_str()).collect::<Vec<_>>(), ["Директору", "школы № 12"]);
    assert!(matches!(&document.blocks[1], Block::Signatures(lines) if lines[0].post == "Директор"));
}

#[test]
fn marks_make_blocks() {
    let document = filled(
        "!page landscape long\n!size 12\n!lines 1.5\n!name Имя\n# Первый\n\nТекст **жирный**\nдальше\n\n1. Один\n   1. Ниже\n\n2. Два\n\n- раз\n- два\n\n>> Кому\n5 мая <-> № 1\n>< Середина\n@ Директор | И. Орлова\n===\n!code К-1 | К-1",
        &json!({}),
    );
    assert_eq!((document.name.as_str(), document.look.size), ("Имя", 12));
    assert_eq!(document.page.margins_mm().left, 30);
    let Block::Paragraph(paragraph) = &document.blocks[1] else { panic!("{document:?}") };
    assert_eq!(paragraph.runs, [Run::plain("Текст "), Run::bold("жирный "), Run::plain("дальше")]);
    let Block::NumberedClauses(clauses) = &document.blocks[2] else { panic!("{document:?}") };
    assert_eq!((clauses.len(), clauses[0].clauses.len()), (2, 1));
    assert!(matches!(&document.blocks[3], Block::Dashes(items) if items.len() == 2));
    assert!(matches!(&document.blocks[4], Block::Aside(lines) if lines.len() == 1));
    assert!(matches!(&document.blocks[5], Block::Ends { .. }));
    assert!(matches!(&document.blocks[6], Block::Paragraph(paragraph) if paragraph.align == Align::Centre));
    assert!(matches!(&document.blocks[7], Block::Signatures(lines) if lines[0].name == "И. Орлова"));
    assert!(matches!(&document.blocks[8], Block::PageBreak));
    assert!(matches!(&document.blocks[9], Block::Code { text, .. } if text == "К-1"));
}

#[test]
fn a_table_has_widths_alignment_and_joined_cells() {
    let text = "| № | Имя |\n|:--:|------|\n| **Раздел** ||\n{% for one in list %}\n| {{ loop.index }} | {{ one }} |\n{% endfor %}\n";
    let document = filled(text, &json!({ "list": ["а | б", "*"] }));
    let Block::Table(table) = &document.blocks[0] else { panic!("{document:?}") };
    assert_eq!((table.columns.as_slice(), table.header_rows, table.rows.len()), ([2, 6].as_slice(), 1, 4));
    assert_eq!(table.rows[1][0].across, 2);
    assert_eq!(table.rows[2][0].paragraphs[0].align, Align::Centre);
    assert_eq!(table.rows[2][1].paragraphs[0].runs, [Run::plain("а | б")]);
    assert_eq!(table.rows[3][1].paragraphs[0].runs, [Run::plain("*")]);
}

#[test]
fn mistakes_in_marks_are_named_where_the_school_wrote_them() {
    let values = json!({ "list": ["а", "б"], "name": "Анна" });
    let loops = "{% for one in list %}\n- {{ one }}\n{% endfor %}\n";
    assert_eq!(place(&format!("{loops}\nТекст **жирный"), &values), (5, 7));
    assert_eq!(place(&format!("{loops}| а | б |\n"), &values).0, 4);
    assert_eq!(place("| а |\n|---|\n| {{ name }} | лишнее |", &values).0, 3);
    assert_eq!(place("!page poster", &values).0, 1);
    assert_eq!(place("!size 99", &values).0, 1);
    assert_eq!(place("а\n\n!stamp", &values).0, 3);
    assert_eq!(place("@ а | б | в", &values).0, 1);
    let deep = (0..10).map(|level| "  ".repeat(level) + "1. пункт\n").collect::<String>();
    assert_eq!(place(&deep, &values).0, 10);
}

#[test]
fn mistakes_of_writing_are_said_in_russian() {
    for text in [
        "{{ name",
        "{% if name %}",
        "{{ name | upper }}",
        "{{ name | short(1) }}",
        "{{ range(9) }}",
        "{% for %}",
        "{{ }}",
    ] {
        let mistake = mistake(text, &json!({ "name": "Анна" }));
        assert!(mistake.sentence.starts_with(char::is_alphabetic), "{mistake}");
        let latin = mistake.sentence.split('«').next().unwrap_or_default();
        assert!(!latin.contains("error") && !latin.contains("expected"), "{mistake}");
        assert_eq!(mistake.line, 1);
    }
    assert!(check("{{ anything }}\n# Заголовок").is_ok());
    assert!(check("{{ a | nothing }").is_err());
}

#[test]
fn a_text_that_runs_away_is_refused() {
    let many: Vec<u32> = (0..1000).collect();
    let values = json!({ "many": many, "tree": { "below": [] } });
    let endless = "{% for a in many %}{% for b in many %}{% for c in many %}х{% endfor %}{% endfor %}{% endfor %}";
    assert!(mistake(endless, &values).sentence.contains("не заканчивается"));
    let huge =
        format!("{{% for a in many %}}{{% for b in many %}}{}{{% endfor %}}{{% endfor %}}", "текст ".repeat(3000));
    assert!(mistake(&huge, &values).sentence.contains("велик"));
    let wide = format!("{{% for a in many %}}\n|{}\n{{% endfor %}}\n", " а |".repeat(200));
    assert!(mistake(&format!("|{}\n{wide}", "---|".repeat(200)), &values).sentence.contains("велика"));
    mistake(&"х".repeat(300_000), &values);
    mistake("{% set a = \"х\" %}{{ a }}", &values);
    mistake("{%- macro a() %}{% endmacro %}", &values);
    mistake("{% include \"/etc/passwd\" %}", &values);
    mistake("{% for one in many recursive %}{{ loop(many) }}{% endfor %}", &values);
    mistake(&format!("{{{{ {}1{} }}}}", "(".repeat(2000), ")".repeat(2000)), &values);
    mistake(&"{% if many %}".repeat(5000), &values);
    mistake("{{ \"а\" * 1000000000000 }}", &values);
}

proptest! {
    #[test]
    fn a_value_is_never_taken_for_a_mark(value in "[^\\p{Z}\\p{C}][ -~«»|*#!@\\\\а-я\n]{0,40}") {
        let document = fill("{{ value }}", &json!({ "value": value })).unwrap();
        prop_assert_eq!(document.blocks.len(), 1);
        prop_assert_eq!(&document.blocks[0], &Block::Paragraph(Paragraph::text(value.trim())));
    }

    #[test]
    fn any_text_is_taken_or_refused_and_nothing_else(text in "[а-в\\n *|{}%#!@<>.1\\-=\\\\:]{0,80}") {
        let _ = fill(&text, &json!({ "а": "б" }));
    }
}

#[test]
fn a_form_the_school_has_written_goes_before_the_rules() {
    let names = NameForms::default().with("Гусь Пётр Ильич", "genitive", "Гуся Петра Ильича");
    let text = "{{ name | genitive }}; {{ name | genitive | short }}; {{ name | dative }}; {{ other | genitive }}";
    let values = json!({ "name": "Гусь Пётр Ильич", "other": "Рябина Пётр Ильич" });
    let document = fill_with(text, &values, &names).unwrap();
    let Block::Paragraph(paragraph) = &document.blocks[0] else { panic!("no paragraph") };
    let own: String = paragraph.runs.iter().map(|run| run.text.as_str()).collect();
    assert!(own.starts_with("Гуся Петра Ильича; Гуся\u{a0}П.\u{a0}И.; Гусю Петру Ильичу; "), "{own}");
    assert!(own.contains("Рябины Петра Ильича"), "{own}");
}
