//! Addresses of a list that keep what the visitor chose: sorting keeps the filter, the filter keeps the sorting.
//!
//! Parameters that are not touched are passed on as they came, byte for byte, so nothing is decoded twice.

use std::fmt::{self, Write as _};

/// A path with its question, whose parameters can be set and dropped.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Address {
    path: String,
    query: Vec<String>,
}

impl Address {
    /// Reads `/roadmap?state=overdue&page=2`; a fragment is dropped.
    pub fn new(text: &str) -> Self {
        let text = text.split('#').next().unwrap_or_default();
        let (path, query) = text.split_once('?').unwrap_or((text, ""));
        Self {
            path: path.to_owned(),
            query: query.split('&').filter(|part| !part.is_empty()).map(str::to_owned).collect(),
        }
    }

    /// Returns the address without its question.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the address with the parameter set to one value.
    #[must_use]
    pub fn with(&self, key: &str, value: &str) -> Self {
        let mut address = self.without(&[key]);
        address.query.push(format!("{}={}", encoded(key), encoded(value)));
        address
    }

    /// Returns the address without these parameters.
    #[must_use]
    pub fn without(&self, keys: &[&str]) -> Self {
        let keys: Vec<String> = keys.iter().map(|key| encoded(key)).collect();
        let kept = |part: &&String| !keys.iter().any(|key| key.as_str() == name_of(part));
        Self { path: self.path.clone(), query: self.query.iter().filter(kept).cloned().collect() }
    }

    /// Returns the same question asked at another path: the list as a file.
    #[must_use]
    pub fn at(&self, path: &str) -> Self {
        Self { path: path.to_owned(), query: self.query.clone() }
    }

    /// Tells whether the address asks for anything.
    pub fn has_query(&self) -> bool {
        !self.query.is_empty()
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        if self.has_query() {
            write!(f, "?{}", self.query.join("&"))?;
        }
        Ok(())
    }
}

fn name_of(part: &str) -> &str {
    part.split_once('=').map_or(part, |(name, _)| name)
}

/// Percent-encodes everything but the unreserved characters of RFC 3986, section 2.3.
fn encoded(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len()), |mut encoded, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a `String` does not fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
        encoded
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn setting_a_parameter_keeps_the_others_as_they_came() {
        let address = Address::new("/roadmap?q=%D0%BF%D0%B0%D1%80%D1%8B&sort=term&page=3");
        assert_eq!(
            address.without(&["page"]).with("sort", "state").to_string(),
            "/roadmap?q=%D0%BF%D0%B0%D1%80%D1%8B&sort=state"
        );
    }

    #[test]
    fn a_parameter_given_many_times_is_replaced_as_a_whole() {
        let address = Address::new("/roadmap?state=late&state=overdue&week=1");
        assert_eq!(address.with("state", "done").to_string(), "/roadmap?week=1&state=done");
    }

    #[test]
    fn dropping_a_parameter_does_not_drop_one_whose_name_begins_alike() {
        assert_eq!(Address::new("/x?page=1&pages=2").without(&["page"]).to_string(), "/x?pages=2");
    }

    proptest! {
        #[test]
        fn a_value_never_leaks_into_other_parameters(value in any::<String>()) {
            let address = Address::new("/x?a=1").with("b", &value);
            let text = address.to_string();
            prop_assert_eq!(Address::new(&text), address);
            prop_assert_eq!(text.matches('&').count(), 1);
            prop_assert!(text.is_ascii());
        }

        #[test]
        fn reading_an_address_keeps_every_named_parameter(query in "[a-z]{1,4}=[a-z0-9%]{0,6}(&[a-z]{1,4}=[a-z0-9%]{0,6}){0,5}") {
            let text = format!("/list?{query}");
            prop_assert_eq!(Address::new(&text).to_string(), text);
        }
    }
}
