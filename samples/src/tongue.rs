//! Names in the Latin letters of a zone, by the part of the world they are common in.
//!
//! Any pairing is an invented person's. Half of the names are made of syllables, so that
//! letters which are rare in the lists are met in every place.

use crate::chance::Chance;

/// A part of the world with names of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is its own name")]
pub enum Tongue {
    Turkic,
    Slavic,
    Germanic,
    Romance,
    Nordic,
    Arabic,
    Indic,
    Eastern,
}

impl Tongue {
    /// Surnames and given names.
    const fn lists(self) -> [&'static str; 2] {
        match self {
            Self::Turkic => [
                "YILMAZ|ABDULLAEV|QURBONOV|OEZTUERK|MAMBETALIEV|TASHMATOVA|KAYA|ATAEV",
                "MEHMET EMIN|AYGUEL|GULNARA|JASUR|AZIZBEK|NURGUL|OGUZHAN|EJE",
            ],
            Self::Slavic => [
                "NOWAK|KOWALCZYK|DVORAK|SHEVCHENKO|HORVAT|GRZESZCZYK|IVANOVA PETKOVA|VLK",
                "ZUZANNA MARIA|OLEKSANDR|JIRI|SVETLANA|GRZEGORZ|BOGDAN|ANA|LJUBICA",
            ],
            Self::Germanic => [
                "MUELLER|VAN DER BERG|SMITH-JONES|OBRIEN|SCHOENHUBER|WUETHRICH|FOX|DE JONG",
                "ANNA MARIE LUISE|JAN WILLEM|MAXIMILIAN|EWA|KEVIN JAMES|JO|FRIEDRICH WILHELM|QUINN",
            ],
            Self::Romance => [
                "GARCIA FERNANDEZ|DOS SANTOS PEREIRA|DE LA CRUZ|ROUX|BIANCHI|POPESCU|LEFEBVRE|IBANEZ",
                "MARIA DEL CARMEN|JEAN-PIERRE|GIUSEPPE|XAVIER|ANDREEA|JOAO|ZOE|MARIA DE LOS ANGELES",
            ],
            Self::Nordic => [
                "AABERG|KORHONEN|ERIKSSON|OESTERGAARD|TAMM|BJOERKLUND|LI|HAEMAELAEINEN",
                "INGRID|VAEINOE|BJOERN|LIIS|KARL GUSTAV|AASE|SIGNE|JUHA-PEKKA",
            ],
            Self::Arabic => [
                "AL MANSOURI|ABDEL RAHMAN|BEN ALI|EL IDRISSI|RAHMONOV|HUSSEIN|BOUAZZA|SALEH",
                "MOHAMED|FATIMA ZAHRA|ABDULLAH SAEED|KHADIJA|YOUSSEF|NOOR|FIRUZA|OMAR",
            ],
            Self::Indic => [
                "SHARMA|VENKATARAMAN|PERERA|SINGH|WIJESINGHE|KRISHNAMURTHY|JAYAWARDENA|RAO",
                "RAJESH KUMAR|LAKSHMI|PRIYA|DILSHAN|SUBRAMANIAN|ANJALI|VIJAY|HARPREET",
            ],
            Self::Eastern => [
                "WANG|NGUYEN|KIM|YAMAMOTO|ZHANG|TRAN|PARK|SUZUKI",
                "XIAOQING|THI MINH KHAI|JIHOON|HARUTO|WEI|VAN DUC|SOO-YEON|MEI",
            ],
        }
    }

    /// The names' region as the States' table writes it.
    pub fn of(word: &str) -> Option<Self> {
        Some(match word {
            "turkic" => Self::Turkic,
            "slavic" => Self::Slavic,
            "germanic" => Self::Germanic,
            "romance" => Self::Romance,
            "nordic" => Self::Nordic,
            "arabic" => Self::Arabic,
            "indic" => Self::Indic,
            "eastern" => Self::Eastern,
            _ => return None,
        })
    }

    /// Surname and given names of somebody.
    pub fn name(self, chance: &mut Chance) -> (String, String) {
        let [surnames, given] = self.lists();
        let one = |chance: &mut Chance, list: &str| {
            if chance.odds(0.5) {
                let list: Vec<&str> = list.split('|').collect();
                (*chance.one_of(&list)).to_owned()
            } else {
                syllables(chance)
            }
        };
        let mut surname = one(chance, surnames);
        let mut given = if chance.odds(0.02) {
            // One name only: the given names stay empty.
            String::new()
        } else {
            one(chance, given)
        };
        if chance.odds(0.12) {
            surname = format!("{surname} {}", syllables(chance));
        }
        if chance.odds(0.12) && !given.is_empty() {
            given = format!("{given} {}", one(chance, self.lists()[1]));
        }
        (surname, given)
    }
}

fn syllables(chance: &mut Chance) -> String {
    let parts = [
        "B|C|D|F|G|H|J|K|L|M|N|P|QU|R|S|T|V|W|X|Y|Z|CH|SH|ZH|KH|TR|ST|KR|",
        "A|E|I|O|U|Y|AI|OU|IE|EU",
        "||N|R|L|M|S|K|T|X|W|Z|G|D|B|F",
    ];
    let mut word = String::new();
    for _ in 0..=chance.below(4) {
        for part in parts {
            let choices: Vec<&str> = part.split('|').collect();
            let choice: &&str = chance.one_of(&choices);
            word.push_str(choice);
        }
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_of_a_zones_letters_and_every_letter_is_met() {
        let mut chance = Chance::new(3, "names");
        let mut met = std::collections::BTreeSet::new();
        for _ in 0..400 {
            for tongue in [Tongue::Turkic, Tongue::Eastern, Tongue::Romance] {
                let (surname, given) = tongue.name(&mut chance);
                assert!(!surname.is_empty());
                for letter in surname.chars().chain(given.chars()) {
                    assert!(matches!(letter, 'A'..='Z' | ' ' | '-'), "{surname} {given}");
                    met.insert(letter);
                }
            }
        }
        assert_eq!(met.len(), 28);
    }
}
