//! Which days a term means, and what it becomes in another year and in storage.

use super::*;

#[test]
fn months_without_a_year_lie_inside_the_school_year_of_the_map() {
    let autumn_to_spring = Term::read("октябрь – апрель", year(2023)).term;
    for start in [2023, 2030] {
        let window = autumn_to_spring.window(year(start)).unwrap();
        assert_eq!(window, Window { from: date(start, 10, 1), to: date(start + 1, 4, 30) });
    }
    let deadline = Term::read("до 25 мая", year(2023)).term;
    assert_eq!(deadline.window(year(2026)).unwrap(), Window { from: date(2026, 9, 1), to: date(2027, 5, 25) });
}

#[test]
fn preparation_in_summer_comes_before_the_year_it_prepares() {
    let term = Term::read("август – сентябрь", year(2026)).term;
    assert_eq!(term.window(year(2026)).unwrap(), Window { from: date(2026, 8, 1), to: date(2026, 9, 30) });
    assert!(Term::read("август 2026", year(2026)).doubts.is_empty());
}

#[test]
fn a_term_has_a_window_when_it_can_be_missed() {
    let window = |text: &str| Term::read(text, year(2023)).term.window(year(2023));
    let whole_year = Window { from: date(2023, 9, 1), to: date(2024, 8, 31) };
    for text in ["в течение года", "В течение 2023-2024", "ежегодно", "еженедельно"]
    {
        assert_eq!(window(text), Some(whole_year), "{text}");
    }
    for text in ["по мере необходимости", "не позднее 5 раб. дней", "когда получится", ""]
    {
        assert_eq!(window(text), None, "{text}");
    }
    assert_eq!(window("октябрь 2023").unwrap().days(), 31);
    assert_eq!(window("февраль").unwrap().to, date(2024, 2, 29));
    assert_eq!(window("Август 2022 года, август 2023 года").unwrap().days(), 396);
}

#[test]
fn a_yearly_term_begins_with_its_first_year() {
    let term = Term::read("Май, ежегодно с 2023", year(2022)).term;
    assert_eq!(term.window(year(2021)), None);
    assert_eq!(term.window(year(2022)).unwrap().from, date(2023, 5, 1));
    assert_eq!(term.window(year(2025)).unwrap().to, date(2026, 5, 31));
}

#[test]
fn a_window_holds_its_last_day_and_never_runs_backwards() {
    let window = |from, to| Window::between(date(2023, 10, from), date(2023, 10, to)).unwrap();
    assert!(window(1, 10).contains(date(2023, 10, 10)));
    assert_eq!(Window::between(date(2023, 10, 2), date(2023, 10, 1)), None);
}

#[test]
fn a_term_moved_to_another_year_keeps_its_months_and_its_length() {
    let moved = |text: &str| Term::read(text, year(2023)).term.moved_to(year(2026)).text();
    assert_eq!(moved("Октябрь 2023"), "октябрь 2026");
    assert_eq!(moved("Сентябрь 2024"), "сентябрь 2026");
    assert_eq!(moved("Декабрь 2023-Апрель 2024"), "декабрь 2026 – апрель 2027");
    assert_eq!(moved("29.02.2024"), "28.02.2027");
    assert_eq!(moved("(сентябрь 2022 г. - май 2024 г.)"), "сентябрь 2026 – май 2028");
    assert_eq!(moved("2021-2024 г.г."), "2026–2029 учебные годы");
    assert_eq!(moved("до 27.08.2024"), "до 27.08.2027");
    assert_eq!(moved("октябрь"), "октябрь");
    assert_eq!(moved("когда получится"), "когда получится");
}

#[test]
fn a_map_carried_into_another_year_keeps_its_preparation_before_the_year() {
    let august = Term::read("август 2023", year(2023)).term;
    assert_eq!(august.shifted(1).text(), "август 2024");
    assert_eq!(Term::read("2023-2024", year(2023)).term.shifted(1_000_000).window(year(2023)), {
        let last = SchoolYear::LAST;
        Window::between(last.first_day(), last.last_day())
    });
}

#[test]
fn a_stored_term_is_small_readable_and_checked() {
    let stored = serde_json::to_string(&Term::read("Декабрь 2023-Апрель 2024", year(2023)).term).unwrap();
    assert_eq!(stored, r#"{"kind":"month_range","from":"2023-12","to":"2024-04"}"#);
    let stored = serde_json::to_string(&Term::read("до 5 октября", year(2023)).term).unwrap();
    assert_eq!(stored, r#"{"kind":"deadline","by":"10-05"}"#);
    for bad in ["2023-02-30", "13", "99999-01", "", "-", "2023--1", "ы-ы-ы"] {
        let text = format!(r#"{{"kind":"deadline","by":"{bad}"}}"#);
        let refusal = serde_json::from_str::<Term>(&text).unwrap_err().to_string();
        assert!(refusal.contains(&format!("несуществующая дата «{bad}»")), "{refusal}");
    }
}
