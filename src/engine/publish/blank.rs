//! The page without links that stands in for a page for a moment.

/// The content of a page while pages that link to each other are added or removed.
pub const BLANK: &str = "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
    <meta name=\"viewport\" content=\"width=device-width\">\n\
    <meta name=\"robots\" content=\"noindex\">\n<title>Being published</title>\n\
    <p>This page is being published. Please reload it in a moment.</p>\n";
