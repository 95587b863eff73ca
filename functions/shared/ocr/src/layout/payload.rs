//! What bar and QR codes on a document carry.
//!
//! A QR of a registration card holds a JSON object of entries; one of a permit may hold
//! `key=value` or `key: value` pairs; a bar code on the back of the card is the IIN.

use casework::reading::{Bounds, DocumentKind, FieldName, Source};

use super::value::{Piece, Value};

/// The entry that is an object.
const CONSENT: &str = "consent";

/// The text of a code and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Payload {
    /// What it carries.
    pub text: String,
    /// A linear bar code (and not a QR code).
    pub linear: bool,
    /// Upright box on the page.
    pub bounds: Bounds,
}

/// The fields that a code on a document carries; none where it carries something else: a link, the number of a permit.
pub fn values(code: &Payload, kind: DocumentKind) -> Vec<Value> {
    if code.linear {
        let text = code.text.trim();
        return (kind == DocumentKind::IdCardBack && is_bars(text))
            .then(|| value(FieldName::IIN, text, code))
            .into_iter()
            .collect();
    }
    entries(&code.text)
        .into_iter()
        .map(|(key, text)| value(FieldName::from_key(key), &text, code))
        .collect()
}

/// Whether it is what the bars on a card's back say.
pub fn is_bars(text: &str) -> bool {
    let text = text.trim();
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn value(field: FieldName, text: &str, code: &Payload) -> Value {
    let source = if code.linear {
        Source::Barcode
    } else {
        Source::Qr
    };
    Value {
        field,
        source,
        pieces: vec![Piece::coded(text, code)],
    }
}

fn entries(text: &str) -> Vec<(String, String)> {
    let Ok(serde_json::Value::Object(object)) = serde_json::from_str(text) else {
        return text
            .lines()
            .flat_map(|line| line.split(';'))
            .filter_map(pair)
            .collect();
    };
    let nested = object
        .get("entries")
        .and_then(|entries| entries.as_object())
        .cloned();
    nested
        .unwrap_or(object)
        .into_iter()
        .flat_map(parts)
        .filter(|(key, _)| key.split('.').all(is_key))
        .filter_map(|(key, value)| Some((key, plain(&value)?)))
        .collect()
}

/// Whether it is written like a field's name: another key may be a person's.
fn is_key(key: &str) -> bool {
    !key.is_empty()
        && key
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

/// The consent is an object of its parts: each is an entry of its own, `consent.term`.
fn parts((key, value): (String, serde_json::Value)) -> Vec<(String, serde_json::Value)> {
    let Some(parts) = value.as_object().filter(|_| key == CONSENT) else {
        return vec![(key, value)];
    };
    parts
        .iter()
        .map(|(part, value)| (format!("{CONSENT}.{part}"), value.clone()))
        .collect()
}

fn plain(value: &serde_json::Value) -> Option<String> {
    use serde_json::Value;
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Bool(answer) => answer.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Null | Value::Array(_) | Value::Object(_) => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// `key=value` or `key: value`.
fn pair(line: &str) -> Option<(String, String)> {
    let (key, value) = line.split_once('=').or_else(|| line.split_once(": "))?;
    let (key, value) = (key.trim(), value.trim());
    (is_key(key) && !value.is_empty()).then(|| (key.to_owned(), value.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    type Pairs<'a> = &'a [(&'a str, &'a str)];

    #[test]
    fn codes_give_fields_only_where_they_carry_them() {
        let cases: [(&str, bool, Pairs); 10] = [
            ("900101300017", true, &[("iin", "900101300017")]),
            ("90010130001", true, &[]),
            (
                r#"{"surname":"АХМЕТОВ","consent":true,"children":null}"#,
                false,
                &[("consent", "true"), ("surname", "АХМЕТОВ")],
            ),
            (
                r#"{"consent":{"term":"5 years","cross_border":false,"version":null}}"#,
                false,
                &[
                    ("consent.cross_border", "false"),
                    ("consent.term", "5 years"),
                ],
            ),
            (r#"{"address":{"city":"Анкара"}}"#, false, &[]),
            (
                r#"{"kind":"temporary","entries":{"iin":"900101300017"}}"#,
                false,
                &[("iin", "900101300017")],
            ),
            (
                "permit_number=12-5;issue_date=2024-11-12",
                false,
                &[("permit_number", "12-5"), ("issue_date", "2024-11-12")],
            ),
            ("https://example.kz/check?id=5", false, &[]),
            ("[1,2", false, &[]),
            (
                r#"{"АХМЕТОВА":"1","A b":2,"consent":{"ПОЛ":true},"sex":"F"}"#,
                false,
                &[("sex", "F")],
            ),
        ];
        for (text, linear, expected) in cases {
            let code = Payload {
                text: text.to_owned(),
                linear,
                bounds: [0.0, 0.0, 10.0, 10.0],
            };
            let found: Vec<(String, String)> = values(&code, DocumentKind::IdCardBack)
                .iter()
                .map(|value| (value.field.as_str().to_owned(), value.text()))
                .collect();
            let found: Vec<(&str, &str)> = found
                .iter()
                .map(|(k, v)| (k.as_str(), v.as_str()))
                .collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn bars_are_an_iin_on_the_back_of_a_card_alone() {
        let bars = Payload {
            text: "900101300017".to_owned(),
            linear: true,
            bounds: [0.0, 0.0, 10.0, 10.0],
        };
        assert_eq!(values(&bars, DocumentKind::IdCardBack).len(), 1);
        assert_eq!(values(&bars, DocumentKind::ExitPermit).len(), 0);
    }
}
