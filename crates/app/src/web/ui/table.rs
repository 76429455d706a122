//! Tables that sort by links, become cards on a phone, and say what to do when they are empty.

use super::{
    action::{Action, actions},
    address::Address,
    badge::Tone,
    empty::{Empty, empty},
    icon::{Icon, icon},
};
use maud::{Markup, html};

/// Where the text of a column stands; numbers stand at the end, so that their digits line up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Align {
    #[default]
    Start,
    End,
    Center,
}

impl Align {
    const fn class(self) -> Option<&'static str> {
        match self {
            Self::Start => None,
            Self::End => Some("align-end"),
            Self::Center => Some("align-center"),
        }
    }
}

/// A direction of sorting.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Direction {
    #[default]
    Ascending,
    Descending,
}

impl Direction {
    /// Returns the word that stands in addresses.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Ascending => "asc",
            Self::Descending => "desc",
        }
    }

    /// Reads the word that stands in addresses; anything unknown is ascending.
    pub fn named(word: &str) -> Self {
        if word == "desc" { Self::Descending } else { Self::Ascending }
    }

    const fn opposite(self) -> Self {
        match self {
            Self::Ascending => Self::Descending,
            Self::Descending => Self::Ascending,
        }
    }

    const fn aria(self) -> &'static str {
        match self {
            Self::Ascending => "ascending",
            Self::Descending => "descending",
        }
    }
}

/// A column.
#[derive(Debug, Clone, Default)]
pub struct Column {
    /// The word for the column in addresses: `?sort=term`.
    pub key: &'static str,
    pub label: String,
    pub align: Align,
    pub sortable: bool,
    pub hide_on_phone: bool,
}

impl Column {
    /// Returns a column that is not sorted by.
    pub fn new(key: &'static str, label: impl Into<String>) -> Self {
        Self { key, label: label.into(), ..Self::default() }
    }

    #[must_use]
    pub fn sortable(mut self) -> Self {
        self.sortable = true;
        self
    }

    #[must_use]
    pub fn numeric(mut self) -> Self {
        self.align = Align::End;
        self
    }

    #[must_use]
    pub fn hidden_on_phone(mut self) -> Self {
        self.hide_on_phone = true;
        self
    }

    fn class(&self) -> Option<String> {
        let hidden = self.hide_on_phone.then_some("not-on-phone");
        let classes: Vec<_> = [self.align.class(), hidden].into_iter().flatten().collect();
        (!classes.is_empty()).then(|| classes.join(" "))
    }
}

/// A line of a table.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// One cell per column.
    pub cells: Vec<Markup>,
    /// The page of the line: the first cell becomes a link to it, so that cell must not hold a link of its own.
    pub href: Option<String>,
    pub tone: Tone,
    /// The heading of the part that begins with this line.
    pub section: Option<String>,
}

impl Row {
    /// Returns a line without a page of its own.
    pub fn new(cells: Vec<Markup>) -> Self {
        Self { cells, ..Self::default() }
    }

    #[must_use]
    pub fn href(mut self, href: impl Into<String>) -> Self {
        self.href = Some(href.into());
        self
    }

    #[must_use]
    pub fn tone(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }

    #[must_use]
    pub fn section(mut self, title: impl Into<String>) -> Self {
        self.section = Some(title.into());
        self
    }
}

/// A table with everything around it.
#[derive(Debug, Clone, Default)]
pub struct Table {
    pub caption: String,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
    /// The last line: one cell per column, or nothing.
    pub totals: Vec<Markup>,
    pub sort: Option<(String, Direction)>,
    /// The address of the page with its question; sorting keeps the question and returns to the first page.
    pub address: Address,
    pub empty: Empty,
    /// Words and addresses of the same list as files.
    pub exports: Vec<(String, String)>,
}

/// Draws a table, or the empty state when there are no lines.
pub fn table(table: &Table) -> Markup {
    html! {
        @if table.rows.is_empty() {
            (empty(&table.empty))
        } @else {
            div class="table-frame" {
                table class="table cards-on-phone" {
                    caption { (table.caption) }
                    thead { tr { @for column in &table.columns { (heading(table, column)) } } }
                    tbody { @for row in &table.rows { (line(table, row)) } }
                    @if !table.totals.is_empty() { tfoot { tr { (cells(table, &table.totals, None)) } } }
                }
            }
            @if !table.exports.is_empty() {
                div class="exports" {
                    span class="exports-label" { "Скачать список:" }
                    (actions(&exports(table)))
                }
            }
        }
    }
}

