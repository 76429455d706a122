//! What stands in the way of a backup or of a restore, as a sentence for whoever keeps the school's computer.

use std::{io, path::PathBuf};

/// A result of this slice.
pub type Result<T, E = Trouble> = std::result::Result<T, E>;

/// Why a copy was not made, is not accepted or was not restored.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    #[error("Файл ключа {0} не найден. Без него резервную копию не открыть: укажите, где он лежит (--key).")]
    NoKey(PathBuf),
    #[error("Файл {0} — не ключ резервных копий «Наставника».")]
    NotAKey(PathBuf),
    #[error("Файл {0} уже есть. Ключ не перезаписывается: без прежнего не открыть прежние копии.")]
    KeyExists(PathBuf),
    #[error("Это не резервная копия «Наставника».")]
    NotABackup,
    #[error("Копия зашифрована другим ключом: нужен ключ {wanted}, а дан {given}.")]
    OtherKey { wanted: String, given: String },
    #[error("Резервная копия повреждена: {0}. Ничего не изменено. Возьмите другую копию.")]
    Damaged(String),
    #[error("Копия сделана более новой версией «Наставника». Установите её и повторите: ничего не изменено.")]
    Newer,
    #[error("Папка {0} не пуста. Восстановление идёт только в новую или пустую папку: так ничего не затрётся.")]
    Occupied(PathBuf),
    #[error("В базе данных по этому адресу уже есть таблицы. Восстановление идёт только в пустую базу.")]
    DatabaseOccupied,
    #[error("Восстановленные записи не совпали с копией: {0}. Восстановление отменено.")]
    Differs(String),
    #[error("Копия уже делается. Подождите, пока она закончится.")]
    Busy,
    #[error("Копий пока нет: проверять нечего. Сначала сделайте копию.")]
    Nothing,
    #[error("{}: {}", .0.display(), said(.1))]
    Disk(PathBuf, io::Error),
    #[error("База данных не отвечает как надо: {0}")]
    Database(#[from] database::Error),
}

impl Trouble {
    /// Returns a maker of troubles with a file or folder.
    pub fn with(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |error| match error.kind() {
            io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => Self::Damaged(error.to_string()),
            _ => Self::Disk(path, error),
        }
    }
}

/// Says what is wrong with a disk without the words of the machine.
fn said(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::NotFound => "файл или папка не найдены",
        io::ErrorKind::PermissionDenied => "нет прав на чтение или запись",
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            "на диске закончилось место"
        }
        io::ErrorKind::ReadOnlyFilesystem => "диск доступен только для чтения",
        _ => "диск ответил ошибкой",
    }
}

/// Returns the error of a stream whose content cannot be right.
pub fn unsound(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what.to_owned())
}
