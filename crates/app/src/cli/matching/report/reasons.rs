//! Reasons of the engine as sentences of a school.

use crate::words;
use matching::{
    criteria::Constraint,
    explain::{
        Change,
        unmatched::{Competition, Group, Reason},
    },
    proposal::{Alternative, AlternativeCost},
};
use std::collections::BTreeSet;

/// Names said in one sentence; the others are counted.
const NAMED: usize = 10;

const MENTEES: [&str; 3] = ["наставляемый", "наставляемых", "наставляемых"];
const MENTORS: [&str; 3] = ["наставник", "наставника", "наставников"];
const PLACES: [&str; 3] = ["место", "места", "мест"];

/// Says which rule a pair breaks. Vetoes, conflicts and kinship have one neutral text: the reason is never shown.
pub fn obstacle(rule: Constraint) -> &'static str {
    match rule {
        Constraint::Form => "другая форма наставничества",
        Constraint::MenteeConsent => "нет согласия наставляемого",
        Constraint::MentorConsent => "нет согласия наставника",
        Constraint::HasMentor => "наставник в этой форме уже есть",
        Constraint::SamePerson => "это тот же человек",
        Constraint::AgeGap => "не подходит разница в возрасте",
        Constraint::Clearance => "нет допуска к работе с детьми",
        Constraint::Blocked | Constraint::Relative => "пара исключена",
        Constraint::Class => "не подходит класс",
        Constraint::Time => "нет общего времени",
        Constraint::Language => "нет общего языка",
        Constraint::Place => "нет общего места встреч",
        Constraint::Banned => "пара запрещена комиссией",
        Constraint::NoPlace => "нет свободных мест",
    }
}

/// Says what a person could do about a rule.
fn remedy(rule: Constraint) -> &'static str {
    match rule {
        Constraint::MenteeConsent => "получить согласие наставляемого или его представителя",
        Constraint::MentorConsent => "получить согласие наставника",
        Constraint::AgeGap => "допустить такую разницу в возрасте",
        Constraint::Class => "допустить пару из таких классов",
        Constraint::Time => "найти общее время",
        Constraint::Language => "найти общий язык",
        Constraint::Place => "найти общее место встреч",
        Constraint::Banned => "снять запрет комиссии",
        Constraint::NoPlace => "дать наставнику ещё одно место",
        other => obstacle(other),
    }
}

/// Says what is missing in the mentee's own data, whoever the mentor is.
fn completion(rule: Constraint) -> &'static str {
    match rule {
        Constraint::Class => "указать класс наставляемого",
        Constraint::Time => "назвать больше свободного времени наставляемого",
        Constraint::Language => "указать язык наставляемого",
        Constraint::Place => "указать место встреч, удобное наставляемому",
        other => remedy(other),
    }
}

/// Says why somebody is left, among so many mentors and at most so many candidates of each.
pub fn reason(reason: &Reason, mentors: usize, limit: Option<u32>) -> String {
    match reason {
        Reason::NobodyAdmissible(_) if mentors == 0 => "В базе нет ни одного наставника.".to_owned(),
        Reason::NobodyAdmissible(rules) => {
            let mut counts: Vec<(&str, u64)> = Vec::new();
            for (rule, removed) in rules {
                let text = obstacle(*rule);
                match counts.iter_mut().find(|(known, _)| *known == text) {
                    // The same mentor may be counted under both; one neutral text hides that.
                    Some((_, count)) => *count = (*count).max(removed.mentors),
                    None => counts.push((text, removed.mentors)),
                }
            }
            let parts: Vec<String> = counts.iter().map(|(text, count)| format!("{text} — {count}")).collect();
            format!("Подходящих наставников нет. Из {mentors}: {}.", parts.join("; "))
        }
        Reason::Competition(competition) => {
            let Competition { mentees, mentors } = &**competition;
            let places: i64 = mentors.iter().map(|mentor| i64::from(mentor.places)).sum();
            let who: Vec<&str> = mentors.iter().map(|mentor| mentor.mentor.as_str()).collect();
            if places == 0 {
                return format!("У подходящих наставников ({}) все места уже закреплены.", names(&who));
            }
            let others = match limit {
                Some(limit) => format!("других среди {limit} лучших кандидатов каждого нет"),
                None => "других подходящих наставников у них нет".to_owned(),
            };
            format!(
                "Мест меньше, чем желающих: на {} ({}) — {}, и {others}.",
                words::counted(places, &PLACES),
                names(&who),
                words::counted(i64::try_from(mentees.len()).unwrap_or(i64::MAX), &MENTEES),
            )
        }
        Reason::Groups(groups) => {
            let said: Vec<String> = groups.iter().map(group).collect();
            said.join(" ")
        }
        Reason::Preferences => "Места есть, но по взаимным желаниям они достались бы другим.".to_owned(),
    }
}

