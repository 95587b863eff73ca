//! An invented bearer of any State's document, as its machine readable zone has it.

use std::collections::BTreeMap;

use casework::mrz::{ComposeError, Format, MrzEntries, MrzField, compose};
use casework::sex::Sex;
use jiff::ToSpan;
use jiff::civil::{Date, date};

use crate::chance::Chance;
use crate::iin;
use crate::state::{KAZAKHSTAN, STATES, State, numbered};

/// Share of the documents that Kazakhstan issued.
const KAZAKH: f32 = 0.25;

/// A document's entries in its zone, and who issued it.
#[derive(Debug, Clone)]
pub struct Bearer {
    /// The issuing State.
    pub state: &'static State,
    /// The zone's format.
    pub format: Format,
    /// What the zone says.
    pub entries: MrzEntries,
    /// The IIN in the optional data, on Kazakhstan's own documents.
    pub iin: Option<String>,
}

impl Bearer {
    /// Somebody with a document of that format.
    pub fn invent(chance: &mut Chance, format: Format) -> Self {
        let kazakh = chance.odds(KAZAKH);
        let state = if kazakh {
            &KAZAKHSTAN
        } else {
            chance.one_of(&STATES)
        };
        let visa = matches!(format, Format::MrvA | Format::MrvB);
        let foreign = visa || chance.odds(0.03);
        let home = if foreign {
            chance.one_of(&STATES)
        } else {
            state
        };
        let (surname, given_names) = home.tongue.name(chance);
        let female = chance.odds(0.5);
        let birth_date = day(chance, date(1938, 1, 1), date(2024, 6, 1));
        let expiry_date = day(chance, date(2023, 1, 1), date(2036, 12, 31));
        let iin = (kazakh && !visa && format != Format::Td2)
            .then(|| iin::invent(chance, birth_date, female));
        let card = matches!(format, Format::Td1 | Format::Td2);
        let pattern = if card { state.card } else { state.passport };
        let fits = if card { 15 } else { 9 };
        let mut document_number = numbered(chance, pattern);
        document_number.truncate(fits);
        let room = room(format, &document_number);
        let optional = iin.clone().unwrap_or_else(|| optional(chance, state, room));
        let sex = if female { Sex::Female } else { Sex::Male };
        Self {
            state,
            format,
            iin,
            entries: MrzEntries {
                document_code: code(chance, format).to_owned(),
                state: state.code.to_owned(),
                document_number,
                birth_date,
                sex: (!chance.odds(0.02)).then_some(sex),
                expiry_date,
                nationality: home.code.to_owned(),
                optional,
                surname,
                given_names,
            },
        }
    }

    /// The lines of the zone.
    ///
    /// # Errors
    /// When an entry does not fit its field, which [`Bearer::invent`] takes care of.
    pub fn lines(&self) -> Result<Vec<String>, ComposeError> {
        Ok(compose(self.format, &self.entries)?.lines())
    }

    /// What a reader of the zone is to say, by the field names of the reading contract.
    pub fn fields(&self) -> BTreeMap<String, String> {
        let entries = &self.entries;
        let (surname, given_names) = self.names_in_zone();
        let mut fields = BTreeMap::from([
            ("document_number", entries.document_number.clone()),
            ("birth_date", entries.birth_date.to_string()),
            ("expiry_date", entries.expiry_date.to_string()),
            ("surname_latin", surname),
            ("given_names_latin", given_names),
        ]);
        if let Some(sex) = entries.sex {
            fields.insert("sex", sex.letter().to_string());
        }
        if let Some(iin) = &self.iin {
            fields.insert("iin", iin.clone());
        }
        fields.retain(|_, value| !value.is_empty());
        fields
            .into_iter()
            .map(|(field, value)| (field.to_owned(), value))
            .collect()
    }

    /// The names as far as the zone has room for them, fillers as spaces.
    fn names_in_zone(&self) -> (String, String) {
        let plain = |name: &str| name.replace('-', " ");
        let (surname, given) = (
            plain(&self.entries.surname),
            plain(&self.entries.given_names),
        );
        let room = self.format.field_cells(MrzField::Names).count();
        let cut = |name: &str, room: usize| -> String {
            name.chars()
                .take(room)
                .collect::<String>()
                .trim_end()
                .to_owned()
        };
        let left = room.saturating_sub(surname.chars().count() + 2);
        (cut(&surname, room), cut(&given, left))
    }
}

/// Characters free for optional data.
fn room(format: Format, number: &str) -> usize {
    let all = format.field_cells(MrzField::Optional).count();
    // A long number goes on here, with its check digit and a filler behind it.
    let overflow = match number.chars().count() {
        length if length > 9 && matches!(format, Format::Td1 | Format::Td2) => length - 9 + 2,
        _ => 0,
    };
    all.saturating_sub(overflow)
}

fn optional(chance: &mut Chance, state: &State, room: usize) -> String {
    let text = match chance.below(4) {
        0 => numbered(chance, "99999999999999"),
        1 => numbered(chance, "XXXXXX<XXXXXX"),
        _ => numbered(chance, state.optional),
    };
    if chance.odds(0.4) || text.len() > room {
        String::new()
    } else {
        text
    }
}

const fn codes(format: Format) -> &'static [&'static str] {
    match format {
        Format::Td1 | Format::Td2 => &["ID", "I", "AC", "IR", "C"],
        Format::Td3 => &["P", "P", "P", "PD", "PO"],
        Format::MrvA | Format::MrvB => &["V", "V", "VC", "VB"],
    }
}

fn code(chance: &mut Chance, format: Format) -> &'static str {
    let code: &&str = chance.one_of(codes(format));
    code
}

fn day(chance: &mut Chance, from: Date, to: Date) -> Date {
    let days = (to - from).get_days().unsigned_abs();
    from.saturating_add(i64::from(chance.below(days)).days())
}

#[cfg(test)]
mod tests {
    use super::*;
    use casework::mrz::Zone;

    #[test]
    fn every_format_composes_and_says_what_was_invented() {
        let mut chance = Chance::new(21, "bearers");
        let today = date(2026, 11, 22);
        let (mut long, mut cut) = (0, 0);
        for format in Format::ALL.into_iter().cycle().take(600) {
            let bearer = Bearer::invent(&mut chance, format);
            let zone = Zone::new(&bearer.lines().unwrap()).unwrap();
            assert_eq!(zone.format(), format);
            assert!(zone.checks().none_refuted(), "{bearer:?}");
            let (mrz, _) = zone.parse(today);
            let fields = bearer.fields();
            let of = |name: &str| fields.get(name).cloned().unwrap_or_default();
            assert_eq!(*mrz.document_number.reveal(), of("document_number"));
            assert_eq!(*mrz.surname.reveal(), of("surname_latin"));
            assert_eq!(*mrz.given_names.reveal(), of("given_names_latin"));
            assert_eq!(
                mrz.iin.map_or_else(String::new, |iin| iin.reveal().clone()),
                of("iin")
            );
            assert_eq!(
                mrz.expiry_date.known().unwrap().to_string(),
                of("expiry_date")
            );
            long += u32::from(bearer.entries.document_number.len() > 9);
            cut += u32::from(bearer.entries.given_names.len() > of("given_names_latin").len());
        }
        assert!(long > 5 && cut > 5, "{long} long numbers, {cut} cut names");
    }
}
