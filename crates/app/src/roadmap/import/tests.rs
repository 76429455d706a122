use super::*;
use crate::roadmap::{indicator::Operator, measures, reading::understand, term::Term};
use documents::tables::{Limits, read_text};

fn year(start: i32) -> SchoolYear {
    SchoolYear::starting_in(start).unwrap()
}

fn understood(rows: &str) -> Understood {
    let text = format!("№;Мероприятие;Содержание;Срок;Ответственный;Результат\n{rows}");
    understand(&read_text(&text, &Limits::default()).unwrap(), year(2026))
}

fn drafted(rows: &str, rules: TemplateRules) -> Vec<DraftSection> {
    draft(&understood(rows), Template::built_in().unwrap(), rules)
}

fn first(sections: &[DraftSection]) -> &DraftRow {
    &sections[0].rows[0]
}

const BASE: &str = "1;Формирование базы наставников;опрос;октябрь 2026;методист;база\n";

#[test]
fn a_row_like_one_of_the_template_takes_its_rules_and_says_so() {
    let sections = drafted(BASE, TemplateRules::Proposed);
    assert_eq!(first(&sections).rules[0].measure, "participants.coverage");
    assert!(first(&sections).remark.contains("Показатели взяты из строки 1.2 типовой дорожной карты."));
}

#[test]
fn every_other_row_is_proven_by_a_document() {
    let off = drafted(BASE, TemplateRules::Off);
    let own = drafted("1;День здоровья;;май 2027;методист;праздник\n", TemplateRules::Proposed);
    for sections in [off, own] {
        let rules = &first(&sections).rules;
        assert_eq!((rules.len(), rules[0].measure.as_str()), (1, measures::DOCUMENTS));
        assert_eq!(rules[0].operator, Operator::Exists);
    }
}

#[test]
fn what_was_read_reaches_the_draft_whole() {
    let rows = "1;День здоровья;игры и конкурсы;сентябрь 2025;методист, Берёзкина А. Б.;праздник\n";
    let sections = drafted(rows, TemplateRules::Off);
    let row = first(&sections);
    assert_eq!(
        (row.number.as_str(), row.title.as_str(), row.term_text.as_str()),
        ("1", "День здоровья", "сентябрь 2025")
    );
    assert_eq!(row.expected_result, "праздник");
    assert!(row.remark.starts_with("Содержание: игры и конкурсы"), "{}", row.remark);
    let labels: Vec<_> = row.responsibles.iter().map(|one| (one.label.as_str(), one.post.as_deref())).collect();
    assert_eq!(labels, [("методист", Some("methodist")), ("Берёзкина А. Б.", None)]);
    assert_eq!(row.doubts.len(), 1, "only the term is settled on the row's page");
    assert_eq!(row.doubts[0].suggestion, Some(Term::read("сентябрь 2026", year(2026)).term));
}

#[test]
fn a_file_of_another_year_is_recognised_by_its_terms() {
    let rows = "1;Первое;;октябрь 2025;;\n2;Второе;;2025-2026;;\n3;Третье;;май 2027;;\n4;Четвёртое;;в течение года;;\n";
    assert_eq!(other_year(&understood(rows), year(2026)), Some(year(2025)));
    assert_eq!(other_year(&understood(BASE), year(2026)), None);
    assert_eq!(other_year(&understood("1;Первое;;октябрь;;\n"), year(2026)), None, "no year is printed");
}

#[test]
fn what_is_left_out_is_told_line_by_line() {
    let text =
        "Утверждаю;директор;;\n№;Мероприятие;Срок;Ответственный\n1;Первое;май 2027;методист\nСостав на 01.10.2026;;;\n";
    let tables = read_text(text, &Limits::default()).unwrap();
    let understood = understand(&tables, year(2026));
    let left = left_out(&understood);
    assert_eq!(left.len(), 2, "{left:?}");
    assert!(left[0].contains("Утверждаю · директор"), "{left:?}");
    assert_eq!(counts(&understood), Counts { sections: 1, rows: 1, with_terms: 1 });
}

#[test]
fn a_road_map_without_rows_or_with_too_many_is_no_draft() {
    assert_eq!(check(&understood("")), Err(NotADraft::NoRows));
    let many = "1;Дело;;май 2027;;\n".repeat(MOST_ROWS + 1);
    assert_eq!(check(&understood(&many)), Err(NotADraft::TooMany));
}

#[test]
fn a_road_map_without_a_heading_is_named_by_its_year() {
    assert_eq!(title(&understood(BASE), year(2026)), "План мероприятий (дорожная карта) на 2026–2027 учебный год");
}
