//! What a column of a list holds, told by the words of its header.

use crate::words::fold;
use std::{collections::HashMap, hash::BuildHasher};

database::stored_as_text! {
    /// What a column holds.
    pub enum Column {
        Name = "name" => "ФИО",
        Surname = "surname" => "фамилия",
        Given = "given" => "имя",
        Patronymic = "patronymic" => "отчество",
        BornOn = "born_on" => "дата рождения",
        Sex = "sex" => "пол",
        Class = "class" => "класс",
        Grade = "grade" => "параллель",
        Letter = "letter" => "литера класса",
        JournalId = "journal_id" => "номер личного дела (в журнале)",
        Phone = "phone" => "телефон",
        Email = "email" => "электронная почта",
        Post = "post" => "должность",
        Since = "since" => "начало педагогической деятельности",
        Service = "service" => "педагогический стаж, лет",
        FirstName = "first_name" => "представитель: ФИО",
        FirstSurname = "first_surname" => "представитель: фамилия",
        FirstGiven = "first_given" => "представитель: имя",
        FirstPatronymic = "first_patronymic" => "представитель: отчество",
        FirstGrounds = "first_grounds" => "представитель: кем приходится",
        FirstPhone = "first_phone" => "представитель: телефон",
        FirstEmail = "first_email" => "представитель: электронная почта",
        SecondName = "second_name" => "второй представитель: ФИО",
        SecondSurname = "second_surname" => "второй представитель: фамилия",
        SecondGiven = "second_given" => "второй представитель: имя",
        SecondPatronymic = "second_patronymic" => "второй представитель: отчество",
        SecondGrounds = "second_grounds" => "второй представитель: кем приходится",
        SecondPhone = "second_phone" => "второй представитель: телефон",
        SecondEmail = "second_email" => "второй представитель: электронная почта",
        /// The number of the line.
        Number = "number" => "номер по порядку",
        Unused = "unused" => "не нужен",
        /// Passports, СНИЛС, addresses, health: never taken.
        Private = "private" => "не загружается",
    }
}

/// What a column says of a representative.
const GUARDIAN: [[Column; 7]; 2] = [
    [
        Column::FirstName,
        Column::FirstSurname,
        Column::FirstGiven,
        Column::FirstPatronymic,
        Column::FirstGrounds,
        Column::FirstPhone,
        Column::FirstEmail,
    ],
    [
        Column::SecondName,
        Column::SecondSurname,
        Column::SecondGiven,
        Column::SecondPatronymic,
        Column::SecondGrounds,
        Column::SecondPhone,
        Column::SecondEmail,
    ],
];

/// Words of columns that are never taken, whatever else they say.
const PRIVATE: [&str; 26] = [
    "снилс",
    "паспорт",
    "адрес",
    "прожива",
    "прописк",
    "регистрац",
    "здоров",
    "диагноз",
    "физкульт",
    "инвалид",
    "овз",
    "национальн",
    "гражданств",
    "полис",
    "омс",
    "свидетельств",
    "доход",
    "вероисп",
    "льгот",
    "социальн",
    "категори",
    "место рожд",
    "удостоверя",
    "серия",
    "малообесп",
    "инн",
];

/// Words of columns that hold nothing the record of a person needs.
const UNUSED: [&str; 10] = [
    "приказ",
    "мест работы",
    "место работы",
    "предмет",
    "примеч",
    "классный рук",
    "образован",
    "общий стаж",
    "логин",
    "заявлен",
];

const GUARDIANS: [&str; 10] =
    ["представит", "родител", "мать", "матер", "отец", "отца", "мама", "мамы", "папа", "опекун"];

impl Column {
    /// Tells whether the cells of the column say something about a person.
    pub fn is_useful(self) -> bool {
        !matches!(self, Self::Number | Self::Unused | Self::Private)
    }

    /// Returns what the column says of which representative: slot and part.
    pub fn of_guardian(self) -> Option<usize> {
        GUARDIAN.iter().position(|slot| slot.contains(&self))
    }
}

/// Returns the columns of a representative: name, surname, given name, patronymic, grounds, telephone, mail.
pub fn guardian_columns(slot: usize) -> [Column; 7] {
    GUARDIAN[slot.min(1)]
}

/// Returns the words of a header as they are remembered.
pub fn header_key(header: &str) -> String {
    fold(&super::tidy(header))
}

/// Returns what each column of a header holds; `remembered` are corrections a person made before, by [`header_key`].
pub fn columns_of<S: BuildHasher>(header: &[String], remembered: &HashMap<String, Column, S>) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::with_capacity(header.len());
    for title in header {
        let key = header_key(title);
        let found = column_of(&key);
        let column = match remembered.get(&key) {
            Some(corrected) if found != Column::Private => *corrected,
            _ => next_free(found, &columns),
        };
        columns.push(column);
    }
    columns
}

