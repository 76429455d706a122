//! One row of a base as facts of a person; what cannot be understood is a mistake or a remark, never a guess.

use super::{
    answer::Answer,
    base::{Base, Row},
    columns::Column,
    mistake::Mistake,
    names::{self, Named},
    settings::Rules,
    slots, themes,
    values::{self, AgeWish, Ending, says_nothing},
};
use crate::{
    people::{ClassName, FullName},
    words,
};
use chrono::NaiveDate;
use matching::people::model::AgeRange;
use std::collections::BTreeSet;

/// The language everybody speaks of whom nothing is said.
const USUAL_LANGUAGE: &str = "русский";

/// What both bases tell of a person.
#[derive(Debug, Default, Clone)]
pub struct Facts {
    pub name: FullName,
    pub class: Option<String>,
    pub born: Option<i32>,
    pub age: Option<u16>,
    pub age_wish: Option<AgeRange>,
    pub consent: Answer,
    pub themes: BTreeSet<String>,
    pub interests: BTreeSet<String>,
    /// `None`: nothing is known of the free time.
    pub slots: Option<BTreeSet<String>>,
    pub languages: BTreeSet<String>,
    pub places: Option<BTreeSet<String>>,
    /// Codes; none where the cell is empty.
    pub forms: Vec<String>,
    pub categories: BTreeSet<String>,
    pub priority: bool,
    pub clearance: Answer,
    pub capacity: Option<u32>,
    pub minimum: u32,
    pub finished: bool,
    pub partners: Vec<Named>,
    pub wishes: Vec<Named>,
    pub vetoes: Vec<Named>,
    pub relatives: Vec<Named>,
}

/// Reads rows and gathers what is wrong with them.
pub struct Reader<'a> {
    pub rules: &'a Rules,
    pub base: &'a Base,
    /// The year in which ages are counted.
    pub year: i32,
    pub today: NaiveDate,
    pub mistakes: Vec<Mistake>,
    pub remarks: Vec<String>,
}

