//! Patronymics: the Kazakh and the Russian form name the same father.

use super::word::Word;
use super::{Comparison, Findings, Variant, word_distance};
use crate::sex::Sex;

/// A father's name and whose child it speaks of.
struct Patronymic {
    father: Word,
    child: Sex,
    form: Form,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Kazakh,
    Russian,
}

const ENDINGS: [(&str, Sex, Form); 22] = [
    ("ҰЛЫ", Sex::Male, Form::Kazakh),
    ("УЛЫ", Sex::Male, Form::Kazakh),
    ("ULY", Sex::Male, Form::Kazakh),
    ("ҚЫЗЫ", Sex::Female, Form::Kazakh),
    ("КЫЗЫ", Sex::Female, Form::Kazakh),
    ("KYZY", Sex::Female, Form::Kazakh),
    ("ОВИЧ", Sex::Male, Form::Russian),
    ("ЕВИЧ", Sex::Male, Form::Russian),
    ("ЁВИЧ", Sex::Male, Form::Russian),
    ("OVICH", Sex::Male, Form::Russian),
    ("EVICH", Sex::Male, Form::Russian),
    ("YEVICH", Sex::Male, Form::Russian),
    ("ОВНА", Sex::Female, Form::Russian),
    ("ЕВНА", Sex::Female, Form::Russian),
    ("ЁВНА", Sex::Female, Form::Russian),
    ("OVNA", Sex::Female, Form::Russian),
    ("EVNA", Sex::Female, Form::Russian),
    ("YEVNA", Sex::Female, Form::Russian),
    ("ИНИЧНА", Sex::Female, Form::Russian),
    ("ИЧНА", Sex::Female, Form::Russian),
    ("ЬИЧ", Sex::Male, Form::Russian),
    ("МИЧ", Sex::Male, Form::Russian),
];

impl Patronymic {
    /// A patronymic of one word, or of two where the ending stands apart.
    fn of(words: &[Word]) -> Option<Self> {
        let word = Word::join(words);
        let (stem, child, form) = ENDINGS
            .iter()
            .filter_map(|(ending, child, form)| {
                Some((word.text().strip_suffix(ending)?, *child, *form))
            })
            .filter(|(stem, ..)| stem.chars().count() >= 2)
            .min_by_key(|(stem, ..)| stem.len())?;
        // Андреевич, Игоревич: the father's Й or Ь is gone in the Russian form.
        let stem = stem.trim_end_matches(['Й', 'Ь']);
        (words.len() <= 2).then(|| Self {
            father: word.part(stem),
            child,
            form,
        })
    }
}

/// Compares two patronymics of unlike form; nothing where either is none or both have the same form.
pub(super) fn compare(left: &[Word], right: &[Word]) -> Option<Comparison> {
    let (a, b) = (Patronymic::of(left)?, Patronymic::of(right)?);
    if a.form == b.form {
        return None;
    }
    let (distance, variant) = word_distance(&a.father, &b.father);
    let mut findings = Findings::with(Some(Variant::PatronymicForm));
    findings.why.extend(variant);
    // A son's form against a daughter's speaks of two people.
    findings.distance = distance + usize::from(a.child != b.child);
    findings.letters = a.father.len().max(b.father.len());
    Some(findings.comparison())
}
