//! stub
pub fn schemas() -> Vec<(&'static str, serde_json::Value)> { Vec::new() }
