//! A forged or unfit signature of each kind, and the outcome of each.

use jiff::{Timestamp, ToSpan};
use samples::eds::authority::Holder;
use samples::eds::der::{context, octets, oid, sequence};
use samples::eds::key::{Key, KeyKind};
use samples::eds::message::{Letter, certificate_id};
use samples::eds::shape::Shape;
use signature::outcome::{Fault, Outcome, Part, Unsupported};

use crate::world::{CONTENT, KINDS, World, invalid, issued_at, letter, letter_with, signed_at};

fn malformed(part: Part) -> Outcome {
    invalid(Fault::Malformed { part })
}

#[test]
fn a_message_about_other_content_is_refused() {
    for kind in KINDS {
        let world = World::of(kind);
        let other = Letter::of(b"{\"kind\":\"permanent\"}", signed_at());
        let attached = Letter {
            attached: true,
            ..other.clone()
        };
        let another = Some(certificate_id(&[7; 32]));
        let digested_data = "1.2.840.113549.1.7.5";
        for (letter, fault) in [
            (other, Fault::DigestDiffers),
            (attached, Fault::ContentDiffers),
            (
                letter_with(|l| l.with_attributes = false),
                Fault::AttributesWrong,
            ),
            (
                letter_with(|l| l.content_type = digested_data),
                Fault::AttributesWrong,
            ),
            (
                letter_with(|l| l.with_certificates = false),
                Fault::CertificateMissing,
            ),
            (
                letter_with(|l| l.certificate_id = another),
                Fault::CertificateSubstituted,
            ),
        ] {
            let message = letter.sign(&[&world.applicant]);
            assert_eq!(world.verify(&message), invalid(fault), "{kind:?}");
        }
        assert_eq!(
            world.verify(&letter().sign(&[])),
            invalid(Fault::SignerCount)
        );
        let nine = [&world.applicant; 9];
        assert_eq!(
            world.verify(&letter().sign(&nine)),
            invalid(Fault::SignerCount)
        );
    }
}

#[test]
fn a_signature_of_another_key_or_person_is_refused() {
    for kind in KINDS {
        let world = World::of(kind);
        let (person, other) = world.other();
        let stolen = Holder {
            key: other.key.clone(),
            ..world.applicant.clone()
        };
        assert_eq!(
            world.verify(&letter().sign(&[&stolen])),
            invalid(Fault::SignatureWrong)
        );
        let signer = person.iin.into();
        assert_eq!(
            world.verify(&letter().sign(&[&other])),
            invalid(Fault::OtherPerson { signer })
        );
        // A key of the other kind than the certificate's.
        let mixed = World::of(if kind == KeyKind::Rsa {
            KeyKind::Gost
        } else {
            KeyKind::Rsa
        });
        let mixed = Holder {
            key: mixed.applicant.key.clone(),
            ..world.applicant.clone()
        };
        assert_eq!(
            world.verify(&letter().sign(&[&mixed])),
            invalid(Fault::SignatureWrong)
        );
    }
}

#[test]
fn the_signing_time_must_be_near_the_receipt() {
    let world = World::of(KeyKind::Gost);
    let of = |signed_at: Timestamp| {
        let letter = Letter {
            signed_at: Some(signed_at),
            ..letter()
        };
        world.verify(&letter.sign(&[&world.applicant]))
    };
    let received_at = crate::world::received_at();
    let (day, ahead) = (24.hours(), 5.minutes());
    for (signed_at, expected) in [
        (received_at - day, true),
        (received_at - day - 1.second(), false),
        (received_at, true),
        (received_at + ahead, true),
        (received_at + ahead + 1.second(), false),
    ] {
        let outcome = of(signed_at);
        assert_eq!(
            matches!(outcome, Outcome::Valid(_)),
            expected,
            "{signed_at}: {outcome:?}"
        );
        assert_eq!(outcome == invalid(Fault::SigningTimeImplausible), !expected);
    }
}

#[test]
fn what_is_no_signed_message_is_told_apart() {
    let world = World::of(KeyKind::Gost);
    let data = sequence(&[oid("1.2.840.113549.1.7.1"), context(0, &octets(CONTENT))]);
    let huge = vec![0x30; CONTENT.len() * 3 + 1024 * 1024 + 1];
    for (name, message, expected) in [
        ("nothing", vec![], malformed(Part::Message)),
        (
            "text",
            b"not a signature".to_vec(),
            malformed(Part::Message),
        ),
        ("no data", sequence(&[]), malformed(Part::Message)),
        (
            "plain data",
            data,
            Outcome::Unsupported {
                what: Unsupported::MessageKind,
            },
        ),
        ("too large", huge, invalid(Fault::TooLarge)),
    ] {
        assert_eq!(world.verify(&message), expected, "{name}");
    }
    let mut broken = world.applicant.clone();
    broken.certificate = sequence(&[octets(&[0; 40])]);
    assert_eq!(
        world.verify(&letter().sign(&[&broken])),
        malformed(Part::Certificate)
    );
}

#[test]
fn old_and_foreign_algorithms_are_told_from_forgeries() {
    let world = World::of(KeyKind::Gost);
    let message = letter().sign(&[&world.applicant]);
    for (name, from, to, what) in [
        (
            "GOST of 2004",
            "1.2.398.3.10.1.1.2.2",
            "1.2.398.3.10.1.1.1.2",
            Unsupported::GostOf2004,
        ),
        (
            "an unknown key",
            "1.2.398.3.10.1.1.2.2",
            "1.2.398.3.10.1.1.3.2",
            Unsupported::Algorithm,
        ),
        (
            "an unknown curve",
            "1.2.398.3.10.1.1.2.2.1",
            "1.2.398.3.10.1.1.2.2.9",
            Unsupported::Curve,
        ),
        (
            "Streebog-256",
            "1.2.398.3.10.1.3.3",
            "1.2.398.3.10.1.3.2",
            Unsupported::Digest,
        ),
    ] {
        let (from, to) = (oid(from), oid(to));
        let changed = replaced(&message, &from, &to);
        assert_eq!(
            world.verify(&changed),
            Outcome::Unsupported { what },
            "{name}"
        );
    }
    let short = rsa_of_1024_bits();
    let outcome = World::of(KeyKind::Rsa).verify(&letter().sign(&[&short]));
    assert_eq!(
        outcome,
        Outcome::Unsupported {
            what: Unsupported::KeyLength
        }
    );
}

/// The applicant with a key that is too short.
fn rsa_of_1024_bits() -> Holder {
    let world = World::of(KeyKind::Rsa);
    let shape = Shape::person(&world.person, issued_at());
    world.authority.issue(&shape, Key::invent_rsa(1024, 3))
}

fn replaced(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let mut bytes = bytes.to_vec();
    let mut at = 0;
    while at + from.len() <= bytes.len() {
        if bytes[at..].starts_with(from) {
            bytes[at..at + to.len()].copy_from_slice(to);
        }
        at += 1;
    }
    bytes
}
