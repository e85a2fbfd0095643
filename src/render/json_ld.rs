//! Linked data for search engines (schema.org), as text that is safe inside `<script>`.

use serde_json::{Map, Value, json};

/// A `ProfilePage` about a person.
#[derive(Clone, Debug, Default)]
#[expect(missing_docs, reason = "schema.org's own properties, as text; empty means: left out")]
pub struct Person {
    pub page_url: String,
    pub name: String,
    pub job_title: Option<String>,
    pub description: String,
    pub image: Option<String>,
    pub url: Option<String>,
    pub email: Option<String>,
    pub locality: Option<String>,
    pub region: Option<String>,
    pub country: Option<String>,
    pub same_as: Vec<String>,
    pub knows_about: Vec<String>,
    pub knows_language: Vec<String>,
    pub works_for: Option<String>,
    pub alumni_of: Vec<String>,
    pub awards: Vec<String>,
    pub member_of: Option<(String, String)>,
}

/// A `BlogPosting`.
#[derive(Clone, Debug, Default)]
#[expect(missing_docs, reason = "schema.org's own properties, as text; empty means: left out")]
pub struct Posting {
    pub url: String,
    pub headline: String,
    pub description: String,
    pub published: Option<String>,
    pub modified: Option<String>,
    pub image: Option<String>,
    pub authors: Vec<(String, Option<String>)>,
    pub keywords: Vec<String>,
}

/// An `Organization` with its members.
#[derive(Clone, Debug, Default)]
#[expect(missing_docs, reason = "schema.org's own properties, as text; empty means: left out")]
pub struct Organization {
    pub url: String,
    pub name: String,
    pub description: Option<String>,
    pub logo: Option<String>,
    pub members: Vec<(String, String)>,
}

/// The person's page.
pub fn profile_page(person: &Person) -> String {
    let address = object([
        ("@type", Some(json!("PostalAddress"))),
        ("addressLocality", text(&person.locality)),
        ("addressRegion", text(&person.region)),
        ("addressCountry", text(&person.country)),
    ]);
    let has_place =
        person.locality.is_some() || person.country.is_some() || person.region.is_some();
    let entity = object([
        ("@type", Some(json!("Person"))),
        ("@id", Some(json!(format!("{}#person", person.page_url)))),
        ("name", Some(json!(person.name))),
        ("jobTitle", text(&person.job_title)),
        ("description", Some(json!(person.description)).filter(|_| !person.description.is_empty())),
        ("image", text(&person.image)),
        ("url", text(&person.url)),
        ("email", text(&person.email)),
        ("address", has_place.then_some(address)),
        ("sameAs", list(&person.same_as)),
        ("knowsAbout", list(&person.knows_about)),
        ("knowsLanguage", list(&person.knows_language)),
        ("worksFor", person.works_for.as_ref().map(|name| organization(name))),
        ("alumniOf", organizations(&person.alumni_of)),
        ("award", list(&person.awards)),
        (
            "memberOf",
            person
                .member_of
                .as_ref()
                .map(|(name, url)| json!({ "@type": "Organization", "name": name, "url": url })),
        ),
    ]);
    script(&json!({
        "@context": "https://schema.org",
        "@type": "ProfilePage",
        "url": person.page_url,
        "mainEntity": entity,
    }))
}

/// A post.
pub fn posting(posting: &Posting) -> String {
    let authors: Vec<Value> = posting
        .authors
        .iter()
        .map(|(name, url)| {
            object([
                ("@type", Some(json!("Person"))),
                ("name", Some(json!(name))),
                ("url", text(url)),
            ])
        })
        .collect();
    script(&object([
        ("@context", Some(json!("https://schema.org"))),
        ("@type", Some(json!("BlogPosting"))),
        ("url", Some(json!(posting.url))),
        ("headline", Some(json!(posting.headline))),
        (
            "description",
            Some(json!(posting.description)).filter(|_| !posting.description.is_empty()),
        ),
        ("datePublished", text(&posting.published)),
        ("dateModified", text(&posting.modified)),
        ("image", text(&posting.image)),
        ("author", (!authors.is_empty()).then(|| Value::from(authors))),
        ("keywords", list(&posting.keywords)),
    ]))
}

