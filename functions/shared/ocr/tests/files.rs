//! Files as they arrive: every row of bad input that a file on disk can show, and what becomes of it.
#![cfg(test)]

#[path = "files/bad_input.rs"]
mod bad_input;
#[path = "files/codes.rs"]
mod codes;
#[path = "files/colours.rs"]
mod colours;
#[path = "files/make.rs"]
mod make;
#[path = "files/mutations.rs"]
mod mutations;
#[path = "files/pdf.rs"]
mod pdf;
#[path = "files/tiff.rs"]
mod tiff;
