//! The accounts of the school: a list to search, sort and save as a file.

use crate::{
    access::{Role, User, Visitor, paths, queries},
    audit::{self, Act, Change, Event, Subject, SubjectKind},
    error::{Answer, Failure},
    files::download,
    state::App,
    web::{
        Query, View,
        ui::{
            action::Action,
            address::Address,
            badge::{Badge, Tone, badge},
            empty::Empty,
            field::Choice,
            filter::{Ask, Filter, filter},
            icon::Icon,
            layout::{Page, Width},
            paging::{Paging, paging},
            table::{Column, Direction, Row, Table, table},
        },
    },
    words,
};
use axum::extract::State;
use database::fold;
use documents::sheet::{self, Sheet, Workbook};
use maud::{Markup, html};
use serde::Deserialize;

/// Accounts on one page: a school has some fifty.
const PER_PAGE: u32 = 50;

/// What is asked of the list.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    q: String,
    role: String,
    state: String,
    sort: String,
    dir: String,
    page: String,
}

impl Asked {
    /// Returns the accounts asked for, in the order asked for.
    fn of(&self, mut users: Vec<User>) -> Vec<User> {
        let needle = fold(&self.q);
        let holds = |user: &User| fold(&format!("{} {} {}", user.full_name, user.post, user.login)).contains(&needle);
        let role = self.role.parse::<Role>().ok();
        users.retain(|user| {
            holds(user)
                && role.is_none_or(|role| user.roles().contains(&role))
                && (self.state.is_empty() || state_word(user) == self.state)
        });
        // They come sorted by name, and sorting is stable.
        match self.sort.as_str() {
            "post" => users.sort_by_key(|user| fold(&user.post)),
            "login" => users.sort_by_key(|user| fold(&user.login)),
            "state" => users.sort_by_key(state_label),
            _ => {}
        }
        if Direction::named(&self.dir) == Direction::Descending {
            users.reverse();
        }
        users
    }

    fn sort(&self) -> (String, Direction) {
        let key = if self.sort.is_empty() { "name" } else { &self.sort };
        (key.to_owned(), Direction::named(&self.dir))
    }
}

fn state_word(user: &User) -> &'static str {
    if !user.is_active {
        "closed"
    } else if user.password_is_temporary {
        "invited"
    } else {
        "active"
    }
}

const STATES: [(&str, &str, Tone); 3] = [
    ("active", "действует", Tone::Success),
    ("invited", "временный пароль", Tone::Warning),
    ("closed", "отключена", Tone::Neutral),
];

fn state_of(user: &User) -> (&'static str, Tone) {
    let word = state_word(user);
    STATES.into_iter().find(|(known, ..)| *known == word).map_or(("", Tone::Neutral), |(_, label, tone)| (label, tone))
}

fn state_label(user: &User) -> &'static str {
    state_of(user).0
}

/// Shows the list.
pub async fn show(State(app): State<App>, view: View, visitor: Visitor, Query(asked): Query<Asked>) -> Answer {
    let mut tx = app.db.read().await?;
    let users = queries::users_of(&mut tx, visitor.school_id()).await?;
    let total = users.len();
    let found = asked.of(users);
    let page = Page {
        title: "Учётные записи".into(),
        lead: Some("Кто может войти в программу и что ему в ней доступно.".into()),
        actions: vec![Action::link("Новая учётная запись", paths::NEW_USER).icon(Icon::UserPlus).primary()],
        body: list(&asked, &found, total, view.address()),
        width: Width::Wide,
        ..Page::default()
    };
    Ok(view.page(page))
}

fn list(asked: &Asked, found: &[User], total: usize, address: Address) -> Markup {
    let pages = Paging::of(address.clone(), &asked.page, PER_PAGE, found.len());
    let shown = Table {
        caption: "Учётные записи школы".into(),
        columns: vec![
            Column::new("name", "Фамилия, имя, отчество").sortable(),
            Column::new("post", "Должность").sortable(),
            Column::new("roles", "Роли"),
            Column::new("login", "Логин").sortable().hidden_on_phone(),
            Column::new("state", "Состояние").sortable(),
        ],
        rows: pages.part(found).iter().map(line).collect(),
        totals: vec![],
        sort: Some(asked.sort()),
        address: address.clone(),
        empty: Empty::new("Никого не найдено", "Измените условия отбора или сбросьте их."),
        exports: [("XLSX", paths::USERS_XLSX), ("CSV", paths::USERS_CSV)]
            .map(|(label, path)| (label.to_owned(), address.without(&["page"]).at(path).to_string()))
            .into(),
    };
    let counted = words::counted(
        i64::try_from(found.len()).unwrap_or(0),
        &["учётная запись", "учётные записи", "учётных записей"],
    );
    filter(&Filter {
        asks: asks(asked),
        hidden: [("sort", &asked.sort), ("dir", &asked.dir)]
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| (name.to_owned(), value.clone()))
            .collect(),
        found: if found.len() == total { counted } else { format!("{counted} из {total}") },
        body: html! { (table(&shown)) (paging(&pages)) },
        address,
    })
}