/// A guild.
pub fn guild(guild: &Organization) -> String {
    let members: Vec<Value> = guild
        .members
        .iter()
        .map(|(name, url)| json!({ "@type": "Person", "name": name, "url": url }))
        .collect();
    script(&object([
        ("@context", Some(json!("https://schema.org"))),
        ("@type", Some(json!("Organization"))),
        ("url", Some(json!(guild.url))),
        ("name", Some(json!(guild.name))),
        ("description", text(&guild.description)),
        ("logo", text(&guild.logo)),
        ("member", (!members.is_empty()).then(|| Value::from(members))),
    ]))
}

/// The path from the front page to a page as a `BreadcrumbList`: name and absolute URL of each
/// step, ending with the page itself. For pages that are neither a person nor a post.
pub fn breadcrumbs(trail: &[(String, String)]) -> String {
    let steps = trail.iter().enumerate().map(|(index, (name, url))| {
        let position = index + 1;
        json!({ "@type": "ListItem", "position": position, "name": name, "item": url })
    });
    let steps: Vec<Value> = steps.collect();
    script(&json!({
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": steps,
    }))
}

/// JSON that can neither end the `<script>` element it is in nor start a comment there.
pub fn script(value: &Value) -> String {
    let mut escaped = String::new();
    for character in value.to_string().chars() {
        match character {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                escaped.push_str(&format!("\\u{:04x}", character as u32));
            }
            _ => escaped.push(character),
        }
    }
    escaped
}

fn object<const N: usize>(entries: [(&str, Option<Value>); N]) -> Value {
    let entries = entries.into_iter();
    let known = entries.filter_map(|(key, value)| Some((key.to_owned(), value?)));
    Value::Object(known.collect::<Map<String, Value>>())
}

fn text(value: &Option<String>) -> Option<Value> {
    value.as_ref().map(|text| json!(text))
}

fn list(values: &[String]) -> Option<Value> {
    (!values.is_empty()).then(|| json!(values))
}

fn organization(name: &str) -> Value {
    json!({ "@type": "Organization", "name": name })
}

fn organizations(names: &[String]) -> Option<Value> {
    (!names.is_empty()).then(|| names.iter().map(|name| organization(name)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_end_the_script() {
        let person = Person {
            page_url: "https://x.org/".into(),
            name: "</script><!--\u{2028}".into(),
            country: Some("DE".into()),
            ..Person::default()
        };
        let text = profile_page(&person);
        assert!(!text.contains(['<', '>', '&', '\u{2028}']), "{text}");
        let value: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["mainEntity"]["name"], "</script><!--\u{2028}");
        assert_eq!(value["mainEntity"]["address"]["addressCountry"], "DE");
        assert!(value["mainEntity"].get("email").is_none());
    }

    #[test]
    fn a_post_names_its_authors_and_leaves_out_what_is_unknown() {
        let text = posting(&Posting {
            url: "https://x.org/posts/hi/".into(),
            headline: "Hi & bye".into(),
            authors: vec![("Ada".into(), Some("https://x.org/ada/".into())), ("B".into(), None)],
            ..Posting::default()
        });
        let value: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["@type"], "BlogPosting");
        assert_eq!(value["headline"], "Hi & bye");
        assert_eq!(value["author"][0]["url"], "https://x.org/ada/");
        assert_eq!(value["author"][1], json!({ "@type": "Person", "name": "B" }));
        assert!(value.get("image").is_none() && value.get("description").is_none());
    }

    #[test]
    fn a_guild_names_its_members() {
        let text = guild(&Organization {
            name: "Forge".into(),
            members: vec![("Ada".into(), "https://x.org/ada/".into())],
            ..Organization::default()
        });
        let value: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["@type"], "Organization");
        assert_eq!(value["member"][0]["name"], "Ada");
    }

    #[test]
    fn a_trail_counts_from_one() {
        let step = |name: &str, url: &str| (name.to_owned(), url.to_owned());
        let text = breadcrumbs(&[
            step("Forge", "https://x.org/"),
            step("<Rust>", "https://x.org/skills/rust/"),
        ]);
        let value: Value = serde_json::from_str(&text).unwrap();
        let last = &value["itemListElement"][1];
        assert_eq!(last["position"], 2);
        assert_eq!(last["name"], "<Rust>");
        assert!(!text.contains('<'));
    }
}
