//! A test authority of the national shape: invented keys, certificates, signed messages, revocation.
//!
//! Everything follows from a seed and serves tests and journeys only. It writes its DER and counts on its
//! curve by itself, so that what verifies signatures meets another hand's work.
//! Never here: a key that protects anything.

pub mod authority;
pub mod der;
pub mod gost;
pub mod key;
pub mod message;
pub mod office;
pub mod revocation;
pub mod shape;
