//! What stands on a paper, from top to bottom, before it has a place.

use casework::words::Language;

use crate::qr::Modules;

/// A text in a language; in none where it is a value: a name, a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Said {
    /// The language it is in.
    pub language: Option<Language>,
    /// The text, of one paragraph or several with line ends between them.
    pub text: String,
}

/// The same thing in every language of the page.
pub(crate) type InEach = Vec<Said>;

/// A labelled value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    /// What it is.
    pub label: InEach,
    /// Its value; once where it is the same in every language.
    pub value: InEach,
}

/// One thing on a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Block {
    /// Who writes: the lines of each language.
    Letterhead(InEach),
    /// Number and date of the paper.
    Mark {
        /// The case's reference.
        number: String,
        /// The date on the paper.
        date: String,
    },
    /// What it is.
    Title(InEach),
    /// What the next paragraphs are about.
    Heading(InEach),
    /// A paragraph.
    Paragraph(InEach),
    /// A paragraph in small print.
    Note(InEach),
    /// Labelled values.
    Rows(Vec<Row>),
    /// A line to sign on.
    Sign(InEach),
    /// The code with what it is for beside it.
    Code {
        /// The code.
        modules: Modules,
        /// What it is for.
        about: InEach,
        /// The name of the key that signed it.
        key: String,
    },
}
