//! The proof of a provider of who somebody is: a signed token (OpenID Connect Core 1.0, section 3.1.3.7). Pure.
//!
//! Two signatures are taken, RS256 and ES256, each only with a key of its own kind: what a token says about itself never
//! chooses how it is checked.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use ring::signature::{self, RsaPublicKeyComponents, UnparsedPublicKey};
use serde::{Deserialize, de::DeserializeOwned};

/// How far the clocks of two servers may differ.
const LEEWAY: TimeDelta = TimeDelta::minutes(2);

/// The longest name of somebody at a provider (OpenID Connect Core 1.0, section 2).
const SUBJECT_MAX: usize = 255;

/// Why a token proves nothing; for the log, since nobody at the screen can do anything about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadToken {
    #[error("it is no token")]
    Unreadable,
    #[error("it is signed in a way that is not taken")]
    Algorithm,
    #[error("no published key fits its signature")]
    Signature,
    #[error("another provider issued it")]
    Issuer,
    #[error("it is meant for another program")]
    Audience,
    #[error("it answers another question")]
    Nonce,
    #[error("its time is over or has not come")]
    Time,
    #[error("it names nobody")]
    Subject,
}

/// What a token must agree with.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    pub issuer: &'a str,
    pub client: &'a str,
    pub nonce: &'a str,
    pub at: DateTime<Utc>,
}

/// The keys a provider publishes (RFC 7517); those of kinds unknown here are left alone.
#[derive(Debug, Clone, Deserialize)]
pub struct Keys {
    keys: Vec<Key>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Key {
    kty: String,
    kid: Option<String>,
    #[serde(rename = "use")]
    purpose: Option<String>,
    crv: String,
    n: String,
    e: String,
    x: String,
    y: String,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: Option<String>,
}

#[derive(Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    aud: Audience,
    azp: Option<String>,
    exp: i64,
    iat: i64,
    nonce: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

/// Returns how the provider calls the person whom a token is about, once everything about the token is right.
pub fn subject(token: &str, keys: &Keys, expected: &Expected<'_>) -> Result<String, BadToken> {
    let (signed, seal) = token.rsplit_once('.').ok_or(BadToken::Unreadable)?;
    let (head, claims) = signed.split_once('.').ok_or(BadToken::Unreadable)?;
    let (head, claims): (Header, Claims) = (part(head)?, part(claims)?);
    keys.verify(&head, signed.as_bytes(), &decoded(seal)?)?;
    check(&claims, expected)?;
    let is_name = (1..=SUBJECT_MAX).contains(&claims.sub.len()) && claims.sub.is_ascii();
    if is_name { Ok(claims.sub) } else { Err(BadToken::Subject) }
}

fn decoded(text: &str) -> Result<Vec<u8>, BadToken> {
    URL_SAFE_NO_PAD.decode(text).map_err(|_| BadToken::Unreadable)
}

fn part<T: DeserializeOwned>(text: &str) -> Result<T, BadToken> {
    serde_json::from_slice(&decoded(text)?).map_err(|_| BadToken::Unreadable)
}

fn check(claims: &Claims, expected: &Expected<'_>) -> Result<(), BadToken> {
    if claims.iss != expected.issuer {
        return Err(BadToken::Issuer);
    }
    let (is_meant, alone) = match &claims.aud {
        Audience::One(program) => (program == expected.client, true),
        Audience::Several(programs) => (programs.iter().any(|one| one == expected.client), programs.len() == 1),
    };
    // Of several programs, the token says which one asked; of one, it may.
    let asked = claims.azp.as_deref().map_or(alone, |asked| asked == expected.client);
    if !is_meant || !asked {
        return Err(BadToken::Audience);
    }
    if claims.nonce.as_deref() != Some(expected.nonce) {
        return Err(BadToken::Nonce);
    }
    let moment = |seconds| DateTime::from_timestamp(seconds, 0).ok_or(BadToken::Time);
    if moment(claims.exp)? <= expected.at - LEEWAY || moment(claims.iat)? > expected.at + LEEWAY {
        return Err(BadToken::Time);
    }
    Ok(())
}

impl Keys {
    /// Checks a signature with the key the token names, or with every key of the kind when it names none.
    fn verify(&self, head: &Header, signed: &[u8], seal: &[u8]) -> Result<(), BadToken> {
        let kind = match head.alg.as_str() {
            "RS256" => "RSA",
            "ES256" => "EC",
            _ => return Err(BadToken::Algorithm),
        };
        let fits = |key: &&Key| {
            key.kty == kind
                && key.purpose.as_deref().is_none_or(|purpose| purpose == "sig")
                && (head.kid.is_none() || key.kid == head.kid)
        };
        let mut fitting = self.keys.iter().filter(fits);
        if fitting.any(|key| key.made(signed, seal)) { Ok(()) } else { Err(BadToken::Signature) }
    }
}

impl Key {
    /// Tells whether this key made a signature; a key that cannot be read made none.
    fn made(&self, signed: &[u8], seal: &[u8]) -> bool {
        let made = || match self.kty.as_str() {
            "RSA" => {
                let key = RsaPublicKeyComponents { n: decoded(&self.n).ok()?, e: decoded(&self.e).ok()? };
                key.verify(&signature::RSA_PKCS1_2048_8192_SHA256, signed, seal).ok()
            }
            "EC" if self.crv == "P-256" => {
                let point = [vec![4], decoded(&self.x).ok()?, decoded(&self.y).ok()?].concat();
                UnparsedPublicKey::new(&signature::ECDSA_P256_SHA256_FIXED, point).verify(signed, seal).ok()
            }
            _ => None,
        };
        made().is_some()
    }
}

#[cfg(test)]
mod tests;