/// A second column of the same words is the second representative's; any other repetition is not needed.
fn next_free(column: Column, taken: &[Column]) -> Column {
    if !column.is_useful() || !taken.contains(&column) {
        return column;
    }
    let second = GUARDIAN[0].iter().position(|first| *first == column).map(|part| GUARDIAN[1][part]);
    second.filter(|second| !taken.contains(second)).unwrap_or(Column::Unused)
}

fn column_of(key: &str) -> Column {
    let has = |stems: &[&str]| stems.iter().any(|stem| key.contains(stem));
    let words: Vec<&str> = key.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let says = |word: &str| words.contains(&word);
    if has(&PRIVATE) && !key.contains("поселен") && !is_mail(key) {
        // «Свидетельство о рождении», «адрес электронной почты»: the words decide in this order.
        return Column::Private;
    }
    if has(&UNUSED) {
        return Column::Unused;
    }
    if has(&GUARDIANS) {
        return of_guardian(key, &words);
    }
    if key.is_empty() {
        return Column::Unused;
    }
    if ["№", "№ п/п", "№п/п", "п/п", "n", "n п/п", "номер", "no", "#"].contains(&key) {
        return Column::Number;
    }
    if has(&["личн дел", "личное дело", "личного дела", "эльжур", "ид ученика"])
        || says("id")
        || says("ид")
        || says("guid")
    {
        return Column::JournalId;
    }
    if has(&["рожд"]) || key == "др" || key == "д.р." || key == "д/р" || key == "д.р" {
        return if says("год") { Column::Unused } else { Column::BornOn };
    }
    if is_mail(key) {
        return Column::Email;
    }
    if has(&["телефон", "мобильн", "сотов"]) || says("тел") {
        return Column::Phone;
    }
    of_person(key, &words)
}

fn of_person(key: &str, words: &[&str]) -> Column {
    let has = |stems: &[&str]| stems.iter().any(|stem| key.contains(stem));
    let says = |word: &str| words.contains(&word);
    let in_full = says("фио") || says("ф") && says("и") && says("о") || has(&["фамилия имя", "фамилия, имя"]);
    if in_full {
        Column::Name
    } else if has(&["фамили"]) {
        Column::Surname
    } else if has(&["отчеств"]) {
        Column::Patronymic
    } else if says("имя") {
        Column::Given
    } else if says("пол") {
        Column::Sex
    } else if has(&["начал"]) && has(&["педагог", "деятельн", "стаж"]) {
        Column::Since
    } else if has(&["стаж"]) {
        Column::Service
    } else if has(&["должност"]) {
        Column::Post
    } else if has(&["параллел"]) {
        Column::Grade
    } else if has(&["литер"]) || key == "буква" || key == "буква класса" {
        Column::Letter
    } else if says("класс") || key == "группа" || key == "класс/группа" {
        Column::Class
    } else if ["ученик", "обучающ", "учащ", "сотрудник", "работник", "педагог", "учитель", "воспитанник", "ребенок"]
        .iter()
        .any(|stem| words.first().is_some_and(|word| word.starts_with(stem)) && words.len() <= 2)
    {
        Column::Name
    } else {
        Column::Unused
    }
}

fn is_mail(key: &str) -> bool {
    ["email", "e-mail", "почт", "mail"].iter().any(|stem| key.contains(stem))
}

fn of_guardian(key: &str, words: &[&str]) -> Column {
    let has = |stems: &[&str]| stems.iter().any(|stem| key.contains(stem));
    let is_second = words.contains(&"2") || has(&["второ", "отец", "отца", "папа"]);
    let [name, surname, given, patronymic, grounds, phone, email] = GUARDIAN[usize::from(is_second)];
    if has(&["рожд"]) || has(&["пол "]) {
        Column::Unused
    } else if has(&["телеф", "мобильн", "сотов"]) || words.contains(&"тел") {
        phone
    } else if is_mail(key) {
        email
    } else if has(&["тип ", "тип", "степень", "приход", "родство", "вид "]) {
        grounds
    } else if has(&["фио", "ф.и.о"]) || has(&["фамили"]) && words.contains(&"имя") {
        name
    } else if has(&["фамили"]) {
        surname
    } else if has(&["отчеств"]) {
        patronymic
    } else if words.contains(&"имя") {
        given
    } else if words.len() <= 4 {
        name
    } else {
        Column::Unused
    }
}
