//! The menu of a visitor: only pages the visitor may open.

use crate::{
    access::{Right, Visitor, paths as access},
    audit::paths as audit,
    backup::paths as backup,
    consents::paths as consents,
    jobs::paths as jobs,
    paperwork::paths as papers,
    participation::paths as participants,
    partners::paths as partners,
    people::paths as people,
    roadmap::paths as roadmap,
    web::ui::{
        icon::Icon,
        layout::{MenuGroup, MenuItem},
    },
};

/// One line of the menu: words, address, icon and the right its page needs; no right means everybody.
struct Line(&'static str, &'static str, Icon, Option<Right>);

const YEAR: &[Line] = &[
    Line("Обзор", "/", Icon::Home, None),
    Line("Дорожная карта", roadmap::ROADMAP, Icon::Roadmap, None),
    Line("Справка о выполнении", roadmap::STATEMENT, Icon::Report, None),
    Line("Контроль сроков", roadmap::DEADLINES, Icon::ClockCheck, None),
    Line("Документы", papers::PAPERS, Icon::Files, Some(Right::ReadPapers)),
    Line("Партнёры", partners::PARTNERS, Icon::Pair, Some(Right::ReadPartners)),
    Line("Учебные годы", roadmap::YEARS, Icon::Calendar, None),
];

const PEOPLE: &[Line] = &[
    Line("Люди", people::PEOPLE, Icon::Users, Some(Right::ReadPeople)),
    Line("Классы", people::CLASSES, Icon::School, Some(Right::ReadPeople)),
];

const PARTICIPANTS: &[Line] = &[
    Line("Участники и кандидаты", participants::PARTICIPANTS, Icon::Group, Some(Right::ReadPeople)),
    Line("Готовность", participants::READINESS, Icon::Checklist, Some(Right::ReadPeople)),
    Line("Охват", participants::COVERAGE, Icon::Target, Some(Right::ReadRegisters)),
    Line("Базы и реестры", participants::REGISTERS, Icon::Table, Some(Right::ReadRegisters)),
    Line("Согласия", consents::CONSENTS, Icon::Signature, Some(Right::ReadPeople)),
    Line("Допуск", consents::CLEARANCES, Icon::Certificate, Some(Right::ReadPeople)),
    Line("Заявки", participants::APPLICATIONS, Icon::Inbox, Some(Right::SettleApplications)),
    Line("Формы и темы", participants::WORDS, Icon::Book, Some(Right::ReadRegisters)),
    Line("Настройки участия", participants::SETTINGS, Icon::Adjust, Some(Right::ReadRegisters)),
];

const SCHOOL: &[Line] = &[
    Line("Сведения о школе", access::SCHOOL, Icon::Settings, Some(Right::ReadSchool)),
    Line("Учётные записи", access::USERS, Icon::Users, Some(Right::KeepUsers)),
    Line("Журнал действий", audit::JOURNAL, Icon::History, Some(Right::ReadJournal)),
    Line("Мои задания", jobs::JOBS, Icon::Bell, None),
    Line("Резервные копии", backup::BACKUPS, Icon::Archive, Some(Right::KeepBackups)),
    Line("Мой пароль", access::PASSWORD, Icon::User, None),
    Line("Второй фактор", access::SECOND_FACTOR, Icon::Key, None),
    Line("Мои входы", access::SESSIONS, Icon::ClockCheck, None),
    Line("О программе", "/about", Icon::Info, None),
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
            .filter(|Line(.., right)| right.is_none_or(|right| visitor.may(right)))
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
