//! A provider on this machine: real HTTP, real keys, and it says what a test has it say.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread;

use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::Signer as _;
use p256::ecdsa::Signature;
use rsa::traits::PublicKeyParts as _;
use samples::eds::key::{Key, KeyKind};
use serde_json::{Value, json};

/// What it says, and what it was asked.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// Its keys, as they are now.
    pub(super) keys: Vec<Value>,
    /// What it gives for a code.
    pub(super) token: String,
    /// What it says of itself otherwise than it should.
    pub(super) otherwise: Vec<(&'static str, Value)>,
    /// How often it was asked what it is.
    pub(super) discovered: usize,
    /// Head and body of the last question what a code stands for.
    pub(super) exchanged: (String, String),
}

/// The provider; its thread ends with the test's process.
#[derive(Debug)]
pub(super) struct Organisation {
    pub(super) issuer: String,
    said: Arc<Mutex<Said>>,
}

impl Organisation {
    pub(super) fn open(keys: &[&SigningKey]) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let said = Arc::new(Mutex::new(Said {
            keys: keys.iter().map(|key| key.public()).collect(),
            ..Said::default()
        }));
        let (own, saying) = (issuer.clone(), Arc::clone(&said));
        thread::spawn(move || {
            for stream in listener.incoming() {
                answer(stream.unwrap(), &own, &mut saying.lock().unwrap());
            }
        });
        Self { issuer, said }
    }

    pub(super) fn said(&self) -> MutexGuard<'_, Said> {
        self.said.lock().unwrap()
    }
}

fn answer(stream: TcpStream, issuer: &str, said: &mut Said) {
    let mut reader = BufReader::new(stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        assert!(reader.read_line(&mut head).unwrap() > 0, "{head}");
    }
    let length = head.to_ascii_lowercase();
    let length = length.split("content-length: ").nth(1);
    let length = length.map_or(0, |rest| rest.lines().next().unwrap().parse().unwrap());
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    let answer = match head.split(' ').nth(1).unwrap() {
        "/.well-known/openid-configuration" => {
            said.discovered += 1;
            of_itself(issuer, said)
        }
        "/keys" => json!({ "keys": said.keys }),
        "/token" => {
            said.exchanged = (head.clone(), String::from_utf8(body).unwrap());
            json!({ "access_token": "a", "token_type": "Bearer", "id_token": said.token })
        }
        other => panic!("{other} is asked of nobody"),
    };
    let answer = answer.to_string();
    let length = answer.len();
    let head = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: application/json\r\n";
    let mut stream = reader.into_inner();
    write!(stream, "{head}Content-Length: {length}\r\n\r\n{answer}").unwrap();
}

fn of_itself(issuer: &str, said: &Said) -> Value {
    let mut metadata = json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/keys"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
    });
    for (name, value) in &said.otherwise {
        metadata[*name] = value.clone();
    }
    metadata
}

/// A key that tokens are signed with, and its name.
#[derive(Debug)]
pub(super) enum SigningKey {
    Rsa(&'static str, Key),
    Ec(&'static str, p256::ecdsa::SigningKey),
    Ed(&'static str, ed25519_dalek::SigningKey),
}

impl SigningKey {
    pub(super) fn rsa(kid: &'static str, seed: u64) -> Self {
        Self::Rsa(kid, Key::invent(KeyKind::Rsa, seed))
    }

    pub(super) fn ec(kid: &'static str) -> Self {
        Self::Ec(kid, p256::ecdsa::SigningKey::from_slice(&[7; 32]).unwrap())
    }

    pub(super) fn ed(kid: &'static str) -> Self {
        Self::Ed(kid, ed25519_dalek::SigningKey::from_bytes(&[7; 32]))
    }

    /// As a provider shows it (RFC 7517).
    pub(super) fn public(&self) -> Value {
        let text = |bytes: &[u8]| BASE64URL_NOPAD.encode(bytes);
        match self {
            Self::Rsa(kid, Key::Rsa(key)) => json!({
                "kty": "RSA", "use": "sig", "alg": "RS256", "kid": kid,
                "n": text(&key.n_bytes()), "e": text(&key.e_bytes()),
            }),
            Self::Rsa(_, Key::Gost(_)) => panic!("no provider has such a key"),
            Self::Ec(kid, key) => {
                let point = key.verifying_key().to_sec1_point(false);
                let (x, y) = (point.x().unwrap(), point.y().unwrap());
                json!({
                    "kty": "EC", "use": "sig", "alg": "ES256", "kid": kid, "crv": "P-256",
                    "x": text(x), "y": text(y),
                })
            }
            Self::Ed(kid, key) => json!({
                "kty": "OKP", "use": "sig", "alg": "EdDSA", "kid": kid, "crv": "Ed25519",
                "x": text(key.verifying_key().as_bytes()),
            }),
        }
    }

    /// A token that says this, signed.
    pub(super) fn token(&self, claims: &Value) -> String {
        let (alg, kid) = match self {
            Self::Rsa(kid, _) => ("RS256", kid),
            Self::Ec(kid, _) => ("ES256", kid),
            Self::Ed(kid, _) => ("EdDSA", kid),
        };
        token(
            &json!({ "alg": alg, "kid": kid }),
            claims,
            |signed| match self {
                Self::Rsa(_, key) => key.sign(signed),
                Self::Ec(_, key) => {
                    let signature: Signature = key.sign(signed);
                    signature.to_bytes().to_vec()
                }
                Self::Ed(_, key) => key.sign(signed).to_bytes().to_vec(),
            },
        )
    }
}

/// A token with this head (RFC 7515 §7.1).
pub(super) fn token(head: &Value, claims: &Value, sign: impl Fn(&[u8]) -> Vec<u8>) -> String {
    let part = |value: &Value| BASE64URL_NOPAD.encode(value.to_string().as_bytes());
    let signed = format!("{}.{}", part(head), part(claims));
    let signature = BASE64URL_NOPAD.encode(&sign(signed.as_bytes()));
    format!("{signed}.{signature}")
}
