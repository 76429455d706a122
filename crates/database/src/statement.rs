//! Statements for many rows, made of statements for one.

/// Splits an `INSERT` into what stands before its list of values, the list, and what stands after it.
pub fn around_values(sql: &str) -> (&str, &str, &str) {
    const VALUES: &str = "VALUES ";
    let Some(at) = sql.find(VALUES) else { return (sql, "", "") };
    let (head, rest) = sql.split_at(at + VALUES.len());
    let mut depth = 0_usize;
    for (place, character) in rest.char_indices() {
        match character {
            '(' => depth += 1,
            ')' if depth == 1 => return (head, &rest[..=place], &rest[place + 1..]),
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    (head, rest, "")
}

/// Repeats a list of values for many rows of `width` parameters: `($1, 0), ($2, 0)`.
pub fn lists(list: &str, width: usize, rows: usize) -> String {
    let row = |row: usize| {
        let mut parts = list.split('$');
        let mut text = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let digits = part.bytes().take_while(u8::is_ascii_digit).count();
            let number: usize = part[..digits].parse().unwrap_or(0);
            text.push('$');
            text.push_str(&(number + row * width).to_string());
            text.push_str(&part[digits..]);
        }
        text
    };
    (0..rows).map(row).collect::<Vec<_>>().join(", ")
}

/// Replaces the list `($first)` of a statement by one of `count` parameters.
pub fn among(sql: &str, first: usize, count: usize) -> String {
    sql.replace(&format!("(${first})"), &format!("({})", parameters(first, count)))
}

fn parameters(first: usize, count: usize) -> String {
    (first..first + count).map(|number| format!("${number}")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_for_one_row_becomes_one_for_many() {
        let (head, list, tail) =
            around_values("INSERT INTO t (a, b) VALUES ($1, COALESCE($2, 0), '') ON CONFLICT DO NOTHING");
        assert_eq!((head, tail), ("INSERT INTO t (a, b) VALUES ", " ON CONFLICT DO NOTHING"));
        assert_eq!(lists(list, 2, 2), "($1, COALESCE($2, 0), ''), ($3, COALESCE($4, 0), '')");
        assert_eq!(among("SELECT 1 WHERE a = $1 AND b IN ($2)", 2, 3), "SELECT 1 WHERE a = $1 AND b IN ($2, $3, $4)");
    }
}
