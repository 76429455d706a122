//! Whole numbers in words. Rules: «Русская грамматика» (1980) on numerals: every word of a cardinal declines, of an
//! ordinal only the last.

use crate::{Case, Gender};

/// The six cases of a word, separated by spaces.
type Forms = &'static str;

const ZERO: Forms = "ноль ноля нолю ноль нолём ноле";
const ONE: [Forms; 3] =
    ["один одного одному один одним одном", "одна одной одной одну одной одной", "одно одного одному одно одним одном"];
const TWO: [Forms; 2] = ["два двух двум два двумя двух", "две двух двум две двумя двух"];
const THREE_TO_NINETEEN: [Forms; 17] = [
    "три трёх трём три тремя трёх",
    "четыре четырёх четырём четыре четырьмя четырёх",
    "пять пяти пяти пять пятью пяти",
    "шесть шести шести шесть шестью шести",
    "семь семи семи семь семью семи",
    "восемь восьми восьми восемь восемью восьми",
    "девять девяти девяти девять девятью девяти",
    "десять десяти десяти десять десятью десяти",
    "одиннадцать одиннадцати одиннадцати одиннадцать одиннадцатью одиннадцати",
    "двенадцать двенадцати двенадцати двенадцать двенадцатью двенадцати",
    "тринадцать тринадцати тринадцати тринадцать тринадцатью тринадцати",
    "четырнадцать четырнадцати четырнадцати четырнадцать четырнадцатью четырнадцати",
    "пятнадцать пятнадцати пятнадцати пятнадцать пятнадцатью пятнадцати",
    "шестнадцать шестнадцати шестнадцати шестнадцать шестнадцатью шестнадцати",
    "семнадцать семнадцати семнадцати семнадцать семнадцатью семнадцати",
    "восемнадцать восемнадцати восемнадцати восемнадцать восемнадцатью восемнадцати",
    "девятнадцать девятнадцати девятнадцати девятнадцать девятнадцатью девятнадцати",
];
const TENS: [Forms; 8] = [
    "двадцать двадцати двадцати двадцать двадцатью двадцати",
    "тридцать тридцати тридцати тридцать тридцатью тридцати",
    "сорок сорока сорока сорок сорока сорока",
    "пятьдесят пятидесяти пятидесяти пятьдесят пятьюдесятью пятидесяти",
    "шестьдесят шестидесяти шестидесяти шестьдесят шестьюдесятью шестидесяти",
    "семьдесят семидесяти семидесяти семьдесят семьюдесятью семидесяти",
    "восемьдесят восьмидесяти восьмидесяти восемьдесят восемьюдесятью восьмидесяти",
    "девяносто девяноста девяноста девяносто девяноста девяноста",
];
const HUNDREDS: [Forms; 9] = [
    "сто ста ста сто ста ста",
    "двести двухсот двумстам двести двумястами двухстах",
    "триста трёхсот трёмстам триста тремястами трёхстах",
    "четыреста четырёхсот четырёмстам четыреста четырьмястами четырёхстах",
    "пятьсот пятисот пятистам пятьсот пятьюстами пятистах",
    "шестьсот шестисот шестистам шестьсот шестьюстами шестистах",
    "семьсот семисот семистам семьсот семьюстами семистах",
    "восемьсот восьмисот восьмистам восемьсот восемьюстами восьмистах",
    "девятьсот девятисот девятистам девятьсот девятьюстами девятистах",
];

/// A noun that counts: its value, gender, and forms after 1, after 2–4 and after 5.
struct Unit {
    value: u32,
    gender: Gender,
    one: Forms,
    few: Forms,
    many: Forms,
}

const UNITS: [Unit; 3] = [
    Unit {
        value: 1_000_000_000,
        gender: Gender::Masculine,
        one: "миллиард миллиарда миллиарду миллиард миллиардом миллиарде",
        few: "миллиарда миллиардов миллиардам миллиарда миллиардами миллиардах",
        many: "миллиардов миллиардов миллиардам миллиардов миллиардами миллиардах",
    },
    Unit {
        value: 1_000_000,
        gender: Gender::Masculine,
        one: "миллион миллиона миллиону миллион миллионом миллионе",
        few: "миллиона миллионов миллионам миллиона миллионами миллионах",
        many: "миллионов миллионов миллионам миллионов миллионами миллионах",
    },
    Unit {
        value: 1_000,
        gender: Gender::Feminine,
        one: "тысяча тысячи тысяче тысячу тысячей тысяче",
        few: "тысячи тысяч тысячам тысячи тысячами тысячах",
        many: "тысяч тысяч тысячам тысяч тысячами тысячах",
    },
];

/// Writes a number in words: «двадцать две», «двадцати двумя». The accusative is the one of things: «два», not «двух».
pub fn number_in_words(n: u32, gender: Gender, case: Case) -> String {
    if n == 0 {
        return form(ZERO, case).to_owned();
    }
    let mut words = vec![];
    let mut rest = n;
    for unit in UNITS {
        let count = rest / unit.value;
        rest %= unit.value;
        if count > 0 {
            words.extend(below_thousand(count, unit.gender, case));
            words.push(form(unit.after(count), case));
        }
    }
    words.extend(below_thousand(rest, gender, case));
    words.join(" ")
}

