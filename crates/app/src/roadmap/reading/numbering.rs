//! Gives every section and row a number that is unique in the road map, keeping the printed ones where they can stay.

use std::collections::{HashMap, HashSet};

use super::printed_number::is_nested;
use super::{ReadSection, RowDoubt, RowDoubtKind};
use crate::roadmap::reading::Column;

/// Numbers sections and rows; the printed number of a row stands in its `number`, empty when it has none.
pub(super) fn number(sections: &mut [ReadSection]) {
    number_sections(sections);
    let mut printed: HashMap<String, usize> = HashMap::new();
    for row in sections.iter().flat_map(|section| &section.rows) {
        *printed.entry(row.number.clone()).or_default() += 1;
    }
    // Numbering that begins anew in every section is only unique together with the section.
    let restarts = printed.iter().any(|(number, times)| !number.is_empty() && !is_nested(number) && *times > 1);
    let mut used = HashSet::new();
    for section in sections {
        let prefix = section.number.clone();
        for (index, row) in section.rows.iter_mut().enumerate() {
            let printed = std::mem::take(&mut row.number);
            let wanted = match printed.as_str() {
                "" => None,
                plain if restarts && !is_nested(plain) => Some(format!("{prefix}.{plain}")),
                number => Some(number.to_owned()),
            };
            let free = |number: &String| !used.contains(number);
            let fresh = || (index + 1..index + 2 + used.len()).map(|place| format!("{prefix}.{place}")).find(free);
            let number = wanted.filter(free).or_else(fresh).unwrap_or_default();
            row.number_assigned = number != printed;
            if row.number_assigned && is_nested(&printed) {
                row.doubts.push(RowDoubt {
                    place: row.place,
                    column: Some(Column::Number),
                    kind: RowDoubtKind::NumberRepeated { printed },
                });
            }
            used.insert(number.clone());
            row.number = number;
        }
    }
}

/// Sections without a number, or with one that is taken, get the next free whole number.
fn number_sections(sections: &mut [ReadSection]) {
    let mut used = HashSet::new();
    for (index, section) in sections.iter_mut().enumerate() {
        if section.number.is_empty() || used.contains(&section.number) {
            let free = (index + 1..index + 2 + used.len())
                .map(|number| number.to_string())
                .find(|number| !used.contains(number));
            section.number = free.unwrap_or_default();
        }
        used.insert(section.number.clone());
    }
}
