//! Plain tesseract on the same files: the whole page in, text out.

use std::path::Path;

use jiff::civil::Date;

use super::score::{FieldRow, Row};
use super::sort::Sort;
use crate::AnyError;
use crate::peer::{Answer, ask, median};
use crate::set::Set;
use crate::sums::percent;

/// What an identity card's back says in its zone and bars alone: no plain text for a peer to find.
const ONLY_CODED: [&str; 4] = ["iin", "birth_date", "surname_latin", "given_names_latin"];

/// A table of both readers, on `count` files of each set.
pub fn table(rows: &[Row], count: usize) -> Result<String, AnyError> {
    let mut text = "## Peer, on the same files in the same run\n\n\
        Tesseract with `kaz+rus` on the whole page (psm 3). It is asked for less: a printed value counts as read when it \
        stands anywhere in its text, letters' case and spaces aside; nothing says which field it is.\n\n\
        | | files | values | ours, exact % | tesseract, found % | ours, CPU ms | tesseract, CPU ms |\n|---|---|---|---|---|---|---|\n"
        .to_owned();
    for set in [Set::Scan, Set::Photo, Set::Hard] {
        // Tesseract opens no PDF.
        let is_picture = |path: &Path| path.extension().is_some_and(|end| end != "pdf");
        let some = rows
            .iter()
            .filter(|row| row.set == set && is_picture(&row.path));
        let some: Vec<&Row> = some.take(count).collect();
        let paths: Vec<&Path> = some.iter().map(|row| row.path.as_path()).collect();
        let answers = ask("page", "python3".as_ref(), &paths)?;
        for sort in [Sort::Number, Sort::Name, Sort::Place] {
            text += &line(set, sort, &some, &answers);
        }
    }
    Ok(text)
}

fn line(set: Set, sort: Sort, rows: &[&Row], answers: &[Answer]) -> String {
    let (mut all, mut ours, mut theirs) = (0, 0, 0);
    for (row, answer) in rows.iter().zip(answers) {
        let page = folded(&answer.lines.join(" "));
        for field in printed(row).filter(|field| Sort::of(&field.field) == sort) {
            all += 1;
            ours += u32::from(field.is_exact());
            theirs += u32::from(page.contains(&folded(&as_printed(&field.truth))));
        }
    }
    format!(
        "| {}: {} | {} | {all} | {:.1} | {:.1} | {:.0} | {:.0} |\n",
        set.name(),
        sort.name(),
        rows.len(),
        percent(ours, all),
        percent(theirs, all),
        median(rows.iter().map(|row| row.cpu_ms).collect()),
        median(answers.iter().map(|answer| answer.cpu_ms).collect()),
    )
}

/// The fields that stand on the paper in plain text.
fn printed<'a>(row: &'a &Row) -> impl Iterator<Item = &'a FieldRow> {
    let documents = row.documents.iter();
    documents.flat_map(|document| {
        let coded = document.kind == casework::reading::DocumentKind::IdCardBack;
        let fields = document.fields.iter();
        fields.filter(move |field| !(coded && ONLY_CODED.contains(&field.field.as_str())))
    })
}

fn as_printed(value: &str) -> String {
    let date = value.parse::<Date>();
    date.map_or_else(
        |_| value.to_owned(),
        |date| date.strftime("%d.%m.%Y").to_string(),
    )
}

fn folded(text: &str) -> String {
    let letters = text.chars().flat_map(char::to_uppercase);
    letters.filter(|c| !c.is_whitespace()).collect()
}
