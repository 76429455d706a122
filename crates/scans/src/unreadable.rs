//! Why a stack or one of its pages was not read.

use std::io;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A refusal: one sentence that says what is wrong and what to do.
///
/// It travels from the reading process to the page, so it carries no detail of a parser.
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum Unreadable {
    #[error("Файл пуст: проверьте, тот ли это файл.")]
    Empty,
    #[error("Формат файла не поддерживается: нужны PDF, JPEG, PNG или ZIP с ними.")]
    UnknownFormat,
    #[error("Файл больше {megabytes} МБ: разделите стопку на части или сканируйте с разрешением 200 точек на дюйм.")]
    TooLarge { megabytes: usize },
    #[error("Файл повреждён или загружен не полностью: отсканируйте эти листы ещё раз.")]
    Broken,
    #[error("Файл защищён паролем: снимите пароль и загрузите файл ещё раз.")]
    Encrypted,
    #[error("Внутри ZIP лежит ещё один архив: распакуйте его и загрузите сканы без вложенных архивов.")]
    Nested,
    #[error("В архиве больше {limit} файлов: разделите стопку на части.")]
    TooManyEntries { limit: usize },
    #[error("В распакованном виде файл слишком велик: разделите стопку на части.")]
    TooLargeUnpacked,
    #[error("В стопке больше {limit} страниц: разделите её на части.")]
    TooManyPages { limit: usize },
    #[error("В файле нет ни одной страницы: проверьте, тот ли это файл.")]
    NoPages,
    #[error("На странице рисунок больше {megapixels} мегапикселей: сканируйте с разрешением 200–300 точек на дюйм.")]
    TooManyDots { megapixels: u64 },
    #[error("Страница устроена слишком сложно: отсканируйте её заново как рисунок.")]
    TooComplex,
}

/// Why a reading ended before its end.
#[derive(Debug, Error)]
pub enum Stopped {
    #[error("{0}")]
    Unreadable(#[from] Unreadable),
    /// Whoever takes the pages takes no more.
    #[error(transparent)]
    Sink(#[from] io::Error),
}
