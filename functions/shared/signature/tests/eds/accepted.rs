//! What is accepted: both kinds of key, both encodings, attached and detached.

use base64ct::{Base64, Encoding as _};
use samples::eds::authority::Holder;
use samples::eds::key::{Key, KeyKind};
use samples::eds::message::{Encoding, Letter, certificate_id};
use samples::eds::shape::Shape;
use sha2::{Digest, Sha256};
use signature::outcome::{Outcome, RevocationGap, Scheme};
use signature::revocation::Evidence;
use signature::trust::{Trust, TrustError};

use crate::world::{CONTENT, KINDS, World, letter, letter_with, signed_at};

#[test]
fn the_applicants_signature_is_valid_however_it_is_written() {
    for kind in KINDS {
        let world = World::of(kind);
        let meant = certificate_id(&Sha256::digest(&world.applicant.certificate));
        for (name, letter) in [
            ("detached", letter()),
            ("attached", letter_with(|l| l.attached = true)),
            ("BER", letter_with(|l| l.encoding = Encoding::Ber)),
            (
                "BER, attached",
                letter_with(|l| (l.encoding, l.attached) = (Encoding::Ber, true)),
            ),
            ("without a time", letter_with(|l| l.signed_at = None)),
            (
                "naming the certificate",
                letter_with(|l| l.certificate_id = Some(meant)),
            ),
        ] {
            let Outcome::Valid(signer) = world.verify(&letter.sign(&[&world.applicant])) else {
                panic!("{kind:?}, {name}");
            };
            assert_eq!(signer.iin.reveal(), &world.person.iin);
            assert_eq!(signer.signed_at, letter.signed_at);
            let scheme = match kind {
                KeyKind::Rsa => Scheme::RsaSha256,
                KeyKind::Gost => Scheme::GostStreebog512,
            };
            assert_eq!(signer.scheme, scheme);
        }
    }
}

#[test]
fn of_several_signers_the_applicant_counts() {
    for kind in KINDS {
        let world = World::of(kind);
        let (other, by_other) = world.other();
        let both = letter().sign(&[&by_other, &world.applicant]);
        let Outcome::Valid(signer) = world.verify(&both) else {
            panic!("{kind:?}");
        };
        assert_ne!(signer.iin.reveal(), &other.iin);
    }
}

#[test]
fn a_long_content_in_pieces_is_put_together() {
    let content = vec![b'x'; 100_000];
    let world = World::of(KeyKind::Gost);
    let letter = Letter {
        encoding: Encoding::Ber,
        attached: true,
        ..Letter::of(&content, signed_at())
    };
    let message = letter.sign(&[&world.applicant]);
    let outcome = world.verify_as(&message, &content, &world.trust(), &world.evidence());
    assert!(matches!(outcome, Outcome::Valid(_)), "{outcome:?}");
}

#[test]
fn an_authority_can_be_trusted_without_its_root() {
    let world = World::of(KeyKind::Gost);
    let mut trust = Trust::new();
    trust.add_root(&world.authority.certificate).unwrap();
    let message = letter().sign(&[&world.applicant]);
    let outcome = world.verify_as(&message, CONTENT, &trust, &world.evidence());
    assert!(matches!(outcome, Outcome::Valid(_)), "{outcome:?}");
}

#[test]
fn an_authority_is_configured_in_der_or_pem() {
    let world = World::of(KeyKind::Gost);
    let der = &world.root.certificate;
    let digits = Base64::encode_string(der);
    let lines: Vec<_> = digits.as_bytes().chunks(64).collect();
    let lines = String::from_utf8(lines.join(&b'\n')).unwrap();
    let pem = format!("-----BEGIN CERTIFICATE-----\n{lines}\n-----END CERTIFICATE-----\n");
    let short = Shape::authority("ҚЫСҚА (TEST)", signed_at());
    let short = Holder::root(&short, Key::invent_rsa(1024, 3));
    let none = Err(TrustError::NotACertificate);
    for (name, bytes, expected) in [
        ("DER", &der[..], Ok(())),
        ("PEM", pem.as_bytes(), Ok(())),
        ("cut PEM", &pem.as_bytes()[..200], none),
        ("cut DER", &der[..200], none),
        ("nothing", b"", none),
        ("a short key", &short.certificate, Err(TrustError::Key)),
    ] {
        let mut trust = Trust::new();
        assert_eq!(trust.add_root(bytes), expected, "{name}");
        assert_eq!(trust.add_authority(bytes), expected, "{name}");
    }
}

#[test]
fn without_evidence_revocation_is_unknown() {
    for kind in KINDS {
        let world = World::of(kind);
        let message = letter().sign(&[&world.applicant]);
        let outcome = world.verify_as(&message, CONTENT, &world.trust(), &Evidence::new());
        let Outcome::RevocationUnknown { gap, .. } = outcome else {
            panic!("{outcome:?}");
        };
        assert_eq!(gap, RevocationGap::NoEvidence);
    }
}

#[test]
fn an_outcome_shows_nobody_in_a_log() {
    let world = World::of(KeyKind::Rsa);
    let outcome = world.verify(&letter().sign(&[&world.applicant]));
    let shown = format!("{outcome:?}");
    assert!(shown.contains("RsaSha256"), "{shown}");
    for secret in [&world.person.iin, &world.person.surname] {
        assert!(!shown.contains(secret.as_str()));
    }
    let stored = serde_json::to_string(&outcome).unwrap();
    assert_eq!(serde_json::from_str::<Outcome>(&stored).unwrap(), outcome);
}
