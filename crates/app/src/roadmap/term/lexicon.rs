//! The words a term is made of.

use chrono::Month;

use super::Period;
use super::tokens::cyrillic;

/// What a word of a term means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lexeme {
    Month(Month),
    /// «г», «год», «учебного»: belongs to a number before it, or stands for the school year.
    Year,
    /// «период»: stands for the school year unless a date follows.
    WholePeriod,
    /// «постоянно», «систематически».
    Always,
    From,
    To,
    Until,
    /// «конца».
    End,
    And,
    Yearly,
    Recurring(Period),
    /// A period counted in «раз в …», in every case.
    PeriodNoun(Period),
    /// «каждый».
    Every,
    /// «раз».
    Times,
    /// «необходимость», «запрос»: what a row done when needed waits for.
    Need,
    /// «мере» of «по мере …».
    Measure,
    Number(u32),
    WorkingDays,
    CalendarDays,
    Day,
    Not,
    /// «позднее» of «не позднее».
    Later,
    /// «реже» of «не реже».
    Rarer,
    /// «в», «на», «течение»: says nothing a date does not say.
    Filler,
    Unknown,
}

/// Looks a word up, also as if it were typed in letters of the other alphabet.
pub(super) fn lexeme(word: &str) -> Lexeme {
    match known(word) {
        Lexeme::Unknown => known(&cyrillic(word)),
        found => found,
    }
}

fn known(word: &str) -> Lexeme {
    month(word).map(Lexeme::Month).or_else(|| connective(word)).unwrap_or_else(|| period(word))
}

fn connective(word: &str) -> Option<Lexeme> {
    Some(match word {
        "с" | "со" | "от" | "начиная" => Lexeme::From,
        "по" => Lexeme::To,
        "до" | "к" | "ко" => Lexeme::Until,
        "и" => Lexeme::And,
        "не" => Lexeme::Not,
        "позднее" | "позже" => Lexeme::Later,
        "реже" | "менее" => Lexeme::Rarer,
        "конца" | "концу" | "конец" | "окончания" | "окончанию" | "завершения" => {
            Lexeme::End
        }
        "каждый" | "каждую" | "каждое" | "каждого" | "каждой" => Lexeme::Every,
        "раз" | "раза" => Lexeme::Times,
        "мере" => Lexeme::Measure,
        "один" | "одного" | "i" | "первый" | "первое" | "первого" | "первом" => {
            Lexeme::Number(1)
        }
        "два" | "двух" | "ii" | "второй" | "второе" | "второго" | "втором" => {
            Lexeme::Number(2)
        }
        "три" | "трех" | "iii" | "третий" | "третьего" | "третьем" => Lexeme::Number(3),
        "четыре" | "iv" | "четвертый" | "четвертого" | "четвертом" => {
            Lexeme::Number(4)
        }
        "в"
        | "во"
        | "на"
        | "при"
        | "за"
        | "течение"
        | "течении"
        | "теч"
        | "протяжении"
        | "весь"
        | "всего"
        | "всей"
        | "все"
        | "всем"
        | "реализации"
        | "действия"
        | "программы"
        | "карты"
        | "дорожной"
        | "срок"
        | "сроком"
        | "этого"
        | "текущего"
        | "календарного"
        | "календарный"
        | "е"
        | "го"
        | "ого"
        | "ое"
        | "ый"
        | "й"
        | "х"
        | "ти"
        | "срока" => Lexeme::Filler,
        _ => return None,
    })
}

fn period(word: &str) -> Lexeme {
    match word {
        "г" | "гг" | "год" | "года" | "году" | "годы" | "годов" | "годах" | "уч" | "учеб" => {
            Lexeme::Year
        }
        "день" | "дня" | "дней" | "дн" | "дни" => Lexeme::Day,
        "раб" | "рабочих" | "рабочего" | "рабочие" | "рабочий" => Lexeme::WorkingDays,
        "кал" | "календ" | "календарных" | "календарного" => Lexeme::CalendarDays,
        "неделя" | "неделю" | "недели" => Lexeme::PeriodNoun(Period::Week),
        "месяц" | "месяца" => Lexeme::PeriodNoun(Period::Month),
        "квартал" | "квартала" | "квартале" | "кв" => Lexeme::PeriodNoun(Period::Quarter),
        "четверть" | "четверти" => Lexeme::PeriodNoun(Period::SchoolQuarter),
        "полугодие" | "полугодия" | "полугодии" => Lexeme::PeriodNoun(Period::HalfYear),
        "период" | "периода" | "периоде" => Lexeme::WholePeriod,
        "ежедневно" => Lexeme::Recurring(Period::Day),
        "еженедельно" => Lexeme::Recurring(Period::Week),
        "ежемесячно" => Lexeme::Recurring(Period::Month),
        "ежеквартально" => Lexeme::Recurring(Period::Quarter),
        "постоянно" | "постоянной" | "систематически" | "регулярно" | "непрерывно" => {
            Lexeme::Always
        }
        "основе" | "включительно" => Lexeme::Filler,
        _ => stem(word),
    }
}

fn stem(word: &str) -> Lexeme {
    const NEEDS: [&str; 6] = ["необходимост", "запрос", "требовани", "потребност", "заявк", "обращени"];
    if word.starts_with("учебн") {
        Lexeme::Year
    } else if word.starts_with("ежегодн") {
        Lexeme::Yearly
    } else if NEEDS.iter().any(|need| word.starts_with(need)) {
        Lexeme::Need
    } else {
        Lexeme::Unknown
    }
}

/// Reads the name of a month in any case, and the usual short names.
fn month(word: &str) -> Option<Month> {
    const STEMS: [(&str, &str, Month); 11] = [
        ("январ", "янв", Month::January),
        ("феврал", "фев февр", Month::February),
        ("март", "мар", Month::March),
        ("апрел", "апр", Month::April),
        ("июн", "", Month::June),
        ("июл", "", Month::July),
        ("август", "авг", Month::August),
        ("сентябр", "сен сент", Month::September),
        ("октябр", "окт", Month::October),
        ("ноябр", "ноя нояб", Month::November),
        ("декабр", "дек", Month::December),
    ];
    const ENDINGS: [&str; 11] = ["", "ь", "я", "ю", "е", "ем", "а", "у", "ом", "и", "й"];
    if ["май", "мая", "мае", "маю", "маем"].contains(&word) {
        return Some(Month::May);
    }
    STEMS.into_iter().find_map(|(stem, short, month)| {
        let full = word.strip_prefix(stem).is_some_and(|ending| ENDINGS.contains(&ending));
        (full || short.split(' ').any(|short| !short.is_empty() && short == word)).then_some(month)
    })
}
