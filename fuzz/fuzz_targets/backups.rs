//! Any bytes are a backup, or what stands inside of one, or one of the files beside it.
#![no_main]

use fuzz::{
    backup::{archive::Parts, key::Key, manifest::Manifest, seal::{Opener, Sealer}},
    erasures,
};
use flate2::read::DeflateDecoder;
use libfuzzer_sys::fuzz_target;
use std::{
    io::{Read, Write as _},
    sync::LazyLock,
};

static KEY: LazyLock<Key> = LazyLock::new(|| Key::fresh().expect("randomness"));

/// Reads parts to their end as a check does.
fn read(from: impl Read) {
    let mut parts = Parts::new(from);
    while let Ok(Some(_)) = parts.next_part() {
        while let Ok(Some(_)) = parts.next_block() {}
    }
    let _ = parts.finish();
}

fuzz_target!(|data: &[u8]| {
    let Some((way, bytes)) = data.split_first() else { return };
    match way % 6 {
        0 => {
            let mut plain = vec![];
            if let Ok(mut opener) = Opener::new(bytes, &KEY) {
                let _ = opener.read_to_end(&mut plain);
            }
        }
        1 => {
            // What was sealed with the key may still be damaged, or made by somebody who has the key.
            let mut sealer = Sealer::new(vec![], &KEY).expect("memory is written to");
            sealer.write_all(bytes).expect("memory is written to");
            let sealed = sealer.finish().expect("memory is written to");
            read(DeflateDecoder::new(Opener::new(sealed.as_slice(), &KEY).expect("it was sealed with the key")));
        }
        2 => read(bytes),
        3 => drop(serde_json::from_slice::<Manifest>(bytes)),
        4 => drop(erasures::of_lines(&String::from_utf8_lossy(bytes))),
        _ => drop(Key::parse(&String::from_utf8_lossy(bytes))),
    }
});