fn exports(table: &Table) -> Vec<Action> {
    table.exports.iter().map(|(label, href)| Action::download(label.clone(), href.clone()).quiet()).collect()
}

fn heading(table: &Table, column: &Column) -> Markup {
    let sorted = table.sort.as_ref().filter(|(key, _)| key == column.key).map(|(_, direction)| *direction);
    let next = sorted.map_or(Direction::Ascending, Direction::opposite);
    let href = table.address.without(&["page"]).with("sort", column.key).with("dir", next.key());
    let drawing = match sorted {
        Some(Direction::Ascending) => Icon::ArrowUp,
        Some(Direction::Descending) => Icon::ArrowDown,
        None => Icon::Sort,
    };
    html! {
        th scope="col" class=[column.class()] aria-sort=[sorted.map(Direction::aria)] {
            @if column.sortable { a class="sort" href=(href) { (column.label) (icon(drawing)) } } @else { (column.label) }
        }
    }
}

fn line(table: &Table, row: &Row) -> Markup {
    let class = (row.tone != Tone::Neutral).then(|| format!("row-{}", row.tone.class()));
    html! {
        @if let Some(section) = &row.section {
            tr class="section" { th scope="colgroup" colspan=(table.columns.len()) { (section) } }
        }
        tr class=[class] data-row=[row.href.as_ref().map(|_| "")] { (cells(table, &row.cells, row.href.as_deref())) }
    }
}

fn cells(table: &Table, cells: &[Markup], href: Option<&str>) -> Markup {
    html! {
        @for (index, (column, cell)) in table.columns.iter().zip(cells).enumerate() {
            td class=[column.class()] data-label=(column.label) {
                @match href {
                    Some(href) if index == 0 => a class="row-link" href=(href) { (cell) },
                    // One box per cell: on a phone the label stands beside it, whatever is inside.
                    _ => div { (cell) },
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(rows: Vec<Row>, sort: Option<(&str, Direction)>) -> String {
        table(&Table {
            caption: "Позиции".into(),
            columns: vec![Column::new("term", "Срок").sortable(), Column::new("state", "Состояние")],
            rows,
            sort: sort.map(|(key, direction)| (key.to_owned(), direction)),
            address: Address::new("/roadmap?state=overdue&page=4&sort=term&dir=asc"),
            ..Table::default()
        })
        .into_string()
    }

    fn row() -> Row {
        Row::new(vec![html! { "октябрь" }, html! { "в работе" }])
    }

    #[test]
    fn sorting_keeps_the_filter_and_returns_to_the_first_page() {
        let drawn = of(vec![row()], None);
        assert!(drawn.contains("href=\"/roadmap?state=overdue&amp;sort=term&amp;dir=asc\""), "{drawn}");
        assert!(!drawn.contains("page=4"), "{drawn}");
    }

    #[test]
    fn the_sorted_column_says_so_and_its_link_turns_the_order_round() {
        let drawn = of(vec![row()], Some(("term", Direction::Ascending)));
        assert!(drawn.contains("aria-sort=\"ascending\"") && drawn.contains("dir=desc"), "{drawn}");
        let drawn = of(vec![row()], Some(("term", Direction::Descending)));
        assert!(drawn.contains("aria-sort=\"descending\"") && drawn.contains("dir=asc"), "{drawn}");
    }

    #[test]
    fn a_column_that_is_not_sorted_by_has_no_link() {
        assert_eq!(of(vec![row()], None).matches("class=\"sort\"").count(), 1);
    }

    #[test]
    fn an_empty_table_is_advice_and_not_a_bare_heading() {
        let drawn = of(vec![], None);
        assert!(!drawn.contains("<table") && drawn.contains("Пока ничего нет"), "{drawn}");
    }

    #[test]
    fn every_cell_carries_its_heading_for_a_phone() {
        let drawn = of(vec![row().href("/roadmap/1")], None);
        assert!(drawn.contains(r#"data-label="Срок"><a class="row-link" href="/roadmap/1">октябрь</a>"#), "{drawn}");
        assert!(drawn.contains(r#"data-label="Состояние"><div>в работе</div>"#), "{drawn}");
    }

    #[test]
    fn a_direction_is_read_back_from_the_address_it_was_written_to() {
        for direction in [Direction::Ascending, Direction::Descending] {
            assert_eq!(Direction::named(direction.key()), direction);
        }
    }
}
