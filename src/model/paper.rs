//! Limits a printed sheet to a number of pages, if its profile asks for one (`paper: { pages: 2
//! }`). Entries that do not fit are left out on paper, oldest first.
//!
//! Entries without a date go first, from the end of the page upwards; then the one that ended
//! longest ago, and so on. An entry loses its highlights first, starting with the last one, and
//! then goes as a whole. Name, contact, summary, availability, education, languages and skills
//! always stay.

mod flow;

use crate::model::number::count;
use crate::model::sheet::{EmploymentLine, Sheet, When};

/// Marks what must be left out for the sheet to fit on `wanted` pages, and describes what was left
/// out.
pub fn fit(sheet: &mut Sheet, wanted: u32) {
    let whole = flow::pages(sheet);
    if whole <= wanted {
        return;
    }
    let entries = entries(sheet);
    let cuts = cuts(&entries);
    let is_too_long = |cuts: &[Cut]| {
        let mut shorter = sheet.clone();
        cuts.iter().for_each(|cut| cut.apply(&mut shorter));
        flow::pages(&shorter) > wanted
    };
    let numbers: Vec<usize> = (0..=cuts.len()).collect();
    let needed = numbers.partition_point(|number| is_too_long(&cuts[..*number])).min(cuts.len());
    cuts[..needed].iter().for_each(|cut| cut.apply(sheet));
    let rest = flow::pages(sheet);
    sheet.left_out = Some(told(&cuts[..needed], &entries, wanted, whole, rest));
}

/// A part of the sheet that can be left out.
struct Entry {
    path: EntryPath,
    /// `9999` while it is ongoing, the day it ended, or empty without a date.
    until: String,
    name: String,
    highlights: usize,
}

/// The section of an entry, and its index there; for a position, that of its employer first.
#[derive(Clone, Copy)]
enum EntryPath {
    Work(usize, usize),
    Volunteer(usize, usize),
    Interest(usize),
    Project(usize),
    Honour(usize),
    Badge(usize),
    Publication(usize),
    Reference(usize),
    Journey(usize),
}

/// One cut on paper: all highlights after the first few, or the whole entry.
struct Cut {
    entry: usize,
    path: EntryPath,
    highlights: Option<usize>,
}

/// Every entry, in page order.
fn entries(sheet: &Sheet) -> Vec<Entry> {
    let mut all = employments(&sheet.work, EntryPath::Work);
    all.extend(employments(&sheet.volunteer, EntryPath::Volunteer));
    let mut add = |path, until: Option<&str>, name: &str, highlights| {
        let (until, name) = (until.unwrap_or_default().to_owned(), name.to_owned());
        all.push(Entry { path, until, name, highlights });
    };
    for (index, it) in sheet.interests.iter().enumerate() {
        add(EntryPath::Interest(index), None, &it.name, 0);
    }
    for (index, it) in sheet.projects.iter().enumerate() {
        add(EntryPath::Project(index), Some(last_day(&it.when)), &it.name, it.highlights.len());
    }
    for (index, it) in sheet.honours.iter().enumerate() {
        add(EntryPath::Honour(index), it.date.as_ref().map(|date| &*date.iso), &it.name, 0);
    }
    for (index, it) in sheet.badges.iter().enumerate() {
        add(EntryPath::Badge(index), it.date.as_ref().map(|date| &*date.iso), &it.name, 0);
    }
    for (index, it) in sheet.publications.iter().enumerate() {
        add(EntryPath::Publication(index), it.date.as_ref().map(|date| &*date.iso), &it.name, 0);
    }
    for (index, it) in sheet.references.iter().enumerate() {
        add(EntryPath::Reference(index), None, it.name.as_deref().unwrap_or("a reference"), 0);
    }
    for (index, it) in sheet.journeys.iter().enumerate() {
        add(EntryPath::Journey(index), None, &it.name, 0);
    }
    all
}

