//! XP and levels: the four level curves in integer arithmetic, so that levels are the same on every
//! machine. `sqrt` is from SkillQuest, `power` from Gamification Scratch, `linear` from DevRPG.

use crate::model::ruleset::Curve;

impl Curve {
    /// The XP at which `level` begins: 0 for level 1 (and for 0, which is not a level). `None` past
    /// the end of a table, or if the XP is more than a ledger can hold.
    pub fn floor_of(&self, level: u32) -> Option<i64> {
        let steps = u128::from(level.max(1)) - 1;
        let xp = match self {
            Curve::Sqrt { base } => steps.pow(2).checked_mul(at_least_one(*base))?,
            Curve::Power { base } => root_up(at_least_one(*base).pow(2).checked_mul(steps.pow(3))?),
            Curve::Linear { base } => {
                (steps * (steps + 1)).checked_mul(5)?.checked_mul(at_least_one(*base))?
            }
            Curve::Table(_) if steps == 0 => 0,
            Curve::Table(table) => u128::from(*table.get(usize::try_from(steps - 1).ok()?)?),
        };
        i64::try_from(xp).ok()
    }

    /// The level that `xp` has reached; negative XP is level 1.
    pub fn level_of(&self, xp: i64) -> u32 {
        let (mut reached, mut beyond) = (1, u32::MAX);
        while beyond - reached > 1 {
            let middle = reached + (beyond - reached) / 2;
            if self.floor_of(middle).is_some_and(|floor| floor <= xp) {
                reached = middle;
            } else {
                beyond = middle;
            }
        }
        reached
    }
}

/// With a base of 0, every level would cost nothing.
fn at_least_one(base: u64) -> u128 {
    u128::from(base.max(1))
}

fn root_up(square: u128) -> u128 {
    let root = square.isqrt();
    if root * root < square { root + 1 } else { root }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LEVELS: [u32; 7] = [2, 3, 4, 5, 10, 15, 20];

    fn floors(curve: &Curve) -> Vec<i64> {
        LEVELS.iter().filter_map(|level| curve.floor_of(*level)).collect()
    }

    #[test]
    fn the_published_tables_come_out() {
        let table = |curve: &Curve, expected: [i64; 7]| assert_eq!(floors(curve), expected);
        table(&Curve::Sqrt { base: 100 }, [100, 400, 900, 1600, 8100, 19_600, 36_100]);
        table(&Curve::Power { base: 100 }, [100, 283, 520, 800, 2700, 5239, 8282]);
        table(&Curve::Linear { base: 100 }, [1000, 3000, 6000, 10_000, 45_000, 105_000, 190_000]);
    }

    #[test]
    fn a_table_is_followed_to_its_end() {
        let fifth_edition = Curve::Table(vec![300, 900, 2700, 6500]);
        assert_eq!(fifth_edition.floor_of(4), Some(2700));
        assert_eq!(fifth_edition.floor_of(6), None);
        assert_eq!(fifth_edition.level_of(2699), 3);
        assert_eq!(fifth_edition.level_of(i64::MAX), 5);
    }

    #[test]
    fn the_formulas_of_the_seeds_agree() {
        // SkillQuest: int(sqrt(xp / 100)) + 1; Gamification Scratch: while xp² ≥ 10⁴·level³.
        let (sqrt, power) = (Curve::Sqrt { base: 100 }, Curve::Power { base: 100 });
        for xp in 0_i64..20_000 {
            assert_eq!(i64::from(sqrt.level_of(xp)), (xp / 100).isqrt() + 1, "{xp}");
            let mut level = 1_i64;
            while xp * xp >= 10_000 * level.pow(3) {
                level += 1;
            }
            assert_eq!(i64::from(power.level_of(xp)), level, "{xp}");
        }
    }

    #[test]
    fn what_is_lost_or_without_bounds_is_still_a_level() {
        for curve in [Curve::Sqrt { base: 0 }, Curve::Power { base: u64::MAX }] {
            assert_eq!(curve.level_of(-500), 1);
            assert!(curve.level_of(i64::MAX) >= 1);
        }
    }

    fn any_curve() -> impl Strategy<Value = Curve> {
        let table = proptest::collection::btree_set(1_u64..1_000_000, 1..40);
        prop_oneof![
            (1_u64..1_000_000).prop_map(|base| Curve::Sqrt { base }),
            (1_u64..1_000_000).prop_map(|base| Curve::Power { base }),
            (1_u64..1_000_000).prop_map(|base| Curve::Linear { base }),
            table.prop_map(|floors| Curve::Table(floors.into_iter().collect())),
        ]
    }

    proptest! {
        #[test]
        fn a_level_begins_at_its_floor(curve in any_curve(), level in 1_u32..5000) {
            if let Some(floor) = curve.floor_of(level) {
                prop_assert_eq!(curve.level_of(floor), level);
                if level > 1 {
                    prop_assert_eq!(curve.level_of(floor - 1), level - 1);
                }
            }
        }

        #[test]
        fn more_xp_is_never_a_lower_level(curve in any_curve(), xp in any::<i64>(), more in any::<u32>()) {
            prop_assert!(curve.level_of(xp) <= curve.level_of(xp.saturating_add(i64::from(more))));
        }
    }
}
