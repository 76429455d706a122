//! What a browser sends, read with Russian refusals.

use super::ui::{field::Field, form::ErrorSummary};
use crate::{error::Failure, files::Upload};
use axum::{
    extract::{FromRequest, FromRequestParts, Multipart, Path, Request},
    http::request::Parts,
};
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

/// The fields of a form. Unknown fields are refused by `#[serde(deny_unknown_fields)]` of the form's struct.
pub struct Form<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Form<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        match axum_extra::extract::Form::<T>::from_request(request, state).await {
            Ok(form) => Ok(Self(form.0)),
            Err(error) => {
                tracing::debug!(%error, "a form was refused");
                Err(Failure::BadRequest(
                    "Форма не подошла: возможно, страница устарела. Откройте её заново и повторите.".into(),
                ))
            }
        }
    }
}

/// The question of an address; an unreadable one is an empty one, because people edit addresses by hand.
pub struct Query<T>(pub T);

impl<T: DeserializeOwned + Default, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        Ok(Self(
            axum_extra::extract::Query::<T>::from_request_parts(parts, state).await.map(|q| q.0).unwrap_or_default(),
        ))
    }
}

/// Ids in the path; a bad one names nothing.
pub struct PathOf<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for PathOf<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        Path::<T>::from_request_parts(parts, state).await.map(|path| Self(path.0)).map_err(|_| Failure::NotFound)
    }
}

/// A form with files: text fields and the files, whatever their fields are called.
#[derive(Debug, Default)]
pub struct UploadForm {
    fields: BTreeMap<String, String>,
    pub file: Upload,
    /// The files after the first one, where a field takes several.
    pub more: Vec<Upload>,
}

impl UploadForm {
    /// Returns a text field without the blanks around it; empty when absent.
    pub fn text(&self, name: &str) -> &str {
        self.raw(name).trim()
    }

    /// Returns a text field as it was sent: a pasted table may begin with a tab.
    pub fn raw(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }
}

impl<S: Send + Sync> FromRequest<S> for UploadForm {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        let broken = || Failure::BadRequest("Файл не дошёл до сервера целиком. Отправьте его ещё раз.".into());
        let too_large = |error: &axum::extract::multipart::MultipartError| {
            (error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE)
                .then_some(Failure::TooLarge(crate::files::MAX_BYTES))
        };
        let mut parts = Multipart::from_request(request, state).await.map_err(|_| broken())?;
        let mut form = Self::default();
        while let Some(part) = parts.next_field().await.map_err(|error| too_large(&error).unwrap_or_else(broken))? {
            let field = part.name().unwrap_or_default().to_owned();
            let file = part.file_name().map(str::to_owned);
            let bytes = part.bytes().await.map_err(|error| too_large(&error).unwrap_or_else(broken))?;
            match file {
                Some(name) if form.file.name.is_empty() => form.file = Upload { name, bytes: bytes.into() },
                Some(name) => form.more.push(Upload { name, bytes: bytes.into() }),
                None => {
                    form.fields.insert(field, String::from_utf8_lossy(&bytes).into_owned());
                }
            }
        }
        Ok(form)
    }
}

/// What is wrong with a form: sentences by field, in the order they were found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Errors(Vec<(&'static str, String)>);

impl Errors {
    /// Returns no errors.
    pub fn none() -> Self {
        Self::default()
    }

    /// Returns one error.
    pub fn one(field: &'static str, sentence: impl Into<String>) -> Self {
        Self(vec![(field, sentence.into())])
    }

    /// Notes an error of a field.
    pub fn add(&mut self, field: &'static str, sentence: impl Into<String>) {
        self.0.push((field, sentence.into()));
    }

    /// Notes an error unless the condition holds.
    pub fn expect(&mut self, holds: bool, field: &'static str, sentence: &str) {
        if !holds {
            self.add(field, sentence);
        }
    }

    /// Takes the text without blanks around it, noting an error when it is empty or longer than `most` characters.
    pub fn text(&mut self, field: &'static str, value: &str, most: usize) -> String {
        let text = value.trim().to_owned();
        if text.is_empty() {
            self.add(field, "Заполните это поле.");
        } else if text.chars().count() > most {
            self.add(field, format!("Слишком длинно: можно до {most} знаков."));
        }
        text
    }

    /// Takes a text that may be empty, noting an error when it is longer than `most` characters.
    pub fn optional_text(&mut self, field: &'static str, value: &str, most: usize) -> String {
        let text = value.trim().to_owned();
        if text.chars().count() > most {
            self.add(field, format!("Слишком длинно: можно до {most} знаков."));
        }
        text
    }

    /// Takes the value of a result, noting its error.
    pub fn value<T>(&mut self, field: &'static str, result: Result<T, impl std::fmt::Display>) -> Option<T> {
        result.map_err(|error| self.add(field, error.to_string())).ok()
    }

    /// Returns the first sentence about a field.
    pub fn of(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|(name, _)| *name == field).map(|(_, sentence)| sentence.as_str())
    }

    /// Returns every error.
    pub fn all(&self) -> &[(&'static str, String)] {
        &self.0
    }

    /// Returns every error under the label of its field, for the head of the form.
    pub fn summary(&self, fields: &[Field]) -> ErrorSummary {
        let label =
            |name: &str| fields.iter().find(|field| field.name == name).map_or("", |field| field.label.as_str());
        let errors = self.0.iter().map(|(name, sentence)| ((*name).to_owned(), labelled(label(name), sentence)));
        ErrorSummary { errors: errors.collect() }
    }

    /// Tells whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Puts the label before a sentence that does not name its field: «Должность: слишком длинно …».
fn labelled(label: &str, sentence: &str) -> String {
    let first_word = |text: &str| text.split(' ').next().unwrap_or_default().to_lowercase();
    if label.is_empty() || first_word(label) == first_word(sentence) {
        return sentence.to_owned();
    }
    let mut letters = sentence.chars();
    let small: String = letters.next().into_iter().flat_map(char::to_lowercase).chain(letters).collect();
    format!("{label}: {small}")
}

impl From<&Errors> for ErrorSummary {
    fn from(errors: &Errors) -> Self {
        Self { errors: errors.0.iter().map(|(field, sentence)| ((*field).to_owned(), sentence.clone())).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_errors_names_fields_whose_sentences_do_not() {
        let fields = [Field::new("name", "Полное название"), Field::new("login", "Логин")];
        let mut errors = Errors::one("name", "Заполните это поле.");
        errors.add("login", "Логин должен быть не короче 3 знаков.");
        errors.add("", "Форма устарела.");
        let sentences: Vec<String> = errors.summary(&fields).errors.into_iter().map(|(_, sentence)| sentence).collect();
        assert_eq!(
            sentences,
            ["Полное название: заполните это поле.", "Логин должен быть не короче 3 знаков.", "Форма устарела."]
        );
    }
}
