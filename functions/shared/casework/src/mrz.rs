//! Machine readable zones (ICAO Doc 9303, parts 3–7): layout, check digits, fields, and what a zone proves.
//!
//! A [`Zone`] is two or three lines of the right shape. [`Zone::parse`] never fails: what
//! is odd comes back as doubts, and each check digit as *verified*, *refuted* or *not
//! printed*. [`seen`] adds the reader's margins and says what is proven; [`repair`] puts right
//! what the digits leave no choice in. Never here: pixels, and the printed part of a document.
//!
//! The crate `mrz` reads the same five formats, and our tests hold us to it. We keep our
//! own reading of the layout because the reader needs it as data (which characters may
//! stand where, which digit covers what), because a refused document code or a filler
//! must still give an answer, and because evidence here needs a margin per character.
//!
//! ```
//! use casework::mrz::{Check, CheckDigit, Zone};
//! let zone = Zone::new(&[
//!     "IDKAZ0123456784900101300057<<<",
//!     "9001011M3306149KAZ<<<<<<<<<<<0",
//!     "SPECIMEN<<AIDAR<<<<<<<<<<<<<<<",
//! ])?;
//! let (mrz, doubts) = zone.parse(jiff::civil::date(2026, 11, 22));
//! assert_eq!(mrz.surname.reveal(), "SPECIMEN");
//! assert_eq!(mrz.checks.get(Check::Composite), CheckDigit::Verified);
//! assert!(doubts.is_empty());
//! # Ok::<(), casework::mrz::ShapeError>(())
//! ```

mod check;
mod compose;
mod date;
mod layout;
mod name;
mod parse;
pub mod repair;
pub mod seen;
#[cfg(test)]
mod tests;
mod zone;

pub use check::{Check, CheckDigit, Checks, check_digit, same_to_a_check_digit};
pub use compose::{ComposeError, MrzEntries, compose};
pub use date::MrzDate;
pub use layout::{Alphabet, Cell, FieldLayout, Format, MrzField, alphabet, kazakh_alphabet};
pub use parse::{Mrz, MrzDoubt};
pub use zone::{ShapeError, Zone};
