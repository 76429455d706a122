//! The form of a row, the same for a new one and for one that is changed: what it sends, what that means, how it looks.

mod indicators;

use crate::{
    access::{User, UserId},
    roadmap::{
        actions::EditedRow,
        board::BoardRow,
        indicator::Rule,
        model::{Responsible, Row, RowId},
        queries::NewResponsible,
        template::Post,
    },
    web::{
        Errors,
        ui::{
            field::{Choice, Control, Field, field},
            form::ErrorSummary,
        },
    },
    words,
};
use maud::{Markup, html};

/// The fields that people fill in, by name and label.
const NUMBER: (&str, &str) = ("number", "Номер");
const TITLE: (&str, &str) = ("title", "Мероприятие");
const TERM: (&str, &str) = ("term", "Срок");
const RESULT: (&str, &str) = ("expected_result", "Ожидаемый результат");
const DOCUMENT: (&str, &str) = ("document_kind", "Вид документа");
const INDICATOR: (&str, &str) = ("indicator_text", "Показатель словами дорожной карты");
const RESPONSIBLE: (&str, &str) = ("responsible", "Ответственные");
const OTHERS: (&str, &str) = ("other_responsible", "Другие ответственные");
const NEW_MEASURE: (&str, &str) = ("new_measure", "Добавить показатель");
const NEW_COMPARISON: (&str, &str) = ("new_comparison", "Как его сравнивать");
const NEW_TARGET: (&str, &str) = ("new_target", "Его цель");

/// What the form sends. A responsible is «post:methodist» or «user:<id>», others are words.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RowForm {
    /// Of a new row: the id made with the form, and the section.
    pub key: String,
    pub section: String,
    /// Of a row that is changed: the version the editing began from.
    pub version: i64,
    number: String,
    title: String,
    term: String,
    expected_result: String,
    document_kind: String,
    indicator_text: String,
    responsible: Vec<String>,
    other_responsible: String,
    /// How each rule compares, in the order of the rules, and with what; what is not sent stays.
    comparison: Vec<String>,
    target: Vec<String>,
    small_target: Vec<String>,
    /// The measures whose rules are taken off.
    taken_off: Vec<String>,
    /// The measure of a rule to be added, how it compares and with what.
    new_measure: String,
    new_comparison: String,
    new_target: String,
}

impl RowForm {
    /// Returns the form with what a row says.
    pub fn of(row: &BoardRow) -> Self {
        let r = &row.row;
        let known = |one: &&Responsible| one.post.is_some() || one.is_personal;
        let others = row.responsibles.iter().filter(|one| !known(one)).map(|one| one.label.clone());
        Self {
            version: r.version,
            number: r.number.clone(),
            title: r.title.clone(),
            term: r.term_text.clone(),
            expected_result: r.expected_result.clone(),
            document_kind: r.document_kind.clone(),
            indicator_text: r.indicator_text.clone(),
            responsible: row.responsibles.iter().filter(known).map(choice_of).collect(),
            other_responsible: others.collect::<Vec<_>>().join(", "),
            ..Self::with_rules(&r.rules.0)
        }
    }

    /// Returns the empty form of a new row.
    pub fn new(section: String) -> Self {
        Self { key: RowId::fresh().to_string(), section, ..Self::with_rules(&[]) }
    }

    /// Takes what was typed about a row that has these rules, or says what is wrong.
    pub fn check(&self, rules: &[Rule], users: &[User]) -> (EditedRow, Errors) {
        let mut errors = Errors::none();
        let edited = EditedRow {
            version: self.version,
            number: errors.optional_text("number", &self.number, 20),
            title: errors.text("title", &self.title, 2000),
            term_text: errors.text("term", &self.term, 300),
            expected_result: errors.optional_text("expected_result", &self.expected_result, 2000),
            document_kind: errors.optional_text("document_kind", &self.document_kind, 200),
            indicator_text: errors.optional_text("indicator_text", &self.indicator_text, 1000),
            rules: self.rules(rules, &mut errors),
            responsibles: self.responsibles(users, &mut errors),
        };
        (edited, errors)
    }

