//! Estimates how many printed pages a sheet takes with codex's `print.css`, from the lengths of its
//! texts. The estimate is a little too high rather than too low. The page is as wide as A4 and as
//! high as Letter, so that the result holds for both.

use crate::model::sheet::{EmploymentLine, PositionLine, Prose, Sheet};

/// Heights, in tenths of a millimetre. A page: 279 mm minus two margins of 14 mm.
const PAGE: u32 = 2500;
const LINE: u32 = 47;
/// A heading with the space around it.
const SECTION: u32 = 125;
/// Space before an entry.
const GAP: u32 = 30;
/// Half-width characters per line of 180 mm.
const WIDTH: usize = 110;

/// The number of pages of the sheet, without what it leaves out on paper.
pub(super) fn pages(sheet: &Sheet) -> u32 {
    let mut flow = Flow::default();
    head(&mut flow, sheet);
    employments(&mut flow, &sheet.work);
    employments(&mut flow, &sheet.volunteer);
    if let Some(open) = &sheet.availability {
        let texts = [open.roles.as_str(), open.places.as_str(), "From Roles Where January 2000"];
        flow.section([lines(texts)]);
    }
    flow.section(sheet.education.iter().map(|it| {
        let courses: usize = it.courses.iter().map(|course| width(course) + 2).sum();
        GAP + 3 * LINE + lines_of(courses)
    }));
    flow.run(
        sheet
            .languages
            .iter()
            .map(|it| width(&it.language) + it.fluency.as_deref().map_or(0, width) + 5),
    );
    let interests = sheet.interests.iter().filter(|it| !it.off_paper);
    flow.run(interests.map(|it| {
        let words: usize = it.keywords.iter().map(|word| width(word) + 2).sum();
        width(&it.name) + words + 4
    }));
    flow.section(sheet.skills.iter().map(|group| {
        let skills = group.skills.iter().map(|skill| width(&skill.name) + width(&skill.proof) + 9);
        10 + lines_of(width(&group.name) + skills.sum::<usize>())
    }));
    projects(&mut flow, sheet);
    let honours = sheet.honours.iter().filter(|it| !it.off_paper).map(|it| {
        let texts = [Some(&it.name), it.by.as_ref(), it.url.as_ref()];
        let text: usize = texts.into_iter().flatten().map(|text| width(text) + 3).sum();
        10 + lines_of(text + 28) + prose(&it.summary)
    });
    let badges =
        sheet.badges.iter().filter(|it| !it.off_paper).map(|it| {
            10 + lines_of(width(&it.name) + it.evidence.as_deref().map_or(0, width) + 28)
        });
    flow.section(honours.chain(badges));
    flow.section(sheet.publications.iter().filter(|it| !it.off_paper).map(|it| {
        let title = width(&it.name) + it.url.as_deref().map_or(0, width) + 2;
        20 + lines_of(title * 11 / 10) + LINE + prose(&it.summary)
    }));
    let references = sheet.references.iter().filter(|it| !it.off_paper);
    flow.section(references.map(|it| 25 + prose(&it.reference) + LINE));
    flow.section(sheet.journeys.iter().filter(|it| !it.off_paper).map(|it| {
        let stages = it
            .stages
            .iter()
            .map(|stage| width(&stage.name) + stage.note.as_ref().map_or(0, of_prose) + 28);
        20 + LINE + lines_of(stages.sum())
    }));
    flow.pages()
}

fn head(flow: &mut Flow, sheet: &Sheet) {
    let accounts =
        sheet.accounts.iter().map(|it| width(&it.network) + it.url.as_deref().map_or(0, width) + 4);
    let texts = [&sheet.location, &sheet.email, &sheet.phone, &sheet.url];
    let contact: usize = texts.into_iter().flatten().map(|it| width(it) + 3).sum();
    // The portrait takes a fifth of the width.
    let contact = (contact + accounts.sum::<usize>()) * 5 / 4;
    let label = sheet.label.as_deref().map_or(0, |label| lines_of(width(label) * 5 / 4));
    flow.put((110 + label + 15 + lines_of(contact)).max(270), false);
    if sheet.pitch.is_some() || sheet.summary.is_some() {
        flow.section([prose(&sheet.pitch) + 12 + prose(&sheet.summary)]);
    }
}

