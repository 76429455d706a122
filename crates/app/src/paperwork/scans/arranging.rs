//! Which pages belong to which code. Pure.
//!
//! The program prints the code of a paper on its last page. So a page without a code belongs to a code beside it only if
//! the pages between two codes are exactly those the paper lacks; where two papers could claim them, or the number is
//! another one, a person decides: a page is never filed by a guess.

use super::model::ScanPage;

/// Returns the code every page belongs to, in their order; an empty text where a person decides.
///
/// `pages` are the readable pages nobody has turned down, without those somebody has chosen a paper for.
pub fn owners(pages: &[&ScanPage]) -> Vec<String> {
    let mut owners: Vec<String> = pages.iter().map(|page| page.code.clone()).collect();
    let mut at = 0;
    while at < pages.len() {
        if !pages[at].code.is_empty() {
            at += 1;
            continue;
        }
        let is_last = |place: &usize| {
            pages.get(place + 1).is_none_or(|next| !next.code.is_empty() || !goes_on(pages[*place], next))
        };
        let end = (at..pages.len()).find(is_last).map_or(pages.len(), |last| last + 1);
        if let Some(owner) = owner_of(pages, &owners, at, end) {
            owners[at..end].fill(owner);
        }
        at = end;
    }
    owners
}

/// Tells whether a page stands behind another one in the same file; two files of one name may follow each other.
fn goes_on(page: &ScanPage, next: &ScanPage) -> bool {
    page.file_name == next.file_name && page.number < next.number
}

/// Returns the code that lacks exactly the pages from `at` to `end`; nothing when none does, or two do.
fn owner_of(pages: &[&ScanPage], owners: &[String], at: usize, end: usize) -> Option<String> {
    let before = at.checked_sub(1).map(|place| pages[place]).filter(|page| goes_on(page, pages[at]));
    let after = pages.get(end).copied().filter(|page| goes_on(pages[end - 1], page));
    let lacks = |page: &&ScanPage| {
        let known = owners.iter().filter(|owner| **owner == page.code).count();
        usize::try_from(page.expected).is_ok_and(|expected| expected == known + (end - at))
    };
    let may = |page: &&ScanPage| !page.code.is_empty() && lacks(page);
    match (before.filter(may), after.filter(may)) {
        (Some(one), None) | (None, Some(one)) => Some(one.code.clone()),
        (Some(one), Some(other)) if one.code == other.code => Some(one.code.clone()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{super::model::ScanPageId, *};
    use proptest::prelude::*;
    use rstest::rstest;

    /// Reads a stack: «_» is a page without a code, «A2» one with the code A of a paper of two pages, «|» a new file.
    fn stack(text: &str) -> Vec<ScanPage> {
        let (mut file, mut number) = (1, 0);
        let mut pages = vec![];
        for word in text.split_whitespace() {
            if word == "|" {
                (file, number) = (file + 1, 0);
                continue;
            }
            number += 1;
            let (code, expected) = if word == "_" { ("", 0) } else { (&word[..1], word[1..].parse().unwrap()) };
            pages.push(ScanPage {
                id: ScanPageId::fresh(),
                place: i64::try_from(pages.len()).unwrap(),
                file_name: format!("{file}.pdf"),
                number,
                code: code.to_owned(),
                expected,
                picture_id: None,
                trouble: String::new(),
                paper_id: None,
                is_dropped: false,
            });
        }
        pages
    }

    fn arranged(text: &str) -> String {
        let stack = stack(text);
        let owners = owners(&stack.iter().collect::<Vec<_>>());
        owners.iter().map(|owner| if owner.is_empty() { "?" } else { owner.as_str() }).collect::<Vec<_>>().join(" ")
    }

    #[rstest]
    #[case::one_page_each("A1 B1 C1", "A B C")]
    #[case::the_code_is_on_the_last_page("_ A2 _ _ B3 C1", "A A B B B C")]
    #[case::scanned_from_the_last_page("A1 B2 _", "A B B")]
    #[case::scanned_from_the_last_page_two_may_claim_it("A2 _ B2 _", "A ? B B")]
    #[case::a_page_is_missing("_ A3 B1", "? A B")]
    #[case::a_page_too_many("_ _ A2", "? ? A")]
    #[case::nobody_has_counted("_ A0", "? A")]
    #[case::a_code_in_another_file_claims_nothing("_ | A2", "? A")]
    #[case::the_paper_stands_twice_already("A2 A2 _", "A A ?")]
    #[case::no_code_at_all("_ _", "? ?")]
    fn pages_follow_the_code_that_lacks_them(#[case] stack: &str, #[case] expected: &str) {
        assert_eq!(arranged(stack), expected);
    }

    proptest! {
        #[test]
        fn papers_scanned_in_their_order_are_always_whole(lengths in prop::collection::vec(1_usize..5, 1..9)) {
            let words = lengths.iter().zip('A'..).flat_map(|(length, code)| {
                std::iter::repeat_n("_".to_owned(), length - 1).chain([format!("{code}{length}")])
            });
            let expected = lengths.iter().zip('A'..).flat_map(|(length, code)| std::iter::repeat_n(code.to_string(), *length));
            prop_assert_eq!(arranged(&words.collect::<Vec<_>>().join(" ")), expected.collect::<Vec<_>>().join(" "));
        }
    }
}
