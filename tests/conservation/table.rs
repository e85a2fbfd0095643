//! The tables of the manual's page "What is shown where".

/// Where something is shown. Printing is tested in the browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Pages,
    Resume,
}

/// One row: what is not shown everywhere, and why.
#[derive(Debug)]
pub struct Row {
    pub file: String,
    /// `work.tags`, or `log.*` for everything below `log`.
    pub keys: Vec<String>,
    pub pages: bool,
    pub resume: bool,
    pub reason: String,
}

/// The headings of the page, with the files that their tables describe.
const SECTIONS: [(&str, &str); 7] = [
    ("## The profile", "profile"),
    ("## Private entries", "private"),
    ("## Pages and posts", "page"),
    ("## guild.yaml", "guild"),
    ("## skills.yaml", "skills"),
    ("## classes.yaml", "classes"),
    ("## site.yaml", "site"),
];

impl Row {
    pub fn has(&self, place: Place) -> bool {
        match place {
            Place::Pages => self.pages,
            Place::Resume => self.resume,
        }
    }

    pub fn is_about(&self, file: &str, key: &str) -> bool {
        self.file == file && self.keys.iter().any(|row| covers(row, key))
    }
}

/// Whether a row's key includes this one: `log.*` is everything below `log`.
pub fn covers(row: &str, key: &str) -> bool {
    match row.strip_suffix(".*") {
        Some(above) => key.strip_prefix(above).is_some_and(|rest| rest.starts_with('.')),
        None => row == key,
    }
}

/// Every row of the page.
pub fn rows(page: &str) -> Vec<Row> {
    let mut file = None;
    let mut rows = Vec::new();
    for line in page.lines() {
        if line.starts_with("## ") {
            file = SECTIONS.iter().find(|(heading, _)| *heading == line).map(|(_, file)| *file);
            continue;
        }
        let (Some(file), Some(cells)) = (file, line.strip_prefix("| `")) else { continue };
        let cells: Vec<&str> = cells.trim_end_matches('|').split('|').map(str::trim).collect();
        let [keys, pages, _, resume, reason] = cells.as_slice() else {
            panic!("a row has five cells: {line}");
        };
        let word = |cell: &str| match cell {
            "yes" => true,
            "no" | "–" => false,
            _ => panic!("`yes`, `no` or `–`, not `{cell}`: {line}"),
        };
        let keys = keys.split("`, `").map(|key| key.trim_matches('`').to_owned()).collect();
        let (pages, resume) = (word(pages), word(resume));
        let (file, reason) = (file.to_owned(), (*reason).to_owned());
        rows.push(Row { file, keys, pages, resume, reason });
    }
    rows
}
