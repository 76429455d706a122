//! A stack as it is looked through: which pages make which paper, and what will become of each.

use super::{
    arranging::owners,
    model::{ScanFile, ScanPage, Stack, StackId},
    queries,
};
use crate::{
    access::{Right, Visitor},
    consents::{
        actions::Signing,
        model::{Consent, SignedAs, Signers},
        queries::{self as consents, Guardian, Subject},
        signing::Policy,
    },
    error::Answer,
    paperwork::{
        model::{Paper, PaperId},
        queries as papers,
        state::State,
    },
    people::{PersonId, Sight},
    school_year::SchoolYear,
};
use chrono::NaiveDate;
use database::Tx;
use std::collections::BTreeMap;

/// A stack with what is known of it.
pub struct Review {
    pub stack: Stack,
    pub files: Vec<ScanFile>,
    /// What codes and people have said.
    pub lines: Vec<Line>,
    /// Pages for which somebody has to say whose they are.
    pub loose: Vec<ScanPage>,
    /// Pages that were turned down.
    pub dropped: Vec<ScanPage>,
}

/// The pages of one paper.
pub struct Line {
    /// Nothing when nobody may see it, or it is of nobody here.
    pub paper: Option<Paper>,
    pub pages: Vec<ScanPage>,
    pub fate: Fate,
}

/// What becomes of the pages of a paper.
#[derive(Debug, Clone, PartialEq)]
pub enum Fate {
    /// The paper takes them as its signed copy.
    Filed(Option<Asked>),
    /// They are not needed, for a reason: they go when the stack is filed.
    Needless(&'static str),
    /// Something has to be done before: they stay.
    Waiting(String),
    /// Somebody they are about has withdrawn the consent: nothing of them is shown, they go when the stack is filed.
    Withdrawn,
}

/// What is asked about the signatures of a consent.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    pub version: i64,
    pub person: PersonId,
    /// Who must sign on the day.
    pub signers: Signers,
    /// Who may have signed for the person.
    pub guardians: Vec<(PersonId, String)>,
    /// The signatures that are on record without a copy.
    pub recorded: Option<Signing>,
}

impl Review {
    /// Loads a stack as a visitor sees it, for papers signed on a day.
    pub async fn load(tx: &mut Tx, visitor: &Visitor, id: StackId, day: NaiveDate) -> Answer<Self> {
        let (school, sight) = (visitor.school_id(), Sight::of(visitor)?);
        let stack = queries::stack(tx, school, id).await?;
        let files = queries::files_of(tx, (school, id)).await?;
        let pages = queries::pages_of(tx, (school, id)).await?;
        let own = queries::own(tx, school, id).await?;
        let named = queries::named(tx, sight, &own).await?;
        let (dropped, open): (Vec<_>, Vec<_>) = pages.into_iter().partition(|page| page.is_dropped);
        let (grouped, loose) = grouped(open, &own);
        let rules = Rules::load(tx, visitor, day, &named).await?;
        let mut lines = vec![];
        for (code, pages) in grouped {
            let paper = named.iter().find(|paper| paper.code == code).cloned();
            let fate = match &paper {
                Some(paper) => rules.fate(tx, visitor, paper).await?,
                None if own.iter().any(|(_, known)| *known == code) => Fate::Withdrawn,
                None => Fate::Waiting(
                    "Код не из вашей школы, или документ удалён. Укажите документ сами или уберите страницу.".into(),
                ),
            };
            lines.push(Line { paper, pages, fate });
        }
        lines.sort_by_key(|line| line.pages.first().map(|page| page.place));
        Ok(Self { stack, files, lines, loose, dropped })
    }

    /// Returns the line a paper has.
    pub fn line(&self, paper: PaperId) -> Option<&Line> {
        self.lines.iter().find(|line| line.paper.as_ref().is_some_and(|known| known.id == paper))
    }

    /// Returns the papers that take their pages.
    pub fn filed(&self) -> impl Iterator<Item = (&Paper, &Line)> {
        let files = |line: &&Line| matches!(line.fate, Fate::Filed(_));
        self.lines.iter().filter(files).filter_map(|line| Some((line.paper.as_ref()?, line)))
    }

    /// Returns the pages whose picture may be shown.
    pub fn shown(&self) -> impl Iterator<Item = &ScanPage> {
        let open = self.lines.iter().filter(|line| line.fate != Fate::Withdrawn).flat_map(|line| &line.pages);
        open.chain(&self.loose).chain(&self.dropped)
    }

    /// Returns the pages that go with the next filing whatever is ticked: withdrawn, needless, turned down.
    pub fn going(&self) -> impl Iterator<Item = &ScanPage> {
        let goes = |line: &&Line| matches!(line.fate, Fate::Withdrawn | Fate::Needless(_));
        self.lines.iter().filter(goes).flat_map(|line| &line.pages).chain(&self.dropped)
    }
}