    fn responsibles(&self, users: &[User], errors: &mut Errors) -> Vec<NewResponsible> {
        let mut list: Vec<NewResponsible> = Vec::new();
        for chosen in &self.responsible {
            let user = chosen.strip_prefix("user:").and_then(|id| id.parse::<UserId>().ok());
            let user = user.and_then(|id| users.iter().find(|user| user.id == id));
            let post = chosen.strip_prefix("post:").and_then(Post::from_key);
            match (user, post) {
                (Some(user), _) => {
                    list.push(NewResponsible { label: user.full_name.clone(), post: None, user: Some(user.id) });
                }
                (_, Some(post)) => list.push(NewResponsible {
                    label: post.label().to_owned(),
                    post: Some(post.key().to_owned()),
                    user: None,
                }),
                _ => errors.add("responsible", "Выберите ответственных из списка."),
            }
        }
        let others = errors.optional_text("other_responsible", &self.other_responsible, 500);
        let others = others.split([',', ';']).map(words::one_line).filter(|name| !name.is_empty());
        list.extend(others.map(|label| NewResponsible { label, post: None, user: None }));
        if list.is_empty() {
            errors.add("responsible", "Назовите хотя бы одного ответственного.");
        }
        list
    }
}

fn choice_of(one: &Responsible) -> String {
    match (&one.post, one.user_id.filter(|_| one.is_personal)) {
        (_, Some(user)) => format!("user:{user}"),
        (Some(post), None) => format!("post:{post}"),
        (None, None) => one.label.clone(),
    }
}

/// Notes an error when another row has the number already.
pub fn expect_free_number<'a>(number: &str, others: impl IntoIterator<Item = &'a Row>, errors: &mut Errors) {
    if let Some(other) = others.into_iter().find(|other| !number.is_empty() && other.number == number) {
        errors.add(NUMBER.0, format!("Такой номер уже есть: {}.", other.caption()));
    }
}

/// Returns what is wrong, each sentence with its field, for the head of the form.
pub fn summary(errors: &Errors) -> ErrorSummary {
    let named = [
        NUMBER,
        TITLE,
        TERM,
        RESULT,
        DOCUMENT,
        INDICATOR,
        RESPONSIBLE,
        OTHERS,
        NEW_MEASURE,
        NEW_COMPARISON,
        NEW_TARGET,
    ];
    errors.summary(&named.map(|(name, label)| Field::new(name, label)))
}

/// Draws the fields of a row that has these rules; the number is explained by whoever knows where it comes from.
pub fn fields(rules: &[Rule], users: &[User], number_hint: Option<&str>, typed: &RowForm, errors: &Errors) -> Markup {
    let text =
        |(name, label): (&'static str, &str), value: &str| Field::new(name, label).value(value).error(errors.of(name));
    let area = |named, value: &str| text(named, value).control(Control::Textarea { rows: 3 });
    let number = text(NUMBER, &typed.number);
    let number = match number_hint {
        Some(hint) => number.hint(hint),
        None => number,
    };
    html! {
        (field(&number))
        (field(&area(TITLE, &typed.title).required()))
        (field(&text(TERM, &typed.term).required()
            .hint("Как в дорожной карте: «октябрь 2026», «октябрь–ноябрь», «до 27.08.2027», «в течение года».")))
        (field(&area(RESULT, &typed.expected_result)))
        (field(&text(DOCUMENT, &typed.document_kind).hint("Например, «Приказ», «Протокол», «Реестр».")))
        (responsibles(users, typed, errors))
        (indicators::fields(rules, typed, errors))
        (field(&area(INDICATOR, &typed.indicator_text)))
    }
}

fn responsibles(users: &[User], typed: &RowForm, errors: &Errors) -> Markup {
    let posts = Post::ALL.map(|post| Choice::new(format!("post:{}", post.key()), words::capitalised(post.label())));
    let people = users
        .iter()
        .map(|user| (user, Choice::new(format!("user:{}", user.id), user.full_name.clone()).hint(user.post.clone())))
        .filter(|(user, choice)| user.is_active || typed.responsible.contains(&choice.value))
        .map(|(_, choice)| choice);
    let options = posts.into_iter().chain(people).collect();
    let control = Control::Checkboxes { options, chosen: typed.responsible.clone() };
    let others = Field::new(OTHERS.0, OTHERS.1).value(&typed.other_responsible);
    html! {
        (field(&Field::new(RESPONSIBLE.0, RESPONSIBLE.1).control(control).error(errors.of("responsible"))))
        (field(&others.hint("Кого нет в списке, через запятую.").error(errors.of("other_responsible"))))
    }
}
