//! Blank entries: an entry without content is treated as not written.

use super::{
    Account, Award, Certificate, Education, Employment, Extra, Interest, Language, Location,
    Position, Project, Publication, Reference,
};

/// An entry of a section.
pub trait Entry {
    /// Its unknown keys.
    fn extra(&self) -> &Extra;

    /// Whether it has nothing to show: tags, unknown keys and `private` are not content by
    /// themselves.
    fn is_blank(&self) -> bool;
}

macro_rules! entries {
    ($($kind:ident: $($aside:ident),+;)+) => {$(
        impl Entry for $kind {
            fn extra(&self) -> &Extra {
                &self.extra
            }

            fn is_blank(&self) -> bool {
                *self == $kind { $($aside: self.$aside.clone(),)+ ..$kind::default() }
            }
        }
    )+};
}

entries! {
    Account: extra;
    Award: tags, private, extra;
    Certificate: tags, private, extra;
    Education: tags, private, extra;
    Interest: private, extra;
    Language: private, extra;
    Location: extra;
    Position: tags, private, extra;
    Project: tags, private, extra;
    Publication: tags, private, extra;
    Reference: private, extra;
}

impl Entry for Employment {
    fn extra(&self) -> &Extra {
        &self.extra
    }

    fn is_blank(&self) -> bool {
        let Employment { name, location, description, url, positions, .. } = self;
        let texts = [name, location, description, url];
        texts.into_iter().all(Option::is_none) && positions.iter().all(Entry::is_blank)
    }
}
