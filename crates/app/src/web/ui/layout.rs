//! The frame of every page: landmarks, menu, search, who is signed in, and what a printed page carries instead.

use super::{
    action::{Action, actions},
    icon::{Icon, icon},
    notice::{Notice, Tone, notice},
};
use crate::{web::assets, words};
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// A light or a dark page; `Auto` follows the device, without a script.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Theme {
    #[default]
    Auto,
    Light,
    Dark,
}

impl Theme {
    /// Returns the word that the page, the cookie and the form use.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// Who is signed in.
#[derive(Debug, Clone, Default)]
pub struct UserBadge {
    pub name: String,
    pub post: String,
    pub roles_text: String,
}

/// A page of the menu.
#[derive(Debug, Clone)]
pub struct MenuItem {
    pub label: String,
    pub href: String,
    pub icon: Icon,
    pub current: bool,
    /// How many things wait there.
    pub badge: Option<String>,
}

/// Pages of the menu that belong together.
#[derive(Debug, Clone, Default)]
pub struct MenuGroup {
    /// The heading; the first group may go without.
    pub title: String,
    pub items: Vec<MenuItem>,
}

/// What a notice that travels to the next page says about its contents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FlashKind {
    Info,
    Success,
    Warning,
    Danger,
}

/// A notice from the page before.
#[derive(Debug, Clone)]
pub struct Flash {
    pub kind: FlashKind,
    pub text: String,
}

impl Flash {
    /// Returns the notice to be drawn.
    pub fn notice(&self) -> Notice {
        let tone = match self.kind {
            FlashKind::Info => Tone::Info,
            FlashKind::Success => Tone::Success,
            FlashKind::Warning => Tone::Warning,
            FlashKind::Danger => Tone::Danger,
        };
        Notice::new(tone, self.text.clone())
    }
}

/// What stands around every page of a signed-in person.
#[derive(Debug, Clone, Default)]
pub struct Shell {
    pub school_name: String,
    pub user: Option<UserBadge>,
    pub menu: Vec<MenuGroup>,
    pub flash: Vec<Flash>,
    pub theme: Theme,
    /// What was searched for, on the page of results.
    pub search_text: String,
    /// The address of the page, to which the theme switch returns.
    pub path: String,
    /// The date of the numbers on the page: «22.11.2026».
    pub as_of: String,
    /// How many jobs have ended that the person has not looked at.
    pub news: i64,
    /// Seconds after which a browser without scripts asks for the page anew: something goes on there.
    pub refresh: Option<u32>,
}

/// One step of the way to the page; the page itself is not among them.
#[derive(Debug, Clone, Default)]
pub struct Crumb {
    pub label: String,
    pub href: String,
}

impl Crumb {
    /// Returns a step of the way.
    pub fn new(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self { label: label.into(), href: href.into() }
    }
}

/// How wide the page is: narrow for reading and forms, wide for tables and timelines.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Width {
    #[default]
    Normal,
    Wide,
    Narrow,
}

impl Width {
    const fn class(self) -> &'static str {
        match self {
            Self::Normal => "page",
            Self::Wide => "page page-wide",
            Self::Narrow => "page page-narrow",
        }
    }
}

/// A page.
#[derive(Debug, Clone, Default)]
pub struct Page {
    pub title: String,
    pub lead: Option<String>,
    pub crumbs: Vec<Crumb>,
    pub actions: Vec<Action>,
    pub body: Markup,
    pub width: Width,
}

/// Draws a whole document with the frame of a signed-in person.
pub fn page(shell: &Shell, page: Page) -> Markup {
    let Page { title, lead, crumbs, actions: acts, body, width } = page;
    let document = html! {
        a class="skip" href="#main" { "К содержанию страницы" }
        (print_head(shell))
        (topbar(shell))
        div class="frame" {
            nav class="sidebar" aria-label="Главное меню" { (menu(&shell.menu)) }
            main id="main" class=(width.class()) tabindex="-1" {
                (assets_missing())
                (way(&crumbs))
                header class="page-head" {
                    div { h1 { (title) } @if let Some(lead) = lead { p class="lead" { (lead) } } }
                    (actions(&acts))
                }
                @for flash in &shell.flash { (notice(&flash.notice())) }
                (body)
            }
        }
        footer class="foot" { p { "«Наставник» · " (shell.school_name) } p { "Данные на " (shell.as_of) } }
    };
    html(&title, shell.theme, shell.refresh, &document)
}

/// Draws a whole document without the frame: signing in, the first run, an error before signing in.
pub fn bare(title: &str, theme: Theme, body: Markup) -> Markup {
    let document = html! {
        main id="main" class="bare" {
            (assets_missing())
            div class="bare-brand" { (mark()) span { "Наставник" } }
            div class="card bare-card" { h1 { (title) } (PreEscaped(body.into_string())) }
        }
    };
    html(title, theme, None, &document)
}

