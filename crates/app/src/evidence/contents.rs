//! Reads what a folder will hold: rows with their numbers, documents and lists. Bytes of documents stay on the disk.

use super::{
    lists,
    model::{Chapter, Folder, Item, Measured, Order, Proof, Source},
    names::Names,
};
use crate::{
    access::{Right, School, Visitor},
    clock::day_in,
    consents::{self, Ledger, Purpose},
    error::{Answer, Failure},
    files::{self, FileId, StoredFile},
    paperwork::{self, ProvenRowId, queries::ProvingPaper},
    partners,
    people::Sight,
    roadmap::{
        board::{Board, BoardRow, Indicator, traits_of},
        measures::{self, Supply},
        model::{ProgrammeState, RowDocument},
        queries,
    },
    school_year::SchoolYear,
    words,
};
use chrono::NaiveDate;
use database::Tx;
use std::collections::HashMap;

/// Who reads, of which year and as of which day.
pub struct Reader<'a> {
    /// Who asked, on the day the folder speaks of: a year that is over keeps the numbers of its last day.
    pub visitor: Visitor,
    pub year: SchoolYear,
    pub as_of: NaiveDate,
    asked: &'a Visitor,
}

impl<'a> Reader<'a> {
    fn new(asked: &'a Visitor, year: SchoolYear) -> Self {
        let as_of = asked.today.min(year.last_day());
        Self { visitor: Visitor { today: as_of, ..asked.clone() }, year, as_of, asked }
    }

    /// Returns the school.
    pub fn school(&self) -> &School {
        &self.visitor.school
    }

    /// Returns the day of a moment where the school is.
    fn day(&self, at: chrono::DateTime<chrono::Utc>) -> NaiveDate {
        day_in(at, self.asked.school.zone())
    }
}

/// Collects what proves a road map or one of its rows, as a visitor may see it.
pub async fn collect(tx: &mut Tx, visitor: &Visitor, order: Order) -> Answer<Folder> {
    let programme = queries::programme(tx, visitor.school_id(), order.programme).await?;
    if programme.state == ProgrammeState::Draft {
        return Err(Failure::NotFound);
    }
    let reader = Reader::new(visitor, programme.year());
    let board = Board::load(tx, &visitor.school, programme, visitor.today).await?;
    if let Some(row) = order.row {
        board.row(row).ok_or(Failure::NotFound)?;
    }
    let documents = Documents::load(tx, &reader, &board).await?;
    let mut collecting = Collecting { reader, board: &board, documents, names: Names::default() };
    let mut chapters = vec![];
    for (section, rows) in board.by_section() {
        let mut proofs = vec![];
        for row in rows.into_iter().filter(|row| order.row.is_none_or(|id| id == row.row.id)) {
            proofs.push(collecting.proof(tx, row).await?);
        }
        if !proofs.is_empty() {
            chapters.push(Chapter { caption: section.caption(), proofs });
        }
    }
    let subject = match order.row.and_then(|id| board.row(id)) {
        Some(row) => row.row.caption(),
        None => board.programme.title.clone(),
    };
    Ok(Folder {
        school: visitor.school.name.clone(),
        subject,
        year: board.programme.year().label(),
        as_of: collecting.reader.as_of,
        chapters,
        notes: notes(visitor),
    })
}

fn notes(visitor: &Visitor) -> Vec<String> {
    let partial = "В списках людей только те, с кем работает запросивший: числа показателей — по всей школе.";
    let is_partial = visitor.may(Right::ReadPeople) && !visitor.may_everywhere(Right::ReadPeople);
    if is_partial { vec![partial.to_owned()] } else { vec![] }
}

/// The files of the programme, by what they belong to.
struct Documents {
    of_rows: Vec<RowDocument>,
    papers: Vec<ProvingPaper>,
    agreements: Vec<(String, FileId)>,
    /// Whose consent, of which class, what for.
    consents: Vec<(String, FileId)>,
    files: HashMap<FileId, StoredFile>,
}