/// Puts the pages of a code together; the second value are those without one.
fn grouped(pages: Vec<ScanPage>, own: &[(PaperId, String)]) -> (BTreeMap<String, Vec<ScanPage>>, Vec<ScanPage>) {
    let chosen = |page: &ScanPage| {
        let code = own.iter().find(|(id, _)| Some(*id) == page.paper_id).map(|(_, code)| code.clone());
        code.filter(|_| page.paper_id.is_some())
    };
    let free: Vec<&ScanPage> = pages.iter().filter(|page| chosen(page).is_none()).collect();
    let mut found: BTreeMap<_, _> = free.iter().map(|page| page.id).zip(owners(&free)).collect();
    let (mut groups, mut loose) = (BTreeMap::<String, Vec<ScanPage>>::new(), vec![]);
    for page in pages {
        let code = chosen(&page).unwrap_or_else(|| found.remove(&page.id).unwrap_or_default());
        if code.is_empty() { loose.push(page) } else { groups.entry(code).or_default().push(page) }
    }
    (groups, loose)
}

/// What decides about papers, asked once for a stack.
struct Rules {
    day: NaiveDate,
    policy: Policy,
    consents: Vec<Consent>,
    subjects: Vec<Subject>,
    guardians: Vec<Guardian>,
}

impl Rules {
    async fn load(tx: &mut Tx, visitor: &Visitor, day: NaiveDate, named: &[Paper]) -> Answer<Self> {
        let (sight, year) = (Sight::of(visitor)?, SchoolYear::containing(visitor.today));
        let policy = consents::policy(tx, sight.school(), year).await?;
        if named.iter().all(|paper| paper.consent_id.is_none()) {
            return Ok(Self { day, policy, consents: vec![], subjects: vec![], guardians: vec![] });
        }
        Ok(Self {
            day,
            policy,
            consents: consents::consents(tx, sight, None).await?,
            subjects: consents::subjects(tx, sight, year).await?,
            guardians: consents::guardians(tx, sight, None).await?,
        })
    }

    async fn fate(&self, tx: &mut Tx, visitor: &Visitor, paper: &Paper) -> Answer<Fate> {
        if paper.is_closed {
            return Ok(Fate::Withdrawn);
        }
        if paper.state() == State::Cancelled {
            return Ok(Fate::Needless("Документ отменён: подписанный экземпляр ему не нужен."));
        }
        if paper.scan_id.is_some() {
            return Ok(Fate::Needless("Уже подписан, скан приложен раньше."));
        }
        if let Some(id) = paper.consent_id {
            let consent = self.consents.iter().find(|consent| consent.id == id);
            return Ok(consent.map_or(Fate::Withdrawn, |consent| self.fate_of(visitor, consent)));
        }
        let rows = papers::proven_rows(tx, visitor.school_id(), paper.id).await?;
        Ok(match rows.iter().find(|row| row.programme_state == "sealed") {
            Some(row) => Fate::Waiting(format!(
                "Учебный год завершён: мероприятие {} больше не меняется. Уберите связь документа с мероприятиями.",
                row.number
            )),
            None => Fate::Filed(None),
        })
    }

    fn fate_of(&self, visitor: &Visitor, consent: &Consent) -> Fate {
        if !visitor.may_everywhere(Right::KeepConsents) {
            return Fate::Waiting("Подписи в согласиях вносит куратор программы.".into());
        }
        if consent.withdrawn_on.is_some() {
            return Fate::Needless("Согласие отозвано: оно больше не действует.");
        }
        if consent.valid_until.is_some_and(|last| last < visitor.today) {
            return Fate::Waiting("Срок согласия прошёл: запросите новое.".into());
        }
        let Some(subject) = self.subjects.iter().find(|subject| subject.id == consent.person_id) else {
            return Fate::Waiting("Человек больше не участвует в программе.".into());
        };
        let of_person = |guardian: &&Guardian| guardian.minor_id == subject.id;
        let named = |guardian: &Guardian| (guardian.id, format!("{} ({})", guardian.name(), guardian.grounds));
        let asked = Asked {
            version: consent.version,
            person: subject.id,
            signers: subject.required(self.day, self.policy).signers,
            guardians: self.guardians.iter().filter(of_person).map(named).collect(),
            recorded: recorded(consent),
        };
        if asked.recorded.is_none() && asked.needs_guardian() && asked.guardians.is_empty() {
            return Fate::Waiting("Внесите в карточку законного представителя: он подписывает согласие.".into());
        }
        Fate::Filed(Some(asked))
    }
}

impl Asked {
    /// Tells whether a representative must have signed.
    pub fn needs_guardian(&self) -> bool {
        self.signers != Signers::Person
    }

    /// Returns what is recorded when those have signed who must: on a day, and this representative.
    pub fn signing(&self, on: NaiveDate, guardian: Option<PersonId>, last: NaiveDate) -> Signing {
        self.recorded.clone().unwrap_or_else(|| Signing {
            version: self.version,
            signed_on: on,
            by_person: self.signers != Signers::Representative,
            by_representative: guardian.filter(|_| self.needs_guardian()),
            valid_until: Some(last),
        })
    }
}

/// Returns the signatures of a consent that has them already.
fn recorded(consent: &Consent) -> Option<Signing> {
    let signed = |signed_as| consent.signed_by.0.iter().find(|signature| signature.signed_as == signed_as);
    Some(Signing {
        version: consent.version,
        signed_on: consent.signed_on?,
        by_person: signed(SignedAs::Person).is_some(),
        by_representative: signed(SignedAs::Representative).map(|signature| signature.person),
        valid_until: consent.valid_until,
    })
}
