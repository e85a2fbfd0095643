//! The game's own sections: class, log, quests, badges, journeys, and people they follow.

use super::keys::ProfileKeys;
use super::scope::{Known, Scope, private};
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::load::fields::Fields;
use crate::load::read::Reader;
use crate::model::date::known;
use crate::model::profile::{
    Availability, BadgeEntry, ClassChoice, Deed, Journey, Profile, QuestEntry, QuestStatus, Stage,
    StageStatus,
};
use crate::model::slug::{is_slug, slugify};
use crate::model::url;
use crate::source::yaml::Node;
use crate::span::Span;
use jiff::civil::Date;

/// The maximum level in one class.
const CLASS_LEVELS: i64 = 99;

/// The maximum XP that one entry of the log may give or take.
const MOST_XP: i64 = 1_000_000_000;

/// The maximum number of pages that `paper` may ask for.
const MOST_PAGES: i64 = 100;

/// The earliest year of the log.
const FIRST_YEAR: i16 = 1970;

pub(super) fn read(
    scope: &Scope<'_>,
    known: &Known,
    top: &mut ProfileKeys<'_, '_>,
    profile: &mut Profile,
) {
    profile.about = top.own("about", |read, node| read.markdown("about", node));
    profile.availability = top.own("availability", availability);
    profile.class =
        top.own("class", |read, node| Some(classes(scope, read, node))).unwrap_or_default();
    profile.guild = top.own("guild", |read, node| name(read, "guild", node));
    profile.party = top.own("party", |read, node| name(read, "party", node));
    profile.leaderboard = top.own("leaderboard", |read, node| read.flag("leaderboard", node));
    profile.theme = top.own("theme", |read, node| name(read, "theme", node));
    profile.paper_pages = top.own("paper", paper_pages);
    profile.log = list(top, "log", |read, node| deed(known, read, node));
    profile.quests = list(top, "quests", |read, node| quest(scope, read, node));
    profile.badges = list(top, "badges", badge);
    profile.journeys = list(top, "journeys", |read, node| journey(scope, read, node));
    let following =
        top.own("following", |read, node| Some(read.each(node, followed))).unwrap_or_default();
    (profile.following, profile.following_at) = following.into_iter().unzip();
}

fn list<T>(
    top: &mut ProfileKeys<'_, '_>,
    key: &'static str,
    mut entry: impl FnMut(&mut Reader<'_>, &Node) -> Option<T>,
) -> Vec<T> {
    let read = |read: &mut Reader<'_>, node: &Node| {
        let items = read.items(key, node);
        Some(items.iter().filter_map(|item| entry(read, item)).collect())
    };
    top.own(key, read).unwrap_or_default()
}

fn name(read: &mut Reader<'_>, key: &str, node: &Node) -> Option<String> {
    let name = read.text(key, node)?;
    Some(name.trim().to_owned()).filter(|name| !name.is_empty())
}

fn availability(read: &mut Reader<'_>, node: &Node) -> Option<Availability> {
    let mut fields = read.fields(node, "`availability`");
    let availability = Availability {
        from: fields.partial_date("from"),
        roles: fields.texts("roles"),
        places: fields.texts("places"),
    };
    fields.finish();
    Some(availability).filter(|it| *it != Availability::default())
}

/// `{ pages: 2 }`
fn paper_pages(read: &mut Reader<'_>, node: &Node) -> Option<u32> {
    let mut fields = read.fields(node, "`paper`");
    let pages = fields.integer("pages", 1..=MOST_PAGES);
    fields.finish();
    pages.map(|pages| pages as u32)
}

/// The most classes of a profile; the sheet shows four.
const MOST_CLASSES: usize = 16;

