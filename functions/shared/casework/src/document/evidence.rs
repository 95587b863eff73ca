//! What speaks for and against one value of a document, as numbers that can be fitted.
//!
//! Never here: what they weigh (that is data, `data/confidence.txt`), or what is proven.

use std::collections::BTreeSet;

use super::order;
use super::seen::{self, entry_type};
use super::{Document, Field, Opinion};
use crate::card::schema::EntryType;
use crate::finding_code::QualityFinding;
use crate::iin::{Iin, IinDigits};
use crate::reading::{FieldName, Source};

/// The names of [`Evidence::features`], in their order.
pub const FEATURES: [&str; 12] = [
    "bias",
    "thin_margin",
    "wide_margin",
    "line",
    "agrees",
    "disagrees",
    "sources",
    "contradicted",
    "iin",
    "listed",
    "smeared",
    "coarse",
];

/// Margins are counted apart below and above this, nats: the first ones say the most.
const THIN: f32 = 2.0;
/// Wider margins than this say nothing more, nats.
const WIDE: f32 = 8.0;

/// Of two letters with a margin below this between them one is as good as the other, nats: the odds
/// are worse than 5 to 4. Readers that differ are granted less.
const TOSS_UP: f32 = 0.2;

/// What speaks for and against a value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Evidence {
    /// Sort of value and where the shown reading comes from: values that err alike.
    pub group: &'static str,
    /// By [`FEATURES`].
    pub features: [f32; FEATURES.len()],
    /// Whether the text has the form of its field.
    pub formed: bool,
    /// Whether one of its letters may as well be another: no reader of its only source saw all of
    /// them clearly, and no list has it that has nothing near it.
    pub toss_up: bool,
    /// Whether the rest of the document speaks against it: its IIN, which may itself be none, or its other days.
    pub disputed: bool,
}

impl Evidence {
    /// What a document's readings say of one of its fields; nothing where it has no such field.
    pub fn of(document: &Document, name: &FieldName) -> Option<Self> {
        let field = document.fields.get(name)?;
        let votes = Votes::of(name, field);
        let seen = votes.margin();
        let margin = seen.unwrap_or(0.0);
        let flag = |yes: bool| f32::from(u8::from(yes));
        let word = word_of_the_iin(document, name, field);
        let listed = seen::is_unmistakable(name, field.raw.reveal());
        let coarse = &document.quality.findings;
        Some(Self {
            group: group(name, field.source),
            formed: votes.is_formed(),
            toss_up: votes.sources_for.len() < 2
                && !listed
                && seen.is_some_and(|margin| margin < TOSS_UP),
            features: [
                1.0,
                margin.min(THIN),
                (margin.min(WIDE) - THIN).max(0.0),
                votes.line(),
                flag(votes.readers_for() > 1),
                flag(votes.is_split()),
                flag(votes.sources_for.len() > 1),
                flag(!votes.sources_against.is_subset(&votes.sources_for)),
                word,
                flag(listed),
                (1.0 - document.quality.sharpness).clamp(0.0, 1.0),
                flag(coarse.contains(&QualityFinding::LowResolution)),
            ],
            // A day of birth that the IIN knows is not the one out of order.
            disputed: word < 0.0 || word <= 0.0 && order::is_upset(document, name),
        })
    }
}

/// The readings of a field, for its value and against it.
struct Votes<'a> {
    shown: Source,
    winning: Vec<&'a Opinion>,
    sources_for: BTreeSet<Source>,
    sources_against: BTreeSet<Source>,
}

impl<'a> Votes<'a> {
    fn of(name: &FieldName, field: &'a Field) -> Self {
        let key = seen::key(name, field.value.reveal());
        let wins = |opinion: &&Opinion| seen::key(name, opinion.value.reveal()) == key;
        let (winning, others): (Vec<_>, Vec<_>) = field.readings.iter().partition(wins);
        // What has not the form of its field contradicts nothing that has it.
        let formed = winning.iter().any(|opinion| opinion.well_formed);
        let others = others.iter().filter(|other| other.well_formed || !formed);
        Self {
            shown: field.source,
            sources_for: winning
                .iter()
                .map(|opinion| opinion.reading.source)
                .collect(),
            sources_against: others.map(|opinion| opinion.reading.source).collect(),
            winning,
        }
    }

