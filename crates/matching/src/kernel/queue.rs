//! The queue of Dijkstra's search: buckets for small whole distances, a heap beyond them.
//!
//! Dial 1969 ("Algorithm 360"): with small whole costs a bucket per distance beats every heap. Distances past the last
//! bucket wait in a binary heap, so a long alternating path cannot ask for gigabytes of buckets.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::edge::Cost;

/// Distances below this have a bucket when scores are coarse.
const BUCKETS: i64 = 4096;

pub(crate) struct Queue<C> {
    buckets: Vec<Vec<u32>>,
    limit: i64,
    /// The bucket that is being emptied.
    current: usize,
    /// One past the last bucket in use.
    end: usize,
    heap: BinaryHeap<Reverse<(C, u32)>>,
}

impl<C: Cost> Queue<C> {
    /// Prepares a queue for costs up to `top`.
    pub(crate) fn new(top: i64) -> Self {
        let limit = if top < BUCKETS { BUCKETS } else { 0 };
        Self { buckets: Vec::new(), limit, current: 0, end: 0, heap: BinaryHeap::new() }
    }

    #[inline]
    pub(crate) fn push(&mut self, distance: C, node: u32) {
        let wide = distance.wide();
        if wide < self.limit {
            let bucket = usize::try_from(wide).unwrap_or(0);
            if bucket >= self.buckets.len() {
                self.buckets.resize_with(bucket + 1, Vec::new);
            }
            self.end = self.end.max(bucket + 1);
            self.buckets[bucket].push(node);
        } else {
            self.heap.push(Reverse((distance, node)));
        }
    }

    /// Takes a node of the smallest distance, if that is below `below`.
    #[inline]
    pub(crate) fn pop(&mut self, below: C) -> Option<(C, u32)> {
        while self.current < self.end {
            let distance = C::of(crate::numbers::signed(self.current));
            if distance >= below {
                return None;
            }
            if let Some(node) = self.buckets[self.current].pop() {
                return Some((distance, node));
            }
            self.current += 1;
        }
        let &Reverse((distance, _)) = self.heap.peek()?;
        if distance >= below {
            return None;
        }
        self.heap.pop().map(|Reverse(entry)| entry)
    }

    pub(crate) fn clear(&mut self) {
        for bucket in &mut self.buckets[self.current.min(self.end)..self.end] {
            bucket.clear();
        }
        self.current = 0;
        self.end = 0;
        self.heap.clear();
    }
}
