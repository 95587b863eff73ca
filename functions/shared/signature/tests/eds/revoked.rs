//! Revocation: lists and answers, fresh and stale, entitled and not.

use jiff::ToSpan;
use samples::eds::authority::Holder;
use samples::eds::key::{Key, KeyKind};
use samples::eds::revocation::{Answer, RevocationList, Says, delta_of, reason, try_later};
use samples::eds::shape::{ANSWERING, Shape, later};
use signature::outcome::{Fault, Holder as Whose, Outcome, RevocationGap};
use signature::revocation::{Evidence, EvidenceError};
use signature::revocation_question;

use crate::world::{
    CONTENT, KINDS, World, fresh_list, invalid, issued_at, letter, received_at, signed_at,
};

/// What the outcome is in one word.
#[derive(Debug, PartialEq, Eq)]
enum End {
    Valid,
    Revoked(Whose),
    Unknown(RevocationGap),
}

fn end(world: &World, evidence: &Evidence) -> End {
    let message = letter().sign(&[&world.applicant]);
    match world.verify_as(&message, CONTENT, &world.trust(), evidence) {
        Outcome::Valid(_) => End::Valid,
        Outcome::RevocationUnknown { gap, .. } => End::Unknown(gap),
        Outcome::Invalid {
            fault: Fault::Revoked { holder, .. },
        } => End::Revoked(holder),
        other @ (Outcome::Invalid { .. } | Outcome::Unsupported { .. }) => panic!("{other:?}"),
    }
}

/// The root's fresh list, and the authority's as given.
fn with_lists(world: &World, lists: &[RevocationList]) -> Evidence {
    let mut evidence = Evidence::new();
    evidence
        .add_list(&fresh_list().sign(&world.root), &world.trust())
        .unwrap();
    for list in lists {
        evidence
            .add_list(&list.sign(&world.authority), &world.trust())
            .unwrap();
    }
    evidence
}

fn revoking(world: &World, since: jiff::Timestamp, extensions: Vec<u8>) -> RevocationList {
    let mut list = fresh_list();
    let others = (0..50).map(|n| (vec![n, 1, 2], since, Vec::new()));
    list.entries = others.collect();
    list.entries
        .push((world.applicant.serial.clone(), since, extensions));
    list
}

const REVOKED: End = End::Revoked(Whose::Signer);
const STALE: End = End::Unknown(RevocationGap::Stale);
const NO_EVIDENCE: End = End::Unknown(RevocationGap::NoEvidence);

fn check(table: impl Fn(&World) -> Vec<(Vec<RevocationList>, End)>) {
    for kind in KINDS {
        let world = World::of(kind);
        for (at, (lists, expected)) in table(world).into_iter().enumerate() {
            let end = end(world, &with_lists(world, &lists));
            assert_eq!(end, expected, "{kind:?}, row {at}");
        }
    }
}

#[test]
fn lists_say_who_is_revoked_and_since_when() {
    check(|world| {
        let of = |since| vec![revoking(world, since, vec![])];
        vec![
            (vec![fresh_list()], End::Valid),
            (of(received_at() - 1.hour()), REVOKED),
            (of(received_at()), REVOKED),
            (of(received_at() + 1.second()), End::Valid),
        ]
    });
}

/// A number whose first bit is set has a zero before it, in the certificate and on the list.
#[test]
fn a_serial_number_is_the_same_on_the_list() {
    for serial in [vec![0xff; 20], vec![0x80], vec![1], vec![0x7f, 0]] {
        let world = World::of(KeyKind::Rsa);
        let holder = world.applicant_with(|shape| shape.serial = Some(serial.clone()));
        let mut list = fresh_list();
        let since = later(signed_at(), -1);
        list.entries = vec![(serial, since, vec![])];
        let message = letter().sign(&[&holder]);
        let evidence = with_lists(world, &[list]);
        let outcome = world.verify_as(&message, CONTENT, &world.trust(), &evidence);
        let holder = Whose::Signer;
        assert_eq!(outcome, invalid(Fault::Revoked { holder, since }));
    }
}

