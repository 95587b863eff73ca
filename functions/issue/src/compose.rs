//! A template filled with a matter: what stands on the paper, in every language of the page.

use casework::card::schema::Schema;
use casework::refusal::place;
use casework::words::{Language, Words, key_of};

use crate::IssueError;
use crate::block::{Block, InEach, Row, Said};
use crate::face::printable;
use crate::matter::{Matter, shown_date};
use crate::qr::modules;
use crate::template::{Part, Template};

/// What stands on the paper.
///
/// # Errors
/// [`IssueError::TooLong`] where the payload fits no code.
pub(crate) fn compose(
    matter: &Matter<'_>,
    template: &Template,
    languages: &[Language],
    payload: &str,
    key: &str,
) -> Result<Vec<Block>, IssueError> {
    let writer = Writer {
        matter,
        words: languages
            .iter()
            .map(|language| Words::of(*language))
            .collect(),
    };
    let mut blocks = vec![
        Block::Letterhead(writer.each(|words| {
            let mission =
                words.say_with("paper-mission", &[("place", &matter.place(words.language))]);
            format!("{}\n{mission}", words.say("paper-ministry"))
        })),
        Block::Mark {
            number: matter.case.id.as_str().to_owned(),
            date: shown_date(matter.on),
        },
        Block::Title(writer.say(&template.title)),
    ];
    for part in &template.parts {
        writer.part(part, &mut blocks);
    }
    blocks.push(Block::Code {
        modules: modules(payload).ok_or(IssueError::TooLong)?,
        about: writer.say(&template.code),
        key: key.to_owned(),
    });
    Ok(blocks)
}

struct Writer<'a> {
    matter: &'a Matter<'a>,
    words: Vec<Words>,
}

impl Writer<'_> {
    fn each(&self, text: impl Fn(&Words) -> String) -> InEach {
        let said = |words: &Words| Said {
            language: Some(words.language),
            text: text(words),
        };
        self.words.iter().map(said).collect()
    }

    fn say(&self, key: &str) -> InEach {
        self.each(|words| words.say(key))
    }

    fn part(&self, part: &Part, blocks: &mut Vec<Block>) {
        match part {
            Part::Say(key) => blocks.push(Block::Paragraph(self.say(key))),
            Part::Note(key) => blocks.push(Block::Note(self.say(key))),
            Part::Sign(key) => blocks.push(Block::Sign(self.say(key))),
            Part::Heading(key) => blocks.push(Block::Heading(self.say(key))),
            Part::Rows(names) => {
                let rows = names.iter().filter_map(|name| self.row(name));
                blocks.push(Block::Rows(rows.collect()));
            }
            Part::Reasons => self.reasons(blocks),
            Part::Findings => self.findings(blocks),
            Part::Copies => self.copies(blocks),
        }
    }

    fn reasons(&self, blocks: &mut Vec<Block>) {
        let Some(refused) = self.matter.refused() else {
            return;
        };
        for paragraph in refused.reasons.split("\n\n") {
            let text = paragraph.trim().to_owned();
            let language = refused.language;
            if !text.is_empty() {
                blocks.push(Block::Paragraph(vec![Said { language, text }]));
            }
        }
    }

    /// Each finding: its field, its sentence, where its values stand.
    fn findings(&self, blocks: &mut Vec<Block>) {
        let refused = self.matter.refused();
        for finding in refused.into_iter().flat_map(|refused| refused.findings) {
            blocks.push(Block::Note(self.each(|words| {
                let field = finding
                    .field
                    .as_ref()
                    .and_then(|name| label(name.as_str(), words));
                let field = field.map_or_else(String::new, |label| format!("{label}: "));
                let mut places: Vec<String> = Vec::new();
                for witness in &finding.values {
                    let place = place(&witness.place, words);
                    if !places.contains(&place) {
                        places.push(place);
                    }
                }
                let sentence = words.say(&finding.reason);
                if places.is_empty() {
                    format!("– {field}{sentence}")
                } else {
                    format!("– {field}{sentence} ({})", places.join("; "))
                }
            })));
        }
    }

    /// A file's name cannot be corrected, so what cannot be printed of it is a question mark.
    fn copies(&self, blocks: &mut Vec<Block>) {
        for (name, code) in self.matter.copies() {
            let name = printable(name);
            let key = format!("quality-{}", key_of(code.code()));
            blocks.push(Block::Paragraph(
                self.each(|words| format!("– {name}: {}", words.say(&key))),
            ));
        }
    }

    fn row(&self, name: &str) -> Option<Row> {
        let mut value: InEach = Vec::new();
        for words in &self.words {
            let text = self.matter.shown(name, words)?;
            if value.iter().all(|said| said.text != text) {
                let language = Some(words.language);
                value.push(Said { language, text });
            }
        }
        if let [only] = value.as_mut_slice() {
            only.language = None;
        }
        let label = self.each(|words| match name.strip_prefix('@') {
            Some(fact) => words.say(&format!("paper-row-{fact}")),
            None => label(name, words).unwrap_or_default(),
        });
        Some(Row { label, value })
    }
}

/// What an entry of the card is called.
fn label(name: &str, words: &Words) -> Option<String> {
    let field = Schema::current().field(name)?;
    Some(field.labels.of(words.language).to_owned())
}
