//! Text is treated as what it is: file names, links to drafts, feeds, copied files. Inputs are in
//! `tests/cases/`.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a test touches the world, and fails where it may not"
)]

mod support;

use questfolio::diagnostic::Report;
use std::collections::BTreeMap;
use support::SiteTest;

/// A case as built by `build --url https://x.example`.
fn case(name: &str) -> SiteTest {
    let mut site = SiteTest::case(name);
    site.options.url = Some("https://x.example".to_owned());
    site
}

/// The text files among the outputs; the site must have no diagnostics.
fn outputs(site: &SiteTest) -> BTreeMap<String, String> {
    let (built, _) = site.clean();
    assert!(built.report.is_empty(), "{:#?}", built.report);
    let text = |(path, bytes): (String, Vec<u8>)| Some((path, String::from_utf8(bytes).ok()?));
    site.clean_bytes().into_iter().filter_map(text).collect()
}

fn messages(report: &Report) -> Vec<String> {
    report.iter().map(|it| it.message.clone()).collect()
}

const DOT: &[u8] =
    include_bytes!("cases/picture-path-in-angle-brackets/content/posts/my screenshot.png");

#[test]
fn a_picture_path_in_angle_brackets_is_found() {
    let site = case("picture-path-in-angle-brackets");
    site.edit("content/posts/angle.md", " and [the file](<my screenshot.png>)", "");
    let post = &outputs(&site)["posts/angle/index.html"];
    assert!(post.contains("<picture>") && post.contains("alt=\"A dot\""), "{post}");
    site.write("content/posts/my notes (1).pdf", "%PDF");
    site.write("content/posts/100% C#.pdf", "%PDF");
    site.write(
        "content/posts/angle.md",
        "---\ntitle: Angle\ndate: 2026-01-05\n---\n![A dot][dot], ![A dot](my&#32;screenshot.png), \
         ![A dot](my%20screenshot.png) [a](<my notes (1).pdf>) [b](my\\%20notes%20\\(1\\).pdf) \
         [c](<100% C%23.pdf>)\n\n[dot]: <my screenshot.png> \"Title\"\n",
    );
    let pages = site.clean_bytes();
    let post = &outputs(&site)["posts/angle/index.html"];
    assert_eq!(post.matches("<picture>").count(), 3, "{post}");
    assert_eq!(post.matches("href=\"/files/posts/my%20notes%20(1).pdf\"").count(), 2, "{post}");
    assert!(post.contains("href=\"/files/posts/100%25%20C%23.pdf\""), "{post}");
    assert!(pages.contains_key("files/posts/100% C#.pdf"));
}

#[test]
fn a_decomposed_file_name_is_found_and_kept() {
    let site = case("decomposed-file-name");
    assert!(outputs(&site)["posts/names/index.html"].contains("<picture>"));
    // In both directions, for every kind of file that a text or a field may refer to.
    let (composed, decomposed) = ("Gr\u{fc}\u{df}e", "Gru\u{308}\u{df}e");
    for (on_disk, written) in [(decomposed, composed), (composed, decomposed)] {
        let mut site = SiteTest::of(&[]);
        site.options.url = Some("https://x.example".to_owned());
        site.write(&format!("content/{on_disk}.png"), DOT);
        site.write(&format!("content/pages/{on_disk}.md"), "# Other\n");
        site.write(&format!("content/pages/{on_disk}.pdf"), "%PDF");
        site.write(&format!("static/{on_disk}.txt"), "text");
        site.write("content/profile.yaml", format!("name: Ada\nimage: {written}.png\n"));
        site.write(
            "content/pages/a.md",
            format!(
                "# A\n\n![x](../{written}.png) [page]({written}.md) [pdf]({written}.pdf) \
                 [static](/{written}.txt) [encoded](/{}.txt)\n",
                written.replace('\u{fc}', "%C3%BC").replace("u\u{308}", "u%CC%88")
            ),
        );
        let files = site.clean_bytes();
        let page = &outputs(&site)["a/index.html"];
        let (pdf, txt) = (format!("files/pages/{on_disk}.pdf"), format!("{on_disk}.txt"));
        assert!(files.contains_key(&pdf) && files.contains_key(&txt), "{:?}", files.keys());
        let address = on_disk
            .replace('\u{fc}', "%C3%BC")
            .replace('\u{308}', "%CC%88")
            .replace('\u{df}', "%C3%9F");
        assert!(page.contains(&format!("href=\"/files/pages/{address}.pdf\"")), "{page}");
        assert_eq!(page.matches(&format!("href=\"/{address}.txt\"")).count(), 2, "{page}");
        assert!(page.contains("<picture>") && page.contains("href=\"/grusse/\""), "{page}");
    }
}

