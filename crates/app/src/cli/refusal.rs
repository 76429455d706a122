//! What clap refuses, said in Russian.

use clap::error::{ContextKind, ContextValue, ErrorKind};

/// Returns one sentence about what is wrong with the command line and where help is.
pub fn sentence(error: &clap::Error) -> String {
    let said = |kind| error.get(kind).map(text_of).filter(|text| !text.is_empty());
    let arg = said(ContextKind::InvalidArg);
    let value = said(ContextKind::InvalidValue);
    let named = |arg: Option<String>| arg.map_or_else(|| "ключ".to_owned(), |arg| format!("ключ {arg}"));
    let mut sentence = match error.kind() {
        ErrorKind::UnknownArgument => format!("Неизвестный {}.", named(arg)),
        ErrorKind::InvalidSubcommand => {
            format!("Неизвестная команда «{}».", said(ContextKind::InvalidSubcommand).unwrap_or_default())
        }
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            "Не сказано, что сделать: нужна команда.".to_owned()
        }
        ErrorKind::MissingRequiredArgument => format!("Не хватает: {}.", arg.unwrap_or_default()),
        ErrorKind::ArgumentConflict => format!(
            "Вместе не работают: {} и {}.",
            arg.unwrap_or_default(),
            said(ContextKind::PriorArg).unwrap_or_default()
        ),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => match value {
            Some(value) => format!("Не подходит значение «{value}» для {}.", arg.unwrap_or_default()),
            None => format!("Не указано значение для {}.", arg.unwrap_or_default()),
        },
        ErrorKind::NoEquals | ErrorKind::WrongNumberOfValues | ErrorKind::TooFewValues | ErrorKind::TooManyValues => {
            format!("Не то число значений у {}.", arg.unwrap_or_default())
        }
        ErrorKind::InvalidUtf8 => "В команде есть текст не в UTF-8.".to_owned(),
        _ => "Команда написана с ошибкой.".to_owned(),
    };
    for suggested in [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand].into_iter().filter_map(said) {
        sentence = format!("{sentence} Возможно, нужно «{suggested}».");
    }
    sentence + " Справка: nastavnik --help"
}

fn text_of(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join(", "),
        ContextValue::Number(number) => number.to_string(),
        ContextValue::Bool(_) | ContextValue::None => String::new(),
        other => other.to_string(),
    }
}
