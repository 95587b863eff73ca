//! Asks an OCSP responder over HTTP whether a certificate was revoked (RFC 6960 §A.1), on one machine.
//!
//! Its answers are signed, so plain HTTP is as good as any other way. Never here: what an answer says, or
//! whether it is to be believed. Who does not answer in time has not answered, and the signature's
//! check goes on without.

#[cfg(test)]
mod tests;

use std::time::Duration;

use signature::revocation::{ANSWER_BYTES_MAX, Responder};
use ureq::Agent;

/// Longer nobody waits: the applicant sits before the page.
pub const TIME_MAX: Duration = Duration::from_secs(5);

/// A responder at its address.
#[derive(Debug)]
pub struct Ocsp {
    agent: Agent,
    address: String,
}

impl Ocsp {
    /// The responder at this address; none where it is not one of plain HTTP.
    pub fn at(address: &str) -> Option<Self> {
        address.starts_with("http://").then(|| Self {
            agent: Agent::config_builder()
                .timeout_global(Some(TIME_MAX))
                .max_redirects(0)
                .build()
                .into(),
            address: address.to_owned(),
        })
    }
}

impl Responder for Ocsp {
    fn answer(&self, question: &[u8]) -> Option<Vec<u8>> {
        let asked = self
            .agent
            .post(&self.address)
            .content_type("application/ocsp-request");
        let mut answer = asked.send(question).ok()?;
        let body = answer.body_mut().with_config();
        let limit = u64::try_from(ANSWER_BYTES_MAX).unwrap_or(u64::MAX);
        body.limit(limit).read_to_vec().ok()
    }
}
