//! What a key is for: the national authority gives each person one key to sign with and one to log in with.
//!
//! Told apart by extended key usage: emailProtection marks the one that signs, clientAuth the one that logs in.

use crate::certificate::Certificate;
use crate::oid;
use crate::outcome::Fault;

/// Whether the certificate is one that a natural person signs documents with.
pub(crate) fn signs_for_a_person(certificate: &Certificate) -> Result<(), Fault> {
    let purposes = certificate.purposes();
    let has = |purpose| purposes.contains(&purpose);
    if !has(oid::EMAIL_PROTECTION) {
        return Err(if has(oid::CLIENT_AUTH) {
            Fault::AuthenticationOnly
        } else {
            Fault::NotForSigning
        });
    }
    // RFC 5280 §4.2.1.3: either bit lets a key sign documents.
    let usage = certificate.key_usage();
    if usage.is_some_and(|usage| !usage.digital_signature() && !usage.non_repudiation()) {
        return Err(Fault::NotForSigning);
    }
    if has(oid::PERSON_KZ) {
        Ok(())
    } else {
        Err(Fault::NotAPerson)
    }
}
