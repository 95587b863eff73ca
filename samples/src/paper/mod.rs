//! The papers: what stands on each of them, and where it is printed.
//!
//! Never here: how a paper is scanned or photographed.

pub mod drawing;
pub mod id_card;
pub mod lure;
pub mod passport;
pub mod permit;
pub mod picture;
pub mod registration_card;
pub mod travel;
