//! CPU time and memory of this process, as Linux counts them; zero elsewhere.

use std::path::{Path, PathBuf};

/// CPU time that reading has used, milliseconds: this thread's, and that of the threads on which
/// the nets run (each has one, named by `ocr::net`).
pub fn reading_cpu_ms() -> f64 {
    let nets: f64 = net_threads().map(|thread| cpu_ms(&thread)).sum();
    cpu_ms("/proc/thread-self".as_ref()) + nets
}

fn cpu_ms(thread: &Path) -> f64 {
    let text = std::fs::read_to_string(thread.join("schedstat")).unwrap_or_default();
    let nanoseconds = text.split_whitespace().next().and_then(|n| n.parse().ok());
    nanoseconds.unwrap_or(0.0) / 1e6
}

/// The folders in which Linux tells of the nets' threads.
fn net_threads() -> impl Iterator<Item = PathBuf> {
    let is_net = |thread: &PathBuf| {
        std::fs::read_to_string(thread.join("comm"))
            .is_ok_and(|name| name.starts_with(ocr::net::THREAD))
    };
    let threads = std::fs::read_dir("/proc/self/task").into_iter().flatten();
    let threads = threads.flatten().map(|entry| entry.path());
    threads.filter(is_net)
}

/// The most memory this process has held, MB.
pub fn peak_memory_mb() -> f64 {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find(|line| line.starts_with("VmHWM:"));
    let kilobytes = line
        .and_then(|line| line.split_whitespace().nth(1))
        .and_then(|n| n.parse().ok());
    kilobytes.unwrap_or(0.0) / 1000.0
}

#[cfg(test)]
mod tests {
    use image::{GrayImage, Luma};
    use ocr::line::{Alphabet, ReadPrint};
    use ocr::print::LineNet;

    use super::*;

    #[test]
    fn what_the_nets_use_is_counted() {
        let page = GrayImage::from_fn(400, 60, |x, y| Luma([if x % 9 < y % 7 { 40 } else { 220 }]));
        let corners = [[10.0, 20.0], [390.0, 20.0], [390.0, 38.0], [10.0, 38.0]];
        let net = LineNet::load().unwrap();
        let of_nets = || net_threads().map(|thread| cpu_ms(&thread)).sum::<f64>();
        let before = of_nets();
        net.read_again(&page, corners, Alphabet::Any);
        assert!(of_nets() > before);
    }
}
