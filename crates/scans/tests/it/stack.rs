//! A class set of consents comes home.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::thread;

use hayro::hayro_syntax::Pdf;
use scans::{Grey, Limits, find_codes, read};

use crate::paper::{Chance, Manner, consents, jpeg, pdf_of_pictures, printed};

const SEED: u64 = 20_261_129;

/// Sheets of one manner.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Counts {
    all: usize,
    right: usize,
    wrong: usize,
}

/// Prints consents, takes each home in its manner and reads it with `codes_of`.
fn filed(sheets: usize, codes_of: impl Fn(Manner, &Grey) -> Vec<String> + Sync) -> BTreeMap<Manner, Counts> {
    let (codes, bytes) = consents(sheets, SEED);
    let pdf = Pdf::new(bytes).unwrap();
    assert_eq!(pdf.pages().len(), sheets);
    let counts = Mutex::new(BTreeMap::<Manner, Counts>::new());
    let workers = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for worker in 0..workers {
            let (codes, pdf, counts, codes_of) = (&codes, &pdf, &counts, &codes_of);
            scope.spawn(move || {
                for page in (worker..sheets).step_by(workers) {
                    // Every sheet has chances of its own, however the work is shared out.
                    let mut chance = Chance(SEED ^ ((page as u64) << 20));
                    let manner = Manner::of(page);
                    let scan = manner.take(&printed(pdf, page, manner.dots_per_inch()), &mut chance);
                    let found = codes_of(manner, &scan);
                    if found.is_empty() {
                        println!("sheet {page} ({manner:?}): unread");
                    }
                    let mut counts = counts.lock().unwrap();
                    let counts = counts.entry(manner).or_default();
                    counts.all += 1;
                    counts.right += usize::from(found == std::slice::from_ref(&codes[page]));
                    counts.wrong += usize::from(found.iter().any(|code| *code != codes[page]));
                }
            });
        }
    });
    counts.into_inner().unwrap()
}

/// Adds the manners up: what is read must be right, what is not read is filed by hand and must be rare.
fn judge(counts: &BTreeMap<Manner, Counts>) {
    for (manner, counts) in counts {
        println!("{manner:?}: {} of {} filed right, {} filed wrong", counts.right, counts.all, counts.wrong);
    }
    let sum = |part: fn(&Counts) -> usize| counts.values().map(part).sum::<usize>();
    let (all, right, wrong) = (sum(|counts| counts.all), sum(|counts| counts.right), sum(|counts| counts.wrong));
    println!("all: {right} of {all} filed right, {wrong} filed wrong");
    assert_eq!(wrong, 0);
    assert!(right * 100 >= all * 99, "fewer than 99 of 100 filed right");
}

#[test]
fn sheets_are_read_however_they_were_scanned() {
    judge(&filed(20, |_, scan| find_codes(scan).into_iter().map(|found| found.text).collect()));
}

/// `make check-scans`: some minutes, every sheet through a file of a scanner.
#[test]
#[ignore = "three hundred sheets take minutes; make check-scans runs them"]
fn a_class_set_comes_home() {
    judge(&filed(300, |manner, scan| {
        let picture = (jpeg(scan), scan.width(), scan.height(), manner.dots_per_inch());
        let mut codes = Vec::new();
        read("стопка.pdf", &pdf_of_pictures(&[picture]), &Limits::default(), &mut |page| {
            codes.extend(page.content.unwrap().codes);
            Ok(())
        })
        .unwrap();
        codes
    }));
}

#[test]
fn a_stack_of_a_scanner_is_read_page_by_page() {
    let (codes, bytes) = consents(4, 7);
    let pdf = Pdf::new(bytes.clone()).unwrap();
    let mut chance = Chance(7);
    let manners = [Manner::Scan200, Manner::Scan150, Manner::Turned, Manner::Photo];
    let pictures: Vec<_> = manners
        .iter()
        .enumerate()
        .map(|(page, manner)| {
            let scan = manner.take(&printed(&pdf, page, manner.dots_per_inch()), &mut chance);
            (jpeg(&scan), scan.width(), scan.height(), manner.dots_per_inch())
        })
        .collect();
    for stack in [pdf_of_pictures(&pictures), bytes] {
        let mut pages = Vec::new();
        read("стопка.pdf", &stack, &Limits::default(), &mut |page| {
            pages.push(page);
            Ok(())
        })
        .unwrap();
        assert_eq!(pages.len(), codes.len());
        for (page, code) in pages.into_iter().zip(&codes) {
            let seen = page.content.unwrap();
            assert_eq!(seen.codes, std::slice::from_ref(code), "page {}", page.number);
            assert!(seen.preview.starts_with(b"\xFF\xD8\xFF"), "page {}", page.number);
        }
    }
}

#[test]
fn a_turned_page_is_shown_upright() {
    let (_, bytes) = consents(1, 3);
    let sheet = printed(&Pdf::new(bytes).unwrap(), 0, 150.0);
    for quarters in 0..4 {
        let turns = find_codes(&sheet.turned(quarters))[0].turns;
        assert_eq!((quarters + turns) % 4, 0, "turned by {quarters}");
    }
}
