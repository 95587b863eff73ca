//! A word of a name: upper case, one script, letters of the other script that look alike put right.

use serde::{Deserialize, Serialize};

/// Which letters a word is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Script {
    Cyrillic,
    Latin,
}

/// One word, upper case, unmixed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    text: String,
    script: Script,
}

/// A letter of the other script that looks like the one that was meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Homoglyph {
    /// Which character of the text, from 0.
    pub index: usize,
    /// What stands there.
    pub found: char,
    /// What the rest of the word says was meant.
    pub meant: char,
}

const LOOK_ALIKE: [(char, char); 13] = [
    ('A', 'А'),
    ('B', 'В'),
    ('C', 'С'),
    ('E', 'Е'),
    ('H', 'Н'),
    ('I', 'І'),
    ('K', 'К'),
    ('M', 'М'),
    ('O', 'О'),
    ('P', 'Р'),
    ('T', 'Т'),
    ('X', 'Х'),
    ('Y', 'У'),
];

/// The words of a text: apart at white space and hyphens, without apostrophes and dots.
pub(crate) fn words(text: &str) -> Vec<Word> {
    composed(text)
        .to_uppercase()
        .split(|character: char| character.is_whitespace() || super::is_hyphen(character))
        .map(|word| {
            word.chars()
                .filter(|character| character.is_alphanumeric())
                .collect::<String>()
        })
        .filter(|word| !word.is_empty())
        .map(|word| Word::new(&word))
        .collect()
}

/// Every letter of the other script in a word of one: a note for a person.
pub fn homoglyphs(text: &str) -> Vec<Homoglyph> {
    let mut found = Vec::new();
    let mut start = 0;
    for piece in text.split_inclusive(|character: char| !character.is_alphanumeric()) {
        let script = script_of(piece);
        for (offset, character) in piece.chars().enumerate() {
            let meant = upper(character).and_then(|letter| in_script(letter, script));
            found.extend(meant.map(|meant| Homoglyph {
                index: start + offset,
                found: character,
                meant,
            }));
        }
        start += piece.chars().count();
    }
    found
}

impl Word {
    fn new(text: &str) -> Self {
        let script = script_of(text);
        let text = text
            .chars()
            .map(|character| in_script(character, script).unwrap_or(character))
            .collect();
        Self { text, script }
    }

    /// Several words written as one.
    pub fn join(words: &[Self]) -> Self {
        let text: String = words.iter().map(Self::text).collect();
        Self::new(&text)
    }

    /// A part of it, in the same script.
    pub fn part(&self, text: &str) -> Self {
        Self {
            text: text.to_owned(),
            script: self.script,
        }
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    pub const fn script(&self) -> Script {
        self.script
    }

    /// How many letters it has.
    pub fn len(&self) -> usize {
        self.text.chars().count()
    }

    /// What it looks like: every letter that both scripts have, in Cyrillic.
    pub fn look(&self) -> String {
        self.text
            .chars()
            .map(|character| in_script(character, Script::Cyrillic).unwrap_or(character))
            .collect()
    }
}

/// The letter of `script` that looks like this one of the other script.
fn in_script(character: char, script: Script) -> Option<char> {
    LOOK_ALIKE
        .iter()
        .find_map(|(latin, cyrillic)| match script {
            Script::Cyrillic => (character == *latin).then_some(*cyrillic),
            Script::Latin => (character == *cyrillic).then_some(*latin),
        })
}

/// The script of most letters; letters that exist in one script only count first.
fn script_of(word: &str) -> Script {
    let mut balance = 0_i32;
    for character in word.chars().filter_map(upper) {
        let latin = character.is_ascii_alphabetic();
        let other = if latin {
            Script::Cyrillic
        } else {
            Script::Latin
        };
        let weight = if in_script(character, other).is_some() {
            1
        } else {
            100
        };
        balance += if latin { -weight } else { weight };
    }
    if balance < 0 {
        Script::Latin
    } else {
        Script::Cyrillic
    }
}

fn upper(character: char) -> Option<char> {
    character
        .is_alphabetic()
        .then(|| character.to_uppercase().next())
        .flatten()
}

/// Й and Ё as one character each, however they came.
fn composed(text: &str) -> String {
    text.replace("и\u{306}", "й")
        .replace("И\u{306}", "Й")
        .replace("е\u{308}", "ё")
        .replace("Е\u{308}", "Ё")
}
