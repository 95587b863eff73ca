//! Certificates and messages of the national test authority.
//!
//! They are not part of the repository: the folder `eds` with `attached.p7s`, `detached.p7s`,
//! `nca_gost_2022_test.cer` and `nca_rsa_test.crt` (NCANode's public test data) is looked for in
//! `EDS_VECTORS`, else in `shared/vectors/eds` beside the checkout. Where it is absent the tests say
//! so and pass; the same byte orders are then held by the vectors in `gost_vectors/vectors.txt` alone.

use std::path::PathBuf;

use casework::iin::IinDigits;
use jiff::Timestamp;
use signature::outcome::{Fault, Holder, Outcome, RevocationGap, Scheme};
use signature::revocation::Evidence;
use signature::trust::Trust;
use signature::{Submission, verify};

/// What was signed.
const CONTENT: &[u8] = b"test123";
/// The IIN of the GOST signer; its check digit is wrong, it being nobody's.
const GOST_SIGNER: &str = "123456789012";
/// That of the RSA signer.
const RSA_SIGNER: &str = "123456789011";

struct Vectors {
    attached: Vec<u8>,
    detached: Vec<u8>,
    gost: Vec<u8>,
    rsa: Vec<u8>,
}

fn vectors() -> Option<Vectors> {
    let beside = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../../shared/vectors/eds"
    );
    let folder = std::env::var_os("EDS_VECTORS").map_or_else(|| beside.into(), PathBuf::from);
    let read = |name| std::fs::read(folder.join(name)).ok();
    let vectors = (|| {
        Some(Vectors {
            attached: read("attached.p7s")?,
            detached: read("detached.p7s")?,
            gost: read("nca_gost_2022_test.cer")?,
            rsa: read("nca_rsa_test.crt")?,
        })
    })();
    if vectors.is_none() {
        eprintln!("skipped: no vectors of the national test authority here (see EDS_VECTORS)");
    }
    vectors
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn outcome(
    message: &[u8],
    content: &[u8],
    iin: &str,
    received_at: &str,
    roots: &[&[u8]],
) -> Outcome {
    let mut trust = Trust::new();
    for root in roots {
        trust.add_root(root).unwrap();
    }
    let submission = Submission {
        message,
        content,
        applicant: IinDigits::of(iin).unwrap(),
        received_at: at(received_at),
    };
    verify(&submission, &trust, &Evidence::new())
}

/// When the attached message says it was signed, and when the tests receive it.
const SIGNED: &str = "2022-09-27T21:17:59Z";
const RECEIVED: &str = "2022-09-27T21:18:30Z";
/// The same of the detached one.
const SIGNED_DETACHED: &str = "2022-09-27T21:29:41Z";
const RECEIVED_DETACHED: &str = "2022-09-27T21:30:00Z";

#[test]
fn the_gost_signer_is_the_applicant() {
    let Some(vectors) = vectors() else { return };
    for (message, signed_at, received_at) in [
        (&vectors.attached, SIGNED, RECEIVED),
        (&vectors.detached, SIGNED_DETACHED, RECEIVED_DETACHED),
    ] {
        let outcome = outcome(
            message,
            CONTENT,
            GOST_SIGNER,
            received_at,
            &[&vectors.gost, &vectors.rsa],
        );
        let Outcome::RevocationUnknown { signer, gap } = outcome else {
            panic!("{outcome:?}");
        };
        assert_eq!(gap, RevocationGap::NoEvidence);
        assert_eq!(signer.scheme, Scheme::GostStreebog512);
        assert_eq!(signer.iin.reveal(), GOST_SIGNER);
        assert_eq!(signer.name.unwrap().reveal(), "ТЕСТТОВ ТЕСТТ");
        assert_eq!(signer.signed_at, Some(at(signed_at)));
    }
}

/// The RSA signer's certificate ended on 2022-01-18, months before they signed.
#[test]
fn the_rsa_signers_certificate_had_expired() {
    let Some(vectors) = vectors() else { return };
    for (message, received_at) in [
        (&vectors.attached, RECEIVED),
        (&vectors.detached, RECEIVED_DETACHED),
    ] {
        let roots: [&[u8]; 1] = [&vectors.rsa];
        let expired = Fault::Expired {
            holder: Holder::Signer,
        };
        assert_eq!(
            outcome(message, CONTENT, RSA_SIGNER, received_at, &roots),
            Outcome::Invalid { fault: expired }
        );
    }
}

/// One thing changed about the attached message: content, applicant, receipt, roots.
type Changed<'a> = (&'a [u8], &'a str, &'a str, &'a [&'a [u8]], Fault);

#[test]
fn everything_else_about_them_is_refused() {
    let Some(vectors) = vectors() else { return };
    let gost: &[&[u8]] = &[&vectors.gost];
    let rsa: &[&[u8]] = &[&vectors.rsa];
    let (late, early) = ("2022-09-28T21:18:00Z", "2022-09-27T21:12:58Z");
    let nobody = "900101300017";
    let signer = GOST_SIGNER.into();
    let table: [Changed; 6] = [
        (
            b"test124",
            GOST_SIGNER,
            RECEIVED,
            gost,
            Fault::ContentDiffers,
        ),
        (CONTENT, GOST_SIGNER, RECEIVED, &[], Fault::IssuerUnknown),
        (CONTENT, GOST_SIGNER, RECEIVED, rsa, Fault::IssuerUnknown),
        (
            CONTENT,
            GOST_SIGNER,
            late,
            gost,
            Fault::SigningTimeImplausible,
        ),
        (
            CONTENT,
            GOST_SIGNER,
            early,
            gost,
            Fault::SigningTimeImplausible,
        ),
        (
            CONTENT,
            nobody,
            RECEIVED,
            gost,
            Fault::OtherPerson { signer },
        ),
    ];
    for (content, iin, received_at, roots, fault) in table {
        let outcome = outcome(&vectors.attached, content, iin, received_at, roots);
        assert_eq!(outcome, Outcome::Invalid { fault });
    }
    let (message, fault) = (&vectors.detached, Fault::DigestDiffers);
    let outcome = outcome(message, b"test124", GOST_SIGNER, RECEIVED_DETACHED, gost);
    assert_eq!(outcome, Outcome::Invalid { fault });
}