#[test]
fn a_list_holds_until_the_next_one() {
    check(|_| {
        let until = |next_update| RevocationList {
            this_update: later(signed_at(), -3),
            next_update,
            ..fresh_list()
        };
        let undated = RevocationList {
            next_update: None,
            ..fresh_list()
        };
        vec![
            (vec![until(Some(received_at()))], End::Valid),
            (vec![until(Some(received_at() - 1.second()))], STALE),
            (vec![until(None)], STALE),
            (vec![undated], End::Valid),
            (vec![], NO_EVIDENCE),
        ]
    });
}

#[test]
fn a_delta_revokes_and_its_silence_says_nothing() {
    check(|world| {
        let delta = |list: RevocationList| RevocationList {
            extensions: vec![delta_of(1)],
            ..list
        };
        let before = received_at() - 1.hour();
        let full = RevocationList {
            this_update: later(signed_at(), -1),
            ..fresh_list()
        };
        let revoked = delta(revoking(world, before, vec![]));
        let taken_back = delta(revoking(world, before, reason(8)));
        vec![
            (vec![delta(fresh_list())], NO_EVIDENCE),
            (vec![full.clone(), delta(fresh_list())], End::Valid),
            (vec![full, revoked], REVOKED),
            (vec![taken_back], NO_EVIDENCE),
        ]
    });
}

#[test]
fn a_hold_lasts_until_a_newer_list_ends_it() {
    check(|world| {
        let mut held = revoking(world, received_at() - 1.hour(), reason(6));
        held.this_update = later(signed_at(), -2);
        vec![
            (vec![held.clone()], REVOKED),
            (vec![held, fresh_list()], End::Valid),
        ]
    });
}

#[test]
fn an_authority_can_be_revoked_too() {
    let world = World::of(KeyKind::Gost);
    let mut list = fresh_list();
    list.entries = vec![(
        world.authority.serial.clone(),
        later(signed_at(), -1),
        vec![],
    )];
    let mut evidence = Evidence::new();
    evidence
        .add_list(&list.sign(&world.root), &world.trust())
        .unwrap();
    assert_eq!(end(world, &evidence), End::Revoked(Whose::Authority));
    // Nothing is known of the authority: the signer's good list is not enough.
    let mut evidence = Evidence::new();
    evidence
        .add_list(&fresh_list().sign(&world.authority), &world.trust())
        .unwrap();
    assert_eq!(
        end(world, &evidence),
        End::Unknown(RevocationGap::NoEvidence)
    );
}

fn responder(world: &World, change: impl FnOnce(&mut Shape)) -> Holder {
    let mut shape = Shape::authority("OCSP (TEST)", issued_at());
    (shape.authority, shape.key_usage, shape.purposes) = (None, 0x80, vec![ANSWERING]);
    change(&mut shape);
    world
        .authority
        .issue(&shape, Key::invent(world.applicant.key.kind(), 9))
}

fn answer(says: Says) -> Answer {
    Answer {
        nonce: None,
        says,
        this_update: signed_at(),
        next_update: None,
    }
}

#[test]
fn answers_say_whether_it_is_revoked() {
    for kind in KINDS {
        let world = World::of(kind);
        let since = signed_at() - 1.hour();
        let responder = responder(world, |_| {});
        for by in [None, Some(&responder)] {
            for (says, expected) in [
                (Says::Good, End::Valid),
                (Says::Revoked(since), End::Revoked(Whose::Signer)),
                (Says::Revoked(received_at() + 1.second()), End::Valid),
                (
                    Says::Unknown,
                    End::Unknown(RevocationGap::UnknownToResponder),
                ),
            ] {
                let mut evidence = with_lists(world, &[]);
                let answer = answer(says).sign(&world.applicant, &world.authority, by);
                evidence.add_answer(&answer, None, &world.trust()).unwrap();
                assert_eq!(end(world, &evidence), expected, "{kind:?}, {says:?}");
            }
        }
    }
}

#[test]
fn an_answer_about_somebody_else_says_nothing() {
    let world = World::of(KeyKind::Gost);
    let (_, other) = world.other();
    let mut evidence = with_lists(world, &[]);
    let about_other = answer(Says::Good).sign(&other, &world.authority, None);
    evidence
        .add_answer(&about_other, None, &world.trust())
        .unwrap();
    assert_eq!(
        end(world, &evidence),
        End::Unknown(RevocationGap::NoEvidence)
    );
    let old = Answer {
        this_update: later(signed_at(), -2),
        ..answer(Says::Good)
    };
    let old = old.sign(&world.applicant, &world.authority, None);
    evidence.add_answer(&old, None, &world.trust()).unwrap();
    assert_eq!(end(world, &evidence), End::Unknown(RevocationGap::Stale));
}

