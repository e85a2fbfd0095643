//! Links that open a file in the author's editor at a line, through the URL schemes that editors
//! register.

use crate::serve::served_site::encode;
use std::path::Path;

/// Editors by their commands, with their URL patterns. `{file}` is the absolute path.
const KNOWN: [(&[&str], &str); 8] = [
    (&["code"], "vscode://file{file}:{line}:{column}"),
    (&["code-insiders"], "vscode-insiders://file{file}:{line}:{column}"),
    (&["codium", "vscodium"], "vscodium://file{file}:{line}:{column}"),
    (&["cursor"], "cursor://file{file}:{line}:{column}"),
    (&["windsurf"], "windsurf://file{file}:{line}:{column}"),
    (&["zed", "zeditor"], "zed://file{file}:{line}:{column}"),
    (
        &["idea", "webstorm", "rustrover", "pycharm", "goland"],
        "idea://open?file={file}&line={line}&column={column}",
    ),
    (&["subl", "sublime_text"], "subl://open?url=file://{file}&line={line}&column={column}"),
];

/// The URL pattern for files of the site, in which `{path}`, `{line}` and `{column}` are still to
/// be filled in. `command` is the value of `$EDITOR`. For an editor without a URL scheme (Vim in a
/// terminal), VS Code is used, because it is the most common.
pub fn link(root: &Path, command: Option<&str>) -> String {
    let program = command.and_then(|command| command.split_whitespace().next()).unwrap_or("code");
    let name = program.rsplit(['/', '\\']).next().unwrap_or(program);
    let name = name.strip_suffix(".exe").unwrap_or(name);
    let known = KNOWN.iter().find(|(names, _)| names.contains(&name)).unwrap_or(&KNOWN[0]);
    known.1.replace("{file}", &format!("{}/{{path}}", absolute(root)))
}

/// The path with slashes, percent-encoded, starting with a slash even on systems with drive
/// letters.
fn absolute(root: &Path) -> String {
    let text = root.to_string_lossy().replace('\\', "/");
    format!("/{}", encode(text.trim_matches('/')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_editor_is_called_by_its_own_address() {
        let root = Path::new("/home/ada/my site");
        let of = |command: Option<&str>| link(root, command);
        let code = "vscode://file/home/ada/my%20site/{path}:{line}:{column}";
        assert_eq!(of(None), code);
        assert_eq!(of(Some("vim")), code);
        assert_eq!(of(Some("/usr/bin/code --wait")), code);
        assert!(
            of(Some("subl -w"))
                .starts_with("subl://open?url=file:///home/ada/my%20site/{path}&line={line}")
        );
        assert!(of(Some("C:\\Apps\\zed.exe")).starts_with("zed://file/"));
        assert!(link(Path::new("C:\\a"), None).starts_with("vscode://file/C%3A/a/{path}"));
    }
}
