//! Icons of the program: the names in this file are the only ones that the assets carry.
//!
//! `web/build.mjs` reads the quoted names below and puts those drawings of `@tabler/icons` into one sprite, so an icon
//! that does not exist fails the build of the assets and an unused one weighs nothing.

use crate::web::assets;
use maud::{Markup, html};

macro_rules! icons {
    ($($name:ident => $file:literal,)*) => {
        /// A drawing beside a word; never a replacement for the word.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Icon {
            $($name,)*
        }

        impl Icon {
            /// Every icon, in the order of this file.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// Returns the name of the drawing in the sprite.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$name => $file,)*
                }
            }
        }
    };
}

icons! {
    Home => "home",
    Roadmap => "map-2",
    Checklist => "checklist",
    Users => "users",
    User => "user",
    UserPlus => "user-plus",
    Group => "users-group",
    Pair => "heart-handshake",
    Calendar => "calendar",
    Timeline => "timeline",
    Chart => "chart-bar",
    Report => "report-analytics",
    Files => "files",
    File => "file-text",
    FileUp => "file-upload",
    Paperclip => "paperclip",
    Download => "download",
    Upload => "upload",
    Print => "printer",
    Search => "search",
    Filter => "filter",
    Menu => "menu-2",
    Close => "x",
    Plus => "plus",
    Edit => "pencil",
    Trash => "trash",
    Check => "check",
    Ban => "ban",
    CircleDashed => "circle-dashed",
    CircleCheck => "circle-check",
    CircleMinus => "circle-minus",
    Progress => "progress",
    Clock => "clock",
    ClockCheck => "clock-check",
    Warning => "alert-triangle",
    Danger => "alert-circle",
    Info => "info-circle",
    Help => "help",
    ChevronRight => "chevron-right",
    ChevronLeft => "chevron-left",
    ChevronDown => "chevron-down",
    ArrowUp => "arrow-up",
    ArrowDown => "arrow-down",
    Sort => "arrows-sort",
    ArrowRight => "arrow-right",
    Sun => "sun",
    Moon => "moon",
    Screen => "device-desktop",
    SignOut => "logout",
    Settings => "settings",
    Adjust => "adjustments",
    History => "history",
    Flag => "flag",
    Target => "target",
    Certificate => "certificate",
    School => "school",
    Partner => "building-community",
    Clipboard => "clipboard-check",
    Book => "book",
    Message => "message",
    Bell => "bell",
    Lock => "lock",
    Key => "key",
    Eye => "eye",
    Refresh => "refresh",
    External => "external-link",
    Table => "table",
    Signature => "signature",
    Order => "gavel",
    Inbox => "inbox",
    News => "news",
    Archive => "archive",
    Mail => "mail",
    Save => "device-floppy",
}

/// Draws an icon; screen readers pass it by, because the word beside it says the same.
pub fn icon(icon: Icon) -> Markup {
    html! {
        svg class="icon" width="20" height="20" aria-hidden="true" focusable="false" {
            use href={ (assets::href("icons.svg")) "#" (icon.name()) } {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_drawing_is_named_twice() {
        let names: BTreeSet<_> = Icon::ALL.iter().map(|icon| icon.name()).collect();
        assert_eq!(names.len(), Icon::ALL.len());
    }

    #[test]
    fn an_icon_is_hidden_from_screen_readers() {
        let drawn = icon(Icon::Check).into_string();
        assert!(drawn.contains(r#"aria-hidden="true""#), "{drawn}");
        assert!(drawn.contains("#check\""), "{drawn}");
    }
}