/// `Artificer`, `[Artificer, Ranger]` or `{Artificer: 5, Ranger: 2}`.
fn classes(scope: &Scope<'_>, read: &mut Reader<'_>, node: &Node) -> Vec<ClassChoice> {
    let mut choices: Vec<ClassChoice> = Vec::new();
    let count = node.as_map().map_or(0, <[_]>::len).max(node.as_list().map_or(0, <[_]>::len));
    if count > MOST_CLASSES {
        let message = format!("a profile can have at most {MOST_CLASSES} classes, not {count}");
        let diagnostic = Diagnostic::error("too-many-classes", message)
            .at(read.span(node))
            .help("keep up to four: no more are shown");
        read.report.push(diagnostic);
        return choices;
    }
    let mut choose = |read: &mut Reader<'_>, at: &Node, written: &str, level: Option<u32>| {
        let Some(class) = class(scope, read, at, written) else { return };
        if choices.iter().any(|other| other.class == class) {
            let diagnostic = Diagnostic::error(
                "duplicate-class",
                format!("the class `{class}` is listed twice"),
            )
            .at(read.span(at))
            .help("add the levels together");
            read.report.push(diagnostic);
            return;
        }
        choices.push(ClassChoice { class, level });
    };
    if let Some(entries) = node.as_map() {
        for (key, value) in entries {
            let levels = |read: &mut Reader<'_>| read.integer(&key.name, value, 1..=CLASS_LEVELS);
            let level = (!value.is_null()).then(|| levels(read)).flatten();
            choose(read, &Node::null(key.at.clone()), &key.name, level.map(|it| it as u32));
        }
        return choices;
    }
    read.each(node, |read, node| {
        let written = read.text("class", node)?;
        choose(read, node, &written, None);
        Some(())
    });
    choices
}

/// A class of the site, or any other word as a custom class. A word that looks like a misspelled
/// class is reported.
fn class(scope: &Scope<'_>, read: &mut Reader<'_>, at: &Node, written: &str) -> Option<String> {
    let written = written.trim();
    let slug = slugify(written);
    let classes = &scope.ruleset.classes;
    let found = classes
        .iter()
        .find(|class| slug.as_ref() == Some(&class.id) || class.name.eq_ignore_ascii_case(written));
    if let Some(class) = found {
        return Some(class.name.clone());
    }
    if let Some(help) = did_you_mean(written, classes.iter().map(|class| class.name.as_str())) {
        let message = format!("`{written}` is not one of the classes of this site");
        let diagnostic = Diagnostic::warning("unknown-class", message)
            .at(read.span(at))
            .label("taken as a class of its own")
            .help(help);
        read.report.push(diagnostic);
    }
    (!written.is_empty()).then(|| written.to_owned())
}

fn deed(known: &Known, read: &mut Reader<'_>, node: &Node) -> Option<Deed> {
    let mut fields = read.fields(node, "an entry of the log");
    let date = fields.required("date", day);
    let xp = fields.required("xp", |read, node| read.integer("xp", node, -MOST_XP..=MOST_XP));
    let skill = fields.optional("skill", |read, node| known.mention(read, node));
    let reason = fields.markdown("for");
    let evidence = fields.url("evidence");
    let private = private(&mut fields);
    fields.finish();
    Some(Deed { date: date?, xp: xp?, skill, reason, evidence, private })
}

/// A day on which XP can be earned: from `FIRST_YEAR` on.
fn day(read: &mut Reader<'_>, node: &Node) -> Option<Date> {
    let date = read.date("date", node)?;
    if date.year() >= FIRST_YEAR {
        return Some(date);
    }
    let message = format!("`{date}` is before {FIRST_YEAR}");
    let diagnostic = Diagnostic::error("date-too-early", message)
        .at(read.span(node))
        .help("put older events in `work` or `summary`, without XP");
    read.report.push(diagnostic);
    None
}

