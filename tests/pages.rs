//! What a site publishes, page by page: addresses, aliases, drafts, overrides, copied files.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a test touches the world, and fails where it may not"
)]

mod support;

use support::{SiteTest, assert_no_errors};

const PROFILE: &str = "name: Ada Okafor\nskills: { Rust: 7, Go: 5 }\n";

fn site(files: &[(&str, &str)]) -> SiteTest {
    let all: Vec<(&str, &str)> =
        [("content/profile.yaml", PROFILE)].into_iter().chain(files.iter().copied()).collect();
    SiteTest::of(&all)
}

fn page(site: &SiteTest, path: &str) -> String {
    let bytes = site.clean_bytes();
    let page = bytes.get(path).unwrap_or_else(|| panic!("no {path} in {:?}", bytes.keys()));
    String::from_utf8(page.clone()).unwrap()
}

fn codes(site: &SiteTest) -> Vec<&'static str> {
    site.clean().0.report.iter().map(|diagnostic| diagnostic.code).collect()
}

#[test]
fn an_earlier_address_leads_to_the_present_one() {
    let text = "---\naliases: [/old/, /about-me.html]\n---\n# About\n";
    let mut site = site(&[("content/pages/about.md", text)]);
    site.options.url = Some("https://u.github.io/repo".to_owned());
    for old in ["old/index.html", "about-me.html"] {
        let redirect = page(&site, old);
        assert!(redirect.contains("content=\"0; url=/repo/about/\""), "{redirect}");
        assert!(redirect.contains("rel=\"canonical\" href=\"https://u.github.io/repo/about/\""));
    }
}

#[test]
fn two_files_for_one_address_are_a_mistake_also_in_another_case() {
    let twice = site(&[("content/pages/skills.md", "# Mine\n")]);
    assert!(codes(&twice).contains(&"two-pages-one-path"), "{:?}", codes(&twice));
    let case = site(&[("static/Feed.txt", "a"), ("static/feed.txt", "b")]);
    assert!(codes(&case).contains(&"two-pages-one-path"), "{:?}", codes(&case));
}

#[test]
fn a_link_to_a_list_that_is_not_written_is_broken() {
    let links = "# Links\n\n[skills](/skills/) [posts](/posts/)\n";
    let files = [("content/profile.yaml", "name: Ada\n"), ("content/pages/links.md", links)];
    let empty = SiteTest::of(&files);
    assert_eq!(codes(&empty), ["broken-link", "broken-link"]);
    let full = site(&[("content/pages/links.md", links), ("content/posts/2026-01-01-a.md", "# A")]);
    assert_eq!(codes(&full), [""; 0]);
}

#[test]
fn drafts_are_built_on_request_only() {
    let mut site = site(&[("content/pages/idea.md", "---\ndraft: true\n---\n# Idea\n")]);
    assert!(!site.clean_bytes().contains_key("idea/index.html"));
    site.options.drafts = true;
    assert!(site.clean_bytes().contains_key("idea/index.html"));
}

#[test]
fn posts_know_their_neighbours_and_their_readers_time() {
    let long = format!("# Second\n\n{}\n", "word ".repeat(500));
    let site = site(&[
        ("content/posts/2026-01-01-first.md", "# First\n\nText.\n"),
        ("content/posts/2026-02-01-second.md", &long),
        ("content/posts/2026-03-01-third.md", "# Third\n\nText.\n"),
    ]);
    let second = page(&site, "posts/second/index.html");
    assert!(second.contains("/posts/first/") && second.contains("/posts/third/"));
    assert!(second.contains("3 min"), "500 words at 220 a minute");
    let list = page(&site, "posts/index.html");
    let at = |name: &str| list.find(name).unwrap();
    assert!(at("Third") < at("Second") && at("Second") < at("First"), "newest first");
}

#[test]
fn feeds_and_the_sitemap_need_an_address() {
    let mut site = site(&[("content/posts/2026-01-01-a.md", "# A\n\n[sheet](/)\n")]);
    assert!(!site.clean_bytes().contains_key("feed.xml"));
    site.options.url = Some("https://x.org/r".to_owned());
    let feed = page(&site, "feed.xml");
    assert!(feed.contains("href=&quot;https://x.org/r/&quot;"), "addresses are full: {feed}");
    let sitemap = page(&site, "sitemap.xml");
    for place in ["https://x.org/r/</loc>", "/r/posts/a/</loc>", "/r/skills/rust/</loc>"] {
        assert!(sitemap.contains(place), "{place} in {sitemap}");
    }
    assert!(page(&site, "robots.txt").contains("Sitemap: https://x.org/r/sitemap.xml"));
}

