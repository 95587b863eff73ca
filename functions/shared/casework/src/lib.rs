//! What we know: the rules of consular registration, as values and pure functions.
//!
//! Never here: I/O, a clock (time is an argument), an async runtime, pixels, HTML.

pub mod finding_code;
pub mod personal;
pub mod reading;
