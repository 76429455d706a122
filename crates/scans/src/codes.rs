//! Looks for QR codes: quick where the scan is good, then with more and more help.
//!
//! A step is taken only when those before it found nothing. Reed and Solomon's correction refuses what it cannot repair,
//! so that help finds a code or none, never another one.

use rqrr::{BitGrid, Grid, PreparedImage};

use crate::Grey;

/// A code that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub text: String,
    /// Quarters by which the picture is turned clockwise for the code to stand upright.
    pub turns: u8,
}

/// Longer sides of a page in dots: A4 at some 200, 135 and 100 dots per inch. Where noise is averaged away, a square of
/// our codes still has 5, 3½ and 2½ dots; looking at half as many dots takes half the time.
const USUAL: usize = 2_339;
const MIDDLE: usize = 1_560;
const COARSE: usize = 1_170;

/// How a picture is looked at.
type Look = fn(&Grey) -> Vec<Found>;

/// The looks, the quick and likely ones first.
const LOOKS: [Look; 8] = [
    |page| plainly(&page.at_most(MIDDLE)),
    |page| plainly(&page.at_most(COARSE)),
    |page| by_light_nearby(&page.at_most(MIDDLE).blurred(1)),
    |page| plainly(&page.at_most(USUAL)),
    |page| by_light_nearby(&page.at_most(COARSE)),
    |page| by_light_nearby(&page.at_most(USUAL).without_grains().blurred(1)),
    |page| by_light_nearby(&page.at_most(USUAL).blurred(2)),
    in_corners,
];

/// Reads the codes of a picture, from the top down.
pub fn find_codes(page: &Grey) -> Vec<Found> {
    LOOKS.iter().map(|look| look(page)).find(|found| !found.is_empty()).unwrap_or_default()
}

fn plainly(page: &Grey) -> Vec<Found> {
    let (width, dots) = (page.width(), page.dots());
    let mut prepared = PreparedImage::prepare_from_greyscale(width, page.height(), |x, y| dots[y * width + x]);
    read(&prepared.detect_grids())
}

/// Looks with a threshold of every place: shadows of a phone, folds, a lid left open.
fn by_light_nearby(page: &Grey) -> Vec<Found> {
    let dark = page.local_darkness(page.longest() / 60);
    let width = page.width();
    let mut prepared = PreparedImage::prepare_from_bitmap(width, page.height(), |x, y| dark[y * width + x]);
    read(&prepared.detect_grids())
}

/// Looks at the corners alone, twice as large: our sheets put the code into one of them, and a sheet may be turned.
fn in_corners(page: &Grey) -> Vec<Found> {
    let page = page.at_most(USUAL);
    let (width, height) = (page.width() / 2, page.height() * 2 / 5);
    let (right, bottom) = (page.width() - width, page.height() - height);
    for (left, top) in [(right, bottom), (0, bottom), (right, 0), (0, 0)] {
        let Some(corner) = page.part(left, top, width, height) else { continue };
        let larger = corner.without_grains().doubled();
        for found in [plainly(&larger), by_light_nearby(&larger.blurred(2))] {
            if !found.is_empty() {
                return found;
            }
        }
    }
    Vec::new()
}

fn read<Squares: BitGrid>(grids: &[Grid<Squares>]) -> Vec<Found> {
    let mut found: Vec<(i32, Found)> = grids
        .iter()
        .filter_map(|grid| {
            let (_, text) = grid.decode().ok()?;
            let [top_left, top_right, ..] = grid.bounds;
            let turns = turns_of(top_right.x - top_left.x, top_right.y - top_left.y);
            Some((top_left.y, Found { text, turns }))
        })
        .collect();
    found.sort_by_key(|(top, _)| *top);
    found.into_iter().map(|(_, found)| found).collect()
}

/// Tells by the upper edge of a code, which points to the right where it stands upright, how to turn the page.
fn turns_of(right: i32, down: i32) -> u8 {
    match (right.abs() >= down.abs(), right >= 0, down >= 0) {
        (true, true, _) => 0,
        (true, false, _) => 2,
        (false, _, true) => 3,
        (false, _, false) => 1,
    }
}
