//! Social cards and icons: their contents, that nothing leaves its box, that nothing hostile gets
//! through, their paths and the references to them. Encoded bytes are never compared.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a test touches the world, and fails where it may not"
)]

mod support;

use image::{DynamicImage, RgbImage};
use questfolio::build::Options;
use questfolio::diagnostic::Report;
use questfolio::engine::Blobs;
use questfolio::plan::task::Task;
use questfolio::plan::{Cache, Extent, Subject};
use questfolio::{load, plan, theme};
use std::collections::BTreeMap;
use support::{SiteTest, assert_no_errors};

const URL: &str = "https://u.example/repo";

fn site(files: &[(&str, &str)]) -> SiteTest {
    let mut site = SiteTest::of(files);
    site.options.url = Some(URL.to_owned());
    site
}

fn solo(profile: &str) -> SiteTest {
    site(&[("content/profile.yaml", profile)])
}

/// The SVG text of every drawing, by output path.
fn drawings(site: &SiteTest) -> BTreeMap<String, String> {
    let mut report = Report::default();
    let snapshot = site.snapshot(&mut report);
    let options = Options { url: site.options.url.clone(), ..Options::default() };
    let loaded = load::site(&snapshot, &options, &load::Memory::default(), &mut report);
    let themes = theme::open(&snapshot, &loaded, &theme::Memory::default(), &mut report);
    let subject = Subject { snapshot: &snapshot, site: &loaded, themes: &themes };
    let plan = plan::plan(
        subject,
        &Blobs::in_memory(),
        &Cache::default(),
        Extent::Whole,
        &mut report,
        &(),
    );
    assert_no_errors(&report);
    let drawing = |job: questfolio::engine::Job<Task>| match job.task {
        Task::Drawing(drawing) => Some((job.path.to_string(), drawing.svg)),
        _ => None,
    };
    plan.jobs.into_iter().filter_map(drawing).collect()
}

/// The texts of a drawing, which must be well-formed XML.
fn texts(svg: &str) -> Vec<String> {
    let document = roxmltree::Document::parse(svg).unwrap_or_else(|err| panic!("{err}\n{svg}"));
    let nodes = document.descendants().filter(|node| node.has_tag_name("text"));
    let text = |node: roxmltree::Node<'_, '_>| {
        let parts = node.descendants().filter(|it| it.is_text());
        parts.map(|it| it.text().unwrap_or_default()).collect::<String>().trim().to_owned()
    };
    nodes.map(text).filter(|text| !text.is_empty()).collect()
}

fn picture(site: &SiteTest, path: &str) -> DynamicImage {
    image::load_from_memory(&site.clean_bytes()[path]).unwrap()
}

fn card(site: &SiteTest) -> RgbImage {
    let card = picture(site, "card.png");
    assert!(matches!(card, DynamicImage::ImageRgb8(_)), "nothing shines through a card");
    card.to_rgb8()
}

/// The number of pixels in a part that are as light as text.
fn light(card: &RgbImage, x: std::ops::Range<u32>, y: std::ops::Range<u32>) -> usize {
    let at = x.flat_map(|x| y.clone().map(move |y| (x, y)));
    at.filter(|(x, y)| card.get_pixel(*x, *y).0[1] > 150).count()
}

#[test]
fn the_card_of_the_smallest_site_is_drawn_like_this() {
    let mut site = SiteTest::example("minimal");
    site.options.url = Some(URL.to_owned());
    let drawings = drawings(&site);
    insta::assert_snapshot!("card", drawings["card.png"]);
    insta::assert_snapshot!("icon", drawings["icon-192.png"]);
}

#[test]
fn every_kind_of_page_says_what_it_is() {
    let site = SiteTest::example("guild");
    let drawings = drawings(&site);
    let says = |path: &str, words: &[&str]| {
        let said = texts(&drawings[path]);
        words.iter().for_each(|it| assert!(said.iter().any(|text| text == it), "{path}: {said:?}"));
    };
    says("card.png", &["Platform Guild", "Members", "5", "guild.halcyon.example/sheets"]);
    says(
        "profiles/tamsin/card.png",
        &["Tamsin Oyelaran", "Staff Platform Engineer", "Reliability"],
    );
    says(
        "posts/summer/card.png",
        &["What the summer brought", "Tamsin Oyelaran, Wren Castellanos"],
    );
    assert!(drawings["posts/summer/card.png"].contains("href=\"portrait-wren\""));
}

