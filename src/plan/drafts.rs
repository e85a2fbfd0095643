//! Profiles → drafts: sheets before their prose is rendered.

use super::directory::Directory;
use super::skill_names::{SkillNames, skill_urls};
use super::views::BareView;
use crate::diagnostic::{Diagnostic, Report};
use crate::engine::memo::{ByAddress, Rows, Table, reuse_if_equal};
use crate::load::Site;
use crate::model::derive;
use crate::model::profile::Profile;
use crate::model::ruleset::Ruleset;
use crate::model::sheet::{Prose, Sheet};
use crate::model::wording::Wording;
use crate::theme::Themes;
use jiff::civil::Date;
use std::sync::Arc;

/// A sheet whose prose is not rendered yet, as components in texts may show it.
#[derive(Debug)]
pub(crate) struct Draft {
    pub bare: Arc<Sheet>,
    /// The prose taken out of the sheet, in the order of `Sheet::prose_mut`.
    pub prose: Vec<Prose>,
    pub skills: Arc<SkillNames>,
}

/// The inputs of a draft.
pub(crate) type DraftSource = (ByAddress<Profile>, ByAddress<Ruleset>, Date, Arc<Wording>);

/// The drafts of earlier builds.
pub(super) type DraftTable = Table<String, DraftSource, Draft>;

/// Drafts by slug.
pub(crate) type Drafts = Arc<Rows<String, DraftSource, Draft>>;

/// Every profile's draft, in the words of the theme it is shown in.
pub(crate) fn drafts(site: &Site, themes: &Themes, today: Date, memory: &DraftTable) -> Drafts {
    let source = |profile: &Arc<Profile>| {
        let wording = themes.named(profile.theme.as_deref()).wording.clone();
        (ByAddress(profile.clone()), ByAddress(site.ruleset.clone()), today, wording)
    };
    let sources = site.profiles.iter().map(|(slug, it)| (slug.as_str(), source(it)));
    memory.all(sources, |_, (profile, ruleset, today, wording), old| {
        let mut bare = derive::sheet(&profile.0, &ruleset.0, *today, wording);
        let mut prose = Vec::new();
        bare.prose_mut(&mut |it| prose.push(std::mem::take(it)));
        let skills = reuse_if_equal(SkillNames::of(&bare), old.map(|old| &old.skills));
        Draft { bare: Arc::new(bare), prose, skills }
    })
}

/// Reports what sheets leave out on paper because their profiles limit the number of pages.
pub(crate) fn report_left_out(site: &Site, drafts: &Drafts, report: &mut Report) {
    for (slug, row) in drafts.iter() {
        let Some(left_out) = &row.value.bare.left_out else { continue };
        let profile = site.profiles.get(slug);
        let at = profile.and_then(|profile| profile.places.get("paper").cloned());
        report.push(
            Diagnostic::warning("left-out-on-paper", left_out.as_str())
                .at_opt(at)
                .help("ask for more pages, or leave `paper` out: then everything is printed"),
        );
    }
}

/// A sheet as components in texts get it, before its prose is rendered.
pub(crate) fn bare_view(sheet: &Arc<Sheet>, directory: &Directory) -> BareView {
    BareView { sheet: sheet.clone(), skill_urls: skill_urls(sheet, directory) }
}
