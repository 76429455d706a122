//! Where the program keeps something about people: every column of every table is declared here, once. Pure.
//!
//! What a right shows stands in the table of rights as fields; this list says which columns hold a field. The test
//! `both_databases` reads both schemas and fails on a column nobody declared; the crawl of the canaries marks the columns
//! and looks where the marks come out; what is given to a person on request, and what is erased, follows the list too.

use super::policy::Field::{
    self, Accounts, Answers, Applications, Birth, Categories, Clearance, Consents, Contact, Employees, Family,
    Interview, Journal, Name, Note, Papers, Partners, School, SignIn, Staff, Withdrawal,
};

/// A table that says something about people.
#[derive(Debug, Clone, Copy)]
pub struct Personal {
    pub table: &'static str,
    /// Columns that say whom a row is about; none where a row belongs to a row of another table here.
    pub whom: &'static [&'static str],
    /// Columns with something about the person.
    pub columns: &'static [(&'static str, Field)],
    /// Columns that keep order and say nothing about anybody.
    pub service: &'static [&'static str],
    pub erasure: Erasure,
}

/// What becomes of a table when the person is erased (security rule 13).
#[derive(Debug, Clone, Copy)]
pub enum Erasure {
    /// The rows about the person go.
    Gone,
    /// The rows stay as facts about nobody: each column is either emptied or kept; `why` is read on the page that asks.
    Emptied { emptied: &'static [&'static str], kept: &'static [&'static str], why: &'static str },
    /// Everything stays, for a reason.
    Kept(&'static str),
}

