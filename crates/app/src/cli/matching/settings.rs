//! The rules of a matching, out of a TOML file over the built-in ones (`templates/matching.toml`).

use crate::words;
use matching::{
    PairId, Settings,
    people::settings::{ClassRule, FormSettings, Mode, Weights},
};
use serde::Deserialize;

const BUILT_IN: &str = include_str!("../../../templates/matching.toml");

/// The rules, complete.
#[derive(Debug)]
pub struct Rules {
    pub engine: Settings,
    /// In the order of the engine's forms.
    pub forms: Vec<FormNames>,
    pub topics: Vec<Topic>,
    pub capacity: u32,
    pub default_form: String,
    pub priority_categories: Vec<String>,
    pub year: Option<i32>,
    pub locks: Vec<PairId>,
    pub bans: Vec<PairId>,
    pub previous: Vec<PairId>,
}

/// How people write a form of mentoring.
#[derive(Debug)]
pub struct FormNames {
    pub code: String,
    pub name: String,
    also: Vec<String>,
}

/// A topic and the beginnings of words that belong to it, as texts are searched (`words::fold`).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    pub name: String,
    pub words: Vec<String>,
}

/// Why the file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadRules {
    #[error("Правила подбора не читаются, строка {line}: {reason}")]
    Unreadable { line: usize, reason: String },
    #[error("В правилах подбора нет формы «{0}», названной в default_form.")]
    NoDefaultForm(String),
    #[error("В правилах подбора вместимость (capacity) должна быть от 1 до 100.")]
    Capacity,
    #[error("В правилах подбора число кандидатов (candidates) должно быть не меньше 1.")]
    Candidates,
    #[error("В правилах подбора год (year) должен быть от 2000 до 2100.")]
    Year,
}

impl Topic {
    fn folded(self) -> Self {
        Self { words: self.words.iter().map(|stem| words::fold(stem)).collect(), ..self }
    }
}

impl Rules {
    /// Reads the rules of a school; what they leave out is taken from the built-in ones.
    pub fn read(own: Option<&str>) -> Result<Self, BadRules> {
        let built_in = parse(BUILT_IN)?;
        let own = own.map(parse).transpose()?.unwrap_or_default();
        let forms = own.forms.or(built_in.forms).unwrap_or_default();
        let rules = Self {
            engine: Settings {
                mode: own.mode.or(built_in.mode).unwrap_or_default().into(),
                forms: forms.iter().map(Form::engine).collect(),
                worst_pair: own.worst_pair.or(built_in.worst_pair).unwrap_or_default(),
                candidates_per_mentee: own.candidates,
                threads: 1,
            },
            forms: forms
                .into_iter()
                .map(|form| FormNames { code: form.code, name: form.name, also: form.also })
                .collect(),
            topics: own.topics.or(built_in.topics).unwrap_or_default().into_iter().map(Topic::folded).collect(),
            capacity: own.capacity.or(built_in.capacity).unwrap_or(1),
            default_form: own.default_form.or(built_in.default_form).unwrap_or_default(),
            priority_categories: own.priority_categories.or(built_in.priority_categories).unwrap_or_default(),
            year: own.year,
            locks: pairs(own.locks),
            bans: pairs(own.bans),
            previous: pairs(own.previous),
        };
        if rules.form(&rules.default_form).is_none() {
            return Err(BadRules::NoDefaultForm(rules.default_form));
        }
        if !(1..=100).contains(&rules.capacity) {
            return Err(BadRules::Capacity);
        }
        if rules.engine.candidates_per_mentee == Some(0) {
            return Err(BadRules::Candidates);
        }
        if rules.year.is_some_and(|year| !(2000..=2100).contains(&year)) {
            return Err(BadRules::Year);
        }
        Ok(rules)
    }

