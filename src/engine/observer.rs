//! Observes the progress of a build. Clocks and terminals live in the layers above.

/// Receives the progress of a build, from any thread. It cannot change a byte of the output.
pub trait Observer: Sync {
    /// A part of the build has ended: `load`, `theme`, `plan`, `run`.
    fn ended(&self, part: &'static str);
    /// So many things that take long are done, of so many if that is known: `encoding pictures`,
    /// 12 of 96.
    fn progress(&self, doing: &'static str, done: usize, of: Option<usize>);
    /// Whether nobody wants this build any more, since something newer is to be built. What it gives
    /// is not whole then, and good for nothing but what was remembered on the way.
    fn is_overtaken(&self) -> bool {
        false
    }
}

/// An observer that ignores everything.
impl Observer for () {
    fn ended(&self, _part: &'static str) {}
    fn progress(&self, _doing: &'static str, _done: usize, _of: Option<usize>) {}
}
