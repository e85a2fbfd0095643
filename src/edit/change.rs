//! An edit of one value of a profile.

use crate::diagnostic::Diagnostic;

/// Ok, or every reason why an edit cannot be made.
pub type Result<T> = std::result::Result<T, Vec<Diagnostic>>;

/// The fields of a profile that can be edited on its page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Field {
    /// `name`
    Name,
    /// `label`
    Label,
    /// The level of the skill with this slug.
    Level(String),
}

/// An edit of one value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The field to edit.
    pub field: Field,
    /// The value the page shows; empty if it shows none.
    pub was: String,
    /// The new value.
    pub value: String,
}

/// Collapses white space, as HTML does.
pub(super) fn normal(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
