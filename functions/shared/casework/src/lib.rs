//! What we know: the rules of consular registration, as values and pure functions.
//!
//! Never here: I/O, a clock (time is an argument), an async runtime, pixels, HTML.

pub mod account;
pub mod appeal;
pub mod application;
pub mod audit;
pub mod calendar;
pub mod card;
pub mod case;
pub mod consent;
pub mod country;
pub mod cover;
pub mod crosscheck;
pub mod document;
pub mod finding;
pub mod finding_code;
pub mod iin;
pub mod mission;
pub mod mrz;
pub mod names;
pub mod notice;
pub mod overview;
pub mod personal;
pub mod ports;
pub mod reading;
pub mod record;
pub mod refusal;
pub mod romanisation;
pub mod scan;
pub mod sex;
pub mod signing;
pub mod stack;
pub mod term;
pub mod upload;
pub mod vigil;
pub mod words;
pub mod worklist;
