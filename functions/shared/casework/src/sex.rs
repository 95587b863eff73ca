//! Sex as documents state it.

use serde::{Deserialize, Serialize};

/// Sex as an identity document states it. What is unspecified (`<` in an MRZ) or unread is an absent value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Sex {
    /// Male: `M`, ЕР, МУЖ.
    #[serde(rename = "M")]
    Male,
    /// Female: `F`, ӘЙЕЛ, ЖЕН.
    #[serde(rename = "F")]
    Female,
}

impl Sex {
    /// `M` or `F`, as an MRZ and our JSON write it.
    pub const fn letter(self) -> char {
        match self {
            Self::Male => 'M',
            Self::Female => 'F',
        }
    }

    /// The sex an MRZ letter stands for; nothing for `<`, `X` and whatever else.
    pub const fn from_letter(letter: char) -> Option<Self> {
        match letter {
            'M' => Some(Self::Male),
            'F' => Some(Self::Female),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_go_both_ways_and_others_say_nothing() {
        for sex in [Sex::Male, Sex::Female] {
            assert_eq!(Sex::from_letter(sex.letter()), Some(sex));
        }
        for letter in ['<', 'X', 'm', 'М'] {
            assert_eq!(Sex::from_letter(letter), None);
        }
    }
}
