//! Profiles → bare sheets: sheets before their prose is rendered.

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
pub(crate) struct BareSheet {
    pub sheet: Arc<Sheet>,
    /// The prose taken out of the sheet, in the order of `Sheet::prose_mut`.
    pub prose: Vec<Prose>,
    pub skills: Arc<SkillNames>,
}

/// The inputs of a bare sheet.
pub(crate) type BareSheetSource = (ByAddress<Profile>, ByAddress<Ruleset>, Date, Arc<Wording>);

/// The bare sheets of earlier builds.
pub(super) type BareSheetTable = Table<String, BareSheetSource, BareSheet>;

/// BareSheets by slug.
pub(crate) type BareSheets = Arc<Rows<String, BareSheetSource, BareSheet>>;

/// Every profile's bare sheet, in the words of the theme it is shown in.
pub(crate) fn bare_sheets(
    site: &Site,
    themes: &Themes,
    today: Date,
    cache: &BareSheetTable,
) -> BareSheets {
    let source = |profile: &Arc<Profile>| {
        let wording = themes.named(profile.theme.as_deref()).wording.clone();
        (ByAddress(profile.clone()), ByAddress(site.ruleset.clone()), today, wording)
    };
    let sources = site.profiles.iter().map(|(slug, it)| (slug.as_str(), source(it)));
    cache.all(sources, |_, (profile, ruleset, today, wording), old| {
        let mut sheet = derive::sheet(&profile.0, &ruleset.0, *today, wording);
        let mut prose = Vec::new();
        sheet.prose_mut(&mut |it| prose.push(std::mem::take(it)));
        let skills = reuse_if_equal(SkillNames::of(&sheet), old.map(|old| &old.skills));
        BareSheet { sheet: Arc::new(sheet), prose, skills }
    })
}

/// Reports what sheets leave out on paper because their profiles limit the number of pages.
pub(crate) fn report_left_out(site: &Site, bare_sheets: &BareSheets, report: &mut Report) {
    for (slug, row) in bare_sheets.iter() {
        let Some(left_out) = &row.value.sheet.left_out else { continue };
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