#[test]
fn the_sites_own_root_lies_over_the_theme() {
    let site = site(&[
        (
            "templates/404.html",
            "{% extends \"codex/404.html\" %}{% block main %}Gone fishing{% endblock %}",
        ),
        (
            "templates/wide.html",
            "{% extends \"page.html\" %}{% block body_class %}wide{% endblock %}",
        ),
        ("content/pages/uses.md", "---\ntemplate: wide.html\n---\n# Uses\n"),
        ("i18n/en.yaml", "skills: Talents\n"),
    ]);
    let (built, _) = site.clean();
    assert_no_errors(&built.report);
    assert!(page(&site, "404.html").contains("Gone fishing"));
    assert!(page(&site, "uses/index.html").contains("<body class=\"wide\""));
    assert!(page(&site, "index.html").contains("Talents"));
}

#[test]
fn a_theme_of_ones_own_and_a_theme_for_one_sheet() {
    let theme = "name: mine\noptions:\n  tone: { kind: choice, of: [warm, cold], default: warm }\n";
    let sheet =
        "{% extends \"codex/sheet.html\" %}{% block body_end %}tone {{ theme.tone }}{% endblock %}";
    let files = [
        ("guild.yaml", "name: Guild\n"),
        ("themes/mine/theme.yaml", theme),
        ("themes/mine/templates/sheet.html", sheet),
        ("content/profiles/ada.yaml", "name: Ada\ntheme: mine\n"),
        ("content/profiles/bo.yaml", "name: Bo\n"),
    ];
    let site = SiteTest::of(&files);
    assert!(page(&site, "profiles/ada/index.html").contains("tone warm"));
    assert!(!page(&site, "profiles/bo/index.html").contains("tone warm"));
    site.write("site.yaml", "theme: mine\nextra: { tone: cold }\n");
    assert!(page(&site, "profiles/bo/index.html").contains("tone cold"));
    site.write("site.yaml", "theme: mine\nextra: { tone: colt }\n");
    assert_eq!(codes(&site), ["theme-option"]);
}

#[test]
fn a_theme_says_how_wide_pictures_in_texts_are() {
    let theme = "name: wide\nextends: codex\npictures: {widths: [30, 60, 120], sizes: 50vw}\n";
    let site = site(&[
        ("themes/wide/theme.yaml", theme),
        ("site.yaml", "theme: wide\nimages: {formats: [jpeg]}\n"),
        ("content/pages/a.md", "# A\n\n![A map](map.png)\n"),
    ]);
    let mut png = std::io::Cursor::new(Vec::new());
    image::RgbImage::new(90, 45).write_to(&mut png, image::ImageFormat::Png).unwrap();
    site.write("content/pages/map.png", png.get_ref());
    let html = page(&site, "a/index.html");
    assert!(
        html.contains(" 30w, ") && html.contains(" 60w, ") && html.contains(" 90w\""),
        "{html}"
    );
    assert!(html.contains("sizes=\"50vw\""));
}

#[test]
fn the_picture_of_a_project_is_shown_whole_unless_the_project_is_private() {
    let profile = "name: Ada\nprojects:\n- {name: Map, image: map.png}\n\
        - {name: Secret, image: {src: other.png, alt: A}, private: true}\n";
    let site = site(&[("content/profile.yaml", profile)]);
    let mut png = std::io::Cursor::new(Vec::new());
    image::RgbImage::new(90, 45).write_to(&mut png, image::ImageFormat::Png).unwrap();
    site.write("content/map.png", png.get_ref()).write("content/other.png", png.get_ref());
    let html = page(&site, "index.html");
    assert!(html.contains("width=\"90\" height=\"45\" alt=\"Map\""), "{html}");
    assert!(!site.clean_bytes().keys().any(|path| path.contains("other")));
    let broken = self::site(&[("content/profile.yaml", profile)]);
    assert_eq!(codes(&broken), ["missing-picture", "missing-picture"]);
}

#[test]
fn words_can_be_professional() {
    let rpg = site(&[]);
    let plain = site(&[("site.yaml", "words: professional\n")]);
    assert!(page(&rpg, "index.html").contains("Skill book"));
    assert!(!page(&plain, "index.html").contains("Skill book"));
}

#[test]
fn files_beside_content_are_published_when_they_are_linked_and_harmless() {
    let site = site(&[
        ("content/pages/talk.md", "# Talk\n\n[slides](slides.pdf)\n"),
        ("content/pages/slides.pdf", "%PDF-"),
        ("content/pages/other.pdf", "%PDF-"),
        ("static/CNAME", "ada.dev"),
        ("static/robots.txt", "User-agent: *\nDisallow: /\n"),
    ]);
    let files = site.clean_bytes();
    assert!(files.contains_key("files/pages/slides.pdf"));
    assert!(!files.contains_key("files/pages/other.pdf"), "nobody links it");
    assert_eq!(files["CNAME"], b"ada.dev");
    assert!(page(&site, "robots.txt").contains("Disallow: /"), "the site's own wins");
    site.write("content/pages/evil.html", "<script>alert(1)</script>");
    site.write("content/pages/talk.md", "# Talk\n\n[evil](evil.html)\n");
    assert_eq!(codes(&site), ["broken-link"]);
}

