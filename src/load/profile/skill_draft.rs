//! A skill while it is being read: its edges are still values of the file.

use crate::model::profile::Skill;
use crate::source::yaml::Node;
use crate::span::Span;

/// A skill while it is being read.
pub(super) struct SkillDraft<'n> {
    pub(super) skill: Skill,
    /// The source position of its name.
    pub(super) at: Span,
    pub(super) requires: Option<&'n Node>,
    pub(super) merges: Option<&'n Node>,
}

impl SkillDraft<'_> {
    pub(super) fn new(name: &str, at: Span) -> Self {
        let skill =
            Skill { name: name.trim().to_owned(), place: Some(at.clone()), ..Skill::default() };
        SkillDraft { skill, at, requires: None, merges: None }
    }
}
