use super::*;
use proptest::prelude::*;
use ring::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _},
};
use rstest::rstest;
use serde_json::{Value, json};

const AT: i64 = 1_790_000_000;

/// A provider with a key of its own, which can issue what a real one would not.
struct Issuer(EcdsaKeyPair);

impl Issuer {
    fn fresh() -> Self {
        let chance = SystemRandom::new();
        let key = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &chance).unwrap();
        Self(EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, key.as_ref(), &chance).unwrap())
    }

    fn key(&self) -> Value {
        let point = self.0.public_key().as_ref();
        let (x, y) = (URL_SAFE_NO_PAD.encode(&point[1..33]), URL_SAFE_NO_PAD.encode(&point[33..]));
        json!({"kty": "EC", "crv": "P-256", "kid": "k1", "use": "sig", "x": x, "y": y})
    }

    fn keys(&self) -> Keys {
        serde_json::from_value(json!({"keys": [self.key()]})).unwrap()
    }

    fn token_with(&self, head: &Value, claims: &Value) -> String {
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!("{}.{}", part(head), part(claims));
        let seal = self.0.sign(&SystemRandom::new(), signed.as_bytes()).unwrap();
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(seal))
    }

    fn token(&self, claims: &Value) -> String {
        self.token_with(&json!({"alg": "ES256", "kid": "k1"}), claims)
    }
}

fn expected() -> Expected<'static> {
    Expected {
        issuer: "https://sso.school.test",
        client: "nastavnik",
        nonce: "n1",
        at: DateTime::from_timestamp(AT, 0).unwrap(),
    }
}

fn claims() -> Value {
    json!({
        "iss": "https://sso.school.test", "sub": "ryabina", "aud": "nastavnik", "nonce": "n1", "iat": AT, "exp": AT + 600,
    })
}

fn with(changes: Value) -> Value {
    let mut claims = claims();
    let Value::Object(changes) = changes else { panic!("claims have names") };
    for (name, value) in changes {
        claims[name.as_str()] = value;
    }
    claims
}

#[rstest]
#[case::as_it_should_be(json!({}), Ok("ryabina"))]
#[case::among_others(json!({"aud": ["other", "nastavnik"], "azp": "nastavnik"}), Ok("ryabina"))]
#[case::a_list_of_one(json!({"aud": ["nastavnik"]}), Ok("ryabina"))]
#[case::a_clock_that_is_slow(json!({"iat": AT + 119, "exp": AT + 700}), Ok("ryabina"))]
#[case::just_over(json!({"exp": AT - 119}), Ok("ryabina"))]
#[case::another_issuer(json!({"iss": "https://sso.school.test/"}), Err(BadToken::Issuer))]
#[case::for_another_program(json!({"aud": "other"}), Err(BadToken::Audience))]
#[case::asked_by_another(json!({"aud": ["nastavnik", "other"], "azp": "other"}), Err(BadToken::Audience))]
#[case::asked_by_nobody(json!({"aud": ["nastavnik", "other"]}), Err(BadToken::Audience))]
#[case::for_nobody(json!({"aud": []}), Err(BadToken::Audience))]
#[case::another_question(json!({"nonce": "n2"}), Err(BadToken::Nonce))]
#[case::no_question(json!({"nonce": null}), Err(BadToken::Nonce))]
#[case::over(json!({"exp": AT - 121}), Err(BadToken::Time))]
#[case::of_the_future(json!({"iat": AT + 121}), Err(BadToken::Time))]
#[case::beyond_time(json!({"exp": i64::MAX}), Err(BadToken::Time))]
#[case::names_nobody(json!({"sub": ""}), Err(BadToken::Subject))]
#[case::names_too_much(json!({"sub": "a".repeat(256)}), Err(BadToken::Subject))]
#[case::not_a_name(json!({"sub": 7}), Err(BadToken::Unreadable))]
#[case::without_an_end(json!({"exp": null}), Err(BadToken::Unreadable))]
fn a_token_proves_who_it_is_only_when_all_agrees(#[case] changes: Value, #[case] result: Result<&str, BadToken>) {
    let issuer = Issuer::fresh();
    let token = issuer.token(&with(changes));
    assert_eq!(subject(&token, &issuer.keys(), &expected()), result.map(str::to_owned));
}

#[test]
fn only_a_published_key_signs() {
    let (issuer, other) = (Issuer::fresh(), Issuer::fresh());
    assert_eq!(subject(&other.token(&claims()), &issuer.keys(), &expected()), Err(BadToken::Signature));
    // Keys change: the new one and the old one are published side by side.
    let both = json!({"keys": [{"kty": "OKP", "crv": "Ed25519", "x": "AA"}, {"kid": "k0"}, other.key(), issuer.key()]});
    let both: Keys = serde_json::from_value(both).unwrap();
    assert_eq!(subject(&issuer.token(&claims()), &both, &expected()), Ok("ryabina".into()));
    let nameless = issuer.token_with(&json!({"alg": "ES256"}), &claims());
    assert_eq!(subject(&nameless, &both, &expected()), Ok("ryabina".into()));
    let unknown = issuer.token_with(&json!({"alg": "ES256", "kid": "k9"}), &claims());
    assert_eq!(subject(&unknown, &both, &expected()), Err(BadToken::Signature));
    let mut key = issuer.key();
    key["use"] = json!("enc");
    let sealing: Keys = serde_json::from_value(json!({"keys": [key]})).unwrap();
    assert_eq!(subject(&issuer.token(&claims()), &sealing, &expected()), Err(BadToken::Signature));
}

#[rstest]
#[case("none", BadToken::Algorithm)]
#[case("HS256", BadToken::Algorithm)]
#[case("RS512", BadToken::Algorithm)]
#[case("RS256", BadToken::Signature)]
fn a_token_does_not_choose_how_it_is_checked(#[case] algorithm: &str, #[case] bad: BadToken) {
    let issuer = Issuer::fresh();
    let token = issuer.token_with(&json!({"alg": algorithm}), &claims());
    assert_eq!(subject(&token, &issuer.keys(), &expected()), Err(bad));
    let (signed, _) = token.rsplit_once('.').unwrap();
    assert_eq!(subject(&format!("{signed}."), &issuer.keys(), &expected()), Err(bad));
}

#[test]
fn a_key_that_cannot_be_read_signs_nothing() {
    let issuer = Issuer::fresh();
    for (name, value) in [("x", "!"), ("x", ""), ("crv", "P-384"), ("kty", "RSA")] {
        let mut key = issuer.key();
        key[name] = json!(value);
        let keys: Keys = serde_json::from_value(json!({"keys": [key]})).unwrap();
        assert_eq!(subject(&issuer.token(&claims()), &keys, &expected()), Err(BadToken::Signature), "{name} {value}");
    }
}

proptest! {
    #[test]
    fn no_sign_of_a_token_can_be_changed(place in 0_usize..400, sign in "[A-Za-z0-9_.-]") {
        let issuer = Issuer::fresh();
        let token = issuer.token(&claims());
        let place = place % token.len();
        let changed = format!("{}{sign}{}", &token[..place], &token[place + 1..]);
        let result = subject(&changed, &issuer.keys(), &expected());
        prop_assert_eq!(result.is_ok(), changed == token, "{}", changed);
    }

    #[test]
    fn whatever_comes_is_no_proof(token in ".{0,200}") {
        prop_assert!(subject(&token, &Issuer::fresh().keys(), &expected()).is_err());
    }
}
