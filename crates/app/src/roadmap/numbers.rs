//! The number of a row that is added to a section. Pure.

/// A number taken apart: «1.13.» is «1.», 13 and «.».
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Parts<'a> {
    before: &'a str,
    place: u32,
    after: &'a str,
}

/// Proposes the number after the last one of a section; empty where the section has no numbers.
///
/// `everywhere` are the numbers of the whole road map. Where they run through all sections, the next one of a section is
/// taken already: then the one after the greatest of all is proposed.
pub fn next_number(section: &str, in_section: &[&str], everywhere: &[&str]) -> String {
    let Some(last) = in_section.iter().rev().find_map(|number| parts(number)) else {
        let section = section.trim_end_matches('.');
        let numbered = everywhere.iter().any(|number| parts(number).is_some());
        let begins = in_section.is_empty() && numbered && !section.is_empty();
        return if begins { format!("{section}.1") } else { String::new() };
    };
    let after_greatest = |numbers: &[&str]| {
        let alike = numbers.iter().filter_map(|number| parts(number)).filter(|other| other.before == last.before);
        let greatest = alike.map(|other| other.place).max().unwrap_or(last.place);
        format!("{}{}{}", last.before, greatest.saturating_add(1), last.after)
    };
    let next = after_greatest(in_section);
    let runs_through = everywhere.contains(&next.as_str()) && are_distinct(everywhere);
    if runs_through { after_greatest(everywhere) } else { next }
}

fn are_distinct(numbers: &[&str]) -> bool {
    let mut sorted: Vec<&str> = numbers.iter().copied().filter(|number| !number.is_empty()).collect();
    sorted.sort_unstable();
    sorted.windows(2).all(|pair| pair[0] != pair[1])
}

fn parts(number: &str) -> Option<Parts<'_>> {
    let stem = number.trim_end_matches(|c: char| !c.is_ascii_digit());
    let before = stem.trim_end_matches(|c: char| c.is_ascii_digit());
    let place = stem[before.len()..].parse().ok()?;
    Some(Parts { before, place, after: &number[stem.len()..] })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::numbered_by_section("1", &["1.1", "1.12", "1.13"], &["1.1", "1.12", "1.13", "2.1"], "1.14")]
    #[case::with_a_dot_at_the_end("2", &["2.1.", "2.2."], &["2.1.", "2.2."], "2.3.")]
    #[case::out_of_order("1", &["1.3", "1.1"], &["1.3", "1.1"], "1.4")]
    #[case::beginning_anew_in_each_section("", &["1", "2"], &["1", "2", "1", "2", "3"], "3")]
    #[case::running_through_all_sections("", &["1", "2"], &["1", "2", "3", "4", "5"], "6")]
    #[case::the_last_section_of_those("", &["4", "5"], &["1", "2", "3", "4", "5"], "6")]
    #[case::a_row_without_number_among_them("1", &["1.1", ""], &["1.1", "", ""], "1.2")]
    #[case::no_numbers_at_all("1", &["", ""], &["", "", ""], "")]
    #[case::an_emptied_section("3.", &[], &["1.1", "2.1"], "3.1")]
    #[case::an_emptied_section_of_a_map_without_numbers("3", &[], &["", ""], "")]
    #[case::a_word_instead_of_a_number("1", &["первое"], &["первое"], "")]
    fn the_next_number_continues_what_the_section_has(
        #[case] section: &str,
        #[case] in_section: &[&str],
        #[case] everywhere: &[&str],
        #[case] expected: &str,
    ) {
        assert_eq!(next_number(section, in_section, everywhere), expected);
    }

    #[test]
    fn a_number_too_large_to_count_is_no_number() {
        assert_eq!(next_number("1", &["1.99999999999999999999"], &["1.99999999999999999999"]), "");
    }
}