impl Documents {
    async fn load(tx: &mut Tx, reader: &Reader<'_>, board: &Board) -> Answer<Self> {
        let school = reader.school().id;
        let of_rows = queries::newest_documents(tx, school, board.programme.id).await?;
        let papers = papers(tx, reader).await?;
        let agreements = agreements(tx, reader).await?;
        let consents = scans(tx, reader).await?;
        let ids: Vec<FileId> = of_rows
            .iter()
            .map(|document| document.file_id)
            .chain(papers.iter().flat_map(|paper| [paper.scan_id, paper.final_id]).flatten())
            .chain(agreements.iter().chain(&consents).map(|(_, file)| *file))
            .collect();
        let files = files::some(tx, school, &ids).await?;
        Ok(Self { of_rows, papers, agreements, consents, files })
    }
}

/// Returns the signed and the registered papers of the rows, for who may open them.
async fn papers(tx: &mut Tx, reader: &Reader<'_>) -> Answer<Vec<ProvingPaper>> {
    if !reader.visitor.may_everywhere(Right::TakePapers) {
        return Ok(vec![]);
    }
    Ok(paperwork::queries::proving(tx, reader.school().id, reader.year).await?)
}

/// Returns the signed agreements with their files, for who may open them.
async fn agreements(tx: &mut Tx, reader: &Reader<'_>) -> Answer<Vec<(String, FileId)>> {
    if !reader.visitor.may(Right::TakePartners) {
        return Ok(vec![]);
    }
    let school = reader.school().id;
    let files: HashMap<_, _> = partners::queries::agreement_files(tx, school).await?.into_iter().collect();
    let all = partners::queries::agreements(tx, school).await?;
    let with_file = all.iter().filter(|agreement| agreement.state_on(reader.as_of).binds()).filter_map(|agreement| {
        Some((format!("{}, {}", agreement.partner_name, agreement.caption()), *files.get(&agreement.id)?))
    });
    Ok(with_file.collect())
}

/// Returns the scans of valid consents of those the reader sees; those to special categories are never among them.
async fn scans(tx: &mut Tx, reader: &Reader<'_>) -> Answer<Vec<(String, FileId)>> {
    if !reader.visitor.may(Right::TakeConsents) {
        return Ok(vec![]);
    }
    let ledger = Ledger::load(tx, Sight::of(&reader.visitor)?, reader.as_of).await?;
    let scanned = ledger.lines().filter(|line| line.consent.purpose == Purpose::Participation && line.state.is_valid());
    let named = scanned.filter_map(|line| {
        let class = line.subject.class_text();
        let whose =
            if class.is_empty() { line.subject.name().to_string() } else { format!("{class} {}", line.subject.name()) };
        let signed = line.consent.signed_on.map(words::short_date).unwrap_or_default();
        Some((format!("{whose}, {signed}"), line.consent.file_id?))
    });
    Ok(named.collect())
}

struct Collecting<'a> {
    reader: Reader<'a>,
    board: &'a Board,
    documents: Documents,
    names: Names,
}

