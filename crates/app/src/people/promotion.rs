//! What becomes of the classes of a year in the next one. Pure.

use super::model::{Class, ClassId, ClassName};

/// The last grade of a school that has no evening classes.
const LAST_GRADE: i64 = 11;

/// What becomes of a class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// The pupils go on in this class.
    GoesOn(ClassName),
    /// The pupils have finished school.
    Graduates,
}

/// Returns what becomes of each class: one grade up with the same letter, the last grade leaves.
pub fn plan(classes: &[Class]) -> Vec<(ClassId, Fate)> {
    let last = classes.iter().map(|class| class.grade).max().unwrap_or(0).max(LAST_GRADE);
    let fate = |class: &Class| match u8::try_from(class.grade + 1) {
        Ok(grade) if class.grade < last => Fate::GoesOn(ClassName { grade, letter: class.letter.clone() }),
        _ => Fate::Graduates,
    };
    classes.iter().map(|class| (class.id, fate(class))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn class(grade: i64, letter: &str) -> Class {
        Class {
            id: ClassId::fresh(),
            school_year: 2026,
            grade,
            letter: letter.into(),
            teacher_id: None,
            teacher_name: None,
        }
    }

    fn fates(classes: &[Class]) -> Vec<String> {
        let text = |fate: Fate| match fate {
            Fate::GoesOn(name) => name.to_string(),
            Fate::Graduates => "выпуск".to_owned(),
        };
        plan(classes).into_iter().map(|(_, fate)| text(fate)).collect()
    }

    #[test]
    fn a_class_goes_one_grade_up_and_keeps_its_letter() {
        assert_eq!(fates(&[class(1, "А"), class(9, "Б"), class(11, "")]), ["2А", "10Б", "выпуск"]);
        assert_eq!(fates(&[class(4, "А")]), ["5А"], "the highest class of a small school goes on");
    }

    #[test]
    fn where_there_is_a_twelfth_grade_the_eleventh_goes_on() {
        assert_eq!(fates(&[class(11, "А"), class(12, "А")]), ["12А", "выпуск"]);
    }
}
