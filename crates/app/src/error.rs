//! What a request can end in instead of its page.
//!
//! Handlers return [`Failure`]; a layer of the router (`web/failure_page.rs`) draws the page, because only it knows who
//! asks. A rule that says no is a [`Failure::Refused`] with the rule's own Russian sentence; errors of the machine
//! speak to its owner.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};

/// A request that did not get what it asked for.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Failure {
    /// A rule of the school says no; the text is a whole sentence for the person.
    #[error("{0}")]
    Refused(String),
    /// The request itself makes no sense: a bad form, a bad link.
    #[error("{0}")]
    BadRequest(String),
    /// What was asked for does not exist, or belongs to another school: the two are never told apart.
    #[error("Такой страницы или записи нет.")]
    NotFound,
    /// The role does not allow it.
    #[error("Для этого нужна другая роль.")]
    Forbidden,
    /// A form of another site was sent here behind the person's back (security rule 9).
    #[error("Форма отправлена не со страницы этой программы, поэтому ничего не записано.")]
    FromElsewhere,
    /// The role would allow it, but somebody else answers for this record.
    #[error("За эту запись отвечает другой сотрудник. Изменить её может он или куратор программы.")]
    NotResponsible,
    /// Somebody saved the same record in the meantime.
    #[error("Пока страница была открыта, эту запись уже изменили. Откройте её заново: ваш текст ниже не пропал.")]
    Stale { yours: Vec<(String, String)>, theirs: Vec<(String, String)> },
    /// The upload is larger than the limit, in bytes.
    #[error("Файл слишком большой: можно до {} МБ.", .0 / 1024 / 1024)]
    TooLarge(usize),
    /// Too many attempts; the number is seconds to wait.
    #[error("Слишком много попыток подряд. Попробуйте ещё раз через {0} с.")]
    TooMany(u64),
    /// The database cannot serve now; the sentence is for the administrator of the school's computer.
    #[error("{0}")]
    Unavailable(&'static str),
    /// Something we did not foresee; the number stands in the log.
    #[error("Внутренняя ошибка № {0}. Сообщите этот номер администратору программы.")]
    Internal(String),
}

/// The result of a handler.
pub type Answer<T = Response> = Result<T, Failure>;

impl Failure {
    /// Writes an unforeseen error to the log and returns its number.
    pub fn unforeseen(error: &dyn std::error::Error) -> Self {
        let number = short_number();
        tracing::error!(number, %error, "unforeseen error");
        Self::Internal(number)
    }

    /// Returns the answer to an act on a record that changed in the meantime and has no fields to compare.
    pub fn stale() -> Self {
        Self::Stale { yours: vec![], theirs: vec![] }
    }

    /// Returns the status of the answer.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::BadRequest(_) => StatusCode::BAD_REQUEST,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Forbidden | Self::FromElsewhere | Self::NotResponsible => StatusCode::FORBIDDEN,
            Self::Stale { .. } => StatusCode::CONFLICT,
            Self::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

/// Returns eight characters by which an error or a request is found in the log.
pub fn short_number() -> String {
    let id = uuid::Uuid::new_v4().simple().to_string();
    id.chars().take(8).collect()
}

/// Returns success when the record was there already: a form sent twice is one record (security rule 22).
pub fn once<T>(written: database::Result<T>) -> Answer<Option<T>> {
    match written {
        Ok(written) => Ok(Some(written)),
        Err(database::Error::Taken(_)) => Ok(None),
        Err(other) => Err(other.into()),
    }
}

impl From<database::Error> for Failure {
    fn from(error: database::Error) -> Self {
        use database::Error;
        match error {
            Error::Missing => Self::NotFound,
            Error::Busy => {
                Self::Unavailable("База данных занята. Подождите минуту и повторите: введённое не записано.")
            }
            Error::Full => {
                Self::Unavailable("На диске сервера закончилось место. Освободите его: введённое не записано.")
            }
            Error::ReadOnly => {
                Self::Unavailable("База данных открыта только для чтения. Проверьте права на папку данных.")
            }
            Error::Unreachable(ref reason) => {
                tracing::error!(reason, "the database cannot be reached");
                Self::Unavailable("База данных сейчас недоступна. Проверьте, что сервер базы данных и диск работают.")
            }
            other => Self::unforeseen(&other),
        }
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::StorageFull => database::Error::Full.into(),
            std::io::ErrorKind::ReadOnlyFilesystem => database::Error::ReadOnly.into(),
            _ => Self::unforeseen(&error),
        }
    }
}

impl IntoResponse for Failure {
    /// Answers with the bare sentence; `web/failure_page.rs` turns it into a page.
    fn into_response(self) -> Response {
        let mut response = (self.status(), self.to_string()).into_response();
        response.extensions_mut().insert(self);
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passing_troubles_of_the_database_are_503_and_say_what_to_do() {
        for error in [database::Error::Busy, database::Error::Full, database::Error::ReadOnly] {
            let failure = Failure::from(error);
            assert_eq!(failure.status(), StatusCode::SERVICE_UNAVAILABLE);
            assert!(failure.to_string().ends_with('.'), "{failure}");
        }
    }

    #[test]
    fn an_unforeseen_error_shows_a_number_and_nothing_of_the_machine() {
        let failure = Failure::from(std::io::Error::other("/var/lib/secret: broken"));
        assert_eq!(failure.status(), StatusCode::INTERNAL_SERVER_ERROR);
        assert!(!failure.to_string().contains("secret"));
    }
}