#[test]
fn a_card_is_1200_by_630_with_text_in_it_and_under_290_kilobytes() {
    let site = SiteTest::example("solo");
    let bytes = &site.clean_bytes()["card.png"];
    assert!(bytes.len() < 290_000, "{} bytes", bytes.len());
    let card = card(&site);
    assert_eq!(card.dimensions(), (1200, 630));
    assert!(light(&card, 84..800, 210..310) > 5_000, "the name");
    assert!(light(&card, 200..600, 100..190) > 800, "role and level");
    assert!(light(&card, 400..800, 550..580) > 100, "the address");
    assert_eq!(light(&card, 45..80, 70..560), 0, "the margin");
}

#[test]
fn no_text_leaves_its_box() {
    let names = [
        "Maximiliane-Anastasia Featherstonehaugh-Wickramasinghe",
        "Wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww",
        "MMMMMMMMMMMMMM Ö",
        "Αλέξανδρος Παπαδόπουλος-Χατζηδάκης",
        "محمد بن عبد الله بن عبد المطلب الفارسي",
    ];
    for name in names {
        let label = format!("{name} {name}");
        let card = card(&solo(&format!("name: {name}\nlabel: {label}\nskills: {{ Rust: 7 }}\n")));
        assert!(light(&card, 84..800, 205..328) > 800, "{name} is there");
        assert_eq!(light(&card, 818..838, 60..328), 0, "{name} reaches the portrait");
        assert_eq!(light(&card, 45..80, 205..328), 0, "{name} begins too early");
    }
}

#[test]
fn a_portrait_is_on_the_card_and_initials_where_there_is_none() {
    let mut png = std::io::Cursor::new(Vec::new());
    RgbImage::from_pixel(300, 300, image::Rgb([200, 30, 40]))
        .write_to(&mut png, image::ImageFormat::Png)
        .unwrap();
    let site = solo("name: Ada Okafor\nimage: me.png\n");
    site.write("content/me.png", png.into_inner());
    assert_eq!(card(&site).get_pixel(978, 218).0, [200, 30, 40]);
    assert!(!texts(&drawings(&site)["card.png"]).contains(&"AO".to_owned()));
    let without = solo("name: Ada Okafor\n");
    assert!(texts(&drawings(&without)["card.png"]).contains(&"AO".to_owned()));
}

#[test]
fn text_is_text_whatever_it_looks_like() {
    let name = "Zo\u{eb} <script>alert(1)</script> ]]> & \\\"Co\\\" \u{202e}live\u{1f680}";
    let said = texts(&drawings(&solo(&format!("name: \"{name}\"\n")))["card.png"]);
    let all = said.join(" ");
    assert!(all.contains("<script>") && all.contains("]]> & \"Co\""), "{said:?}");
    assert!(all.contains("live") && !all.contains(['\u{202e}', '\u{1f680}']), "{said:?}");
    // A transliterated letter must not become markup.
    let wide = texts(&drawings(&solo("name: \"A＜svg＞ ＆amp; ಮ\"\n"))["card.png"]).join(" ");
    assert!(wide.contains("Asvg amp") && wide.contains('m'), "{wide}");
}

#[test]
fn letters_no_font_has_are_written_in_latin_ones() {
    let site = solo("name: ಮೊದಲ\n");
    let said = texts(&drawings(&site)["card.png"]);
    assert!(said.iter().any(|it| it.is_ascii() && it.len() > 3), "{said:?}");
    let (built, _) = site.clean();
    assert!(built.report.iter().any(|it| it.code == "letters-without-font"));
    for name in ["Łukasz Đỗ", "Ελένη", "Юлия", "عائشة", "שרה"] {
        let site = solo(&format!("name: {name}\n"));
        assert!(texts(&drawings(&site)["card.png"]).contains(&name.to_owned()), "{name}");
        assert!(site.clean().0.report.is_empty(), "{name}");
    }
}

/// The pronunciation of Han and kana depends on the language, so the handle is shown instead.
#[test]
fn a_name_no_font_has_is_not_read_in_another_language() {
    let said = |profile: &str| texts(&drawings(&solo(profile))["card.png"]);
    let name = "name: 山田 太郎\nlabel: エンジニア, Tokyo\n";
    let with_handle = said(&format!("{name}profiles: {{ GitHub: taro }}\n"));
    assert!(with_handle.contains(&"taro".to_owned()), "{with_handle:?}");
    let without = said(name);
    assert!(without.contains(&"u.example/repo".to_owned()), "{without:?}");
    for said in [with_handle, without] {
        let all = said.join(" ");
        assert!(all.is_ascii() && !all.contains("Shan") && !all.contains("Tokyo"), "{all}");
    }
}

