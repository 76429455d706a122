//! What a browser calls itself, in words a person recognises: «Firefox, Windows».

use crate::{error::Failure, state::App};
use axum::{
    extract::FromRequestParts,
    http::{header, request::Parts},
};

/// The browser and the system of a request, for the list of the own sessions; nothing is decided by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device(pub String);

/// Browsers call themselves by the names of others too: the first that fits is meant.
const BROWSERS: [(&str, &str); 6] = [
    ("YaBrowser", "Яндекс Браузер"),
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
];

const SYSTEMS: [(&str, &str); 6] = [
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
];

impl Device {
    /// Reads what a browser calls itself.
    pub fn named(text: &str) -> Self {
        let known =
            |names: &[(&str, &'static str)]| names.iter().find(|(mark, _)| text.contains(mark)).map(|(_, name)| *name);
        let parts: Vec<&str> = [known(&BROWSERS), known(&SYSTEMS)].into_iter().flatten().collect();
        Self(if parts.is_empty() { "неизвестное устройство".to_owned() } else { parts.join(", ") })
    }
}

impl FromRequestParts<App> for Device {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Failure> {
        let text = parts.headers.get(header::USER_AGENT).and_then(|text| text.to_str().ok());
        Ok(Self::named(text.unwrap_or_default()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_known_by_its_own_name_and_not_by_those_it_borrows() {
        let yandex = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 YaBrowser/25.8 Safari/537.36";
        assert_eq!(Device::named(yandex).0, "Яндекс Браузер, Windows");
        let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile/15E148 Safari/604.1";
        assert_eq!(Device::named(phone).0, "Safari, iPhone");
        assert_eq!(Device::named("curl/8.5").0, "неизвестное устройство");
    }
}
