//! What the engine refuses, said by the place in the files.

use super::{base::Base, columns::Column, mistake::Mistake, question::Question, report::reasons, settings::Rules};
use crate::cli::Trouble;
use matching::{
    ProposeError, SolveError,
    people::validate::{Field, InputError, Problem, Subject},
};

const RULES: &str = "правила подбора";

/// Turns a refusal of the engine into a sentence; the bases are those of mentees and of mentors.
pub fn trouble(error: &ProposeError, question: &Question, rules: &Rules, bases: [&Base; 2]) -> Trouble {
    match error {
        ProposeError::Input(error) => Trouble::new(format!("Исправьте: {}.", mistake(error, question, rules, bases))),
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

fn mistake(error: &InputError, question: &Question, rules: &Rules, bases: [&Base; 2]) -> Mistake {
    let [mentees, mentors] = bases;
    let what = problem(error, question);
    match (place(error.field), &error.subject) {
        (Place::Column(column), Subject::Mentee(id)) => in_base(mentees, question, id, column, what),
        (Place::Column(column), Subject::Mentor(id)) => in_base(mentors, question, id, column, what),
        (Place::List(list), subject) => Mistake {
            file: format!("{RULES}, список {list}"),
            person: whose(subject, rules),
            what,
            ..Mistake::default()
        },
        (Place::Setting(name), subject) => Mistake {
            file: RULES.to_owned(),
            person: whose(subject, rules),
            what: format!("{name}: {what}"),
            ..Mistake::default()
        },
        (Place::Column(_), subject) => {
            Mistake { file: RULES.to_owned(), person: whose(subject, rules), what, ..Mistake::default() }
        }
    }
}

fn in_base(base: &Base, question: &Question, id: &str, column: Column, what: String) -> Mistake {
    Mistake {
        file: base.file.clone(),
        row: question.rows.get(&(base.side, id.to_owned())).copied(),
        column: base.heading(column).map(str::to_owned),
        person: Some(id.to_owned()),
        what,
    }
}

fn whose(subject: &Subject, rules: &Rules) -> Option<String> {
    match subject {
        Subject::Mentee(id) | Subject::Mentor(id) => Some(id.clone()),
        Subject::Form(code) => Some(format!("форма «{}»", rules.form_name(code))),
        Subject::Pair(pair) => Some(format!("{} — {}", pair.mentee, pair.mentor)),
        Subject::Settings => None,
    }
}

/// Where the value that is refused was written.
enum Place {
    Column(Column),
    /// A list of pairs in the rules.
    List(&'static str),
    /// A setting of a form in the rules.
    Setting(&'static str),
}

fn place(field: Field) -> Place {
    match field {
        Field::Id => Place::Column(Column::Name),
        Field::Form => Place::Column(Column::Form),
        Field::Age => Place::Column(Column::Born),
        Field::AgeWish => Place::Column(Column::WishedAge),
        Field::Capacity => Place::Column(Column::Capacity),
        Field::Load => Place::Column(Column::Partners),
        Field::Minimum => Place::Column(Column::Minimum),
        Field::Wishes => Place::Column(Column::Wishes),
        Field::Vetoes => Place::Column(Column::Vetoes),
        Field::Relatives => Place::Column(Column::Relatives),
        Field::Weights => Place::Setting("points"),
        Field::WishPercent => Place::Setting("wish_percent"),
        Field::AgeGap => Place::Setting("age_gap"),
        Field::FullOverlap => Place::Setting("full_overlap"),
        Field::Candidates => Place::Setting("candidates"),
        Field::Lock => Place::List("locks"),
        Field::Ban => Place::List("bans"),
        Field::Previous => Place::List("previous"),
    }
}

fn problem(error: &InputError, question: &Question) -> String {
    match &error.problem {
        Problem::Empty => "не заполнено".to_owned(),
        Problem::Duplicate if matches!(error.field, Field::Lock | Field::Previous) => {
            "названо несколько наставников, а нужен один".to_owned()
        }
        Problem::Duplicate => "указано дважды".to_owned(),
        Problem::OutOfRange => out_of_range(error, question),
        Problem::Unknown(name) => format!("«{name}» нигде больше нет"),
        Problem::Inadmissible(rules) => {
            let rules: Vec<&str> = rules.iter().map(|rule| reasons::obstacle(*rule)).collect();
            format!("закрепить нельзя: {}", rules.join(", "))
        }
        Problem::Contradiction => "пара и закреплена, и запрещена".to_owned(),
    }
}

/// Says the numbers that do not fit together, where they are known.
fn out_of_range(error: &InputError, question: &Question) -> String {
    let Subject::Mentor(id) = &error.subject else {
        return "значение вне допустимых границ".to_owned();
    };
    let mentor = question.input.mentors.iter().find(|mentor| mentor.id == *id);
    let locked = question.input.locks.iter().filter(|pair| pair.mentor == *id).count();
    match (error.field, mentor) {
        (Field::Lock, Some(mentor)) => {
            format!("закреплено {locked}, а свободных мест {}", mentor.capacity.saturating_sub(mentor.load))
        }
        (Field::Minimum, Some(mentor)) => format!("в группе не меньше {}, а мест {}", mentor.minimum, mentor.capacity),
        _ => "значение вне допустимых границ".to_owned(),
    }
}
