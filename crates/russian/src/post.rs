//! Posts: adjectives and a noun that decline, then a tail that stays: «заместителя директора по учебной работе».

use crate::{
    Case,
    table::{self, Row, knows},
};

/// Words of a post in the nominative, persons all: the accusative of men and of several is the genitive.
const WORDS: &[Row] = &[
    // Adjectives and participles.
    ("|ый |ой", "ого ому ого ым ом"),
    ("К|ий К|ой Ш|ой", "ого ому ого им ом"),
    ("|ий", "его ему его им ем"),
    ("|ая", "ой ой ую ой ой"),
    ("Ш|ая", "ей ей ую ей ей"),
    ("|яя", "ей ей юю ей ей"),
    ("|ое", "ого ому ое ым ом"),
    ("К|ое", "ого ому ое им ом"),
    ("|ее", "его ему ее им ем"),
    ("|ые", "ых ым ых ыми ых"),
    ("|ие", "их им их ими их"),
    ("|ийся", "егося емуся егося имся емся"),
    ("|аяся", "ейся ейся уюся ейся ейся"),
    ("|иеся", "ихся имся ихся имися ихся"),
    // Nouns: директор, учитель, врач, доброволец, судья, медсестра, учительница, лицо.
    ("С|", "а у а ом е"),
    ("Ш| ц|", "а у а ем е"),
    ("врач| ткач| трубач| скрипач|", "а у а ом е"),
    ("|ь", "я ю я ем е"),
    ("секретар|ь", "я ю я ём е"),
    ("а|й е|й", "я ю я ем е"),
    ("С|ец", "ца цу ца цем це"),
    ("2С|ец ^продав|ец", "ца цу ца цом це"),
    ("^бо|ец", "йца йцу йца йцом йце"),
    ("л|ец", "ьца ьцу ьца ьцем ьце"),
    ("стрел|ок ^ребен|ок", "ка ку ка ком ке"),
    ("^мат|ь ^доч|ь", "ери ери ь ерью ери"),
    ("|а", "ы е у ой е"),
    ("К|а", "и е у ой е"),
    ("Ш|а", "и е у ей е"),
    ("ц|а", "ы е у ей е"),
    ("|я", "и е ю ей е"),
    ("суд|ья", "ьи ье ью ьёй ье"),
    ("|о", "а у о ом е"),
    // Several: кураторы, педагоги, врачи, руководители, учителя, директора, учительницы, добровольцы, дети.
    ("|ы", "ов ам ов ами ах"),
    ("ц|ы", "ев ам ев ами ах"),
    ("ни|цы", "ц цам ц цами цах"),
    ("К|и", "ов ам ов ами ах"),
    ("Ш|и", "ей ам ей ами ах"),
    ("|и", "ей ям ей ями ях"),
    ("^учител|я ^библиотекар|я ^слесар|я", "ей ям ей ями ях"),
    ("^директор|а ^мастер|а ^профессор|а ^инспектор|а ^доктор|а ^тренер|а ^инструктор|а", "ов ам ов ами ах"),
    ("^дет|и ^люд|и", "ей ям ей ьми ях"),
    ("^друз|ья", "ей ьям ей ьями ьях"),
];

/// Participles that are a noun and govern what follows: «заведующий библиотекой».
const GOVERNING: &str = "ведующий ведующая ведующие ^управляющий ^управляющая ^исполняющий ^исполняющая ^исполняющие \
     ^командующий щийся щаяся щиеся";

/// Adverbs before a participle: «временно исполняющий обязанности».
const ADVERBS: &str = "^временно ^постоянно";

/// First parts of compounds that never decline, beside those in -о: «вице-президент», «социально-психологическая».
const FIXED_FIRST: &str =
    "о ^вице ^пресс ^экс ^шеф ^обер ^штаб ^веб ^онлайн ^бизнес ^арт ^медиа ^спорт ^аудит ^кадр ^инфо";

