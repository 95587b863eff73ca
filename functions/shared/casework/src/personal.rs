//! A value that belongs to a person, and must not leak into logs.

use serde::{Deserialize, Serialize};

/// Personal data: `Debug` redacts it and there is no `Display`.
///
/// Whoever needs the value asks for it by name with [`Personal::reveal`], so that
/// every place that shows a person's data can be found by searching for that word.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Personal<T>(T);

impl<T> Personal<T> {
    /// Wraps a value that belongs to a person.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// The value, for a page, a record or a comparison; never for a log.
    pub const fn reveal(&self) -> &T {
        &self.0
    }

    /// The value itself.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> std::fmt::Debug for Personal<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Personal(…)")
    }
}

impl<T> From<T> for Personal<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl From<&str> for Personal<String> {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_never_shows_the_value() {
        assert_eq!(
            format!("{:?}", Personal::new("900101300017")),
            "Personal(…)"
        );
    }
}
