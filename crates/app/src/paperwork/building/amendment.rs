//! The paper that changes a registered one: it begins as the old one is, and names it.

use super::{Built, Draft};
use crate::{
    paperwork::{kinds::traits_of, model::Paper},
    school_year::SchoolYear,
};
use documents::kinds;
use serde_json::{Value, json};

/// Begins the paper that changes another one.
pub fn amendment(paper: &Paper, input: Value, year: SchoolYear) -> Built {
    let (Some(known), Some(registered_on)) = (traits_of(&paper.kind), paper.registered_on) else {
        return Err("Изменить новым документом можно зарегистрированный документ.".into());
    };
    let kind = kinds::find(known.amended_by).ok_or("Такого документа нет.")?;
    let mut blank = known.without_registration(input);
    let begun = if kind.name == paper.kind {
        if let Some(Value::Array(basis)) = blank.pointer_mut("/order/basis") {
            basis.push(json!(format!("{} (заменяется этим приказом)", named(paper))));
        }
        blank
    } else {
        json!({
            "school": blank["school"],
            "order": blank["order"],
            "amended": { "number": paper.number_text, "date": registered_on },
            "year": blank["year"],
            "before": blank["pairs"],
            "after": blank["pairs"],
        })
    };
    let title =
        if kind.name == paper.kind { format!("{} (изменение)", paper.title) } else { kind.title.to_owned() };
    let title = title.replace(" (изменение) (изменение)", " (изменение)");
    Ok(Draft {
        title,
        person: paper.person_id,
        partner: paper.partner_id,
        amends: Some(paper.id),
        ..Draft::new(year, kind, begun)
    })
}

/// «приказ № 45-ОД от 14.09.2026».
fn named(paper: &Paper) -> String {
    let registration = paper.registration().unwrap_or_default();
    format!("приказ {registration}")
}
