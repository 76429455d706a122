//! Why a school's file was not filled.

use std::fmt;

use thiserror::Error;

use crate::kinds::BadInput;

/// A refusal: one sentence that says what is wrong and what to do.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Unfilled {
    #[error("Это не документ Word: нужен файл .docx.")]
    NotWord,
    #[error("Файл повреждён или загружен не полностью: откройте его в Word, сохраните заново и загрузите ещё раз.")]
    Broken,
    #[error("Файл защищён паролем: снимите пароль (Файл → Сведения → Защита) и загрузите файл ещё раз.")]
    Encrypted,
    #[error("Файл больше {megabytes} МБ: уменьшите рисунки в нём и загрузите ещё раз.")]
    TooLarge { megabytes: usize },
    #[error("Файл в распакованном виде слишком велик: уменьшите рисунки в нём и загрузите ещё раз.")]
    TooLargeUnpacked,
    #[error("Внутри файла слишком много частей: скопируйте текст в новый документ и загрузите его.")]
    TooManyParts,
    #[error("Файл устроен слишком сложно: скопируйте текст в новый документ и загрузите его.")]
    TooDeep,
    #[error("В файле есть макросы: сохраните его без макросов, как обычный «Документ Word (.docx)».")]
    Macros,
    #[error("В файле есть вставленные объекты других программ: замените их рисунками или текстом.")]
    Objects,
    #[error("Файл ссылается на другой файл или адрес («{0}»): вставьте это содержимое в сам документ.")]
    External(String),
    #[error("В файле есть поле Word «{0}», которое читает другие файлы или запускает программы: удалите его.")]
    Field(String),
    #[error(
        "В файле есть ссылки на внешние данные (DTD), такие файлы не принимаются: сохраните документ заново в Word."
    )]
    Entities,
    #[error("{0}")]
    Input(#[from] BadInput),
    /// Something in the text itself.
    #[error("{0}")]
    Mistake(Misplaced),
}

/// What is wrong in the text of a file and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misplaced {
    /// The part of the document with the number of the paragraph, counted from one: «Абзац 12».
    pub place: String,
    /// How the paragraph begins, as it is found in Word.
    pub excerpt: String,
    /// A whole sentence: what is wrong and what to do.
    pub sentence: String,
}

impl fmt::Display for Misplaced {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} («{}»). {}", self.place, self.excerpt, self.sentence)
    }
}