#[test]
fn style_sheets_and_what_they_refer_to_carry_digests() {
    let site = site(&[
        ("themes/mine/theme.yaml", "name: mine\n"),
        ("themes/mine/static/css/x.css", "@import \"y.css\"; a{background:url(../img/b.png)}"),
        ("themes/mine/static/css/y.css", "b{}"),
        ("themes/mine/static/img/b.png", "png"),
        ("site.yaml", "theme: mine\n"),
    ]);
    let files = site.clean_bytes();
    let name = |prefix: &str| {
        let mut found = files.keys().filter(|path| path.starts_with(prefix));
        found.next().unwrap_or_else(|| panic!("no {prefix}")).clone()
    };
    let css = String::from_utf8(files[&name("assets/mine/css/x.")].clone()).unwrap();
    for asset in [name("assets/mine/css/y."), name("assets/mine/img/b.")] {
        let inside = asset.strip_prefix("assets/mine/").unwrap();
        assert!(css.contains(&format!("../{inside}")), "{css} refers to {inside}");
    }
}

#[test]
fn foreign_pictures_need_a_trusted_host() {
    let text = "# A\n\n![x](https://img.example.org/a.png)\n";
    let site = site(&[("content/pages/a.md", text)]);
    assert_eq!(codes(&site), ["foreign-picture"]);
    assert!(!page(&site, "a/index.html").contains("<img"));
    site.write("site.yaml", "markdown: { image_hosts: [img.example.org] }\n");
    let trusted = page(&site, "a/index.html");
    assert!(trusted.contains("<img") && trusted.contains("data: https://img.example.org;"));
}

#[test]
fn a_sheet_carries_its_marks() {
    let text = "name: Ada Okafor\nlabel: Engineer\nemail: ada@example.org\npublish: [email]\n\
                profiles: { GitHub: ada-okafor }\nlocation: { city: Berlin, countryCode: DE }\n";
    let mut site = SiteTest::of(&[("content/profile.yaml", text)]);
    site.options.url = Some("https://ada.dev".to_owned());
    let sheet = page(&site, "index.html");
    for mark in [
        "<link rel=\"canonical\" href=\"https://ada.dev/\">",
        "property=\"og:title\" content=\"Ada Okafor\"",
        "\"@type\":\"ProfilePage\"",
        "h-card",
        "p-name",
        "u-email",
        "rel=\"me\" href=\"https://github.com/ada-okafor\"",
    ] {
        assert!(sheet.contains(mark), "{mark} is missing");
    }
}

#[test]
fn every_page_says_what_it_is_to_machines() {
    let mut site = site(&[
        ("content/pages/about.md", "# About\n"),
        ("content/posts/2026-01-01-a.md", "# A\n\nText.\n"),
    ]);
    site.options.url = Some("https://x.org".to_owned());
    for (path, kind) in [
        ("index.html", "ProfilePage"),
        ("about/index.html", "BreadcrumbList"),
        ("posts/index.html", "BreadcrumbList"),
        ("posts/a/index.html", "BlogPosting"),
        ("skills/index.html", "BreadcrumbList"),
        ("skills/rust/index.html", "BreadcrumbList"),
    ] {
        let text = page(&site, path);
        let (_, script) = text.split_once("application/ld+json\">").expect(path);
        let (json, _) = script.split_once("</script>").expect(path);
        let value: serde_json::Value = serde_json::from_str(json).expect(path);
        assert_eq!(value["@type"], kind, "{path}");
        for mark in ["<title>", "name=\"description\"", "rel=\"canonical\"", "og:title"] {
            assert!(text.contains(mark), "{path} has no {mark}");
        }
    }
}

#[test]
fn a_crest_is_shown_whole() {
    let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 10 20\"><path d=\"M0 0h10v20H0z\"/></svg>";
    let site = SiteTest::of(&[
        ("guild.yaml", "name: Guild\ncrest: crest.svg\n"),
        ("crest.svg", drawing),
        ("content/profiles/ada.yaml", PROFILE),
    ]);
    let hall = page(&site, "index.html");
    assert!(
        hall.contains("width=\"512\" height=\"1024\""),
        "twice as high as wide, like the drawing"
    );
}
