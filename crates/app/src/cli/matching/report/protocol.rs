//! The protocol as lines: what was asked, by which rules, what came out, and how it was proved.

use super::{Check, Report};
use crate::words;
use matching::{
    people::settings::{ClassRule, FormSettings},
    protocol::{Method, Objective},
};

const METHOD: &str = "точный: улучшающие цепочки с доказательством ценами";
const TIES: &str =
    "место получает тот, чьё имя идёт раньше; нагрузка наставников выровнена; порядок строк ничего не решает";

impl Report<'_> {
    /// Returns the lines of the protocol: what it is and its value.
    pub fn lines(&self) -> serde_json::Result<Vec<(String, String)>> {
        let protocol = &self.protocol;
        let [mentees, mentors] = &self.files;
        let line = |name: &str, value: String| (name.to_owned(), value);
        let mut lines = vec![
            line("База наставляемых", mentees.clone()),
            line("База наставников", mentors.clone()),
            line("Наставляемых", self.people(self.question.input.mentees.iter().map(|mentee| mentee.id.as_str()))),
            line("Из них уже с наставником", self.people(self.with_mentor().map(|person| person.mentee.as_str()))),
            line("Наставников", protocol.mentors.to_string()),
            line("Закреплённых и запрещённых пар", format!("{}, {}", protocol.locks, protocol.bans)),
            line("Возраст посчитан на год", self.question.year.to_string()),
        ];
        let objectives = protocol.objectives.iter().zip(1..);
        lines.extend(objectives.map(|(objective, number)| match objective {
            Objective::Placed(_) => (goal(number, objective).0, self.people(self.placed())),
            _ => goal(number, objective),
        }));
        lines.push(line("Остались без наставника", self.people(self.left().map(|person| person.mentee.as_str()))));
        if let Some(spread) = self.proposal.fairness.spread {
            let values = [spread.least, spread.quarter, spread.half, spread.three_quarters, spread.most];
            let values: Vec<String> = values.iter().map(i32::to_string).collect();
            lines.push(line("Баллы пар: наименьший, четверть, середина, три четверти, наибольший", values.join(", ")));
        }
        let coverage = self.coverage().into_iter();
        lines.extend(coverage.map(|(category, people)| (format!("Охват категории «{category}»"), people)));
        if !self.proposal.closed.is_empty() {
            lines.push(line("Группы не набрались", self.proposal.closed.join(", ")));
        }
        lines.push(line("Способ подбора", self.method()));
        if self.protocol.method != Method::KiralyTwoThirds {
            lines.push(line("При равных результатах", TIES.to_owned()));
        }
        lines.push(line("Проверка результата", self.checked()));
        lines.extend(
            self.question
                .settings
                .forms
                .iter()
                .filter(|form| self.occurs(form))
                .map(|form| (format!("Правила формы «{}»", self.rules.form_name(&form.code)), rules(form))),
        );
        let digests = self.digests()?;
        lines.push(line("Программа", protocol.engine.clone()));
        lines.push(line("SHA-256 сведений о людях", digests.people));
        lines.push(line("SHA-256 правил", digests.settings));
        lines.push(line("SHA-256 результата", digests.result));
        Ok(lines)
    }

    fn occurs(&self, form: &FormSettings) -> bool {
        self.question.input.mentees.iter().any(|mentee| mentee.form == form.code)
    }

    fn method(&self) -> String {
        let candidates = match self.question.settings.candidates_per_mentee {
            Some(limit) => format!("; среди {limit} лучших кандидатов каждого"),
            None => String::new(),
        };
        let method = match self.protocol.method {
            Method::ExactWithCertificate => METHOD.to_owned(),
            Method::ExactSearchOverGroups => format!("{METHOD}, с полным перебором групп"),
            Method::KiralyTwoThirds => {
                "по взаимным желаниям: алгоритм Кирая, не меньше двух третей наибольшего устойчивого набора".to_owned()
            }
        };
        method + &candidates
    }

    fn checked(&self) -> String {
        match self.check {
            Check::Optimal => "подтверждено независимой проверкой: лучшего результата по этим правилам нет".to_owned(),
            Check::Stable => "устойчиво: никакие двое не предпочли бы друг друга тем, кто им достался".to_owned(),
            Check::Blocked(pairs) => {
                format!("из-за закреплённых пар {pairs} предпочли бы друг друга тем, кто им достался")
            }
        }
    }
}

fn goal(number: usize, objective: &Objective) -> (String, String) {
    let (name, value) = match *objective {
        Objective::LocksKept(count) => ("закреплённые пары сохранены", count.to_string()),
        Objective::Placed(count) => ("наставляемые с наставником", count.to_string()),
        Objective::PriorityPlaced(count) => ("из них в первую очередь", count.to_string()),
        Objective::WorstPair(points) => {
            ("баллы самой слабой пары", points.map_or_else(|| words::NO_DATA.to_owned(), |points| points.to_string()))
        }
        Objective::Total(points) => ("общая сумма баллов", points.to_string()),
        Objective::PairsKept(count) => ("пары прошлого варианта", count.to_string()),
    };
    (format!("Цель {number}: {name}"), value)
}

fn rules(form: &FormSettings) -> String {
    let mut rules: Vec<String> = Vec::new();
    if let Some((least, most)) = form.age_gap {
        rules.push(format!("наставник старше на {least}–{most} лет"));
    }
    match form.class {
        ClassRule::Any => {}
        ClassRule::Same => rules.push("из одного класса".into()),
        ClassRule::Other => rules.push("из разных классов".into()),
    }
    let conditions = [
        (form.clearance, "нужен допуск"),
        (form.language, "нужен общий язык"),
        (form.place, "нужно общее место встреч"),
    ];
    rules.extend(conditions.into_iter().filter(|(asked, _)| *asked).map(|(_, name)| name.to_owned()));
    if form.common_slots > 0 {
        rules.push(format!("общих частей дней не меньше {}", form.common_slots));
    }
    let weights = &form.weights;
    let points = [
        ("запрос", weights.request),
        ("интересы", weights.interests),
        ("желание наставляемого", weights.mentee_wish),
        ("желание наставника", weights.mentor_wish),
        ("возраст", weights.age),
        ("время", weights.time),
        ("свободные места", weights.balance),
        ("приоритет", weights.priority),
    ];
    let points: Vec<String> =
        points.iter().filter(|(_, points)| *points > 0).map(|(name, points)| format!("{name} {points}")).collect();
    rules.push(format!("баллы: {}", points.join(", ")));
    rules.join("; ")
}