fn asks(asked: &Asked) -> Vec<Ask> {
    vec![
        Ask::Search { name: "q", label: "Имя, должность или логин".into(), value: asked.q.clone() },
        Ask::Select {
            name: "role",
            label: "Роль".into(),
            options: Role::ALL.iter().map(|role| Choice::new(role.word(), words::capitalised(role.label()))).collect(),
            value: asked.role.clone(),
        },
        Ask::Select {
            name: "state",
            label: "Состояние".into(),
            options: STATES.map(|(word, label, _)| Choice::new(word, label)).into(),
            value: asked.state.clone(),
        },
    ]
}

fn line(user: &User) -> Row {
    let (label, tone) = state_of(user);
    Row::new(vec![
        html! { (user.full_name) },
        html! { (user.post) },
        html! { (roles_text(user)) },
        html! { (user.login) },
        badge(&Badge { tone, text: label.to_owned(), icon: None }),
    ])
    .href(user.edit_path())
}

fn roles_text(user: &User) -> String {
    user.roles().iter().map(|role| role.label()).collect::<Vec<_>>().join(", ")
}

/// Saves the list as a workbook.
pub async fn xlsx(State(app): State<App>, visitor: Visitor, Query(asked): Query<Asked>) -> Answer {
    let sheet = sheet(&app, &visitor, &asked).await?;
    let bytes = documents::xlsx::write(&Workbook::of(sheet)).map_err(|error| Failure::unforeseen(&error))?;
    Ok(download("Учётные записи.xlsx", bytes))
}

/// Saves the list as text.
pub async fn csv(State(app): State<App>, visitor: Visitor, Query(asked): Query<Asked>) -> Answer {
    let sheet = sheet(&app, &visitor, &asked).await?;
    Ok(download("Учётные записи.csv", documents::csv::write(&sheet)))
}

async fn sheet(app: &App, visitor: &Visitor, asked: &Asked) -> Answer<Sheet> {
    let mut tx = app.db.begin().await?;
    let users = asked.of(queries::users_of(&mut tx, visitor.school_id()).await?);
    let school = &visitor.school;
    let subject = Subject { kind: SubjectKind::School, id: Some(school.id.uuid()), name: school.short_name.clone() };
    let act = Act::of(visitor, Event::UsersExported, subject).with([Change::fact("Записей", users.len().to_string())]);
    audit::record(&mut tx, act, app.clock.now()).await?;
    tx.commit().await?;
    let columns =
        [("Фамилия, имя, отчество", 36.0), ("Должность", 28.0), ("Роли", 40.0), ("Логин", 20.0), ("Состояние", 24.0)];
    let empty = Sheet::new("Учётные записи", columns.map(|(title, width)| sheet::Column::text(title, width)))
        .titled(format!("Учётные записи: {}, на {}", school.short_name, words::short_date(visitor.today)));
    Ok(users.iter().fold(empty, |sheet, user| {
        sheet.row([
            user.full_name.clone(),
            user.post.clone(),
            roles_text(user),
            user.login.clone(),
            state_label(user).to_owned(),
        ])
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::{SchoolId, UserId};
    use chrono::DateTime;

    fn user(full_name: &str, role: Role, is_active: bool) -> User {
        User {
            id: UserId::fresh(),
            school_id: SchoolId::fresh(),
            // Logins sort otherwise than names: «аволеБ», «анишёлА», «нишЯ».
            login: full_name.chars().rev().collect(),
            full_name: full_name.into(),
            post: "учитель".into(),
            is_active,
            password_is_temporary: false,
            created_at: DateTime::UNIX_EPOCH,
            version: 1,
            role_words: role.word().into(),
        }
    }

    fn names(asked: &Asked) -> Vec<String> {
        let users = vec![
            user("Алёшина", Role::Head, true),
            user("Белова", Role::Inspector, true),
            user("Яшин", Role::Head, false),
        ];
        asked.of(users).into_iter().map(|user| user.full_name).collect()
    }

    #[test]
    fn the_list_is_searched_without_regard_to_case_and_yo() {
        assert_eq!(names(&Asked { q: " АЛЕШ ".into(), ..Asked::default() }), ["Алёшина"]);
        assert_eq!(names(&Asked { q: "%".into(), ..Asked::default() }), Vec::<String>::new());
    }

    #[test]
    fn roles_and_states_narrow_the_list_and_unknown_words_do_not() {
        assert_eq!(names(&Asked { role: "head".into(), ..Asked::default() }), ["Алёшина", "Яшин"]);
        assert_eq!(names(&Asked { role: "head".into(), state: "closed".into(), ..Asked::default() }), ["Яшин"]);
        assert_eq!(names(&Asked { role: "owner".into(), sort: "size".into(), ..Asked::default() }).len(), 3);
    }

    #[test]
    fn the_list_is_sorted_by_a_column_in_both_directions() {
        assert_eq!(names(&Asked { dir: "desc".into(), ..Asked::default() }), ["Яшин", "Белова", "Алёшина"]);
        assert_eq!(names(&Asked { sort: "login".into(), ..Asked::default() }), ["Белова", "Алёшина", "Яшин"]);
    }
}
