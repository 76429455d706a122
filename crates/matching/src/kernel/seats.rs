//! Places of mentors: a mentor with capacity `c` is one sink with `c` seats, never `c` copied columns.

use crate::numbers::{NONE, at, id};

/// Who sits where. The taken seats of a sink stand first.
#[derive(Clone, Debug)]
pub(crate) struct Seats {
    first: Vec<u32>,
    owner: Vec<u32>,
    room: Vec<u32>,
}

impl Seats {
    pub(crate) fn new(capacities: &[u32]) -> Self {
        let mut first = Vec::with_capacity(capacities.len() + 1);
        let mut total = 0_u32;
        first.push(0);
        for &capacity in capacities {
            total += capacity;
            first.push(total);
        }
        Self { first, owner: vec![NONE; at(total)], room: capacities.to_vec() }
    }

    pub(crate) fn sinks(&self) -> usize {
        self.room.len()
    }

    pub(crate) fn total(&self) -> usize {
        self.owner.len()
    }

    #[inline]
    pub(crate) fn has_room(&self, sink: usize) -> bool {
        self.room[sink] > 0
    }

    /// Returns the number of free seats of a sink.
    #[inline]
    pub(crate) fn room(&self, sink: usize) -> u32 {
        self.room[sink]
    }

    #[inline]
    pub(crate) fn capacity(&self, sink: usize) -> u32 {
        self.first[sink + 1] - self.first[sink]
    }

    /// Returns the numbers of the seats of a sink that are taken.
    #[inline]
    pub(crate) fn taken(&self, sink: usize) -> std::ops::Range<u32> {
        self.first[sink]..self.first[sink + 1] - self.room[sink]
    }

    #[inline]
    pub(crate) fn first(&self, sink: usize) -> u32 {
        self.first[sink]
    }

    #[inline]
    pub(crate) fn owner(&self, seat: u32) -> u32 {
        self.owner[at(seat)]
    }

    #[inline]
    pub(crate) fn put(&mut self, seat: u32, unit: u32) {
        self.owner[at(seat)] = unit;
    }

    /// Opens the next free seat of a sink and returns its number; the caller puts somebody there.
    #[inline]
    pub(crate) fn open(&mut self, sink: usize) -> u32 {
        let seat = self.first[sink + 1] - self.room[sink];
        self.room[sink] -= 1;
        seat
    }

    pub(crate) fn sit(&mut self, sink: usize, unit: u32) {
        let seat = self.open(sink);
        self.put(seat, unit);
    }

    /// Removes everybody of a sink for whom `leaves` holds and closes the ranks.
    pub(crate) fn remove(&mut self, sink: usize, mut leaves: impl FnMut(u32) -> bool) {
        let start = self.first[sink];
        let mut end = start;
        for seat in self.taken(sink) {
            let unit = self.owner(seat);
            if !leaves(unit) {
                self.put(end, unit);
                end += 1;
            }
        }
        for seat in end..self.first[sink + 1] {
            self.put(seat, NONE);
        }
        self.room[sink] = self.first[sink + 1] - end;
    }

    /// Returns the sink of every seat.
    pub(crate) fn sink_of_seat(&self) -> Vec<u32> {
        let mut sinks = Vec::with_capacity(self.total());
        for sink in 0..self.sinks() {
            sinks.extend(std::iter::repeat_n(id(sink), at(self.capacity(sink))));
        }
        sinks
    }

    /// Returns the sink of every unit, [`NONE`] for those without.
    pub(crate) fn sink_of_unit(&self, units: usize) -> Vec<u32> {
        let mut sinks = vec![NONE; units];
        for sink in 0..self.sinks() {
            for seat in self.taken(sink) {
                sinks[at(self.owner(seat))] = id(sink);
            }
        }
        sinks
    }
}
