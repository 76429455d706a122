//! Partners with agreements in every state, people to talk to, and the number of organisations.

use super::Scene;
use crate::{
    audit::Author,
    demo::{
        names::{Name, Sex},
        random::Random,
        records::Records,
    },
    error::Answer,
    participation::dictionary::Dictionary,
    partners::{
        AgreementId, PartnerId,
        actions::{add_agreement_in, add_contact_in, add_partner_in, enter_total_in},
        model::{self, Contact, ContactId, PartnerKind, TotalId},
        queries::{self, NewAgreement, NewTotal},
    },
};
use chrono::{Days, NaiveDate};
use database::Tx;

/// Where the number of organisations was taken from.
const SOURCE: &str = "Ответ администрации округа: 143 организации";

/// Writes the partners the year knows, one the school does not work with any more, and the number of organisations.
pub async fn write(tx: &mut Tx, scene: &Scene<'_>) -> Answer<Vec<PartnerId>> {
    let author = Author::system(scene.school);
    let mut random = Random::about(&scene.topic("partners"));
    let mut known = Vec::new();
    for partner in scene.records.partners(scene.year().last_day()) {
        if scene.past(partner.found).is_none() {
            break;
        }
        let id = partner_on(tx, scene, (partner.name, kind(partner.name)), partner.found, &mut random).await?;
        let signed = scene.past(partner.signed);
        let last = if known.is_empty() { scene.today + Days::new(20) } else { scene.year().last_day() };
        let number = format!("{}-Н", known.len() + 1);
        let new = agreement((&number, partner.found), signed, last);
        add_agreement_in(tx, author, (id, &new), scene.moment(partner.found)).await?;
        known.push(id);
    }
    if let Some(first) = known.first() {
        terminated(tx, scene, *first).await?;
        renewed(tx, scene, *first).await?;
    }
    former(tx, scene, &mut random).await?;
    let asked = scene.calendar().on(10, 5);
    if scene.past(asked).is_some() {
        let total = Records::organisations();
        let new = NewTotal { id: TotalId::fresh(), total, source: SOURCE.into(), as_of: asked };
        enter_total_in(tx, author, (scene.year(), &new), scene.moment(asked)).await?;
    }
    Ok(known)
}

fn kind(name: &str) -> PartnerKind {
    let kinds = [
        ("колледж", PartnerKind::College),
        ("библиотека", PartnerKind::Culture),
        ("культуры", PartnerKind::Culture),
        ("завод", PartnerKind::Enterprise),
    ];
    kinds.iter().find(|(word, _)| name.contains(word)).map_or(PartnerKind::Other, |(_, kind)| *kind)
}

/// Writes a partner with the person who signs.
async fn partner_on(
    tx: &mut Tx,
    scene: &Scene<'_>,
    (name, kind): (&str, PartnerKind),
    on: NaiveDate,
    random: &mut Random,
) -> Answer<PartnerId> {
    let (author, at) = (Author::system(scene.school), scene.moment(on));
    let id = PartnerId::fresh();
    let new = model::Partner {
        id,
        name: name.to_owned(),
        short_name: name.to_owned(),
        kind,
        inn: String::new(),
        address: "г. Верхнереченск".into(),
        site: String::new(),
        note: String::new(),
        ended_on: None,
        created_at: at,
        version: 1,
    };
    add_partner_in(tx, author, &new, at).await?;
    let contact = Contact {
        id: ContactId::fresh(),
        partner_id: id,
        full_name: Name::random(random, Sex::Female).full(),
        post: "директор".into(),
        phone: "+7 (000) 120-00-12".into(),
        email: String::new(),
        signs: true,
        authority: "Устава".into(),
        version: 1,
    };
    add_contact_in(tx, author, &contact, at).await?;
    Ok(id)
}

fn agreement((number, prepared_on): (&str, NaiveDate), signed_on: Option<NaiveDate>, last: NaiveDate) -> NewAgreement {
    NewAgreement {
        id: AgreementId::fresh(),
        number: signed_on.map_or_else(String::new, |_| number.to_owned()),
        subject: "Наставничество обучающихся силами сотрудников организации".into(),
        forms: vec![Dictionary::built_in().form_title("employer_pupil").to_owned()],
        prepared_on,
        signed_on,
        valid_from: None,
        valid_until: Some(last),
        note: String::new(),
        version: 1,
    }
}

/// Writes the agreement of the year before, which both sides ended when they signed the new one.
async fn terminated(tx: &mut Tx, scene: &Scene<'_>, partner: PartnerId) -> Answer<()> {
    let begun = scene.calendar().in_august_before(27);
    let found = scene.calendar().on(9, 24);
    let new = agreement(("2-С", begun), Some(begun), scene.year().last_day());
    add_agreement_in(tx, Author::system(scene.school), (partner, &new), scene.moment(found)).await?;
    let stored = queries::agreement(tx, (scene.school.id, partner), new.id).await?;
    let reason = "Заменено новым соглашением";
    queries::terminate(tx, scene.school.id, &stored, (Some(found), reason)).await?;
    Ok(())
}

/// Writes the draft of the agreement that follows the one that ends soon.
async fn renewed(tx: &mut Tx, scene: &Scene<'_>, partner: PartnerId) -> Answer<()> {
    let begun = scene.today - Days::new(2);
    let new = agreement(("", begun), None, scene.year().next().last_day());
    add_agreement_in(tx, Author::system(scene.school), (partner, &new), scene.moment(begun)).await?;
    Ok(())
}

/// Writes an organisation the school worked with until the summer.
async fn former(tx: &mut Tx, scene: &Scene<'_>, random: &mut Random) -> Answer<()> {
    let august = |day| scene.calendar().in_august_before(day);
    // On record since the year began: numbers of last year were taken without it.
    let Some(known) = scene.past(scene.year().first_day()) else { return Ok(()) };
    let name = ("Верхнереченский совет ветеранов", PartnerKind::NonProfit);
    let id = partner_on(tx, scene, name, known, random).await?;
    let signed = scene.year().previous().first_day() + Days::new(20);
    let new = agreement(("5-С", signed), Some(signed), august(20));
    add_agreement_in(tx, Author::system(scene.school), (id, &new), scene.moment(known)).await?;
    queries::end(tx, (scene.school.id, id), 1, Some(august(26))).await?;
    Ok(())
}
