//! The chain of hashes over the acts of a school (security rule 16). Pure.
//!
//! Every act has a place and a hash; the hash covers all that stands in the act and the hash before it. Who changes,
//! removes or adds an act breaks the chain at its place; who rewrites the chain from there on has another head than the
//! one that was printed into a backup.

use super::model::{EntryId, SubjectId};
use crate::access::{SchoolId, UserId};
use chrono::{DateTime, SubsecRound as _, Utc};
use database::Json;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use std::fmt;

database::record! {
    /// An act as it is chained: every column, words as they stand in the table.
    #[derive(Debug, Clone)]
    pub struct Link {
        pub place: i64,
        pub id: EntryId,
        pub at: DateTime<Utc>,
        pub actor_id: Option<UserId>,
        pub actor_name: String,
        pub event: String,
        pub subject_kind: String,
        pub subject_id: Option<SubjectId>,
        pub subject_name: String,
        pub details: Json<Value>,
        pub hash: String,
    }

    /// The last link of a school.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Head {
        pub place: i64,
        pub hash: String,
    }
}

impl fmt::Display for Head {
    /// Writes «128:9f86d0…», as `audit verify --head` reads it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.place, self.hash)
    }
}

impl std::str::FromStr for Head {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (place, hash) = text.trim().split_once(':').ok_or(())?;
        let place = place.parse().map_err(|_| ())?;
        Ok(Self { place, hash: hash.to_owned() })
    }
}

/// Returns the moment both databases keep without loss: PostgreSQL counts microseconds.
pub fn kept(moment: DateTime<Utc>) -> DateTime<Utc> {
    moment.trunc_subsecs(6)
}

/// Returns the head of a chain without acts: the chain of one school never continues another's.
pub fn beginning(school: SchoolId) -> Head {
    Head { place: 0, hash: hex(&Sha256::digest(format!("nastavnik audit {school}"))) }
}

/// Returns the hash of an act after the one with the hash `previous`.
pub fn hash(school: SchoolId, previous: &str, link: &Link) -> String {
    let facts = serde_json::json!([
        previous,
        link.place,
        school.to_string(),
        link.id.to_string(),
        kept(link.at).timestamp_micros(),
        link.actor_id.map(|id| id.to_string()),
        link.actor_name,
        link.event,
        link.subject_kind,
        link.subject_id.map(|id| id.to_string()),
        link.subject_name,
        sorted(&link.details.0),
    ]);
    hex(&Sha256::digest(facts.to_string()))
}

/// Returns a value with the keys of its objects in order: PostgreSQL keeps them in an order of its own.
fn sorted(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(sorted).collect(),
        Value::Object(fields) => {
            let mut keys: Vec<&String> = fields.keys().collect();
            keys.sort_unstable();
            let pairs = keys.into_iter().filter_map(|key| Some(serde_json::json!([key, sorted(fields.get(key)?)])));
            Value::Array(pairs.collect())
        }
        plain => plain.clone(),
    }
}

/// Where a chain is broken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Broken {
    /// The act at this place is gone.
    Gone { place: i64 },
    /// The act at this place is not the one that was recorded.
    Changed { place: i64, id: String, at: DateTime<Utc> },
    /// Acts stand in the table that the program never recorded.
    Foreign { acts: i64 },
    /// The chain ends before its head, or goes on behind it.
    Cut { head: i64, last: i64 },
    /// The chain does not run through a head that was printed earlier.
    OtherHead { place: i64 },
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Gone { place } => write!(f, "Записи № {place} нет: её удалили."),
            Self::Changed { place, id, at } => write!(
                f,
                "Запись № {place} ({id}, {} UTC) не та, что была сделана: её изменили, подменили или переставили.",
                at.format("%d.%m.%Y %H:%M:%S")
            ),
            Self::Foreign { acts } => {
                write!(f, "В журнале есть записи вне цепочки, их {acts}: программа их не делала.")
            }
            Self::Cut { head, last } => write!(
                f,
                "Цепочка кончается записью № {last}, а последней сделана запись № {head}: конец журнала удалён."
            ),
            Self::OtherHead { place } => write!(
                f,
                "Запись № {place} не совпадает с отпечатком, снятым раньше: журнал переписан начиная с неё или раньше."
            ),
        }
    }
}

/// Follows a chain link by link.
pub struct Walk<'a> {
    school: SchoolId,
    head: Head,
    /// A head printed earlier that the chain must run through.
    printed: Option<&'a Head>,
}

impl<'a> Walk<'a> {
    /// Begins before the first act.
    pub fn new(school: SchoolId, printed: Option<&'a Head>) -> Self {
        Self { school, head: beginning(school), printed }
    }

    /// Returns the last link that was good.
    pub fn head(&self) -> &Head {
        &self.head
    }

    /// Goes one act further.
    ///
    /// # Errors
    /// The act is not the one that was recorded at this place.
    pub fn step(&mut self, link: &Link) -> Result<(), Broken> {
        let place = self.head.place + 1;
        if link.place != place {
            return Err(Broken::Gone { place });
        }
        if link.hash != hash(self.school, &self.head.hash, link) {
            return Err(Broken::Changed { place, id: link.id.to_string(), at: link.at });
        }
        self.head = Head { place, hash: link.hash.clone() };
        match self.printed {
            Some(printed) if printed.place == place && printed.hash != self.head.hash => {
                Err(Broken::OtherHead { place })
            }
            _ => Ok(()),
        }
    }

