//! Forms of names that a school has written itself, where the rules of Russian get a name wrong.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Names with their own forms: the name as it stands in the values, then the case, then the form.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct NameForms(BTreeMap<String, BTreeMap<String, String>>);

impl NameForms {
    /// Says how a name is written in a case, in the words of texts: `genitive`, `dative` …
    #[must_use]
    pub fn with(mut self, name: &str, case: &str, form: &str) -> Self {
        self.0.entry(name.to_owned()).or_default().insert(case.to_owned(), form.to_owned());
        self
    }

    /// Keeps the names that stand in a text.
    #[must_use]
    pub fn in_text(mut self, text: &str) -> Self {
        self.0.retain(|name, _| text.contains(name.as_str()));
        self
    }

    /// Returns the form of a name in a case, if the school has written one.
    pub fn of(&self, name: &str, case: &str) -> Option<&str> {
        self.0.get(name)?.get(case).map(String::as_str)
    }
}