/// Nouns by which a post is known that does not come first: «учитель физики, классный руководитель».
const HEADS: &str = "^директор ^заместитель ^учитель ^педагог ^воспитатель ^методист ^психолог ^логопед ^дефектолог \
     ^руководитель ^куратор ^наставник ^преподаватель ^тренер ^инструктор ^тьютор ^советник ^организатор ^координатор \
     ^секретарь ^библиотекарь ^специалист ^мастер ^председатель ^член ^представитель ^опекун ^попечитель ^вожатый \
     ^вожатая ^заведующий ^заведующая ^учителя ^педагоги ^руководители ^наставники ^кураторы ^специалисты \
     ^представители ^педагог-психолог ^педагог-организатор ^педагог-библиотекарь ^учитель-логопед \
     ^учитель-дефектолог";

/// What stands between several posts.
const BETWEEN: [char; 5] = [',', ';', '/', '(', ')'];

/// Puts a post in a case, or several after commas and in brackets: «социальному педагогу», «педагога-психолога».
///
/// Abbreviations («зам. директора», «и. о. директора») and words that no rule knows stay as they are.
pub fn decline_post(post: &str, case: Case) -> String {
    let mut form = String::new();
    for (place, piece) in post.split_inclusive(BETWEEN).enumerate() {
        let one = piece.trim_end_matches(BETWEEN).trim_end();
        let words: Vec<&str> = one.trim_start().split(' ').collect();
        let head = head(&words);
        let declines = place == 0 || words.get(head).is_some_and(|head| knows(HEADS, head));
        form.push_str(&one[..one.len() - one.trim_start().len()]);
        form.push_str(&if declines { decline_words(&words, head, case) } else { words.join(" ") });
        form.push_str(&piece[one.len()..]);
    }
    form
}

/// Declines the words up to the head and leaves the tail.
fn decline_words(words: &[&str], head: usize, case: Case) -> String {
    if words.first().is_some_and(|first| first.contains('.')) {
        return words.join(" ");
    }
    let forms = words.iter().enumerate().map(|(place, word)| {
        if place <= head && !knows(ADVERBS, word) { decline_word(word, case) } else { (*word).to_owned() }
    });
    forms.collect::<Vec<_>>().join(" ")
}

fn decline_word(word: &str, case: Case) -> String {
    let pieces: Vec<&str> = word.split('-').collect();
    let forms = pieces.iter().enumerate().map(|(place, piece)| {
        let is_fixed = place + 1 < pieces.len() && knows(FIXED_FIRST, piece);
        let form = if is_fixed { None } else { table::decline(WORDS, piece, case) };
        form.unwrap_or_else(|| (*piece).to_owned())
    });
    forms.collect::<Vec<_>>().join("-")
}

/// Returns the place of the word that the rest depends on: the first that is no adjective of the next one.
fn head(words: &[&str]) -> usize {
    let pairs = words.iter().zip(words.iter().skip(1));
    pairs.take_while(|(word, next)| knows(ADVERBS, word) || is_adjective_of(word, next)).count()
}

fn is_adjective_of(word: &str, next: &str) -> bool {
    !knows(GOVERNING, word)
        && !knows(DEPENDENT, next)
        && AGREEMENT.iter().any(|(adjective, noun)| knows(adjective, word) && knows(noun, next))
}

/// Ends of adjectives, and of the words they may stand before.
const AGREEMENT: [(&str, &str); 4] =
    [("ый ий ой", "С ь"), ("ая яя", "а я"), ("ое ее", "о ое ее"), ("ые ие", "ы и а я ые ие")];

/// Words that no adjective of a post stands before: prepositions, and ends of other cases.
const DEPENDENT: &str = "^в ^к ^с ^за ^на ^по ^для ^при ^из ^от ^над ^под ^и ых их ов ев ом ем ого его";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sound() {
        table::assert_sound(WORDS);
    }
}
