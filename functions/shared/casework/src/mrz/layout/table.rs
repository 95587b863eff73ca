//! The formats' tables, positions as ICAO 9303 counts them.

use super::Alphabet::{self, Any, Digit, DigitOrFiller, Letter, LetterOrFiller};
use super::MrzField::{
    self, BirthDate, DocumentCode, DocumentNumber, ExpiryDate, Names, Nationality, Optional,
    OptionalSecond, Sex, State,
};
use super::{CheckLayout, FieldLayout, Span};
use crate::mrz::check::Check;

/// `line`, `first` and `last` as ICAO 9303 counts them: from 1, the last included.
const fn at(line: usize, first: usize, last: usize) -> Span {
    Span {
        line: line - 1,
        start: first - 1,
        end: last,
    }
}

const fn field(field: MrzField, span: Span, alphabet: Alphabet) -> FieldLayout {
    FieldLayout {
        field,
        span,
        alphabet,
    }
}

const fn check(
    check: Check,
    digit: Span,
    alphabet: Alphabet,
    covers: &'static [Span],
) -> CheckLayout {
    CheckLayout {
        check,
        digit,
        alphabet,
        covers,
    }
}

// A birth date may be unknown in part (9303-3 §4.8); an expiry of fillers is seen in practice.
pub(super) static TD1_FIELDS: [FieldLayout; 11] = [
    field(DocumentCode, at(1, 1, 1), Letter),
    field(DocumentCode, at(1, 2, 2), LetterOrFiller),
    field(State, at(1, 3, 5), LetterOrFiller),
    field(DocumentNumber, at(1, 6, 14), Any),
    field(Optional, at(1, 16, 30), Any),
    field(BirthDate, at(2, 1, 6), DigitOrFiller),
    field(Sex, at(2, 8, 8), Alphabet::Sex),
    field(ExpiryDate, at(2, 9, 14), DigitOrFiller),
    field(Nationality, at(2, 16, 18), LetterOrFiller),
    field(OptionalSecond, at(2, 19, 29), Any),
    field(Names, at(3, 1, 30), LetterOrFiller),
];
pub(super) static TD1_CHECKS: [CheckLayout; 4] = [
    check(
        Check::DocumentNumber,
        at(1, 15, 15),
        DigitOrFiller,
        &[at(1, 6, 14)],
    ),
    check(Check::BirthDate, at(2, 7, 7), DigitOrFiller, &[at(2, 1, 6)]),
    check(
        Check::ExpiryDate,
        at(2, 15, 15),
        DigitOrFiller,
        &[at(2, 9, 14)],
    ),
    check(
        Check::Composite,
        at(2, 30, 30),
        Digit,
        &[at(1, 6, 30), at(2, 1, 7), at(2, 9, 15), at(2, 19, 29)],
    ),
];

/// The two-line formats share all but the length of their names and of their optional data.
const fn two_lines(names: Span, optional: Span) -> [FieldLayout; 10] {
    [
        field(DocumentCode, at(1, 1, 1), Letter),
        field(DocumentCode, at(1, 2, 2), LetterOrFiller),
        field(State, at(1, 3, 5), LetterOrFiller),
        field(Names, names, LetterOrFiller),
        field(DocumentNumber, at(2, 1, 9), Any),
        field(Nationality, at(2, 11, 13), LetterOrFiller),
        field(BirthDate, at(2, 14, 19), DigitOrFiller),
        field(Sex, at(2, 21, 21), Alphabet::Sex),
        field(ExpiryDate, at(2, 22, 27), DigitOrFiller),
        field(Optional, optional, Any),
    ]
}
const NUMBER_CHECK: CheckLayout = check(
    Check::DocumentNumber,
    at(2, 10, 10),
    DigitOrFiller,
    &[at(2, 1, 9)],
);
const BIRTH_CHECK: CheckLayout = check(
    Check::BirthDate,
    at(2, 20, 20),
    DigitOrFiller,
    &[at(2, 14, 19)],
);
const EXPIRY_CHECK: CheckLayout = check(
    Check::ExpiryDate,
    at(2, 28, 28),
    DigitOrFiller,
    &[at(2, 22, 27)],
);

pub(super) static TD2_FIELDS: [FieldLayout; 10] = two_lines(at(1, 6, 36), at(2, 29, 35));
pub(super) static TD2_CHECKS: [CheckLayout; 4] = [
    NUMBER_CHECK,
    BIRTH_CHECK,
    EXPIRY_CHECK,
    check(
        Check::Composite,
        at(2, 36, 36),
        Digit,
        &[at(2, 1, 10), at(2, 14, 20), at(2, 22, 35)],
    ),
];
pub(super) static TD3_FIELDS: [FieldLayout; 10] = two_lines(at(1, 6, 44), at(2, 29, 42));
pub(super) static TD3_CHECKS: [CheckLayout; 5] = [
    NUMBER_CHECK,
    BIRTH_CHECK,
    EXPIRY_CHECK,
    check(
        Check::Optional,
        at(2, 43, 43),
        DigitOrFiller,
        &[at(2, 29, 42)],
    ),
    check(
        Check::Composite,
        at(2, 44, 44),
        Digit,
        &[at(2, 1, 10), at(2, 14, 20), at(2, 22, 43)],
    ),
];
pub(super) static MRV_A_FIELDS: [FieldLayout; 10] = two_lines(at(1, 6, 44), at(2, 29, 44));
pub(super) static MRV_B_FIELDS: [FieldLayout; 10] = two_lines(at(1, 6, 36), at(2, 29, 36));
pub(super) static VISA_CHECKS: [CheckLayout; 3] = [NUMBER_CHECK, BIRTH_CHECK, EXPIRY_CHECK];
