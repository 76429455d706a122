//! A small seeded generator: the same school on every machine, whatever the version of a library.
//!
//! `SplitMix64`: Steele, Lea, Flood, «Fast splittable pseudorandom number generators», OOPSLA 2014. Not for secrets.

/// A stream of numbers that follows from its seed.
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// Returns the stream of a topic: «pupils of 2019», «parents of class 7А».
    ///
    /// Every topic has its own stream, so a new one does not change what the others gave.
    pub fn about(topic: &str) -> Self {
        // FNV-1a, 64 bits.
        let seed = topic
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Returns a number from zero up to, but not including, `bound`; zero when the bound is zero.
    pub fn below(&mut self, bound: u32) -> u32 {
        // The high half of a product; its bias of at most bound / 2³² does not matter for a demo.
        let product = u128::from(self.next()) * u128::from(bound);
        u32::try_from(product >> 64).unwrap_or(0)
    }

    /// Returns a number between two bounds, both included.
    pub fn between(&mut self, least: u32, most: u32) -> u32 {
        least + self.below(most.saturating_sub(least) + 1)
    }

    /// Tells whether something that happens in `percent` cases of a hundred happens now.
    pub fn happens(&mut self, percent: u32) -> bool {
        self.below(100) < percent
    }

    /// Returns one of the items.
    pub fn pick<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.place(items.len())]
    }

    /// Puts the items into a random order (Fisher–Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.place(last + 1));
        }
    }

    fn place(&mut self, length: usize) -> usize {
        self.below(u32::try_from(length).unwrap_or(u32::MAX)) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_those_of_splitmix64() {
        // The first outputs for the seed 1234567, as published with the reference implementation.
        let mut random = Random(1_234_567);
        let outputs: Vec<u64> = (0..3).map(|_| random.next()).collect();
        assert_eq!(outputs, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }

    #[test]
    fn a_topic_gives_the_same_stream_and_another_topic_another() {
        let three = |topic: &str| {
            let mut random = Random::about(topic);
            [(); 3].map(|()| random.below(1000))
        };
        assert_eq!(three("pupils"), three("pupils"));
        assert_ne!(three("pupils"), three("teachers"));
    }

    #[test]
    fn every_number_within_the_bounds_comes_up() {
        let mut random = Random::about("bounds");
        let mut seen = [false; 5];
        for _ in 0..200 {
            seen[random.between(3, 7) as usize - 3] = true;
        }
        assert_eq!(seen, [true; 5]);
        assert_eq!(random.below(0), 0);
    }

    #[test]
    fn a_shuffle_keeps_everything() {
        let mut items: Vec<u32> = (0..50).collect();
        Random::about("cards").shuffle(&mut items);
        assert_ne!(items, (0..50).collect::<Vec<_>>());
        items.sort_unstable();
        assert_eq!(items, (0..50).collect::<Vec<_>>());
    }
}