fn employments(lines: &[EmploymentLine], path: fn(usize, usize) -> EntryPath) -> Vec<Entry> {
    let mut all = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        if line.positions.is_empty() {
            let until = last_day(&line.when).to_owned();
            let path = path(index, 0);
            all.push(Entry { path, until, name: line.name.clone(), highlights: 0 });
        }
        for (number, position) in line.positions.iter().enumerate() {
            let names = [position.title.as_str(), line.name.as_str()];
            let names: Vec<&str> = names.into_iter().filter(|name| !name.is_empty()).collect();
            all.push(Entry {
                path: path(index, number),
                until: last_day(&position.when).to_owned(),
                name: names.join(", "),
                highlights: position.highlights.len(),
            });
        }
    }
    all
}

fn last_day(when: &When) -> &str {
    if when.current {
        return "9999";
    }
    let days = [&when.end, &when.start].into_iter().flatten().map(|date| date.iso.as_str());
    days.into_iter().find(|day| !day.is_empty()).unwrap_or_default()
}

/// All possible cuts, in the order in which they are made.
fn cuts(entries: &[Entry]) -> Vec<Cut> {
    let mut order: Vec<usize> = (0..entries.len()).rev().collect();
    order.sort_by(|one, other| entries[*one].until.cmp(&entries[*other].until));
    let cuts = order.into_iter().flat_map(|entry| {
        let Entry { path, highlights, .. } = entries[entry];
        let highlights = (0..highlights).rev().map(Some).chain([None]);
        highlights.map(move |highlights| Cut { entry, path, highlights })
    });
    cuts.collect()
}

impl Cut {
    fn apply(&self, sheet: &mut Sheet) {
        match self.path {
            EntryPath::Work(index, number) => self.shorten(&mut sheet.work[index], number),
            EntryPath::Volunteer(index, number) => {
                self.shorten(&mut sheet.volunteer[index], number)
            }
            EntryPath::Project(index) => {
                let project = &mut sheet.projects[index];
                project.highlights_on_paper = self.highlights.unwrap_or_default();
                project.off_paper = self.highlights.is_none();
            }
            EntryPath::Interest(index) => sheet.interests[index].off_paper = true,
            EntryPath::Honour(index) => sheet.honours[index].off_paper = true,
            EntryPath::Badge(index) => sheet.badges[index].off_paper = true,
            EntryPath::Publication(index) => sheet.publications[index].off_paper = true,
            EntryPath::Reference(index) => sheet.references[index].off_paper = true,
            EntryPath::Journey(index) => sheet.journeys[index].off_paper = true,
        }
    }

    /// An employer is removed together with its last position.
    fn shorten(&self, line: &mut EmploymentLine, number: usize) {
        if let Some(position) = line.positions.get_mut(number) {
            position.highlights_on_paper = self.highlights.unwrap_or_default();
            position.off_paper = self.highlights.is_none();
        }
        line.off_paper = line.positions.iter().all(|position| position.off_paper);
    }
}

/// `the sheet takes 3 pages of paper, not 2; left out are …`
fn told(cuts: &[Cut], entries: &[Entry], wanted: u32, whole: u32, rest: u32) -> String {
    let pages = |number: u32| count(number as usize, "page", "pages");
    let mut left_out: Vec<String> = Vec::new();
    for of_one in cuts.chunk_by(|one, other| one.entry == other.entry) {
        let Some(last) = of_one.last() else { continue };
        let Entry { name, highlights, .. } = &entries[last.entry];
        left_out.push(match last.highlights {
            None => format!("`{name}`"),
            Some(0) => format!("the highlights of `{name}`"),
            Some(kept) if kept + 1 == *highlights => format!("the last highlight of `{name}`"),
            Some(kept) => format!("the last {} highlights of `{name}`", highlights - kept),
        });
    }
    let mut told = format!("the whole sheet takes {} of paper instead of {wanted}", pages(whole));
    if !left_out.is_empty() {
        told += &format!("; left out on paper: {}", left_out.join(", "));
    }
    if rest > wanted {
        told += &format!("; what always stays takes {}", pages(rest));
    }
    told
}

#[cfg(test)]
mod tests;
