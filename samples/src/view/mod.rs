//! How papers come to be pixels: on a scanner's glass, before a phone.
//!
//! Never here: what is printed on them.

pub mod file;
pub mod flaw;
pub mod noise;
pub mod page;
pub mod pdf;
pub mod phone;
pub mod plane;
pub mod scanner;
pub mod surface;
