//! The acceptance crate: what holds the whole together.
#![cfg(test)]

mod accuracy;
mod adversarial;
mod any_order;
mod architecture;
mod backup;
mod bad_input;
mod by_hand;
mod by_phone;
mod clock;
mod cloud;
mod complaint;
mod contract;
mod desk;
mod hidden_text;
mod inbox;
mod journey;
mod local_store;
mod machine;
mod meanwhile;
mod memory;
mod notices;
mod papers;
mod piecemeal;
mod portal;
mod reader_child;
mod served;
mod stack;
mod turns;
