//! Markdown as pages show it: whole documents, what is said about them, and hostile ones.

mod code;
mod constructs;
mod effort;
mod hostile;
mod reports;
mod site;
mod valid;
mod whole;
