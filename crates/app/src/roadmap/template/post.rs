//! Posts that answer for rows of a road map. Persons are named for a post when a year starts.

use serde::{Deserialize, Serialize};

use crate::words;

/// A post or a group of posts the program knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Post {
    Coordinator,
    Head,
    Deputy,
    Methodist,
    Psychologist,
    SocialPedagogue,
    ClassTeachers,
    GroupCurators,
    MethodicalUnionHead,
}

impl Post {
    pub const ALL: [Self; 9] = [
        Self::Coordinator,
        Self::Head,
        Self::Deputy,
        Self::Methodist,
        Self::Psychologist,
        Self::SocialPedagogue,
        Self::ClassTeachers,
        Self::GroupCurators,
        Self::MethodicalUnionHead,
    ];

    /// Names the post as a road map does.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Coordinator => "куратор программы",
            Self::Head => "директор",
            Self::Deputy => "заместитель директора",
            Self::Methodist => "методист",
            Self::Psychologist => "педагог-психолог",
            Self::SocialPedagogue => "социальный педагог",
            Self::ClassTeachers => "классные руководители",
            Self::GroupCurators => "кураторы групп",
            Self::MethodicalUnionHead => "руководитель методического объединения",
        }
    }

    /// Names the post in templates and in the database.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Coordinator => "coordinator",
            Self::Head => "head",
            Self::Deputy => "deputy",
            Self::Methodist => "methodist",
            Self::Psychologist => "psychologist",
            Self::SocialPedagogue => "social_pedagogue",
            Self::ClassTeachers => "class_teachers",
            Self::GroupCurators => "group_curators",
            Self::MethodicalUnionHead => "methodical_union_head",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|post| post.key() == key)
    }

    /// Says whether many people hold the post at once.
    pub const fn is_group(self) -> bool {
        matches!(self, Self::ClassTeachers | Self::GroupCurators)
    }

    /// Recognises the post in printed words: «зам. директора по ВР», «рук. МО», «Кураторы групп».
    pub fn recognise(text: &str) -> Option<Self> {
        let text = words::fold(text).replace(['.', '-', '–'], " ");
        let words: Vec<&str> = text.split_whitespace().collect();
        let has = |stem: &str| words.iter().any(|word| word.starts_with(stem));
        let is_leader = has("руководител") || has("рук");
        if (has("зам") && has("директор")) || has("замдиректор") || has("завуч") {
            Some(Self::Deputy)
        } else if (has("классн") || words.contains(&"кл")) && is_leader {
            Some(Self::ClassTeachers)
        } else if is_leader && (words.contains(&"мо") || words.contains(&"шмо") || has("методическ")) {
            Some(Self::MethodicalUnionHead)
        } else if has("куратор") {
            let of_groups = has("групп") || has("пар") || has("кураторы");
            Some(if of_groups { Self::GroupCurators } else { Self::Coordinator })
        } else if has("психолог") {
            Some(Self::Psychologist)
        } else if has("соц") && has("педагог") {
            Some(Self::SocialPedagogue)
        } else if has("методист") {
            Some(Self::Methodist)
        } else if has("директор") || (is_leader && (words.contains(&"оо") || has("образовательн") || has("школ")))
        {
            Some(Self::Head)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_post_is_recognised_by_its_own_name() {
        for post in Post::ALL {
            assert_eq!(Post::recognise(post.label()), Some(post));
            assert_eq!(Post::from_key(post.key()), Some(post));
            assert_eq!(serde_json::to_string(&post).unwrap(), format!("\"{}\"", post.key()));
        }
    }

    #[test]
    fn posts_are_recognised_as_schools_write_them() {
        let spellings = [
            ("Зам. директора по ВР", Post::Deputy),
            ("Заместители директора", Post::Deputy),
            ("завуч", Post::Deputy),
            ("Кл. руководители 5–11 классов", Post::ClassTeachers),
            ("классный руководитель 7 «А»", Post::ClassTeachers),
            ("Кураторы групп", Post::GroupCurators),
            ("куратор пары", Post::GroupCurators),
            ("Куратор", Post::Coordinator),
            ("рук. МО", Post::MethodicalUnionHead),
            ("Руководители ШМО", Post::MethodicalUnionHead),
            ("психолог", Post::Psychologist),
            ("Соц. педагог", Post::SocialPedagogue),
            ("Руководитель ОО", Post::Head),
            ("Директор школы", Post::Head),
        ];
        for (text, post) in spellings {
            assert_eq!(Post::recognise(text), Some(post), "{text}");
        }
    }

    #[test]
    fn other_words_name_no_post() {
        for text in ["", "Иванова А. А.", "рабочая группа", "наставники", "администрация", "учителя-предметники"]
        {
            assert_eq!(Post::recognise(text), None, "{text}");
        }
    }
}
