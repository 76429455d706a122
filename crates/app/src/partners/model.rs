//! Partners and agreements. Pure.

database::id_type! {
    /// The id of a partner organisation.
    pub PartnerId;
    /// The id of a person to talk to.
    pub ContactId;
    /// The id of an agreement.
    pub AgreementId;
}
