//! Accounts on other sites: the address of an account, from the network's name and the user's.

use crate::model::profile::Account;
use crate::model::sheet::AccountLine;
use crate::model::{link, url};

/// Networks: the name shown, aliases, and the pattern of an account's address.
const NETWORKS: [(&str, &[&str], &str); 43] = [
    ("AUR", &[], "https://aur.archlinux.org/account/{}"),
    ("Bandcamp", &[], "https://{}.bandcamp.com/"),
    ("Behance", &[], "https://www.behance.net/{}"),
    ("Bitbucket", &[], "https://bitbucket.org/{}/"),
    ("Bluesky", &["bsky"], "https://bsky.app/profile/{}"),
    ("Codeberg", &[], "https://codeberg.org/{}"),
    ("CodePen", &[], "https://codepen.io/{}"),
    ("Codewars", &[], "https://www.codewars.com/users/{}"),
    ("dev.to", &["dev", "devto", "dev community"], "https://dev.to/{}"),
    ("Docker Hub", &["docker"], "https://hub.docker.com/u/{}"),
    ("Dribbble", &[], "https://dribbble.com/{}"),
    ("Exercism", &[], "https://exercism.org/profiles/{}"),
    ("Facebook", &[], "https://www.facebook.com/{}"),
    ("GitHub", &[], "https://github.com/{}"),
    ("GitLab", &[], "https://gitlab.com/{}"),
    ("Goodreads", &[], "https://www.goodreads.com/{}"),
    ("Google Scholar", &["scholar"], "https://scholar.google.com/citations?user={}"),
    ("Hacker News", &["hackernews", "hn"], "https://news.ycombinator.com/user?id={}"),
    ("HackerRank", &[], "https://www.hackerrank.com/profile/{}"),
    ("Hashnode", &[], "https://hashnode.com/@{}"),
    ("Hugging Face", &["huggingface", "hf"], "https://huggingface.co/{}"),
    ("Instagram", &[], "https://www.instagram.com/{}/"),
    ("itch.io", &["itch"], "https://{}.itch.io/"),
    ("Kaggle", &[], "https://www.kaggle.com/{}"),
    ("Keybase", &[], "https://keybase.io/{}"),
    ("LeetCode", &[], "https://leetcode.com/u/{}/"),
    ("LinkedIn", &[], "https://www.linkedin.com/in/{}/"),
    ("Lobsters", &["lobste.rs"], "https://lobste.rs/~{}"),
    ("Medium", &[], "https://medium.com/@{}"),
    ("ORCID", &[], "https://orcid.org/{}"),
    ("Reddit", &[], "https://www.reddit.com/user/{}/"),
    ("ResearchGate", &[], "https://www.researchgate.net/profile/{}"),
    ("RubyGems", &[], "https://rubygems.org/profiles/{}"),
    ("SoundCloud", &[], "https://soundcloud.com/{}"),
    ("SourceHut", &["sr.ht"], "https://sr.ht/~{}/"),
    ("Stack Overflow", &["stackoverflow"], "https://stackoverflow.com/users/{}"),
    ("Substack", &[], "https://{}.substack.com/"),
    ("Telegram", &[], "https://t.me/{}"),
    ("Threads", &[], "https://www.threads.com/@{}"),
    ("Twitch", &[], "https://www.twitch.tv/{}"),
    ("X", &["twitter", "x (twitter)", "twitter/x"], "https://x.com/{}"),
    ("XING", &[], "https://www.xing.com/profile/{}"),
    ("YouTube", &[], "https://www.youtube.com/@{}"),
];

/// Networks whose user names include their own host: `ada@hachyderm.io`.
const FEDIVERSE: [&str; 7] =
    ["Akkoma", "Fediverse", "Firefish", "GoToSocial", "Mastodon", "Misskey", "Pixelfed"];

/// The accounts that have any content, as they are shown: the network in its usual spelling
/// (`Twitter` stays as written), the user without `@`, the address if it is safe.
pub fn account_lines(accounts: &[Account]) -> Vec<AccountLine> {
    let is_said = |line: &AccountLine| !line.username.is_empty() || line.url.is_some();
    accounts.iter().map(account_line).filter(is_said).collect()
}

fn account_line(account: &Account) -> AccountLine {
    let written = account.network.as_deref().unwrap_or("").trim();
    let known = network(written);
    let user = account.username.as_deref().unwrap_or("").trim();
    let own = [account.url.as_deref(), Some(user)].into_iter().flatten().find_map(link::safe);
    let url = own
        .or_else(|| fediverse(written, user))
        .or_else(|| known.and_then(|(_, pattern)| fill(pattern, user)));
    let spelt = known.map(|(name, _)| name).filter(|name| name.eq_ignore_ascii_case(written));
    // An account without a network is shown by its address, so that the link has a text.
    let address = || url.as_deref().map(link::spoken).filter(|_| written.is_empty());
    let network = spelt.map(str::to_owned).or_else(address).unwrap_or_else(|| written.to_owned());
    AccountLine { network, username: shown_name(user, url.as_deref()), url }
}

