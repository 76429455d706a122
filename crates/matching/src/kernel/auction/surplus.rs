//! Seats that nobody needs: they take the cheapest places and thereby set the floor of all prices.

use std::cmp::Reverse;

use super::{Auction, Lot, SURPLUS};
use crate::kernel::edge::Edge;
use crate::kernel::rows::Supply;
use crate::numbers::{NONE, at, id};

impl<E: Edge, S: Supply<E>> Auction<'_, '_, E, S> {
    /// Empties the seats, gives the cheapest to the surplus and counts prices from the floor so found.
    pub(super) fn clear_seats(&mut self) {
        let floor = self.floor;
        self.prices.iter_mut().for_each(|price| *price = (*price).max(floor));
        let surplus = self.layout.total() - self.problem.row_of.len();
        let level = self.level(surplus);
        self.shortlists.iter_mut().for_each(|list| list.lower(level));
        for (price, owner) in self.prices.iter_mut().zip(&mut self.owners) {
            *owner = if surplus > 0 && *price < level { SURPLUS } else { NONE };
            *price = (*price - level).max(0);
        }
        let mut left = surplus - self.seat_sink.iter().filter(|&&sink| self.owners[at(sink)] == SURPLUS).count();
        let mut seat_owner = vec![NONE; if self.seats.is_empty() { 0 } else { self.layout.total() }];
        for (seat, &sink) in self.seat_sink.iter().enumerate() {
            let mut owner = self.owners[at(sink)];
            if owner == NONE && self.prices[at(sink)] == 0 && left > 0 {
                left -= 1;
                owner = SURPLUS;
            }
            match seat_owner.get_mut(seat) {
                Some(place) => *place = owner,
                None => self.owners[at(sink)] = owner,
            }
        }
        for (seat, owner) in seat_owner.into_iter().enumerate() {
            let sink = at(self.seat_sink[seat]);
            let price = self.prices[sink];
            self.seats[seat] = Lot { price, owner };
            if self.is_single(sink) {
                self.owners[sink] = owner;
            }
        }
        self.floor = 0;
    }

    /// Returns the price up to which the surplus takes seats, or the lowest price when there is none.
    pub(super) fn level(&self, surplus: usize) -> i32 {
        if surplus == 0 {
            let used = |sink: &usize| self.layout.capacity(*sink) > 0;
            return (0..self.prices.len()).filter(used).map(|sink| self.prices[sink]).min().unwrap_or(0);
        }
        let mut prices: Vec<i32> = self.seat_sink.iter().map(|&sink| self.prices[at(sink)]).collect();
        *prices.select_nth_unstable(surplus - 1).1
    }

    /// Puts displaced surplus back on the cheapest seats; the floor rises to what the next seat costs.
    pub(super) fn raise_floor(&mut self) {
        if !self.tracking {
            self.tracking = true;
            let seats = (0..id(self.layout.total())).map(|seat| (self.seat(seat), seat));
            let owned = seats.filter(|(lot, _)| lot.owner != SURPLUS);
            self.cheapest = owned.map(|(lot, seat)| Reverse((lot.price, seat))).collect();
        }
        for _ in 0..(self.displaced / 8).max(1) {
            let Some((price, seat)) = self.pop_cheapest() else { return };
            let loser = self.seat(seat).owner;
            self.give_to_surplus(seat);
            self.displaced -= 1;
            let next = self.pop_cheapest();
            if let Some((price, seat)) = next {
                self.cheapest.push(Reverse((price, seat)));
            }
            let level = if loser == NONE { price } else { next.map_or(price, |(next, _)| next + self.step) };
            self.floor = self.floor.max(level);
            if loser != NONE {
                self.waiting.push(loser);
            }
        }
    }

    fn pop_cheapest(&mut self) -> Option<(i32, u32)> {
        while let Some(Reverse((price, seat))) = self.cheapest.pop() {
            let lot = self.seat(seat);
            if lot.owner == SURPLUS {
                continue;
            }
            if lot.price > price {
                self.cheapest.push(Reverse((lot.price, seat)));
                continue;
            }
            return Some((price, seat));
        }
        None
    }

    fn give_to_surplus(&mut self, seat: u32) {
        let sink = at(self.seat_sink[at(seat)]);
        if self.is_single(sink) {
            self.owners[sink] = SURPLUS;
        } else {
            self.seats[at(seat)].owner = SURPLUS;
            self.prices[sink] = self.prices[sink].min(self.floor);
        }
    }
}
