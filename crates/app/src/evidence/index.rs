//! The index of a folder as a document: every row with its numbers, its files and their sums. Pure.

use super::model::{Folder, Item, Measured, Proof, Written};
use crate::words;
use documents::block::{Align, Block, Document, HeadingLevel, Look, Page, Paragraph, Run, TableBlock, TableCell};

/// The name of the list of sums.
pub const SUMS: &str = "SHA256SUMS.txt";

/// Makes the index.
pub fn document(folder: &Folder) -> Document {
    let title = format!("Папка доказательств. {}", folder.subject);
    let how = format!(
        "Контрольные суммы SHA-256 всех файлов — в {SUMS}. Проверить папку: sha256sum -c {SUMS} (Linux), Get-FileHash (Windows)."
    );
    let mut blocks: Vec<Block> = vec![
        Paragraph::text(&folder.school).aligned(Align::Centre).into(),
        heading(HeadingLevel::First, "Папка доказательств"),
        Paragraph::text(format!("{}\n{} учебный год", folder.subject, folder.year)).aligned(Align::Centre).into(),
        Paragraph::text(format!("Данные на {}. {}", words::short_date(folder.as_of), folder.summary())).into(),
        Paragraph::text(how).aligned(Align::Start).into(),
    ];
    blocks.extend(folder.notes.iter().map(|note| Paragraph::text(note).into()));
    for chapter in &folder.chapters {
        blocks.push(heading(HeadingLevel::Second, &chapter.caption));
        blocks.extend(chapter.proofs.iter().flat_map(proof));
    }
    let look = Look { size: 12, cells: 10, ..Look::default() };
    Document { name: title, look, blocks, ..Document::new("", Page::portrait()) }
}

fn heading(level: HeadingLevel, text: &str) -> Block {
    Block::Heading { level, text: text.to_owned() }
}

fn proof(proof: &Proof) -> Vec<Block> {
    let responsible = if proof.responsible.is_empty() { "не назначен" } else { &proof.responsible };
    let facts = format!("Срок: {}. Состояние: {}. Ответственный: {responsible}.", proof.term, proof.state);
    let mut blocks =
        vec![heading(HeadingLevel::Third, &proof.caption), Paragraph::text(facts).aligned(Align::Start).into()];
    if !proof.measured.is_empty() {
        blocks.push(indicators(&proof.measured).into());
    }
    if proof.items.is_empty() {
        let nothing = "Доказательств в программе нет: документы не приложены, списков за показателем нет.";
        blocks.push(Paragraph::new([Run::italic(nothing)]).into());
    } else {
        blocks.push(files(&proof.items).into());
    }
    blocks.extend(proof.notes.iter().map(|note| Paragraph::text(note).aligned(Align::Start).into()));
    blocks
}

fn indicators(measured: &[Measured]) -> TableBlock {
    let empty = TableBlock::new(&[8, 8, 7, 5, 5]).header(["Показатель", "Значение", "Цель", "На дату", "Оценка"]);
    measured.iter().fold(empty, |table, one| {
        let day = one.as_of.map_or_else(|| "—".to_owned(), words::short_date);
        table.row([one.title.clone(), one.value.clone(), one.target.clone(), day, one.verdict.clone()])
    })
}

fn files(items: &[Item]) -> TableBlock {
    let empty = TableBlock::new(&[8, 7, 9, 9]).header(["Документ", "Номер, дата, состав", "Файл в папке", "SHA-256"]);
    items.iter().fold(empty, |table, item| {
        let place = item.place.split_once('/').map_or(item.place.as_str(), |(_, file)| file);
        table.row([
            TableCell::text(&item.title),
            TableCell::text(&item.about),
            TableCell::text(place),
            TableCell::text(sum(item.written.as_ref())),
        ])
    })
}

/// Writes a sum in four groups, so that it wraps.
fn sum(written: Option<&Written>) -> String {
    let grouped = |sum: &str| {
        let digits: Vec<char> = sum.chars().collect();
        digits.chunks(16).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
    };
    match written {
        Some(Written::Sum(sum)) => grouped(sum),
        Some(Written::Altered(sum)) => {
            format!("{}\nФайл изменён: при загрузке сумма была другой.", grouped(sum))
        }
        Some(Written::Lost) => "Файл не найден на диске сервера.".to_owned(),
        None => String::new(),
    }
}
