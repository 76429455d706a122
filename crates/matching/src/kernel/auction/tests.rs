use super::prices;
use crate::control::{Control, Stage};
use crate::kernel::Stop;
use crate::kernel::edge::{Edge, Huge, Narrow, Wide};
use crate::kernel::paths::Paths;
use crate::kernel::rows::{Flat, Rows};
use crate::kernel::transport::{Problem, one_each};
use crate::numbers::{at, id};

const STOP: Stop<'static> = Stop { control: Control::none(), stage: Stage::Total };

struct Random(u64);

impl Random {
    fn below(&mut self, bound: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from(self.0 >> 33).unwrap() % bound
    }
}

/// Returns rows and capacities; unit `k` can always sit at sink `k` modulo their number.
fn problem(random: &mut Random, units: u32, capacities: &[u32], top: u32) -> Vec<Vec<(i64, u32)>> {
    let sinks = id(capacities.len());
    let mut home: Vec<u32> = (0..sinks).flat_map(|sink| vec![sink; at(capacities[at(sink)])]).collect();
    home.truncate(at(units));
    let row = |&sink: &u32| {
        let mut row = vec![(i64::from(random.below(top + 1)), sink)];
        for _ in 0..random.below(140) % 7 * (1 + random.below(20)) {
            let other = random.below(sinks);
            if row.iter().all(|&(_, sink)| sink != other) && capacities[at(other)] > 0 {
                row.push((i64::from(random.below(top + 1)), other));
            }
        }
        row
    };
    home.iter().map(row).collect()
}

fn flat<E: Edge>(rows: &[Vec<(i64, u32)>]) -> Flat<E> {
    let mut flat = Flat { offsets: vec![0], edges: Vec::new() };
    for row in rows {
        flat.edges.extend(row.iter().map(|&(cost, sink)| E::new(cost, sink)));
        flat.offsets.push(flat.edges.len());
    }
    flat
}

/// Returns the total cost and checks the prices: no edge is cheaper than they say, room costs nothing.
fn total<E: Edge>(paths: &Paths<E, Flat<E>>, rows: &[Vec<(i64, u32)>], may_be_full: bool) -> i64 {
    let sink_prices = paths.sink_prices();
    let mut total = 0;
    let mates = paths.seats.sink_of_unit(rows.len());
    for (row, &mate) in rows.iter().zip(&mates) {
        let cost = row.iter().find(|&&(_, sink)| sink == mate).unwrap().0;
        let price = cost - sink_prices[at(mate)];
        assert!(row.iter().all(|&(cost, sink)| cost - sink_prices[at(sink)] >= price));
        total += cost;
    }
    for (sink, &price) in sink_prices.iter().enumerate() {
        assert!(price <= 0 && (may_be_full || price == 0 || !paths.seats.has_room(sink)));
    }
    total
}

fn compare<E: Edge>(seed: u64, sinks: u32, spare: u32, most: u32, top: u32) {
    let mut random = Random(seed);
    let capacities: Vec<u32> = (0..sinks).map(|_| 1 + random.below(most)).collect();
    let units = capacities.iter().sum::<u32>() - spare;
    let rows = problem(&mut random, units, &capacities, top);
    let row_of = one_each(rows.len());
    let problem = Problem { row_of: &row_of, capacities: &capacities, top: i64::from(top) };
    let fresh = || Paths::<E, _>::new(Rows::new(flat::<E>(&rows), problem.top), &row_of, &capacities).unwrap();
    let mut plain = fresh();
    let waiting = plain.start();
    assert!(plain.finish(&waiting, None, &STOP).unwrap());
    let mut warm = fresh();
    let hint = prices(&mut warm.rows, &problem, &STOP).unwrap().unwrap();
    let waiting = warm.resume(&hint.sink_prices, &hint.sink_of_unit);
    warm.finish(&waiting, None, &STOP).unwrap();
    assert_eq!(total(&warm, &rows, spare == 0), total(&plain, &rows, spare == 0), "seed {seed}");
}

#[test]
fn an_auction_leads_to_the_same_total_as_searching() {
    for seed in 0..60 {
        compare::<Narrow>(seed, 150, 0, 1, 100);
        compare::<Narrow>(seed, 150, 40, 1, 100);
        compare::<Narrow>(seed, 60, 25, 5, 20);
        compare::<Narrow>(seed, 60, 0, 4, 3);
        compare::<Wide>(seed, 150, 20, 1, 1_000_000);
        compare::<Huge>(seed, 80, 10, 2, 5_000);
    }
}

#[test]
fn an_auction_declines_numbers_that_are_too_large() {
    let rows = vec![vec![(1 << 40, 0)]];
    let problem = Problem { row_of: &[0], capacities: &[1], top: 1 << 40 };
    assert!(prices(&mut Rows::<Huge, _>::new(flat(&rows), 1 << 40), &problem, &STOP).unwrap().is_none());
}

#[test]
fn searches_that_grow_too_large_are_given_up() {
    let mut random = Random(5);
    let capacities = vec![1; 4000];
    let rows = problem(&mut random, 4000, &capacities, 100);
    let row_of = one_each(rows.len());
    let mut paths = Paths::<Narrow, _>::new(Rows::new(flat::<Narrow>(&rows), 100), &row_of, &capacities).unwrap();
    let waiting = paths.seat_cheaply();
    assert!(!paths.finish(&waiting, Some(0), &STOP).unwrap());
}
