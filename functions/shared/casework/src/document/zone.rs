//! What a machine readable zone says of the fields of its document.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::DocumentMrz;
use super::seen::Seen;
use crate::mrz::seen::{FieldProof, SeenZone, Thresholds};
use crate::mrz::{Check, Mrz, MrzDoubt, MrzField, repair};
use crate::personal::Personal;
use crate::reading::{Bounds, FieldName, FieldReading, MrzReading, Reader, Source};

/// The zone and its fields; nothing where the lines have no format's shape.
///
/// A zone is repaired only where the check digits leave no choice; what the repair touched is then
/// no longer proven by them.
pub(super) fn weigh(reading: &MrzReading, received_on: Date) -> Option<(DocumentMrz, Vec<Seen>)> {
    let seen = SeenZone::of(reading).ok()?;
    let seen = match repair::repair(&seen, Thresholds::STANDARD) {
        Some(changes) => repair::repaired(seen, &changes),
        None => seen,
    };
    let (mrz, doubts) = seen.parse(received_on);
    let zone = Zone { seen, reading };
    let fields = zone.fields(&mrz, &doubts);
    Some((document_mrz(&zone.seen, &mrz), fields))
}

fn document_mrz(seen: &SeenZone, mrz: &Mrz) -> DocumentMrz {
    let name = |value: serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let written = |check: Check| serde_json::to_value(check).map(name).unwrap_or_default();
    let checks = Check::ALL.map(|check| (written(check), mrz.checks.get(check)));
    DocumentMrz {
        format: serde_json::to_value(seen.zone.format())
            .map(name)
            .unwrap_or_default(),
        lines: seen.zone.lines().into_iter().map(Personal::new).collect(),
        check_digits: BTreeMap::from(checks),
    }
}

struct Zone<'a> {
    seen: SeenZone,
    reading: &'a MrzReading,
}

impl Zone<'_> {
    fn fields(&self, mrz: &Mrz, doubts: &[MrzDoubt]) -> Vec<Seen> {
        let day = |date: Option<Date>| date.map(|date| date.to_string());
        let name_is_odd = doubts.iter().any(|doubt| {
            matches!(
                doubt,
                MrzDoubt::NoSurname
                    | MrzDoubt::NoGivenNames
                    | MrzDoubt::TextAfterNames
                    | MrzDoubt::ThreeLettersAlike
            )
        });
        let (surname, given) = self.name_parts();
        let whole = |field| (field, 0, usize::MAX);
        let values = [
            (
                FieldName::IIN,
                whole(MrzField::Optional),
                mrz.iin.as_ref().map(|iin| iin.reveal().clone()),
            ),
            (
                FieldName::BIRTH_DATE,
                whole(MrzField::BirthDate),
                day(mrz.birth_date.reveal().known()),
            ),
            (
                FieldName::SEX,
                whole(MrzField::Sex),
                mrz.sex.map(|sex| sex.letter().to_string()),
            ),
            (
                FieldName::DOCUMENT_NUMBER,
                whole(MrzField::DocumentNumber),
                text(&mrz.document_number),
            ),
            (
                FieldName::EXPIRY_DATE,
                whole(MrzField::ExpiryDate),
                day(mrz.expiry_date.known()),
            ),
            (FieldName::SURNAME_LATIN, surname, text(&mrz.surname)),
            (FieldName::GIVEN_NAMES_LATIN, given, text(&mrz.given_names)),
        ];
        let seen = values.into_iter().filter_map(|(name, place, value)| {
            let proper = place.0 != MrzField::Names || !name_is_odd;
            Some(self.seen(name, place, value?, proper))
        });
        seen.collect()
    }

    /// One field: `place` is the zone's field and which of its characters.
    fn seen(
        &self,
        name: FieldName,
        (field, from, to): (MrzField, usize, usize),
        value: String,
        proper: bool,
    ) -> Seen {
        let proof = self.seen.proof(field, Thresholds::STANDARD);
        let raw = self.seen.zone.field(field);
        let kept = |index: &usize| (from..to).contains(index);
        let cells = self.seen.zone.format().field_cells(field).enumerate();
        let cells: Vec<_> = cells.filter(|(i, _)| kept(i)).map(|(_, c)| c).collect();
        let of =
            |cell: &crate::mrz::Cell| self.reading.lines.get(cell.line).map(|l| (l, cell.column));
        let boxes = cells
            .iter()
            .filter_map(|c| of(c).and_then(|(l, i)| l.bounds.get(i)));
        let margins = cells
            .iter()
            .filter_map(|c| of(c).and_then(|(l, i)| l.margins.get(i)));
        let text: String = raw
            .chars()
            .enumerate()
            .filter(|(i, _)| kept(i))
            .map(|(_, c)| c)
            .collect();
        let margins: Vec<f32> = margins.copied().collect();
        Seen {
            reading: FieldReading {
                field: name,
                text: text.trim_end_matches('<').to_owned().into(),
                source: Source::Mrz,
                reader: Reader::MrzNet,
                bounds: around(boxes),
                confidence: margins
                    .iter()
                    .copied()
                    .reduce(f32::min)
                    .map_or(0.0, |margin| super::confidence::rank(Some(margin), 1.0)),
                margins,
            },
            value,
            proper,
            guessed: false,
            mrz: Some(proof),
        }
    }

    /// Which characters of the name field are the surname, which the given names.
    fn name_parts(&self) -> ((MrzField, usize, usize), (MrzField, usize, usize)) {
        let names = self.seen.zone.field(MrzField::Names);
        let end = names.trim_end_matches('<').len();
        let parted = names.find("<<").unwrap_or(end).min(end);
        (
            (MrzField::Names, 0, parted),
            (MrzField::Names, (parted + 2).min(end), end),
        )
    }
}

fn text(value: &Personal<String>) -> Option<String> {
    Some(value.reveal().clone()).filter(|text| !text.is_empty())
}

/// The upright box around boxes; all zero around none.
fn around<'a>(boxes: impl Iterator<Item = &'a Bounds>) -> Bounds {
    boxes
        .map(|[x, y, w, h]| [*x, *y, x + w, y + h])
        .reduce(|a, b| {
            [
                a[0].min(b[0]),
                a[1].min(b[1]),
                a[2].max(b[2]),
                a[3].max(b[3]),
            ]
        })
        .map_or([0.0; 4], |[l, t, r, b]| [l, t, r - l, b - t])
}

/// Whether a digit is wrong over what it covers.
pub(super) const fn is_refuted(proof: Option<FieldProof>) -> bool {
    matches!(proof, Some(FieldProof::Refuted { .. }))
}

/// Whether its digit and every margin prove it.
pub(super) const fn is_proven(proof: Option<FieldProof>) -> bool {
    matches!(proof, Some(FieldProof::Proven { .. }))
}
