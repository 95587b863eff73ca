//! What people are told, in Kazakh, Russian and English: one Fluent file a language.
//!
//! The only place that names `fluent_bundle`. A key that is missing is a failed test,
//! not an empty line on a page.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use serde::{Deserialize, Serialize};

/// A language of the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Қазақша.
    Kk,
    /// Русский.
    Ru,
    /// English.
    En,
}

impl Language {
    /// Every language, the State's first.
    pub const ALL: [Self; 3] = [Self::Kk, Self::Ru, Self::En];

    /// ISO 639-1.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Kk => "kk",
            Self::Ru => "ru",
            Self::En => "en",
        }
    }

    /// The language of this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|language| language.code() == code)
    }

    const fn source(self) -> &'static str {
        match self {
            Self::Kk => include_str!("../words/kk.ftl"),
            Self::Ru => include_str!("../words/ru.ftl"),
            Self::En => include_str!("../words/en.ftl"),
        }
    }
}

/// The words of one language.
pub struct Words {
    /// Which language.
    pub language: Language,
    bundle: FluentBundle<FluentResource>,
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Words")
            .field("language", &self.language)
            .finish_non_exhaustive()
    }
}

impl Words {
    /// The words of a language.
    pub fn of(language: Language) -> Self {
        let resource = match FluentResource::try_new(language.source().to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        let tag = language.code().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        // No invisible direction marks: the text goes to terminals and is compared in tests.
        bundle.set_use_isolating(false);
        bundle.add_resource_overriding(resource);
        Self { language, bundle }
    }

    /// The sentence of this key; the key itself where there is none.
    pub fn say(&self, key: &str) -> String {
        self.say_with(key, &[])
    }

    /// The sentence of this key with its values put in.
    pub fn say_with(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut arguments = FluentArgs::new();
        for (name, value) in values {
            match value.parse::<u32>() {
                Ok(number) => arguments.set(*name, number),
                Err(_) => arguments.set(*name, *value),
            }
        }
        let pattern = self
            .bundle
            .get_message(key)
            .and_then(|message| message.value());
        pattern.map_or_else(
            || key.to_owned(),
            |p| {
                self.bundle
                    .format_pattern(p, Some(&arguments), &mut Vec::new())
                    .into_owned()
            },
        )
    }

    /// Whether there is a sentence of this key.
    pub fn has(&self, key: &str) -> bool {
        self.bundle
            .get_message(key)
            .is_some_and(|message| message.value().is_some())
    }
}

/// The key of a code's sentence: `EMPTY_FILE` → `empty-file`.
pub fn key_of(code: &str) -> String {
    code.to_lowercase().replace('_', "-")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::case::Status;
    use crate::crosscheck::Reason;
    use crate::finding_code::{FileFinding, Hint, QualityFinding, RefusalCode};
    use crate::notice::NoticeKind;

    fn keys(language: Language) -> BTreeSet<&'static str> {
        let named = |line: &'static str| {
            let (key, _) = line.split_once(" =")?;
            (!key.starts_with([' ', '#', '.'])).then_some(key)
        };
        language.source().lines().filter_map(named).collect()
    }

    #[test]
    fn the_three_languages_have_the_same_keys_and_every_file_parses() {
        for language in Language::ALL {
            assert!(
                FluentResource::try_new(language.source().to_owned()).is_ok(),
                "{language:?}"
            );
            assert_eq!(keys(language), keys(Language::En), "{language:?}");
        }
    }

    #[test]
    fn every_code_has_its_sentence() {
        let words = Words::of(Language::En);
        let refusals = RefusalCode::ALL
            .iter()
            .map(|c| format!("refusal-{}", key_of(c.code())));
        let files = FileFinding::ALL
            .iter()
            .map(|c| format!("file-{}", key_of(c.code())));
        let quality = QualityFinding::ALL
            .iter()
            .map(|c| format!("quality-{}", key_of(c.code())));
        let hints = Hint::ALL.iter().map(|hint| hint.key().to_owned());
        let statuses = Status::ALL
            .iter()
            .map(|s| format!("status-{}", key_of(s.as_str())));
        let notices = NoticeKind::ALL.iter().flat_map(|kind| {
            ["", "-subject", "-next"].map(|part| format!("notice-{}{part}", kind.key()))
        });
        let reasons = Reason::ALL.iter().map(|r| r.key().to_owned());
        for key in refusals
            .chain(files)
            .chain(quality)
            .chain(hints)
            .chain(statuses)
            .chain(reasons)
            .chain(notices)
        {
            assert!(words.has(&key), "no sentence for {key}");
        }
        assert!(!words.has("refusal-no-such-code"));
    }

    #[test]
    fn values_are_put_in_without_marks() {
        let words = Words::of(Language::Ru);
        let text = words.say_with("refusal-too-large", &[]);
        assert!(
            text.contains("20 МБ") && !text.contains('\u{2068}'),
            "{text}"
        );
    }
}
