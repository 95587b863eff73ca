//! What a verification can end in: one value for each next step.
//!
//! Words for people are casework's; nothing here is shown as it stands.

use casework::personal::Personal;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The end of a verification.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// The applicant signed exactly this content, and nothing speaks against it.
    Valid(Signer),
    /// It is no signature of the applicant's on this content, and why.
    Invalid {
        /// The first thing found wrong, in the order of the checks.
        fault: Fault,
    },
    /// It may be a good signature, of a kind that is not verified here.
    Unsupported {
        /// What is not known here.
        what: Unsupported,
    },
    /// All is well, but nobody trustworthy said whether the certificates were revoked.
    RevocationUnknown {
        /// Who signed.
        signer: Signer,
        /// Why it is not known.
        gap: RevocationGap,
    },
}

/// Who signed, and when they say they did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signer {
    /// The twelve digits in the certificate's subject.
    pub iin: Personal<String>,
    /// The name in the certificate's subject (surname, given names), if it has one.
    pub name: Option<Personal<String>>,
    /// The signing time they claim; none if they claim none.
    pub signed_at: Option<Timestamp>,
    /// With which algorithm.
    pub scheme: Scheme,
    /// SHA-256 of the signer's certificate, in lower-case hexadecimal.
    pub certificate_sha256: Personal<String>,
}

/// An algorithm that is verified here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scheme {
    /// RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017 §8.2).
    RsaSha256,
    /// ST RK GOST R 34.10-2015 of 512 bits with Streebog-512 (RFC 7091, RFC 6986).
    GostStreebog512,
}

/// Why a signature is not the applicant's on this content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Fault {
    /// The bytes are not what they should be.
    Malformed {
        /// Where.
        part: Part,
    },
    /// The message is larger than any honest one.
    TooLarge,
    /// The message carries no signature, or more than an honest one has.
    SignerCount,
    /// The signer's certificate is not in the message.
    CertificateMissing,
    /// The content inside the message is not the content that was to be signed.
    ContentDiffers,
    /// What was signed was other content: the digest in the message is not that of the content.
    DigestDiffers,
    /// The signed attributes lack what CAdES asks for, or contradict themselves.
    AttributesWrong,
    /// The signature is not one of the certificate's key over the signed attributes.
    SignatureWrong,
    /// The signer meant another certificate than the one in the message.
    CertificateSubstituted,
    /// The signing time is too far from when the signature was received: a wrong clock, or an old signature.
    SigningTimeImplausible,
    /// A certificate was not valid yet when it was used.
    NotYetValid {
        /// Whose.
        holder: Holder,
    },
    /// A certificate was no longer valid when it was used.
    Expired {
        /// Whose.
        holder: Holder,
    },
    /// Nobody that is trusted issued the certificate.
    IssuerUnknown,
    /// It names a trusted issuer, who did not sign it.
    CertificateForged,
    /// An issuer on the way to the root may not issue certificates.
    IssuerUnfit,
    /// The key is for logging in, not for signing.
    AuthenticationOnly,
    /// The key is for something else than signing.
    NotForSigning,
    /// The certificate is not that of a natural person signing for themselves.
    NotAPerson,
    /// The certificate's subject has no IIN.
    IinMissing,
    /// Somebody else than the applicant signed.
    OtherPerson {
        /// The twelve digits in the certificate.
        signer: Personal<String>,
    },
    /// A certificate had been revoked.
    Revoked {
        /// Whose.
        holder: Holder,
        /// Since when.
        since: Timestamp,
    },
}

/// What the bytes were to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The CMS message.
    Message,
    /// The signer's certificate.
    Certificate,
}

/// Whose certificate it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holder {
    /// The signer's.
    Signer,
    /// An authority's, on the way from the signer to the root.
    Authority,
}

/// What is not verified here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unsupported {
    /// A CMS message of another kind than signed data over plain data.
    MessageKind,
    /// GOST 34.310-2004, which the national authority gave out until 2022: renew the key.
    GostOf2004,
    /// A digest other than SHA-256 and Streebog-512.
    Digest,
    /// A signature algorithm or key other than RSA and GOST 34.10-2015 of 512 bits.
    Algorithm,
    /// A GOST key on another curve than the national one.
    Curve,
    /// An RSA key of less than 2048 bits or more than 4096.
    KeyLength,
    /// A certificate with a condition that must be understood and is not.
    CriticalExtension,
}

/// Why it is not known whether a certificate was revoked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RevocationGap {
    /// No list and no answer that speaks of it, from somebody entitled to.
    NoEvidence,
    /// There is evidence, but it ended before the signature was received.
    Stale,
    /// The responder says that it does not know the certificate.
    UnknownToResponder,
}

/// Why a verification ends early.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Stop {
    Invalid(Fault),
    Unsupported(Unsupported),
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Self::Invalid(fault)
    }
}

impl From<Unsupported> for Stop {
    fn from(what: Unsupported) -> Self {
        Self::Unsupported(what)
    }
}

impl From<Stop> for Outcome {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::Invalid(fault) => Self::Invalid { fault },
            Stop::Unsupported(what) => Self::Unsupported { what },
        }
    }
}
