//! Fingerprints: everything that some bytes depend on, as a readable list of a recipe and named
//! digests.

use crate::digest::Digest;
use serde::Serialize;

/// A recipe (`variant/3`: how the bytes are made, with a version) and the named digests of all
/// inputs. Equal fingerprints mean equal bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fingerprint {
    /// Name and version of the recipe.
    pub recipe: String,
    /// The inputs, in the order in which they were added.
    pub inputs: Vec<(String, String)>,
}

impl Fingerprint {
    /// A fingerprint with a recipe and no inputs.
    pub fn new(recipe: impl Into<String>) -> Fingerprint {
        Fingerprint { recipe: recipe.into(), inputs: Vec::new() }
    }

    /// Adds an input.
    pub fn with(mut self, name: impl Into<String>, digest: Digest) -> Fingerprint {
        self.inputs.push((name.into(), digest.to_string()));
        self
    }

    /// Adds several inputs.
    pub fn with_all<'a>(
        mut self,
        inputs: impl IntoIterator<Item = (&'a str, Digest)>,
    ) -> Fingerprint {
        self.inputs
            .extend(inputs.into_iter().map(|(name, digest)| (name.to_owned(), digest.to_string())));
        self
    }

    /// One digest of the whole fingerprint: the name of a blob.
    pub fn digest(&self) -> Digest {
        Digest::of(self)
    }

    /// The differences from an earlier fingerprint, for `--explain`: `profile changed`.
    pub fn differences(&self, earlier: &Fingerprint) -> Vec<String> {
        let mut differences = Vec::new();
        if self.recipe != earlier.recipe {
            differences.push(format!("recipe {} instead of {}", self.recipe, earlier.recipe));
        }
        for (name, digest) in &self.inputs {
            match earlier.inputs.iter().find(|(other, _)| other == name) {
                Some((_, old)) if old == digest => {}
                Some(_) => differences.push(format!("{name} changed")),
                None => differences.push(format!("{name} is new")),
            }
        }
        for (name, _) in &earlier.inputs {
            if !self.inputs.iter().any(|(other, _)| other == name) {
                differences.push(format!("{name} is gone"));
            }
        }
        differences
    }
}