/// Says why a place in a group is no place.
fn group(group: &Group) -> String {
    let Group { mentor, minimum, members, waiting } = group;
    if *members == 0 {
        return format!(
            "Группа (наставник {mentor}) не набирается: нужно не меньше {minimum}, готовы войти {waiting}."
        );
    }
    format!("Место есть, но без тех, кто его оставил бы, не наберётся группа (наставник {mentor}): в ней {members}.")
}

/// Says what would place the person: it was tried out.
pub fn change(change: &Change) -> String {
    match change {
        Change::MorePlaces { mentor, places } => {
            format!("Наставник {mentor}: ещё {}.", words::counted(i64::from(*places), &PLACES))
        }
        Change::Admit { mentor, rules } if rules.is_empty() => {
            format!("Наставник {mentor} подойдёт, если рассмотреть больше кандидатов: в число лучших он не вошёл.")
        }
        Change::Admit { mentor, rules } => {
            let what: Vec<&str> = rules.iter().map(|rule| remedy(*rule)).collect();
            format!("Наставник {mentor} подойдёт, если {}.", words::list(&what))
        }
        Change::StartGroup { mentor, minimum } => {
            let with = words::counted(i64::from(*minimum), &["наставляемым", "наставляемыми", "наставляемыми"]);
            format!("Наставник {mentor}: начать группу с {with}.")
        }
        Change::NewMentor { rules } if rules.is_empty() => {
            "Пригласить ещё одного наставника, подходящего по всем условиям.".to_owned()
        }
        Change::NewMentor { rules } => {
            let what: Vec<&str> = rules.iter().map(|rule| completion(*rule)).collect();
            format!("Пригласить ещё одного наставника и {}.", words::list(&what))
        }
    }
}

/// Says what the next best choice would have cost.
pub fn alternative(alternative: &Alternative) -> String {
    let Alternative { with, score, cost } = alternative;
    let cost = match cost {
        AlternativeCost::Place => "одной парой стало бы меньше".to_owned(),
        AlternativeCost::Priority => "с приоритетом было бы устроено на одного меньше".to_owned(),
        AlternativeCost::Worst => "худшая пара стала бы хуже".to_owned(),
        AlternativeCost::Unknown => "цену скажет новый подбор: могут набраться другие группы".to_owned(),
        AlternativeCost::Points(0) => "возможно, без потерь".to_owned(),
        AlternativeCost::Points(points) => {
            format!("общая сумма меньше хотя бы на {points} или хуже то, что важнее суммы")
        }
    };
    format!("{with} (баллов: {score}): {cost}")
}

fn names(all: &[&str]) -> String {
    let more = all.len().saturating_sub(NAMED);
    let said = all[..all.len() - more].join(", ");
    let more = i64::try_from(more).unwrap_or(i64::MAX);
    if more > 0 { format!("{said} и ещё {}", words::counted(more, &MENTORS)) } else { said }
}

