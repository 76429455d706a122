//! The kinds of documents of a mentoring programme: for each a text, an example and the type of what it is filled with.
//!
//! A text is the school's own to change; the type is not. It says what may be asked for, refuses what it does not know
//! and names the field. An example is complete: what it has are the fields a text may use.

pub mod inputs;

use serde::{Serialize, de::DeserializeOwned};
use thiserror::Error;

use crate::block::Document;
use crate::filling::{self, FilledFile, Unfilled};
use crate::sheet::Workbook;
pub use crate::template::NameForms;
use crate::template::{self, Mistake};
use inputs::{Checked, Sheets};

/// Makes a workbook of an input.
type MakeWorkbook = fn(&str) -> Result<Workbook, BadInput>;

/// A kind of document.
pub struct Kind {
    /// The name in addresses and on the command line.
    pub name: &'static str,
    /// What a school calls it.
    pub title: &'static str,
    /// The wording the program comes with.
    pub text: &'static str,
    /// A filled-in input, as JSON.
    pub example: &'static str,
    read: fn(&str) -> Result<serde_json::Value, BadInput>,
    workbook: Option<MakeWorkbook>,
}

/// Why an input was refused: the field, as a path into the JSON, and a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{}{sentence}", if field.is_empty() { String::new() } else { format!("Поле «{field}»: ") })]
pub struct BadInput {
    pub field: String,
    pub sentence: String,
}

/// Why there is no document.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Unmade {
    #[error("{0}")]
    Input(#[from] BadInput),
    #[error("{0}")]
    Text(#[from] Mistake),
}

/// Every kind, in the order of a programme's year.
pub static KINDS: &[Kind] = &[
    kind!("introduction-order", "Приказ о внедрении модели и назначении куратора", inputs::IntroductionOrder),
    kind!("partner-agreement", "Соглашение с организацией-партнёром", inputs::PartnerAgreement),
    kind!("consent-participation", "Согласие на обработку данных: участие в программе", inputs::Consent),
    kind!("consent-special", "Согласие на обработку данных: специальные категории", inputs::Consent),
    kind!("consent-transfer", "Согласие на передачу данных", inputs::Consent),
    kind!("consent-distribution", "Согласие на распространение данных", inputs::Consent),
    kind!("council-minutes", "Протокол педагогического совета", inputs::CouncilMinutes),
    table!("potential-mentors", "Список потенциальных наставников", inputs::PotentialMentors),
    table!("mentee-base", "База наставляемых", inputs::MenteeBase),
    table!("mentor-base", "База наставников", inputs::MentorBase),
    kind!("assignment-order", "Приказ о закреплении пар и групп", inputs::AssignmentOrder),
    kind!("amendment-order", "Приказ об изменении состава пар и групп", inputs::AmendmentOrder),
    kind!("mentoring-agreement", "Соглашение наставника и наставляемого", inputs::MentoringAgreement),
    kind!("individual-plan", "Индивидуальный план", inputs::IndividualPlan),
    kind!("plans-order", "Приказ об утверждении индивидуальных планов", inputs::PlansOrder),
    kind!("accessibility-act", "Распорядительный акт о мерах доступности", inputs::AccessibilityAct),
    table!("registry", "Реестр участников программы", inputs::Registry),
    kind!("roadmap-memo", "Справка о выполнении дорожной карты", inputs::RoadmapMemo),
    kind!("control-sheet", "Контрольный лист сроков", inputs::ControlSheet),
    kind!("certificate", "Сертификат", inputs::Award),
    kind!("thanks-letter", "Благодарственное письмо", inputs::Award),
];

/// Finds a kind by its name.
pub fn find(name: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.name == name)
}

impl Kind {
    /// Makes the document in the wording the program comes with; `input` is JSON.
    pub fn make(&self, input: &str) -> Result<Document, Unmade> {
        self.make_with(self.text, input)
    }

    /// Makes the document in a wording of the school.
    pub fn make_with(&self, text: &str, input: &str) -> Result<Document, Unmade> {
        self.make_naming(text, input, &NameForms::default())
    }

    /// Makes the document in a wording of the school, with some names in cases as the school writes them.
    pub fn make_naming(&self, text: &str, input: &str, names: &NameForms) -> Result<Document, Unmade> {
        let values = (self.read)(input)?;
        let mut document = template::fill_with(text, &values, names)?;
        if document.name.is_empty() && document.title.is_empty() {
            self.title.clone_into(&mut document.name);
        }
        Ok(document)
    }

    /// Fills a .docx of the school, which stays as it is otherwise.
    ///
    /// `code` is what the QR code of the paper says. Every kind may draw it; without a paper there is none.
    ///
    /// # Errors
    /// [`Unfilled`] with a sentence that says what is wrong and where.
    pub fn fill_file(
        &self,
        docx: &[u8],
        input: &str,
        (names, code): (&NameForms, Option<&str>),
    ) -> Result<FilledFile, Unfilled> {
        let mut values = (self.read)(input)?;
        if let Some(fields) = values.as_object_mut() {
            let known = fields.entry("code").or_insert_with(|| code.into());
            if code.is_some() {
                *known = code.into();
            }
        }
        filling::fill_with(docx, &values, names)
    }