    fn is_formed(&self) -> bool {
        self.winning.iter().any(|opinion| opinion.well_formed)
    }

    /// The best reading's thinnest margin, nats; none where no reading tells any.
    fn margin(&self) -> Option<f32> {
        let thinnest =
            |opinion: &&&Opinion| opinion.reading.margins.iter().copied().reduce(f32::min);
        let margins = self.of_shown().filter_map(|opinion| thinnest(&opinion));
        margins.reduce(f32::max)
    }

    /// The best reader's own confidence, 0 to 1.
    fn line(&self) -> f32 {
        let own = self.of_shown().map(|opinion| opinion.reading.confidence);
        own.fold(0.0, f32::max).clamp(0.0, 1.0)
    }

    fn readers_for(&self) -> usize {
        let readers = self.of_shown().map(|opinion| opinion.reading.reader);
        readers.collect::<BTreeSet<_>>().len()
    }

    fn of_shown(&self) -> impl Iterator<Item = &&'a Opinion> {
        let winning = self.winning.iter();
        winning.filter(move |opinion| opinion.reading.source == self.shown)
    }

    /// Whether readers of one and the same print say different things.
    fn is_split(&self) -> bool {
        !self.sources_against.is_disjoint(&self.sources_for)
    }
}

/// Values that err alike: by their sort, and by where they were read.
fn group(name: &FieldName, source: Source) -> &'static str {
    let sort = entry_type(name);
    match (source, sort) {
        (Source::Qr | Source::Barcode, _) => "code",
        (Source::Mrz, EntryType::Name | EntryType::Text | EntryType::Country) => "zone_name",
        (Source::Mrz, _) => "zone_number",
        (Source::Print, EntryType::Number | EntryType::Date | EntryType::Iin) => "print_number",
        (Source::Print, EntryType::Name) => "print_name",
        (Source::Print, EntryType::Text | EntryType::Country) => "print_text",
        (
            Source::Print,
            EntryType::Sex | EntryType::Choice | EntryType::Bool | EntryType::Consent,
        ) => "print_choice",
    }
}

