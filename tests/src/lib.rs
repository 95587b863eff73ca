//! The acceptance crate.
#![cfg(test)]
