//! A guild's tests of its own rules: the expected level and XP for a given ledger and skills.

use crate::diagnostic::{Diagnostic, Report};
use crate::model::ledger;
use crate::model::ruleset::{RuleTest, Ruleset};
use jiff::civil::Date;

/// Runs every test in `rules.yaml`. All ledger entries of a test count, whatever the build date.
pub(super) fn tests(rules: &Ruleset, report: &mut Report) {
    for test in &rules.tests {
        let xp = ledger::replay(&test.given, rules, Date::MAX).xp();
        let level = rules.levels.level_of(xp);
        expect(test, "level", test.level.map(i64::from), i64::from(level), report);
        expect(test, "XP", test.xp, xp, report);
    }
}

fn expect(test: &RuleTest, what: &str, wanted: Option<i64>, is: i64, report: &mut Report) {
    let Some(wanted) = wanted.filter(|wanted| *wanted != is) else { return };
    let message = format!("this test of the rules expects {what} {wanted}, but the result is {is}");
    report.push(
        Diagnostic::error("rule-test", message)
            .at_opt(test.at.clone())
            .help("correct the rule, or what the test expects"),
    );
}
