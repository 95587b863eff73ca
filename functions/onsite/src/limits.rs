//! What a reader's process may use: memory, processor time, and how long it may stand still.
//!
//! Time is the processor's, not the clock's: on a busy machine a file is read later, not refused.
//! The only file that names `rustix`. Never here: what a reader is asked.

use std::io;
use std::pin::pin;
use std::time::Duration;

use rustix::process::{Resource, Rlimit, Signal, getrlimit, setrlimit};
use rustix::time::{ClockId, clock_gettime};
use tokio::time::timeout;

/// Processor time for a file, or for each page of a clerk's batch file (READING.md: 10 seconds). The
/// kernel counts whole seconds, so it may be one more.
const READING_TIME_MAX: Duration = Duration::from_secs(10);
/// A process that has used no processor time for so long is stopped or stuck. One that others starve
/// still gets some.
const STILL_MAX: Duration = Duration::from_secs(5);

/// The signal that ends a process whose processor time is used up.
pub const OUT_OF_TIME: i32 = Signal::XCPU.as_raw();

/// Limits this process's address space, for good, and keeps what it reads out of core files.
pub fn confine(memory_bytes_max: u64) -> io::Result<()> {
    for (resource, most) in [(Resource::As, memory_bytes_max), (Resource::Core, 0)] {
        let limit = Rlimit {
            current: Some(most),
            maximum: Some(most),
        };
        setrlimit(resource, limit)?;
    }
    Ok(())
}

/// Gives this process its processor time for one more file or page.
pub fn more_time() -> io::Result<()> {
    let used = clock_gettime(ClockId::ProcessCPUTime).tv_sec.unsigned_abs();
    let limit = Rlimit {
        current: Some(used + 1 + READING_TIME_MAX.as_secs()),
        maximum: getrlimit(Resource::Cpu).maximum,
    };
    Ok(setrlimit(Resource::Cpu, limit)?)
}

/// Waits for what a process is to do for as long as it does anything.
///
/// # Errors
/// `TimedOut` where it does nothing any more; else what `work` ends in.
pub async fn unless_stuck<T>(
    process: Option<u32>,
    work: impl Future<Output = io::Result<T>>,
) -> io::Result<T> {
    let mut work = pin!(work);
    let mut before = ticks(process);
    loop {
        if let Ok(done) = timeout(STILL_MAX, &mut work).await {
            return done;
        }
        let now = ticks(process);
        if now == before {
            return Err(io::ErrorKind::TimedOut.into());
        }
        before = now;
    }
}

/// Processor time that a process has used, in the kernel's ticks; nothing where that is not known.
fn ticks(process: Option<u32>) -> Option<u64> {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", process?)).ok()?;
    // Behind the name, which may have any characters: state first, user's and system's time 12th and 13th.
    let (_, rest) = stat.rsplit_once(") ")?;
    let times = rest.split(' ').skip(11).take(2);
    times.map(|time| time.parse::<u64>().ok()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_that_was_used_is_counted() {
        let own = Some(std::process::id());
        let before = ticks(own).unwrap();
        let mut last = before;
        let mut sum = 0_u64;
        while last < before + 2 {
            sum = std::hint::black_box((0..100_000).fold(sum, u64::wrapping_add));
            last = ticks(own).unwrap();
        }
        assert_eq!((ticks(None), ticks(Some(0))), (None, None));
    }
}
