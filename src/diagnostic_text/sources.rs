//! The texts that diagnostics refer to, each with its line index, built on first use.

use crate::path::SitePath;
use crate::span::Lines;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Returns the text of a file.
type Text<'a> = dyn Fn(&SitePath) -> Option<&'a str> + 'a;

/// Provides the texts of files; a file without one is named without showing its lines.
pub struct Sources<'a> {
    text: Box<Text<'a>>,
    read: RefCell<BTreeMap<SitePath, Option<Rc<Lines<'a>>>>>,
}

impl<'a> Sources<'a> {
    /// Texts provided by a function.
    pub fn new(text: impl Fn(&SitePath) -> Option<&'a str> + 'a) -> Sources<'a> {
        Sources { text: Box::new(text), read: RefCell::default() }
    }

    pub(super) fn lines(&self, file: &SitePath) -> Option<Rc<Lines<'a>>> {
        if let Some(lines) = self.read.borrow().get(file) {
            return lines.clone();
        }
        let lines = (self.text)(file).map(|text| Rc::new(Lines::of(text)));
        self.read.borrow_mut().insert(file.clone(), lines.clone());
        lines
    }
}
