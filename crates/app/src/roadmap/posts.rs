//! Who stands behind a post of the road map. Pure.
//!
//! Some posts are roles of the program: whoever has the role answers for the row. The others are given to a person when
//! the year is prepared.

use super::{model::Responsible, template::Post};
use crate::access::{Role, Visitor};

/// Returns the role whose holders stand behind a post, if the post is a role.
pub fn role_of(post: Post) -> Option<Role> {
    match post {
        Post::Coordinator => Some(Role::Coordinator),
        Post::Head => Some(Role::Head),
        Post::Psychologist => Some(Role::Psychologist),
        Post::ClassTeachers => Some(Role::ClassTeacher),
        Post::GroupCurators => Some(Role::GroupCurator),
        Post::Deputy | Post::Methodist | Post::SocialPedagogue | Post::MethodicalUnionHead => None,
    }
}

/// Names a post by its stored word; an unknown word names itself.
pub fn label(key: &str) -> &str {
    match Post::from_key(key) {
        Some(post) => post.label(),
        None => key,
    }
}

/// Tells whether the visitor answers for a row: in person, through a post held, or through a role that is the post.
pub fn answers_for(visitor: &Visitor, responsibles: &[Responsible]) -> bool {
    let by_role = |one: &Responsible| one.post.as_deref().and_then(Post::from_key).and_then(role_of);
    responsibles.iter().any(|one| {
        let has_role = || by_role(one).is_some_and(|role| visitor.roles.contains(&role));
        one.user_id.map_or_else(has_role, |user| user == visitor.user)
    })
}
