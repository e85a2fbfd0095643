//! The script that is added to pages on their way out.

use super::answer::{Answer, text};

/// Morphing is idiomorph's (0BSD); all share one scope, so that nothing of them is seen by the page.
const CLIENT: &str = concat!(
    "(() => {",
    include_str!("idiomorph.min.js"),
    "\n",
    include_str!("edit.js"),
    "\n",
    include_str!("client.js"),
    "})();"
);

/// The script.
pub fn answer() -> Answer {
    let mut answer = text(200, CLIENT);
    answer.headers = vec![("Content-Type", "text/javascript; charset=utf-8".to_owned())];
    answer
}
