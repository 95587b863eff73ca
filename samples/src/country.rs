//! The countries people move to in these samples, and how a Russian text declines them.

/// A country as permits write it.
#[derive(Debug, PartialEq, Eq)]
pub struct Country {
    /// ISO 3166-1 alpha-3.
    pub code: &'static str,
    /// Nominative: the value of a labelled line.
    pub russian: &'static str,
    /// Accusative, as in «на выезд в …».
    pub russian_towards: &'static str,
    /// In English, for addresses.
    pub english: &'static str,
}

/// All of them.
pub const COUNTRIES: &[Country] = &[
    Country {
        code: "DEU",
        russian: "Германия",
        russian_towards: "Германию",
        english: "Germany",
    },
    Country {
        code: "TUR",
        russian: "Турция",
        russian_towards: "Турцию",
        english: "Türkiye",
    },
    Country {
        code: "ARE",
        russian: "Объединенные Арабские Эмираты",
        russian_towards: "Объединенные Арабские Эмираты",
        english: "United Arab Emirates",
    },
    Country {
        code: "KOR",
        russian: "Республика Корея",
        russian_towards: "Республику Корея",
        english: "Republic of Korea",
    },
    Country {
        code: "POL",
        russian: "Польша",
        russian_towards: "Польшу",
        english: "Poland",
    },
    Country {
        code: "CAN",
        russian: "Канада",
        russian_towards: "Канаду",
        english: "Canada",
    },
];

/// The country with that code.
pub fn by_code(code: &str) -> Option<&'static Country> {
    COUNTRIES.iter().find(|country| country.code == code)
}
