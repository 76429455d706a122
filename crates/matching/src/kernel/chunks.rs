//! Long rows in chunks: a row is read only where it has something to give, which the graph tells by the best score of
//! every chunk and a transposed part by the least cost.
//!
//! Which members of a chunk are wanted is computed without branches, because
//! nobody can foresee it: a branch guessed wrong costs as much as comparing a whole chunk.

use prefetch_index::prefetch_index;

use super::edge::Cost;
use crate::graph::CHUNK;
use crate::numbers::at;

/// Bytes that come from memory together.
const LINE: usize = 64;

/// Returns which members of a chunk are wanted, one bit each.
///
/// Without branches, because nobody can foresee which they are; eight bytes of zeros and ones become eight bits by one
/// multiplication.
#[inline]
pub(crate) fn marks<T: Copy>(chunk: &[T], wanted: impl Fn(T) -> bool) -> u32 {
    let mut bytes = [0_u8; CHUNK];
    match <&[T; CHUNK]>::try_from(chunk) {
        // The length is known here, so the comparisons are vectorised.
        Ok(full) => bytes.iter_mut().zip(full).for_each(|(byte, &member)| *byte = u8::from(wanted(member))),
        Err(_) => bytes.iter_mut().zip(chunk).for_each(|(byte, &member)| *byte = u8::from(wanted(member))),
    }
    let (eights, _) = bytes.as_chunks::<8>();
    eights.iter().rev().fold(0, |bits, &eight| {
        let gathered = u64::from_le_bytes(eight).wrapping_mul(0x0102_0408_1020_4080);
        bits << 8 | u32::from(gathered.to_be_bytes()[0])
    })
}

/// Returns the places of the bits that are set, in rising order.
#[inline]
pub(crate) fn places(mut bits: u32) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        let place = (bits != 0).then(|| bits.trailing_zeros())?;
        bits &= bits - 1;
        Some(place)
    })
}

/// Returns where the chunks of a row begin whose floors are not above `upto`, and asks the memory for them ahead.
#[inline]
pub(crate) fn chunks_within<C: Cost, T>(row: &[T], floors: &[C], upto: C) -> impl Iterator<Item = usize> {
    let groups = (0..).step_by(CHUNK * CHUNK).zip(floors.chunks(CHUNK));
    groups.flat_map(move |(start, group)| {
        let wanted = marks(group, |floor| floor <= upto);
        let starts = move || places(wanted).map(move |place| start + at(place) * CHUNK);
        for chunk in starts() {
            (chunk..chunk + CHUNK).step_by(LINE / size_of::<T>()).for_each(|member| prefetch_index(row, member));
        }
        starts()
    })
}

#[cfg(test)]
mod tests {
    use super::{CHUNK, chunks_within, marks, places};

    #[test]
    fn marks_tell_who_is_wanted_in_chunks_of_every_length() {
        for length in 0..=CHUNK {
            let chunk: Vec<i32> = (0..).map(|number: i32| number * 37 % 64).take(length).collect();
            for limit in [0, 7, 31, 63] {
                let found: Vec<u32> = places(marks(&chunk, |cost| cost < limit)).collect();
                let expected = (0..).zip(&chunk).filter(|&(_, &cost)| cost < limit).map(|(place, _)| place);
                assert_eq!(found, expected.collect::<Vec<u32>>(), "{length} members below {limit}");
            }
        }
    }

    #[test]
    fn chunks_are_named_by_their_first_member() {
        let floors: Vec<i32> = (0..100).map(|number| number * 29 % 50).collect();
        let row = vec![0; floors.len() * CHUNK];
        let found: Vec<usize> = chunks_within(&row, &floors, 9).collect();
        let expected = floors.iter().enumerate().filter(|&(_, &floor)| floor <= 9).map(|(chunk, _)| chunk * CHUNK);
        assert_eq!(found, expected.collect::<Vec<usize>>());
    }
}
