use super::*;
use chrono::NaiveDate;
use proptest::prelude::*;

const ANY_SCHOOL: SchoolTraits = SchoolTraits { small_school: false };
const SMALL_SCHOOL: SchoolTraits = SchoolTraits { small_school: true };

fn rule(operator: Operator) -> Rule {
    Rule {
        measure: "participants.coverage".to_owned(),
        title: "Охват наставничеством".to_owned(),
        unit: Unit::new("участник", "участника", "участников"),
        operator,
    }
}

fn share_at_least(percent: u32) -> Rule {
    rule(Operator::ShareAtLeast { percent: Target::new(percent) })
}

fn at_least(target: u32) -> Rule {
    rule(Operator::AtLeast { target: Target::new(target) })
}

fn reading(numerator: i64, denominator: Option<i64>) -> Reading {
    Reading {
        as_of: NaiveDate::from_ymd_opt(2023, 10, 31).unwrap(),
        numerator,
        denominator,
        groups: Vec::new(),
        subjects: Vec::new(),
        source: None,
    }
}

fn groups(groups: &[(&str, i64, Option<i64>)]) -> Reading {
    let groups = groups.iter().map(|(name, numerator, denominator)| GroupReading {
        name: (*name).to_owned(),
        numerator: *numerator,
        denominator: *denominator,
    });
    Reading { groups: groups.collect(), ..reading(0, None) }
}

fn judge(rule: &Rule, reading: &Reading) -> Verdict {
    rule.judge(Some(reading), ANY_SCHOOL)
}

fn behind(missing: i64) -> Verdict {
    Verdict::Behind { missing, in_groups: Vec::new() }
}

/// Text as a person reads it, with plain spaces.
fn plain(text: &str) -> String {
    text.replace('\u{a0}', " ")
}

#[test]
fn a_share_is_met_only_by_whole_people() {
    assert_eq!(judge(&share_at_least(55), &reading(55, Some(101))), behind(1));
    assert_eq!(judge(&share_at_least(55), &reading(56, Some(101))), Verdict::Met);
    assert_eq!(judge(&share_at_least(55), &reading(341, Some(620))), Verdict::Met);
    assert_eq!(judge(&share_at_least(55), &reading(327, Some(620))), behind(14));
}

#[test]
fn a_share_of_nobody_is_neither_nothing_nor_everything() {
    for denominator in [None, Some(0), Some(-3)] {
        for operator in [Operator::All, Operator::ShareAtLeast { percent: Target::new(55) }] {
            assert_eq!(judge(&rule(operator), &reading(0, denominator)), Verdict::NoData, "{denominator:?}");
            assert_eq!(rule(operator).value_text(Some(&reading(0, denominator))), "нет данных");
        }
    }
    assert_eq!(rule(Operator::All).judge(None, ANY_SCHOOL), Verdict::NoData);
    assert_eq!(at_least(5).value_text(None), "нет данных");
}

#[test]
fn all_means_every_single_one() {
    assert_eq!(judge(&rule(Operator::All), &reading(619, Some(620))), behind(1));
    assert_eq!(judge(&rule(Operator::All), &reading(620, Some(620))), Verdict::Met);
}

#[test]
fn a_count_is_compared_with_its_target() {
    assert_eq!(judge(&at_least(5), &reading(3, None)), behind(2));
    assert_eq!(judge(&at_least(5), &reading(5, None)), Verdict::Met);
    assert_eq!(judge(&rule(Operator::Exists), &reading(0, None)), behind(1));
    assert_eq!(judge(&rule(Operator::Exists), &reading(1, None)), Verdict::Met);
}

#[test]
fn a_small_school_has_its_own_target() {
    let parents = rule(Operator::AtLeast { target: Target::new(500).or_in_small_school(70) });
    assert_eq!(parents.judge(Some(&reading(80, None)), SMALL_SCHOOL), Verdict::Met);
    assert_eq!(parents.judge(Some(&reading(80, None)), ANY_SCHOOL), behind(420));
    assert_eq!(parents.target_text(SMALL_SCHOOL), "не менее 70 участников");
    assert_eq!(at_least(5).target_text(SMALL_SCHOOL), "не менее 5 участников");
}

