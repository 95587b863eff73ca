//! Bytes that somebody made to do harm: every prefix, flips of every kind, noise. An outcome, never a panic.

use std::collections::BTreeMap;

use proptest::prelude::*;
use samples::eds::key::KeyKind;
use samples::eds::message::{Encoding, Letter};
use samples::eds::revocation::{Answer, Says};
use signature::outcome::Outcome;
use signature::revocation::Evidence;
use signature::trust::Trust;

use crate::world::{KINDS, World, fresh_list, letter, signed_at};

/// Messages in every shape they come in.
fn messages(world: &World) -> Vec<Vec<u8>> {
    let attached = Letter {
        attached: true,
        ..letter()
    };
    let ber = Letter {
        encoding: Encoding::Ber,
        ..attached.clone()
    };
    let letters = [letter(), attached, ber];
    letters
        .iter()
        .map(|letter| letter.sign(&[&world.applicant]))
        .collect()
}

/// The outcome in one word.
fn word(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Valid(_) => "valid".into(),
        Outcome::Unsupported { what } => format!("unsupported {what:?}"),
        Outcome::RevocationUnknown { gap, .. } => format!("revocation unknown {gap:?}"),
        Outcome::Invalid { fault } => format!("invalid {fault:?}"),
    }
}

#[test]
fn no_prefix_of_a_message_is_a_message() {
    for kind in KINDS {
        let world = World::of(kind);
        let (trust, evidence) = (world.trust(), world.evidence());
        for message in messages(world) {
            for length in 0..message.len() {
                let outcome =
                    world.verify_as(&message[..length], crate::world::CONTENT, &trust, &evidence);
                let refused = word(&outcome);
                assert_eq!(refused, "invalid Malformed { part: Message }", "{length}");
            }
        }
    }
}

/// A flip is refused, or it changed nothing that was signed: then the signer is the same to the last byte.
#[test]
fn no_flipped_bit_makes_another_signature() {
    for kind in KINDS {
        let world = World::of(kind);
        let (trust, evidence) = (world.trust(), world.evidence());
        let mut seen: BTreeMap<String, u32> = BTreeMap::new();
        // GOST takes its time: one shape is enough.
        let shapes = if kind == KeyKind::Gost { 1 } else { 3 };
        for message in messages(world).into_iter().take(shapes) {
            let honest = world.verify_as(&message, crate::world::CONTENT, &trust, &evidence);
            for at in 0..message.len() {
                // Every byte, one bit of it, another each time.
                let mut flipped = message.clone();
                flipped[at] ^= 1 << (at % 8);
                let outcome = world.verify_as(&flipped, crate::world::CONTENT, &trust, &evidence);
                if matches!(outcome, Outcome::Valid(_)) {
                    assert_eq!(outcome, honest, "{at}");
                }
                *seen.entry(word(&outcome)).or_default() += 1;
            }
        }
        println!("{kind:?}: {seen:#?}");
        let valid = seen.get("valid").copied().unwrap_or_default();
        let all: u32 = seen.values().sum();
        assert!(valid * 50 < all, "{valid} of {all} flips went unnoticed");
    }
}

#[test]
fn no_prefix_and_no_flip_of_evidence_is_evidence() {
    let world = World::of(KeyKind::Gost);
    let trust = world.trust();
    let answer = Answer {
        nonce: Some(vec![7; 16]),
        says: Says::Good,
        this_update: signed_at(),
        next_update: None,
    };
    let answer = answer.sign(&world.applicant, &world.authority, None);
    let list = fresh_list().sign(&world.authority);
    let taken = |bytes: &[u8]| {
        let mut evidence = Evidence::new();
        let as_list = evidence.add_list(bytes, &trust);
        as_list.is_ok() || evidence.add_answer(bytes, None, &trust).is_ok()
    };
    for honest in [&answer, &list] {
        assert!(taken(honest));
        for length in 0..honest.len() {
            assert!(!taken(&honest[..length]), "{length}");
        }
        for at in 0..honest.len() {
            let mut flipped = honest.clone();
            flipped[at] ^= 1 << (at % 8);
            assert!(!taken(&flipped), "{at}");
        }
    }
}

#[test]
fn large_and_deep_input_is_refused_at_once() {
    let world = World::of(KeyKind::Gost);
    let deep: Vec<u8> = [0x30, 0x80].repeat(500_000);
    let zeros = vec![0; 50_000_000];
    let mut long = vec![0x30, 0x84, 0xff, 0xff, 0xff, 0xff];
    long.resize(1_000_000, 0x30);
    let begin = std::time::Instant::now();
    for message in [deep, zeros, long] {
        assert!(matches!(world.verify(&message), Outcome::Invalid { .. }));
    }
    // Mostly the making of the evidence; the bytes themselves take milliseconds.
    assert!(begin.elapsed().as_secs() < 20);
}

proptest! {
    // 256 each; PROPTEST_CASES for more.
    #[test]
    fn noise_is_refused(noise in proptest::collection::vec(any::<u8>(), 0..400)) {
        let world = World::of(KeyKind::Gost);
        let outcome = world.verify_as(&noise, b"x", &Trust::new(), &Evidence::new());
        let refused = matches!(outcome, Outcome::Invalid { .. } | Outcome::Unsupported { .. });
        prop_assert!(refused);
    }

    /// A piece of a message cut out, doubled, or replaced by another piece or by noise.
    #[test]
    fn mangled_messages_are_refused_or_the_same(
        which in 0..3_usize,
        (from, len, to) in (0..1500_usize, 0..80_usize, 0..1500_usize),
        noise in proptest::collection::vec(any::<u8>(), 0..8),
        way in 0..4_u8,
    ) {
        let world = World::of(KeyKind::Rsa);
        let honest = MESSAGES.with(|messages| messages[which].clone());
        let (from, to) = (from.min(honest.len()), to.min(honest.len()));
        let piece = honest[from..(from + len).min(honest.len())].to_vec();
        let mut mangled = honest.clone();
        match way {
            0 => drop(mangled.drain(from..from + piece.len())),
            1 => drop(mangled.splice(to..to, piece)),
            2 => {
                let end = (to + piece.len()).min(honest.len());
                drop(mangled.splice(to..end, piece));
            }
            _ => {
                let end = (to + noise.len()).min(honest.len());
                drop(mangled.splice(to..end, noise));
            }
        }
        let outcome = TRUSTED.with(|(trust, evidence)| {
            world.verify_as(&mangled, crate::world::CONTENT, trust, evidence)
        });
        if mangled != honest && let Outcome::Valid(signer) = outcome {
            prop_assert_eq!(signer.iin.reveal(), &world.person.iin);
        }
    }
}

thread_local! {
    static MESSAGES: Vec<Vec<u8>> = messages(World::of(KeyKind::Rsa));
    static TRUSTED: (Trust, Evidence) = {
        let world = World::of(KeyKind::Rsa);
        (world.trust(), world.evidence())
    };
}
