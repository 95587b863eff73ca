//! A provider on this machine says what is right, and then everything that is wrong.

mod organisation;

use std::net::{Ipv4Addr, TcpListener};

use data_encoding::{BASE64, BASE64URL_NOPAD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use organisation::{Organisation, SigningKey, token};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::*;

const CLIENT: &str = "tirkeu-desk";
const SUBJECT: &str = "248289761001";
/// Seconds since 1970: when the sign-in began, and when the person is back.
const BEGAN_S: i64 = 1_793_000_000;
const NOW_S: i64 = BEGAN_S + 40;

fn now() -> Timestamp {
    Timestamp::from_second(NOW_S).unwrap()
}

fn settings(issuer: &str) -> Settings {
    Settings {
        issuer: issuer.to_owned(),
        client: CLIENT.to_owned(),
        secret: Some("a secret: with +signs".into()),
        redirect: "http://127.0.0.1:8080/login/oidc/callback".to_owned(),
        now,
        tell: |_| {},
    }
}

fn binding() -> Binding {
    Binding {
        state: "5".repeat(64),
        nonce: "6".repeat(64),
        verifier: "7".repeat(64),
    }
}

/// What a token of this provider says, with some of it said otherwise; `null` leaves it out.
fn claims(issuer: &str, otherwise: Value) -> Value {
    let mut claims = json!({
        "iss": issuer, "sub": SUBJECT, "aud": CLIENT, "nonce": binding().nonce,
        "iat": NOW_S - 1, "exp": NOW_S + 300, "email": "aida@ministry.example",
    });
    let Value::Object(otherwise) = otherwise else {
        panic!("{otherwise} says nothing");
    };
    for (name, value) in otherwise {
        claims[name] = value;
    }
    claims
        .as_object_mut()
        .unwrap()
        .retain(|_, value| !value.is_null());
    claims
}

async fn identified(oidc: &Oidc) -> Result<Identity, ProviderError> {
    let began_at = Timestamp::from_second(BEGAN_S).unwrap();
    oidc.identity("a code", &binding(), began_at).await
}

#[tokio::test]
async fn who_came_back_is_told_by_any_key_of_the_provider() {
    for key in [
        SigningKey::rsa("1", 1),
        SigningKey::ec("2"),
        SigningKey::ed("3"),
    ] {
        let there = Organisation::open(&[&SigningKey::rsa("0", 9), &key]);
        there.said().token = key.token(&claims(&there.issuer, json!({})));
        let oidc = Oidc::new(&settings(&there.issuer)).unwrap();
        let identity = identified(&oidc).await.unwrap();
        assert_eq!(identity, Identity::new(&there.issuer, SUBJECT).unwrap());
        assert_eq!(there.said().discovered, 1);
    }
}

#[tokio::test]
async fn what_a_token_says_is_held_to_this_sign_in() {
    let key = SigningKey::rsa("1", 1);
    let there = Organisation::open(&[&key]);
    let oidc = Oidc::new(&settings(&there.issuer)).unwrap();
    let other = "http://127.0.0.1:1";
    let expired = "the token has expired: are the clocks right?";
    let not_now = "the token is not of this sign-in's time: are the clocks right?";
    let audience = "the token is for another client";
    for (otherwise, cause) in [
        (json!({}), None),
        (json!({ "aud": [CLIENT] }), None),
        (json!({ "azp": CLIENT, "auth_time": NOW_S - 5 }), None),
        (json!({ "exp": NOW_S + 1 }), None),
        (
            json!({ "iss": other }),
            Some("the token is another issuer's"),
        ),
        (
            json!({ "iss": format!("{}/", there.issuer) }),
            Some("the token is another issuer's"),
        ),
        (json!({ "aud": "another" }), Some(audience)),
        (json!({ "aud": [CLIENT, "another"] }), Some(audience)),
        (json!({ "azp": "another" }), Some(audience)),
        (json!({ "exp": NOW_S }), Some(expired)),
        (json!({ "exp": NOW_S - 3600 }), Some(expired)),
        (json!({ "iat": NOW_S + 299 }), None),
        (json!({ "iat": NOW_S + 301 }), Some(not_now)),
        (json!({ "iat": BEGAN_S - 301 }), Some(not_now)),
        (json!({ "auth_time": BEGAN_S - 3600 }), Some(not_now)),
        (
            json!({ "nonce": "8".repeat(64) }),
            Some("the token answers another sign-in"),
        ),
        (
            json!({ "nonce": null }),
            Some("the token answers another sign-in"),
        ),
        (
            json!({ "sub": "аида" }),
            Some("the token's subject cannot be one"),
        ),
        (json!({ "sub": null }), Some(UNREADABLE)),
        (json!({ "iat": null }), Some(UNREADABLE)),
    ] {
        there.said().token = key.token(&claims(&there.issuer, otherwise.clone()));
        let expected = cause.map(ProviderError::Refused);
        assert_eq!(identified(&oidc).await.err(), expected, "{otherwise}");
    }
}

const WRONG: &str = "the token's signature is wrong";
const NO_PROOF: &str = "the token is signed in no way that proves anything";
const UNKNOWN: &str = "the token is signed with a key that is none of the provider's";
const UNREADABLE: &str = "what a code stands for cannot be read";

/// Has the provider give each of these tokens, and holds what becomes of it to the cause beside it.
async fn each_is_refused_for(there: &Organisation, tokens: Vec<(String, Option<&'static str>)>) {
    let oidc = Oidc::new(&settings(&there.issuer)).unwrap();
    for (token, cause) in tokens {
        there.said().token.clone_from(&token);
        let expected = cause.map(ProviderError::Refused);
        assert_eq!(identified(&oidc).await.err(), expected, "{token}");
    }
}

#[tokio::test]
async fn a_token_is_believed_for_its_signature_alone() {
    let key = SigningKey::rsa("1", 1);
    let there = Organisation::open(&[&key, &SigningKey::ec("2")]);
    let said = claims(&there.issuer, json!({}));
    let good = key.token(&said);
    let (signed, signature) = good.rsplit_once('.').unwrap();
    let another = key.token(&claims(&there.issuer, json!({ "sub": "another" })));
    let (tampered, _) = another.rsplit_once('.').unwrap();
    let tokens = vec![
        (good.clone(), None),
        (SigningKey::rsa("1", 2).token(&said), Some(WRONG)),
        (format!("{tampered}.{signature}"), Some(WRONG)),
        (format!("{signed}."), Some(WRONG)),
        (format!("{signed}.{}", "A".repeat(342)), Some(WRONG)),
        (SigningKey::ec("1").token(&said), Some(UNKNOWN)),
        (SigningKey::ed("3").token(&said), Some(UNKNOWN)),
        ("nonsense".to_owned(), Some(UNREADABLE)),
        (good, None),
    ];
    each_is_refused_for(&there, tokens).await;
}

#[tokio::test]
async fn no_way_of_signing_is_believed_that_was_open_to_others() {
    let key = SigningKey::rsa("1", 1);
    let there = Organisation::open(&[&key]);
    let said = claims(&there.issuer, json!({}));
    let signature = |_: &[u8]| {
        let good = key.token(&said);
        let (_, signature) = good.rsplit_once('.').unwrap();
        BASE64URL_NOPAD.decode(signature.as_bytes()).unwrap()
    };
    let hs256 = |secret: &[u8]| {
        let mac = Hmac::<Sha256>::new_from_slice(secret).unwrap();
        token(&json!({ "alg": "HS256", "kid": "1" }), &said, |signed| {
            let mac = mac.clone().chain_update(signed);
            mac.finalize().into_bytes().to_vec()
        })
    };
    let headed = |head: Value| token(&head, &said, signature);
    let unsigned = |head: Value| token(&head, &said, |_| Vec::new());
    let public = key.public();
    let modulus = BASE64URL_NOPAD.decode(public["n"].as_str().unwrap().as_bytes());
    let tokens = vec![
        (unsigned(json!({ "alg": "none" })), Some(NO_PROOF)),
        (
            unsigned(json!({ "alg": "none", "kid": "1" })),
            Some(NO_PROOF),
        ),
        (headed(json!({ "alg": "none", "kid": "1" })), Some(NO_PROOF)),
        (unsigned(json!({ "alg": "None" })), Some(UNREADABLE)),
        // By the public key, which everyone has, as the secret of an HMAC: its JSON, its modulus.
        (hs256(public.to_string().as_bytes()), Some(NO_PROOF)),
        (hs256(&modulus.unwrap()), Some(NO_PROOF)),
        // Nor by the secret that the desk shares with the provider.
        (hs256(b"a secret: with +signs"), Some(NO_PROOF)),
        (
            headed(json!({ "alg": "RS512", "kid": "1" })),
            Some(NO_PROOF),
        ),
        (headed(json!({ "alg": "ES256", "kid": "1" })), Some(UNKNOWN)),
        (
            headed(json!({ "alg": "nonsense", "kid": "1" })),
            Some(UNREADABLE),
        ),
        (
            headed(json!({ "alg": "RS256", "kid": "1", "crit": ["b64"] })),
            Some("the token cannot be used"),
        ),
    ];
    each_is_refused_for(&there, tokens).await;
}

#[tokio::test]
async fn keys_are_asked_for_anew_once_when_one_is_unknown() {
    let (old, new) = (SigningKey::rsa("old", 1), SigningKey::ec("new"));
    let there = Organisation::open(&[&old]);
    let oidc = Oidc::new(&settings(&there.issuer)).unwrap();
    let said = claims(&there.issuer, json!({}));
    there.said().token = old.token(&said);
    assert!(identified(&oidc).await.is_ok());
    there.said().keys = vec![new.public()];
    there.said().token = new.token(&said);
    assert!(identified(&oidc).await.is_ok());
    assert_eq!(there.said().discovered, 2);
    // A key that is nowhere: asked for once more, and no more.
    there.said().token = old.token(&said);
    let refused = identified(&oidc).await;
    assert_eq!(refused, Err(ProviderError::Refused(UNKNOWN)));
    assert_eq!(there.said().discovered, 3);
}

#[tokio::test]
async fn the_provider_sees_what_follows_from_the_secret_and_never_the_verifier_first() {
    let key = SigningKey::rsa("1", 1);
    let there = Organisation::open(&[&key]);
    there.said().token = key.token(&claims(&there.issuer, json!({})));
    let oidc = Oidc::new(&settings(&there.issuer)).unwrap();
    let address = oidc.address(&binding()).await.unwrap();
    let (at, asked) = address.split_once('?').unwrap();
    assert_eq!(at, format!("{}/authorize", there.issuer));
    let challenge = BASE64URL_NOPAD.encode(&Sha256::digest(binding().verifier));
    for part in [
        "response_type=code",
        "client_id=tirkeu-desk",
        "scope=openid",
        "redirect_uri=http%3A%2F%2F127.0.0.1%3A8080%2Flogin%2Foidc%2Fcallback",
        "code_challenge_method=S256",
        "prompt=login",
        &format!("code_challenge={challenge}"),
        &format!("state={}", binding().state),
        &format!("nonce={}", binding().nonce),
    ] {
        assert!(asked.split('&').any(|one| one == part), "{part}: {asked}");
    }
    assert!(!asked.contains(&binding().verifier));

    identified(&oidc).await.unwrap();
    let (head, body) = there.said().exchanged.clone();
    let basic = BASE64.encode(b"tirkeu-desk:a+secret%3A+with+%2Bsigns");
    assert!(head.contains(&format!("Basic {basic}\r\n")), "{head}");
    let verifier = format!("code_verifier={}", binding().verifier);
    for part in ["grant_type=authorization_code", "code=a+code", &verifier] {
        assert!(body.split('&').any(|one| one == part), "{part}: {body}");
    }
    // One that takes the secret in the body alone gets it there.
    there.said().otherwise = vec![(
        "token_endpoint_auth_methods_supported",
        json!(["client_secret_post"]),
    )];
    let oidc = Oidc::new(&settings(&there.issuer)).unwrap();
    identified(&oidc).await.unwrap();
    let (head, body) = there.said().exchanged.clone();
    assert!(!head.contains("Basic"), "{head}");
    assert!(body.contains("client_secret=a+secret"), "{body}");
}

#[tokio::test]
async fn a_provider_that_is_not_there_or_is_another_is_silent() {
    let nobody = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let nowhere = format!("http://{}", nobody.local_addr().unwrap());
    drop(nobody);
    let oidc = Oidc::new(&settings(&nowhere)).unwrap();
    let down = ProviderError::Silent("no connection can be made, or no encrypted one");
    assert_eq!(oidc.address(&binding()).await, Err(down));
    assert_eq!(identified(&oidc).await, Err(down));

    let key = SigningKey::rsa("1", 1);
    for (name, value, why) in [
        (
            "issuer",
            "http://127.0.0.1:1",
            "it calls itself by another address than the issuer's",
        ),
        (
            "authorization_endpoint",
            "http://ministry.example/",
            "it names an address without TLS",
        ),
        (
            "authorization_endpoint",
            "https://ministry.example/",
            "it names an address without TLS",
        ),
        (
            "jwks_uri",
            "http://ministry.example/",
            "no connection can be made, or no encrypted one",
        ),
        (
            "issuer",
            "nonsense",
            "what it says of itself cannot be read",
        ),
    ] {
        let there = Organisation::open(&[&key]);
        there.said().otherwise = vec![(name, json!(value))];
        let oidc = Oidc::new(&settings(&there.issuer)).unwrap();
        let answer = oidc.address(&binding()).await;
        assert_eq!(answer, Err(ProviderError::Silent(why)), "{name}");
    }
    // It came, and is heard again as soon as it is.
    let there = Organisation::open(&[&key]);
    there.said().otherwise = vec![("issuer", json!("nonsense"))];
    let oidc = Oidc::new(&settings(&there.issuer)).unwrap();
    assert!(oidc.address(&binding()).await.is_err());
    there.said().otherwise.clear();
    assert!(oidc.address(&binding()).await.is_ok());
}

#[test]
fn neither_provider_nor_desk_is_reached_in_the_clear_off_this_machine() {
    for (issuer, redirect, error) in [
        (
            "https://id.ministry.example",
            "https://desk.ministry.example/x",
            None,
        ),
        ("http://localhost:8090", "http://127.0.0.1:8080/x", None),
        (
            "http://id.ministry.example",
            "http://127.0.0.1:8080/x",
            Some(SettingsError::Issuer),
        ),
        (
            "https://user:geheim@id.example",
            "http://127.0.0.1:8080/x",
            Some(SettingsError::Issuer),
        ),
        (
            "id.ministry.example",
            "http://127.0.0.1:8080/x",
            Some(SettingsError::Issuer),
        ),
        (
            "https://id.ministry.example",
            "http://desk.example/x",
            Some(SettingsError::Redirect),
        ),
    ] {
        let settings = Settings {
            redirect: redirect.to_owned(),
            ..settings(issuer)
        };
        assert_eq!(Oidc::new(&settings).err(), error, "{issuer} {redirect}");
        assert!(!format!("{settings:?}").contains("a secret"));
    }
}