    /// Lays a wording of the kind out with its fields as they are written: what a school begins its own file with.
    ///
    /// # Errors
    /// [`Mistake`] when the text is none.
    pub fn with_fields(&self, text: &str) -> Result<Document, Mistake> {
        let document = template::with_fields(text)?;
        Ok(Document { name: self.title.to_owned(), ..document })
    }

    /// Reads an input as the kind's type: nothing when it is right, else the field and what is wrong with it.
    pub fn check(&self, input: &str) -> Result<(), BadInput> {
        (self.read)(input).map(|_| ())
    }

    /// Tells whether the kind is a table, and so a workbook too.
    pub fn is_table(&self) -> bool {
        self.workbook.is_some()
    }

    /// Makes the table as a workbook, if the kind is one.
    pub fn workbook(&self, input: &str) -> Option<Result<Workbook, BadInput>> {
        self.workbook.map(|make| make(input))
    }

    /// Returns the fields a text of this kind may use, as paths, with what the example has in them.
    pub fn fields(&self) -> Vec<(String, String)> {
        let mut fields = Vec::new();
        if let Ok(example) = (self.read)(self.example) {
            add_fields(&mut fields, String::new(), &example);
        }
        fields
    }
}

fn add_fields(fields: &mut Vec<(String, String)>, path: String, value: &serde_json::Value) {
    use serde_json::Value;
    match value {
        Value::Object(object) => {
            for (name, value) in object {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                add_fields(fields, path, value);
            }
        }
        Value::Array(items) => {
            if let Some(first) = items.first() {
                add_fields(fields, format!("{path}[]"), first);
            }
        }
        Value::String(text) => fields.push((path, text.clone())),
        other => fields.push((path, other.to_string())),
    }
}

/// Reads an input as its type and gives it back with every field that may stay out.
fn values<T: DeserializeOwned + Serialize + Checked>(input: &str) -> Result<serde_json::Value, BadInput> {
    let read = read::<T>(input)?;
    serde_json::to_value(read).map_err(|error| BadInput { field: String::new(), sentence: error.to_string() })
}

fn workbook<T: DeserializeOwned + Checked + Sheets>(input: &str) -> Result<Workbook, BadInput> {
    read::<T>(input).map(|read| read.workbook())
}

fn read<T: DeserializeOwned + Checked>(input: &str) -> Result<T, BadInput> {
    let mut reader = serde_json::Deserializer::from_str(input);
    let read: T = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let field = error.path().to_string();
        let field = if field == "." { String::new() } else { field };
        BadInput { field, sentence: sentence(error.inner()) }
    })?;
    reader.end().map_err(|error| BadInput { field: String::new(), sentence: sentence(&error) })?;
    read.check()?;
    Ok(read)
}

/// Says in Russian what serde found.
fn sentence(error: &serde_json::Error) -> String {
    let said = error.to_string();
    let place = format!("строка {}, столбец {}", error.line(), error.column());
    let named = said.split('`').nth(1).unwrap_or_default();
    if error.is_syntax() || error.is_eof() {
        format!("Это не JSON: ошибка записи, {place}.")
    } else if said.starts_with("missing field") {
        format!("не хватает поля «{named}» ({place}).")
    } else if said.starts_with("unknown field") {
        let known: Vec<&str> = said.split('`').skip(3).step_by(2).collect();
        format!("поля «{named}» у этого документа нет ({place}). Есть: {}.", known.join(", "))
    } else if said.starts_with("unknown variant") {
        let known: Vec<&str> = said.split('`').skip(3).step_by(2).collect();
        format!("значение «{named}» не подходит ({place}). Можно: {}.", known.join(", "))
    } else if said.starts_with("invalid type") {
        format!("здесь значение другого вида ({place}): нужен текст, число, список или группа полей, как в примере.")
    } else {
        format!("значение не подходит ({place}). Даты пишутся так: 2026-10-12.")
    }
}

/// A kind that is a paper.
macro_rules! kind {
    ($name:literal, $title:literal, $input:ty) => {
        kind!($name, $title, $input, None)
    };
    ($name:literal, $title:literal, $input:ty, $workbook:expr) => {
        Kind {
            name: $name,
            title: $title,
            text: include_str!(concat!("../../templates/", $name, "/text.md")),
            example: include_str!(concat!("../../templates/", $name, "/example.json")),
            read: values::<$input>,
            workbook: $workbook,
        }
    };
}

/// A kind that is a table and also a workbook.
macro_rules! table {
    ($name:literal, $title:literal, $input:ty) => {
        kind!($name, $title, $input, Some(workbook::<$input>))
    };
}

use {kind, table};