/// Tables that say something about people whom the programme is for.
pub const PERSONAL: &[Personal] = &[
    Personal {
        table: "persons",
        whom: &["id", "merged_into"],
        columns: &[
            ("surname", Name),
            ("given_name", Name),
            ("patronymic", Name),
            ("name_key", Name),
            ("born_on", Birth),
            ("sex", Birth),
            ("phone", Contact),
            ("email", Contact),
            ("journal_id", Journal),
            ("workplace", Staff),
            ("note", Note),
            ("left_on", School),
            ("left_reason", School),
            ("hidden_on", Withdrawal),
        ],
        service: &["created_at", "version"],
        erasure: Erasure::Emptied {
            emptied: &[
                "surname",
                "given_name",
                "patronymic",
                "name_key",
                "born_on",
                "sex",
                "phone",
                "email",
                "journal_id",
                "workplace",
                "note",
                "left_on",
                "left_reason",
            ],
            kept: &["hidden_on"],
            why: "Пустая карточка под номером записи: на неё ссылаются журнал действий и сведения о согласиях.",
        },
    },
    Personal {
        table: "person_kinds",
        whom: &["person_id"],
        columns: &[("kind", School)],
        service: &[],
        erasure: Erasure::Gone,
    },
    Personal {
        table: "enrolments",
        whom: &["person_id"],
        columns: &[("entered_on", School), ("left_on", School)],
        service: &[],
        erasure: Erasure::Gone,
    },
    Personal {
        table: "staff",
        whom: &["person_id"],
        columns: &[("post", Staff), ("is_teaching", Staff), ("teaches_since", Staff)],
        service: &[],
        erasure: Erasure::Gone,
    },
    Personal {
        table: "guardianships",
        whom: &["minor_id", "guardian_id"],
        columns: &[("grounds", Family), ("paper", Family)],
        service: &[],
        erasure: Erasure::Gone,
    },
    Personal {
        table: "person_merges",
        whom: &["kept_id", "merged_id"],
        columns: &[("moved", Name)],
        service: &["merged_at", "undone_at"],
        erasure: Erasure::Gone,
    },
    Personal {
        table: "people_import_rows",
        whom: &["person_id"],
        columns: &[("cells", Name), ("reason", Name), ("plan", Name)],
        service: &["position", "file", "section", "line", "outcome", "choice"],
        erasure: Erasure::Gone,
    },
    Personal {
        table: "applications",
        whom: &["person_id"],
        columns: &[("answers", Applications), ("received_at", Applications), ("outcome", Applications)],
        service: &["school_year", "side", "settled_at"],
        erasure: Erasure::Gone,
    },
    Personal {
        table: "participations",
        whom: &["person_id"],
        columns: &[
            ("school_year", Answers),
            ("side", Answers),
            ("source", Answers),
            ("source_note", Answers),
            ("offered_on", Interview),
            ("applied_on", Interview),
            ("interviewed_on", Interview),
            ("interview_result", Interview),
            ("decided_on", Interview),
            ("decision", Interview),
            ("decision_reason", Interview),
            ("trained_on", Interview),
            ("entered_on", Interview),
            ("left_on", Interview),
            ("leave_reason", Interview),
            ("leave_note", Interview),
            ("suspended_on", Interview),
            ("form", Answers),
            ("role_model", Answers),
            ("request_text", Answers),
            ("desired_partner", Answers),
            ("achievements", Answers),
            ("age_from", Answers),
            ("age_to", Answers),
            ("capacity", Answers),
            ("hours_per_week", Answers),
            ("slots", Answers),
            ("time_note", Answers),
        ],
        service: &["created_at", "version"],
        erasure: Erasure::Gone,
    },
    Personal {
        table: "participation_topics",
        whom: &[],
        columns: &[("kind", Answers), ("topic", Answers)],
        service: &[],
        erasure: Erasure::Gone,
    },
    Personal {
        table: "consents",
        whom: &["person_id"],
        columns: &[
            ("number", Consents),
            ("purpose", Consents),
            ("signers", Consents),
            ("asked_on", Consents),
            ("printed_on", Consents),
            ("signed_on", Consents),
            ("signed_by", Consents),
            ("valid_until", Consents),
            ("withdrawn_on", Withdrawal),
            ("withdrawn_by", Withdrawal),
            ("withdrawal_note", Withdrawal),
        ],
        service: &["school_year", "template", "template_sha256", "created_at", "version"],
        erasure: Erasure::Emptied {
            emptied: &["withdrawal_note"],
            kept: &[
                "number",
                "purpose",
                "signers",
                "asked_on",
                "printed_on",
                "signed_on",
                "signed_by",
                "valid_until",
                "withdrawn_on",
                "withdrawn_by",
            ],
            why: "Сведения о согласиях без имени и без скана: номер, цель, дни подписи и отзыва. Школа обязана доказать, что согласие было (152-ФЗ, ст. 9, ч. 3); бумажные согласие и отзыв остаются в деле.",
        },
    },
    Personal {
        table: "consent_links",
        whom: &["person_id", "holder_id"],
        columns: &[("made_at", Consents), ("expires_on", Consents), ("revoked_at", Consents)],
        service: &["token_hash"],
        erasure: Erasure::Gone,
    },
    Personal {
        table: "clearances",
        whom: &["person_id"],
        columns: &[
            ("kind", Clearance),
            ("issued_on", Clearance),
            ("valid_until", Clearance),
            ("seen_on", Clearance),
            ("revoked_on", Clearance),
        ],
        service: &["created_at"],
        erasure: Erasure::Gone,
    },
    Personal {
        table: "special_categories",
        whom: &["person_id"],
        columns: &[
            ("sealed", Categories),
            ("open_text", Categories),
            ("since_on", Categories),
            ("until_on", Categories),
        ],
        service: &["recorded_at"],
        erasure: Erasure::Gone,
    },
    Personal {
        table: "papers",
        whom: &["person_id"],
        columns: &[
            ("kind", Papers),
            ("title", Papers),
            ("search_text", Papers),
            ("input", Papers),
            ("name_forms", Papers),
            ("printed_on", Papers),
            ("signed_on", Papers),
            ("registered_on", Papers),
            ("number_text", Papers),
            ("cancelled_on", Papers),
            ("cancel_reason", Papers),
        ],
        service: &[
            "school_year",
            "code",
            "wording_version",
            "wording_sha256",
            "journal",
            "journal_year",
            "number",
            "created_at",
            "version",
        ],
        erasure: Erasure::Emptied {
            emptied: &["search_text", "input", "name_forms", "cancel_reason"],
            kept: &["kind", "title", "printed_on", "signed_on", "registered_on", "number_text", "cancelled_on"],
            why: "Строки журналов регистрации без содержания: вид, день и номер документа, чтобы номера не пропадали.",
        },
    },
    Personal {
        table: "paper_acquaintances",
        whom: &["person_id"],
        columns: &[("acquainted_on", Papers)],
        service: &[],
        erasure: Erasure::Gone,
    },
    Personal {
        table: "person_name_forms",
        whom: &["person_id"],
        columns: &[("name_case", Name), ("full_name", Name)],
        service: &[],
        erasure: Erasure::Gone,
    },
    Personal {
        table: "partner_contacts",
        whom: &[],
        columns: &[
            ("full_name", Partners),
            ("post", Partners),
            ("phone", Partners),
            ("email", Partners),
            ("authority", Partners),
        ],
        service: &["signs", "version"],
        erasure: Erasure::Kept("people of partners are kept and removed in their own room; no participant stands here"),
    },
    Personal {
        table: "users",
        whom: &[],
        columns: &[
            ("login", Accounts),
            ("login_key", Accounts),
            ("full_name", Employees),
            ("post", Employees),
            ("search_name", Employees),
        ],
        service: &["password_hash", "password_is_temporary", "auth_epoch", "is_active", "created_at", "version"],
        erasure: Erasure::Kept(
            "the journal names who did what; the account of somebody who left is switched off, and nobody is erased before",
        ),
    },
    // Of whom among the staff an account is, `staff` knows.
    Personal {
        table: "provider_links",
        whom: &[],
        columns: &[("issuer", SignIn), ("subject", SignIn), ("linked_at", SignIn)],
        service: &[],
        erasure: Erasure::Gone,
    },
];
