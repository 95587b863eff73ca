//! An invented person, as the State has them on file.

use jiff::civil::{Date, date};

use crate::chance::Chance;
use crate::iin;
use crate::names;

/// An invented person. Names are upper case, as documents print them.
#[derive(Debug, Clone)]
pub struct Person {
    /// Surname in the spelling of the documents.
    pub surname: String,
    /// Given names.
    pub given_names: String,
    /// Patronymic; many have none.
    pub patronymic: Option<String>,
    /// Surname as Russian usage spells it.
    pub surname_russian: String,
    /// Given names as Russian usage spells them.
    pub given_names_russian: String,
    /// Surname in the passport's Latin letters.
    pub surname_latin: String,
    /// Given names in the passport's Latin letters.
    pub given_names_latin: String,
    /// Sex as the documents have it.
    pub female: bool,
    /// Birth date.
    pub birth_date: Date,
    /// Birth place, Cyrillic and Latin.
    pub birth_place: (&'static str, &'static str),
    /// Ethnic nationality as printed on the card's back.
    pub nationality: &'static str,
    /// Individual identification number.
    pub iin: String,
}

impl Person {
    /// Somebody.
    pub fn invent(chance: &mut Chance) -> Self {
        let kazakh = chance.odds(0.75);
        let female = chance.odds(0.5);
        let birth_date = invent_birth(chance);
        let (surnames, given) = match (kazakh, female) {
            (true, true) => (names::KAZAKH_SURNAMES, names::KAZAKH_WOMEN),
            (true, false) => (names::KAZAKH_SURNAMES, names::KAZAKH_MEN),
            (false, true) => (names::OTHER_SURNAMES, names::OTHER_WOMEN),
            (false, false) => (names::OTHER_SURNAMES, names::OTHER_MEN),
        };
        let surname = *chance.one_of(surnames);
        let given = *chance.one_of(given);
        let nationalities = if kazakh {
            names::KAZAKH_NATIONALITIES
        } else {
            names::OTHER_NATIONALITIES
        };
        Self {
            surname: of_sex(surname.0, 'А', female),
            surname_russian: of_sex(surname.1, 'А', female),
            surname_latin: of_sex(surname.2, 'A', female),
            given_names: given.0.to_owned(),
            given_names_russian: given.1.to_owned(),
            given_names_latin: given.2.to_owned(),
            patronymic: invent_patronymic(chance, kazakh, female),
            female,
            birth_date,
            birth_place: *chance.one_of(names::PLACES),
            nationality: *chance.one_of(nationalities),
            iin: iin::invent(chance, birth_date, female),
        }
    }

    /// `M` or `F`, as the MRZ and the readings write it.
    pub const fn sex(&self) -> char {
        if self.female { 'F' } else { 'M' }
    }
}

fn of_sex(surname: &str, ending: char, female: bool) -> String {
    let declines = ["ОВ", "ЕВ", "ИН", "OV", "EV", "IN"]
        .iter()
        .any(|end| surname.ends_with(end));
    let mut surname = surname.to_owned();
    if female && declines {
        surname.push(ending);
    }
    surname
}

fn invent_birth(chance: &mut Chance) -> Date {
    let year = 1955 + chance.below(50);
    let month = 1 + chance.below(12);
    let day = 1 + chance.below(28);
    let small = |number: u32| i8::try_from(number).unwrap_or(1);
    date(
        i16::try_from(year).unwrap_or(1990),
        small(month),
        small(day),
    )
}

fn invent_patronymic(chance: &mut Chance, kazakh: bool, female: bool) -> Option<String> {
    if chance.odds(0.15) {
        return None;
    }
    if !kazakh {
        let (man, woman) = *chance.one_of(names::OTHER_PATRONYMICS);
        return Some(if female { woman } else { man }.to_owned());
    }
    let (stem, russian) = *chance.one_of(names::KAZAKH_FATHERS);
    let native = chance.odds(0.65) || russian.ends_with('И');
    Some(match (native, female) {
        (true, false) => format!("{stem}ҰЛЫ"),
        (true, true) => format!("{stem}ҚЫЗЫ"),
        (false, false) => format!("{russian}ОВИЧ"),
        (false, true) => format!("{russian}ОВНА"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invented_people_are_consistent_with_their_numbers() {
        let mut chance = Chance::new(11, "people");
        for _ in 0..200 {
            let person = Person::invent(&mut chance);
            assert!(iin::is_consistent(&person.iin), "{person:?}");
            assert!(
                person
                    .iin
                    .starts_with(&person.birth_date.strftime("%y%m%d").to_string())
            );
            let odd = person.iin.as_bytes()[6] % 2 == 1;
            assert_eq!(odd, !person.female, "{person:?}");
        }
    }

    #[test]
    fn surnames_decline_only_where_they_do() {
        for (surname, ending, female, expected) in [
            ("ПЕТРОВ", 'А', true, "ПЕТРОВА"),
            ("ПЕТРОВ", 'А', false, "ПЕТРОВ"),
            ("БАЙЖАН", 'А', true, "БАЙЖАН"),
            ("YAKUSHIN", 'A', true, "YAKUSHINA"),
        ] {
            assert_eq!(of_sex(surname, ending, female), expected);
        }
    }
}
