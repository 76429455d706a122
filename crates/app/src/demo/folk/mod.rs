//! The people of the invented school as records of the year that runs: written once, when the school is founded, with
//! their true days, so that every number of the play is what the records say on its day.
//!
//! Nothing of it lies on the day of the demo or after it. Who had withdrawn a consent is chosen among those whose names
//! stand in no paper of the year.

mod applications;
mod papers;
mod partners;
mod persons;
mod programme;
mod queries;

pub(crate) use queries::ALL as QUERIES;

use super::{calendar::Calendar, records::Records, school::Staff};
use crate::{
    access::{School, User, UserId},
    clock::day_begins,
    error::{Answer, Failure},
    people::PersonId,
    school_year::SchoolYear,
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use database::Tx;

/// Where the records are written: the school, what happens in its year, and the day up to which it has happened.
pub struct Scene<'a> {
    pub school: &'a School,
    pub users: &'a [User],
    pub records: &'a Records,
    pub today: NaiveDate,
    /// When the school came into the program.
    pub founded: DateTime<Utc>,
    /// Which of several schools of the same people it is: a larger school has more classes of each grade.
    pub copy: usize,
}

/// Everybody on record, in the order of the population.
pub struct Cast {
    pub pupils: Vec<Family>,
    pub teachers: Vec<PersonId>,
    pub graduates: Vec<PersonId>,
    /// People of each partner.
    pub of_partners: Vec<Vec<PersonId>>,
}

/// A pupil and who represents the pupil.
pub struct Family {
    pub pupil: PersonId,
    pub guardians: Vec<PersonId>,
}

impl Scene<'_> {
    fn year(&self) -> SchoolYear {
        self.records.population.year
    }

    fn calendar(&self) -> Calendar {
        Calendar(self.year())
    }

    /// Returns ten in the morning of a day.
    fn moment(&self, day: NaiveDate) -> DateTime<Utc> {
        day_begins(day, self.school.zone()) + TimeDelta::hours(10)
    }

    /// Returns the day if it is over by the day of the demo.
    fn past(&self, day: NaiveDate) -> Option<NaiveDate> {
        (day < self.today).then_some(day)
    }

    fn user(&self, who: Staff) -> Answer<UserId> {
        let found = self.users.iter().find(|user| user.login == who.login());
        found.map(|user| user.id).ok_or(Failure::NotFound)
    }

    /// Returns the topic of a stream of numbers, of its own for every copy.
    fn topic(&self, what: &str) -> String {
        format!("{what} of {}, {}", self.year(), self.copy)
    }
}

/// Writes everybody and what they are in the year.
pub async fn settle(tx: &mut Tx, scene: &Scene<'_>) -> Answer<()> {
    let known = if scene.copy == 0 { partners::write(tx, scene).await? } else { vec![] };
    let cast = persons::write(tx, scene, &known).await?;
    programme::write(tx, scene, &cast).await?;
    papers::write(tx, scene, &cast).await?;
    if scene.copy == 0 {
        applications::write(tx, scene).await?;
    }
    Ok(())
}
