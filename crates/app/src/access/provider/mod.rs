//! Signing in through a provider: a server of the school, the region or the state that knows who somebody is (OpenID
//! Connect 1.0, authorization code with PKCE).
//!
//! Here stands how to talk to it. Which account here belongs to whom there is decided in `actions/provider.rs`; off by
//! default, nobody is called that the server's administrator has not named.

mod attempts;
mod call;
mod terms;
mod token;

pub use attempts::Purpose;
pub use call::NoAnswer;
pub use terms::{BadTerms, Terms};

use crate::{error::Failure, web::Token};
use attempts::{Attempt, Attempts};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use call::{Caller, may_be_called};
use chrono::{DateTime, Utc};
use serde::{Deserialize, de::DeserializeOwned};
use sha2::{Digest as _, Sha256};
use std::{sync::Arc, time::Duration};
use token::{BadToken, Expected, Keys};
use url::Url;

/// How long the provider may take for one way there or back, with everything that is asked of it.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// Where a provider says which addresses it has (OpenID Connect Discovery 1.0).
const METADATA: &str = "/.well-known/openid-configuration";

/// The one provider of an installation; clones remember the same people.
#[derive(Clone)]
pub struct Provider(Arc<Inner>);

struct Inner {
    terms: Terms,
    caller: Caller,
    attempts: Attempts,
}