fn network(name: &str) -> Option<(&'static str, &'static str)> {
    let found = NETWORKS.iter().find(|(own, others, _)| {
        own.eq_ignore_ascii_case(name) || others.iter().any(|it| it.eq_ignore_ascii_case(name))
    });
    found.map(|(own, _, pattern)| (*own, *pattern))
}

/// `@ada@hachyderm.io`, as Mastodon and similar networks write it. Without the first `@` it could
/// also be an email address, so the network must be one of `FEDIVERSE`.
fn fediverse(network: &str, user: &str) -> Option<String> {
    let is_one = || FEDIVERSE.iter().any(|name| name.eq_ignore_ascii_case(network));
    let plain = user.strip_prefix('@').or_else(|| is_one().then_some(user))?;
    let (name, host) = plain.split_once('@')?;
    let sound = !name.is_empty() && host.contains('.') && !host.contains(':') && url::is_host(host);
    sound.then(|| format!("https://{host}/@{}", link::segment(name)))
}

fn fill(pattern: &str, user: &str) -> Option<String> {
    let user = user.strip_prefix(['@', '~']).unwrap_or(user);
    (!user.is_empty()).then(|| link::safe(&pattern.replace("{}", &link::segment(user))))?
}

/// The name as written, without the `@` of a plain user name; for an address alone, its readable
/// form.
fn shown_name(user: &str, url: Option<&str>) -> String {
    if user.is_empty() || link::safe(user).is_some() {
        return url.map(link::spoken).unwrap_or_default();
    }
    match user.strip_prefix('@') {
        Some(plain) if !plain.contains('@') => plain.to_owned(),
        _ => user.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(network: &str, user: &str, url: &str) -> (String, String, Option<String>) {
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let account = Account {
            network: some(network),
            username: some(user),
            url: some(url),
            ..Account::default()
        };
        let line = account_line(&account);
        (line.network, line.username, line.url)
    }

    fn check(network: &str, user: &str, shown: (&str, &str), url: &str) {
        let (name, shown_user, found) = line(network, user, "");
        assert_eq!((name.as_str(), shown_user.as_str()), shown);
        assert_eq!(found.as_deref().unwrap_or(""), url);
    }

    #[test]
    fn well_known_networks_are_filled_in() {
        check("github", "ada", ("GitHub", "ada"), "https://github.com/ada");
        check("Twitter", "@ada", ("Twitter", "ada"), "https://x.com/ada");
        check(
            "Mastodon",
            "@ada@hachyderm.io",
            ("Mastodon", "@ada@hachyderm.io"),
            "https://hachyderm.io/@ada",
        );
        check("YouTube", "@ada", ("YouTube", "ada"), "https://www.youtube.com/@ada");
        check(
            "stack overflow",
            "1234",
            ("Stack Overflow", "1234"),
            "https://stackoverflow.com/users/1234",
        );
        check("Bluesky", "ada.bsky.social", ("Bluesky", "ada.bsky.social"), {
            "https://bsky.app/profile/ada.bsky.social"
        });
        check("Guildhall", "ada", ("Guildhall", "ada"), "");
    }

    #[test]
    fn what_was_written_wins_when_it_is_safe() {
        let blog = line("Blog", "", "https://www.ada.example/");
        assert_eq!(blog.1, "ada.example");
        let safe = line("GitHub", "ada", "javascript:alert(1)");
        assert_eq!(safe.2.as_deref(), Some("https://github.com/ada"));
        let pasted = line("GitHub", "https://github.com/ada", "");
        assert_eq!((pasted.1.as_str(), pasted.2.as_deref()), {
            ("github.com/ada", Some("https://github.com/ada"))
        });
    }

    #[test]
    fn a_user_name_stays_one_segment() {
        let climbing = line("GitHub", "../x?y#z", "").2.unwrap();
        assert_eq!(climbing, "https://github.com/..%2Fx%3Fy%23z");
        assert_eq!(line("itch.io", "evil.example/", "").2, None);
        assert_eq!(line("Mastodon", "@ada@evil.example/x", "").2, None);
        assert_eq!(line("Mail", "ada@example.org", "").2, None);
        assert_eq!(account_lines(&[Account::default()]), []);
    }
}
