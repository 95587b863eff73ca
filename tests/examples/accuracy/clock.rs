//! CPU time and memory of this process, as Linux counts them; zero elsewhere.

/// CPU time that reading has used, milliseconds: this thread's, and that of the threads on which
/// the nets run (each has one, named by `ocr::net`).
pub fn reading_cpu_ms() -> f64 {
    let of = |folder: &std::path::Path| {
        let text = std::fs::read_to_string(folder.join("schedstat")).unwrap_or_default();
        let nanoseconds = text.split_whitespace().next().and_then(|n| n.parse().ok());
        nanoseconds.unwrap_or(0.0) / 1e6
    };
    let is_net = |folder: &std::path::Path| {
        std::fs::read_to_string(folder.join("comm"))
            .is_ok_and(|name| name.starts_with(ocr::net::THREAD))
    };
    let threads = std::fs::read_dir("/proc/self/task").into_iter().flatten();
    let threads = threads.flatten().map(|entry| entry.path());
    let nets: f64 = threads
        .filter(|path| is_net(path))
        .map(|path| of(&path))
        .sum();
    of("/proc/thread-self".as_ref()) + nets
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