    /// Ends at the head the school keeps.
    ///
    /// # Errors
    /// The head is another one, or a head printed earlier lies behind the end.
    pub fn end(self, head: &Head) -> Result<Head, Broken> {
        let last = self.head.place;
        match self.printed {
            _ if head.place != last => Err(Broken::Cut { head: head.place, last }),
            _ if *head != self.head => Err(Broken::OtherHead { place: last }),
            Some(printed) if printed.place > last => Err(Broken::Cut { head: printed.place, last }),
            _ => Ok(self.head),
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    crate::files::hex(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;
    use uuid::Uuid;

    fn school() -> SchoolId {
        SchoolId::from(Uuid::from_u128(7))
    }

    fn chain(length: i64) -> Vec<Link> {
        let mut head = beginning(school());
        let link = |place: i64| {
            let mut link = Link {
                place,
                id: EntryId::from(Uuid::from_u128(u128::try_from(place).unwrap())),
                at: DateTime::UNIX_EPOCH + TimeDelta::days(place),
                actor_id: None,
                actor_name: "Система".into(),
                event: "people.card_read".into(),
                subject_kind: "person".into(),
                subject_id: Some(SubjectId::from(Uuid::from_u128(9))),
                subject_name: String::new(),
                details: Json(serde_json::json!([{"what": "Телефон", "to": "2"}])),
                hash: String::new(),
            };
            link.hash = hash(school(), &head.hash, &link);
            head = Head { place, hash: link.hash.clone() };
            link
        };
        (1..=length).map(link).collect()
    }

    fn walked(links: &[Link], head: &Head, printed: Option<&Head>) -> Result<Head, Broken> {
        let mut walk = Walk::new(school(), printed);
        for link in links {
            walk.step(link)?;
        }
        walk.end(head)
    }

    fn head_of(links: &[Link]) -> Head {
        links.last().map_or(beginning(school()), |last| Head { place: last.place, hash: last.hash.clone() })
    }

    #[test]
    fn a_chain_as_it_was_recorded_is_whole() {
        for length in [0, 1, 5] {
            let links = chain(length);
            assert_eq!(walked(&links, &head_of(&links), None), Ok(head_of(&links)));
        }
    }

    #[test]
    fn every_column_of_an_act_is_covered() {
        let links = chain(3);
        let changes: [fn(&mut Link); 9] = [
            |link| link.id = EntryId::from(Uuid::from_u128(99)),
            |link| link.at += TimeDelta::microseconds(1),
            |link| link.actor_id = Some(UserId::from(Uuid::from_u128(1))),
            |link| link.actor_name.push('а'),
            |link| link.event = "people.exported".into(),
            |link| link.subject_kind = "user".into(),
            |link| link.subject_id = None,
            |link| link.subject_name.push('а'),
            |link| link.details = Json(serde_json::json!([{"what": "Телефон", "to": "3"}])),
        ];
        for change in changes {
            let mut forged = links.clone();
            change(&mut forged[1]);
            let broken = walked(&forged, &head_of(&links), None);
            assert!(matches!(broken, Err(Broken::Changed { place: 2, .. })), "{broken:?}");
        }
    }

    #[test]
    fn a_removed_act_and_a_cut_end_are_found() {
        let links = chain(4);
        let mut holed = links.clone();
        holed.remove(1);
        assert_eq!(walked(&holed, &head_of(&links), None), Err(Broken::Gone { place: 2 }));
        assert_eq!(walked(&links[..3], &head_of(&links), None), Err(Broken::Cut { head: 4, last: 3 }));
    }

    #[test]
    fn a_rewritten_chain_does_not_run_through_the_head_printed_before() {
        let (links, printed) = (chain(4), head_of(&chain(3)));
        assert!(walked(&links, &head_of(&links), Some(&printed)).is_ok());
        let other = Head { hash: "0".repeat(64), ..printed };
        assert_eq!(walked(&links, &head_of(&links), Some(&other)), Err(Broken::OtherHead { place: 3 }));
        let beyond = Head { place: 9, ..other };
        assert_eq!(walked(&links, &head_of(&links), Some(&beyond)), Err(Broken::Cut { head: 9, last: 4 }));
    }

    #[test]
    fn the_order_of_keys_and_what_is_finer_than_a_microsecond_do_not_matter() {
        let mut links = chain(1);
        links[0].details = Json(serde_json::from_str(r#"[{"to": "2", "what": "Телефон"}]"#).unwrap());
        links[0].at += TimeDelta::nanoseconds(999);
        assert!(walked(&links, &head_of(&links), None).is_ok());
    }

    #[test]
    fn a_printed_head_is_read_back() {
        let head = head_of(&chain(2));
        assert_eq!(head.to_string().parse(), Ok(head));
        assert_eq!("сто".parse::<Head>(), Err(()));
    }
}
