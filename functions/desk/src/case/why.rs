//! How sure a value is, and why: one short sentence beside it.

use casework::card::EntryValue;
use casework::case::{Case, Evidence};
use casework::document::Certainty;
use casework::finding::Witness;
use casework::reading::{FieldName, Source};
use casework::words::Words;
use maud::{Markup, html};

/// Of a value that takes part in a finding. Nothing for what a person typed.
pub fn of_witness(words: &Words, case: &Case, field: Option<&FieldName>, one: &Witness) -> Markup {
    let name = field.cloned().unwrap_or(FieldName::IIN);
    let evidence = case.evidence(&one.place, &name);
    sentence(words, one.certainty, evidence, one.confidence)
}

/// Of a value on the card.
pub fn of_entry(words: &Words, case: &Case, key: &FieldName, value: &EntryValue) -> Markup {
    let evidence = case.evidence(&value.source, key);
    sentence(words, value.certainty, evidence, None)
}

fn sentence(
    words: &Words,
    certainty: Option<Certainty>,
    evidence: Option<Evidence<'_>>,
    confidence: Option<f32>,
) -> Markup {
    let Some(certainty) = certainty else {
        return html! {};
    };
    // The name of its certainty stands alone where it is not known who read it.
    let Some(Evidence { field, source }) = evidence else {
        return mark(
            certainty,
            &words.say(&format!("certainty-{}", code(certainty))),
        );
    };
    let proof = field.proof.as_deref();
    let proof = proof.filter(|_| certainty == Certainty::Verified);
    let sources = proof.map_or_else(
        || words.say(source_key(source)),
        |proof| sources_of(words, proof),
    );
    let percent = percent(confidence.unwrap_or(field.confidence)).to_string();
    let with = [("sources", sources.as_str()), ("percent", percent.as_str())];
    mark(
        certainty,
        &words.say_with(&format!("why-{}", code(certainty)), &with),
    )
}

/// The mark says by its shape what its colour says.
fn mark(certainty: Certainty, text: &str) -> Markup {
    let sign = match certainty {
        Certainty::Verified => "✓",
        Certainty::Read => "○",
        Certainty::Doubtful => "?",
    };
    html! { span class={ "sure " (code(certainty)) } { span aria-hidden="true" { (sign) " " } (text) } }
}

const fn code(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Verified => "verified",
        Certainty::Read => "read",
        Certainty::Doubtful => "doubtful",
    }
}

/// `mrz+print` in words.
fn sources_of(words: &Words, proof: &str) -> String {
    let names = proof.split('+');
    let names: Vec<String> = names.map(|n| words.say(&format!("source-{n}"))).collect();
    names.join(" + ")
}

const fn source_key(source: Source) -> &'static str {
    match source {
        Source::Mrz => "source-mrz",
        Source::Print => "source-print",
        Source::Qr => "source-qr",
        Source::Barcode => "source-barcode",
    }
}

/// Whole percents, rounded down: what is not proven is never called 100 % sure.
fn percent(confidence: f32) -> u8 {
    (0..=99)
        .rev()
        .find(|percent| f32::from(*percent) <= confidence * 100.0)
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percents_are_rounded_down_and_never_whole() {
        for (confidence, shown) in [
            (1.0, 99),
            (0.989, 98),
            (0.5, 50),
            (0.004, 0),
            (0.0, 0),
            (-1.0, 0),
            (f32::NAN, 0),
        ] {
            assert_eq!(percent(confidence), shown, "{confidence}");
        }
    }
}
