//! The pages of a long list.

use super::{
    address::Address,
    icon::{Icon, icon},
};
use crate::words;
use maud::{Markup, html};

/// Where a reader is in a long list.
#[derive(Debug, Clone, Default)]
pub struct Paging {
    pub address: Address,
    /// The current page, from 1.
    pub page: u32,
    pub per_page: u32,
    pub total: u32,
}

impl Paging {
    /// Returns where a reader is in a list of `total` who asked for the page `asked` in the address.
    pub fn of(address: Address, asked: &str, per_page: u32, total: usize) -> Self {
        Self { address, page: asked.parse().unwrap_or(1), per_page, total: u32::try_from(total).unwrap_or(u32::MAX) }
    }

    /// Returns how many things stand on the pages before the current one.
    pub fn skipped(&self) -> u32 {
        (self.current() - 1) * self.per_page
    }

    /// Returns what stands on the current page of a list.
    pub fn part<'a, T>(&self, all: &'a [T]) -> &'a [T] {
        let number = |n: u32| usize::try_from(n).unwrap_or(usize::MAX);
        let first = number(self.skipped()).min(all.len());
        &all[first..all.len().min(first.saturating_add(number(self.per_page)))]
    }

    /// Returns how many pages there are: one at least.
    pub fn pages(&self) -> u32 {
        self.total.div_ceil(self.per_page.max(1)).max(1)
    }

    /// Returns the current page, pulled into the list when an address asks beyond it.
    pub fn current(&self) -> u32 {
        self.page.clamp(1, self.pages())
    }

    fn href(&self, page: u32) -> String {
        if page == 1 { self.address.without(&["page"]) } else { self.address.with("page", &page.to_string()) }
            .to_string()
    }

    fn range(&self) -> (u32, u32) {
        let first = self.skipped();
        (first + 1, (first + self.per_page).min(self.total))
    }

    /// Returns the pages that get a link: both ends and the neighbours; `None` is a gap.
    fn shown(&self) -> Vec<Option<u32>> {
        let (current, last) = (self.current(), self.pages());
        let near = |page: u32| page == 1 || page == last || page.abs_diff(current) <= 1;
        let mut shown = vec![];
        for page in (1..=last).filter(|page| near(*page)) {
            if shown.last().copied().flatten().is_some_and(|before: u32| before + 1 < page) {
                shown.push(None);
            }
            shown.push(Some(page));
        }
        shown
    }
}

/// Draws the pages of a list; nothing when one page holds it all.
pub fn paging(paging: &Paging) -> Markup {
    let (current, last) = (paging.current(), paging.pages());
    let (from, to) = paging.range();
    html! {
        @if last > 1 {
            nav class="paging" aria-label="Страницы списка" {
                p class="paging-range" { (from) "–" (to) " из " (words::number(i64::from(paging.total))) }
                ul {
                    @if current > 1 {
                        li { a href=(paging.href(current - 1)) rel="prev" aria-label="Предыдущая страница" { (icon(Icon::ChevronLeft)) } }
                    }
                    @for page in paging.shown() {
                        @match page {
                            Some(page) => li { a href=(paging.href(page)) aria-label={ "Страница " (page) } aria-current=[(page == current).then_some("page")] { (page) } },
                            None => li class="paging-gap" aria-hidden="true" { "…" },
                        }
                    }
                    @if current < last {
                        li { a href=(paging.href(current + 1)) rel="next" aria-label="Следующая страница" { (icon(Icon::ChevronRight)) } }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(page: u32, total: u32) -> Paging {
        Paging { address: Address::new("/roadmap?state=overdue&page=2"), page, per_page: 25, total }
    }

    #[test]
    fn a_list_that_fits_on_one_page_has_no_pages() {
        assert_eq!(paging(&of(1, 25)).into_string(), "");
        assert_eq!(paging(&of(1, 0)).into_string(), "");
    }

    #[test]
    fn pages_keep_the_filter_and_the_first_has_a_plain_address() {
        let drawn = paging(&of(2, 200)).into_string();
        assert!(drawn.contains("href=\"/roadmap?state=overdue&amp;page=3\""), "{drawn}");
        assert!(drawn.contains("href=\"/roadmap?state=overdue\""), "{drawn}");
    }

    #[test]
    fn a_page_beyond_the_list_is_the_last_one() {
        assert_eq!(of(99, 60).current(), 3);
        assert!(paging(&of(99, 60)).into_string().contains("51–60 из 60"));
        assert_eq!(of(0, 60).current(), 1);
    }

    #[test]
    fn the_pages_of_a_list_are_the_list_in_parts() {
        let all: Vec<u32> = (0..60).collect();
        let joined: Vec<u32> = (1..=3).flat_map(|page| of(page, 60).part(&all).to_vec()).collect();
        assert_eq!(joined, all);
        assert_eq!(of(3, 60).part(&all), &all[50..]);
        assert_eq!(of(1, 0).part::<u32>(&[]), &[] as &[u32]);
        let asked = |page| Paging::of(Address::new("/roadmap"), page, 25, 60).current();
        assert_eq!([asked(""), asked("2"), asked("-1"), asked("9")], [1, 2, 1, 3]);
    }

    #[test]
    fn far_pages_are_left_out_but_both_ends_stay() {
        assert_eq!(of(5, 250).shown(), [Some(1), None, Some(4), Some(5), Some(6), None, Some(10)]);
    }
}
