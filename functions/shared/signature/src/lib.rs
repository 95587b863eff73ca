//! Who signed it: verifies Kazakhstan's electronic digital signatures.
//!
//! Pure: bytes and a moment in, an [`outcome::Outcome`] out. Never here: I/O, a clock, a private key,
//! words for people, what a signature means for a case.

mod algorithm;
mod attributes;
mod ber;
pub mod certificate;
pub mod gost;
pub mod message;
mod oid;
pub mod outcome;
mod purpose;
pub mod revocation;
pub mod trust;
mod verify;

pub use verify::{CLOCK_AHEAD_MAX, SIGNED_BEFORE_RECEIPT_MAX, Submission, verify};
