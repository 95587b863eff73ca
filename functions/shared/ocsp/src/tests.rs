//! Debian's `openssl ocsp` answers for an invented authority; then nobody does.

use std::fs;
use std::io::Write as _;
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use casework::iin::IinDigits;
use data_encoding::{BASE64_MIME, HEXUPPER};
use jiff::{Timestamp, ToSpan as _};
use rsa::pkcs1::EncodeRsaPrivateKey as _;
use samples::chance::Chance;
use samples::eds::authority::Holder;
use samples::eds::key::{Key, KeyKind};
use samples::eds::message::Letter;
use samples::eds::shape::{Shape, later};
use samples::person::Person;
use signature::outcome::{Fault, Outcome};
use signature::revocation::{Evidence, Responder as _};
use signature::trust::Trust;
use signature::{Submission, revocation_question, verify};

use super::*;

const CONTENT: &[u8] = b"an application";
const NONCE: [u8; 32] = [9; 32];
/// Tries while the responder starts.
const TRIES_MAX: u32 = 100;

#[expect(
    clippy::disallowed_methods,
    reason = "the responder's clock is the machine's"
)]
fn now() -> Timestamp {
    Timestamp::now()
}

struct Served(Child);

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A free port of this machine.
fn port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    listener.local_addr().unwrap().port()
}

fn pem(path: &Path, label: &str, der: &[u8]) {
    let text = BASE64_MIME.encode(der);
    let text = text.trim_end();
    fs::write(
        path,
        format!("-----BEGIN {label}-----\n{text}\n-----END {label}-----\n"),
    )
    .unwrap();
}

/// A responder that knows this certificate of the authority as its list's line says.
fn serve(dir: &Path, authority: &Holder, line: &str, port: u16) -> Served {
    let (index, key, certificate) = (dir.join("index"), dir.join("key"), dir.join("certificate"));
    let Key::Rsa(secret) = &authority.key else {
        panic!("openssl has no other keys");
    };
    pem(
        &key,
        "RSA PRIVATE KEY",
        secret.to_pkcs1_der().unwrap().as_bytes(),
    );
    pem(&certificate, "CERTIFICATE", &authority.certificate);
    let mut file = fs::File::create(&index).unwrap();
    writeln!(file, "{line}").unwrap();
    let child = Command::new("openssl")
        .args(["ocsp", "-port", &port.to_string(), "-ndays", "1", "-index"])
        .arg(&index)
        .arg("-rsigner")
        .arg(&certificate)
        .arg("-rkey")
        .arg(&key)
        .arg("-CA")
        .arg(&certificate)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    Served(child)
}

#[test]
fn a_responder_says_who_was_revoked_and_its_word_decides() {
    let at = now();
    let shape = Shape::authority("ОЙДАН ШЫҒАРЫЛҒАН ЖАУАПШЫ (TEST)", later(at, -90));
    let authority = Holder::root(&shape, Key::invent(KeyKind::Rsa, 21));
    let person = Person::invent(&mut Chance::new(21, "ocsp"));
    let shape = Shape::person(&person, later(at, -30));
    let holder = authority.issue(&shape, Key::invent(KeyKind::Gost, 22));
    let mut trust = Trust::new();
    trust.add_root(&authority.certificate).unwrap();
    let message = Letter::of(CONTENT, at - 1.seconds()).sign(&[&holder]);
    let submission = Submission {
        message: &message,
        content: CONTENT,
        applicant: IinDigits::of(&person.iin).unwrap(),
        received_at: at,
    };
    let question = revocation_question(&submission, &trust, &NONCE).unwrap();
    let day = |at: Timestamp| at.strftime("%y%m%d%H%M%SZ").to_string();
    let (until, yesterday) = (day(later(at, 300)), day(later(at, -1)));
    let serial = HEXUPPER.encode(&holder.serial);
    for (line, revoked) in [
        (format!("V\t{until}\t\t{serial}\tunknown\t/CN=x"), false),
        (
            format!("R\t{until}\t{yesterday}\t{serial}\tunknown\t/CN=x"),
            true,
        ),
    ] {
        let (dir, port) = (tempfile::tempdir().unwrap(), port());
        let _served = serve(dir.path(), &authority, &line, port);
        let ocsp = Ocsp::at(&format!("http://127.0.0.1:{port}/")).unwrap();
        let answer = (0..TRIES_MAX).find_map(|_| {
            let answer = ocsp.answer(&question);
            if answer.is_none() {
                sleep(Duration::from_millis(50));
            }
            answer
        });
        let mut evidence = Evidence::new();
        evidence
            .add_answer(&answer.unwrap(), Some(&NONCE), &trust)
            .unwrap();
        let outcome = verify(&submission, &trust, &evidence);
        let found = match outcome {
            Outcome::Valid(_) => Some(false),
            Outcome::Invalid {
                fault: Fault::Revoked { .. },
            } => Some(true),
            Outcome::Invalid { .. }
            | Outcome::Unsupported { .. }
            | Outcome::RevocationUnknown { .. } => None,
        };
        assert_eq!(found, Some(revoked), "{line}: {outcome:?}");
    }
}

#[test]
fn who_is_not_there_or_says_nothing_has_not_answered() {
    let nobody = Ocsp::at(&format!("http://127.0.0.1:{}/", port())).unwrap();
    assert_eq!(nobody.answer(b"?"), None);
    // Takes the question, and never says a word.
    let silent = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let at = silent.local_addr().unwrap();
    let began = Instant::now();
    let ocsp = Ocsp::at(&format!("http://{at}/")).unwrap();
    assert_eq!(ocsp.answer(b"?"), None);
    assert!(began.elapsed() < TIME_MAX * 2, "{:?}", began.elapsed());
    assert!(Ocsp::at("https://ocsp.example/").is_none());
}
