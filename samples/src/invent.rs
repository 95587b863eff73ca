//! Inventing papers for measuring sets: consistent, and no two alike.

use jiff::ToSpan;
use jiff::civil::{Date, date};

use crate::chance::Chance;
use crate::country::COUNTRIES;
use crate::paper::id_card::{IdCard, Issue};
use crate::paper::passport::Passport;
use crate::paper::permit::{Layout, Permit};
use crate::person::Person;

/// Authorities of identity cards and passports.
pub const AUTHORITIES: &[&str] = &[
    "ҚР ІІМ",
    "МВД РК",
    "ҚР ІШКІ ІСТЕР МИНИСТРЛІГІ",
    "МИНИСТЕРСТВО ВНУТРЕННИХ ДЕЛ РК",
    "ҚАЗАҚСТАН РЕСПУБЛИКАСЫ ІІМ",
];

/// Authorities of permits.
pub const PERMIT_AUTHORITIES: &[&str] = &[
    "ДП г. Алматы",
    "УМС ДП г. Астаны",
    "УМС ДП Карагандинской области",
    "Управление миграционной службы ДП г. Шымкента",
    "ДП Восточно-Казахстанской области",
    "УМС ДП Актюбинской области",
];

/// An identity card of that person.
pub fn id_card(chance: &mut Chance, holder: Person) -> IdCard {
    let issue = if chance.odds(0.5) {
        Issue::Y2014
    } else {
        Issue::Y2024
    };
    let year = match issue {
        Issue::Y2014 => 2016 + chance.below(7),
        Issue::Y2024 => 2024 + chance.below(2),
    };
    let issued = some_day(chance, year);
    IdCard {
        holder,
        number: format!("0{:08}", chance.below(100_000_000)),
        issue,
        authority: (*chance.one_of(AUTHORITIES)).to_owned(),
        issued,
        expires: ten_years_on(issued),
    }
}

/// A passport of that person.
pub fn passport(chance: &mut Chance, holder: Person) -> Passport {
    let year = 2017 + chance.below(9);
    let issued = some_day(chance, year);
    Passport {
        holder,
        number: format!("N{:08}", chance.below(100_000_000)),
        authority: (*chance.one_of(AUTHORITIES)).to_owned(),
        issued,
        expires: ten_years_on(issued),
    }
}

/// A permit for that person.
pub fn permit(chance: &mut Chance, holder: Person, layout: Layout) -> Permit {
    let issued = some_day(chance, 2026).min(date(2026, 9, 30));
    let serial = chance.below(100_000);
    let number = match chance.below(3) {
        0 => format!("{:02}-{serial:05}", 10 + chance.below(80)),
        1 => format!("ПМЖ-2026/{serial:05}"),
        _ => format!("{:09}", 100_000_000 + serial * 7919),
    };
    let mut holder = holder;
    if chance.odds(0.3) {
        // Typed as in a sentence: Нұрлан, not НҰРЛАН.
        holder.surname = title_case(&holder.surname);
        holder.given_names = title_case(&holder.given_names);
        holder.patronymic = holder.patronymic.as_deref().map(title_case);
    }
    Permit {
        holder,
        number,
        issued,
        authority: (*chance.one_of(PERMIT_AUTHORITIES)).to_owned(),
        destination: chance.one_of(COUNTRIES),
        valid_until: chance.odds(0.5).then(|| issued.saturating_add(1.year())),
        layout,
    }
}

/// The day before the tenth anniversary.
pub fn ten_years_on(issued: Date) -> Date {
    issued.saturating_add(10.years()).saturating_sub(1.day())
}

fn some_day(chance: &mut Chance, year: u32) -> Date {
    let start = date(i16::try_from(year).unwrap_or(2020), 1, 1);
    start.saturating_add(i64::from(chance.below(300)).days())
}

fn title_case(name: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        letters.next().map_or_else(String::new, |first| {
            format!("{first}{}", letters.as_str().to_lowercase())
        })
    };
    name.split(' ').map(word).collect::<Vec<_>>().join(" ")
}