fn html(title: &str, theme: Theme, refresh: Option<u32>, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="ru" data-bs-theme=(theme.key()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="htmx-config" content=r#"{"includeIndicatorCSS":false}"#;
                @if let Some(seconds) = refresh { noscript { meta http-equiv="refresh" content=(seconds); } }
                title { (title) " · Наставник" }
                link rel="icon" href=(assets::href("mark.svg")) type="image/svg+xml";
                link rel="stylesheet" href=(assets::href("app.css"));
                script defer src=(assets::href("app.js")) {}
            }
            body { (body) }
        }
    }
}

fn assets_missing() -> Markup {
    html! { @if let Some(sentence) = assets::missing() { (notice(&Notice::new(Tone::Danger, sentence))) } }
}

/// The sign of the program: two who walk together, one ahead of the other.
fn mark() -> Markup {
    html! {
        svg class="brand-mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false" {
            rect class="brand-ground" width="32" height="32" rx="9" {}
            circle class="brand-elder" cx="12.5" cy="11" r="4" {}
            path class="brand-elder" d="M4.8 25.5c0-5 3.3-8 7.7-8 1.7 0 3.2.4 4.4 1.3-1.8 1.5-2.9 3.8-3 6.7z" {}
            circle class="brand-younger" cx="21.5" cy="15.5" r="3.2" {}
            path class="brand-younger" d="M15.7 25.5c.2-3.6 2.6-5.6 5.8-5.6s5.6 2 5.8 5.6z" {}
        }
    }
}

fn topbar(shell: &Shell) -> Markup {
    html! {
        header class="topbar" {
            a class="brand" href="/" {
                (mark())
                span class="brand-words" { span class="brand-name" { "Наставник" } span class="brand-school" { (shell.school_name) } }
            }
            form class="search" role="search" method="get" action="/search" aria-label="Поиск по программе" {
                label class="visually-hidden" for="search" { "Что найти" }
                input id="search" class="form-control" type="search" name="q" value=(shell.search_text) placeholder="Найти" autocomplete="off";
                button class="btn btn-quiet btn-square" type="submit" aria-label="Найти" { (icon(Icon::Search)) }
            }
            details class="menu-phone" {
                summary class="btn btn-quiet" { (icon(Icon::Menu)) "Меню" }
                nav aria-label="Меню" { (menu(&shell.menu)) }
            }
            @if shell.news > 0 { (news(shell.news)) }
            @if let Some(user) = &shell.user { (person(user, shell)) }
        }
    }
}

/// Says on every page that something asked for has ended.
fn news(count: i64) -> Markup {
    let words = words::counted(count, &["задание закончено", "задания закончены", "заданий закончено"]);
    html! {
        a class="btn btn-quiet news" href="/jobs" aria-label=(words) title=(words) { (icon(Icon::Bell)) span class="count" { (count) } }
    }
}

