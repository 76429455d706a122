//! Numbers, ordinals and dates in words.

use chrono::NaiveDate;
use russian::{Case, Gender, date_in_words, number_in_words, ordinal_in_words};

const MEN: Gender = Gender::Masculine;

#[test]
fn numbers_agree_in_gender() {
    let say = |n, gender| number_in_words(n, gender, Case::Nominative);
    assert_eq!([say(1, MEN), say(1, Gender::Feminine), say(1, Gender::Neuter)], ["один", "одна", "одно"]);
    assert_eq!([say(22, MEN), say(22, Gender::Feminine)], ["двадцать два", "двадцать две"]);
    assert_eq!(say(0, MEN), "ноль");
    assert_eq!(say(2_001, MEN), "две тысячи один");
    assert_eq!(say(12_412, MEN), "двенадцать тысяч четыреста двенадцать");
    assert_eq!(say(1_000_000, MEN), "один миллион");
    assert_eq!(
        say(999_999_999, Gender::Feminine),
        "девятьсот девяносто девять миллионов девятьсот девяносто девять тысяч девятьсот девяносто девять"
    );
    assert_eq!(say(u32::MAX, MEN).split(' ').next(), Some("четыре"));
}

#[test]
fn every_word_of_a_number_declines() {
    assert_eq!(
        Case::ALL.map(|case| number_in_words(2_341, Gender::Feminine, case)),
        [
            "две тысячи триста сорок одна",
            "двух тысяч трёхсот сорока одной",
            "двум тысячам трёмстам сорока одной",
            "две тысячи триста сорок одну",
            "двумя тысячами тремястами сорока одной",
            "двух тысячах трёхстах сорока одной",
        ]
    );
    assert_eq!(number_in_words(5_000_000, MEN, Case::Dative), "пяти миллионам");
    assert_eq!(number_in_words(58, MEN, Case::Instrumental), "пятьюдесятью восемью");
    assert_eq!(number_in_words(1_000, MEN, Case::Accusative), "одну тысячу");
}

#[test]
fn only_the_last_word_of_an_ordinal_declines() {
    let say = |n, gender, case| ordinal_in_words(n, gender, case);
    assert_eq!(say(2026, MEN, Case::Genitive), "две тысячи двадцать шестого");
    assert_eq!(say(1999, MEN, Case::Prepositional), "тысяча девятьсот девяносто девятом");
    assert_eq!(say(2000, MEN, Case::Genitive), "двухтысячного");
    assert_eq!(say(1000, MEN, Case::Nominative), "тысячный");
    assert_eq!(say(21_000, MEN, Case::Nominative), "двадцатиоднотысячный");
    assert_eq!(say(3, Gender::Feminine, Case::Accusative), "третью");
    assert_eq!(say(23, MEN, Case::Dative), "двадцать третьему");
    assert_eq!(say(2, Gender::Neuter, Case::Nominative), "второе");
    assert_eq!(say(40, Gender::Feminine, Case::Instrumental), "сороковой");
    assert_eq!(say(2100, MEN, Case::Genitive), "две тысячи сотого");
    assert_eq!(say(0, MEN, Case::Nominative), "нулевой");
    assert_eq!(say(8, MEN, Case::Prepositional), "восьмом");
}

#[test]
fn a_date_is_said_in_full() {
    let date = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap();
    let day = date(2026, 11, 22);
    assert_eq!(date_in_words(day, Case::Nominative), "двадцать второе ноября две тысячи двадцать шестого года");
    assert_eq!(date_in_words(day, Case::Genitive), "двадцать второго ноября две тысячи двадцать шестого года");
    assert_eq!(date_in_words(date(2000, 3, 3), Case::Nominative), "третье марта двухтысячного года");
    assert_eq!(date_in_words(date(-44, 3, 15), Case::Nominative), "пятнадцатое марта -44 года");
}
