//! GOST R 34.10-2012 signatures (in Kazakhstan: ST RK GOST R 34.10-2015) of 512 bits: checked, never made.
//!
//! Nothing here is secret, so nothing here runs in constant time.
//! Never here: a private key, a certificate, ASN.1.

pub mod curve;
pub mod encoding;
pub mod point;
pub mod verify;
