//! Profile and rules → sheet: everything a theme may print, derived for one day.

use crate::model::profile::{PrivateField, Profile};
use crate::model::radar::{self, values};
use crate::model::ruleset::Ruleset;
use crate::model::sheet::Sheet;
use crate::model::wording::Wording;
use crate::model::{
    career, class, contact, ledger, link, networks, paper, record, resume, skills, story, timeline,
    tree,
};
use jiff::civil::Date;

/// The sheet of `profile` on the day `today`, in these words, without any private data. Its prose is not rendered
/// yet: see `Sheet::prose_mut`.
pub fn sheet(profile: &Profile, rules: &Ruleset, today: Date, wording: &Wording) -> Sheet {
    let ledger = ledger::replay(profile, rules, today);
    let level = ledger::level(&rules.levels, &ledger, wording);
    let strengths = values::strengths(profile, rules);
    let attributes = values::attributes(profile, rules, &strengths, wording);
    let class = class::class_line(profile, rules, &strengths, level.number, wording);
    let address = contact::address(profile, wording);
    let (pitch, summary) = story::introduce(profile);
    let published =
        |field, value: &Option<String>| value.clone().filter(|_| profile.publish.contains(&field));
    let email = published(PrivateField::Email, &profile.email);
    let phone = published(PrivateField::Phone, &profile.phone);
    let mut sheet = Sheet {
        slug: profile.slug.clone(),
        name: profile.name.clone(),
        longest_word: contact::longest_word(&profile.name),
        initials: contact::initials(&profile.name),
        label: profile.label.clone(),
        pitch,
        summary,
        description: story::description(profile, &class, &level, wording),
        location: contact::place(&address, wording),
        address,
        experience: career::experience(profile, today, wording),
        email_url: email.as_ref().and_then(|email| link::safe(&format!("mailto:{email}"))),
        email,
        phone_url: phone.as_deref().and_then(link::telephone),
        phone,
        url: profile.url.as_deref().and_then(link::safe),
        accounts: networks::account_lines(&profile.accounts),
        availability: profile
            .availability
            .as_ref()
            .and_then(|wanted| contact::availability(wanted, wording)),
        radar: radar::radar(&attributes, rules, wording),
        areas: values::areas(&strengths, rules, wording),
        attributes,
        skills: skills::groups(profile, rules, today, wording),
        tree: tree::tree(profile, rules),
        deeds: record::deeds(profile, rules, today, wording),
        quests: record::quests(profile, wording),
        quests_passed: record::passed(profile, rules),
        badges: record::badges(profile, wording),
        work: career::employers(&profile.work, profile, rules, today, wording),
        volunteer: career::employers(&profile.volunteer, profile, rules, today, wording),
        education: resume::education(profile, today, wording),
        projects: resume::projects(profile, rules, today, wording),
        honours: resume::honours(profile, wording),
        publications: resume::publications(profile, wording),
        languages: resume::languages(profile),
        interests: resume::interests(profile),
        references: resume::references(profile),
        journeys: resume::journeys(profile, wording),
        timeline: timeline::timeline(profile, &ledger, today, wording),
        class,
        level,
        left_out: None,
    };
    if let Some(pages) = profile.paper_pages {
        paper::fit(&mut sheet, pages);
    }
    sheet
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::profile::{Account, Skill};
    use crate::model::sample;
    use crate::span::Markdown;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_text_is_too_strange(
            texts in proptest::collection::vec("(\\PC|[\\[\\]()*_.!?# \n@:/-]){0,80}", 8),
            edges in proptest::collection::vec((0_usize..4, 0_usize..4), 0..8),
        ) {
            let [name, summary, about, user, network, url, keyword, class] = texts.as_slice() else {
                return Ok(());
            };
            let mut profile = sample::full();
            profile.name = name.clone();
            profile.summary = Some(Markdown::new(summary.repeat(5)));
            profile.about = Some(Markdown::new(about.as_str()));
            profile.url = Some(url.clone());
            profile.class[0].class = class.clone();
            let (network, user) = (Some(network.clone()), Some(user.clone()));
            profile.accounts = vec![Account { network, username: user, ..Account::default() }];
            profile.skills.push(Skill { keywords: vec![keyword.clone()], ..sample::skill(class, 3) });
            for (from, to) in edges {
                let slug = profile.skills[from].slug.clone();
                profile.skills[to].requires.push(slug);
            }
            let one = sheet(&profile, &sample::ruleset(), sample::today(), &sample::wording());
            prop_assert!(one.description.chars().count() <= 160);
            prop_assert_eq!(one, sheet(&profile, &sample::ruleset(), sample::today(), &sample::wording()));
        }
    }

    #[test]
    fn nothing_private_is_on_the_sheet() {
        let sheet = sheet(&sample::full(), &sample::ruleset(), sample::today(), &sample::wording());
        let printed = format!("{sheet:?}");
        for hidden in ["Secret", "secret", "Hidden Lane", "10115", "+49"] {
            assert!(!printed.contains(hidden), "{hidden}");
        }
        assert_eq!(sheet.email.as_deref(), Some("ada@example.org"));
    }

    #[test]
    fn nobody_has_an_empty_sheet_that_can_be_printed() {
        let sheet =
            sheet(&Profile::default(), &sample::ruleset(), sample::today(), &sample::wording());
        assert_eq!((sheet.level.number, sheet.class.text.as_str()), (1, "Adventurer"));
        assert_eq!((sheet.radar, sheet.tree, sheet.pitch), (None, None, None));
    }

    #[test]
    fn a_full_sheet_reads_like_this() {
        let sheet = sheet(&sample::full(), &sample::ruleset(), sample::today(), &sample::wording());
        let printed = serde_json::to_string_pretty(&sheet).unwrap();
        insta::assert_snapshot!("full_sheet", printed);
    }
}
