//! Any bytes are a stack of scans: a PDF, a picture, an archive of them, or the dots of a picture with codes.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scans::{Grey, Limits, find_codes, read};

fuzz_target!(|data: &[u8]| {
    let Some((way, bytes)) = data.split_first() else { return };
    if way % 4 == 0 {
        let width = usize::from(bytes.first().copied().unwrap_or(1)) + 1;
        let dots: Vec<u8> = bytes.iter().flat_map(|byte| (0..8).map(move |bit| (byte >> bit & 1) * 255)).collect();
        let height = dots.len() / width;
        if let Some(grey) = Grey::new(width, height, dots[..width * height].to_vec()) {
            drop(find_codes(&grey));
        }
        return;
    }
    // Small pictures only: a fuzzer learns nothing from seconds of unpacking and drawing.
    let small = Limits { dots: 10_000, drawn: 10_000.0, stream: 1 << 16, ..Limits::default() };
    let limits = Limits { pages: 3, entry: 1 << 20, unpacked: 4 << 20, ..small };
    let _ = read("Скан", bytes, &limits, &mut |_| Ok(()));
});
