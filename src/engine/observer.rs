//! Observes the progress of a build. Clocks and terminals live in the layers above.

/// Receives the progress of a build, from any thread. It cannot change a byte of the output.
pub trait Observer: Sync {
    /// A step of the build has ended: `load`, `theme`, `plan`, `run`.
    fn step_finished(&self, part: &'static str);
    /// Progress of a long step: `done` of `of` items, if the total is known: `encoding pictures`,
    /// 12 of 96.
    fn progress(&self, doing: &'static str, done: usize, of: Option<usize>);
    /// Whether the build is obsolete, because a newer one is pending. Its result is then
    /// incomplete, and only what it memoised is of use.
    fn is_cancelled(&self) -> bool {
        false
    }
}

/// An observer that ignores everything.
impl Observer for () {
    fn step_finished(&self, _part: &'static str) {}
    fn progress(&self, _doing: &'static str, _done: usize, _of: Option<usize>) {}
}
