//! Brings a published résumé into the form that validators and other tools' themes require. Values
//! that had to be changed are kept in `meta.questfolio.written`, by their position.

use crate::model::country;
use crate::model::date::PartialDate;
use crate::model::punycode;
use crate::model::url;
use serde_json::{Map, Value, json};

/// The sections whose entries have dates, with the keys of these dates.
const DATED: [(&str, &[&str]); 7] = [
    ("work", &["endDate", "startDate"]),
    ("volunteer", &["endDate", "startDate"]),
    ("education", &["endDate", "startDate"]),
    ("projects", &["endDate", "startDate"]),
    ("awards", &["date"]),
    ("certificates", &["date"]),
    ("publications", &["releaseDate"]),
];

/// The last year that the schema's pattern accepts.
const LAST_YEAR: i16 = 2999;

/// Values as written, by JSON Pointer (RFC 6901).
type Originals = Map<String, Value>;

/// Normalises every value; returns the original values of those that were changed.
pub(super) fn normalise(resume: &mut Value) -> Originals {
    let mut originals = Originals::new();
    let Some(top) = resume.as_object_mut() else { return originals };
    address(top, "", "$schema", &mut originals);
    if let Some(Value::Object(meta)) = top.get_mut("meta") {
        address(meta, "/meta", "canonical", &mut originals);
        for key in ["version", "lastModified"] {
            adjust(meta, "/meta", key, &mut originals, |value| {
                value.is_string().then(|| value.clone())
            });
        }
    }
    for (section, dates) in DATED {
        for_each(top.get_mut(section), &format!("/{section}"), &mut |entry, place| {
            dated(entry, place, dates, &mut originals);
            address(entry, place, "url", &mut originals);
        });
    }
    basics(top, &mut originals);
    originals
}

fn basics(top: &mut Map<String, Value>, originals: &mut Originals) {
    let basics = top.entry("basics").or_insert_with(|| json!({}));
    let Value::Object(basics) = basics else { return };
    address(basics, "/basics", "url", originals);
    adjust(basics, "/basics", "email", originals, |value| mail(value.as_str()?).map(Value::from));
    for_each(basics.get_mut("profiles"), "/basics/profiles", &mut |account, place| {
        address(account, place, "url", originals);
    });
    // Themes look up the country's name from its code in the browser, and fail on anything else.
    if let Some(Value::Object(location)) = basics.get_mut("location") {
        let code = |value: &Value| country::code(value.as_str()?).map(Value::from);
        adjust(location, "/basics/location", "countryCode", originals, code);
    }
    // Themes access both without checking that they exist.
    basics.entry("location").or_insert_with(|| json!({}));
    basics.entry("profiles").or_insert_with(|| json!([]));
}

fn for_each(
    section: Option<&mut Value>,
    place: &str,
    visit: &mut dyn FnMut(&mut Map<String, Value>, &str),
) {
    for (index, entry) in section.and_then(Value::as_array_mut).into_iter().flatten().enumerate() {
        if let Value::Object(entry) = entry {
            visit(entry, &format!("{place}/{index}"));
        }
    }
}

/// Dates that cannot be parsed are left out. A start without its end would mean an ongoing entry,
/// so it is left out as well.
fn dated(entry: &mut Map<String, Value>, place: &str, dates: &[&str], originals: &mut Originals) {
    let is_sound = |value: &Value| {
        let date = value.as_str().and_then(PartialDate::parse);
        date.is_some_and(|date| date.year() <= LAST_YEAR)
    };
    let mut is_lost = false;
    for key in dates {
        adjust(entry, place, key, originals, |value| {
            (!is_lost && is_sound(value)).then(|| value.clone())
        });
        is_lost |= !entry.contains_key(*key) && originals.contains_key(&format!("{place}/{key}"));
    }
}

fn address(entry: &mut Map<String, Value>, place: &str, key: &str, originals: &mut Originals) {
    adjust(entry, place, key, originals, |value| web(value.as_str()?).map(Value::from));
}