#[test]
fn every_group_must_reach_the_share_by_itself() {
    let coverage = rule(Operator::EachGroupShareAtLeast { percent: Target::new(55) });
    let uneven = groups(&[("обучающиеся", 400, Some(620)), ("педагоги", 20, Some(48))]);
    let verdict = judge(&coverage, &uneven);
    assert_eq!(verdict, Verdict::Behind { missing: 7, in_groups: vec![("педагоги".to_owned(), 7)] });
    assert_eq!(
        plain(&coverage.missing_text(&verdict, ANY_SCHOOL).unwrap()),
        "до 55 % не хватает 7 участников: педагоги — 7"
    );
    assert_eq!(
        plain(&coverage.value_text(Some(&uneven))),
        "обучающиеся: 400 из 620 — 64,5 %; педагоги: 20 из 48 — 41,6 %"
    );
}

#[test]
fn a_group_without_data_keeps_the_rule_from_being_met() {
    let coverage = rule(Operator::EachGroupShareAtLeast { percent: Target::new(55) });
    let unknown = groups(&[("обучающиеся", 620, Some(620)), ("педагоги", 0, Some(0))]);
    assert_eq!(judge(&coverage, &unknown), Verdict::NoData);
    let behind_anyway = groups(&[("обучающиеся", 0, Some(2)), ("педагоги", 0, Some(0))]);
    assert!(matches!(judge(&coverage, &behind_anyway), Verdict::Behind { missing: 2, .. }));
    assert_eq!(judge(&coverage, &groups(&[])), Verdict::NoData);
    assert_eq!(coverage.value_text(Some(&groups(&[]))), "нет данных");
}

#[test]
fn every_group_must_reach_the_count_by_itself() {
    let lessons = Rule {
        unit: Unit::new("занятие", "занятия", "занятий"),
        ..rule(Operator::EachGroupAtLeast { target: Target::new(3) })
    };
    let verdict = judge(&lessons, &groups(&[("группа 1", 3, None), ("группа 2", 1, None), ("группа 3", 0, None)]));
    assert_eq!(
        lessons.missing_text(&verdict, ANY_SCHOOL).unwrap(),
        "до 3 не хватает 5 занятий: группа 2 — 2, группа 3 — 3"
    );
    assert_eq!(lessons.target_text(ANY_SCHOOL), "не менее 3 занятий в каждой группе");
    assert_eq!(lessons.value_text(Some(&groups(&[("группа 1", 3, None)]))), "группа 1: 3 занятия");
}

#[test]
fn values_and_targets_are_said_as_schools_say_them() {
    assert_eq!(plain(&share_at_least(55).value_text(Some(&reading(341, Some(620))))), "341 из 620 — 55,0 %");
    assert_eq!(plain(&share_at_least(55).target_text(ANY_SCHOOL)), "не менее 55 %");
    assert_eq!(plain(&rule(Operator::All).target_text(ANY_SCHOOL)), "100 %");
    assert_eq!(at_least(21).target_text(ANY_SCHOOL), "не менее 21 участника");
    assert_eq!(rule(Operator::Exists).target_text(ANY_SCHOOL), "не менее 1 участника");
    assert_eq!(at_least(5).value_text(Some(&reading(22, None))), "22 участника");
}

#[test]
fn what_is_missing_is_said_with_its_noun() {
    let said = |rule: Rule, missing| plain(&rule.missing_text(&behind(missing), ANY_SCHOOL).unwrap());
    assert_eq!(said(share_at_least(55), 14), "до 55 % не хватает 14 участников");
    assert_eq!(said(share_at_least(55), 1), "до 55 % не хватает 1 участника");
    assert_eq!(said(at_least(500), 21), "до 500 не хватает 21 участника");
    assert_eq!(said(rule(Operator::All), 2), "до 100 % не хватает 2 участников");
    assert_eq!(said(rule(Operator::Exists), 1), "не хватает 1 участника");
    assert_eq!(at_least(5).missing_text(&Verdict::Met, ANY_SCHOOL), None);
    assert_eq!(at_least(5).missing_text(&Verdict::NoData, ANY_SCHOOL), None);
}

