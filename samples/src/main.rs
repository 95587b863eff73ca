//! Invented specimens.
fn main() {}
