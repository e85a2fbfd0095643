//! Estimates the cost of a drawing's filters before it is drawn: a few words of SVG can take
//! minutes of processor time.

use resvg::usvg::filter::{Filter, Kind};
use resvg::usvg::{Group, Node, Size, Tree};

/// Maximum number of filter steps in a drawing; each of them processes the whole drawing at least
/// once.
const MOST_STEPS: usize = 24;

/// Maximum size of a filter region, as a multiple of the drawing's own size.
const WIDEST: f32 = 8.0;

/// Why a drawing would take too long; `None` if it would not.
pub(super) fn fault(tree: &Tree) -> Option<&'static str> {
    let filters = tree.filters();
    if filters.iter().flat_map(|it| it.primitives()).any(|step| is_slow(step.kind())) {
        return Some("its filters use turbulence, morphology or convolution, which take too long");
    }
    if filters.iter().any(|filter| is_wide(filter, tree.size())) {
        return Some("one of its filters reaches far beyond the drawing");
    }
    (steps(tree.root()) > MOST_STEPS).then_some("it has too many filters")
}

/// Filters whose cost per pixel grows with their parameters.
fn is_slow(step: &Kind) -> bool {
    matches!(step, Kind::Turbulence(_) | Kind::Morphology(_) | Kind::ConvolveMatrix(_))
}

fn is_wide(filter: &Filter, drawing: Size) -> bool {
    let edge = filter.rect().width().max(filter.rect().height());
    edge > drawing.width().max(drawing.height()) * WIDEST
}

/// The number of filter steps at all places where a filter is used, including patterns, masks and
/// clips.
fn steps(root: &Group) -> usize {
    let own = root.filters().iter().map(|filter| filter.primitives().len()).sum::<usize>();
    let below = root.children().iter().map(|node| {
        let mut inside = 0;
        node.subroots(|subroot| inside += steps(subroot));
        if let Node::Group(group) = node { inside + steps(group) } else { inside }
    });
    own + below.sum::<usize>()
}
