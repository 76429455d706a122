//! Why a file or a pasted text was refused.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A refusal to read: one sentence that says what is wrong and what to do.
///
/// It travels from the reading process to the page, so it carries no detail of the parser.
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize, Deserialize)]
pub enum Unreadable {
    #[error("Файл пуст: выберите файл с таблицей.")]
    Empty,
    #[error(
        "Файл повреждён или загружен не полностью: откройте его в Word или Excel, сохраните заново и загрузите ещё раз."
    )]
    Broken,
    #[error("Файл защищён паролем: снимите пароль (Файл → Сведения → Защита) и загрузите файл ещё раз.")]
    Encrypted,
    #[error("Это старый формат Word (.doc): откройте файл и сохраните его как «Документ Word (.docx)».")]
    OldWord,
    #[error("Это старый формат Excel (.xls): откройте файл и сохраните его как «Книга Excel (.xlsx)».")]
    OldExcel,
    #[error("Это двоичная книга Excel (.xlsb): откройте файл и сохраните его как «Книга Excel (.xlsx)».")]
    BinaryWorkbook,
    #[error("Это файл LibreOffice (.odt или .ods): откройте его и сохраните как .docx или .xlsx.")]
    OpenDocument,
    #[error("В файле есть макросы: сохраните его без макросов, как обычный .docx или .xlsx.")]
    Macros,
    #[error(
        "Таблицу нельзя прочитать из PDF: загрузите исходный файл .docx или .xlsx либо скопируйте таблицу и вставьте её текстом."
    )]
    Pdf,
    #[error("Это файл RTF: откройте его в Word и сохраните как «Документ Word (.docx)».")]
    Rtf,
    #[error(
        "Это веб-страница или файл XML, а не документ: откройте файл в Word или Excel и сохраните как .docx или .xlsx."
    )]
    Html,
    #[error("Это документ Word, а списки читаются из таблиц: сохраните список как «Книга Excel (.xlsx)».")]
    WordList,
    #[error("Формат файла не поддерживается: нужен .docx, .xlsx или текст с таблицей.")]
    UnknownFormat,
    #[error("Файл больше {megabytes} МБ: удалите из него рисунки или лишние листы и загрузите ещё раз.")]
    TooLarge { megabytes: usize },
    #[error("Файл в распакованном виде слишком велик: оставьте в нём только нужную таблицу и загрузите ещё раз.")]
    TooLargeUnpacked,
    #[error("Внутри файла слишком много частей: скопируйте таблицу в новый документ и загрузите его.")]
    TooManyEntries,
    #[error("В файле больше {limit} таблиц: оставьте только нужные и загрузите ещё раз.")]
    TooManyTables { limit: usize },
    #[error("В таблице больше {limit} строк: оставьте только нужные строки и загрузите ещё раз.")]
    TooManyRows { limit: usize },
    #[error("В таблице больше {limit} столбцов: оставьте только нужные столбцы и загрузите ещё раз.")]
    TooManyColumns { limit: usize },
    #[error("В таблицах больше {limit} ячеек: разделите файл на части и загрузите их по очереди.")]
    TooManyCells { limit: usize },
    #[error("В одной из ячеек больше {limit} знаков: сократите её текст и загрузите ещё раз.")]
    CellTooLong { limit: usize },
    #[error("В таблицах слишком много текста: разделите файл на части и загрузите их по очереди.")]
    TooMuchText,
    #[error("Файл устроен слишком сложно: скопируйте таблицу в новый документ и загрузите его.")]
    TooDeep,
    #[error(
        "В файле есть ссылки на внешние данные (DTD), такие файлы не принимаются: сохраните документ заново в Word или Excel."
    )]
    Entities,
    #[error("В файле нет ни одной таблицы: проверьте, тот ли это файл, и что таблица в нём не вставлена рисунком.")]
    NoTables,
    #[error(
        "В тексте не видно столбцов: скопируйте таблицу целиком из Word или Excel либо разделите столбцы знаком «;» или «|»."
    )]
    NoColumns,
}
