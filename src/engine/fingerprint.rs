//! Everything some bytes depend on, as a readable list: a recipe and named digests.

use crate::digest::Digest;
use serde::Serialize;

/// A recipe (`variant/3`: how bytes are made, and its version) and the named digests of every
/// input. Equal fingerprints, equal bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fingerprint {
    /// Name and version of the way the bytes are made.
    pub recipe: String,
    /// What they are made from, in the order it was named.
    pub inputs: Vec<(String, String)>,
}

impl Fingerprint {
    /// Nothing but a recipe.
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

    /// One digest for all of it: the name of a blob.
    pub fn digest(&self) -> Digest {
        Digest::of(self)
    }

    /// What differs from an earlier fingerprint, for `--explain`: `profile changed`.
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
