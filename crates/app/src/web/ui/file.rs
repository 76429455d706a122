//! A file of the school: what it is, how big, which version, and how to get it.

use super::{
    action::{Action, action, actions},
    details::{Details, details},
    icon::{Icon, icon},
};
use maud::{Markup, html};

/// A file with its older versions.
#[derive(Debug, Clone, Default)]
pub struct File {
    pub name: String,
    /// The size as it is read: «1,4 МБ».
    pub size: String,
    /// The number of the version, from 1.
    pub version: u32,
    /// Who brought it and when.
    pub uploaded: String,
    pub href: String,
    pub actions: Vec<Action>,
    /// Older versions: words and address.
    pub older: Vec<(String, String)>,
}

/// Draws a file.
pub fn file(file: &File) -> Markup {
    let older = html! {
        ul class="plain-list" { @for (label, href) in &file.older { li { a href=(href) download { (label) } } } }
    };
    html! {
        div class="file" {
            div class="file-drawing" { (icon(Icon::File)) }
            div class="file-words" {
                p class="file-name" { a href=(file.href) download { (file.name) } }
                p class="file-about" { (file.size) " · версия " (file.version) " · " (file.uploaded) }
                @if !file.older.is_empty() {
                    (details(&Details { summary: "Прежние версии".into(), body: older, open: false }))
                }
            }
            div class="actions" {
                (action(&Action::download("Скачать", file.href.clone())))
                (actions(&file.actions))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn older_versions_stay_within_reach() {
        let older = vec![("Версия 1, 12.10.2026".to_owned(), "/files/1".to_owned())];
        let drawn = file(&File { name: "Приказ № 41.docx".into(), version: 2, older, ..File::default() }).into_string();
        assert!(drawn.contains("версия 2") && drawn.contains("href=\"/files/1\" download"), "{drawn}");
    }
}
