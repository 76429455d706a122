//! A participation and what it is made of. Pure.

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
