//! `questfolio schema`: the JSON Schemas that editors use to complete and check.
#![expect(clippy::disallowed_methods, reason = "edge: writes schemas where it is told to")]

use super::args::SchemaArguments;
use super::terminal::Terminal;
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::load::schema::schemas;
use std::path::Path;
use std::process::ExitCode;

pub(crate) fn run(args: &SchemaArguments, terminal: &Terminal) -> ExitCode {
    if let Some(folder) = &args.write {
        return match write_all(folder) {
            Ok(count) => {
                let done = terminal.green("Wrote");
                terminal.say(&format!("{done} {count} schemas to {}", folder.display()));
                ExitCode::SUCCESS
            }
            Err(diagnostic) => terminal.fail(diagnostic),
        };
    }
    let Some(wanted) = &args.name else {
        schemas().iter().for_each(|(name, _)| terminal.print(&format!("{}\n", short(name))));
        return ExitCode::SUCCESS;
    };
    match schemas().into_iter().find(|(name, _)| short(name) == wanted || name == wanted) {
        Some((_, schema)) => {
            terminal.print(&format!("{}\n", pretty(&schema)));
            ExitCode::SUCCESS
        }
        None => {
            let names = schemas();
            let names = names.iter().map(|(name, _)| short(name));
            let message = format!("there is no schema called `{wanted}`");
            let help = did_you_mean(wanted, names.clone())
                .unwrap_or_else(|| format!("available: {}", names.collect::<Vec<_>>().join(", ")));
            terminal.fail(Diagnostic::error("unknown-schema", message).help(help));
            ExitCode::from(2)
        }
    }
}

/// Writes every schema into a folder; returns their number.
fn write_all(folder: &Path) -> Result<usize, Diagnostic> {
    std::fs::create_dir_all(folder).map_err(|err| Diagnostic::io("cannot make", folder, &err))?;
    for (name, schema) in schemas() {
        let path = folder.join(name);
        std::fs::write(&path, format!("{}\n", pretty(&schema)))
            .map_err(|err| Diagnostic::io("cannot write", &path, &err))?;
    }
    Ok(schemas().len())
}

fn short(name: &str) -> &str {
    name.trim_end_matches(".schema.json")
}

fn pretty(schema: &serde_json::Value) -> String {
    serde_json::to_string_pretty(schema).expect("a schema has text keys")
}
