//! The checks, in their order; the first that fails is the outcome.

use casework::iin::IinDigits;
use casework::personal::Personal;
use cms::signed_data::{SignerIdentifier, SignerInfo};
use der::Encode;
use jiff::{SignedDuration, Timestamp};

use crate::algorithm::{Hash, KeyError, PublicKey, scheme_named};
use crate::attributes::Attributes;
use crate::certificate::Certificate;
use crate::message::Message;
use crate::outcome::{Fault, Holder, Outcome, Part, RevocationGap, Signer, Stop};
use crate::purpose;
use crate::revocation::{Evidence, Status, question};
use crate::trust::{Authority, Trust};

/// How long before its receipt a signature may have been made.
pub const SIGNED_BEFORE_RECEIPT_MAX: SignedDuration = SignedDuration::from_hours(24);
/// How far a signer's clock may run ahead.
pub const CLOCK_AHEAD_MAX: SignedDuration = SignedDuration::from_mins(5);

/// What came, and what it is to be.
#[derive(Clone, Copy)]
pub struct Submission<'a> {
    /// The CMS message, in DER or BER, with the content in it or without.
    pub message: &'a [u8],
    /// The bytes that were to be signed, exactly.
    pub content: &'a [u8],
    /// Who was to sign.
    pub applicant: IinDigits,
    /// When the message was received: what is proven to have existed, existed then.
    pub received_at: Timestamp,
}

impl std::fmt::Debug for Submission<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Submission")
            .field("received_at", &self.received_at)
            .finish_non_exhaustive()
    }
}

/// Whether the applicant signed the content.
///
/// A message may carry several signatures; the applicant's is the one that counts.
pub fn verify(submission: &Submission, trust: &Trust, evidence: &Evidence) -> Outcome {
    let message = match Message::of(submission.message, submission.content.len()) {
        Ok(message) => message,
        Err(stop) => return stop.into(),
    };
    let checked = message.signers.iter().map(|signer| {
        let check = Check {
            submission,
            message: &message,
            signer,
        };
        let outcome = check.run(trust, evidence).unwrap_or_else(Outcome::from);
        let by_other = !check.is_by_applicant();
        let rank = match outcome {
            Outcome::Valid(_) => 0,
            Outcome::RevocationUnknown { .. } => 1,
            Outcome::Invalid { .. } | Outcome::Unsupported { .. } => 2,
        };
        (rank, by_other, outcome)
    });
    let best = checked.min_by_key(|(rank, by_other, _)| (*rank, *by_other));
    best.map_or(
        Outcome::Invalid {
            fault: Fault::SignerCount,
        },
        |(_, _, outcome)| outcome,
    )
}

/// The question to an OCSP responder about the applicant's certificate, in DER (RFC 6960 §4.1), made with a
/// `nonce` of 16 to 32 bytes that the answer is then checked against.
///
/// None if the message holds no certificate of the applicant's that a configured authority issued.
/// Where to send it is configuration: an address in a certificate is its sender's.
pub fn revocation_question(
    submission: &Submission,
    trust: &Trust,
    nonce: &[u8],
) -> Option<Vec<u8>> {
    let message = Message::of(submission.message, submission.content.len()).ok()?;
    let checks = message.signers.iter().map(|signer| Check {
        submission,
        message: &message,
        signer,
    });
    let mut certificates = checks.filter_map(|check| {
        let (_, certificate) = check.certificate().ok()?;
        check.applicants_iin(&certificate).ok()?;
        Some(certificate)
    });
    let certificate = certificates.next()?;
    let chain = trust.chain(&certificate, submission.received_at).ok()?;
    question::about(&certificate, chain.first()?, nonce)
}

/// One signature of the message.
struct Check<'a> {
    submission: &'a Submission<'a>,
    message: &'a Message,
    signer: &'a SignerInfo,
}

