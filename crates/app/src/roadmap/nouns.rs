//! Numbers of rows in words. Pure.

use crate::words;

const ROW: [&str; 3] = ["мероприятие", "мероприятия", "мероприятий"];

/// Writes a number of rows: «31 мероприятие».
pub fn rows(n: impl TryInto<i64>) -> String {
    words::counted(count(n), &ROW)
}

/// Writes a number of rows after «из», «не менее»: «из 31 мероприятия».
pub fn of_rows(n: impl TryInto<i64>) -> String {
    words::counted_genitive(count(n), &ROW)
}

/// Returns the noun alone, as it stands after the number.
pub fn row_noun(n: impl TryInto<i64>) -> &'static str {
    let [one, few, many] = ROW;
    words::plural(count(n), one, few, many)
}

/// Returns a number of things as the integer words and rules count with.
pub fn count(n: impl TryInto<i64>) -> i64 {
    n.try_into().unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_agree_with_their_number() {
        assert_eq!(rows(31), "31 мероприятие");
        assert_eq!(of_rows(31), "31 мероприятия");
        assert_eq!((row_noun(1), row_noun(3), row_noun(13)), ("мероприятие", "мероприятия", "мероприятий"));
    }
}