#[test]
fn a_link_to_a_draft_says_that_it_is_one() {
    let site = case("link-to-a-draft");
    let draft = |site: &SiteTest| messages(&site.clean().0.report);
    assert_eq!(draft(&site), ["`plan.md` is a draft"]);
    site.edit("content/posts/public.md", "plan.md", "/posts/plan");
    assert_eq!(draft(&site), ["`/posts/plan` is a draft"]);
    let mut drafts = case("link-to-a-draft");
    drafts.options.drafts = true;
    assert!(outputs(&drafts)["posts/public/index.html"].contains("href=\"/posts/plan/\""));
}

#[test]
fn a_link_to_a_file_that_is_left_out_does_not_say_that_there_is_none() {
    for (path, text, message) in [
        ("content/posts/note.html", "x", "`note.html` is not published"),
        ("content/profile.yaml", "", "`../profile.yaml` is not published"),
        ("content/posts/bad.md", "no title", "`bad.md` is not published"),
    ] {
        let site = case("link-to-a-draft");
        if !text.is_empty() {
            site.write(path, text);
        }
        let target = message.split('`').nth(1).unwrap();
        site.edit("content/posts/public.md", "plan.md", target);
        let said = messages(&site.clean().0.report);
        assert!(said.iter().any(|it| it == message), "{said:?}");
    }
}

/// The HTML of every entry in a site's JSON feed, which must equal that in the Atom feed.
fn entries(files: &BTreeMap<String, String>) -> Vec<(String, String)> {
    let feed: serde_json::Value = serde_json::from_str(&files["feed.json"]).unwrap();
    let entries = feed["items"].as_array().unwrap().iter();
    let entries: Vec<_> = entries
        .map(|it| [&it["url"], &it["content_html"]].map(|it| it.as_str().unwrap().to_owned()))
        .map(|[url, html]| (url, html))
        .collect();
    let decoded = files["feed.xml"].replace("&lt;", "<").replace("&gt;", ">");
    let decoded = decoded.replace("&quot;", "\"").replace("&amp;", "&");
    assert!(entries.iter().all(|(_, html)| decoded.contains(html.as_str())));
    entries
}

#[test]
fn a_component_in_a_feed_is_a_table_and_links_lead_to_the_post() {
    let site = case("component-in-feed");
    site.edit("content/profile.yaml", "{ Rust: 7 }", "{ Rust: 7, SQL: 5, Go: 3 }");
    let files = outputs(&site);
    let (url, html) = entries(&files).remove(0);
    assert_eq!(url, "https://x.example/posts/notes/");
    for part in [
        "<a href=\"https://x.example/posts/notes/#s-below\">",
        "<a href=\"https://x.example/posts/notes/#fn-1\">1</a></sup>",
        "<a href=\"https://x.example/posts/notes/#fnref-1\">",
        "<td align=\"left\">Rust</td><td align=\"right\">7 of 10</td>",
    ] {
        assert!(html.contains(part), "{part} is missing in {html}");
    }
    assert!(files["posts/notes/index.html"].contains("<svg"), "on the page it is a drawing");
}

