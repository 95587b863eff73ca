//! What goes on beside the desk while it is served, until the process is told to end.

use std::cell::RefCell;
use std::io::Write as _;
use std::time::Duration;

use tokio::signal::unix::{SignalKind, signal};
use tokio::time::{MissedTickBehavior, interval};

use crate::look::Watch;
use crate::notices::Notices;

/// Between two looks into the outbox.
const NOTICES_EVERY: Duration = Duration::from_secs(10);
/// Between two looks at the time.
const CLOCK_EVERY: Duration = Duration::from_mins(5);

/// Everything, until the process is told to end.
pub async fn beside(notices: &Notices, watch: &Watch) {
    tokio::join!(
        every(NOTICES_EVERY, async || notices.send().await),
        every(CLOCK_EVERY, async || watch.look().await),
    );
}

/// Does it again and again, until the process is told to end: between two times, never in the
/// midst of one.
pub async fn every(period: Duration, mut work: impl AsyncFnMut()) {
    let mut ticks = interval(period);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut ended = std::pin::pin!(told_to_end());
    loop {
        tokio::select! {
            biased;
            () = &mut ended => return,
            _ = ticks.tick() => work().await,
        }
    }
}

/// Waits for Ctrl-C, or for what `kill` and a service manager send.
pub async fn told_to_end() {
    let Ok(mut terminated) = signal(SignalKind::terminate()) else {
        let _ = tokio::signal::ctrl_c().await;
        return;
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminated.recv() => {}
    }
}

/// What was said last of something that goes on: the same is not said again and again.
#[derive(Debug, Default)]
pub struct Remarks(RefCell<String>);

impl Remarks {
    /// Says it beside the program's answers, unless it was said last.
    pub fn say(&self, what: &str) {
        let said = self.0.replace(what.to_owned());
        if said != what {
            // Whoever closed it does not want to hear.
            let _ = writeln!(std::io::stderr(), "tirkeu: {what}");
        }
    }
}
