//! People in lists: filtered, counted, searched.

use crate::people::{
    Sight,
    model::{ClassId, Kind, ListedPerson},
};
use database::{Result, Tx, Value, args, fold};

database::queries! {
    /// People by name: whose name holds `$3`, of a kind, in a class, here or gone; empty parameters ask for everybody.
    PEOPLE = "
        SELECT p.id, p.surname, p.given_name, p.patronymic, p.born_on, p.sex, p.phone, p.email, p.left_on,
               c.grade, c.letter, f.post,
               COALESCE((SELECT STRING_AGG(k.kind, ',' ORDER BY k.kind) FROM person_kinds k WHERE k.person_id = p.id), '')
                   AS kind_words
        FROM people p
        LEFT JOIN enrolments e ON e.person_id = p.id AND e.left_on IS NULL
        LEFT JOIN classes c ON c.id = e.class_id
        LEFT JOIN staff f ON f.person_id = p.id
        WHERE p.school_id = $1
          AND (p.id IN (SELECT s.person_id FROM sight s WHERE s.school_id = $1 AND s.user_id = $2) OR $2 IS NULL)
          AND p.name_key LIKE '%' || $3 || '%' ESCAPE '\\'
          AND ($4 = '' OR EXISTS (SELECT 1 FROM person_kinds k WHERE k.person_id = p.id AND k.kind = $4))
          AND (e.class_id = $5 OR $5 IS NULL)
          AND ($6 = '' OR ($6 = 'left') = (p.left_on IS NOT NULL))
        ORDER BY p.surname COLLATE russian, p.given_name COLLATE russian, p.patronymic COLLATE russian, p.id
        LIMIT $7 OFFSET $8";
    /// How many people a list has.
    COUNT = "
        SELECT COUNT(*)
        FROM people p
        LEFT JOIN enrolments e ON e.person_id = p.id AND e.left_on IS NULL
        WHERE p.school_id = $1
          AND (p.id IN (SELECT s.person_id FROM sight s WHERE s.school_id = $1 AND s.user_id = $2) OR $2 IS NULL)
          AND p.name_key LIKE '%' || $3 || '%' ESCAPE '\\'
          AND ($4 = '' OR EXISTS (SELECT 1 FROM person_kinds k WHERE k.person_id = p.id AND k.kind = $4))
          AND (e.class_id = $5 OR $5 IS NULL)
          AND ($6 = '' OR ($6 = 'left') = (p.left_on IS NOT NULL))";
}

/// Which people are asked for; the default is everybody.
#[derive(Debug, Clone, Default)]
pub struct Wanted<'a> {
    /// A part of the name, as it was typed.
    pub name: &'a str,
    pub kind: Option<Kind>,
    pub class: Option<ClassId>,
    /// Gone (`true`) or here (`false`).
    pub left: Option<bool>,
}

impl Wanted<'_> {
    fn args(&self, sight: Sight) -> Vec<Value> {
        // `%` and `_` are ordinary characters for people.
        let name = fold(self.name).replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        let left = self.left.map_or("", |left| if left { "left" } else { "present" });
        args![sight.school(), sight.viewer(), name, self.kind.map_or("", Kind::word), self.class, left]
    }
}

/// Returns people by name.
pub async fn listed(
    tx: &mut Tx,
    sight: Sight,
    wanted: &Wanted<'_>,
    (most, skip): (i64, i64),
) -> Result<Vec<ListedPerson>> {
    let mut facts = wanted.args(sight);
    facts.extend(args![most, skip]);
    tx.all(PEOPLE, facts).await
}

/// Counts people.
pub async fn count(tx: &mut Tx, sight: Sight, wanted: &Wanted<'_>) -> Result<i64> {
    tx.one::<(i64,)>(COUNT, wanted.args(sight)).await.map(|(count,)| count)
}
