//! Invented people and papers of Kazakhstan, drawn, scanned and photographed, with ground truth.
//!
//! Everything follows from a seed. Never here: anything read from an image; real people.

pub mod bearer;
pub mod cases;
pub mod chance;
pub mod country;
pub mod draw;
pub mod eds;
pub mod iin;
pub mod invent;
pub mod measuring;
pub mod mrz;
pub mod names;
pub mod paper;
pub mod person;
pub mod snapshot;
pub mod stack;
pub mod state;
pub mod tongue;
pub mod trial;
pub mod truth;
pub mod view;
