//! Values enter a text: fields, lists, conditions and filters.
//!
//! minijinja does the work, held short: only `if` and `for`, a bounded number of steps, of nested loops and of bytes, no
//! functions, nothing that reads a file. An unknown field is an error everywhere, also in a condition.

use std::io;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Value;
use minijinja::{Environment, Error, ErrorKind, Output, State, UndefinedBehavior};

use super::{Mistake, NameForms, filters};

/// A value stands between these two in a filled text, so that nothing in it is taken for a mark.
pub const VALUE_BEGINS: char = '\u{E000}';
pub const VALUE_ENDS: char = '\u{E001}';
/// A line break inside a value.
pub const VALUE_BREAK: char = '\u{E002}';
/// What a QR code says stands between these two, where it is drawn inside a text.
pub const CODE_BEGINS: char = '\u{E003}';
pub const CODE_ENDS: char = '\u{E004}';
/// No value has signs that mean something to us.
const OURS: std::ops::RangeInclusive<char> = '\u{E000}'..='\u{E01F}';

/// Steps of filling: a register of 5 000 lines takes some 300 000.
const STEPS: u64 = 3_000_000;
/// Bytes of a filled text: a hundred pages have some 300 000.
const LONGEST_FILLED: usize = 8_000_000;
const DEEPEST: usize = 60;

/// Words that may follow `{%`. No `set`: it doubles a text in every line.
const STATEMENTS: [&str; 6] = ["if", "elif", "else", "endif", "for", "endfor"];

/// Fills a text.
pub fn expand(text: &str, values: &Value, names: &NameForms) -> Result<String, Mistake> {
    expand_in(&environment(names), text, values)
}

/// Fills the text of a file, in which a code can be drawn: `{{ code | qr }}`.
pub fn expand_file(text: &str, values: &Value, names: &NameForms) -> Result<String, Mistake> {
    expand_in(&environment_of_files(names), text, values)
}

fn expand_in(environment: &Environment<'_>, text: &str, values: &Value) -> Result<String, Mistake> {
    check_statements(text)?;
    let template = environment.template_from_str(text).map_err(|error| mistake(text, &error))?;
    let mut filled = Bounded(Vec::new());
    template.render_captured_to(values.clone(), &mut filled).map_err(|error| mistake(text, &error))?;
    Ok(String::from_utf8(filled.0).unwrap_or_default())
}

/// Tells which byte of a text a byte of the filled one came from.
pub fn origin(text: &str, (values, names): (&Value, &NameForms), offset: usize) -> usize {
    let environment = environment(names);
    let spans = environment
        .template_from_str(text)
        .and_then(|template| template.render_with_spans(values.clone()))
        .map(|(_, spans)| spans)
        .unwrap_or_default();
    let nearest = spans.iter().take_while(|span| span.output_range().start <= offset).last();
    nearest.map_or(0, |span| {
        let inside = offset - span.output_range().start;
        (span.source_range().start + inside).min(span.source_range().end)
    })
}

/// Checks what can be checked without values.
pub fn check(text: &str) -> Result<(), Mistake> {
    check_in(&environment(&NameForms::default()), text)
}

/// Checks the text of a file.
pub fn check_file(text: &str) -> Result<(), Mistake> {
    check_in(&environment_of_files(&NameForms::default()), text)
}

fn check_in(environment: &Environment<'_>, text: &str) -> Result<(), Mistake> {
    check_statements(text)?;
    environment.template_from_str(text).map(|_| ()).map_err(|error| mistake(text, &error))
}

fn environment_of_files(names: &NameForms) -> Environment<'static> {
    let mut environment = environment(names);
    filters::add_codes(&mut environment);
    environment
}

fn environment(names: &NameForms) -> Environment<'static> {
    let mut environment = Environment::empty();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_debug(true);
    environment.set_fuel(Some(STEPS));
    environment.set_recursion_limit(DEEPEST);
    // Statements on a line of their own leave no line behind.
    if let Ok(syntax) = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build() {
        environment.set_syntax(syntax);
    }
    environment.set_formatter(write_value);
    filters::add(&mut environment, names);
    environment
}

