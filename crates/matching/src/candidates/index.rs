//! Rows of bits over mentors, one row per word, looked through block by block.
//!
//! How many words a mentor shares with the mentee is counted for 256 mentors at a time, digit by digit. From topics, slots
//! and interests together follows the best score a mentor can have, so only those who may still get among the best few
//! are looked at one by one.

use crate::numbers::at;
use crate::people::prepared::{Bits, Common, People};
use crate::people::settings::FormSettings;

/// The largest number of common words that a need asks for.
pub(super) const MOST_NEEDED: usize = 6;

/// Mentors in a block.
pub(super) const WIDTH: usize = 256;

type Block = [u64; WIDTH / 64];
type Row = Vec<Block>;

const NOBODY: Block = [0; WIDTH / 64];
const EVERYBODY: Block = [u64::MAX; WIDTH / 64];

fn and(a: &Block, b: &Block) -> Block {
    std::array::from_fn(|word| a[word] & b[word])
}

fn or(a: &Block, b: &Block) -> Block {
    std::array::from_fn(|word| a[word] | b[word])
}

fn xor(a: &Block, b: &Block) -> Block {
    std::array::from_fn(|word| a[word] ^ b[word])
}

/// Adds three bits per mentor: the sum and what is carried.
#[inline]
fn add(a: &Block, b: &Block, c: &Block) -> (Block, Block) {
    let either = xor(a, b);
    (xor(&either, c), or(&and(a, b), &and(c, &either)))
}

fn is_empty(block: &Block) -> bool {
    block.iter().fold(0, |any, word| any | word) == 0
}

pub(super) struct Index {
    blocks: usize,
    /// Mentors that can be considered at all, by form.
    forms: Vec<Row>,
    slots: Vec<Row>,
    languages: Vec<Row>,
    places: Vec<Row>,
    topics: Vec<Row>,
    interests: Vec<Row>,
    /// Mentors who refuse a mentee or are related, by mentee.
    refused: Vec<Vec<u32>>,
}

/// What a mentor must share at least, as numbers of planes: one way to reach a score.
#[derive(Clone, Copy)]
pub(super) struct Need {
    pub(super) topics: usize,
    pub(super) slots: usize,
    pub(super) interests: usize,
}

/// The words and the exceptions of one mentee.
pub(super) struct Wanted<'a> {
    form: &'a Row,
    languages: Option<Vec<&'a Row>>,
    places: Option<Vec<&'a Row>>,
    topics: Vec<&'a Row>,
    slots: Vec<&'a Row>,
    interests: Vec<&'a Row>,
    /// The least number of common slots.
    least_slots: usize,
    /// Mentors who are out of the question or were looked at already, rising.
    pub(super) except: Vec<u32>,
}

impl Index {
    pub(super) fn new(people: &People) -> Self {
        let mentors = &people.mentors;
        let blocks = mentors.len().div_ceil(WIDTH);
        let rows = |of: fn(&Common) -> &Bits| {
            let count = mentors.iter().map(|mentor| of(&mentor.own).members().max().map_or(0, |most| most + 1)).max();
            let mut rows = vec![vec![NOBODY; blocks]; count.unwrap_or(0)];
            for (number, mentor) in mentors.iter().enumerate() {
                of(&mentor.own).members().for_each(|word| set(&mut rows[word], number));
            }
            rows
        };
        let mut refused = vec![Vec::new(); people.mentees.len()];
        for (number, mentor) in (0..).zip(mentors) {
            for &mentee in mentor.own.vetoes.iter().chain(&mentor.own.relatives) {
                refused[at(mentee)].push(number);
            }
        }
        Self {
            blocks,
            forms: people.forms.iter().enumerate().map(|(form, rules)| form_row(people, form, rules, blocks)).collect(),
            slots: rows(|common| &common.slots),
            languages: rows(|common| &common.languages),
            places: rows(|common| &common.places),
            topics: rows(|common| &common.topics),
            interests: rows(|common| &common.interests),
            refused,
        }
    }

    /// Gathers what concerns one mentee.
    pub(super) fn wanted(&self, people: &People, number: usize) -> Wanted<'_> {
        let mentee = &people.mentees[number];
        let form = people.form(mentee);
        let own = &mentee.own;
        let mut except = [&own.vetoes[..], &own.relatives, &mentee.banned, &self.refused[number]].concat();
        except.extend(people.mentor(&mentee.id));
        Wanted {
            form: &self.forms[at(mentee.form)],
            languages: form.language.then(|| pick(&self.languages, &own.languages)),
            places: form.place.then(|| pick(&self.places, &own.places)),
            topics: pick(&self.topics, &own.topics),
            slots: pick(&self.slots, &own.slots),
            interests: pick(&self.interests, &own.interests),
            least_slots: at(form.common_slots).min(MOST_NEEDED),
            except,
        }
    }

    pub(super) fn blocks(&self) -> usize {
        self.blocks
    }
}

fn pick<'a>(rows: &'a [Row], words: &Bits) -> Vec<&'a Row> {
    words.members().filter_map(|word| rows.get(word)).collect()
}

fn set(row: &mut Row, number: usize) {
    row[number / WIDTH][number % WIDTH / 64] |= 1 << (number % 64);
}

