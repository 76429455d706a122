//! Orders, the act on accessibility and minutes: the frame out of records, the rest to be written on the paper's page.

use super::{Built, Draft, school_of};
use crate::{
    access::{School, User},
    consents::model::Category,
    participation::dictionary::Dictionary,
    school_year::SchoolYear,
};
use chrono::NaiveDate;
use documents::kinds::inputs::{self, Official, Order};

/// The act of the ministry every order about the model rests on.
const MODEL: &str = "распоряжение Министерства просвещения Российской Федерации от 25.12.2019 № Р-145 «Об утверждении методологии (целевой модели) наставничества обучающихся»";

fn official(user: &User) -> Official {
    let post = if user.post.is_empty() { "сотрудник" } else { &user.post };
    Official { post: post.to_owned(), name: user.full_name.clone() }
}

fn order(acquainted: &[&User]) -> Order {
    Order {
        number: None,
        date: None,
        basis: vec![MODEL.to_owned()],
        control: None,
        acquainted: acquainted.iter().map(|user| official(user)).collect(),
    }
}

/// Makes the order that introduces the model and appoints the curator.
pub fn introduction_order(
    school: &School,
    year: SchoolYear,
    (curator, acquainted): (&User, &[&User]),
    dictionary: &Dictionary,
) -> Built {
    let forms: Vec<String> = dictionary.forms.iter().map(|form| form.title.clone()).collect();
    let input = inputs::IntroductionOrder {
        school: school_of(school)?,
        order: order(acquainted),
        year: year.to_string(),
        forms,
        curator: official(curator),
        group: vec![],
        tasks: vec![],
    };
    Draft::of(year, "introduction-order", &input)
}

/// What a school usually does so that everybody can take part, by the categories of row 2.2.
const fn usual_measure(category: Category) -> &'static str {
    match category {
        Category::Disability => "Встречи в доступных помещениях, материалы крупным шрифтом, сопровождение тьютора",
        Category::Gifted => "Наставник по выбранному направлению, участие в конкурсах и олимпиадах",
        Category::HardSituation => "Индивидуальный подбор наставника, встречи в удобное время",
        Category::LowIncome => "Бесплатные материалы и участие в мероприятиях программы",
        Category::Rural => "Дистанционные встречи, подвоз к общим мероприятиям",
        Category::Orphan => "Постоянный наставник, совместные мероприятия вне уроков",
    }
}

/// Makes the act on the measures by which everybody can take part.
pub fn accessibility_act(school: &School, year: SchoolYear, (responsible, acquainted): (&User, &[&User])) -> Built {
    let measure = |category: &Category| inputs::Measure {
        category: crate::words::capitalised(category.label()),
        text: usual_measure(*category).to_owned(),
        responsible: official(responsible),
        term: "в течение учебного года".to_owned(),
    };
    let input = inputs::AccessibilityAct {
        school: school_of(school)?,
        order: order(acquainted),
        year: year.to_string(),
        measures: Category::ALL.iter().map(measure).collect(),
    };
    Draft::of(year, "accessibility-act", &input)
}

/// Makes the minutes of a pedagogical council about the programme; who was there and what was said is written in.
pub fn minutes(
    school: &School,
    year: SchoolYear,
    (date, present, staff): (NaiveDate, u32, u32),
    (chair, secretary): (&str, &str),
) -> Built {
    let question = inputs::Question {
        title: format!("О реализации программы наставничества в {year} учебном году"),
        heard: "куратора программы о ходе выполнения дорожной карты".to_owned(),
        spoken: vec![],
        decided: vec!["Информацию принять к сведению".to_owned()],
        votes: None,
    };
    let input = inputs::CouncilMinutes {
        school: school_of(school)?,
        number: "б/н".to_owned(),
        date,
        present,
        staff,
        invited: vec![],
        questions: vec![question],
        chair: chair.to_owned(),
        secretary: secretary.to_owned(),
    };
    Draft::of(year, "council-minutes", &input)
}
