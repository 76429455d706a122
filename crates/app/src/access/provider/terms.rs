//! What the server's administrator says about the provider. Pure.

use super::{PATIENCE, call::may_be_called};
use crate::access::paths;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use std::time::Duration;
use url::{Url, form_urlencoded};

/// Who the provider is, and as whom the program speaks to it. Without `Debug`: a secret does not reach a log.
#[derive(Clone)]
pub struct Terms {
    /// The address of the provider, as it calls itself.
    pub issuer: String,
    /// The name under which the provider knows this program.
    pub client: String,
    pub secret: String,
    /// The address by which people open this program: the provider sends them back to it.
    pub address: String,
    /// What people call the provider.
    pub name: String,
    /// Certificates to be believed beside those this computer believes, in PEM.
    pub authority: Option<Vec<u8>>,
    pub patience: Duration,
}

/// Why terms are no terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadTerms {
    #[error(
        "Адрес внешнего входа в --oidc-issuer не подходит: он начинается с https:// и не содержит имени и пароля, например https://вход.школа.рф/realms/school."
    )]
    Issuer,
    #[error("В --oidc-client нужно имя, под которым внешний вход знает эту программу (client id).")]
    Client,
    #[error("Файл секрета в --oidc-secret пуст. В нём одна строка: секрет программы (client secret).")]
    Secret,
    #[error(
        "В --oidc-address нужен адрес, по которому люди открывают программу, без пути, например https://наставник.школа.рф."
    )]
    Address,
    #[error("Название внешнего входа в --oidc-name не подходит: от 1 до 40 знаков.")]
    Name,
    #[error("Не удалось прочитать сертификаты из --oidc-ca: нужен файл в формате PEM.")]
    Authority,
}

impl Terms {
    /// Returns the terms without a name, a file of certificates or another patience than usual.
    pub fn of(issuer: &str, (client, secret): (&str, &str), address: &str) -> Self {
        let host = Url::parse(issuer).ok().and_then(|url| url.host_str().map(str::to_owned));
        Self {
            issuer: issuer.to_owned(),
            client: client.trim().to_owned(),
            secret: secret.trim().to_owned(),
            address: address.trim_end_matches('/').to_owned(),
            name: host.unwrap_or_default(),
            authority: None,
            patience: PATIENCE,
        }
    }

    /// Tells what is wrong.
    pub fn check(&self) -> Result<(), BadTerms> {
        let is_provider = |url: &Url| may_be_called(url) && url.query().is_none() && url.fragment().is_none();
        let is_own = |url: &Url| {
            ["http", "https"].contains(&url.scheme())
                && url.host().is_some()
                && url.path() == "/"
                && url.query().is_none()
        };
        let named = |text: &str, fits: &dyn Fn(&Url) -> bool| Url::parse(text).is_ok_and(|url| fits(&url));
        let checks = [
            (named(&self.issuer, &is_provider), BadTerms::Issuer),
            (!self.client.is_empty(), BadTerms::Client),
            (!self.secret.is_empty(), BadTerms::Secret),
            (named(&self.address, &is_own), BadTerms::Address),
            ((1..=40).contains(&self.name.chars().count()), BadTerms::Name),
        ];
        checks.into_iter().find(|(good, _)| !good).map_or(Ok(()), |(_, bad)| Err(bad))
    }

    /// Returns the form that exchanges a code for the proof, and the words that say who sends it unless the form does.
    pub fn exchange(&self, in_form: bool, code: &str, verifier: &str) -> (String, Option<String>) {
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.append_pair("grant_type", "authorization_code")
            .append_pair("code", code)
            .append_pair("redirect_uri", &self.return_address())
            .append_pair("code_verifier", verifier);
        if in_form {
            form.append_pair("client_id", &self.client).append_pair("client_secret", &self.secret);
            return (form.finish(), None);
        }
        // RFC 6749, section 2.3.1: both are encoded as in a form first.
        let encoded = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
        let words = STANDARD.encode(format!("{}:{}", encoded(&self.client), encoded(&self.secret)));
        (form.finish(), Some(format!("Basic {words}")))
    }

    /// Returns the address the provider sends people back to; it must know it beforehand.
    pub fn return_address(&self) -> String {
        format!("{}{}", self.address, paths::PROVIDER_RETURN)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn terms() -> Terms {
        Terms::of("https://sso.school.test/realms/7", ("nastavnik", "secret\n"), "https://nastavnik.school.test/")
    }

    #[test]
    fn good_terms_say_where_people_come_back() {
        let terms = terms();
        assert_eq!(terms.check(), Ok(()));
        assert_eq!(terms.return_address(), "https://nastavnik.school.test/sign-in/provider/return");
        assert_eq!((terms.name.as_str(), terms.secret.as_str()), ("sso.school.test", "secret"));
    }

    #[test]
    fn the_secret_stands_in_the_head_or_in_the_form_and_never_in_both() {
        let terms = Terms::of("https://sso.school.test", ("школа 7", "a:b&c"), "https://nastavnik.school.test");
        let (form, words) = terms.exchange(false, "c1", "v1");
        let words = words.unwrap();
        let plain = STANDARD.decode(words.strip_prefix("Basic ").unwrap()).unwrap();
        let encoded = "%D1%88%D0%BA%D0%BE%D0%BB%D0%B0+7:a%3Ab%26c";
        assert_eq!(String::from_utf8(plain).unwrap(), encoded);
        assert!(
            !form.contains("client") && form.contains("&code=c1&") && form.ends_with("&code_verifier=v1"),
            "{form}"
        );
        let (form, words) = terms.exchange(true, "c1", "v1");
        assert!(words.is_none() && form.ends_with("&client_secret=a%3Ab%26c"), "{form}");
    }

    #[rstest]
    #[case(|terms: &mut Terms| terms.issuer = "http://sso.school.test".into(), BadTerms::Issuer)]
    #[case(|terms: &mut Terms| terms.issuer = "sso.school.test".into(), BadTerms::Issuer)]
    #[case(|terms: &mut Terms| terms.issuer += "?realm=7", BadTerms::Issuer)]
    #[case(|terms: &mut Terms| terms.client.clear(), BadTerms::Client)]
    #[case(|terms: &mut Terms| terms.secret.clear(), BadTerms::Secret)]
    #[case(|terms: &mut Terms| terms.address += "/mentors", BadTerms::Address)]
    #[case(|terms: &mut Terms| terms.address = "ftp://school.test".into(), BadTerms::Address)]
    #[case(|terms: &mut Terms| terms.name = "я".repeat(41), BadTerms::Name)]
    fn what_is_wrong_is_named(#[case] spoil: fn(&mut Terms), #[case] bad: BadTerms) {
        let mut terms = terms();
        spoil(&mut terms);
        assert_eq!(terms.check(), Err(bad));
    }
}