#[test]
fn a_row_is_proven_by_every_one_of_its_rules() {
    assert!(is_proven(&[Verdict::Met, Verdict::Met]));
    assert!(!is_proven(&[Verdict::Met, behind(1)]));
    assert!(!is_proven(&[Verdict::Met, Verdict::NoData]));
}

#[test]
fn a_row_without_rules_is_not_proven_by_itself() {
    assert!(!is_proven(&[]));
}

#[test]
fn rules_nobody_could_miss_or_meet_are_refused() {
    assert_eq!(at_least(0).operator.check(), Err(BadRule::NoTarget));
    assert_eq!(share_at_least(101).operator.check(), Err(BadRule::MoreThanAll));
    assert_eq!(share_at_least(100).operator.check(), Ok(()));
    assert_eq!(Operator::AtLeast { target: Target::new(500).or_in_small_school(0) }.check(), Err(BadRule::NoTarget));
    assert_eq!(at_least(101).operator.check(), Ok(()));
    assert_eq!(Operator::Exists.check(), Ok(()));
}

#[test]
fn a_rule_is_written_as_plain_data() {
    let stored = serde_json::to_string(&rule(Operator::AtLeast { target: Target::new(500).or_in_small_school(70) }));
    assert_eq!(
        stored.unwrap(),
        r#"{"measure":"participants.coverage","title":"Охват наставничеством","unit":["участник","участника","участников"],"operator":{"is":"at_least","target":{"usual":500,"small_school":70}}}"#
    );
    let read: Operator = serde_json::from_str(r#"{"is":"share_at_least","percent":55}"#).unwrap();
    assert_eq!(read, share_at_least(55).operator);
}

fn operators() -> impl Strategy<Value = Operator> {
    let targets =
        (any::<u32>(), prop::option::of(any::<u32>())).prop_map(|(usual, small_school)| Target { usual, small_school });
    prop_oneof![
        targets.clone().prop_map(|target| Operator::AtLeast { target }),
        targets.clone().prop_map(|percent| Operator::ShareAtLeast { percent }),
        targets.clone().prop_map(|target| Operator::EachGroupAtLeast { target }),
        targets.prop_map(|percent| Operator::EachGroupShareAtLeast { percent }),
        Just(Operator::All),
        Just(Operator::Exists),
    ]
}

proptest! {
    #[test]
    fn any_numbers_are_judged_and_said(
        operator in operators(),
        numerator: i64,
        denominator: Option<i64>,
        parts in prop::collection::vec((any::<i64>(), any::<Option<i64>>()), 0..4),
        small_school: bool,
    ) {
        let rule = rule(operator);
        let traits = SchoolTraits { small_school };
        let groups = parts.into_iter().map(|(numerator, denominator)| GroupReading { name: "группа".to_owned(), numerator, denominator });
        let reading = Reading { groups: groups.collect(), ..reading(numerator, denominator) };
        let verdict = rule.judge(Some(&reading), traits);
        prop_assert_eq!(rule.missing_text(&verdict, traits).is_some(), matches!(verdict, Verdict::Behind { .. }));
        prop_assert!(!rule.value_text(Some(&reading)).is_empty());
        prop_assert!(!rule.target_text(traits).is_empty());
    }

    #[test]
    fn what_is_missing_is_exactly_enough(percent in 1..=100_u32, numerator in 0..10_000_i64, denominator in 1..10_000_i64) {
        prop_assume!(numerator <= denominator);
        let rule = share_at_least(percent);
        match judge(&rule, &reading(numerator, Some(denominator))) {
            Verdict::Behind { missing, .. } => {
                prop_assert_eq!(judge(&rule, &reading(numerator + missing, Some(denominator))), Verdict::Met);
                prop_assert_eq!(judge(&rule, &reading(numerator + missing - 1, Some(denominator))), behind(1));
            }
            verdict => prop_assert_eq!(verdict, Verdict::Met),
        }
    }

    #[test]
    fn every_stored_operator_comes_back(operator in operators()) {
        let stored = serde_json::to_string(&operator).unwrap();
        prop_assert_eq!(serde_json::from_str::<Operator>(&stored).unwrap(), operator);
    }
}