type Change = fn(&mut Shape);

#[test]
fn evidence_of_those_not_entitled_is_refused() {
    let world = World::of(KeyKind::Gost);
    let (_, person) = world.other();
    let trust = world.trust();
    let mut evidence = Evidence::new();
    let untrusted = Err(EvidenceError::Untrusted);
    assert_eq!(
        evidence.add_list(&fresh_list().sign(&person), &trust),
        untrusted
    );
    let renamed = Holder {
        name: world.authority.name.clone(),
        ..person.clone()
    };
    assert_eq!(
        evidence.add_list(&fresh_list().sign(&renamed), &trust),
        untrusted
    );
    let good = answer(Says::Good);
    let unfit: [(&str, Change); 3] = [
        ("not for answering", |s| s.purposes = vec![]),
        ("expired", |s| s.until = signed_at() - 1.second()),
        ("unknown condition", |s| {
            s.further.push(("1.2.3.4", true, vec![5, 0]));
        }),
    ];
    for (name, change) in unfit {
        let responder = responder(world, change);
        let answer = good.sign(&world.applicant, &world.authority, Some(&responder));
        assert_eq!(
            evidence.add_answer(&answer, None, &trust),
            untrusted,
            "{name}"
        );
    }
    let by_person = good.sign(&world.applicant, &world.authority, Some(&person));
    assert_eq!(evidence.add_answer(&by_person, None, &trust), untrusted);
}

#[test]
fn what_is_no_evidence_is_told_apart() {
    let world = World::of(KeyKind::Gost);
    let trust = world.trust();
    let mut evidence = Evidence::new();
    let mut odd = fresh_list();
    odd.extensions = vec![samples::eds::shape::extension("1.2.3.4", true, &[5, 0])];
    let unsupported = Err(EvidenceError::Unsupported);
    assert_eq!(
        evidence.add_list(&odd.sign(&world.authority), &trust),
        unsupported
    );
    assert_eq!(
        evidence.add_list(b"", &trust),
        Err(EvidenceError::Malformed)
    );
    assert_eq!(
        evidence.add_answer(b"", None, &trust),
        Err(EvidenceError::Malformed)
    );
    assert_eq!(
        evidence.add_answer(&try_later(), None, &trust),
        Err(EvidenceError::Malformed)
    );
    let long = vec![0x30; 256 * 1024 + 1];
    assert_eq!(
        evidence.add_answer(&long, None, &trust),
        Err(EvidenceError::TooLarge)
    );
}

#[test]
fn an_answer_belongs_to_its_question() {
    let world = World::of(KeyKind::Gost);
    let (trust, nonce) = (world.trust(), [7; 16]);
    let message = letter().sign(&[&world.applicant]);
    let submission = world.submission(&message, CONTENT);
    let question = revocation_question(&submission, &trust, &nonce).unwrap();
    let with = |nonce: Option<&[u8]>| Answer {
        nonce: nonce.map(<[u8]>::to_vec),
        ..answer(Says::Good)
    };
    // The question names the certificate as the answer does, and carries the nonce.
    let named = samples::eds::revocation::certificate_named(&world.applicant, &world.authority);
    for part in [&named[..], &nonce] {
        assert!(question.windows(part.len()).any(|window| window == part));
    }
    for (asked, repeated, expected) in [
        (Some(&nonce[..]), Some(&nonce[..]), Ok(())),
        (Some(&nonce), None, Ok(())),
        (None, Some(&nonce), Ok(())),
        (
            Some(&nonce),
            Some(&[8; 16]),
            Err(EvidenceError::OtherQuestion),
        ),
        (Some(&nonce), Some(&[]), Err(EvidenceError::OtherQuestion)),
    ] {
        let answer = with(repeated).sign(&world.applicant, &world.authority, None);
        let mut evidence = Evidence::new();
        assert_eq!(evidence.add_answer(&answer, asked, &trust), expected);
    }
    let (_, other) = world.other();
    let message = letter().sign(&[&other]);
    let submission = world.submission(&message, CONTENT);
    assert_eq!(revocation_question(&submission, &trust, &nonce), None);
}
