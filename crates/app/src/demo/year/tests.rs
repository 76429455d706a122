use super::*;
use std::collections::{BTreeMap, BTreeSet};

fn calendar(start: i32) -> Calendar {
    Calendar(SchoolYear::starting_in(start).unwrap())
}

fn days_of(calendar: Calendar) -> impl Iterator<Item = NaiveDate> {
    calendar.0.first_day().iter_days().take_while(move |day| *day <= calendar.0.last_day())
}

#[test]
fn nobody_acts_on_the_day_of_the_demo_or_after_it() {
    let calendar = calendar(2026);
    for today in days_of(calendar) {
        for (day, _) in current_script(calendar, today) {
            assert!(day < today && day >= calendar.in_august_before(31), "{day} is played on {today}");
        }
    }
}

#[test]
fn something_is_due_in_the_week_of_every_day_of_the_year() {
    let calendar = calendar(2026);
    for today in days_of(calendar) {
        let script = nearby::script(calendar, today);
        let due = script.iter().find_map(|(day, deed)| match deed.act {
            Act::Until { days } => Some(*day + Days::new(u64::from(days))),
            _ => None,
        });
        let due = due.unwrap_or_else(|| panic!("nothing is due around {today}"));
        assert_eq!(due.iso_week(), today.iso_week());
        assert!(due >= today, "{due} is over on {today}");
    }
}

#[test]
fn the_row_of_the_week_is_still_open_and_becomes_news_only_once() {
    let calendar = calendar(2026);
    for today in days_of(calendar) {
        let focus = nearby::script(calendar, today)[0].1.row;
        let script = current_script(calendar, today);
        assert!(
            !script.iter().any(|(_, deed)| deed.row == focus && matches!(deed.act, Act::Confirm)),
            "{focus}, {today}"
        );
        let texts: Vec<&str> = script
            .iter()
            .filter_map(|(_, deed)| match deed.act {
                Act::Task { text, .. } | Act::Note(text) => Some(text),
                _ => None,
            })
            .collect();
        assert_eq!(texts.len(), texts.iter().collect::<BTreeSet<_>>().len(), "{today}");
    }
}

#[test]
fn every_day_after_the_first_has_news_since_yesterday() {
    let calendar = calendar(2026);
    for today in days_of(calendar).skip(1) {
        let yesterday = today.pred_opt().unwrap();
        assert!(current_script(calendar, today).iter().any(|(day, _)| *day == yesterday), "{today}");
    }
}

#[test]
fn a_whole_year_is_played_within_the_hours_of_its_days() {
    let calendar = calendar(2026);
    let mut by_day: BTreeMap<NaiveDate, u32> = BTreeMap::new();
    let records = Records::of(calendar.0, calendar.0);
    for (day, _) in current_script(calendar, calendar.0.last_day()).into_iter().chain(past::script(&records)) {
        *by_day.entry(day).or_default() += 1;
    }
    let most = by_day.values().max().unwrap();
    assert!(*most < 80, "{most} deeds on one day last longer than the working day");
}

#[test]
fn last_year_closes_every_row_once_and_some_of_them_late() {
    let year = calendar(2026).0;
    let records = Records::of(year.previous(), year);
    let script = past::script(&records);
    let closed = |late: fn(&Act) -> bool| script.iter().filter(|(_, deed)| late(&deed.act)).count();
    let in_time_or_late = closed(|act| matches!(act, Act::Confirm));
    let anyway = closed(|act| matches!(act, Act::ConfirmAnyway(_)));
    assert_eq!(in_time_or_late + anyway, 31);
    assert!((1..=6).contains(&anyway), "{anyway} rows without their indicator");
    assert!(script.iter().all(|(day, _)| *day < Calendar(year.previous()).on(8, 20)));
}
