//! The table `partner_contacts`.

use crate::{
    access::SchoolId,
    partners::model::{Contact, ContactId, PartnerId},
};
use database::{Result, Tx, args};

database::queries! {
    /// The people to talk to of all partners of a school, who signs first.
    CONTACTS = "
        SELECT id, partner_id, full_name, post, phone, email, signs, authority, version
        FROM partner_contacts
        WHERE school_id = $1
        ORDER BY signs DESC, full_name COLLATE russian, id";
    /// One person to talk to.
    CONTACT = "
        SELECT id, partner_id, full_name, post, phone, email, signs, authority, version
        FROM partner_contacts
        WHERE id = $1 AND school_id = $2 AND partner_id = $3";
    /// Adds a person to talk to.
    INSERT_CONTACT = "
        INSERT INTO partner_contacts (id, school_id, partner_id, full_name, post, phone, email, signs, authority, version)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)";
    /// Saves a person to talk to if nobody saved the record since `version`.
    UPDATE_CONTACT = "
        UPDATE partner_contacts
        SET full_name = $5, post = $6, phone = $7, email = $8, signs = $9, authority = $10, version = version + 1
        WHERE id = $1 AND school_id = $2 AND partner_id = $3 AND version = $4";
    /// Removes a person to talk to.
    REMOVE_CONTACT = "DELETE FROM partner_contacts WHERE id = $1 AND school_id = $2 AND partner_id = $3";
}

/// Returns the people to talk to of all partners.
pub async fn contacts(tx: &mut Tx, school: SchoolId) -> Result<Vec<Contact>> {
    tx.all(CONTACTS, args![school]).await
}

/// Returns one of them.
pub async fn contact(tx: &mut Tx, (school, partner): (SchoolId, PartnerId), id: ContactId) -> Result<Contact> {
    tx.one(CONTACT, args![id, school, partner]).await
}

/// Adds one; [`database::Error::Taken`] when the record was added before.
pub async fn insert_contact(tx: &mut Tx, school: SchoolId, new: &Contact) -> Result<()> {
    let facts = args![
        new.id,
        school,
        new.partner_id,
        &new.full_name,
        &new.post,
        &new.phone,
        &new.email,
        new.signs,
        &new.authority,
    ];
    tx.run(INSERT_CONTACT, facts).await.map(|_| ())
}

/// Saves one; `false` when somebody saved the record since `contact.version`.
pub async fn update_contact(tx: &mut Tx, school: SchoolId, contact: &Contact) -> Result<bool> {
    let facts = args![
        contact.id,
        school,
        contact.partner_id,
        contact.version,
        &contact.full_name,
        &contact.post,
        &contact.phone,
        &contact.email,
        contact.signs,
        &contact.authority,
    ];
    Ok(tx.run(UPDATE_CONTACT, facts).await? == 1)
}

/// Removes one.
pub async fn remove_contact(tx: &mut Tx, (school, partner): (SchoolId, PartnerId), id: ContactId) -> Result<()> {
    tx.run(REMOVE_CONTACT, args![id, school, partner]).await.map(|_| ())
}