/// Why somebody does not come through the provider.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// The way back is not the one this browser left on, or was used, or took too long.
    #[error("this browser has not left for the provider")]
    Gone,
    /// The provider, or the person there, said no.
    #[error("the provider refused")]
    Declined,
    #[error("too many people are on their way")]
    Crowded,
    #[error("no answer: {0}")]
    Silent(#[from] NoAnswer),
    /// It answers, but not as a provider does.
    #[error("its answer about {0} cannot be read")]
    Unreadable(&'static str),
    #[error("its token proves nothing: {0}")]
    Token(#[from] BadToken),
    #[error("{0}")]
    Own(Failure),
}

/// What a provider says about itself.
#[derive(Deserialize)]
struct Metadata {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
    #[serde(default)]
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct Tokens {
    id_token: String,
}

/// The way to the provider: where the browser goes, and the cookie it goes with.
pub struct Departure {
    pub address: String,
    pub browser: Token,
}

/// What comes back with the browser.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Returned {
    code: String,
    state: String,
    error: String,
    iss: String,
}

/// Who came back, and what for.
#[derive(Debug)]
pub struct Arrival {
    pub issuer: String,
    pub subject: String,
    pub purpose: Purpose,
}

impl Provider {
    /// Returns the provider on the terms of the server's administrator; nobody is called yet.
    pub fn on(terms: Terms) -> Result<Self, BadTerms> {
        terms.check()?;
        let caller = Caller::trusting(terms.authority.as_deref())?;
        Ok(Self(Arc::new(Inner { terms, caller, attempts: Attempts::default() })))
    }

    /// Returns what people call it.
    pub fn name(&self) -> &str {
        &self.0.terms.name
    }

    /// Returns its address, by which links to accounts are told apart.
    pub fn issuer(&self) -> &str {
        &self.0.terms.issuer
    }

    /// Begins a way to the provider.
    pub async fn leave(&self, purpose: Purpose, now: DateTime<Utc>) -> Result<Departure, Trouble> {
        let metadata = self.in_time(self.metadata()).await?;
        let mut address = endpoint(&metadata.authorization_endpoint)?;
        let fresh = || Token::fresh().map_err(Trouble::Own);
        let (state, browser, nonce, verifier) = (fresh()?, fresh()?, fresh()?, fresh()?);
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.secret()));
        address
            .query_pairs_mut()
            .append_pair("response_type", "code")
            .append_pair("scope", "openid")
            .append_pair("client_id", &self.0.terms.client)
            .append_pair("redirect_uri", &self.0.terms.return_address())
            .append_pair("state", state.secret())
            .append_pair("nonce", nonce.secret())
            .append_pair("code_challenge", &challenge)
            .append_pair("code_challenge_method", "S256")
            // Computers are shared: who sat here before may still be signed in there.
            .append_pair("prompt", "login");
        let attempt = Attempt { browser: browser.hash(), nonce, verifier, purpose, left_at: now };
        if !self.0.attempts.keep(&state, attempt) {
            return Err(Trouble::Crowded);
        }
        Ok(Departure { address: address.into(), browser })
    }

    /// Ends a way to the provider: who is it that came back?
    pub async fn arrive(
        &self,
        returned: &Returned,
        browser: Option<&Token>,
        now: DateTime<Utc>,
    ) -> Result<Arrival, Trouble> {
        let state = Token::read(&returned.state).ok_or(Trouble::Gone)?;
        let attempt = self.0.attempts.take(&state, browser.ok_or(Trouble::Gone)?, now).ok_or(Trouble::Gone)?;
        if !returned.error.is_empty() || returned.code.is_empty() {
            return Err(Trouble::Declined);
        }
        self.in_time(self.proven(returned, attempt, now)).await
    }

    async fn proven(&self, returned: &Returned, attempt: Attempt, now: DateTime<Utc>) -> Result<Arrival, Trouble> {
        let metadata = self.metadata().await?;
        // Who says where the answer comes from must say the truth (RFC 9207).
        if !returned.iss.is_empty() && returned.iss != metadata.issuer {
            return Err(BadToken::Issuer.into());
        }
        let tokens = self.exchange(&metadata, &returned.code, &attempt.verifier).await?;
        let keys: Keys = self.read(&endpoint(&metadata.jwks_uri)?, "keys").await?;
        let expected =
            Expected { issuer: &metadata.issuer, client: &self.0.terms.client, nonce: attempt.nonce.secret(), at: now };
        let subject = token::subject(&tokens.id_token, &keys, &expected)?;
        Ok(Arrival { issuer: self.0.terms.issuer.clone(), subject, purpose: attempt.purpose })
    }

    /// Exchanges the code for the proof, server to server.
    async fn exchange(&self, metadata: &Metadata, code: &str, verifier: &Token) -> Result<Tokens, Trouble> {
        let (form, authorization) = self.0.terms.exchange(metadata.takes_secrets_in_forms(), code, verifier.secret());
        let answer = self.0.caller.post(&endpoint(&metadata.token_endpoint)?, form, authorization).await?;
        serde_json::from_slice(&answer).map_err(|_| Trouble::Unreadable("tokens"))
    }

    async fn metadata(&self) -> Result<Metadata, Trouble> {
        let issuer = self.issuer().trim_end_matches('/');
        let metadata: Metadata = self.read(&endpoint(&format!("{issuer}{METADATA}"))?, "itself").await?;
        if metadata.issuer.trim_end_matches('/') == issuer { Ok(metadata) } else { Err(BadToken::Issuer.into()) }
    }

    async fn read<T: DeserializeOwned>(&self, from: &Url, what: &'static str) -> Result<T, Trouble> {
        serde_json::from_slice(&self.0.caller.get(from).await?).map_err(|_| Trouble::Unreadable(what))
    }

    async fn in_time<T>(&self, way: impl Future<Output = Result<T, Trouble>>) -> Result<T, Trouble> {
        tokio::time::timeout(self.0.terms.patience, way).await.unwrap_or(Err(NoAnswer::Slow.into()))
    }
}

impl Metadata {
    /// Tells whether the secret goes into the form, because the provider does not take it in the head of the request.
    fn takes_secrets_in_forms(&self) -> bool {
        let methods = self.token_endpoint_auth_methods_supported.as_deref();
        methods.is_some_and(|all| !all.iter().any(|one| one == "client_secret_basic"))
    }
}

/// Reads an address the provider names; the browser is sent, and the server calls, only where it is safe.
fn endpoint(text: &str) -> Result<Url, Trouble> {
    let url = Url::parse(text).ok().filter(may_be_called);
    url.ok_or_else(|| NoAnswer::Address(text.to_owned()).into())
}
