//! Forms of a partner and of people to talk to.

use super::{LINE_MAX, NAME_MAX, NOTE_MAX};
use crate::{
    partners::{
        model::{Contact, ContactId, Partner, PartnerId, PartnerKind},
        rules::check_inn,
    },
    web::Errors,
    words::one_line,
};
use chrono::DateTime;
use serde::Deserialize;

/// What is known about a partner.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartnerForm {
    /// Made with the form, so that sending it twice makes one partner.
    pub id: PartnerId,
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub short_name: String,
    #[serde(default)]
    pub kind: String,
    #[serde(default)]
    pub inn: String,
    #[serde(default)]
    pub address: String,
    #[serde(default)]
    pub site: String,
    #[serde(default)]
    pub note: String,
    #[serde(default)]
    pub version: i64,
}

impl PartnerForm {
    /// Returns an empty form.
    pub fn fresh() -> Self {
        let empty = String::new;
        Self {
            id: PartnerId::fresh(),
            name: empty(),
            short_name: empty(),
            kind: empty(),
            inn: empty(),
            address: empty(),
            site: empty(),
            note: empty(),
            version: 1,
        }
    }

    /// Returns the form of a partner as it is saved.
    pub fn of(partner: &Partner) -> Self {
        Self {
            id: partner.id,
            name: partner.name.clone(),
            short_name: partner.short_name.clone(),
            kind: partner.kind.word().to_owned(),
            inn: partner.inn.clone(),
            address: partner.address.clone(),
            site: partner.site.clone(),
            note: partner.note.clone(),
            version: partner.version,
        }
    }

    /// Returns the partner, or what is wrong; an empty short name is the full one.
    pub fn check(&self) -> Result<Partner, Errors> {
        let mut errors = Errors::none();
        let name = errors.text("name", &one_line(&self.name), NAME_MAX);
        let short_name = errors.optional_text("short_name", &one_line(&self.short_name), LINE_MAX);
        let kind = self.kind.parse::<PartnerKind>().ok();
        errors.expect(kind.is_some(), "kind", "Выберите вид организации из списка.");
        let inn: String = self.inn.split_whitespace().collect();
        if !inn.is_empty() {
            errors.value("inn", check_inn(&inn));
        }
        let address = errors.optional_text("address", &self.address, LINE_MAX);
        let site = errors.optional_text("site", &self.site, LINE_MAX);
        let note = errors.optional_text("note", &self.note, NOTE_MAX);
        match kind {
            Some(kind) if errors.is_empty() => Ok(Partner {
                id: self.id,
                short_name: if short_name.is_empty() { name.clone() } else { short_name },
                name,
                kind,
                inn,
                address,
                site,
                note,
                ended_on: None,
                created_at: DateTime::UNIX_EPOCH,
                version: self.version,
            }),
            _ => Err(errors),
        }
    }
}

/// Somebody of a partner to talk to.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContactForm {
    pub id: ContactId,
    #[serde(default)]
    pub full_name: String,
    #[serde(default)]
    pub post: String,
    #[serde(default)]
    pub phone: String,
    #[serde(default)]
    pub email: String,
    #[serde(default)]
    pub signs: String,
    #[serde(default)]
    pub authority: String,
    #[serde(default)]
    pub version: i64,
}

impl ContactForm {
    /// Returns an empty form.
    pub fn fresh() -> Self {
        let empty = String::new;
        Self {
            id: ContactId::fresh(),
            full_name: empty(),
            post: empty(),
            phone: empty(),
            email: empty(),
            signs: empty(),
            authority: empty(),
            version: 1,
        }
    }

    /// Returns the form of a contact as it is saved.
    pub fn of(contact: &Contact) -> Self {
        Self {
            id: contact.id,
            full_name: contact.full_name.clone(),
            post: contact.post.clone(),
            phone: contact.phone.clone(),
            email: contact.email.clone(),
            signs: if contact.signs { "on" } else { "" }.to_owned(),
            authority: contact.authority.clone(),
            version: contact.version,
        }
    }

    /// Returns the contact, or what is wrong.
    pub fn check(&self, partner_id: PartnerId) -> Result<Contact, Errors> {
        let mut errors = Errors::none();
        let full_name = errors.text("full_name", &one_line(&self.full_name), LINE_MAX);
        let mut line = |field, value: &str| errors.optional_text(field, value, LINE_MAX);
        let (post, phone) = (line("post", &self.post), line("phone", &self.phone));
        let (email, authority) = (line("email", &self.email), line("authority", &self.authority));
        let is_email =
            email.is_empty() || email.split_once('@').is_some_and(|(who, at)| !who.is_empty() && at.contains('.'));
        errors.expect(is_email, "email", "Адрес почты пишется так: имя@организация.рф.");
        let signs = self.signs == "on";
        errors.expect(
            !signs || !authority.is_empty(),
            "authority",
            "Укажите, на основании чего подписывает: например, Устава или доверенности с номером и датой.",
        );
        let contact =
            Contact { id: self.id, partner_id, full_name, post, phone, email, signs, authority, version: self.version };
        if errors.is_empty() { Ok(contact) } else { Err(errors) }
    }
}
