//! A guild's tests of its own rules: this ledger and these skills give this level and this XP.

use crate::diagnostic::{Diagnostic, Report};
use crate::model::ledger;
use crate::model::ruleset::{RuleTest, Ruleset};
use jiff::civil::Date;

/// Runs every test of `rules.yaml`. All of its ledger counts, whatever the day of the build.
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