/// 1 where the document's IIN names the same day or sex, -1 where it names another or is itself no IIN, else 0.
fn word_of_the_iin(document: &Document, name: &FieldName, field: &Field) -> f32 {
    if *name == FieldName::IIN {
        let is_iin = Iin::parse(field.value.reveal()).is_ok();
        return if is_iin { 0.0 } else { -1.0 };
    }
    let iin = document.fields.get(&FieldName::IIN);
    let Some(digits) = iin.and_then(|iin| IinDigits::of(iin.value.reveal())) else {
        return 0.0;
    };
    let named = match name.as_str() {
        "birth_date" => digits.birth_date().map(|day| day.to_string()),
        "sex" => digits.sex().map(|sex| sex.letter().to_string()),
        _ => None,
    };
    match named {
        Some(named) if named == *field.value.reveal() => 1.0,
        Some(_) => -1.0,
        None => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use jiff::civil::date;

    use super::*;
    use crate::document::weigh;
    use crate::reading::{DocumentKind, FieldReading, Quality, Reader, Reading};

    /// What is said of the date of birth, given as `(text, reader, source, margin)`.
    fn evidence(rows: &[(&str, Reader, Source, f32)], iin: &str) -> Evidence {
        on_a_page(Quality::default(), rows, iin)
    }

    /// The same on a page that looks so.
    fn on_a_page(quality: Quality, rows: &[(&str, Reader, Source, f32)], iin: &str) -> Evidence {
        let field = |name: &str, text: &str, reader, source, margin| FieldReading {
            field: FieldName::from_key(name),
            text: text.into(),
            source,
            reader,
            bounds: [0.0; 4],
            margins: vec![margin; text.chars().count()],
            confidence: 0.8,
        };
        let births = rows.iter().map(|(text, reader, source, margin)| {
            field("birth_date", text, *reader, *source, *margin)
        });
        let iin = field("iin", iin, Reader::PrintNet, Source::Print, 5.0);
        let reading = Reading {
            kind: DocumentKind::IdCardFront,
            page: 1,
            corners: [[0.0; 2]; 4],
            quality,
            mrz: None,
            fields: births.chain([iin]).collect(),
            by_hand: BTreeMap::new(),
        };
        let document = weigh(vec![reading], date(2026, 11, 22)).remove(0);
        Evidence::of(&document, &FieldName::BIRTH_DATE).unwrap()
    }

    #[test]
    fn a_letter_that_nobody_saw_clearly_is_a_toss_up() {
        use Reader::{PrintNet, Tesseract};
        use Source::{Print, Qr};
        let born = "01.01.1990";
        for (rows, expected) in [
            (vec![(born, PrintNet, Print, 0.19)], true),
            (vec![(born, PrintNet, Print, 0.2)], false),
            (
                vec![(born, PrintNet, Print, 0.1), (born, Tesseract, Print, 0.1)],
                true,
            ),
            (
                vec![(born, PrintNet, Print, 0.1), (born, Tesseract, Print, 3.0)],
                false,
            ),
            (
                vec![(born, PrintNet, Print, 0.1), (born, PrintNet, Qr, 0.1)],
                false,
            ),
        ] {
            assert_eq!(evidence(&rows, "").toss_up, expected, "{rows:?}");
        }
    }

    #[test]
    fn a_smeared_and_a_coarse_page_speak_against_all_that_stands_on_it() {
        let said = |sharpness, findings: &[QualityFinding]| {
            let quality = Quality {
                sharpness,
                findings: findings.to_vec(),
                ..Quality::default()
            };
            let rows = [("01.01.1990", Reader::PrintNet, Source::Print, 5.0)];
            let [.., smeared, coarse] = on_a_page(quality, &rows, "").features;
            (smeared, coarse)
        };
        assert_eq!(said(1.0, &[QualityFinding::Glare]), (0.0, 0.0));
        assert_eq!(said(0.25, &[QualityFinding::LowResolution]), (0.75, 1.0));
    }

    #[test]
    fn readings_speak_for_and_against() {
        use Reader::{CodeDecoder, PrintNet, Tesseract};
        use Source::{Print, Qr};
        let (born, other, own, strange) =
            ("01.01.1990", "07.01.1990", "900101300017", "851231400120");
        // bias, thin and wide margin, line, agrees, disagrees, sources, contradicted, iin
        for (rows, iin, expected) in [
            (
                vec![(born, PrintNet, Print, 1.5)],
                own,
                [1.0, 1.5, 0.0, 0.8, 0.0, 0.0, 0.0, 0.0, 1.0],
            ),
            (
                vec![(born, PrintNet, Print, 20.0)],
                strange,
                [1.0, 2.0, 6.0, 0.8, 0.0, 0.0, 0.0, 0.0, -1.0],
            ),
            (
                vec![(born, PrintNet, Print, 3.0), (born, Tesseract, Print, 1.0)],
                "",
                [1.0, 2.0, 1.0, 0.8, 1.0, 0.0, 0.0, 0.0, 0.0],
            ),
            (
                vec![(born, PrintNet, Print, 3.0), (other, Tesseract, Print, 1.0)],
                own,
                [1.0, 2.0, 1.0, 0.8, 0.0, 1.0, 0.0, 0.0, 1.0],
            ),
            // What is no date says nothing against one.
            (
                vec![
                    (born, PrintNet, Print, 3.0),
                    ("0l.O1.1990", Tesseract, Print, 1.0),
                ],
                own,
                [1.0, 2.0, 1.0, 0.8, 0.0, 0.0, 0.0, 0.0, 1.0],
            ),
            (
                vec![(born, PrintNet, Print, 3.0), (born, CodeDecoder, Qr, 0.0)],
                own,
                [1.0, 0.0, 0.0, 0.8, 0.0, 0.0, 1.0, 0.0, 1.0],
            ),
        ] {
            let found = evidence(&rows, iin).features;
            let mut pairs = found.iter().zip(expected);
            assert!(
                pairs.all(|(a, b): (&f32, f32)| (a - b).abs() < 1e-6),
                "{rows:?}: {found:?}"
            );
        }
    }
}