impl Check<'_> {
    fn run(&self, trust: &Trust, evidence: &Evidence) -> Result<Outcome, Stop> {
        let (der, certificate) = self.certificate()?;
        let key = self.key(&certificate)?;
        let attributes = Attributes::of(self.signer)?;
        self.content_is_signed(&attributes)?;
        if !key.verifies(&attributes.signed, self.signer.signature.as_bytes()) {
            return Err(Fault::SignatureWrong.into());
        }
        if !attributes.allow_certificate(der) {
            return Err(Fault::CertificateSubstituted.into());
        }
        let signed_at = self.signing_time(&attributes)?;
        let chain = trust.chain(&certificate, signed_at)?;
        purpose::signs_for_a_person(&certificate)?;
        let iin = self.applicants_iin(&certificate)?;
        let signer = Signer {
            iin,
            name: certificate.name(),
            signed_at: attributes.signing_time,
            scheme: key.scheme(),
            certificate_sha256: hex(certificate.fingerprint()).into(),
        };
        let gap = self.revocation(&certificate, &chain, evidence)?;
        Ok(match gap {
            None => Outcome::Valid(signer),
            Some(gap) => Outcome::RevocationUnknown { signer, gap },
        })
    }

    /// The certificate that the signer names (RFC 5652 §5.3, `sid`), with its bytes.
    fn certificate(&self) -> Result<(&[u8], Certificate), Fault> {
        let all = self.message.certificates.iter();
        let mut malformed = false;
        for der in all {
            match Certificate::of(der) {
                Ok(certificate) if names(&self.signer.sid, &certificate) => {
                    return Ok((der, certificate));
                }
                Ok(_) => {}
                Err(_) => malformed = true,
            }
        }
        Err(if malformed {
            Fault::Malformed {
                part: Part::Certificate,
            }
        } else {
            Fault::CertificateMissing
        })
    }

    /// The certificate's key, if the signer's algorithms are its.
    fn key(&self, certificate: &Certificate) -> Result<PublicKey, Stop> {
        let key = certificate.key().map_err(|error| match error {
            KeyError::Malformed => Stop::from(Fault::Malformed {
                part: Part::Certificate,
            }),
            KeyError::Unsupported(what) => what.into(),
        })?;
        let scheme = scheme_named(&self.signer.signature_algorithm)?;
        let hash = Hash::named(&self.signer.digest_alg)?;
        if scheme != key.scheme() || hash != scheme.hash() {
            return Err(Fault::SignatureWrong.into());
        }
        Ok(key)
    }

    /// RFC 5652 §5.6 and §11: the content is the one to be signed, and its digest and kind are the attributes'.
    fn content_is_signed(&self, attributes: &Attributes) -> Result<(), Fault> {
        let content = self.submission.content;
        let attached = self.message.content.as_deref();
        if attached.is_some_and(|attached| attached != content) {
            return Err(Fault::ContentDiffers);
        }
        if attributes.content_type != self.message.content_type {
            return Err(Fault::AttributesWrong);
        }
        let hash = Hash::named(&self.signer.digest_alg).map_err(|_| Fault::DigestDiffers)?;
        if hash.of(content) != attributes.message_digest {
            return Err(Fault::DigestDiffers);
        }
        Ok(())
    }

    /// The time the signer claims, if it is near enough to the receipt; the receipt's if they claim none.
    fn signing_time(&self, attributes: &Attributes) -> Result<Timestamp, Fault> {
        let received_at = self.submission.received_at;
        let Some(claimed) = attributes.signing_time else {
            return Ok(received_at);
        };
        let before = received_at.duration_since(claimed);
        if before > SIGNED_BEFORE_RECEIPT_MAX || before < -CLOCK_AHEAD_MAX {
            return Err(Fault::SigningTimeImplausible);
        }
        Ok(claimed)
    }

    /// The IIN in the certificate, if it is the applicant's.
    fn applicants_iin(&self, certificate: &Certificate) -> Result<Personal<String>, Fault> {
        let iin = certificate.iin().ok_or(Fault::IinMissing)?;
        if *iin.reveal() == self.submission.applicant.reveal() {
            Ok(iin)
        } else {
            Err(Fault::OtherPerson { signer: iin })
        }
    }

    fn is_by_applicant(&self) -> bool {
        let certificate = self.certificate().ok();
        certificate.is_some_and(|(_, certificate)| self.applicants_iin(&certificate).is_ok())
    }

    /// Nobody between the signer and the root was revoked when the message was received; or why that is not known.
    fn revocation(
        &self,
        certificate: &Certificate,
        chain: &[&Authority],
        evidence: &Evidence,
    ) -> Result<Option<RevocationGap>, Fault> {
        let at = self.submission.received_at;
        let authorities = chain.iter().map(|a| (Holder::Authority, &a.certificate));
        let subjects = std::iter::once((Holder::Signer, certificate)).chain(authorities);
        let mut gap = None;
        for ((holder, subject), issuer) in subjects.zip(chain) {
            match evidence.status(subject, issuer, at) {
                Status::Good => {}
                Status::Revoked(since) => return Err(Fault::Revoked { holder, since }),
                Status::Unknown(why) => gap = gap.or(Some(why)),
            }
        }
        Ok(gap)
    }
}

/// Whether a signer's identifier names that certificate.
fn names(sid: &SignerIdentifier, certificate: &Certificate) -> bool {
    match sid {
        SignerIdentifier::IssuerAndSerialNumber(named) => {
            let issuer = named.issuer.to_der().unwrap_or_default();
            issuer == certificate.issuer() && named.serial_number.as_bytes() == certificate.serial()
        }
        SignerIdentifier::SubjectKeyIdentifier(named) => {
            let own = certificate.key_identifier();
            own.is_some_and(|own| own == named.0.as_bytes())
        }
    }
}

/// Bytes in lower-case hexadecimal.
fn hex(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits
        .filter_map(|digit| char::from_digit(u32::from(digit), 16))
        .collect()
}
