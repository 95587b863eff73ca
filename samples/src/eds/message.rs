//! A signed CMS message (RFC 5652), as NCALayer makes them.

use jiff::Timestamp;

use super::authority::Holder;
use super::der::{context, element, indefinite, octets, oid, sequence, set, unsigned, utc_time};

/// How lengths are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// DER.
    Der,
    /// BER with indefinite lengths and the content in pieces, as the national authority's library has it.
    Ber,
}

/// What is to be signed, and how. Change what a test is about.
#[derive(Debug, Clone)]
pub struct Letter<'a> {
    /// The content.
    pub content: &'a [u8],
    /// Whether the content goes along.
    pub attached: bool,
    /// The signing time to claim.
    pub signed_at: Option<Timestamp>,
    /// How lengths are written.
    pub encoding: Encoding,
    /// The kind of content to claim in the attributes.
    pub content_type: &'static str,
    /// The value of `signingCertificateV2`, if there is to be one.
    pub certificate_id: Option<Vec<u8>>,
    /// Whether the signed attributes go along; without them the content itself is signed.
    pub with_attributes: bool,
    /// Whether the signers' certificates go along.
    pub with_certificates: bool,
}

/// `id-data`.
pub const DATA: &str = "1.2.840.113549.1.7.1";

impl<'a> Letter<'a> {
    /// As NCALayer signs by default: detached, with the time.
    pub fn of(content: &'a [u8], signed_at: Timestamp) -> Self {
        Self {
            content,
            attached: false,
            signed_at: Some(signed_at),
            encoding: Encoding::Der,
            content_type: DATA,
            certificate_id: None,
            with_attributes: true,
            with_certificates: true,
        }
    }

    /// The message, signed by each of them.
    pub fn sign(&self, signers: &[&Holder]) -> Vec<u8> {
        let digests: Vec<_> = signers.iter().map(|s| s.key.digest_algorithm()).collect();
        let infos: Vec<_> = signers
            .iter()
            .map(|signer| self.signer_info(signer))
            .collect();
        let certificates: Vec<_> = signers.iter().map(|s| s.certificate.clone()).collect();
        let certificates = if self.with_certificates {
            self.wrap(0xa0, &certificates.concat())
        } else {
            Vec::new()
        };
        let signed_data = [
            unsigned(&[1]),
            set(&digests),
            self.encapsulated(),
            certificates,
            set(&infos),
        ];
        let signed_data = self.wrap(0x30, &signed_data.concat());
        let content = [oid("1.2.840.113549.1.7.2"), self.wrap(0xa0, &signed_data)];
        self.wrap(0x30, &content.concat())
    }

    fn wrap(&self, tag: u8, content: &[u8]) -> Vec<u8> {
        match self.encoding {
            Encoding::Der => element(tag, content),
            Encoding::Ber => indefinite(tag, content),
        }
    }

    fn encapsulated(&self) -> Vec<u8> {
        let content = match (self.attached, self.encoding) {
            (false, _) => Vec::new(),
            (true, Encoding::Der) => context(0, &octets(self.content)),
            (true, Encoding::Ber) => {
                let pieces = self.content.chunks(1000).map(octets);
                let pieces = indefinite(0x24, &pieces.collect::<Vec<_>>().concat());
                indefinite(0xa0, &pieces)
            }
        };
        self.wrap(0x30, &[oid(DATA), content].concat())
    }

    fn signer_info(&self, signer: &Holder) -> Vec<u8> {
        let attributes = self.attributes(signer);
        let (attributes, signature) = if self.with_attributes {
            // Signed as the SET that they are, sent under a tag of their own (RFC 5652 §5.4).
            let signature = signer.key.sign(&set(&attributes));
            let mut sorted = attributes;
            sorted.sort();
            (context(0, &sorted.concat()), signature)
        } else {
            (Vec::new(), signer.key.sign(self.content))
        };
        sequence(&[
            unsigned(&[1]),
            sequence(&[signer.issuer.clone(), unsigned(&signer.serial)]),
            signer.key.digest_algorithm(),
            attributes,
            signer.key.signature_algorithm(),
            octets(&signature),
        ])
    }

    fn attributes(&self, signer: &Holder) -> Vec<Vec<u8>> {
        let attribute = |kind, value| sequence(&[oid(kind), set(&[value])]);
        let digest = octets(&signer.key.digest(self.content));
        let mut attributes = vec![
            attribute("1.2.840.113549.1.9.3", oid(self.content_type)),
            attribute("1.2.840.113549.1.9.4", digest),
        ];
        let time = self
            .signed_at
            .map(|at| attribute("1.2.840.113549.1.9.5", utc_time(at)));
        let meant = self.certificate_id.clone();
        let meant = meant.map(|value| attribute("1.2.840.113549.1.9.16.2.47", value));
        attributes.extend(time);
        attributes.extend(meant);
        attributes
    }
}

/// `signingCertificateV2` that means the certificate whose SHA-256 it is (RFC 5035 §3).
pub fn certificate_id(sha256: &[u8]) -> Vec<u8> {
    sequence(&[sequence(&[sequence(&[octets(sha256)])])])
}
