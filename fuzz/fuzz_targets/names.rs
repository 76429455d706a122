//! Any text is a name or a post that is put into every case.
#![no_main]

use libfuzzer_sys::fuzz_target;
use russian::{Case, Gender, Part, decline, decline_post};

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    for case in Case::ALL {
        for part in [Part::Surname, Part::Given, Part::Patronymic] {
            for gender in [None, Some(Gender::Feminine), Some(Gender::Masculine)] {
                drop(decline(&text, part, gender, case));
            }
        }
        drop(decline_post(&text, case));
    }
});
