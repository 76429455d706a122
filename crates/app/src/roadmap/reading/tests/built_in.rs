//! The built-in map, printed as a school would and read again.

use super::*;
use crate::roadmap::template::Template;

/// Prints the built-in map as a school would, with or without numbers.
fn built_in(numbered: bool) -> Table {
    let template = Template::built_in().unwrap();
    let mut rows = vec![
        ["№ п/п", "Содержание", "Сроки", "Ответственный", "Ожидаемый результат", "Показатели"]
            .map(str::to_owned)
            .to_vec(),
    ];
    for section in &template.sections {
        let mut heading = vec!["<".to_owned(); 6];
        heading[0] = format!("{}. {}", section.number, section.title);
        rows.push(heading);
        for row in &section.rows {
            let number = if numbered { format!("{}.", row.number) } else { String::new() };
            let posts: Vec<&str> = row.responsible.iter().map(|post| post.label()).collect();
            let term = row.term.text().to_uppercase();
            rows.push(vec![
                number,
                row.title.clone(),
                term,
                posts.join(", "),
                row.result.clone(),
                row.indicator.clone(),
            ]);
        }
    }
    let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    table("", &rows.iter().map(Vec::as_slice).collect::<Vec<_>>())
}

#[test]
fn the_built_in_map_comes_back_whole_from_paper() {
    let template = Template::built_in().unwrap();
    for numbered in [true, false] {
        let understood = read(&[built_in(numbered)]);
        assert_eq!(understood.left_out, []);
        assert_eq!(understood.rows().count(), 31);
        for (read, row) in understood.rows().zip(template.rows()) {
            assert_eq!((&read.number, &read.title), (&row.number, &row.title));
            assert_eq!(read.term.term, row.term, "{}", row.number);
            assert_eq!(posts(read), row.responsible, "{}", row.number);
            assert_eq!((&read.result, &read.indicator), (&row.result, &row.indicator));
            assert_eq!(read.doubts, [], "{}", row.number);
        }
        let titles: Vec<_> = understood.sections.iter().map(|section| &section.title).collect();
        assert_eq!(titles, template.sections.iter().map(|section| &section.title).collect::<Vec<_>>());
    }
}
