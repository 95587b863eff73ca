//! Certificates that do not carry a signature: out of date, for another purpose, nameless, of a wrong issuer.

use jiff::ToSpan;
use samples::eds::authority::Holder;
use samples::eds::key::{Key, KeyKind};
use samples::eds::shape::{LOGIN, ORGANISATION, PERSON, SIGNING, Shape};
use signature::outcome::{Fault, Holder as Whose, Outcome, Part, Unsupported};
use signature::trust::Trust;

use crate::world::{CONTENT, KINDS, World, invalid, issued_at, letter, signed_at};

/// What is changed about the applicant's certificate, and the outcome.
type Unfit = (fn(&mut Shape), Fault);

fn dates_and_purposes() -> Vec<Unfit> {
    use Fault::{AuthenticationOnly, Expired, NotAPerson, NotForSigning, NotYetValid};
    let holder = Whose::Signer;
    vec![
        (|s| s.until = signed_at() - 1.second(), Expired { holder }),
        (
            |s| s.from = signed_at() + 1.second(),
            NotYetValid { holder },
        ),
        (|s| s.purposes = vec![LOGIN, PERSON], AuthenticationOnly),
        (|s| s.purposes = vec![], NotForSigning),
        (|s| s.purposes = vec![PERSON], NotForSigning),
        // keyEncipherment alone.
        (|s| s.key_usage = 0x20, NotForSigning),
        (|s| s.purposes = vec![SIGNING, ORGANISATION], NotAPerson),
    ]
}

fn names() -> Vec<Unfit> {
    let unnamed: fn(&mut Shape) = |s| s.subject.retain(|(kind, _)| *kind != "2.5.4.5");
    let doubled: fn(&mut Shape) = |s| s.subject.push(("2.5.4.5", "IIN900101300017".to_owned()));
    vec![
        (unnamed, Fault::IinMissing),
        (doubled, Fault::IinMissing),
        (|s| named(s, "BIN900101300017"), Fault::IinMissing),
        (|s| named(s, "IIN90010130001"), Fault::IinMissing),
        (|s| named(s, "IIN9001013000170"), Fault::IinMissing),
        (|s| named(s, "iin900101300017"), Fault::IinMissing),
    ]
}

fn named(shape: &mut Shape, number: &str) {
    for (kind, value) in &mut shape.subject {
        if *kind == "2.5.4.5" {
            number.clone_into(value);
        }
    }
}

#[test]
fn an_unfit_certificate_is_refused() {
    for kind in KINDS {
        let world = World::of(kind);
        for (at, (change, fault)) in dates_and_purposes().into_iter().chain(names()).enumerate() {
            let holder = world.applicant_with(change);
            let outcome = world.verify(&letter().sign(&[&holder]));
            assert_eq!(outcome, invalid(fault), "{kind:?}, row {at}");
        }
        // Twice, or not what it should be: no certificate at all.
        let part = Part::Certificate;
        let broken: [fn(&mut Shape); 3] = [
            |s| s.further.push(("2.5.29.15", false, vec![3, 2, 0, 0x80])),
            |s| s.further.push(("2.5.29.37", false, vec![0x30, 0])),
            |s| s.further.push(("2.5.29.19", false, vec![5, 0])),
        ];
        for change in broken {
            let holder = world.applicant_with(change);
            let outcome = world.verify(&letter().sign(&[&holder]));
            assert_eq!(outcome, invalid(Fault::Malformed { part }), "{kind:?}");
        }
        let odd = world.applicant_with(|s| s.further.push(("1.2.3.4", true, vec![5, 0])));
        let what = Unsupported::CriticalExtension;
        let outcome = world.verify(&letter().sign(&[&odd]));
        assert_eq!(outcome, Outcome::Unsupported { what });
        // The last and the first second are within.
        let edges = world.applicant_with(|s| (s.from, s.until) = (signed_at(), signed_at()));
        let outcome = world.verify(&letter().sign(&[&edges]));
        assert!(matches!(outcome, Outcome::Valid(_)), "{outcome:?}");
    }
}

/// A hierarchy beside the true one, of the same names.
fn impostor(world: &World, shape: &Shape) -> (Holder, Holder) {
    let key = |seed| Key::invent(world.applicant.key.kind(), seed);
    let root = Holder::root(
        &Shape::authority("ОЙДАН ШЫҒАРЫЛҒАН ТҮБІР (TEST)", issued_at()),
        key(5),
    );
    let authority = root.issue(shape, key(6));
    (root, authority)
}