/// Returns what two lists have in common, in order.
pub fn common<'a>(a: &'a [String], b: &[String]) -> Vec<&'a str> {
    let b: BTreeSet<&String> = b.iter().collect();
    a.iter().filter(|word| b.contains(word)).map(String::as_str).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use matching::explain::unmatched::{Places, Removed};
    use std::{collections::BTreeMap, sync::Arc};

    #[test]
    fn vetoes_and_kinship_are_one_neutral_text() {
        let removed = |mentors| Removed { mentors, only: 0 };
        let rules =
            [(Constraint::Blocked, removed(1)), (Constraint::Relative, removed(2)), (Constraint::Time, removed(3))];
        let said = reason(&Reason::NobodyAdmissible(BTreeMap::from(rules)), 5, None);
        assert_eq!(said, "Подходящих наставников нет. Из 5: пара исключена — 2; нет общего времени — 3.");
        assert_eq!(reason(&Reason::NobodyAdmissible(BTreeMap::new()), 0, None), "В базе нет ни одного наставника.");
    }

    #[test]
    fn competition_names_places_and_counts_who_competes() {
        let mentor = |number: usize| Places { mentor: format!("Н{number}"), places: 2 };
        let competition = |count| {
            let mentors = (0..count).map(mentor).collect();
            Reason::Competition(Arc::new(Competition { mentees: vec!["А".into(); 25], mentors }))
        };
        let said = reason(&competition(1), 9, None);
        assert!(said.contains("на 2 места (Н0) — 25 наставляемых"), "{said}");
        let locked = Places { mentor: "Н".into(), places: 0 };
        assert!(reason(&competition(1), 9, Some(5)).ends_with("и других среди 5 лучших кандидатов каждого нет."));
        let alone = Competition { mentees: vec!["А".into()], mentors: vec![locked] };
        let said = reason(&Reason::Competition(Arc::new(alone)), 1, None);
        assert_eq!(said, "У подходящих наставников (Н) все места уже закреплены.");
        assert!(
            reason(&competition(12), 12, None).contains("Н9 и ещё 2 наставника)"),
            "{}",
            reason(&competition(12), 12, None)
        );
    }

    #[test]
    fn every_rule_that_can_be_lifted_has_a_remedy_of_its_own() {
        for rule in Constraint::ALL {
            assert_eq!(rule.can_be_lifted(), remedy(rule) != obstacle(rule), "{rule:?}");
        }
    }

    #[test]
    fn a_change_says_what_to_do() {
        let more = change(&Change::MorePlaces { mentor: "Ким Лю".into(), places: 1 });
        assert_eq!(more, "Наставник Ким Лю: ещё 1 место.");
        let admit =
            Change::Admit { mentor: "Ким Лю".into(), rules: vec![Constraint::MenteeConsent, Constraint::Time] };
        let said = change(&admit);
        assert!(said.starts_with("Наставник Ким Лю подойдёт, если получить согласие"), "{said}");
        assert!(said.ends_with("его представителя и найти общее время."), "{said}");
        assert!(change(&Change::Admit { mentor: "Ким Лю".into(), rules: vec![] }).contains("больше кандидатов"));
        assert!(change(&Change::NewMentor { rules: vec![] }).ends_with("подходящего по всем условиям."));
        let own = Change::NewMentor { rules: vec![Constraint::MenteeConsent, Constraint::Time] };
        assert!(change(&own).ends_with("его представителя и назвать больше свободного времени наставляемого."));
    }

    #[test]
    fn an_alternative_says_what_it_costs() {
        let said = |cost| alternative(&Alternative { with: "Ким Лю".into(), score: 40, cost });
        assert!(said(AlternativeCost::Points(7)).starts_with("Ким Лю (баллов: 40): общая сумма меньше хотя бы на 7 "));
        assert!(said(AlternativeCost::Points(0)).ends_with("возможно, без потерь"));
        assert!(said(AlternativeCost::Worst).ends_with("худшая пара стала бы хуже"));
        assert!(said(AlternativeCost::Priority).ends_with("на одного меньше"));
        assert!(said(AlternativeCost::Place).ends_with("стало бы меньше"));
    }

    #[test]
    fn a_group_says_whom_it_lacks() {
        let group = |members| Group { mentor: "Ким Лю".into(), minimum: 3, members, waiting: 2 };
        let said = |members| reason(&Reason::Groups(vec![group(members)]), 9, None);
        assert_eq!(said(0), "Группа (наставник Ким Лю) не набирается: нужно не меньше 3, готовы войти 2.");
        assert!(said(3).ends_with("не наберётся группа (наставник Ким Лю): в ней 3."), "{}", said(3));
        let start = change(&Change::StartGroup { mentor: "Ким Лю".into(), minimum: 2 });
        assert_eq!(start, "Наставник Ким Лю: начать группу с 2 наставляемыми.");
    }
}
