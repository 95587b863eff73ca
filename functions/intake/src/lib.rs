//! A scan arrived: read it into its case.
//!
//! Handlers over the ports of `casework`; the same on one machine and in the cloud.
//! Never here: a rule about documents, an SDK, a file system, the clock.

mod batch;
mod error;
pub mod event;
mod file;
mod gather;
mod look;
mod loose;
pub mod manifest;
pub mod messages;
mod open;
mod receive;
mod reconcile;
mod sort;
mod stack;

use casework::case::{Actor, Role};
use casework::ports::{Cases, ReadScan, Readings, Scans};

pub use error::IntakeError;
pub use file::{Filed, outcome};
pub use gather::Patience;
pub use look::Looked;
pub use receive::{Attempt, Received};
pub use reconcile::{Reconciled, Run};
pub use stack::Progress;

/// What intake keeps things in.
pub trait Store: Scans + Readings + Cases {}
impl<T: Scans + Readings + Cases> Store for T {}

/// The intake: a store to keep things in and eyes to read with.
#[derive(Debug)]
pub struct Intake<'a, S, E> {
    /// Where scans, readings and cases are kept.
    pub store: &'a S,
    /// What reads scans.
    pub eyes: &'a E,
}

impl<'a, S: Store, E: ReadScan> Intake<'a, S, E> {
    /// An intake over this store with these eyes.
    pub const fn new(store: &'a S, eyes: &'a E) -> Self {
        Self { store, eyes }
    }
}

/// In whose name the machine acts.
const INTAKE: Actor = Actor {
    role: Role::Intake,
    account: None,
};
/// Attempts at a write that others are faster with, before it is left to a later run.
const ATTEMPTS_MAX: u32 = 16;
