//! A failure of a command, told to the person at the keyboard in one sentence.

/// A Russian sentence and the exit code that goes with it.
#[derive(Debug)]
pub struct Trouble {
    sentence: String,
    code: u8,
}

/// The command was written wrong.
pub const USAGE: u8 = 2;

/// The command was right, but something stands in its way.
const FAILED: u8 = 1;

impl Trouble {
    /// Returns a trouble with the ordinary exit code.
    pub fn new(sentence: impl Into<String>) -> Self {
        Self { sentence: sentence.into(), code: FAILED }
    }

    /// Returns a trouble of a command written wrong.
    pub fn usage(sentence: impl Into<String>) -> Self {
        Self { sentence: sentence.into(), code: USAGE }
    }

    /// Returns the exit code.
    pub fn code(&self) -> u8 {
        self.code
    }
}

impl std::fmt::Display for Trouble {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.sentence)
    }
}

impl From<database::Error> for Trouble {
    fn from(error: database::Error) -> Self {
        use database::Error;
        Self::new(match error {
            Error::Busy => "База данных занята: её держит другая программа. Остановите её и повторите.".to_owned(),
            Error::Full => "На диске с базой данных закончилось место. Освободите его и повторите.".to_owned(),
            Error::ReadOnly => "База данных открыта только для чтения. Проверьте права на папку данных.".to_owned(),
            Error::Unreachable(reason) => {
                format!("До базы данных не удалось добраться. Проверьте адрес и права. Подробность: {reason}")
            }
            Error::Damaged(_) => {
                "Файл базы данных повреждён или это не база «Наставника». Восстановите его из резервной копии."
                    .to_owned()
            }
            Error::Newer(_) => {
                "База данных создана более новой версией «Наставника». Установите новую версию программы.".to_owned()
            }
            Error::Almighty(role) => format!(
                "Роль «{role}» в PostgreSQL обходит защиту строк (это суперпользователь или роль с BYPASSRLS): школы одной базы не были бы отделены друг от друга. Заведите для программы обычную роль и отдайте ей базу: CREATE ROLE nastavnik LOGIN PASSWORD '…'; ALTER DATABASE … OWNER TO nastavnik."
            ),
            Error::Changed(number) => format!(
                "Схема базы данных не совпадает с этой версией программы (шаг {number}). Установите версию, которой пользовались раньше."
            ),
            other => format!("База данных ответила ошибкой: {other}."),
        })
    }
}

impl From<crate::backup::Trouble> for Trouble {
    fn from(trouble: crate::backup::Trouble) -> Self {
        match trouble {
            crate::backup::Trouble::Database(error) => error.into(),
            other => Self::new(other.to_string()),
        }
    }
}

impl From<crate::error::Failure> for Trouble {
    fn from(failure: crate::error::Failure) -> Self {
        Self::new(failure.to_string())
    }
}
