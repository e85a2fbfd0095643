//! Names in addresses: `C++` → `cplusplus`, `C#` → `csharp`, `.NET` → `dotnet`, `Ünal` → `unal`.

/// Windows cannot hold files of these names, whatever their extension.
const DEVICES: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8",
    "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// The longest slug.
const MAX: usize = 64;

/// The slug of a name: `[a-z0-9-]`, at most 64 bytes; `None` where nothing of the name is left or
/// the result is a name that some file system reserves.
pub fn slugify(name: &str) -> Option<String> {
    let name = name.trim();
    let mut spelled = String::with_capacity(name.len() + 8);
    for (index, character) in name.chars().enumerate() {
        match character {
            '+' => spelled.push_str("plus"),
            '#' => spelled.push_str("sharp"),
            '&' => spelled.push_str(" and "),
            '.' if index == 0 => spelled.push_str("dot"),
            _ => spelled.push(character),
        }
    }
    let mut slug = String::with_capacity(spelled.len());
    for character in deunicode::deunicode(&spelled).chars() {
        if character.is_ascii_alphanumeric() {
            slug.push(character.to_ascii_lowercase());
        } else if character != '\'' && !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(MAX);
    let slug = slug.trim_end_matches('-');
    (!slug.is_empty() && !is_device(slug)).then(|| slug.to_owned())
}

/// Whether Windows means a device by it, as a file's name without extension.
pub fn is_device(stem: &str) -> bool {
    DEVICES.iter().any(|device| device.eq_ignore_ascii_case(stem))
}

/// Whether it is already a slug.
pub fn is_slug(text: &str) -> bool {
    slugify(text).as_deref() == Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_of_like_names_stay_apart() {
        let slug = |name: &str| slugify(name).unwrap_or_default();
        assert_eq!(slug("C"), "c");
        assert_eq!(slug("C++"), "cplusplus");
        assert_eq!(slug("C#"), "csharp");
        assert_eq!(slug("F#"), "fsharp");
        assert_eq!(slug(".NET"), "dotnet");
        assert_eq!(slug("Node.js"), "node-js");
        assert_eq!(slug("Björn Åkesson"), "bjorn-akesson");
        assert_eq!(slug("R&D"), "r-and-d");
        assert_eq!(slugify("  "), None);
        assert_eq!(slugify("con"), None);
    }
}
