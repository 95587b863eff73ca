//! Where we keep it, on one machine.
