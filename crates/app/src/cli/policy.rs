//! `nastavnik policy`: the table of rights, as it is compiled in.

use super::say;
use crate::{
    access::{Access, COLUMNS, Field, Reach, Right, SECTIONS},
    router,
};
use serde_json::json;
use std::fmt::Write as _;

/// What `policy` needs.
#[derive(Debug, clap::Args)]
pub struct PolicyArgs {
    /// Напечатать таблицу для другой программы (JSON)
    #[arg(long)]
    json: bool,
}

/// Shows who may do what.
pub fn run(args: &PolicyArgs) {
    if args.json {
        say(&as_json());
    } else {
        say(&as_text());
    }
}

/// Returns the addresses that need a right, with their methods.
fn routes_of(access: Access) -> Vec<String> {
    let table = router::routes();
    let mine = table.table().iter().filter(|entry| entry.access == access);
    mine.map(|entry| format!("{} {}", entry.method, entry.path)).collect()
}

fn as_json() -> serde_json::Value {
    let right = |right: &Right| {
        let roles: serde_json::Map<String, serde_json::Value> = COLUMNS
            .iter()
            .map(|role| (role.word().to_owned(), json!(right.reach(*role).label())))
            .filter(|(_, reach)| reach != Reach::None.label())
            .collect();
        json!({
            "right": right.word(),
            "title": right.label(),
            "kind": right.kind().label(),
            "roles": roles,
            "fields": right.fields().iter().map(|field| field.label()).collect::<Vec<_>>(),
            "routes": routes_of(Access::May(*right)),
        })
    };
    json!({
        "public": routes_of(Access::Public),
        "signed_in": routes_of(Access::SignedIn),
        "rights": Right::ALL.iter().map(right).collect::<Vec<_>>(),
    })
}

fn as_text() -> String {
    let mut text = "Кто что может в программе. Права действуют только внутри своей школы.\n".to_owned();
    for (section, rights) in SECTIONS {
        let _ = write!(text, "\n{}\n", section.to_uppercase());
        for right in *rights {
            let _ = writeln!(text, "\n  {} ({}, {})", right.label(), right.word(), right.kind().label());
            for (reach, roles) in by_reach(*right) {
                let _ = writeln!(text, "    {:<14} {roles}", format!("{}:", reach.label()));
            }
            if !right.fields().is_empty() {
                let fields: Vec<&str> = right.fields().iter().copied().map(Field::label).collect();
                let _ = writeln!(text, "    {:<14} {}", "видно:", fields.join("; "));
            }
        }
    }
    for (title, access) in [("ВСЕМ, КТО ВОШЁЛ", Access::SignedIn), ("ВСЕМ, ДАЖЕ БЕЗ ВХОДА", Access::Public)]
    {
        let _ = write!(text, "\n{title}\n\n  {}\n", routes_of(access).join("\n  "));
    }
    text.push_str("\nАдреса страниц каждого права: nastavnik policy --json\n");
    text
}

/// Returns the roles of a right, those that reach equally far together, the furthest first.
fn by_reach(right: Right) -> Vec<(Reach, String)> {
    let kinds = [Reach::School, Reach::Taking, Reach::Group, Reach::Class, Reach::Rows];
    let roles = |reach: Reach| {
        let roles = COLUMNS.iter().filter(|role| right.reach(**role) == reach);
        roles.map(|role| role.label()).collect::<Vec<_>>().join(", ")
    };
    kinds.into_iter().map(|reach| (reach, roles(reach))).filter(|(_, roles)| !roles.is_empty()).collect()
}
