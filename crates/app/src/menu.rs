//! The menu of a visitor: only pages the visitor may open.

use crate::{
    access::{Role, Visitor, paths as access},
    audit::paths as audit,
    backup::paths as backup,
    consents::paths as consents,
    jobs::paths as jobs,
    paperwork::paths as papers,
    participation::paths as participants,
    partners::{READERS as PARTNER_READERS, paths as partners},
    people::{SEE_ALL, SEE_SOME, paths as people},
    roadmap::paths as roadmap,
    web::ui::{
        icon::Icon,
        layout::{MenuGroup, MenuItem},
    },
};

/// One line of the menu: words, address, icon and whom it serves; no roles means everybody.
struct Line(&'static str, &'static str, Icon, &'static [Role]);

const YEAR: &[Line] = &[
    Line("Обзор", "/", Icon::Home, &[]),
    Line("Дорожная карта", roadmap::ROADMAP, Icon::Roadmap, &[]),
    Line("Справка о выполнении", roadmap::STATEMENT, Icon::Report, &[]),
    Line("Контроль сроков", roadmap::DEADLINES, Icon::ClockCheck, &[]),
    Line("Документы", papers::PAPERS, Icon::Files, SEE_SOME),
    Line("Партнёры", partners::PARTNERS, Icon::Pair, PARTNER_READERS),
    Line("Учебные годы", roadmap::YEARS, Icon::Calendar, &[]),
];

const PEOPLE: &[Line] =
    &[Line("Люди", people::PEOPLE, Icon::Users, SEE_SOME), Line("Классы", people::CLASSES, Icon::School, SEE_SOME)];

const PARTICIPANTS: &[Line] = &[
    Line("Участники и кандидаты", participants::PARTICIPANTS, Icon::Group, SEE_SOME),
    Line("Готовность", participants::READINESS, Icon::Checklist, SEE_SOME),
    Line("Охват", participants::COVERAGE, Icon::Target, SEE_ALL),
    Line("Базы и реестры", participants::REGISTERS, Icon::Table, SEE_ALL),
    Line("Согласия", consents::CONSENTS, Icon::Signature, SEE_SOME),
    Line("Допуск", consents::CLEARANCES, Icon::Certificate, SEE_SOME),
    Line("Заявки", participants::APPLICATIONS, Icon::Inbox, &[Role::Coordinator]),
    Line("Формы и темы", participants::WORDS, Icon::Book, SEE_ALL),
    Line("Настройки участия", participants::SETTINGS, Icon::Adjust, SEE_ALL),
];

const SCHOOL: &[Line] = &[
    Line("Сведения о школе", access::SCHOOL, Icon::Settings, &[Role::Administrator, Role::Coordinator, Role::Head]),
    Line("Учётные записи", access::USERS, Icon::Users, &[Role::Administrator]),
    Line("Журнал действий", audit::JOURNAL, Icon::History, &[Role::Administrator]),
    Line("Мои задания", jobs::JOBS, Icon::Bell, &[]),
    Line("Резервные копии", backup::BACKUPS, Icon::Archive, &[Role::Administrator]),
    Line("Мой пароль", access::PASSWORD, Icon::User, &[]),
    Line("О программе", "/about", Icon::Info, &[]),
];

/// Returns the menu of a visitor on the page at `path`; `news` is how many jobs have ended that the visitor has not seen.
pub fn for_visitor(visitor: &Visitor, path: &str, news: i64) -> Vec<MenuGroup> {
    let path = path.split('?').next().unwrap_or(path);
    let all = [("Учебный год", YEAR), ("Люди", PEOPLE), ("Участники", PARTICIPANTS), ("Школа", SCHOOL)];
    // Of two lines that fit, such as a list and one of its pages, the longer address is where the visitor is.
    let fitting = all.iter().flat_map(|(_, lines)| lines.iter()).filter(|Line(_, href, ..)| is_within(path, href));
    let here = fitting.map(|Line(_, href, ..)| *href).max_by_key(|href| href.len());
    let group = |(title, lines): &(&str, &[Line])| MenuGroup {
        title: (*title).to_owned(),
        items: lines
            .iter()
            .filter(|Line(.., roles)| roles.is_empty() || visitor.is_any(roles))
            .map(|Line(label, href, icon, _)| MenuItem {
                label: (*label).to_owned(),
                href: (*href).to_owned(),
                icon: *icon,
                current: here == Some(*href),
                badge: (*href == jobs::JOBS && news > 0).then(|| news.to_string()),
            })
            .collect(),
    };
    all.iter().map(group).filter(|group: &MenuGroup| !group.items.is_empty()).collect()
}

fn is_within(path: &str, href: &str) -> bool {
    path == href || (href != "/" && path.strip_prefix(href).is_some_and(|rest| rest.starts_with('/')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_of_the_road_map_lies_within_the_road_map() {
        assert!(is_within("/roadmap/rows/1", "/roadmap"));
        assert!(is_within("/roadmap", "/roadmap"));
        assert!(!is_within("/roadmaps", "/roadmap"));
        assert!(!is_within("/roadmap", "/"));
        assert!(is_within("/", "/"));
    }
}
