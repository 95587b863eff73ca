//! The question to an OCSP responder (RFC 6960 §4.1), for whoever may ask over the network.

use der::asn1::OctetString;
use der::{Encode, Sequence};
use sha1::{Digest, Sha1};
use spki::AlgorithmIdentifierOwned;
use x509_cert::ext::{Extension, Extensions};
use x509_cert::serial_number::SerialNumber;

use super::answer::CertId;
use crate::certificate::Certificate;
use crate::oid;
use crate::trust::Authority;

/// RFC 6960 §4.1.1: `OCSPRequest`, unsigned.
#[derive(Sequence)]
struct OcspRequest {
    request: TbsRequest,
}

#[derive(Sequence)]
struct TbsRequest {
    list: Vec<Request>,
    #[asn1(context_specific = "2", tag_mode = "EXPLICIT", optional = "true")]
    extensions: Option<Extensions>,
}

#[derive(Sequence)]
struct Request {
    certificate: CertId,
}

/// The question, in DER, whether `issuer` revoked `certificate`; `nonce` makes its answer its own (RFC 9654).
pub(crate) fn about(
    certificate: &Certificate,
    issuer: &Authority,
    nonce: &[u8],
) -> Option<Vec<u8>> {
    build(certificate, issuer, nonce).ok()
}

fn build(certificate: &Certificate, issuer: &Authority, nonce: &[u8]) -> der::Result<Vec<u8>> {
    // SHA-1 names the certificate and protects nothing; it is what every responder knows.
    let digest = |bytes: &[u8]| OctetString::new(Sha1::digest(bytes).to_vec());
    let certificate = CertId {
        hash: AlgorithmIdentifierOwned {
            oid: oid::SHA_1,
            parameters: Some(der::Any::null()),
        },
        issuer_name_hash: digest(issuer.subject.reveal())?,
        issuer_key_hash: digest(issuer.certificate.key_bits())?,
        serial: SerialNumber::new(certificate.serial())?,
    };
    let nonce = Extension {
        extn_id: oid::OCSP_NONCE,
        critical: false,
        extn_value: OctetString::new(OctetString::new(nonce)?.to_der()?)?,
    };
    let request = TbsRequest {
        list: vec![Request { certificate }],
        extensions: Some(vec![nonce]),
    };
    OcspRequest { request }.to_der()
}
