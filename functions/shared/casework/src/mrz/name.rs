//! The name field of a zone: no check digit covers it, so its form is all that can be doubted.

/// What the name field says, fillers as spaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum NameDoubt {
    NoSurname,
    NoSecondaryIdentifier,
    TextAfterNames,
    ThreeAlike,
    MaybeTruncated,
}

/// Splits primary and secondary identifier at `<<` (9303-3 §4.6).
pub(super) fn split(field: &str) -> (String, String, Vec<NameDoubt>) {
    let body = field.trim_end_matches('<');
    let (primary, rest) = body.split_once("<<").unwrap_or((body, ""));
    let secondary = rest.trim_start_matches('<');
    let (given, after) = secondary.split_once("<<").unwrap_or((secondary, ""));
    let mut doubts = Vec::new();
    if primary.is_empty() {
        doubts.push(NameDoubt::NoSurname);
    }
    if given.is_empty() {
        doubts.push(NameDoubt::NoSecondaryIdentifier);
    }
    // A letter beyond the names, or a third filler before them, is mostly a filler misread.
    if !after.is_empty() || rest.starts_with('<') {
        doubts.push(NameDoubt::TextAfterNames);
    }
    if three_alike(body) {
        doubts.push(NameDoubt::ThreeAlike);
    }
    if !field.is_empty() && body.len() == field.len() {
        doubts.push(NameDoubt::MaybeTruncated);
    }
    (spaced(primary), spaced(given), doubts)
}

fn spaced(identifier: &str) -> String {
    identifier
        .split('<')
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// No name has three letters alike in a row; a run of fillers read as `K` or `C` has.
fn three_alike(body: &str) -> bool {
    let characters: Vec<char> = body.chars().collect();
    characters
        .windows(3)
        .any(|window| matches!(window, [a, b, c] if *a != '<' && a == b && b == c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_split_and_odd_forms_are_doubted() {
        let table: [(&str, &str, &str, &[NameDoubt]); 9] = [
            ("SPECIMEN<<AIDAR<<<", "SPECIMEN", "AIDAR", &[]),
            (
                "VAN<DER<MUSTER<<ANNA<MARIA<",
                "VAN DER MUSTER",
                "ANNA MARIA",
                &[],
            ),
            (
                "SPECIMEN<<AIDA",
                "SPECIMEN",
                "AIDA",
                &[NameDoubt::MaybeTruncated],
            ),
            (
                "SPECIMEN<<<<<<",
                "SPECIMEN",
                "",
                &[NameDoubt::NoSecondaryIdentifier],
            ),
            (
                "SPECIMEN<AIDAR<",
                "SPECIMEN AIDAR",
                "",
                &[NameDoubt::NoSecondaryIdentifier],
            ),
            (
                "SPECIMEN<<AIDAR<<<<K<<",
                "SPECIMEN",
                "AIDAR",
                &[NameDoubt::TextAfterNames],
            ),
            (
                "SPECIMEN<<AIDARKKK<",
                "SPECIMEN",
                "AIDARKKK",
                &[NameDoubt::ThreeAlike],
            ),
            (
                "SPECIMEN<<<AIDAR<",
                "SPECIMEN",
                "AIDAR",
                &[NameDoubt::TextAfterNames],
            ),
            (
                "<<<<",
                "",
                "",
                &[NameDoubt::NoSurname, NameDoubt::NoSecondaryIdentifier],
            ),
        ];
        for (field, surname, given, doubts) in table {
            assert_eq!(
                split(field),
                (surname.to_owned(), given.to_owned(), doubts.to_vec()),
                "{field}"
            );
        }
    }
}
