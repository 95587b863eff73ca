//! Countries people leave for: alpha-3 codes and names in kk, ru and en, found however a permit spells them.
//!
//! The names are data (`data/countries.json`). Never here: which country a mission serves.

mod spelling;

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::names::{Comparison, compare, skeleton};
use crate::words::Language;

pub use spelling::Spelling;

/// A name in the three languages of the service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocalNames {
    /// Қазақша.
    pub kk: String,
    /// Русский.
    pub ru: String,
    /// English.
    pub en: String,
}

impl LocalNames {
    /// The name in one language.
    pub fn of(&self, language: Language) -> &str {
        match language {
            Language::Kk => &self.kk,
            Language::Ru => &self.ru,
            Language::En => &self.en,
        }
    }
}

/// A country.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Country {
    /// ISO 3166-1 alpha-3.
    pub code: String,
    /// Its short names.
    pub names: LocalNames,
    /// What else it is called on paper: ФРГ, АҚШ …
    also: Vec<String>,
}

#[derive(Deserialize)]
struct CountriesFile {
    countries: Vec<Country>,
}

static COUNTRIES: LazyLock<Vec<Country>> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../data/countries.json"))
        .map(|file: CountriesFile| file.countries)
        .unwrap_or_default()
});

/// Words that say what kind of state it is, as skeletons' beginnings; the rest is its name.
static KIND_OF_STATE: LazyLock<Vec<String>> = LazyLock::new(|| {
    [
        "РЕСПУБЛИК",
        "ФЕДЕРАТИВ",
        "ФЕДЕРАЦИ",
        "КОРОЛЕВСТВ",
        "ПАТШАЛЫ",
        "МЕМЛЕКЕТ",
        "ГОСУДАРСТВ",
        "REPUBLIC",
        "FEDERA",
        "KINGDOM",
    ]
    .map(skeleton)
    .to_vec()
});

impl Country {
    /// The country of this alpha-3 code, if it is in the data.
    pub fn by_code(code: &str) -> Option<&'static Self> {
        COUNTRIES.iter().find(|country| country.code == code)
    }

    /// The country a text names: by code, by any of its names, without «республика» and the like, in a
    /// case of Russian or Kazakh, or with one letter misread. Nothing where no country or more than one fits.
    pub fn named(text: &str) -> Option<&'static Self> {
        let text = text.trim();
        let (whole, bare) = (skeleton(text), bare(text));
        Self::by_code(&text.to_uppercase())
            .or_else(|| only(|name| name.whole == whole))
            .or_else(|| only(|name| !bare.is_empty() && name.bare == bare))
            .or_else(|| only(|name| inflected(&bare, &name.bare)))
            .or_else(|| only(|name| one_letter_off(&bare, &name.bare)))
    }

    fn all_names(&self) -> impl Iterator<Item = &str> {
        let short = [&self.names.kk, &self.names.ru, &self.names.en];
        short.into_iter().chain(&self.also).map(String::as_str)
    }
}

/// One name of a country as it is looked for.
struct Sought {
    country: &'static Country,
    whole: String,
    bare: String,
}

static SOUGHT: LazyLock<Vec<Sought>> = LazyLock::new(|| {
    let names = COUNTRIES
        .iter()
        .flat_map(|country| country.all_names().map(move |name| (country, name)));
    names
        .map(|(country, name)| Sought {
            country,
            whole: skeleton(name),
            bare: bare(name),
        })
        .collect()
});

/// The one country with a name that fits.
fn only(fits: impl Fn(&Sought) -> bool) -> Option<&'static Country> {
    let mut found = SOUGHT
        .iter()
        .filter(|name| fits(name))
        .map(|name| name.country);
    let first = found.next()?;
    found.all(|other| other.code == first.code).then_some(first)
}

/// The skeleton without the words for a kind of state.
fn bare(name: &str) -> String {
    let skeleton = skeleton(name);
    let words = skeleton.split(' ');
    let kept: Vec<&str> = words
        .filter(|word| !KIND_OF_STATE.iter().any(|kind| word.starts_with(kind)))
        .collect();
    kept.join(" ")
}

/// Германияға, Германиядан; Германию, Германии: the same stem with an ending of a case.
fn inflected(text: &str, name: &str) -> bool {
    const ENDINGS: [&str; 10] = ["GA", "GE", "KA", "KE", "NA", "NE", "DA", "DE", "IU", "II"];
    let stem = name.strip_suffix("IA").unwrap_or(name);
    let ending = |of: &str| {
        text.strip_prefix(of)
            .is_some_and(|rest| ENDINGS.contains(&rest))
    };
    name.len() >= 4 && (ending(name) || ending(stem))
}

fn one_letter_off(text: &str, name: &str) -> bool {
    let long = text.chars().count() >= 6;
    long && matches!(
        compare(text, name),
        Comparison::Mismatch { distance: 1, .. } | Comparison::Plausible { .. }
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_are_found_however_a_permit_spells_them() {
        let table = [
            ("Германия", Some("DEU")),
            ("ГЕРМАНИЯ ФЕДЕРАТИВНАЯ РЕСПУБЛИКАСЫ", Some("DEU")),
            ("ГЕРМАНИЯ ФЕДЕРАТИВТІК РЕСПУБЛИКАСЫ", Some("DEU")),
            ("ФРГ", Some("DEU")),
            ("Германию", Some("DEU")),
            ("Германияға", Some("DEU")),
            ("ГЕРМАННЯ", Some("DEU")),
            ("DEU", Some("DEU")),
            ("Germany", Some("DEU")),
            ("Турция Республикасы", Some("TUR")),
            ("Түркия", Some("TUR")),
            ("ТҮРКИЯ РЕСПУБЛИКАСЫ", Some("TUR")),
            ("Турцию", Some("TUR")),
            ("АҚШ", Some("USA")),
            ("США", Some("USA")),
            ("Соединённые Штаты Америки", Some("USA")),
            ("Республика Корея", Some("KOR")),
            ("Ресей Федерациясы", Some("RUS")),
            ("РОССИЯ", Some("RUS")),
            ("Австрия", Some("AUT")),
            ("Австралия", Some("AUS")),
            ("Иран", Some("IRN")),
            ("Ирак", None),
            ("Атлантида", None),
            ("Республика", None),
            ("", None),
        ];
        for (text, code) in table {
            let found = Country::named(text).map(|country| country.code.as_str());
            assert_eq!(found, code, "{text}");
        }
    }

    #[test]
    fn no_name_is_two_countries() {
        assert!(COUNTRIES.len() >= 60);
        for country in COUNTRIES.iter() {
            for name in country.all_names() {
                assert_eq!(
                    Country::named(name).map(|found| &found.code),
                    Some(&country.code),
                    "{name}"
                );
            }
            assert!(
                country.code.len() == 3
                    && country
                        .code
                        .chars()
                        .all(|letter| letter.is_ascii_uppercase())
            );
        }
    }
}