#[test]
fn a_card_opens_no_file_and_no_address() {
    let plain = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1200\" height=\"630\"><path fill=\"#123\" d=\"M0 0h1200v630H0z\"/>HERE</svg>";
    let mut png = std::io::Cursor::new(Vec::new());
    RgbImage::from_pixel(9, 9, image::Rgb([255, 0, 0]))
        .write_to(&mut png, image::ImageFormat::Png)
        .unwrap();
    let site = solo("name: Ada\n");
    site.write("red.png", png.get_ref());
    let red = site.path().join("red.png").display().to_string();
    let base64 = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='9'%3E%3Cpath fill='red' d='M0 0h9v9H0z'/%3E%3C/svg%3E";
    for href in [&*red, "red.png", &format!("file://{red}"), "https://example.org/red.png", base64]
    {
        let image = format!("<image width=\"1200\" height=\"630\" href=\"{href}\"/>");
        site.write("templates/card.svg", plain.replace("HERE", &image));
        assert_eq!(card(&site).get_pixel(600, 300).0, [0x11, 0x22, 0x33], "{href}");
    }
}

#[test]
fn heads_name_the_card_by_its_full_address() {
    let site = site(&[
        ("content/profile.yaml", "name: Ada Okafor\nlabel: Engineer\nskills: { Rust: 5 }\n"),
        ("content/posts/2026-01-01-a.md", "# Title \"A\"\n\nText with [the card](/card.png).\n"),
    ]);
    let bytes = site.clean_bytes();
    let head = |path: &str| String::from_utf8(bytes[path].clone()).unwrap();
    let sheet = head("index.html");
    for tag in [
        "<meta property=\"og:image\" content=\"https://u.example/repo/card.png\">",
        "<meta property=\"og:image:type\" content=\"image/png\">",
        "<meta property=\"og:image:width\" content=\"1200\">",
        "<meta property=\"og:image:height\" content=\"630\">",
        "<meta name=\"twitter:card\" content=\"summary_large_image\">",
        "<link rel=\"icon\" href=\"/repo/favicon.ico\" sizes=\"16x16 32x32 48x48\">",
        "<link rel=\"icon\" href=\"/repo/favicon.svg\" type=\"image/svg+xml\" sizes=\"any\">",
        "<link rel=\"apple-touch-icon\" href=\"/repo/apple-touch-icon.png\">",
        "<link rel=\"manifest\" href=\"/repo/site.webmanifest\">",
    ] {
        assert!(sheet.contains(tag), "{tag} is not in\n{sheet}");
    }
    assert!(sheet.contains("og:image:alt\" content=\"Ada Okafor, Engineer, level "));
    assert!(
        head("posts/a/index.html").contains("content=\"https://u.example/repo/posts/a/card.png\"")
    );
    assert!(head("skills/rust/index.html").contains("content=\"https://u.example/repo/card.png\""));
    assert!(!head("404.html").contains("og:image"));
    assert!(bytes.contains_key("posts/a/card.png"));
}

#[test]
fn without_an_address_there_are_icons_and_no_cards() {
    let site = SiteTest::of(&[("content/profile.yaml", "name: Ada\n")]);
    let bytes = site.clean_bytes();
    assert!(!bytes.keys().any(|path| path.ends_with("card.png")));
    assert!(!String::from_utf8_lossy(&bytes["index.html"]).contains("og:image"));
    assert!(bytes.contains_key("favicon.ico"));
}

#[test]
fn icons_have_their_sizes_and_the_manifest_names_them() {
    let site = solo("name: Ada \"A\" Okafor\n");
    let bytes = site.clean_bytes();
    for (path, edge) in [("icon-192.png", 192), ("icon-512.png", 512)] {
        let icon = image::load_from_memory(&bytes[path]).unwrap();
        assert_eq!((icon.width(), icon.height()), (edge, edge), "{path}");
        assert_eq!(icon.to_rgba8().get_pixel(1, 1).0[3], 0, "{path} has a ground");
        assert_eq!(icon.to_rgba8().get_pixel(edge / 2, edge / 2).0[3], 255, "{path} is empty");
    }
    for (path, edge) in [("apple-touch-icon.png", 180), ("icon-maskable.png", 512)] {
        let icon = image::load_from_memory(&bytes[path]).unwrap();
        assert_eq!((icon.width(), icon.height()), (edge, edge), "{path}");
        assert!(!icon.color().has_alpha(), "{path}");
    }
    let ico = &bytes["favicon.ico"];
    assert_eq!(ico[..6], [0, 0, 1, 0, 3, 0]);
    let mut end = 6 + 3 * 16;
    for (entry, edge) in [(6, 16), (22, 32), (38, 48)] {
        let number = |at: usize| u32::from_le_bytes(ico[at..at + 4].try_into().unwrap()) as usize;
        let (len, start) = (number(entry + 8), number(entry + 12));
        assert_eq!((usize::from(ico[entry]), start), (edge, end));
        let png = image::load_from_memory(&ico[start..start + len]).unwrap();
        assert_eq!(png.width() as usize, edge);
        end = start + len;
    }
    assert_eq!(end, ico.len());
    let manifest: serde_json::Value = serde_json::from_slice(&bytes["site.webmanifest"]).unwrap();
    assert_eq!(manifest["name"], "Ada \"A\" Okafor");
    for icon in manifest["icons"].as_array().unwrap() {
        let src = icon["src"].as_str().unwrap();
        assert!(bytes.contains_key(src.strip_prefix("/repo/").unwrap()), "{src}");
    }
    assert!(
        roxmltree::Document::parse(std::str::from_utf8(&bytes["favicon.svg"]).unwrap()).is_ok()
    );
}

