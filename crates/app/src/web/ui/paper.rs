//! A paper on the screen: the blocks of the model that Word files and PDFs are written from.

use super::qr::{Qr, qr};
use documents::block::{Align, Block, Clause, Document, HeadingLevel, Orientation, Paragraph, Place, Run, TableBlock};
use maud::{Markup, html};

/// Draws a paper as it reads; where its pages end only the PDF knows.
pub fn paper(document: &Document) -> Markup {
    let class = match document.page.orientation {
        Orientation::Portrait => "paper",
        Orientation::Landscape => "paper paper-wide",
    };
    html! {
        div class="paper-frame" tabindex="0" role="region" aria-label={ "Предпросмотр: " (document.name()) } {
            div class=(class) {
                @if !document.title.is_empty() { p class="paper-title" { (lines(&document.title)) } }
                @for block in &document.blocks { (drawn(block)) }
            }
        }
    }
}

fn drawn(block: &Block) -> Markup {
    match block {
        Block::Heading { level, text } => {
            let class = match level {
                HeadingLevel::First => "paper-heading",
                HeadingLevel::Second | HeadingLevel::Third => "paper-heading paper-heading-small",
            };
            html! { p class=(class) { (lines(text)) } }
        }
        Block::Paragraph(one) => paragraph(one),
        Block::NumberedClauses(list) => clauses(list, ""),
        Block::Dashes(items) => html! { ul class="paper-dashes" { @for item in items { li { (runs(item)) } } } },
        Block::Table(block) => table(block),
        Block::Aside(items) => html! { div class="paper-aside" { @for item in items { p { (runs(item)) } } } },
        Block::Ends { left, right } => {
            html! { div class="paper-ends" { span { (runs(left)) } span { (runs(right)) } } }
        }
        Block::Signatures(signatures) => html! {
            @for one in signatures {
                div class="paper-signature" { span { (one.post) } span class="paper-line" {} span { (one.name) } }
            }
        },
        Block::Code { text, caption } => html! {
            div class="paper-code" {
                (qr(&Qr { address: text.clone(), label: format!("QR-код документа {caption}") }))
                span { (caption) }
            }
        },
        Block::PageBreak => html! { hr class="paper-break"; },
    }
}

fn paragraph(one: &Paragraph) -> Markup {
    let class = match one.align {
        Align::Start => "paper-start",
        Align::Centre => "paper-centre",
        Align::End => "paper-end",
        Align::Justify => "paper-text",
    };
    html! { p class=(class) { (runs(&one.runs)) } }
}

/// Draws clauses with the numbers that the formats count.
fn clauses(list: &[Clause], above: &str) -> Markup {
    html! {
        @for (clause, place) in list.iter().zip(1_usize..) {
            @let number = format!("{above}{place}.");
            p class="paper-text" { (number) " " (runs(&clause.runs)) }
            (clauses(&clause.clauses, &number))
        }
    }
}

/// Draws a table; a cell merged across or down covers its neighbours as in the file.
fn table(block: &TableBlock) -> Markup {
    let Ok(rows) = block.layout() else { return html! {} };
    let row = |places: &[Place<'_>], is_header: bool| {
        html! {
            tr {
                @for place in places {
                    @match place {
                        Place::Cell { cell, across, down } if is_header => {
                            th scope="col" colspan=(across) rowspan=(down) { @for one in &cell.paragraphs { (paragraph(one)) } }
                        },
                        Place::Cell { cell, across, down } => {
                            td colspan=(across) rowspan=(down) { @for one in &cell.paragraphs { (paragraph(one)) } }
                        },
                        Place::Continued { .. } => {},
                        Place::Empty => td {},
                    }
                }
            }
        }
    };
    let (header, body) = rows.split_at(block.header_rows.min(rows.len()));
    html! {
        table class="paper-table" {
            @if !header.is_empty() { thead { @for places in header { (row(places, true)) } } }
            tbody { @for places in body { (row(places, false)) } }
        }
    }
}

fn runs(runs: &[Run]) -> Markup {
    html! {
        @for run in runs {
            @match (run.bold, run.italic) {
                (true, true) => b { i { (lines(&run.text)) } },
                (true, false) => b { (lines(&run.text)) },
                (false, true) => i { (lines(&run.text)) },
                (false, false) => (lines(&run.text)),
            }
        }
    }
}

/// Writes a text whose line breaks are line breaks.
fn lines(text: &str) -> Markup {
    html! {
        @for (line, place) in text.split('\n').zip(0_usize..) {
            @if place > 0 { br; }
            (line)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use documents::{
        block::{Page, TableCell},
        kinds::KINDS,
    };

    #[test]
    fn every_kind_is_drawn_with_the_words_of_its_example() {
        for kind in KINDS {
            let document = kind.make(kind.example).unwrap();
            let drawn = paper(&document).into_string();
            assert!(drawn.len() > 500, "{}", kind.name);
            assert!(!drawn.contains(" style="), "{}", kind.name);
        }
    }

    #[test]
    fn words_of_a_paper_are_never_tags() {
        let document =
            Document::new("<b>Приказ</b>", Page::portrait()).with(Paragraph::text("<script>alert(1)</script>"));
        let drawn = paper(&document).into_string();
        assert!(!drawn.contains("<script>") && !drawn.contains("<b>Приказ"), "{drawn}");
    }

    #[test]
    fn clauses_are_numbered_below_each_other_and_merged_cells_cover_their_neighbours() {
        let document = Document::new("", Page::portrait())
            .with(Block::NumberedClauses(vec![Clause::text("Создать").with(Clause::text("группу"))]))
            .with(TableBlock::new(&[1, 1]).header(["а", "б"]).row([TableCell::text("в").across(2)]));
        let drawn = paper(&document).into_string();
        assert!(drawn.contains("1. Создать") && drawn.contains("1.1. группу"), "{drawn}");
        assert!(drawn.contains("colspan=\"2\"") && drawn.contains("scope=\"col\""), "{drawn}");
    }
}
