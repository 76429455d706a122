//! A participation and what it is made of. Pure.

use super::{
    funnel::{Facts, Stage},
    slots::{Slot, time_text},
};
use crate::{
    access::UserId,
    people::{FullName, PersonId, model::full_years},
};
use chrono::NaiveDate;
use database::Json;

database::id_type! {
    /// The id of somebody's taking part in a school year, as a mentor or as a mentee.
    pub ParticipationId;
    /// The id of a link under which people apply without an account.
    pub LinkId;
    /// The id of an application.
    pub ApplicationId;
}

database::stored_as_text! {
    /// As what somebody takes part. One person may be a mentor in one pair and a mentee in another.
    pub enum Side {
        Mentor = "mentor" => "наставник",
        Mentee = "mentee" => "наставляемый",
    }

    /// Where a candidate came from (rows 4.3–4.6 of the road map make registers by source).
    pub enum Source {
        Questionnaire = "questionnaire" => "анкета",
        StaffCouncil = "staff_council" => "педсовет",
        ParentMeeting = "parent_meeting" => "родительское собрание",
        ClassHour = "class_hour" => "классный час",
        WorkMeeting = "work_meeting" => "рабочая встреча",
        Own = "own" => "самозапись",
    }

    /// What the curator decided about a candidate.
    pub enum Decision {
        Accepted = "accepted" => "в базу",
        Reserve = "reserve" => "в резерв",
        Declined = "declined" => "отказ",
    }

    /// Why somebody does not take part any more.
    pub enum LeaveReason {
        Completed = "completed" => "программа пройдена",
        OwnWish = "own_wish" => "по собственному желанию",
        LeftSchool = "left_school" => "выбытие из школы",
        ConsentWithdrawn = "consent_withdrawn" => "отзыв согласия",
        Other = "other" => "другая причина",
    }

    /// What a topic says about somebody.
    pub enum TopicKind {
        Request = "request" => "запрос",
        Competence = "competence" => "компетенция",
        Interest = "interest" => "интерес",
    }
}

database::record! {
    /// Somebody as a mentor or a mentee of a year, with what is known about the person.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Participant {
        pub id: ParticipationId,
        pub version: i64,
        pub side: Side,
        pub source: Source,
        /// At which council, meeting or class hour, in the words of the school.
        pub source_note: String,
        pub offered_on: NaiveDate,
        pub applied_on: Option<NaiveDate>,
        pub interviewed_on: Option<NaiveDate>,
        pub interviewer: Option<String>,
        pub interview_result: String,
        pub decided_on: Option<NaiveDate>,
        pub decision: Option<Decision>,
        pub decision_reason: String,
        pub trained_on: Option<NaiveDate>,
        pub entered_on: Option<NaiveDate>,
        pub left_on: Option<NaiveDate>,
        pub leave_reason: Option<LeaveReason>,
        pub leave_note: String,
        /// The word of the form of mentoring; empty while none is chosen.
        pub form: String,
        pub role_model: String,
        pub request_text: String,
        pub desired_partner: String,
        pub achievements: String,
        pub age_from: Option<i64>,
        pub age_to: Option<i64>,
        pub capacity: i64,
        pub hours_per_week: Option<i64>,
        pub slots: Json<Vec<Slot>>,
        pub time_note: String,
        pub group_curator_id: Option<UserId>,
        pub group_curator: Option<String>,
        pub person_id: PersonId,
        pub surname: String,
        pub given_name: String,
        pub patronymic: String,
        pub born_on: Option<NaiveDate>,
        pub phone: String,
        pub email: String,
        pub workplace: String,
        /// «7Б»; nothing for who is in no class of the year.
        pub class_name: Option<String>,
        pub post: Option<String>,
        pub teaches_since: Option<NaiveDate>,
        /// When the newest consent to take part that was not withdrawn was signed.
        pub consented_on: Option<NaiveDate>,
        /// The number of the consent signed last.
        pub consent_number: Option<i64>,
        /// Kinds of the person as words with commas between them.
        pub kinds: String,
        /// «Иванова Анна Петровна, +7…», one representative after the other.
        pub guardians: Option<String>,
    }

    /// What somebody asks for, can do or likes.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Topic {
        pub participation_id: ParticipationId,
        pub kind: TopicKind,
        pub topic: String,
    }
}

/// What somebody said about the participation.
#[derive(Debug, Clone, PartialEq)]
pub struct Answers {
    pub form: String,
    pub role_model: String,
    pub request_text: String,
    pub desired_partner: String,
    pub achievements: String,
    pub age_from: Option<i64>,
    pub age_to: Option<i64>,
    pub capacity: i64,
    pub hours_per_week: Option<i64>,
    pub slots: Vec<Slot>,
    pub time_note: String,
    pub applied_on: Option<NaiveDate>,
    pub trained_on: Option<NaiveDate>,
    pub group_curator: Option<UserId>,
    pub topics: Vec<(TopicKind, String)>,
}

impl Participant {
    /// Returns the name.
    pub fn name(&self) -> FullName {
        FullName { surname: self.surname.clone(), given: self.given_name.clone(), patronymic: self.patronymic.clone() }
    }

    /// Returns what the stage follows from.
    pub fn facts(&self) -> Facts {
        Facts {
            offered_on: self.offered_on,
            interviewed_on: self.interviewed_on,
            decision: self.decision,
            entered_on: self.entered_on,
            left_on: self.left_on,
        }
    }

    /// Returns how far the way into the base has come.
    pub fn stage(&self) -> Stage {
        self.facts().stage()
    }

    /// Returns the full years on a day.
    pub fn age_on(&self, day: NaiveDate) -> Option<u32> {
        full_years(self.born_on?, day)
    }

    /// Returns where somebody learns or works: class, post or place of work.
    pub fn place(&self) -> &str {
        let known = [self.class_name.as_deref(), self.post.as_deref(), Some(self.workplace.as_str())];
        known.into_iter().flatten().find(|text| !text.is_empty()).unwrap_or_default()
    }

    /// Returns how to reach somebody: the own contacts, else those of the representatives.
    pub fn contact(&self) -> String {
        let own: Vec<&str> =
            [self.phone.as_str(), self.email.as_str()].into_iter().filter(|text| !text.is_empty()).collect();
        if own.is_empty() { self.guardians.clone().unwrap_or_default() } else { own.join(", ") }
    }

    /// Returns the time of a week in words.
    pub fn time(&self) -> String {
        time_text(self.hours_per_week, &self.slots.0, &self.time_note)
    }

    /// Returns the ages wished for: «10–13 лет».
    pub fn ages(&self) -> String {
        match (self.age_from, self.age_to) {
            (Some(from), Some(to)) if from == to => format!("{from} лет"),
            (Some(from), Some(to)) => format!("{from}–{to} лет"),
            (Some(from), None) => format!("от {from} лет"),
            (None, Some(to)) => format!("до {to} лет"),
            (None, None) => String::new(),
        }
    }
}

/// Returns the topics of a kind.
pub fn topics_of(topics: &[Topic], id: ParticipationId, kind: TopicKind) -> Vec<&str> {
    topics
        .iter()
        .filter(|topic| topic.participation_id == id && topic.kind == kind)
        .map(|topic| topic.topic.as_str())
        .collect()
}
