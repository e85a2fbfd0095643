//! The keys at the top of a profile, and those whose values could not be used.

use crate::diagnostic::Severity;
use crate::load::fields::Fields;
use crate::load::read::Reader;
use crate::source::yaml::Node;

/// Key names of earlier versions of JSON Resume, with their current names.
pub(super) const RENAMED: &[(&str, &str)] =
    &[("company", "name"), ("picture", "image"), ("website", "url"), ("gpa", "score")];

/// The keys of a profile, with a list of those whose values could not be used.
pub(super) struct ProfileKeys<'n, 'r> {
    pub(super) fields: Fields<'n, 'r>,
    pub(super) is_foreign: bool,
    pub(super) refused: Vec<&'static str>,
}

impl<'n, 'r> ProfileKeys<'n, 'r> {
    /// A key of ours. In another tool's résumé it may mean anything; if its value is not valid, it
    /// is kept whole and not used.
    pub(super) fn own<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&mut Reader<'r>, &'n Node) -> Option<T>,
    ) -> Option<T> {
        let node = self.fields.take(key)?;
        let before = self.fields.report().count(Severity::Error);
        let value = read(self.fields.reader(), node);
        if self.is_foreign && self.fields.report().count(Severity::Error) > before {
            self.refused.push(key);
            return None;
        }
        value
    }

    /// A text of ours; `None` if it is blank.
    pub(super) fn text(&mut self, key: &'static str) -> Option<String> {
        let text = self.own(key, |read, node| read.text(key, node))?;
        Some(text.trim().to_owned()).filter(|text| !text.is_empty())
    }
}
