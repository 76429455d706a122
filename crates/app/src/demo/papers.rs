//! Papers of the invented school: short, but true to its records.

use super::records::Records;
use crate::{
    access::{School, Visitor},
    error::{Answer, Failure},
    files::Upload,
    roadmap::board::BoardRow,
    words,
};
use documents::block::{Align, Block, Document, Page, Paragraph, Run, Signature, TableBlock, TableCell};

/// What a paper is made from.
pub struct Facts<'a> {
    pub school: &'a School,
    pub records: &'a Records,
    pub row: BoardRow,
    pub author: Visitor,
}

/// Returns the file of a paper with a title: a list of links as plain text, everything else for Word.
pub fn upload(title: &str, facts: &Facts<'_>) -> Answer<Upload> {
    if title == LINKS {
        return Ok(Upload { name: format!("{title}.txt"), bytes: links(title, facts).into_bytes() });
    }
    let bytes = documents::docx::write(&document(title, facts)).map_err(|error| Failure::unforeseen(&error))?;
    Ok(Upload { name: format!("{title}.docx"), bytes })
}

/// The title of the paper with links to publications.
const LINKS: &str = "Перечень ссылок";

fn links(title: &str, facts: &Facts<'_>) -> String {
    let figure = facts.records.figure("publications.count", facts.author.today).unwrap_or_default();
    let link = |number| format!("{number}. https://school12.example/nastavnichestvo/{number}\r\n");
    let lines: String = (1..=figure.numerator).map(link).collect();
    format!("{title}\r\n{}\r\n\r\n{lines}", as_of(facts))
}

fn document(title: &str, facts: &Facts<'_>) -> Document {
    let centred = |text: String| Paragraph::new([Run::plain(text)]).aligned(Align::Centre);
    let table = match title {
        "База наставляемых" | "База наставников" => by_class(facts),
        _ if title.starts_with("Список пар") => pairs(facts),
        _ if title.starts_with("Перечень партнёр") => partners(facts),
        _ => indicators(facts),
    };
    Document::new(title, Page::portrait())
        .with(centred(facts.school.short_name.clone()))
        .with(Paragraph::text(format!("Мероприятие дорожной карты: {}.", facts.row.row.caption())))
        .with(Paragraph::text(as_of(facts)))
        .with(table)
        .with(Block::Signatures(vec![Signature {
            post: words::capitalised(&facts.author.post),
            name: facts.author.full_name.clone(),
        }]))
}

fn as_of(facts: &Facts<'_>) -> String {
    format!("Сведения на {}. Школа и люди вымышлены.", words::long_date(facts.author.today))
}

fn by_class(facts: &Facts<'_>) -> TableBlock {
    let table = TableBlock::new(&[2, 2, 2]).header(["Класс", "Участвуют", "Всего обучающихся"]);
    facts.records.by_class(facts.author.today).into_iter().filter(|(_, joined, _)| *joined > 0).fold(
        table,
        |table, (class, joined, all)| {
            table.row([TableCell::text(class), TableCell::text(joined.to_string()), TableCell::text(all.to_string())])
        },
    )
}

fn pairs(facts: &Facts<'_>) -> TableBlock {
    let table = TableBlock::new(&[1, 4, 5]).header(["№", "Наставник", "Наставляемые"]);
    (1..).zip(facts.records.pairs(facts.author.today)).fold(table, |table, (number, (mentor, mentees))| {
        table.row([TableCell::text(number.to_string()), TableCell::text(mentor), TableCell::text(mentees.join("; "))])
    })
}

fn partners(facts: &Facts<'_>) -> TableBlock {
    let table = TableBlock::new(&[1, 6, 3]).header(["№", "Организация", "Наставники"]);
    let gives = |gives: bool| if gives { "есть" } else { "пока нет" };
    (1..).zip(facts.records.partners(facts.author.today)).fold(table, |table, (number, partner)| {
        let has_given = partner.gives_mentors.is_some_and(|since| since <= facts.author.today);
        table.row([
            TableCell::text(number.to_string()),
            TableCell::text(partner.name),
            TableCell::text(gives(has_given)),
        ])
    })
}

fn indicators(facts: &Facts<'_>) -> TableBlock {
    let table = TableBlock::new(&[5, 3]).header(["Показатель", "Значение"]);
    facts.row.indicators.iter().fold(table, |table, indicator| {
        let value = indicator.rule.value_text(indicator.reading.as_ref());
        table.row([TableCell::text(indicator.rule.title.clone()), TableCell::text(value)])
    })
}