#[test]
fn an_issuer_that_is_not_trusted_is_refused() {
    for kind in KINDS {
        let world = World::of(kind);
        let named_alike = Shape::authority("ОЙДАН ШЫҒАРЫЛҒАН ОРТАЛЫҚ (TEST)", issued_at());
        let shape = Shape::person(&world.person, issued_at());
        let (_, other) = impostor(world, &named_alike);
        let by_other = other.issue(&shape, world.applicant.key.clone());
        // Its authority's key identifier is not that of the trusted one of the same name.
        assert_eq!(
            world.verify(&letter().sign(&[&by_other])),
            invalid(Fault::IssuerUnknown)
        );
        // The trusted one's certificate with the impostor's signature under it.
        let forged = Holder {
            key: other.key,
            ..world.authority.clone()
        };
        let forged = forge(&forged, &world.authority, &shape, &world.applicant.key);
        assert_eq!(
            world.verify(&letter().sign(&[&forged])),
            invalid(Fault::CertificateForged)
        );
        let nobody = Trust::new();
        let message = letter().sign(&[&world.applicant]);
        let outcome = world.verify_as(&message, CONTENT, &nobody, &world.evidence());
        assert_eq!(outcome, invalid(Fault::IssuerUnknown));
        // Known, but without its root.
        let mut rootless = Trust::new();
        rootless
            .add_authority(&world.authority.certificate)
            .unwrap();
        let outcome = world.verify_as(&message, CONTENT, &rootless, &world.evidence());
        assert_eq!(outcome, invalid(Fault::IssuerUnknown));
    }
}

/// A certificate that names `authority` and its key, signed by `forger`.
fn forge(forger: &Holder, authority: &Holder, shape: &Shape, key: &Key) -> Holder {
    let honest = authority.issue(shape, key.clone());
    let dishonest = forger.issue(shape, key.clone());
    // Certificates of the same shape differ in the issuer's key identifier and the signature.
    let signature_len = forger.key.sign(&[]).len();
    let mut certificate = honest.certificate.clone();
    let tail = certificate.len() - signature_len;
    certificate.truncate(tail);
    let dishonest = &dishonest.certificate;
    certificate.extend_from_slice(&dishonest[dishonest.len() - signature_len..]);
    Holder {
        certificate,
        ..honest
    }
}

#[test]
fn an_authority_must_be_one() {
    let holder = Whose::Authority;
    let unfit: [Unfit; 4] = [
        (|s| s.authority = None, Fault::IssuerUnfit),
        // cRLSign alone.
        (|s| s.key_usage = 0x02, Fault::IssuerUnfit),
        (
            |s| s.until = signed_at() - 1.second(),
            Fault::Expired { holder },
        ),
        (
            |s| s.from = signed_at() + 1.second(),
            Fault::NotYetValid { holder },
        ),
    ];
    for kind in KINDS {
        let world = World::of(kind);
        let shape = Shape::person(&world.person, issued_at());
        for (change, fault) in &unfit {
            let mut authority = Shape::authority("БАСҚА ОРТАЛЫҚ (TEST)", issued_at());
            change(&mut authority);
            let authority = world.root.issue(&authority, Key::invent(kind, 6));
            let holder = authority.issue(&shape, world.applicant.key.clone());
            let outcome = below(world, &[&authority], &holder);
            assert_eq!(outcome, invalid(fault.clone()), "{kind:?}");
        }
    }
}

/// RFC 5280 §4.2.1.9: as many authorities below as the path length allows.
#[test]
fn an_authority_has_only_as_many_below_it_as_it_allows() {
    let world = World::of(KeyKind::Gost);
    for (allowed, expected) in [(Some(0), false), (Some(1), true), (None, true)] {
        let mut upper = Shape::authority("ЖОҒАРҒЫ ОРТАЛЫҚ (TEST)", issued_at());
        upper.authority = Some(allowed);
        let upper = world.root.issue(&upper, Key::invent(KeyKind::Gost, 6));
        let lower = Shape::authority("ТӨМЕНГІ ОРТАЛЫҚ (TEST)", issued_at());
        let lower = upper.issue(&lower, Key::invent(KeyKind::Gost, 7));
        let shape = Shape::person(&world.person, issued_at());
        let holder = lower.issue(&shape, world.applicant.key.clone());
        let outcome = below(world, &[&upper, &lower], &holder);
        let fits = outcome != invalid(Fault::IssuerUnfit);
        assert_eq!(fits, expected, "{allowed:?}: {outcome:?}");
    }
}

/// The outcome when those are known too and `holder` signs.
fn below(world: &World, authorities: &[&Holder], holder: &Holder) -> Outcome {
    let mut trust = world.trust();
    for authority in authorities {
        trust.add_authority(&authority.certificate).unwrap();
    }
    let message = letter().sign(&[holder]);
    world.verify_as(&message, CONTENT, &trust, &world.evidence())
}
