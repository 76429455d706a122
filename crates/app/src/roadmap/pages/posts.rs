//! Who holds the posts of a year: the last step before it starts, and any time after.

use super::draft::wizard;
use crate::{
    access::{self, User, UserId, Visitor},
    error::{Answer, Failure},
    roadmap::{
        actions,
        board::Board,
        model::{PostHolder, ProgrammeId, ProgrammeState},
        nouns, paths,
        posts::role_of,
        queries,
        template::Post,
    },
    state::App,
    web::{
        Form, PathOf, View, see_other_saying,
        ui::{
            definition::{Fact, definition},
            field::{Choice, Control, Field, field},
            form::{Form as DrawnForm, form},
            layout::{Crumb, FlashKind, Page, Width},
        },
    },
    words,
};
use axum::{extract::State, response::Response};
use maud::{Markup, html};

/// What the form sends: a person per post, in the order of [`NAMED`].
#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PostsForm {
    deputy: String,
    methodist: String,
    social_pedagogue: String,
    methodical_union_head: String,
}

/// Posts that are given to a person; the others are roles.
const NAMED: [Post; 4] = [Post::Deputy, Post::Methodist, Post::SocialPedagogue, Post::MethodicalUnionHead];

impl PostsForm {
    fn of(&self, post: Post) -> &str {
        match post {
            Post::Deputy => &self.deputy,
            Post::Methodist => &self.methodist,
            Post::SocialPedagogue => &self.social_pedagogue,
            Post::MethodicalUnionHead => &self.methodical_union_head,
            _ => "",
        }
    }
}

/// Asks who holds each post.
pub async fn show(
    State(app): State<App>,
    PathOf(id): PathOf<ProgrammeId>,
    view: View,
    visitor: Visitor,
) -> Answer<Response> {
    let mut tx = app.db.read().await?;
    let programme = queries::programme(&mut tx, visitor.school_id(), id).await?;
    let board = Board::load(&mut tx, &visitor.school, programme, visitor.today).await?;
    let holders = queries::posts(&mut tx, visitor.school_id(), id).await?;
    let users = access::users_of(&mut tx, visitor.school_id()).await?;
    drop(tx);
    let programme = &board.programme;
    let is_draft = programme.state == ProgrammeState::Draft;
    Ok(view.page(Page {
        title: format!("Ответственные, {} учебный год", programme.year()),
        lead: Some("Назовите человека для должности один раз: он станет ответственным во всех её мероприятиях.".into()),
        crumbs: vec![Crumb::new("Учебные годы", paths::YEARS)],
        body: html! {
            @if is_draft { (wizard(2, Some(programme))) }
            (drawn(&board, &holders, &users))
            h2 { "Определяются ролью в программе" }
            (definition(&by_role(&users)))
        },
        width: Width::Narrow,
        ..Page::default()
    }))
}

fn drawn(board: &Board, holders: &[PostHolder], users: &[User]) -> Markup {
    let rows_of = |post: Post| {
        let rows =
            board.rows.iter().filter(|row| row.responsibles.iter().any(|one| one.post.as_deref() == Some(post.key())));
        rows.count()
    };
    let people: Vec<Choice> = std::iter::once(Choice::new("", "Не назначено"))
        .chain(
            users
                .iter()
                .filter(|user| user.is_active)
                .map(|user| Choice::new(user.id.to_string(), format!("{} — {}", user.full_name, user.post))),
        )
        .collect();
    let fields = html! {
        @for post in NAMED {
            @let holder = holders.iter().find(|holder| holder.post == post.key());
            (field(&Field::new(post.key(), words::capitalised(post.label()))
                .control(Control::Select(people.clone()))
                .value(holder.map(|holder| holder.user_id.to_string()).unwrap_or_default())
                .hint(format!("Отвечает за {}.", nouns::rows(rows_of(post))))))
        }
    };
    form(&DrawnForm {
        action: board.programme.step_path("posts"),
        submit: if board.programme.state == ProgrammeState::Draft {
            "Сохранить и дальше".into()
        } else {
            "Сохранить".into()
        },
        cancel_href: Some(board.programme.show_path()),
        body: fields,
        ..DrawnForm::default()
    })
}

fn by_role(users: &[User]) -> Vec<Fact> {
    let roles = Post::ALL.into_iter().filter_map(|post| Some((post, role_of(post)?)));
    roles
        .map(|(post, role)| {
            let names: Vec<&str> = users
                .iter()
                .filter(|user| user.is_active && user.roles().contains(&role))
                .map(|user| user.full_name.as_str())
                .collect();
            let names = if names.is_empty() { "пока никого".to_owned() } else { words::list(&names) };
            Fact::new(words::capitalised(post.label()), names)
        })
        .collect()
}

/// Saves who holds each post.
pub async fn submit(
    State(app): State<App>,
    PathOf(id): PathOf<ProgrammeId>,
    visitor: Visitor,
    Form(typed): Form<PostsForm>,
) -> Answer<Response> {
    let holder = |post: Post| match typed.of(post) {
        "" => Ok((post.key().to_owned(), None)),
        chosen => chosen.parse().map(|user| (post.key().to_owned(), Some(user))),
    };
    let holders: Result<Vec<(String, Option<UserId>)>, ()> = NAMED.into_iter().map(holder).collect();
    let holders = holders.map_err(|()| Failure::BadRequest("Выберите людей из списка.".into()))?;
    let programme = actions::name_posts(&app, &visitor, id, &holders).await?;
    let next = match programme.state {
        ProgrammeState::Draft => programme.step_path("start"),
        _ => paths::ROADMAP.to_owned(),
    };
    let vacant = holders.iter().filter(|(_, holder)| holder.is_none()).count();
    let sentence = match vacant {
        0 => "Ответственные назначены.".to_owned(),
        _ => format!("Сохранено. Человек не назван для должностей: {vacant}."),
    };
    Ok(see_other_saying(&next, FlashKind::Success, &sentence))
}
