//! Markdown as shown on pages: whole documents, diagnostics, and hostile texts.

mod code;
mod constructs;
mod hostile;
mod reports;
mod site;
mod valid;
mod whole;
