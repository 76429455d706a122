//! Partners and agreements. Pure.

use chrono::{DateTime, NaiveDate, Utc};
use database::Json;

database::id_type! {
    /// The id of a partner organisation.
    pub PartnerId;
    /// The id of a person to talk to.
    pub ContactId;
    /// The id of an agreement.
    pub AgreementId;
    /// The id of a number of organisations there are to be partners.
    pub TotalId;
}

database::stored_as_text! {
    /// What kind of organisation a partner is.
    pub enum PartnerKind {
        Enterprise = "enterprise" => "предприятие",
        University = "university" => "вуз",
        College = "college" => "колледж",
        NonProfit = "non_profit" => "НКО",
        Culture = "culture" => "учреждение культуры или спорта",
        Authority = "authority" => "орган власти",
        Entrepreneur = "entrepreneur" => "индивидуальный предприниматель",
        Other = "other" => "другая организация",
    }
}

database::record! {
    /// An organisation that works with the school.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Partner {
        pub id: PartnerId,
        pub name: String,
        pub short_name: String,
        pub kind: PartnerKind,
        /// Empty where unknown.
        pub inn: String,
        pub address: String,
        pub site: String,
        pub note: String,
        /// The last day of working together.
        pub ended_on: Option<NaiveDate>,
        pub created_at: DateTime<Utc>,
        pub version: i64,
    }

    /// Somebody of a partner to talk to.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Contact {
        pub id: ContactId,
        pub partner_id: PartnerId,
        pub full_name: String,
        pub post: String,
        pub phone: String,
        pub email: String,
        /// Signs agreements.
        pub signs: bool,
        /// On what authority: «Устава», «доверенности № 5 от 01.09.2026».
        pub authority: String,
        pub version: i64,
    }

    /// An agreement with a partner; its state follows from its days.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Agreement {
        pub id: AgreementId,
        pub partner_id: PartnerId,
        pub partner_name: String,
        /// Empty until it is signed.
        pub number: String,
        pub subject: String,
        /// Titles of the forms of mentoring as the agreement has them: words of the dictionary on the day of writing.
        pub forms: Json<Vec<String>>,
        pub prepared_on: NaiveDate,
        pub signed_on: Option<NaiveDate>,
        /// Nothing: from the signing on.
        pub valid_from: Option<NaiveDate>,
        /// Nothing: without end.
        pub valid_until: Option<NaiveDate>,
        pub terminated_on: Option<NaiveDate>,
        pub termination: String,
        pub note: String,
        /// The name of the signed file.
        pub file_name: Option<String>,
        pub version: i64,
    }

    /// How many organisations there are to be partners, as somebody entered it.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Total {
        pub total: i64,
        pub source: String,
        pub as_of: NaiveDate,
        pub school_year: i64,
        pub entered_at: DateTime<Utc>,
        pub entered_by_name: String,
    }
}

impl Partner {
    /// Tells whether the school still works with the partner on a day.
    pub fn is_working_on(&self, day: NaiveDate) -> bool {
        self.ended_on.is_none_or(|ended| ended > day)
    }
}

impl Agreement {
    /// Returns how people call it: «№ 7 от 12.10.2026», or that it is being prepared.
    pub fn caption(&self) -> String {
        match self.signed_on {
            Some(signed) => format!("№ {} от {}", self.number, crate::words::short_date(signed)),
            None => format!("Проект от {}", crate::words::short_date(self.prepared_on)),
        }
    }

    /// Returns the forms of mentoring in words.
    pub fn forms_text(&self) -> String {
        self.forms.0.join(", ")
    }
}
