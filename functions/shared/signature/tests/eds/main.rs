//! The crate from outside: messages in, outcomes out.

#![cfg(test)]

mod accepted;
mod gost_vectors;
mod hostile;
mod national;
mod refused;
mod revoked;
mod unfit;
mod world;