impl Collecting<'_> {
    async fn proof(&mut self, tx: &mut Tx, row: &BoardRow) -> Answer<Proof> {
        let folder = self.names.folder(&row.row.caption());
        let mut items = self.documents_of(row, &folder);
        let mut notes = visible(row);
        for indicator in &row.indicators {
            match self.list(tx, indicator, &folder).await? {
                Ok(list) => items.extend(list),
                Err(note) => notes.push(note),
            }
        }
        Ok(Proof {
            caption: row.row.caption(),
            term: row.row.term_text.clone(),
            state: state(row),
            responsible: row.responsible_text(),
            measured: row.indicators.iter().map(|indicator| measured(indicator, self.reader.school())).collect(),
            items,
            notes,
        })
    }

    fn documents_of(&mut self, row: &BoardRow, folder: &str) -> Vec<Item> {
        let (documents, names, reader) = (&self.documents, &mut self.names, &self.reader);
        let mut items = vec![];
        let mut kept = |title: &str, about: String, file: FileId, inside: &str| {
            let Some(file) = documents.files.get(&file) else { return };
            let place = names.file(inside, &renamed(title, &file.name));
            items.push(Item {
                title: title.to_owned(),
                about,
                place,
                source: Source::Kept(file.clone()),
                written: None,
            });
        };
        for document in documents.of_rows.iter().filter(|document| document.row_id == row.row.id) {
            let version =
                if document.version > 1 { format!(", версия {}", document.version) } else { String::new() };
            let about = format!("приложен {}{version}", words::short_date(reader.day(document.added_at)));
            kept(&document.title, about, document.file_id, folder);
        }
        let row_id = ProvenRowId::from(row.row.id.uuid());
        for paper in documents.papers.iter().filter(|paper| paper.row_id == row_id) {
            let registered = paper.registration().map(|registration| format!("зарегистрирован: {registration}"));
            let signed = paper.signed_on.map(|day| format!("подписан {}", words::short_date(day)));
            if let Some(bytes) = paper.final_id {
                kept(&paper.title, registered.clone().unwrap_or_default(), bytes, folder);
            }
            if let Some(scan) = paper.scan_id {
                let about = [signed, registered].into_iter().flatten().collect::<Vec<_>>().join(", ");
                kept(&format!("{}, подписанный экземпляр", paper.title), about, scan, folder);
            }
        }
        let asks = |measure: &str| row.indicators.iter().any(|indicator| indicator.rule.measure == measure);
        if asks(partners::AGREEMENTS_SIGNED) {
            for (title, file) in &documents.agreements {
                kept(title, "соглашение с партнёром".to_owned(), *file, &format!("{folder}/Соглашения"));
            }
        }
        if asks(consents::VALID) {
            for (title, file) in &documents.consents {
                kept(title, "согласие на участие".to_owned(), *file, &format!("{folder}/Согласия"));
            }
        }
        items
    }

    /// Returns the list behind an indicator, nothing where documents are counted, or why there is no list.
    async fn list(&mut self, tx: &mut Tx, indicator: &Indicator, folder: &str) -> Answer<Result<Option<Item>, String>> {
        let measure = indicator.rule.measure.as_str();
        if measure == measures::DOCUMENTS {
            return Ok(Ok(None));
        }
        if indicator.supply == Supply::ByHand {
            let source = indicator.reading.as_ref().and_then(|reading| reading.source.clone());
            return Ok(Err(match source {
                Some(source) => format!("«{}»: число внесено вручную, источник — {source}.", indicator.rule.title),
                None => format!("«{}»: число ещё не внесено.", indicator.rule.title),
            }));
        }
        let Some(list) = lists::list(tx, &self.reader, self.board, measure).await? else {
            return Ok(Err(format!("«{}»: список открыт другим ролям и в папку не вошёл.", indicator.rule.title)));
        };
        let wanted = format!("Список. {} на {}.xlsx", list.title, self.reader.as_of);
        Ok(Ok(Some(Item {
            title: format!("Список: {}", list.title),
            about: list.about,
            place: self.names.file(folder, &wanted),
            source: Source::Made(Box::new(list.workbook)),
            written: None,
        })))
    }
}

/// Returns a name of a file in the words of its document, with the extension the file has.
fn renamed(title: &str, file: &str) -> String {
    match file.rsplit_once('.') {
        Some((_, extension)) => format!("{}.{extension}", title.trim_end_matches(&format!(".{extension}"))),
        None => title.to_owned(),
    }
}

/// Says what must stay visible about a row.
fn visible(row: &BoardRow) -> Vec<String> {
    let of = &row.row;
    let unproven = of.unproven_reason.as_ref().map(|reason| format!("Подтверждено без показателя: {reason}"));
    let cancelled = of.cancel_reason.as_ref().map(|reason| format!("Отменено: {reason}"));
    [unproven, cancelled].into_iter().flatten().collect()
}

fn state(row: &BoardRow) -> String {
    let done = row.row.done_on.map(|on| format!(", {}", words::short_date(on))).unwrap_or_default();
    let accepted = if row.row.accepted_at.is_some() { ", принято директором" } else { "" };
    format!("{}{done}{accepted}", row.state.label())
}

fn measured(indicator: &Indicator, school: &School) -> Measured {
    Measured {
        title: indicator.rule.title.clone(),
        value: indicator.rule.value_text(indicator.reading.as_ref()),
        target: indicator.rule.target_text(traits_of(school)),
        verdict: indicator.verdict.label().to_owned(),
        as_of: indicator.reading.as_ref().map(|reading| reading.as_of),
    }
}
