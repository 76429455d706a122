//! Papers of the school: made from records, printed, signed, registered, changed, cancelled.

mod batches;
mod hostile;
mod life;
mod lists;
mod names;
mod numbering;
pub mod own_files;
mod piles;
mod readers;
mod road_map;
pub mod scans;
mod sight;
mod wordings;

use crate::support::{Browser, Seen};

/// Makes a paper of a kind out of records and returns the path of its page.
pub async fn made(coordinator: &Browser, kind: &str) -> String {
    let path = format!("/papers/new/{kind}");
    let form = coordinator.get(&path).await.form(&path);
    let sent = form.send(coordinator).await;
    sent.must_be(303);
    sent.location.unwrap()
}

/// Prints a paper.
pub async fn print(browser: &Browser, paper: &str) -> Seen {
    browser.post("/papers/printing", &[("paper", paper.rsplit('/').next().unwrap())]).await
}

/// Files a signed copy.
pub async fn sign(browser: &Browser, paper: &str, signed_on: &str) -> Seen {
    browser.upload(&format!("{paper}/signature"), &[("signed_on", signed_on)], ("Скан.pdf", b"%PDF-1.7 scan")).await
}

/// Registers a paper in its journal, with other fields than the form offers.
pub async fn register(browser: &Browser, paper: &str, fields: &[(&str, &str)]) -> Seen {
    let path = format!("{paper}/registration");
    let form = browser.get(&path).await.form(&path).with("number", "").with("reason", "");
    let form = fields.iter().fold(form, |form, (name, value)| form.with(name, value));
    form.send(browser).await
}

/// Returns what a page says after a form was taken.
pub async fn said(browser: &Browser, seen: Seen) -> Seen {
    seen.must_be(303);
    browser.follow(seen).await
}
