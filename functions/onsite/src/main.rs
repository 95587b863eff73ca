//! All of it in one process on one machine.
fn main() {}
