//! One consent: what it is, where it stands, what is next; signatures and the scan.

use super::common::{crumbs, day, drawn, lasts, state_badge};
use crate::{
    access::{Right, Visitor},
    consents::{
        actions,
        forms::SigningForm,
        model::{Consent, ConsentId, SignedAs},
        paths::{self, person_path},
        queries::{self, Guardian, Subject},
        signing::Required,
        state::State,
        wording::Wording,
    },
    error::{Answer, Failure},
    files,
    people::Sight,
    school_year::SchoolYear,
    state::App,
    web::{
        Errors, PathOf, UploadForm, View, see_other_saying,
        ui::{
            action::{Action, action},
            card::{Card, card},
            definition::{Fact, definition},
            form::{self, form},
            icon::Icon,
            layout::{FlashKind, Page},
            notice::{Notice, Tone, notice},
        },
    },
};
use axum::{extract::State as Run, http::StatusCode, response::Response};
use maud::{Markup, html};

/// A consent with everything its page shows.
struct Shown {
    consent: Consent,
    subject: Subject,
    guardians: Vec<Guardian>,
    required: Required,
}

impl Shown {
    async fn load(app: &App, visitor: &Visitor, id: ConsentId) -> Answer<Self> {
        let (sight, year) = (Sight::of(visitor)?, SchoolYear::containing(visitor.today));
        let mut tx = app.db.read().await?;
        let consent = queries::consent(&mut tx, sight, id).await?;
        let subject = queries::subject(&mut tx, sight, year, consent.person_id).await?;
        let guardians = queries::guardians(&mut tx, sight, Some(consent.person_id)).await?;
        let policy = queries::policy(&mut tx, sight.school(), year).await?;
        let required = subject.required(visitor.today, policy);
        Ok(Self { consent, subject, guardians, required })
    }

    /// Names those who have signed.
    fn signed_by(&self) -> String {
        let name = |signature: &crate::consents::model::Signature| match signature.signed_as {
            SignedAs::Person => "лично".to_owned(),
            SignedAs::Representative => {
                let known = self.guardians.iter().find(|guardian| guardian.id == signature.person);
                known.map_or_else(
                    || "прежний законный представитель".to_owned(),
                    |guardian| format!("{} ({})", guardian.name(), guardian.grounds),
                )
            }
        };
        self.consent.signed_by.0.iter().map(name).collect::<Vec<_>>().join(", ")
    }
}

/// Shows the consent.
pub async fn show(Run(app): Run<App>, view: View, visitor: Visitor, PathOf(id): PathOf<ConsentId>) -> Answer {
    let shown = Shown::load(&app, &visitor, id).await?;
    let form = SigningForm::of(&shown.consent, shown.required, visitor.today);
    Ok(answer(&view, &visitor, StatusCode::OK, &shown, &form, &Errors::none()))
}

/// Records the signatures, or draws the page again with what is wrong.
pub async fn sign(
    Run(app): Run<App>,
    view: View,
    visitor: Visitor,
    PathOf(id): PathOf<ConsentId>,
    sent: UploadForm,
) -> Answer {
    let shown = Shown::load(&app, &visitor, id).await?;
    let form = SigningForm::sent(&sent);
    let refused =
        |errors: &Errors| Ok(answer(&view, &visitor, StatusCode::UNPROCESSABLE_ENTITY, &shown, &form, errors));
    let scan = (!sent.file.name.is_empty()).then_some(&sent.file);
    let signing = match (form.check(), scan.map(files::Upload::check)) {
        (Ok(_), Some(Err(bad))) => return refused(&Errors::one("file", bad.to_string())),
        (Ok(signing), _) => signing,
        (Err(errors), _) => return refused(&errors),
    };
    match actions::sign(&app, &visitor, id, &signing, scan).await {
        Ok(()) => Ok(see_other_saying(&id.show_path(), FlashKind::Success, "Подписи внесены, согласие действует.")),
        Err(Failure::Refused(sentence)) => refused(&Errors::one("representative", sentence)),
        Err(failure) => Err(failure),
    }
}

/// Hands out the scan.
pub async fn scan(Run(app): Run<App>, visitor: Visitor, PathOf(id): PathOf<ConsentId>) -> Answer {
    let (file, bytes) = actions::scan_bytes(&app, &visitor, id).await?;
    Ok(files::attachment(&file.name, &file.media_type, bytes))
}

