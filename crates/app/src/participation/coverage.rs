//! How many of each target group take part (rows 1.1 and 1.2 of the road map). Pure.

use super::settings::Settings;
use crate::{
    measure::{GroupReading, Reading},
    people::{ClassId, ClassName},
    words,
};
use chrono::NaiveDate;

/// The measure of the target groups.
pub const COVERAGE: &str = "participants.coverage";

/// The measure of the register.
pub const REGISTRY: &str = "registry.complete";

/// The target group of teachers.
pub const TEACHERS: &str = "Педагоги";

database::stored_as_text! {
    /// Whom a count is about.
    pub enum Group {
        Pupils = "pupils" => "обучающиеся",
        Teachers = "teachers" => "педагоги",
        Young = "young" => "молодые специалисты",
    }
}

database::record! {
    /// How many of a group there are and how many of them take part.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub struct GroupCount {
        pub kind: Group,
        pub whole: i64,
        pub covered: i64,
    }

    /// The same about the pupils of a class who are of the age that counts.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct ClassCount {
        pub class_id: ClassId,
        pub grade: i64,
        pub letter: String,
        pub whole: i64,
        pub covered: i64,
        /// Pupils without a date of birth: nobody knows whether they count.
        pub undated: i64,
    }
}

impl GroupCount {
    /// Returns how many more must take part, so that the share is at least a percent.
    pub fn missing(&self, percent: i64) -> i64 {
        // Up: a share is reached or not, it is never rounded towards its target.
        let wanted = (self.whole * percent + 99) / 100;
        (wanted - self.covered).max(0)
    }

    /// Names the group with the bounds of the year.
    pub fn label(&self, settings: &Settings) -> String {
        match self.kind {
            Group::Pupils => settings.pupils_label(),
            Group::Teachers => TEACHERS.to_owned(),
            Group::Young => settings.young_label(),
        }
    }
}

impl ClassCount {
    /// Returns the name of the class.
    pub fn name(&self) -> ClassName {
        ClassName { grade: u8::try_from(self.grade).unwrap_or(0), letter: self.letter.clone() }
    }

    /// Returns how many pupils do not take part yet.
    pub fn outside(&self) -> i64 {
        self.whole - self.covered
    }
}

/// Returns the measure over the target groups; young specialists are teachers already and do not count twice.
pub fn reading(settings: &Settings, groups: &[GroupCount], on: NaiveDate) -> Reading {
    let targets = groups.iter().filter(|group| group.kind != Group::Young);
    let groups = targets.map(|group| GroupReading {
        name: group.label(settings),
        numerator: group.covered,
        denominator: Some(group.whole),
    });
    Reading::by_groups(on, groups.collect())
}

/// Says where those who are missing could come from: «9 — 7-е классы, 5 — 8-е классы».
///
/// The shortage is spread over the grades by how many of each are outside, the largest first; the parts add up.
pub fn by_grade(missing: i64, classes: &[ClassCount]) -> String {
    let mut grades: Vec<(i64, i64)> = vec![];
    for class in classes {
        match grades.iter_mut().find(|(grade, _)| *grade == class.grade) {
            Some((_, outside)) => *outside += class.outside(),
            None => grades.push((class.grade, class.outside())),
        }
    }
    grades.retain(|(_, outside)| *outside > 0);
    grades.sort_by_key(|(grade, outside)| (-outside, *grade));
    let mut left = missing;
    let mut outside_left: i64 = grades.iter().map(|(_, outside)| outside).sum();
    let mut parts = vec![];
    for (grade, outside) in grades {
        // What is left is shared with the grades that are left, so that nothing is lost by rounding.
        let part = if outside_left > 0 { (left * outside + outside_left - 1) / outside_left } else { 0 };
        let part = part.min(outside).min(left);
        if part > 0 {
            parts.push(format!("{} — {grade}-е классы", words::number(part)));
        }
        left -= part;
        outside_left -= outside;
    }
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn class(grade: i64, whole: i64, covered: i64) -> ClassCount {
        ClassCount { class_id: ClassId::fresh(), grade, letter: "А".into(), whole, covered, undated: 0 }
    }

    #[test]
    fn a_share_is_reached_or_not_and_never_rounded_towards_its_target() {
        let group = |whole, covered| GroupCount { kind: Group::Pupils, whole, covered };
        assert_eq!(group(100, 54).missing(55), 1);
        assert_eq!(group(101, 55).missing(55), 1);
        assert_eq!(group(101, 56).missing(55), 0);
        assert_eq!(group(0, 0).missing(55), 0);
    }

    #[test]
    fn young_specialists_are_shown_but_do_not_count_twice() {
        let count = |kind, whole, covered| GroupCount { kind, whole, covered };
        let groups = [count(Group::Pupils, 20, 11), count(Group::Teachers, 4, 2), count(Group::Young, 2, 2)];
        let day = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
        let reading = reading(&Settings::default(), &groups, day);
        assert_eq!((reading.numerator, reading.denominator), (13, Some(24)));
        let names: Vec<_> = reading.groups.iter().map(|group| group.name.as_str()).collect();
        assert_eq!(names, ["Обучающиеся 10–18 лет", "Педагоги"]);
    }

    #[test]
    fn a_shortage_is_told_by_grades_the_emptiest_first() {
        let classes = [class(8, 20, 15), class(7, 25, 16), class(7, 25, 25), class(9, 10, 10)];
        assert_eq!(by_grade(14, &classes), "9 — 7-е классы, 5 — 8-е классы");
        assert_eq!(by_grade(0, &classes), "");
    }

    proptest! {
        #[test]
        fn the_parts_of_a_shortage_add_up(outside in proptest::collection::vec(0..40_i64, 1..8), share in 0..100_i64) {
            let classes: Vec<_> = (1..).zip(&outside).map(|(grade, outside)| class(grade, *outside, 0)).collect();
            let missing = outside.iter().sum::<i64>() * share / 100;
            let text = by_grade(missing, &classes);
            let told: i64 = text.split(", ").filter_map(|part| part.split(" — ").next()?.parse::<i64>().ok()).sum();
            prop_assert_eq!(told, missing);
        }
    }
}
