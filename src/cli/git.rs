//! Information from Git: the date of the last commit, a person's name, the remote repository.

use std::path::Path;
use std::process::{Command, Stdio};

/// Git's output, run in `folder` without any setting of the repository that could run a program;
/// `None` if it fails or is not installed.
pub(crate) fn ask(folder: &Path, arguments: &[&str]) -> Option<String> {
    let output = Command::new("git")
        .args(["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"])
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    output.status.success().then(|| String::from_utf8(output.stdout).ok()).flatten()
}

/// Owner and name of the repository, if `origin` is on GitHub.
pub(crate) fn at_github(folder: &Path) -> Option<(String, String)> {
    owner_and_name(ask(folder, &["remote", "get-url", "origin"])?.trim())
}

/// `git@github.com:ada/sheet.git` or `https://github.com/ada/sheet`.
fn owner_and_name(address: &str) -> Option<(String, String)> {
    let (_, path) = address.split_once("github.com")?;
    let path = path.strip_prefix([':', '/'])?.trim_end_matches('/');
    let (owner, name) = path.trim_end_matches(".git").split_once('/')?;
    let is_word = |text: &str, signs: &[char]| {
        !text.is_empty() && text.chars().all(|it| it.is_ascii_alphanumeric() || signs.contains(&it))
    };
    let is_github = is_word(owner, &['-']) && is_word(name, &['-', '_', '.']);
    is_github.then(|| (owner.to_owned(), name.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_remote_at_github_tells_user_and_repository() {
        let expected = Some(("ada".to_owned(), "sheet".to_owned()));
        for address in [
            "git@github.com:ada/sheet.git",
            "https://github.com/ada/sheet",
            "https://token@github.com/ada/sheet.git",
            "ssh://git@github.com/ada/sheet/",
        ] {
            assert_eq!(owner_and_name(address), expected, "{address}");
        }
        for address in [
            "/srv/git/sheet.git",
            "https://github.com/",
            "https://gitlab.com/ada/sheet",
            "https://github.com/a b/c",
        ] {
            assert_eq!(owner_and_name(address), None, "{address}");
        }
    }
}
