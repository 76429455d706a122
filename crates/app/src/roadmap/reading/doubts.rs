//! What a person should look at in a road map that was read.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Column, Place};
use crate::roadmap::term::{Doubt, Term};

/// A doubt, and where it arose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowDoubt {
    pub place: Place,
    pub column: Option<Column>,
    pub kind: RowDoubtKind,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum RowDoubtKind {
    Term {
        doubt: Doubt,
    },
    /// The table has no heading.
    GuessedColumns,
    /// The indicator is merged down from a row above.
    SharedIndicator {
        with: Place,
    },
    /// One title is merged down over several rows.
    SharedTitle {
        with: Place,
    },
    /// Result and indicator stand in one cell.
    ResultHoldsIndicator,
    /// Cells without a title were added to the row above.
    Continued {
        from: Place,
    },
    NoResponsible,
    NamesAndPosts,
    UnknownResponsible {
        text: String,
    },
    NumberRepeated {
        printed: String,
    },
    /// A text names other years than the school year.
    StaleYear {
        years: String,
    },
}

impl RowDoubt {
    /// What was probably meant, where the program can say.
    pub fn suggestion(&self) -> Option<&Term> {
        match &self.kind {
            RowDoubtKind::Term { doubt } => doubt.suggestion.as_ref(),
            _ => None,
        }
    }
}

impl fmt::Display for RowDoubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            RowDoubtKind::Term { doubt } => write!(f, "{doubt}"),
            RowDoubtKind::GuessedColumns => {
                f.write_str("У таблицы нет шапки: столбцы угаданы по содержанию. Проверьте их.")
            }
            RowDoubtKind::SharedIndicator { with } => {
                write!(f, "Показатель стоит в объединённой ячейке и общий со строкой выше ({with}).")
            }
            RowDoubtKind::SharedTitle { with } => {
                write!(f, "Название стоит в объединённой ячейке и общее со строкой выше ({with}).")
            }
            RowDoubtKind::ResultHoldsIndicator => {
                f.write_str("Результат и показатель стоят в одной ячейке: показатель взят из текста результата.")
            }
            RowDoubtKind::Continued { from } => {
                write!(f, "Текст без названия мероприятия присоединён к этому мероприятию ({from}).")
            }
            RowDoubtKind::NoResponsible => f.write_str("Ответственный не указан."),
            RowDoubtKind::NamesAndPosts => {
                f.write_str("Среди ответственных есть и фамилии, и должности: назначьте людей сами.")
            }
            RowDoubtKind::UnknownResponsible { text } => {
                write!(f, "Не понятно, кто отвечает: «{text}». Выберите должность или человека.")
            }
            RowDoubtKind::NumberRepeated { printed } => {
                write!(f, "Номер {printed} уже занят, мероприятию дан другой.")
            }
            RowDoubtKind::StaleYear { years } => {
                write!(f, "В тексте названы другие годы: {years}. Возможно, они остались от прошлой дорожной карты.")
            }
        }
    }
}
