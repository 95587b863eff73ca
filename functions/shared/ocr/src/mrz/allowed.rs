//! What may stand at a place of a zone: what its format says, and what opens it.

use casework::mrz::{Alphabet, Format, alphabet};

/// The characters that may stand at one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Allowed {
    alphabet: Alphabet,
    only: Option<&'static str>,
}

impl Allowed {
    /// The places of a line. The very first character is one of the few that open a zone
    /// (ICAO 9303-4, -5, -6 and -7 §4.2.2).
    pub fn on_line(format: Format, line: usize) -> Vec<Self> {
        let only = |column: usize| (line == 0 && column == 0).then(|| openings(format));
        (0..format.line_length())
            .map(|column| Self {
                alphabet: alphabet(format, line, column),
                only: only(column),
            })
            .collect()
    }

    pub fn contains(self, character: char) -> bool {
        self.alphabet.contains(character) && self.only.is_none_or(|only| only.contains(character))
    }
}

const fn openings(format: Format) -> &'static str {
    match format {
        Format::Td1 => "ACI",
        Format::Td2 | Format::MrvB => "ACIV",
        Format::Td3 | Format::MrvA => "PV",
    }
}

#[cfg(test)]
impl From<Alphabet> for Allowed {
    fn from(alphabet: Alphabet) -> Self {
        Self {
            alphabet,
            only: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_opens_as_its_format_does() {
        for (format, character, opens) in [
            (Format::Td1, 'I', true),
            (Format::Td1, 'P', false),
            (Format::Td2, 'V', true),
            (Format::Td3, 'P', true),
            (Format::Td3, 'B', false),
            (Format::Td3, '<', false),
        ] {
            let places = Allowed::on_line(format, 0);
            assert_eq!(
                places[0].contains(character),
                opens,
                "{format:?} {character}"
            );
        }
        assert!(
            Allowed::on_line(Format::Td3, 1)[0].contains('B'),
            "a number"
        );
    }
}
