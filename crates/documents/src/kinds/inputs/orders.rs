//! Orders and other acts of the head.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{BadInput, Checked, Official, School, bad};

/// What every order has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Order {
    #[serde(default)]
    pub number: Option<String>,
    #[serde(default)]
    pub date: Option<NaiveDate>,
    /// Acts it rests on: «приказ управления образования от … № …».
    pub basis: Vec<String>,
    /// Who controls that it is carried out; the head when empty.
    #[serde(default)]
    pub control: Option<Official>,
    /// Who is made acquainted with it.
    #[serde(default)]
    pub acquainted: Vec<Official>,
}

/// A task in an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Task {
    /// What to do, as an infinitive without a full stop.
    pub text: String,
    pub until: NaiveDate,
    pub responsible: Official,
}

/// Introduces the model, appoints the curator, approves the regulation and the road map.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IntroductionOrder {
    pub school: School,
    pub order: Order,
    pub year: String,
    /// Forms of mentoring that the school introduces.
    pub forms: Vec<String>,
    pub curator: Official,
    /// Members of the working group; none when empty.
    #[serde(default)]
    pub group: Vec<Official>,
    #[serde(default)]
    pub tasks: Vec<Task>,
}

/// A person in a pair or a group.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    pub name: String,
    /// Class, post or place of work.
    pub place: String,
}

/// A pair, or a group when there are several mentees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pair {
    pub mentor: Unit,
    pub mentees: Vec<Unit>,
    pub form: String,
    pub role_model: String,
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub curator: String,
}

/// Assigns mentors to mentees; the pairs stand in an annex.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AssignmentOrder {
    pub school: School,
    pub order: Order,
    pub year: String,
    pub pairs: Vec<Pair>,
    /// What is paid to employees and by which act (ТК РФ, ст. 351.8); none where nobody is an employee.
    #[serde(default)]
    pub payment: Option<String>,
}

/// Changes the pairs of an order; what changed is computed from the two lists.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AmendmentOrder {
    pub school: School,
    pub order: Order,
    /// The order that is changed.
    pub amended: Amended,
    pub year: String,
    pub before: Vec<Pair>,
    pub after: Vec<Pair>,
}

/// An order that is named in another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Amended {
    pub number: String,
    pub date: NaiveDate,
}

/// What changed for one mentee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Changed {
    Added {
        mentee: Unit,
        pair: Pair,
    },
    Removed {
        mentee: Unit,
        mentor: Unit,
    },
    Replaced {
        mentee: Unit,
        mentor: Unit,
        pair: Pair,
    },
    /// The same mentor; form, role model, term or curator are others.
    Altered {
        mentee: Unit,
        pair: Pair,
    },
}

impl AmendmentOrder {
    /// Returns what changed, by mentee and form, in the order of the lists.
    pub fn changes(&self) -> Vec<Changed> {
        let (before, after) = (flat(&self.before), flat(&self.after));
        let same = |one: &(&Unit, &Pair), other: &(&Unit, &Pair)| one.0 == other.0 && one.1.form == other.1.form;
        let gone = before.iter().filter(|was| !after.iter().any(|is| same(was, is)));
        let gone =
            gone.map(|(mentee, pair)| Changed::Removed { mentee: (*mentee).clone(), mentor: pair.mentor.clone() });
        let now = after.iter().filter_map(|is| {
            let (mentee, pair) = (is.0.clone(), is.1.clone());
            match before.iter().find(|was| same(was, is)) {
                None => Some(Changed::Added { mentee, pair }),
                Some((_, was)) if was.mentor != pair.mentor => {
                    Some(Changed::Replaced { mentee, mentor: was.mentor.clone(), pair })
                }
                Some((_, was)) if terms(was) != terms(&pair) => Some(Changed::Altered { mentee, pair }),
                Some(_) => None,
            }
        });
        now.chain(gone).collect()
    }
}

fn flat(pairs: &[Pair]) -> Vec<(&Unit, &Pair)> {
    pairs.iter().flat_map(|pair| pair.mentees.iter().map(move |mentee| (mentee, pair))).collect()
}

fn terms(pair: &Pair) -> (&str, NaiveDate, NaiveDate, &str) {
    (&pair.role_model, pair.from, pair.to, &pair.curator)
}

// The text sees the changes, not the two lists.
impl Serialize for AmendmentOrder {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct as _;
        let mut fields = serializer.serialize_struct("AmendmentOrder", 5)?;
        fields.serialize_field("school", &self.school)?;
        fields.serialize_field("order", &self.order)?;
        fields.serialize_field("amended", &self.amended)?;
        fields.serialize_field("year", &self.year)?;
        fields.serialize_field("changes", &self.changes())?;
        fields.end()
    }
}

/// Approves individual plans.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlansOrder {
    pub school: School,
    pub order: Order,
    pub year: String,
    pub plans: Vec<PlanEntry>,
}

/// A plan in the list of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanEntry {
    pub mentor: String,
    pub mentees: Vec<String>,
    pub form: String,
    pub number: String,
    pub date: NaiveDate,
}

/// Says by which measures everybody can take part (Р-145; road map 2.2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccessibilityAct {
    pub school: School,
    pub order: Order,
    pub year: String,
    pub measures: Vec<Measure>,
}

/// A measure for a category of pupils.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    pub category: String,
    pub text: String,
    pub responsible: Official,
    pub term: String,
}

impl Checked for IntroductionOrder {}
impl Checked for AccessibilityAct {}
impl Checked for PlansOrder {}

impl Checked for AssignmentOrder {
    fn check(&self) -> Result<(), BadInput> {
        check_pairs(&self.pairs, "pairs")
    }
}

impl Checked for AmendmentOrder {
    fn check(&self) -> Result<(), BadInput> {
        check_pairs(&self.before, "before")?;
        check_pairs(&self.after, "after")?;
        if self.changes().is_empty() {
            return bad("after", "списки до и после совпадают, менять нечего.");
        }
        Ok(())
    }
}

fn check_pairs(pairs: &[Pair], list: &str) -> Result<(), BadInput> {
    for (index, pair) in pairs.iter().enumerate() {
        if pair.mentees.is_empty() {
            return bad(&format!("{list}[{index}].mentees"), "у наставника нет ни одного наставляемого.");
        }
        if pair.to < pair.from {
            return bad(&format!("{list}[{index}].to"), "срок кончается раньше, чем начинается.");
        }
    }
    Ok(())
}
