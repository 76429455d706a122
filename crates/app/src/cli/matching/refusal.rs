//! What the engine refuses, said by the place in the files.

use super::{mistake::Mistake, question::Question, report::reasons, settings::Rules};
use crate::cli::Trouble;
use matching::{
    ProposeError, SolveError,
    people::validate::{Field, InputError, Problem, Subject},
};

/// Turns a refusal of the engine into a sentence.
pub fn trouble(error: &ProposeError, question: &Question, rules: &Rules) -> Trouble {
    match error {
        ProposeError::Input(error) => Trouble::new(format!("Исправьте: {}.", mistake(error, question, rules))),
        ProposeError::Solve(error) => Trouble::new(unsolved(error)),
    }
}

fn unsolved(error: &SolveError) -> &'static str {
    match error {
        SolveError::TooManyGroups => {
            "Слишком много групп с наименьшим числом участников: точный подбор невозможен. Уберите часть этих условий."
        }
        SolveError::TooLarge => "Баллы в правилах слишком велики для стольких людей: уменьшите их.",
        _ => "Подбор не удался: сведения о людях противоречат друг другу.",
    }
}

fn mistake(error: &InputError, question: &Question, rules: &Rules) -> Mistake {
    let rules_file = || Mistake { file: "правила подбора".to_owned(), ..Mistake::default() };
    let place = match &error.subject {
        Subject::Mentee(id) | Subject::Mentor(id) => match question.rows.get(id) {
            Some((file, row)) => {
                Mistake { file: file.clone(), row: Some(*row), person: Some(id.clone()), ..Mistake::default() }
            }
            None => Mistake { person: Some(id.clone()), ..rules_file() },
        },
        Subject::Form(code) => {
            Mistake { person: Some(format!("форма «{}»", rules.form_name(code))), ..rules_file() }
        }
        Subject::Settings => rules_file(),
        Subject::Pair(pair) => Mistake { person: Some(format!("{} — {}", pair.mentee, pair.mentor)), ..rules_file() },
    };
    Mistake { column: Some(field(error.field).to_owned()), what: problem(&error.problem), ..place }
}

fn field(field: Field) -> &'static str {
    match field {
        Field::Id => "ФИО",
        Field::Form => "Форма наставничества",
        Field::Age => "Возраст",
        Field::AgeWish => "Желаемый возраст",
        Field::Capacity => "Сколько наставляемых",
        Field::Load => "Занято мест",
        Field::Minimum => "Наименьшая группа",
        Field::Wishes => "Желания",
        Field::Vetoes => "Нежелательные пары",
        Field::Relatives => "Родственники",
        Field::Weights => "points",
        Field::WishPercent => "wish_percent",
        Field::AgeGap => "age_gap",
        Field::FullOverlap => "full_overlap",
        Field::Candidates => "candidates",
        Field::Lock => "locks",
        Field::Ban => "bans",
        Field::Previous => "previous",
    }
}

fn problem(problem: &Problem) -> String {
    match problem {
        Problem::Empty => "не заполнено".to_owned(),
        Problem::Duplicate => "указано дважды".to_owned(),
        Problem::OutOfRange => "значение вне допустимых границ".to_owned(),
        Problem::Unknown(name) => format!("«{name}» нигде больше нет"),
        Problem::Inadmissible(rules) => {
            let rules: Vec<&str> = rules.iter().map(|rule| reasons::obstacle(*rule)).collect();
            format!("закрепить нельзя: {}", rules.join(", "))
        }
        Problem::Contradiction => "пара и закреплена, и запрещена".to_owned(),
    }
}
