//! Last year in short: every row entered, documented, confirmed and accepted once, when its records allowed it.

use super::{
    Script,
    deed::{Act, Deed, accept, attach, confirm, enter},
};
use crate::{
    demo::{calendar::Calendar, records::Records, school::Staff},
    roadmap::{
        indicator::{GroupReading, Reading, Rule, SchoolTraits, Verdict},
        measures,
        template::{Post, Template, TemplateRow},
    },
};
use chrono::{Days, NaiveDate};

/// How many days after the term the school tries again.
const ATTEMPTS: [u64; 5] = [0, 9, 40, 80, 120];

/// Why a row was closed although its indicator was not reached.
const REASON: &str =
    "Показатель достигнут не полностью; причины разобраны на совещании, меры вошли в план нового года.";

/// Returns the deeds of a whole year; nothing when there is no template, which its own tests rule out.
pub fn script(records: &Records) -> Script {
    let mut script: Script =
        Template::built_in().into_iter().flat_map(Template::rows).flat_map(|row| closing(row, records)).collect();
    script.sort_by_key(|(day, _)| *day);
    script
}

/// Returns how a row was closed: in time, late or without its indicator.
fn closing(row: &'static TemplateRow, records: &Records) -> Script {
    let calendar = Calendar(records.population.year);
    // What lasts the whole year was closed before the summer.
    let last = calendar.on(5, 28);
    let due = row.term.window(calendar.0).map_or(last, |window| window.to.min(last));
    let attempts = ATTEMPTS.map(|days| calendar.before(due + Days::new(days)));
    let in_summer = calendar.on(8, 10);
    let mut attempted = attempts.into_iter().filter(|day| *day < in_summer);
    let met = attempted.find(|day| row.rules.iter().all(|rule| is_met(rule, records, *day)));
    let day = met.unwrap_or(attempts[0]);
    let by = row.responsible.first().map_or(Staff::Coordinator, |post| holder(*post));
    let mut deeds: Vec<Deed> = row
        .rules
        .iter()
        .filter(|rule| !measures::is_own(&rule.measure))
        .filter(|rule| records.figure(&rule.measure, day).is_some_and(|figure| figure.numerator > 0))
        .map(|rule| enter(&row.number, by, &rule.measure, &row.document_kind))
        .collect();
    if row.rules.iter().any(|rule| rule.measure == measures::DOCUMENTS) {
        deeds.push(attach(&row.number, by, &row.document_kind));
    }
    deeds.push(match met {
        Some(_) => confirm(&row.number, by),
        None => Deed { row: &row.number, by, act: Act::ConfirmAnyway(REASON) },
    });
    let accepted = (calendar.after(day, 3), accept(&row.number));
    deeds.into_iter().map(|deed| (day, deed)).chain([accepted]).collect()
}

fn is_met(rule: &Rule, records: &Records, day: NaiveDate) -> bool {
    if rule.measure == measures::DOCUMENTS {
        return true;
    }
    let reading = records.figure(&rule.measure, day).map(|figure| Reading {
        as_of: day,
        numerator: figure.numerator,
        denominator: figure.denominator,
        groups: figure
            .parts
            .into_iter()
            .map(|part| GroupReading { name: part.name, numerator: part.numerator, denominator: part.denominator })
            .collect(),
        subjects: vec![],
        source: None,
    });
    rule.judge(reading.as_ref(), SchoolTraits::default()) == Verdict::Met
}

/// Returns who answered for the rows of a post.
fn holder(post: Post) -> Staff {
    match post {
        Post::Coordinator => Staff::Coordinator,
        Post::Head => Staff::Head,
        Post::Deputy => Staff::Deputy,
        Post::Methodist => Staff::Methodist,
        Post::Psychologist => Staff::Psychologist,
        Post::SocialPedagogue => Staff::SocialPedagogue,
        Post::ClassTeachers => Staff::ClassTeacher,
        Post::GroupCurators => Staff::GroupCurator,
        Post::MethodicalUnionHead => Staff::UnionHead,
    }
}
