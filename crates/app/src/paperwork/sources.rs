//! The records a paper is made of, looked up for its builder.

use super::{
    building::{self, Built, Listed},
    kinds::is_consent,
};
use crate::{
    access::{self, Role, User, Visitor},
    error::Answer,
    participation::{
        self,
        registers::{Records, Register},
    },
    people::{self, Kind as PersonKind, Sight},
    school_year::SchoolYear,
};
use database::Tx;

/// Where papers of a kind come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// From what the school has entered: one click.
    Records,
    /// From the people who take part: chosen, then one sheet each.
    Participants,
    /// From the page of a consent, of an agreement or of the road map.
    Elsewhere,
    /// Its records are not kept yet: the fields are written by hand.
    ByHand,
}

/// Returns where papers of a kind come from.
pub fn source_of(kind: &str) -> Source {
    match kind {
        "introduction-order" | "accessibility-act" | "council-minutes" | "potential-mentors" | "mentee-base"
        | "mentor-base" | "registry" => Source::Records,
        "certificate" | "thanks-letter" => Source::Participants,
        "partner-agreement" | "roadmap-memo" | "control-sheet" => Source::Elsewhere,
        kind if is_consent(kind) => Source::Elsewhere,
        _ => Source::ByHand,
    }
}

/// Makes a paper of a kind out of the records of today, or says what is missing; only for [`Source::Records`].
pub async fn of_records(tx: &mut Tx, visitor: &Visitor, kind: &str) -> Answer<Built> {
    let (school, year) = (&visitor.school, SchoolYear::containing(visitor.today));
    match kind {
        "introduction-order" | "accessibility-act" => {
            let users = access::users_of(tx, school.id).await?;
            let Some(curator) = curator(&users, visitor) else {
                return Ok(Err("Заведите учётную запись куратора программы: приказ назначает его.".into()));
            };
            let readers = readers(&users);
            if kind == "accessibility-act" {
                return Ok(building::accessibility_act(school, year, (curator, &readers)));
            }
            let (dictionary, _) = participation::queries::dictionary(tx, school.id).await?;
            Ok(building::introduction_order(school, year, (curator, &readers), &dictionary))
        }
        "council-minutes" => {
            let wanted = people::queries::Wanted {
                kind: Some(PersonKind::Teacher),
                left: Some(false),
                ..people::queries::Wanted::default()
            };
            let staff = people::queries::count(tx, Sight::of(visitor)?, &wanted).await?;
            let staff = u32::try_from(staff).unwrap_or(u32::MAX).max(1);
            let chair = &school.head_name;
            Ok(building::minutes(school, year, (visitor.today, staff, staff), (chair, &visitor.full_name)))
        }
        _ => registers(tx, visitor, year, (kind, None)).await,
    }
}

/// Makes the paper of a base or a register as it stands today.
pub async fn of_register(tx: &mut Tx, visitor: &Visitor, register: Register) -> Answer<Built> {
    let year = SchoolYear::containing(visitor.today);
    match register {
        Register::Mentees => registers(tx, visitor, year, ("mentee-base", None)).await,
        Register::Mentors => registers(tx, visitor, year, ("mentor-base", None)).await,
        Register::Registry => registers(tx, visitor, year, ("registry", None)).await,
        Register::Teachers | Register::Parents | Register::Pupils | Register::Partners => {
            registers(tx, visitor, year, ("potential-mentors", Some(register))).await
        }
    }
}

async fn registers(
    tx: &mut Tx,
    visitor: &Visitor,
    year: SchoolYear,
    (kind, register): (&str, Option<Register>),
) -> Answer<Built> {
    let participants = participation::queries::participants(tx, Sight::of(visitor)?, year).await?;
    let topics = participation::queries::topics(tx, visitor.school_id(), Some(year), None).await?;
    let (dictionary, _) = participation::queries::dictionary(tx, visitor.school_id()).await?;
    let records =
        Records { participants: &participants, topics: &topics, dictionary: &dictionary, today: visitor.today };
    let listed = Listed { school: &visitor.school, year, records };
    Ok(match kind {
        "mentee-base" => building::mentee_base(&listed),
        "mentor-base" => building::mentor_base(&listed),
        "registry" => building::registry(&listed),
        "potential-mentors" => building::potential_mentors(&listed, register),
        _ => Err("Такой документ не составляется по записям.".into()),
    })
}

/// Returns who runs the programme: the visitor, if it is he, else the first of them.
fn curator<'a>(users: &'a [User], visitor: &Visitor) -> Option<&'a User> {
    let mut all = users.iter().filter(|user| user.is_active && user.roles().contains(&Role::Coordinator));
    let first = all.next()?;
    Some(std::iter::once(first).chain(all).find(|user| user.id == visitor.user).unwrap_or(first))
}

/// Returns who reads an order of the programme: everybody who works in it.
fn readers(users: &[User]) -> Vec<&User> {
    let works = |user: &&User| {
        let outside = |role: &Role| matches!(role, Role::Inspector | Role::Administrator | Role::Head);
        user.is_active && user.roles().iter().any(|role| !outside(role))
    };
    users.iter().filter(works).collect()
}
