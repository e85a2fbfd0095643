//! The first build of a site with many new photographs: requested pages are built first.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests look at the disk")]

mod serve_client;

use image::{ImageFormat, Rgb, RgbImage};
use serve_client::Client;
use serve_client::program::{self, Program};
use std::io::Cursor;
use std::time::{Duration, Instant};

/// So many that a full build takes far longer than a single page.
const MEMBERS: u32 = 120;

/// A photograph unlike all others.
fn photograph(number: u32) -> Vec<u8> {
    let mut grain = number.wrapping_mul(0x9E37_79B9) | 1;
    let picture = RgbImage::from_fn(900, 900, |x, y| {
        grain ^= grain << 13;
        grain ^= grain >> 17;
        grain ^= grain << 5;
        let noise = (grain & 31) as u8;
        Rgb([(x / 5) as u8 + noise, (y / 5) as u8 + noise, (number * 2) as u8])
    });
    let mut png = Cursor::new(Vec::new());
    picture.write_to(&mut png, ImageFormat::Png).unwrap();
    png.into_inner()
}

#[test]
fn the_page_that_is_looked_at_is_there_before_all_others_are() {
    let root = program::site(&[("guild.yaml", "name: Guild\n")]);
    for number in 0..MEMBERS {
        let folder = root.path().join(format!("content/profiles/m{number}"));
        std::fs::create_dir_all(&folder).unwrap();
        let profile = format!("name: Member {number}\nimage: me.png\nskills: {{ Rust: 7 }}\n");
        std::fs::write(folder.join("profile.yaml"), profile).unwrap();
        std::fs::write(folder.join("me.png"), photograph(number)).unwrap();
    }
    // It does not need the pictures of other pages.
    std::fs::create_dir_all(root.path().join("content/posts")).unwrap();
    for number in 0..MEMBERS / 4 {
        let file = |name: &str| root.path().join("content/posts").join(name);
        std::fs::write(file(&format!("{number}.png")), photograph(MEMBERS + number)).unwrap();
        let text = format!("---\ndate: 2026-01-01\n---\n# Post\n\n![A picture]({number}.png)\n");
        std::fs::write(file(&format!("post-{number}.md")), text).unwrap();
    }
    let program = Program::serve(root.path(), &[]);
    // Nor is it delayed by requests for pages that do not exist.
    let port = program.port();
    let idle: Vec<_> = (0..12)
        .map(|number| {
            std::thread::spawn(move || {
                Client { port }.get(&format!("/nothing-{number}.png"), "").status
            })
        })
        .collect();
    let begun = Instant::now();
    let last = format!("/profiles/m{}/", MEMBERS - 1);
    let page = loop {
        let answer = program.get(&last, "");
        if answer.status == 200 {
            break answer;
        }
        // Meanwhile the placeholder says that the page is being built, and reloads it when it is.
        assert_eq!(answer.status, 503);
        assert!(answer.text().contains("is being built") && answer.text().contains("data-events="));
        assert!(begun.elapsed() < Duration::from_secs(60), "it never comes");
    };
    assert_eq!(program.builds(), 0, "the whole site was built before the page was shown");
    assert!(page.text().contains("Member 119"));
    assert!(page.text().contains("data-token="), "it can be edited at once");
    // Its own picture is complete, in every size.
    let text = page.text();
    let from = text.split("srcset=\"").nth(1).unwrap();
    for file in from.split('"').next().unwrap().split(", ") {
        let file = file.split(' ').next().unwrap();
        assert_eq!(program.get(file, "").status, 200, "{file}");
    }
    assert_eq!(program.builds(), 0);
    for client in idle {
        assert_eq!(client.join().unwrap(), 404);
    }
}