/// Every entry of every example: nothing in it depends on a stylesheet, a script or the page around
/// it.
#[test]
fn entries_of_feeds_stand_by_themselves() {
    let mut components = 0;
    for mut site in [SiteTest::example("solo"), SiteTest::example("guild"), SiteTest::own()] {
        let profile = if site.path().join("guild.yaml").is_file() {
            let folder = site.path().join("content/profiles");
            let first = std::fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).min();
            format!("profile: {}\n", first.unwrap().file_stem().unwrap().to_str().unwrap())
        } else {
            String::new()
        };
        site.options.url = Some("https://x.example/sub".to_owned());
        let component = |name: &str| format!("```component {name}\n{profile}```\n\n");
        let text = ["radar", "tree", "xp"].map(component).concat();
        site.write(
            "content/posts/2026-02-02-all.md",
            format!(
                "# All\n\n{text}\n> [!NOTE]\n> Note.\n\n| a | b |\n|--:|:-:|\n| 1 | 2 |\n\n\
                 - [x] done\n\n```rust\nfn main() {{}}\n```\n\n## Head\n\n[up](#head)[^1]\n\n[^1]: x\n"
            ),
        );
        let files: BTreeMap<String, String> = site
            .clean_bytes()
            .into_iter()
            .filter_map(|(path, bytes)| Some((path, String::from_utf8(bytes).ok()?)))
            .collect();
        for (url, html) in entries(&files) {
            components += html.matches("<table>").count();
            for gone in [
                "<svg",
                "<use",
                "<style",
                " style=",
                " class=",
                " id=",
                "<details",
                "<summary",
                "<input",
                "<picture",
                "<source",
                "<script",
                " aria-",
                " role=",
                " tabindex=",
            ] {
                assert!(!html.contains(gone), "{gone} in {url}: {html}");
            }
            for (attribute, _) in html
                .match_indices("=\"")
                .map(|(at, _)| html[..at].rsplit_once(' ').unwrap().1)
                .zip(0..)
            {
                assert!(
                    [
                        "align", "href", "src", "srcset", "alt", "title", "width", "height", "rel",
                        "start", "scope", "datetime", "lang", "dir", "cite", "type", "colspan",
                        "rowspan", "reversed", "controls", "poster"
                    ]
                    .contains(&attribute),
                    "{attribute} in {url}"
                );
            }
            for name in [" href=\"", " src=\"", " srcset=\""] {
                for address in html.split(name).skip(1) {
                    let is_whole =
                        ["https://", "http://", "mailto:"].iter().any(|it| address.starts_with(it));
                    assert!(is_whole, "{name}{} in {url}", &address[..address.len().min(60)]);
                }
            }
        }
    }
    assert!(components >= 5, "{components} tables");
}

#[test]
fn a_file_of_static_is_published_once_and_hidden_ones_arrive() {
    let site = case("nojekyll-in-static");
    outputs(&site);
    site.write("static/.nojekyll", "not empty");
    site.write("static/.well-known/security.txt", "Contact: mailto:wes@x.example");
    site.write("static/img/large.bin", "once");
    site.write("static/css/own.css", "a{src:url(../img/large.bin)}");
    site.write(
        "templates/404.html",
        "<!DOCTYPE html><html lang=en><title>x</title>\
         <link href=\"{{ asset(path=\"css/own.css\") }}\" rel=stylesheet><p>x</html>",
    );
    // It replaces a file of the theme.
    site.write("static/js/prefs.js", "/* none */");
    let built = site.build().ok();
    assert!(built.report.is_empty(), "{:#?}", built.report);
    let files = site.public();
    for (path, bytes) in [
        (".nojekyll", "not empty"),
        (".well-known/security.txt", "Contact: mailto:wes@x.example"),
        ("img/large.bin", "once"),
        ("css/own.css", "a{src:url(../img/large.bin)}"),
        ("js/prefs.js", "/* none */"),
    ] {
        assert_eq!(files.get(path).map(Vec::as_slice), Some(bytes.as_bytes()), "{path}");
        let same = files.values().filter(|it| it.as_slice() == bytes.as_bytes());
        assert_eq!(same.count(), 1, "{path} is published twice");
    }
    let page = String::from_utf8_lossy(&files["404.html"]).into_owned();
    let address = page.split("href=\"").nth(1).unwrap().split('"').next().unwrap();
    assert!(address.starts_with("/css/own.css?v="), "{address}");
}