impl Unit {
    fn after(&self, count: u32) -> Forms {
        match (count % 10, count % 100) {
            (_, 11..=14) => self.many,
            (1, _) => self.one,
            (2..=4, _) => self.few,
            _ => self.many,
        }
    }
}

fn below_thousand(n: u32, gender: Gender, case: Case) -> Vec<&'static str> {
    let below_twenty = if n % 100 < 20 { n % 100 } else { n % 10 };
    let hundred = nth(&HUNDREDS, n / 100, 1);
    let ten = nth(&TENS, n % 100 / 10, 2);
    let one = match (below_twenty, gender) {
        (1, Gender::Masculine) => Some(ONE[0]),
        (1, Gender::Feminine) => Some(ONE[1]),
        (1, Gender::Neuter) => Some(ONE[2]),
        (2, Gender::Feminine) => Some(TWO[1]),
        (2, _) => Some(TWO[0]),
        (more, _) => nth(&THREE_TO_NINETEEN, more, 3),
    };
    [hundred, ten, one].into_iter().flatten().map(|forms| form(forms, case)).collect()
}

/// Returns the word of `n` in a list that begins with the word of `first`.
fn nth(words: &[Forms], n: u32, first: u32) -> Option<Forms> {
    words.get(usize::try_from(n.checked_sub(first)?).ok()?).copied()
}

fn form(forms: Forms, case: Case) -> &'static str {
    forms.split(' ').nth(case as usize).unwrap_or(forms)
}

const FIRST_TO_NINETEENTH: [&str; 19] = [
    "первый",
    "второй",
    "третий",
    "четвёртый",
    "пятый",
    "шестой",
    "седьмой",
    "восьмой",
    "девятый",
    "десятый",
    "одиннадцатый",
    "двенадцатый",
    "тринадцатый",
    "четырнадцатый",
    "пятнадцатый",
    "шестнадцатый",
    "семнадцатый",
    "восемнадцатый",
    "девятнадцатый",
];
const TENTHS: [&str; 8] = [
    "двадцатый",
    "тридцатый",
    "сороковой",
    "пятидесятый",
    "шестидесятый",
    "семидесятый",
    "восьмидесятый",
    "девяностый",
];
const HUNDREDTHS: [&str; 9] = [
    "сотый",
    "двухсотый",
    "трёхсотый",
    "четырёхсотый",
    "пятисотый",
    "шестисотый",
    "семисотый",
    "восьмисотый",
    "девятисотый",
];

/// Writes an ordinal in words: «две тысячи двадцать шестой», «двадцать второго».
pub fn ordinal_in_words(n: u16, gender: Gender, case: Case) -> String {
    let n = u32::from(n);
    let (last, word) = match n {
        0 => (0, "нулевой".to_owned()),
        _ if n.is_multiple_of(1000) => (n, format!("{}тысячный", thousands_in_one_word(n / 1000))),
        _ if n.is_multiple_of(100) => (n % 1000, word_of(&HUNDREDTHS, n % 1000 / 100, 1)),
        _ if n % 100 < 20 => (n % 100, word_of(&FIRST_TO_NINETEENTH, n % 100, 1)),
        _ if n.is_multiple_of(10) => (n % 100, word_of(&TENTHS, n % 100 / 10, 2)),
        _ => (n % 10, word_of(&FIRST_TO_NINETEENTH, n % 10, 1)),
    };
    let word = agreed(&word, gender, case);
    if n == last {
        return word;
    }
    // A year says «тысяча девятьсот…», a sum «одна тысяча…».
    let before = number_in_words(n - last, gender, Case::Nominative);
    let before = before.strip_prefix("одна ").unwrap_or(&before);
    format!("{before} {word}")
}

fn word_of(words: &[Forms], n: u32, first: u32) -> String {
    nth(words, n, first).unwrap_or_default().to_owned()
}

/// Returns what stands before «тысячный»: «двух», «двадцатиодно»; one thousand has nothing.
fn thousands_in_one_word(thousands: u32) -> String {
    if thousands == 1 {
        return String::new();
    }
    number_in_words(thousands, Gender::Masculine, Case::Genitive).replace("одного", "одно").replace(' ', "")
}

/// Puts an ordinal in its gender and case.
fn agreed(word: &str, gender: Gender, case: Case) -> String {
    let (stem, endings) = match (word.strip_suffix("ий"), gender) {
        (Some(stem), Gender::Masculine) => (stem, "ий ьего ьему ий ьим ьем"),
        (Some(stem), Gender::Feminine) => (stem, "ья ьей ьей ью ьей ьей"),
        (Some(stem), Gender::Neuter) => (stem, "ье ьего ьему ье ьим ьем"),
        (None, Gender::Masculine) if word.ends_with("ой") => (word.trim_end_matches("ой"), "ой ого ому ой ым ом"),
        (None, Gender::Masculine) => (word.trim_end_matches("ый"), "ый ого ому ый ым ом"),
        (None, Gender::Feminine) => (word.trim_end_matches(['о', 'ы', 'й']), "ая ой ой ую ой ой"),
        (None, Gender::Neuter) => (word.trim_end_matches(['о', 'ы', 'й']), "ое ого ому ое ым ом"),
    };
    format!("{stem}{}", form(endings, case))
}