fn answer(
    view: &View,
    visitor: &Visitor,
    status: StatusCode,
    shown: &Shown,
    typed: &SigningForm,
    errors: &Errors,
) -> Response {
    let consent = &shown.consent;
    let state = consent.state_on(visitor.today);
    let keeps = visitor.may(Right::KeepConsents);
    let body = html! {
        (next(shown, state))
        (facts(shown, state))
        @if keeps && state != State::Withdrawn { (signature(shown, state, typed, errors)) }
        (wording(consent))
    };
    let mut crumbs = crumbs();
    crumbs.push(crate::web::ui::layout::Crumb::new(shown.subject.name().to_string(), person_path(consent.person_id)));
    let mut actions = vec![];
    if keeps && state.is_open() {
        let blank = Action::post("Напечатать бланк", consent.id.part_path("paper")).gives_file();
        actions.push(blank.icon(Icon::Print).primary());
    }
    if keeps && state == State::Needed {
        let printed = Action::post("Отметить напечатанным", paths::PRINTING).field("consent", consent.id.to_string());
        actions.push(printed.quiet());
    }
    if visitor.may(Right::DecideConsents) && consent.signed_on.is_some() && state != State::Withdrawn {
        actions.push(Action::link("Отозвать", consent.id.part_path("withdrawal")).danger());
    }
    let page = Page {
        title: format!("Согласие: {}", consent.purpose.short()),
        lead: Some(format!("{} {}", shown.subject.name(), shown.subject.class_text()).trim().to_owned()),
        crumbs,
        actions,
        body,
        ..Page::default()
    };
    view.page_with(status, page)
}

/// Says what is next.
fn next(shown: &Shown, state: State) -> Markup {
    let signs = shown.required.signers;
    let (tone, text) = match state {
        State::Needed => {
            (Tone::Warning, format!("Напечатайте бланк и соберите подписи. Сегодня подписывает: {signs}."))
        }
        State::Printed => {
            (Tone::Info, format!("Бланк выдан. Когда он вернётся, внесите подписи. Подписывает: {signs}."))
        }
        State::Signed => (Tone::Success, "Согласие действует.".to_owned()),
        State::Expiring => (Tone::Warning, "Согласие скоро истекает: запросите новое.".to_owned()),
        State::Expired => (Tone::Danger, "Согласие истекло: данные обрабатывать нельзя, запросите новое.".to_owned()),
        State::Withdrawn => (Tone::Danger, "Согласие отозвано. Новое запрашивают отдельно.".to_owned()),
    };
    html! {
        (notice(&Notice::new(tone, text)))
        @if shown.required.is_doubtful && state.is_open() {
            (notice(&Notice::new(Tone::Warning, "Дата рождения неизвестна, поэтому нужны обе подписи. Внесите дату в карточку человека.")))
        }
    }
}

fn facts(shown: &Shown, state: State) -> Markup {
    let consent = &shown.consent;
    let mut facts = vec![
        Fact::drawn("Состояние", state_badge(state)),
        Fact::new("№", consent.number.to_string()),
        Fact::new("Цель", consent.purpose.label()),
        Fact::new("Запрошено", day(Some(consent.asked_on))),
        Fact::new("Бланк напечатан", day(consent.printed_on)),
        Fact::new("Подписано", day(consent.signed_on)),
        Fact::new("Кто подписал", shown.signed_by()),
        Fact::new("Действует до", lasts(consent)),
    ];
    if consent.withdrawn_on.is_some() {
        facts.push(Fact::new("Отозвано", day(consent.withdrawn_on)));
        facts.push(Fact::new("Причина", &consent.withdrawal_note));
    }
    if consent.file_id.is_some() {
        let download = Action::download("Скачать", consent.id.part_path("scan")).quiet();
        facts.push(Fact::drawn("Скан или фото", action(&download)));
    }
    definition(&facts)
}

fn signature(shown: &Shown, state: State, typed: &SigningForm, errors: &Errors) -> Markup {
    let title = if state.is_open() { "Внести подписи" } else { "Исправить сведения" };
    let fields = typed.fields(&shown.guardians, errors);
    let body = form(&form::Form {
        action: shown.consent.id.part_path("signature"),
        submit: "Сохранить".into(),
        multipart: true,
        errors: errors.summary(&fields),
        body: drawn(&fields),
        ..form::Form::default()
    });
    card(&Card { title: title.into(), body, ..Card::default() })
}

fn wording(consent: &Consent) -> Markup {
    let Some(wording) = Wording::named(&consent.template).or_else(|| Wording::newest(consent.purpose)) else {
        return html! {};
    };
    let body = html! {
        p { (wording.text) }
        p class="muted" { "Бланк " (consent.template) ", контрольная сумма " code { (&consent.template_sha256[..consent.template_sha256.len().min(12)]) } "…" }
    };
    card(&Card { title: wording.title.clone(), body, ..Card::default() })
}