/// Replaces a value with the result of `form`, or removes it if there is none.
fn adjust(
    entry: &mut Map<String, Value>,
    place: &str,
    key: &str,
    originals: &mut Originals,
    form: impl Fn(&Value) -> Option<Value>,
) {
    let Some(value) = entry.get_mut(key) else { return };
    let formed = form(value);
    if formed.as_ref() == Some(value) {
        return;
    }
    let was = match formed {
        Some(formed) => Some(std::mem::replace(value, formed)),
        None => entry.shift_remove(key),
    };
    originals.extend(was.map(|was| (format!("{place}/{key}"), was)));
}

/// A URL in ASCII.
fn web(address: &str) -> Option<String> {
    let is_web = matches!(url::check(address), Ok(url::Kind::Web));
    let Some((scheme, rest)) = address.split_once("://").filter(|_| is_web) else {
        let is_mail = matches!(url::check(address), Ok(url::Kind::Mail));
        let mail = mail(address.strip_prefix("mailto:").filter(|_| is_mail)?)?;
        return Some(format!("mailto:{mail}"));
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) => (host, format!(":{port}")),
        None => (authority, String::new()),
    };
    Some(format!("{scheme}://{}{port}{}", punycode::host(host)?, encoded(path)))
}

/// Path, query and fragment, percent-encoded as in RFC 3986.
fn encoded(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    let mut is_anchor = false;
    for (index, byte) in path.bytes().enumerate() {
        let is_escape = byte == b'%'
            && path
                .as_bytes()
                .get(index + 1..index + 3)
                .is_some_and(|it| it.iter().all(u8::is_ascii_hexdigit));
        let is_plain = byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/?".contains(&byte);
        if is_plain || is_escape || byte == b'#' && !is_anchor {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
        is_anchor |= byte == b'#';
    }
    encoded
}

/// An email address in ASCII; `None` if its local part is not ASCII.
fn mail(address: &str) -> Option<String> {
    let (local, host) = address.rsplit_once('@')?;
    let is_plain = |it: char| it.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(it);
    let is_dotted = local.starts_with('.') || local.ends_with('.') || local.contains("..");
    if local.is_empty() || is_dotted || !local.chars().all(is_plain) {
        return None;
    }
    Some(format!("{local}@{}", punycode::host(host)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_written_in_ascii() {
        for (written, ascii) in [
            ("https://ada.example/über?q=ä#ö", "https://ada.example/%C3%BCber?q=%C3%A4#%C3%B6"),
            ("https://münchen.example:8080", "https://xn--mnchen-3ya.example:8080"),
            ("https://ada.example/a%20b/100%", "https://ada.example/a%20b/100%25"),
            ("https://ada.example/a|b#c#d", "https://ada.example/a%7Cb#c%23d"),
            ("mailto:ada@münchen.example", "mailto:ada@xn--mnchen-3ya.example"),
        ] {
            assert_eq!(web(written).as_deref(), Some(ascii));
            assert_eq!(web(ascii).as_deref(), Some(ascii), "what is sound stays");
        }
        for bad in ["/about", "ada.example", "javascript:alert(1)", "mailto:jürgen@x.example"] {
            assert_eq!(web(bad), None, "{bad}");
        }
    }

    #[test]
    fn what_is_not_in_form_is_kept_by_its_place() {
        let mut resume = json!({
            "basics": {"name": "Ada", "url": "https://ada.example/ü", "email": "jürgen@x.example"},
            "work": [
                {"startDate": "2012-10", "endDate": "some summer"},
                {"startDate": "spring", "endDate": "2014"},
            ],
            "awards": [{"date": "3000"}],
        });
        let written = normalise(&mut resume);
        let expected = json!({
            "basics": {
                "name": "Ada", "url": "https://ada.example/%C3%BC",
                "location": {}, "profiles": [],
            },
            "work": [{}, {"endDate": "2014"}],
            "awards": [{}],
        });
        assert_eq!(resume, expected);
        assert_eq!(
            Value::Object(written),
            json!({
                "/work/0/endDate": "some summer",
                "/work/0/startDate": "2012-10",
                "/work/1/startDate": "spring",
                "/awards/0/date": "3000",
                "/basics/url": "https://ada.example/ü",
                "/basics/email": "jürgen@x.example",
            })
        );
    }
}
