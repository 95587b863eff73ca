//! Who signed it: verifies Kazakhstan's electronic digital signatures (EDS, ЭЦП).
//!
//! Pure: bytes and a moment in, an [`outcome::Outcome`] out. Never here: I/O, a clock, a private key,
//! words for people, what a signature means for a case.
//!
//! ```
//! use casework::iin::Iin;
//! use signature::outcome::{Fault, Outcome, Part};
//! use signature::{Submission, revocation::Evidence, trust::Trust, verify};
//!
//! # let (root_der, list_der): (&[u8], &[u8]) = (&[], &[]);
//! let mut trust = Trust::new();
//! let _ = trust.add_root(root_der); // once, from configuration
//! let mut evidence = Evidence::new();
//! let _ = evidence.add_list(list_der, &trust); // whenever a new list was fetched
//!
//! let submission = Submission {
//!     message: b"no CMS message",
//!     content: b"the canonical bytes of the request",
//!     applicant: Iin::parse("900101300017")?.digits(),
//!     received_at: "2026-11-22T10:00:02Z".parse()?,
//! };
//! let malformed = Fault::Malformed { part: Part::Message };
//! assert_eq!(
//!     verify(&submission, &trust, &evidence),
//!     Outcome::Invalid { fault: malformed },
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # The checks
//!
//! In this order; the first that fails is the outcome. A message may carry up to eight signatures: the
//! outcome is that of the applicant's.
//!
//! | | check | source | where | outcome when it fails |
//! |---|---|---|---|---|
//! | 1 | no larger than an honest message | – | `message` | invalid: too large |
//! | 2 | signed data over plain data, in DER or BER | RFC 5652 §3, §5.1; X.690 §8.1.3 | `ber`, `message` | invalid: malformed; unsupported: message kind |
//! | 3 | the certificate that the signer names is there | RFC 5652 §5.3 | `verify` | invalid: certificate missing, malformed |
//! | 4 | key, digest and signature algorithm known, and of one scheme | RFC 8017 §8.2; RFC 7091; RFC 6986; RFC 7836 §A.2.1 | `algorithm` | unsupported: algorithm, digest, curve, key length, GOST of 2004 |
//! | 5 | signed attributes there, each once, the content's type among them | RFC 5652 §5.3, §11; EN 319 122-1 §5.1 | `attributes` | invalid: attributes wrong |
//! | 6 | the attached content is the content | – | `verify` | invalid: content differs |
//! | 7 | the digest is the content's | RFC 5652 §5.4, §11.2 | `verify` | invalid: digest differs |
//! | 8 | the key signed the attributes, encoded as DER SET OF | RFC 5652 §5.4, §5.6 | `gost`, `algorithm` | invalid: signature wrong |
//! | 9 | the certificate is the one the signer meant, if they say | RFC 5035 §3, §4 | `attributes` | invalid: certificate substituted |
//! | 10 | the claimed time is within a day before the receipt and five minutes after | RFC 5652 §11.3 | `verify` | invalid: signing time implausible |
//! | 11 | each certificate up to a configured root: valid at the signing time, signed by the next, which may issue | RFC 5280 §4.2, §6.1 | `trust` | invalid: expired, not yet valid, issuer unknown, forged, unfit; unsupported: critical extension |
//! | 12 | a key for signing, not for logging in, and a person's own | RFC 5280 §4.2.1.3, §4.2.1.12 | `purpose` | invalid: authentication only, not for signing, not a person |
//! | 13 | the IIN in the certificate is the applicant's | – | `verify` | invalid: IIN missing, other person |
//! | 14 | nobody on the way was revoked when the message was received | RFC 5280 §5, §6.3; RFC 6960 §4.2 | `revocation` | invalid: revoked; revocation unknown |
//!
//! # Why
//!
//! - *Why the time of receipt, and no time stamp?* The signing time is the signer's word. The server knows
//!   when the message came, so a stamp could prove nothing more; a claim too far from the receipt is refused,
//!   so that an expired or revoked key cannot sign under an old date.
//! - *Why only configured authorities?* The national hierarchy is short and published. A chain that a message
//!   brings along would have to end at a configured root anyway, and searching it is work an attacker chooses.
//! - *Why are lists and answers in the message not looked at?* They are the sender's choice; see [`revocation`].
//! - *Why not constant time?* Nothing that is computed here is secret.
//! - *Why are byte orders pinned?* The national authority's differ from the RFCs': [`gost::encoding`].

mod algorithm;
mod attributes;
mod ber;
pub mod certificate;
pub mod configured;
pub mod gost;
pub mod message;
mod oid;
pub mod outcome;
mod purpose;
pub mod revocation;
pub mod trust;
mod verify;

pub use verify::{
    CLOCK_AHEAD_MAX, SIGNED_BEFORE_RECEIPT_MAX, Submission, revocation_question, verify,
};
