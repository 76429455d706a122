//! The result for another program: the same sentences, the engine's data and its proof.

use super::{Report, reasons};
use crate::cli::Trouble;
use serde_json::json;

/// Writes the result as JSON; the same people and rules give the same bytes.
pub fn write(report: &Report) -> Result<Vec<u8>, Trouble> {
    value(report)
        .and_then(|value| serde_json::to_vec_pretty(&value))
        .map_err(|error| Trouble::new(format!("Результат не записан: {error}.")))
}

fn value(report: &Report) -> serde_json::Result<serde_json::Value> {
    let pairs = report.proposal.pairs.iter().map(|pair| {
        json!({
            "mentee": pair.mentee,
            "class": report.class(&pair.mentee),
            "mentor": pair.mentor,
            "form": report.rules.form_name(&pair.form),
            "points": pair.score,
            "why": report.why(pair),
            "for_mentee": pair.for_mentee.as_ref().map(reasons::alternative),
            "for_mentor": pair.for_mentor.as_ref().map(reasons::alternative),
            "locked": pair.locked,
            "kept": pair.kept,
        })
    });
    let left = report.left().map(|person| {
        json!({
            "mentee": person.mentee,
            "class": report.class(&person.mentee),
            "form": report.form_of(&person.mentee),
            "reason": report.reason(&person.reason),
            "change": person.change.as_ref().map(reasons::change),
        })
    });
    Ok(json!({
        "pairs": pairs.collect::<Vec<_>>(),
        "without_mentor": left.collect::<Vec<_>>(),
        "with_mentor_already": report.with_mentor().map(|person| &person.mentee).collect::<Vec<_>>(),
        "remarks": report.question.remarks,
        "protocol": {
            "lines": report.lines()?,
            "check": report.check,
            "sha256": report.digests()?,
            "facts": report.protocol,
        },
        "proposal": report.proposal,
    }))
}