impl Wanted<'_> {
    /// Returns the mentors of a block who keep the rules by words and lists and fulfil one of the needs.
    pub(super) fn block(&self, block: usize, needs: &[Need]) -> Option<Found> {
        let mut allowed = self.form[block];
        for rows in [&self.languages, &self.places].into_iter().flatten() {
            let any = rows.iter().fold(NOBODY, |any, row| or(&any, &row[block]));
            allowed = and(&allowed, &any);
        }
        let least = needs.iter().map(|need| need.topics).min().unwrap_or(0);
        let topics = Count::of(&self.topics, block);
        allowed = and(&allowed, &topics.at_least(least));
        if is_empty(&allowed) {
            return None;
        }
        let slots = Count::of(&self.slots, block);
        allowed = and(&allowed, &slots.at_least(self.least_slots));
        let interests = Count::of(&self.interests, block);
        let mut reached = NOBODY;
        // Ways stand by topics, so that what they have in common is worked out once.
        for ways in needs.chunk_by(|a, b| a.topics == b.topics) {
            let by_topics = ways.iter().fold(NOBODY, |found, way| {
                or(&found, &and(&slots.at_least(way.slots), &interests.at_least(way.interests)))
            });
            reached = or(&reached, &and(&by_topics, &topics.at_least(ways[0].topics)));
        }
        let mut found = and(&allowed, &reached);
        let start = block * WIDTH;
        let from = self.except.partition_point(|&mentor| at(mentor) < start);
        for &mentor in self.except[from..].iter().take_while(|&&mentor| at(mentor) < start + WIDTH) {
            found[at(mentor) % WIDTH / 64] &= !(1 << (mentor % 64));
        }
        (!is_empty(&found)).then_some(Found { mentors: found, topics, slots, interests })
    }
}

/// In how many of some rows each mentor of a block stands: the binary digits of the count.
struct Count {
    ones: Block,
    twos: Block,
    fours: Block,
    /// Eight and more.
    many: Block,
}

impl Count {
    #[inline]
    fn of(rows: &[&Row], block: usize) -> Self {
        let mut count = Self { ones: NOBODY, twos: NOBODY, fours: NOBODY, many: NOBODY };
        let (fours, rest) = rows.as_chunks::<4>();
        for [a, b, c, d] in fours {
            count.add_four([&a[block], &b[block], &c[block], &d[block]]);
        }
        let row = |place: usize| rest.get(place).map_or(&NOBODY, |row| &row[block]);
        if !rest.is_empty() {
            count.add_four([row(0), row(1), row(2), &NOBODY]);
        }
        count
    }

    /// Adds four rows at once: a carry is passed on half as often.
    #[inline]
    fn add_four(&mut self, [a, b, c, d]: [&Block; 4]) {
        let (ones, first) = add(&self.ones, a, b);
        let (ones, second) = add(&ones, c, d);
        let (twos, carried) = add(&self.twos, &first, &second);
        self.many = or(&self.many, &and(&self.fours, &carried));
        self.fours = xor(&self.fours, &carried);
        (self.ones, self.twos) = (ones, twos);
    }

    #[inline]
    fn number(&self, word: usize, bit: u32) -> usize {
        let digit = |digits: &Block| usize::from(digits[word] >> bit & 1 == 1);
        if digit(&self.many) == 1 {
            return MANY;
        }
        digit(&self.ones) | digit(&self.twos) << 1 | digit(&self.fours) << 2
    }

    /// Returns those who stand in at least so many rows, up to seven.
    #[inline]
    fn at_least(&self, number: usize) -> Block {
        // From the lowest digit up: a digit above the wanted one decides, an equal one leaves it to those below.
        let digits = [&self.ones, &self.twos, &self.fours];
        let found = digits.iter().enumerate().fold(EVERYBODY, |lower, (place, digit)| {
            if number >> place & 1 == 1 { and(digit, &lower) } else { or(digit, &lower) }
        });
        or(&found, &self.many)
    }
}

/// Mentors of a block to be looked at one by one, with what they share.
pub(super) struct Found {
    mentors: Block,
    topics: Count,
    slots: Count,
    interests: Count,
}

/// How many words a mentor shares with the mentee; [`MANY`] for so many and more.
#[derive(Clone, Copy)]
pub(super) struct Shared {
    pub(super) topics: usize,
    pub(super) slots: usize,
    pub(super) interests: usize,
}

pub(super) const MANY: usize = 8;

impl Found {
    /// Calls `visit` with the numbers of the mentors in the block, rising.
    pub(super) fn each(&self, mut visit: impl FnMut(u32, Shared)) {
        let mut base = 0;
        for (word, &mentors) in self.mentors.iter().enumerate() {
            let mut bits = mentors;
            while bits != 0 {
                let bit = bits.trailing_zeros();
                let shared = |count: &Count| count.number(word, bit);
                let shared = Shared {
                    topics: shared(&self.topics),
                    slots: shared(&self.slots),
                    interests: shared(&self.interests),
                };
                visit(base + bit, shared);
                bits &= bits - 1;
            }
            base += 64;
        }
    }
}

fn form_row(people: &People, form: usize, rules: &FormSettings, blocks: usize) -> Row {
    let mut row = vec![NOBODY; blocks];
    for (number, mentor) in people.mentors.iter().enumerate() {
        let offered = mentor.forms.members().any(|offered| offered == form);
        let cleared = mentor.cleared || !rules.clearance;
        if offered && cleared && mentor.own.consent && mentor.places > 0 {
            set(&mut row, number);
        }
    }
    row
}