/// An attempt at a quest. Without a status, its score decides whether it was passed.
fn quest(scope: &Scope<'_>, read: &mut Reader<'_>, node: &Node) -> Option<QuestEntry> {
    const STATUSES: [(&str, QuestStatus); 4] = [
        ("accepted", QuestStatus::Accepted),
        ("submitted", QuestStatus::Submitted),
        ("passed", QuestStatus::Passed),
        ("failed", QuestStatus::Failed),
    ];
    let mut fields = read.fields(node, "an entry of `quests`");
    let quest = id(&mut fields, "quest");
    let score = fields.integer("score", 0..=100).map(|score| score as u32);
    let pass = scope.ruleset.pass;
    let by_score = match score {
        Some(score) if score >= pass => QuestStatus::Passed,
        Some(_) => QuestStatus::Failed,
        None => QuestStatus::Accepted,
    };
    let status = fields.word("status", &STATUSES).unwrap_or(by_score);
    if (status, by_score) == (QuestStatus::Passed, QuestStatus::Failed) {
        let message = format!("this quest is `passed` with a score below {pass}");
        let at = fields.take("score").map(|node| fields.reader().span(node));
        let diagnostic = Diagnostic::warning("below-pass", message)
            .at_opt(at)
            .label(format!("`pass` of the rules asks for {pass}"))
            .help("correct one of them, or leave `status` out: then the score decides");
        fields.report().push(diagnostic);
    }
    let entry = QuestEntry {
        quest: String::new(),
        status,
        date: fields.optional("date", day),
        score,
        evidence: fields.url("evidence"),
        private: private(&mut fields),
    };
    fields.finish();
    Some(QuestEntry { quest: quest?, ..entry })
}

fn badge(read: &mut Reader<'_>, node: &Node) -> Option<BadgeEntry> {
    let mut fields = read.fields(node, "an entry of `badges`");
    let badge = id(&mut fields, "badge");
    let date = fields.optional("date", day);
    let evidence = fields.url("evidence");
    let private = private(&mut fields);
    fields.finish();
    Some(BadgeEntry { badge: badge?, date, evidence, private })
}

/// The slug of a quest or badge.
fn id(fields: &mut Fields<'_, '_>, key: &'static str) -> Option<String> {
    let node = fields.take(key);
    let text = fields.text(key)?;
    if is_slug(&text) {
        return Some(text);
    }
    let help = match slugify(&text) {
        Some(slug) => format!("write `{slug}`"),
        None => "write the name of its file".to_owned(),
    };
    let message = format!("`{key}` is used in addresses, and `{text}` cannot be");
    let at = node.map(|node| fields.reader().span(node));
    fields.report().push(Diagnostic::error("bad-slug", message).at_opt(at).help(help));
    None
}

fn journey(scope: &Scope<'_>, read: &mut Reader<'_>, node: &Node) -> Option<Journey> {
    let mut fields = read.fields(node, "a journey");
    let name = fields.text("name");
    let stages = fields.optional("stages", |read, node| {
        let items = read.items("stages", node);
        Some(items.iter().filter_map(|item| stage(scope, read, item)).collect())
    });
    let private = private(&mut fields);
    fields.finish();
    Some(Journey { name: name?, stages: stages.unwrap_or_default(), private })
}

fn stage(scope: &Scope<'_>, read: &mut Reader<'_>, node: &Node) -> Option<Stage> {
    const STATUSES: [(&str, StageStatus); 3] = [
        ("done", StageStatus::Done),
        ("active", StageStatus::Active),
        ("planned", StageStatus::Planned),
    ];
    let mut fields = read.fields(node, "a stage");
    let name = fields.text("name");
    let date = fields.partial_date("date");
    let past = known(&date).is_some_and(|date| date.latest() <= scope.snapshot.today);
    let usual = if past { StageStatus::Done } else { StageStatus::Planned };
    let status = fields.word("status", &STATUSES).unwrap_or(usual);
    let note = fields.markdown("note");
    fields.finish();
    Some(Stage { name: name?, date, status, note })
}

/// A member's slug, or the URL of another person.
fn followed(read: &mut Reader<'_>, node: &Node) -> Option<(String, Span)> {
    let text = read.text("following", node)?;
    if is_slug(&text) || matches!(url::check(&text), Ok(url::Kind::Web)) {
        return Some((text, read.span(node)));
    }
    let diagnostic = Diagnostic::error(
        "bad-following",
        format!("`{text}` is neither a member nor an address"),
    )
    .at(read.span(node))
    .help("write `ada` for `content/profiles/ada.yaml`, or an address that begins with `https://`");
    read.report.push(diagnostic);
    None
}