fn menu(groups: &[MenuGroup]) -> Markup {
    html! {
        @for group in groups {
            div class="menu-group" {
                @if !group.title.is_empty() { p class="menu-title" { (group.title) } }
                ul {
                    @for item in &group.items {
                        li {
                            a class="menu-item" href=(item.href) aria-current=[item.current.then_some("page")] {
                                (icon(item.icon))
                                span { (item.label) }
                                @if let Some(badge) = &item.badge { span class="count" { (badge) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn person(user: &UserBadge, shell: &Shell) -> Markup {
    html! {
        details class="person" {
            summary class="btn btn-quiet" {
                span class="avatar" aria-hidden="true" { (initials(&user.name)) }
                span class="person-name" { (words::initials(&user.name)) }
                (icon(Icon::ChevronDown))
            }
            div class="person-menu" {
                p class="person-full" { (user.name) }
                p class="person-post" { (user.post) }
                p class="person-roles" { "Роли: " (user.roles_text) }
                (theme_switch(shell))
                form method="post" action="/sign-out" {
                    button class="btn btn-outline" type="submit" { (icon(Icon::SignOut)) span { "Выйти" } }
                }
            }
        }
    }
}

fn theme_switch(shell: &Shell) -> Markup {
    let themes = [
        (Theme::Auto, "Как на устройстве", Icon::Screen),
        (Theme::Light, "Светлая", Icon::Sun),
        (Theme::Dark, "Тёмная", Icon::Moon),
    ];
    html! {
        form class="theme" method="post" action="/theme" {
            input type="hidden" name="back" value=(shell.path);
            fieldset {
                legend { "Оформление" }
                @for (theme, label, drawing) in themes {
                    button type="submit" name="theme" value=(theme.key()) aria-pressed=(shell.theme == theme) { (icon(drawing)) span { (label) } }
                }
            }
        }
    }
}

fn way(crumbs: &[Crumb]) -> Markup {
    html! {
        @if !crumbs.is_empty() {
            nav class="crumbs" aria-label="Вы здесь" { ol { @for crumb in crumbs { li { a href=(crumb.href) { (crumb.label) } } } } }
        }
    }
}

fn print_head(shell: &Shell) -> Markup {
    html! { div class="print-head" aria-hidden="true" { span { (shell.school_name) } span { "Данные на " (shell.as_of) } } }
}

/// Returns the first letters of the name and the surname.
fn initials(name: &str) -> String {
    name.split_whitespace().take(2).filter_map(|word| word.chars().next()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell() -> Shell {
        let item =
            |current| MenuItem { label: "Обзор".into(), href: "/".into(), icon: Icon::Home, current, badge: None };
        Shell {
            school_name: "Школа «Заря» <№ 5>".into(),
            user: Some(UserBadge { name: "Ветрова Анна Игоревна".into(), ..UserBadge::default() }),
            menu: vec![MenuGroup { title: String::new(), items: vec![item(true), item(false)] }],
            path: "/roadmap?state=overdue&page=2".into(),
            as_of: "22.11.2026".into(),
            ..Shell::default()
        }
    }

    fn drawn(shell: &Shell) -> String {
        page(shell, Page { title: "Дорожная карта".into(), ..Page::default() }).into_string()
    }

    #[test]
    fn a_page_has_one_main_part_one_heading_and_a_way_past_the_menu() {
        let drawn = drawn(&shell());
        for once in ["<main ", "<h1>", "href=\"#main\"", "<html lang=\"ru\""] {
            assert_eq!(drawn.matches(once).count(), 1, "{once}");
        }
    }

    #[test]
    fn nothing_stands_inline_that_the_content_policy_forbids() {
        let drawn = drawn(&shell());
        for forbidden in [" style=", "<style", "onclick", "javascript:", "http://", "https://"] {
            assert!(!drawn.contains(forbidden), "{forbidden}");
        }
        assert_eq!(drawn.matches("<script").count(), 1);
    }

    #[test]
    fn leaving_and_changing_the_theme_are_posted() {
        let drawn = drawn(&shell());
        assert!(drawn.contains("method=\"post\" action=\"/sign-out\""));
        assert!(drawn.contains("method=\"post\" action=\"/theme\""));
        assert!(drawn.contains("name=\"back\" value=\"/roadmap?state=overdue&amp;page=2\""));
    }

    #[test]
    fn what_has_ended_is_told_on_every_page_and_in_words() {
        let drawn = drawn(&Shell { news: 2, ..shell() });
        assert!(drawn.contains(r#"href="/jobs" aria-label="2 задания закончены""#), "{drawn}");
        assert!(!self::drawn(&shell()).contains("/jobs"));
    }

    #[test]
    fn a_page_where_something_goes_on_is_asked_for_anew_without_scripts_only() {
        let changing = drawn(&Shell { refresh: Some(5), ..shell() });
        assert!(changing.contains(r#"<noscript><meta http-equiv="refresh" content="5"></noscript>"#), "{changing}");
        assert!(!drawn(&shell()).contains("noscript"));
    }

    #[test]
    fn the_theme_of_the_page_is_the_one_that_was_chosen() {
        for theme in [Theme::Auto, Theme::Light, Theme::Dark] {
            let drawn = drawn(&Shell { theme, ..shell() });
            assert!(drawn.contains(&format!("data-bs-theme=\"{}\"", theme.key())));
            assert_eq!(drawn.matches("aria-pressed=\"true\"").count(), 1);
        }
    }

    #[test]
    fn a_printed_page_says_whose_it_is_and_of_which_day() {
        let drawn = drawn(&shell());
        let head = drawn.split("print-head").nth(1).unwrap();
        assert!(head.contains("Школа «Заря» &lt;№ 5&gt;") && head.contains("22.11.2026"));
    }

    #[test]
    fn initials_are_of_the_first_two_words_whatever_the_name() {
        assert_eq!(initials("Ветрова Анна Игоревна"), "ВА");
        assert_eq!(initials(""), "");
    }

    #[test]
    fn a_page_before_signing_in_has_no_menu() {
        let drawn = bare("Вход", Theme::Auto, html! { p { "форма" } }).into_string();
        assert!(drawn.contains("<p>форма</p>") && !drawn.contains("<nav"), "{drawn}");
    }
}