fn employments(flow: &mut Flow, employers: &[EmploymentLine]) {
    let mut is_first = true;
    for line in employers.iter().filter(|line| !line.off_paper) {
        if std::mem::take(&mut is_first) {
            flow.put(SECTION, true);
        }
        let title = line.positions.first().map_or(0, |position| width(&position.title));
        let name = width(&line.name) + title + line.url.as_deref().map_or(0, width) + 3;
        let facts = [&line.location, &line.description];
        let facts: usize = facts.into_iter().flatten().map(|it| width(it) + 3).sum();
        flow.put(GAP + lines_of(name * 11 / 10) + lines_of(facts + 24), !line.positions.is_empty());
        let is_one = line.positions.len() == 1;
        for position in line.positions.iter().filter(|position| !position.off_paper) {
            if !is_one {
                flow.put(20 + 2 * LINE, true);
            }
            held(flow, position);
        }
    }
}

fn held(flow: &mut Flow, position: &PositionLine) {
    let printed = position.highlights.iter().take(position.highlights_on_paper);
    let skills: usize = position.skills.iter().map(|(name, _)| width(name) + 2).sum();
    let skills = if skills == 0 { 0 } else { 8 + lines_of(skills + 13) };
    entry(flow, 8 + prose(&position.summary), printed, skills);
}

fn projects(flow: &mut Flow, sheet: &Sheet) {
    let mut is_first = true;
    for project in sheet.projects.iter().filter(|project| !project.off_paper) {
        if std::mem::take(&mut is_first) {
            flow.put(SECTION, true);
        }
        let title = width(&project.name) + project.url.as_deref().map_or(0, width);
        let words = project.skills.iter().map(|(name, _)| name).chain(&project.keywords);
        let words: usize = words.map(|word| width(word) + 2).sum();
        let words = if words == 0 { 0 } else { 5 + lines_of(words + 13) };
        let printed = project.highlights.iter().take(project.highlights_on_paper);
        let top = GAP + lines_of(title * 11 / 10) + prose(&project.description);
        entry(flow, top, printed, LINE + 5 + words);
    }
}

/// Adds an entry. A short one is not broken; a long one keeps its head together with two
/// highlights, and its last two highlights together.
fn entry<'p>(flow: &mut Flow, top: u32, printed: impl Iterator<Item = &'p Prose>, end: u32) {
    let heights: Vec<u32> =
        printed.map(|highlight| 6 + lines_of(of_prose(highlight) + 4)).collect();
    let number = heights.len();
    flow.put(top, number > 0 || end > 0);
    for (index, height) in heights.into_iter().enumerate() {
        let is_last = index + 1 == number;
        let stays = number < 4 || index == 0 || index + 2 == number;
        flow.put(height, if is_last { end > 0 } else { stays });
    }
    if end > 0 {
        flow.put(end, false);
    }
}

/// Fills pages with blocks, from top to bottom.
#[derive(Default)]
struct Flow {
    full: u32,
    used: u32,
    /// Height of the blocks that must stay on the same page as the next block.
    together: u32,
}

impl Flow {
    /// Adds a block; with `keeps_next` it must stay on one page with the next.
    fn put(&mut self, height: u32, keeps_next: bool) {
        self.together += height;
        if keeps_next {
            return;
        }
        let group = std::mem::take(&mut self.together);
        self.used += group;
        if self.used > PAGE {
            // A group higher than a page is broken anyway.
            self.full += 1 + group / (PAGE + 1);
            self.used = group % (PAGE + 1);
        }
    }

    /// A heading with the blocks below it; nothing if there are none.
    fn section(&mut self, blocks: impl IntoIterator<Item = u32>) {
        for (index, height) in blocks.into_iter().enumerate() {
            if index == 0 {
                self.put(SECTION, true);
            }
            self.put(height, false);
        }
    }

    /// A heading with running text below it.
    fn run(&mut self, words: impl Iterator<Item = usize>) {
        let words: usize = words.sum();
        self.section((words > 0).then(|| lines_of(words)));
    }

    fn pages(&self) -> u32 {
        self.full + u32::from(self.used > 0)
    }
}

fn prose(text: &Option<Prose>) -> u32 {
    let Some(text) = text else { return 0 };
    let paragraphs = text.source.text.split("\n\n").filter(|it| !it.trim().is_empty());
    paragraphs.map(|paragraph| 12 + lines_of(width(paragraph))).sum()
}

/// The source with its markup, because link addresses are printed.
fn of_prose(text: &Prose) -> usize {
    width(&text.source.text)
}

fn lines<const N: usize>(texts: [&str; N]) -> u32 {
    lines_of(texts.into_iter().map(|text| width(text) + 2).sum())
}

fn lines_of(width: usize) -> u32 {
    width.div_ceil(WIDTH) as u32 * LINE
}

/// Width in half-width characters; Chinese, Japanese and Korean characters count twice.
fn width(text: &str) -> usize {
    text.chars().map(|character| if character < '\u{2e80}' { 1 } else { 2 }).sum()
}
