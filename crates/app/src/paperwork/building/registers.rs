//! Bases and registers: the lines the program already lists, as papers.

use super::{Built, Draft, school_of};
use crate::{
    access::School,
    participation::{
        funnel::Stage,
        model::{Participant, Side},
        registers::{Records, Register},
    },
    school_year::SchoolYear,
};
use chrono::{Datelike as _, NaiveDate};
use documents::{
    kinds::inputs::{self, MenteeRow, MentorRow, PotentialMentor, RegistryRow},
    sheet::Value,
};
use serde::Serialize;

/// The participants of a year with what is said about them.
pub struct Listed<'a> {
    pub school: &'a School,
    pub year: SchoolYear,
    pub records: Records<'a>,
}

/// A line of a register: the participant, and the cells in the words of the register.
struct Line<'a> {
    one: &'a Participant,
    cells: Vec<Value>,
}

impl Line<'_> {
    /// Returns the text of a column, the first after the number being 1.
    fn text(&self, column: usize) -> String {
        self.cells.get(column).map(Value::shown).unwrap_or_default()
    }

    /// Returns since when the participant stands in a base.
    fn entered_on(&self) -> NaiveDate {
        self.one.entered_on.unwrap_or(self.one.offered_on)
    }
}

/// What every base and register is filled with.
#[derive(Serialize)]
struct Input<Row> {
    school: inputs::School,
    year: String,
    as_of: NaiveDate,
    rows: Vec<Row>,
}

impl<'a> Listed<'a> {
    fn lines(&self, register: Register) -> Result<Vec<Line<'a>>, String> {
        let sheet = register.sheet(&self.records, &self.school.short_name, &self.year.to_string());
        let members = register.members(self.records.participants);
        // A day that is still to come may stand in the records; a paper says what is so on its own day.
        let today = self.records.today;
        let is_base = matches!(register, Register::Mentees | Register::Mentors | Register::Registry);
        let since = |one: &Participant| one.entered_on.filter(|_| is_base).unwrap_or(one.offered_on);
        let lines = members.into_iter().zip(sheet.rows).map(|(one, cells)| Line { one, cells });
        let lines: Vec<Line<'a>> = lines.filter(|line| since(line.one) <= today).collect();
        if lines.is_empty() {
            return Err(format!("{}: пока никого нет, печатать нечего.", register.label()));
        }
        Ok(lines)
    }

    /// Makes the paper of a kind with a row for each line.
    fn draft<Row: Serialize>(&self, kind: &str, lines: &[Line<'_>], row: impl Fn(&Line<'_>) -> Row) -> Built {
        let input = Input {
            school: school_of(self.school)?,
            year: self.year.to_string(),
            as_of: self.records.today,
            rows: lines.iter().map(row).collect(),
        };
        let draft = Draft::of(self.year, kind, &input)?;
        let day = self.records.today.format("%d.%m.%Y");
        let title = format!("{} на {day}", draft.title);
        Ok(Draft { title, ..draft.naming(lines.iter().map(|line| line.one.person_id)) })
    }
}

/// Makes the base of mentees.
pub fn mentee_base(listed: &Listed<'_>) -> Built {
    let lines = listed.lines(Register::Mentees)?;
    let row = |line: &Line<'_>| MenteeRow {
        name: line.text(1),
        contact: line.text(2),
        birth_year: line.one.born_on.and_then(|born| u16::try_from(born.year()).ok()),
        request: line.text(4),
        entered_on: line.entered_on(),
        mentor: line.text(6),
        form: line.text(7),
        mentor_place: line.text(8),
        completed_on: line.one.left_on,
        results: line.text(10),
        link: line.text(11),
        passed: line.one.leave_reason == Some(crate::participation::model::LeaveReason::Completed),
    };
    listed.draft("mentee-base", &lines, row)
}

/// Makes the base of mentors.
pub fn mentor_base(listed: &Listed<'_>) -> Built {
    let lines = listed.lines(Register::Mentors)?;
    let row = |line: &Line<'_>| MentorRow {
        name: line.text(1),
        contact: line.text(2),
        place: line.text(3),
        competences: line.text(4),
        achievements: line.text(5),
        interests: line.text(6),
        wished_age: line.text(7),
        time: line.text(8),
        entered_on: line.entered_on(),
        mentees: line.text(10),
        form: line.text(11),
        mentee_place: line.text(12),
        completed_on: line.one.left_on,
        results: line.text(14),
        link: line.text(15),
    };
    listed.draft("mentor-base", &lines, row)
}

/// Makes the register of everybody who takes part.
pub fn registry(listed: &Listed<'_>) -> Built {
    let lines = listed.lines(Register::Registry)?;
    let row = |line: &Line<'_>| RegistryRow {
        name: line.text(1),
        birth_date: line.one.born_on,
        place: line.text(3),
        role: line.one.side.label().to_owned(),
        form: line.text(5),
        role_model: line.text(6),
        order: line.text(7),
        pair: line.text(8),
        entered_on: line.entered_on(),
        state: if line.one.stage() == Stage::Left { "завершено" } else { "участвует" }.to_owned(),
        left: line.text(11),
        consent: line.text(12),
        diagnostics: line.text(13),
        plan: line.text(14),
        result: line.text(15),
    };
    listed.draft("registry", &lines, row)
}

/// Makes the list of potential mentors: of one register, or of all who may become mentors.
pub fn potential_mentors(listed: &Listed<'_>, register: Option<Register>) -> Built {
    let all = [Register::Teachers, Register::Parents, Register::Pupils, Register::Partners];
    let wanted: Vec<Register> = all.into_iter().filter(|one| register.is_none_or(|wanted| wanted == *one)).collect();
    let lines: Vec<Line<'_>> = wanted.iter().filter_map(|one| listed.lines(*one).ok()).flatten().collect();
    if lines.is_empty() {
        return Err("Потенциальных наставников пока нет: добавьте кандидатов.".into());
    }
    let row = |line: &Line<'_>| PotentialMentor {
        name: line.text(1),
        source: line.text(2),
        category: line.text(3),
        help: line.text(4),
        contact: line.text(5),
        ready: line.text(6),
        decision: line.text(7),
        moved_on: line.one.entered_on.filter(|on| line.one.side == Side::Mentor && *on <= listed.records.today),
    };
    let draft = listed.draft("potential-mentors", &lines, row)?;
    let of_whom = register.map(|one| one.label().rsplit(": ").next().unwrap_or_default());
    Ok(match of_whom {
        Some(words) => Draft { title: format!("{}: {words}", draft.title), ..draft },
        None => draft,
    })
}
