//! The script that is added to pages when they are served.

use super::response::{Response, text};

/// Morphing is done by idiomorph (0BSD). All parts share one function scope, so that the page sees
/// none of their names.
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
pub fn response() -> Response {
    let mut response = text(200, CLIENT);
    response.headers = vec![("Content-Type", "text/javascript; charset=utf-8".to_owned())];
    response
}