    /// Returns the code of a form by any of its names.
    pub fn form(&self, text: &str) -> Option<&str> {
        let wanted = form_key(text);
        let named = |form: &&FormNames| {
            form.code == text.trim()
                || form_key(&form.name) == wanted
                || form.also.iter().any(|name| form_key(name) == wanted)
        };
        self.forms.iter().find(named).map(|form| form.code.as_str())
    }

    /// Returns the name of a form by its code.
    pub fn form_name<'a>(&'a self, code: &'a str) -> &'a str {
        self.forms.iter().find(|form| form.code == code).map_or(code, |form| &form.name)
    }
}

/// «Ученик-ученик», «ученик — ученик» and «"ученик – ученик"» are one form.
fn form_key(text: &str) -> String {
    words::fold(text)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn parse(text: &str) -> Result<File, BadRules> {
    toml::from_str(text).map_err(|error| {
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        let line = before.matches('\n').count();
        let written = words::one_line(text.lines().nth(line).unwrap_or_default());
        BadRules::Unreadable { line: line + 1, reason: reason(error.message(), &written) }
    })
}

/// Says in Russian what the parser says in English; `written` is the line in question.
fn reason(message: &str, written: &str) -> String {
    let named = message.split('`').nth(1).unwrap_or_default();
    if message.starts_with("unknown field") {
        format!("имени «{named}» правила не знают")
    } else if message.starts_with("missing field") {
        format!("не указано «{named}»")
    } else if message.starts_with("unknown variant") {
        format!("значения «{named}» правила не знают")
    } else if message.starts_with("invalid") {
        format!("значение не подходит: «{written}»")
    } else {
        format!("ошибка записи: «{written}»")
    }
}

fn pairs(pairs: Option<Vec<NamedPair>>) -> Vec<PairId> {
    let pair = |NamedPair { mentee, mentor }| PairId { mentee, mentor };
    pairs.unwrap_or_default().into_iter().map(pair).collect()
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    mode: Option<NamedMode>,
    worst_pair: Option<bool>,
    capacity: Option<u32>,
    default_form: Option<String>,
    priority_categories: Option<Vec<String>>,
    year: Option<i32>,
    candidates: Option<u32>,
    locks: Option<Vec<NamedPair>>,
    bans: Option<Vec<NamedPair>>,
    previous: Option<Vec<NamedPair>>,
    forms: Option<Vec<Form>>,
    topics: Option<Vec<Topic>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NamedPair {
    mentee: String,
    mentor: String,
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum NamedMode {
    #[default]
    Optimal,
    Mutual,
}

impl From<NamedMode> for Mode {
    fn from(mode: NamedMode) -> Self {
        match mode {
            NamedMode::Optimal => Self::Optimal,
            NamedMode::Mutual => Self::Mutual,
        }
    }
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum NamedClassRule {
    #[default]
    Any,
    Same,
    Other,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    code: String,
    name: String,
    #[serde(default)]
    also: Vec<String>,
    age_gap: Option<(i32, i32)>,
    #[serde(default)]
    class: NamedClassRule,
    #[serde(default)]
    clearance: bool,
    common_slots: Option<u32>,
    language: Option<bool>,
    #[serde(default)]
    place: bool,
    full_overlap: Option<u32>,
    wish_percent: Option<Vec<u32>>,
    #[serde(default)]
    points: Points,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Points {
    request: Option<u32>,
    interests: Option<u32>,
    mentee_wish: Option<u32>,
    mentor_wish: Option<u32>,
    age: Option<u32>,
    time: Option<u32>,
    balance: Option<u32>,
    priority: Option<u32>,
}

impl Form {
    fn engine(&self) -> FormSettings {
        let usual = FormSettings::default();
        FormSettings {
            code: self.code.clone(),
            age_gap: self.age_gap,
            class: match self.class {
                NamedClassRule::Any => ClassRule::Any,
                NamedClassRule::Same => ClassRule::Same,
                NamedClassRule::Other => ClassRule::Other,
            },
            clearance: self.clearance,
            common_slots: self.common_slots.unwrap_or(usual.common_slots),
            language: self.language.unwrap_or(usual.language),
            place: self.place,
            full_overlap: self.full_overlap.unwrap_or(usual.full_overlap),
            wish_percent: self.wish_percent.clone().unwrap_or(usual.wish_percent),
            weights: self.points.over(usual.weights),
        }
    }
}

impl Points {
    fn over(&self, usual: Weights) -> Weights {
        Weights {
            request: self.request.unwrap_or(usual.request),
            interests: self.interests.unwrap_or(usual.interests),
            mentee_wish: self.mentee_wish.unwrap_or(usual.mentee_wish),
            mentor_wish: self.mentor_wish.unwrap_or(usual.mentor_wish),
            age: self.age.unwrap_or(usual.age),
            time: self.time.unwrap_or(usual.time),
            balance: self.balance.unwrap_or(usual.balance),
            priority: self.priority.unwrap_or(usual.priority),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_rules_are_complete() {
        let rules = Rules::read(None).unwrap();
        assert_eq!(rules.forms.len(), 8);
        assert!(rules.topics.len() > 20 && rules.topics.iter().all(|topic| !topic.words.is_empty()));
        assert_eq!(rules.form("Ученик-ученик"), Some("pupil_pupil"));
        assert_eq!(rules.form("«педагог — педагог»"), Some("teacher_teacher"));
        assert_eq!(rules.form("teacher_pupil"), Some("teacher_pupil"));
        assert_eq!(rules.form("ученик"), None);
        assert_eq!(rules.form_name("student_pupil"), "студент – ученик");
    }

    #[test]
    fn a_school_names_only_what_differs() {
        let own = "mode = \"mutual\"\ncapacity = 3\nlocks = [{ mentee = \"А Б\", mentor = \"В Г\" }]\n";
        let rules = Rules::read(Some(own)).unwrap();
        assert_eq!((rules.engine.mode, rules.capacity, rules.locks.len()), (Mode::Mutual, 3, 1));
        assert_eq!(rules.engine.forms.len(), 8);
        let own = "[[topics]]\nname = \"Экзамены\"\nwords = [\"ОГЭ\", \"Зачёт\"]\n";
        let topics = Rules::read(Some(own)).unwrap().topics;
        assert_eq!(topics[0].words, ["огэ", "зачет"], "words are compared as texts are searched");
        let own = "default_form = \"своя\"\n[[forms]]\ncode = \"own\"\nname = \"Своя\"\nclass = \"other\"\npoints = { request = 50 }\n";
        let form = &Rules::read(Some(own)).unwrap().engine.forms[0];
        assert_eq!((form.weights.request, form.weights.interests, form.class), (50, 15, ClassRule::Other));
    }

    #[test]
    fn what_the_parser_says_is_said_in_russian() {
        for (text, reason) in [
            ("wieght = 5", "имени «wieght» правила не знают"),
            ("\ncandidates = -5", "строка 2: значение не подходит: «candidates = -5»"),
            ("worst_pair = 1", "значение не подходит: «worst_pair = 1»"),
            ("mode = \"best\"", "значения «best» правила не знают"),
            ("[[topics]]\nname = \"А\"", "не указано «words»"),
            ("mode = ", "ошибка записи: «mode =»"),
        ] {
            let said = Rules::read(Some(text)).unwrap_err().to_string();
            assert!(said.contains(reason), "{said}");
        }
    }

    #[test]
    fn rules_that_make_no_sense_are_refused_by_their_line() {
        let error = |text| Rules::read(Some(text)).unwrap_err().to_string();
        assert!(error("capacity = 2\nwieght = 5").contains("строка 2"), "{}", error("capacity = 2\nwieght = 5"));
        assert!(error("capacity = 0").contains("от 1 до 100"));
        assert!(error("candidates = 0").contains("не меньше 1"));
        assert!(error("year = -2147483648").contains("от 2000 до 2100"));
        assert!(error("default_form = \"кружок\"").contains("«кружок»"));
    }
}
