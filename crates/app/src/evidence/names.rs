//! Names of files inside an archive that every system takes. Pure.
//!
//! Windows forbids some characters, names of devices and a dot or a blank at the end, and counts a whole path in 260
//! units; others count a name in 255 bytes, and a Russian letter has two.

use std::collections::HashSet;

/// Characters of a folder's name at most.
const FOLDER_MAX: usize = 60;

/// Characters of a file's name at most, with its extension.
const FILE_MAX: usize = 90;

/// Names that Windows keeps for devices, whatever stands behind the dot.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// The names given in one archive: no two are alike, not even in other letters.
#[derive(Debug, Default)]
pub struct Names(HashSet<String>);

impl Names {
    /// Gives a folder its name.
    pub fn folder(&mut self, wanted: &str) -> String {
        self.free("", &tidy(wanted, FOLDER_MAX), "")
    }

    /// Gives a file its place in a folder; the extension stays.
    pub fn file(&mut self, folder: &str, wanted: &str) -> String {
        let (stem, extension) = match wanted.rsplit_once('.') {
            Some((stem, extension)) if !stem.is_empty() && is_extension(extension) => (stem, format!(".{extension}")),
            _ => (wanted, String::new()),
        };
        let stem = tidy(stem, FILE_MAX - extension.chars().count());
        self.free(&format!("{folder}/"), &stem, &extension)
    }

    fn free(&mut self, before: &str, stem: &str, after: &str) -> String {
        let first = format!("{before}{stem}{after}");
        let others = (2_u32..).map(|number| format!("{before}{stem} ({number}){after}"));
        let free = std::iter::once(first).chain(others).find(|name| self.0.insert(name.to_lowercase()));
        free.unwrap_or_default()
    }
}

fn is_extension(text: &str) -> bool {
    (1..=5).contains(&text.chars().count()) && text.chars().all(char::is_alphanumeric)
}

/// Returns a name without what a system refuses, so many characters at most, never empty.
fn tidy(wanted: &str, most: usize) -> String {
    let forbidden = |c: char| c.is_control() || "<>:\"/\\|?*".contains(c);
    let clean: String = wanted.chars().map(|c| if forbidden(c) { ' ' } else { c }).collect();
    let words: Vec<&str> = clean.split_whitespace().collect();
    let whole = words.join(" ");
    let cut: String = whole.chars().take(most).collect();
    // A name that is cut ends with a whole word, if that leaves most of it.
    let cut = match cut.rsplit_once(' ') {
        Some((kept, _)) if cut.len() < whole.len() && kept.chars().count() * 2 > most => kept,
        _ => &cut,
    };
    let cut = cut.trim_matches([' ', '.', ',', ';', ':', '-', '–', '—']);
    let first = cut.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let numbered = ["com", "lpt"].iter().any(|port| {
        first.strip_prefix(port).is_some_and(|rest| rest.len() == 1 && rest.chars().all(|c| c.is_ascii_digit()))
    });
    match cut {
        "" => "Без названия".to_owned(),
        _ if numbered || DEVICES.contains(&first.as_str()) => format!("_{cut}"),
        _ => cut.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("Приказ № 12/о: «О внедрении».pdf", "1.4/Приказ № 12 о «О внедрении».pdf")]
    #[case("con.pdf", "1.4/_con.pdf")]
    #[case("LPT1", "1.4/_LPT1")]
    #[case("console.txt", "1.4/console.txt")]
    #[case("...", "1.4/Без названия")]
    #[case("..\\..\\etc\\passwd", "1.4/etc passwd")]
    #[case("Список.", "1.4/Список")]
    fn a_file_is_named_as_every_system_takes_it(#[case] wanted: &str, #[case] expected: &str) {
        assert_eq!(Names::default().file("1.4", wanted), expected);
    }

    #[test]
    fn a_long_name_of_a_folder_ends_with_a_whole_word() {
        let caption = "1.1 Формирование базы наставляемых из числа обучающихся, педагогов";
        assert_eq!(Names::default().folder(caption), "1.1 Формирование базы наставляемых из числа обучающихся");
        assert_eq!(Names::default().folder(&"я".repeat(99)).chars().count(), FOLDER_MAX);
    }

    #[test]
    fn no_two_files_of_a_folder_are_alike_not_even_in_other_letters() {
        let mut names = Names::default();
        let given = ["Скан.pdf", "скан.PDF", "Скан.pdf"].map(|name| names.file("1.4", name));
        assert_eq!(given, ["1.4/Скан.pdf", "1.4/скан (2).PDF", "1.4/Скан (3).pdf"]);
        assert_eq!(names.file("1.5", "Скан.pdf"), "1.5/Скан.pdf");
    }

    proptest! {
        #[test]
        fn whatever_a_file_was_called_its_place_is_safe(wanted in any::<Vec<String>>()) {
            let mut names = Names::default();
            let folder = names.folder(&wanted.concat());
            let mut seen = HashSet::new();
            for name in &wanted {
                let place = names.file(&folder, name);
                let parts: Vec<&str> = place.split('/').collect();
                prop_assert_eq!(parts.len(), 2);
                for part in parts {
                    prop_assert!(!part.is_empty() && part.chars().count() <= 100 && part.len() <= 400, "{}", part);
                    prop_assert!(!part.ends_with(['.', ' ']) && !part.starts_with([' ', '.']), "{:?}", part);
                    prop_assert!(!part.chars().any(|c| c.is_control() || "<>:\"/\\|?*".contains(c)), "{:?}", part);
                }
                prop_assert!(seen.insert(place.to_lowercase()));
            }
        }
    }
}
