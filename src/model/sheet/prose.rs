//! Access to every piece of Markdown on a sheet, so that rendering does not depend on field names.

use crate::model::sheet::{EmploymentLine, Prose, Sheet};

impl Sheet {
    /// Visits all prose of the sheet, in reading order.
    pub fn prose_mut(&mut self, visit: &mut dyn FnMut(&mut Prose)) {
        self.pitch.iter_mut().chain(&mut self.summary).for_each(&mut *visit);
        self.work.iter_mut().chain(&mut self.volunteer).for_each(|line| employment(line, visit));
        for project in &mut self.projects {
            project.description.iter_mut().chain(&mut project.highlights).for_each(&mut *visit);
        }
        self.honours.iter_mut().filter_map(|line| line.summary.as_mut()).for_each(&mut *visit);
        self.publications.iter_mut().filter_map(|line| line.summary.as_mut()).for_each(&mut *visit);
        self.references.iter_mut().filter_map(|line| line.reference.as_mut()).for_each(&mut *visit);
        let stages = self.journeys.iter_mut().flat_map(|journey| &mut journey.stages);
        stages.filter_map(|stage| stage.note.as_mut()).for_each(&mut *visit);
        self.deeds.iter_mut().filter_map(|deed| deed.reason.as_mut()).for_each(&mut *visit);
    }
}

fn employment(line: &mut EmploymentLine, visit: &mut dyn FnMut(&mut Prose)) {
    for position in &mut line.positions {
        position.summary.iter_mut().chain(&mut position.highlights).for_each(&mut *visit);
    }
}

#[cfg(test)]
mod tests {
    use crate::model::derive::sheet;
    use crate::model::profile::*;
    use crate::model::sample;
    use crate::span::Markdown;

    /// If `prose_mut` missed a field, it would be empty on the page: every `html` in the serialised
    /// sheet must have been visited.
    #[test]
    fn no_prose_is_forgotten() {
        let text = || Some(Markdown::new("Words."));
        let mut profile = sample::full();
        profile.about = text();
        profile.publish.insert(PrivateField::References);
        profile.work[0].positions[0].summary = text();
        profile.work[0].positions[0].highlights = text().into_iter().collect();
        profile.volunteer = profile.work.clone();
        let highlights = text().into_iter().collect();
        profile.projects = vec![Project { description: text(), highlights, ..Project::default() }];
        profile.awards = vec![Award { summary: text(), ..Award::default() }];
        profile.publications = vec![Publication { summary: text(), ..Publication::default() }];
        profile.references[0].reference = text();
        profile.journeys[0].stages[0].note = text();
        let mut sheet = sheet(&profile, &sample::ruleset(), sample::today(), &sample::wording());
        let mut visited = 0;
        sheet.prose_mut(&mut |prose| {
            prose.html = "<p>seen</p>".to_owned();
            visited += 1;
        });
        let printed = serde_json::to_string(&sheet).unwrap();
        assert_eq!(printed.matches("\"html\":").count(), visited);
        assert_eq!(printed.matches("<p>seen</p>").count(), visited);
        assert_eq!(visited, 14);
    }
}