/// Writes a value between its marks; an empty one is a mistake.
fn write_value(out: &mut Output<'_>, _state: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    if value.is_undefined() {
        return Err(ErrorKind::UndefinedError.into());
    }
    if value.is_none() || value.as_str().is_some_and(|text| text.trim().is_empty()) {
        return Err(filters::refusal(
            "Значение пустое. Заполните поле или разрешите пропуск: {{ поле | blank }} оставит место для записи от руки.",
        ));
    }
    let text = match value.as_str() {
        Some(text) => text.to_owned(),
        None if value.as_object().is_some() => {
            return Err(filters::refusal(
                "Здесь список или группа полей. Назовите одно из них или пройдите список: {% for %}.",
            ));
        }
        None => value.to_string(),
    };
    let clean = text.trim().chars().filter(|character| !OURS.contains(character) && *character != '\r');
    let clean: String = clean.map(|character| if character == '\n' { VALUE_BREAK } else { character }).collect();
    // Only the filter of codes makes a value safe.
    let (begins, ends) = if value.is_safe() { (CODE_BEGINS, CODE_ENDS) } else { (VALUE_BEGINS, VALUE_ENDS) };
    out.write_str(&format!("{begins}{clean}{ends}")).map_err(|_| ErrorKind::WriteFailure.into())
}

/// Refuses statements that papers do not need and that could run away.
fn check_statements(text: &str) -> Result<(), Mistake> {
    let mut from = 0;
    while let Some(found) = text[from..].find("{%") {
        let at = from + found;
        from = at + 2;
        let word = text[from..].trim_start_matches(['-', '+']).trim_start();
        let word =
            word.split(|character: char| !character.is_alphanumeric() && character != '_').next().unwrap_or_default();
        if !STATEMENTS.contains(&word) {
            let sentence =
                format!("Команда «{word}» не поддерживается: есть только if, elif, else, endif, for и endfor.");
            return Err(Mistake::at(text, at, sentence));
        }
    }
    Ok(())
}

/// Says in Russian what minijinja found, at the place where it found it.
fn mistake(text: &str, error: &Error) -> Mistake {
    let line_start = |line: usize| text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let offset = error.range().map_or_else(|| error.line().map_or(0, line_start), |range| range.start);
    let at = error.range().and_then(|range| text.get(range)).unwrap_or_default().trim();
    let sentence = match error.kind() {
        ErrorKind::UndefinedError => {
            format!("Поля «{at}» нет среди полей этого документа. Проверьте, как оно написано.")
        }
        ErrorKind::UnknownFilter => format!("Преобразования «{at}» нет. Есть: {}.", filters::NAMES.join(", ")),
        ErrorKind::UnknownFunction | ErrorKind::UnknownMethod | ErrorKind::UnknownTest => {
            format!("Функции и проверки «{at}» нет: используйте поля и преобразования.")
        }
        ErrorKind::MissingArgument | ErrorKind::TooManyArguments => {
            format!("У преобразования не то число слов в скобках: «{at}».")
        }
        ErrorKind::OutOfFuel => "Заполнение не заканчивается: слишком длинные или вложенные списки.".to_owned(),
        ErrorKind::WriteFailure => "Заполненный текст слишком велик.".to_owned(),
        ErrorKind::SyntaxError => syntax(error, at),
        _ => match error.detail().and_then(filters::refused) {
            Some(sentence) => sentence.to_owned(),
            None => format!("Так написать нельзя: «{at}»."),
        },
    };
    Mistake::at(text, offset, sentence)
}

fn syntax(error: &Error, at: &str) -> String {
    let detail = error.detail().unwrap_or_default();
    if detail.contains("end of input") {
        "Текст кончился раньше, чем закрыты скобки {{ }}, условие {% endif %} или список {% endfor %}.".to_owned()
    } else if detail.contains("recursion") {
        "Вложено слишком глубоко.".to_owned()
    } else if at.is_empty() {
        "Ошибка записи: проверьте скобки {{ }} и {% %}.".to_owned()
    } else {
        format!("Ошибка записи у «{at}»: проверьте скобки {{{{ }}}} и {{% %}}.")
    }
}

/// Takes bytes up to a limit.
struct Bounded(Vec<u8>);

impl io::Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > LONGEST_FILLED {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
