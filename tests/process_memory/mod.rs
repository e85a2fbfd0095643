//! The memory of a process, as Linux tells it.
#![allow(unreachable_pub, missing_docs, clippy::disallowed_methods, reason = "for tests only")]

/// The most memory that a process has had until now, in bytes: of this one by `self`, of another by
/// its number. `None` where there is no such process, or the system does not tell.
pub fn peak(process: &str) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().strip_suffix(" kB")?.parse::<u64>().ok()? * 1024)
}
