//! stub
use crate::diagnostic::Diagnostic;
use crate::path::SitePath;
pub fn render<'a>(d: &Diagnostic, _s: &dyn Fn(&SitePath) -> Option<&'a str>, _styled: bool) -> String { format!("{d:?}") }
pub fn to_json<'a>(d: &Diagnostic, _s: &dyn Fn(&SitePath) -> Option<&'a str>) -> String { format!("{d:?}") }
pub fn to_github<'a>(d: &Diagnostic, _s: &dyn Fn(&SitePath) -> Option<&'a str>) -> String { format!("{d:?}") }