impl Reader<'_> {
    /// Reads a row; `None` where there is no name to go by.
    pub fn facts(&mut self, row: &Row) -> Option<Facts> {
        let Some(name) = FullName::split(row.text(Column::Name)) else {
            self.wrong(row, Column::Name, "нужны фамилия и имя");
            return None;
        };
        let class = words::one_line(row.text(Column::Class));
        let class = class.parse::<ClassName>().map_or(class, |class| class.to_string());
        let class = if says_nothing(&class) { String::new() } else { class };
        let list = |column| -> Vec<String> {
            values::list(row.text(column)).into_iter().filter(|part| !says_nothing(part)).collect()
        };
        let born = self.born(row);
        Some(Facts {
            name,
            class: (!class.is_empty()).then_some(class),
            born,
            age: self.age(row, born),
            age_wish: self.age_wish(row),
            consent: self.answer(row, Column::Consent, Answer::Yes),
            themes: themes::read(&self.rules.topics, row.text(Column::Themes)).into_iter().collect(),
            interests: themes::read(&self.rules.topics, row.text(Column::Interests)).into_iter().collect(),
            slots: self.slots(row),
            languages: folded(&list(Column::Languages)).unwrap_or_else(|| BTreeSet::from([USUAL_LANGUAGE.to_owned()])),
            places: folded(&list(Column::Places)),
            forms: self.forms(row),
            categories: list(Column::Category).into_iter().collect(),
            priority: self.priority(row),
            clearance: self.answer(row, Column::Clearance, Answer::Yes),
            capacity: self.count(row, Column::Capacity),
            minimum: self.count(row, Column::Minimum).unwrap_or(0),
            finished: self.finished(row),
            partners: self.people(row, Column::Partners),
            wishes: self.people(row, Column::Wishes),
            vetoes: self.people(row, Column::Vetoes),
            relatives: self.people(row, Column::Relatives),
        })
    }

    fn wrong(&mut self, row: &Row, column: Column, what: impl Into<String>) {
        self.mistakes.push(self.base.mistake(row, column, what));
    }

    fn remark(&mut self, row: &Row, column: Column, what: &str) {
        self.remarks.push(self.base.mistake(row, column, what).to_string());
    }

    fn born(&mut self, row: &Row) -> Option<i32> {
        let text = row.text(Column::Born);
        if says_nothing(text) {
            return None;
        }
        let year = values::year_of_birth(text, self.today);
        if year.is_none() {
            self.wrong(row, Column::Born, format!("нужен год рождения вида 2012, а стоит «{text}»"));
        }
        year
    }

    fn age(&mut self, row: &Row, born: Option<i32>) -> Option<u16> {
        let (column, age) = match born {
            Some(born) => (Column::Born, values::age(&(self.year - born).max(0).to_string())),
            None if says_nothing(row.text(Column::Age)) => return None,
            None => (Column::Age, values::age(row.text(Column::Age))),
        };
        if age.is_none() {
            self.wrong(row, column, format!("такого возраста не бывает: «{}»", row.text(column)));
        }
        age
    }

    fn age_wish(&mut self, row: &Row) -> Option<AgeRange> {
        match values::age_wish(row.text(Column::WishedAge)) {
            AgeWish::Any => None,
            AgeWish::Within(range) => Some(range),
            AgeWish::Unclear => {
                self.remark(row, Column::WishedAge, "желаемый возраст не понят и не учтён");
                None
            }
        }
    }

    /// Reads yes or no; `missing` where the base has no such column.
    fn answer(&mut self, row: &Row, column: Column, missing: Answer) -> Answer {
        if !self.base.has(column) {
            return missing;
        }
        let text = row.text(column);
        Answer::read(text).unwrap_or_else(|| {
            self.wrong(row, column, format!("нужно «да» или «нет», а стоит «{text}»"));
            Answer::No
        })
    }

    fn finished(&mut self, row: &Row) -> bool {
        let text = row.text(Column::Finished);
        match values::ending(text, self.today) {
            Ending::Open => false,
            Ending::Over => true,
            Ending::Unclear => {
                let what = "нужна дата вида 25.05.2026, а если программа ещё идёт — пустая клетка; стоит";
                self.wrong(row, Column::Finished, format!("{what} «{text}»"));
                false
            }
        }
    }

    /// Reads names. Partners without a name only leave a remark: nobody can be told by a class.
    fn people(&mut self, row: &Row, column: Column) -> Vec<Named> {
        let names = names::read(row.text(column));
        for stray in names.stray {
            let what = format!("«{stray}» стоит без имени");
            if column == Column::Partners {
                self.remark(row, column, &format!("{what} и не учтено"));
            } else {
                self.wrong(row, column, what);
            }
        }
        names.people
    }

    fn priority(&mut self, row: &Row) -> bool {
        let preferred: Vec<String> = self.rules.priority_categories.iter().map(|name| words::fold(name)).collect();
        let of_category =
            values::list(row.text(Column::Category)).iter().any(|own| preferred.contains(&words::fold(own)));
        self.answer(row, Column::Priority, Answer::Silent).is_yes() || of_category
    }

    fn slots(&mut self, row: &Row) -> Option<BTreeSet<String>> {
        let text = row.text(Column::Time);
        let slots = slots::read(text);
        if slots.is_empty() && !text.is_empty() {
            self.remark(row, Column::Time, "из текста не видно, в какие дни есть время; считается, что в любые");
        }
        (!slots.is_empty()).then_some(slots)
    }

    fn forms(&mut self, row: &Row) -> Vec<String> {
        let mut codes = Vec::new();
        for text in values::list(row.text(Column::Form)) {
            if let Some(code) = self.rules.form(&text) {
                codes.push(code.to_owned());
                continue;
            }
            let known: Vec<&str> = self.rules.forms.iter().map(|form| form.name.as_str()).collect();
            let what = format!("неизвестная форма наставничества «{text}»; в правилах есть: {}", known.join(", "));
            self.wrong(row, Column::Form, what);
        }
        codes
    }

    fn count(&mut self, row: &Row, column: Column) -> Option<u32> {
        let text = row.text(column);
        if says_nothing(text) {
            return None;
        }
        if values::counts_time(text) {
            self.wrong(row, column, format!("нужно число людей, а стоит время: «{text}»"));
            return None;
        }
        let count = values::count(text);
        if count.is_none() {
            self.wrong(row, column, format!("нужно число, а стоит «{text}»"));
        }
        count
    }
}

fn folded(list: &[String]) -> Option<BTreeSet<String>> {
    (!list.is_empty()).then(|| list.iter().map(|word| words::fold(word)).collect())
}

impl Facts {
    /// Adds what another row tells of the same person; which row came first makes no difference.
    pub fn add(&mut self, other: Self) {
        // Rows that name different classes or years are not put together.
        self.class = self.class.take().or(other.class);
        self.born = self.born.or(other.born);
        self.age = self.age.into_iter().chain(other.age).min();
        self.age_wish = match (self.age_wish, other.age_wish) {
            (Some(a), Some(b)) => Some(AgeRange { from: a.from.min(b.from), to: a.to.max(b.to) }),
            (a, b) => a.or(b),
        };
        self.consent = self.consent.and(other.consent);
        self.clearance = self.clearance.and(other.clearance);
        self.priority |= other.priority;
        self.capacity = self.capacity.max(other.capacity);
        self.minimum = self.minimum.max(other.minimum);
        self.themes.extend(other.themes);
        self.interests.extend(other.interests);
        self.languages.extend(other.languages);
        self.categories.extend(other.categories);
        for (own, other) in [(&mut self.slots, other.slots), (&mut self.places, other.places)] {
            if let Some(other) = other {
                own.get_or_insert_default().extend(other);
            }
        }
        self.forms.extend(other.forms);
        let lists = [
            (&mut self.wishes, other.wishes),
            (&mut self.vetoes, other.vetoes),
            (&mut self.relatives, other.relatives),
        ];
        for (own, other) in lists {
            own.extend(other);
        }
    }
}
