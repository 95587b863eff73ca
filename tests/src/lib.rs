//! The acceptance crate.
#![cfg(test)]

mod contract;
mod local_store;
mod memory;
