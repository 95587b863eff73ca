//! The crate from outside: messages in, outcomes out.

#![cfg(test)]

mod national;