#[test]
fn a_name_is_read_in_no_other_language() {
    let mut site = SiteTest::of(&[(
        "content/profile.yaml",
        "name: 田中 太郎\nlabel: エンジニア\nprofiles: { GitHub: taro-t }\nskills: { 機械学習: 7, Rust: 6 }\n",
    )]);
    site.write(
        "content/pages/概要.md",
        "# 概要\n\n## 目次\n\n[目次](#目次), [概要](概要.md), [学習](skill:機械学習)\n",
    );
    site.options.url = Some("https://x.example".to_owned());
    let (built, _) = site.clean();
    let said: Vec<_> =
        built.report.iter().map(|it| (it.code, it.label.clone(), it.help.clone())).collect();
    let help = "put a TTF or OTF font that has them into `fonts/`, such as Noto Sans JP (Japanese) or \
                Noto Sans SC (Chinese)";
    let label = "`taro-t` stands on its card instead";
    assert_eq!(said, [("letters-without-font", Some(label.to_owned()), Some(help.to_owned()))]);
    let files = site.clean_bytes();
    for path in ["skills/機械学習/index.html", "概要/index.html"] {
        assert!(files.contains_key(path), "{path} is not among {:?}", files.keys());
    }
    let text = |path: &str| String::from_utf8_lossy(&files[path]).into_owned();
    let page = text("概要/index.html");
    let encoded = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
    for address in [
        format!("href=\"#s-{}\"", encoded("目次")),
        format!("href=\"/{}/\"", encoded("概要")),
        format!("href=\"/skills/{}/\"", encoded("機械学習")),
    ] {
        assert!(page.contains(&address), "{address} is not in {page}");
    }
    assert!(text("sitemap.xml").contains(&format!("https://x.example/{}/", encoded("概要"))));
    for (path, bytes) in &files {
        let shown = String::from_utf8_lossy(bytes).to_lowercase();
        for reading in ["tian zhong", "tai lang", "tian-zhong", "ji-jie", "ji jie", "gai-yao"] {
            assert!(!path.contains(reading) && !shown.contains(reading), "{reading} in {path}");
        }
    }
}

#[test]
fn lists_of_names_have_one_order() {
    let site = SiteTest::of(&[
        (
            "content/profile.yaml",
            "name: Ada\nskills: { zulu: 1, Élan: 1, étude: 1, Zebra: 1, elk: 1, Ångström: 1 }\n",
        ),
        ("site.yaml", "languages: [en]\n"),
    ]);
    let order = |site: &SiteTest| -> Vec<String> {
        let index =
            String::from_utf8(site.clean_bytes().remove("skills/index.html").unwrap()).unwrap();
        let main = index.split("<main").nth(1).unwrap().to_owned();
        let names = ["zulu", "Élan", "étude", "Zebra", "elk", "Ångström"];
        let mut found: Vec<(usize, String)> = names
            .iter()
            .map(|name| (main.find(&format!(">{name}<")).unwrap(), (*name).to_owned()))
            .collect();
        found.sort();
        found.into_iter().map(|(_, name)| name).collect()
    };
    assert_eq!(order(&site), ["Ångström", "Élan", "elk", "étude", "Zebra", "zulu"]);
    site.write("site.yaml", "languages: [sv]\n");
    assert_eq!(order(&site), ["Élan", "elk", "étude", "Zebra", "zulu", "Ångström"]);
}

/// Browsers lay out a picture by its `width`, and no stylesheet can make it wider.
#[test]
fn a_picture_is_never_shown_smaller_than_it_could_be() {
    for (width, height, shown) in
        [(2000, 1000, (1440, 720)), (600, 1500, (600, 1500)), (30, 20, (30, 20))]
    {
        let site = SiteTest::of(&[("content/profile.yaml", "name: Ada\n")]);
        let mut png = std::io::Cursor::new(Vec::new());
        image::RgbImage::from_fn(width, height, |x, y| image::Rgb([x as u8, y as u8, 9]))
            .write_to(&mut png, image::ImageFormat::Png)
            .unwrap();
        site.write("content/pages/p.png", png.get_ref());
        site.write("content/pages/a.md", "# A\n\n![P](p.png)\n");
        let page = String::from_utf8(site.clean_bytes().remove("a/index.html").unwrap()).unwrap();
        let size = format!(" width=\"{}\" height=\"{}\"", shown.0, shown.1);
        assert!(page.contains(&size), "{size} is not in {page}");
    }
}