#[test]
fn a_guilds_own_crest_is_its_icon() {
    let crest = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 10 10'><path fill='#f00' d='M0 0h10v10H0z'/></svg>";
    let files = [
        ("guild.yaml", "name: Forge\ncrest: crest.svg\n"),
        ("content/profiles/ada.yaml", "name: Ada\n"),
    ];
    let drawn = site(&[files[0], files[1], ("crest.svg", crest)]);
    assert_eq!(drawn.clean_bytes()["favicon.svg"], crest.as_bytes());
    assert_eq!(picture(&drawn, "icon-192.png").to_rgba8().get_pixel(96, 96).0, [255, 0, 0, 255]);
    let mut png = std::io::Cursor::new(Vec::new());
    RgbImage::from_pixel(90, 90, image::Rgb([0, 0, 255]))
        .write_to(&mut png, image::ImageFormat::Png)
        .unwrap();
    let photo = site(&[("guild.yaml", "name: Forge\ncrest: crest.png\n"), files[1]]);
    photo.write("crest.png", png.into_inner());
    let bytes = photo.clean_bytes();
    assert!(!bytes.contains_key("favicon.svg"), "pixels are no lines");
    assert!(!String::from_utf8_lossy(&bytes["index.html"]).contains("favicon.svg"));
    // As shown on a page; encoding may change it by a shade.
    let [r, g, b, a] = picture(&photo, "icon-192.png").to_rgba8().get_pixel(96, 96).0;
    assert!(r < 4 && g < 4 && b > 250 && a == 255, "{r} {g} {b} {a}");
}

#[test]
fn files_of_the_site_itself_take_their_place() {
    let site = solo("name: Ada\n");
    for path in ["favicon.ico", "favicon.svg", "site.webmanifest", "card.png"] {
        site.write(&format!("static/{path}"), path);
    }
    let bytes = site.clean_bytes();
    for path in ["favicon.ico", "favicon.svg", "site.webmanifest", "card.png"] {
        assert_eq!(bytes[path], path.as_bytes());
    }
    assert!(bytes.contains_key("apple-touch-icon.png"));
}

#[test]
fn a_theme_without_a_card_draws_the_one_below_it() {
    let site = solo("name: Ada\n");
    let as_it_was = drawings(&site);
    site.write("themes/mine/theme.yaml", "name: mine\n").write("site.yaml", "theme: mine\n");
    assert_eq!(drawings(&site), as_it_was);
    let square = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"/>";
    site.write("themes/mine/templates/icon.svg", square);
    assert_eq!(drawings(&site)["icon-192.png"].trim(), square);
}

#[test]
fn what_is_not_on_the_card_draws_nothing_anew() {
    let site = SiteTest::example("guild");
    assert!(site.build().ok().made.contains("profiles/tamsin/card.png"));
    site.write("content/profiles/tamsin/about.md", "New words.\n");
    site.write(
        "templates/404.html",
        "{% extends \"codex/404.html\" %}{% block main %}Gone.{% endblock %}",
    );
    let made = site.build().ok().made;
    assert!(made.contains("profiles/tamsin/index.html"));
    assert!(!made.iter().any(|path| path.ends_with(".png") || path.ends_with(".ico")), "{made:?}");
    site.edit("content/profiles/tamsin/profile.yaml", "Oyelaran", "Oyelaran-Silva");
    let made = site.build().ok().made;
    let drawn: Vec<&String> = made.iter().filter(|path| path.ends_with(".png")).collect();
    assert_eq!(drawn, ["posts/summer/card.png", "profiles/tamsin/card.png"]);
}

#[test]
fn a_site_of_avif_alone_has_portraits_on_its_cards() {
    let site = SiteTest::example("guild");
    site.write("site.yaml", "url: https://u.example\nimages: { formats: [avif] }\n");
    assert!(drawings(&site)["profiles/wren/card.png"].contains("portrait-wren"));
    let (built, _) = site.clean();
    assert_no_errors(&built.report);
}
