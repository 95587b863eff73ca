//! Sizes of a page and of the types on it.

use crate::face::{Face, Type};
use crate::template::PageFormat;

/// How a page looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Style {
    /// Width and height.
    pub size: [f32; 2],
    /// Left and right.
    pub margin_side: f32,
    /// Top.
    pub margin_top: f32,
    /// Bottom.
    pub margin_bottom: f32,
    /// Texts beside one another.
    pub columns: u8,
    /// Between columns.
    pub gutter: f32,
    /// Between blocks.
    pub space: f32,
    /// Who writes.
    pub letterhead: Type,
    /// Titles.
    pub title: Type,
    /// Headings.
    pub heading: Type,
    /// Paragraphs.
    pub body: Type,
    /// Values.
    pub value: Type,
    /// Labels.
    pub label: Type,
    /// Small print.
    pub small: Type,
    /// The side of a code.
    pub code_side: f32,
    /// Room to sign in.
    pub sign_height: f32,
}

const fn set(face: Face, size: f32, leading: f32) -> Type {
    Type {
        face,
        size,
        leading,
    }
}

/// 210 by 297 mm.
const A4: Style = Style {
    size: [595.276, 841.89],
    margin_side: 62.0,
    margin_top: 44.0,
    margin_bottom: 40.0,
    columns: 2,
    gutter: 26.0,
    space: 11.0,
    letterhead: set(Face::SerifBold, 9.5, 13.5),
    title: set(Face::SerifBold, 15.0, 20.0),
    heading: set(Face::SerifBold, 10.5, 15.0),
    body: set(Face::Serif, 10.0, 15.0),
    value: set(Face::SerifBold, 10.0, 15.0),
    label: set(Face::Sans, 8.0, 11.5),
    small: set(Face::Sans, 7.5, 10.5),
    code_side: 78.0,
    sign_height: 34.0,
};

/// 88 by 125 mm.
const PASSPORT: Style = Style {
    size: [249.449, 354.331],
    margin_side: 17.0,
    margin_top: 14.0,
    margin_bottom: 14.0,
    columns: 1,
    gutter: 0.0,
    space: 5.0,
    letterhead: set(Face::SerifBold, 6.2, 8.2),
    title: set(Face::SerifBold, 7.6, 10.0),
    heading: set(Face::SerifBold, 7.0, 9.5),
    body: set(Face::Serif, 6.6, 9.2),
    value: set(Face::SerifBold, 7.0, 9.4),
    label: set(Face::Sans, 5.4, 7.4),
    small: set(Face::Sans, 5.2, 6.8),
    code_side: 58.0,
    sign_height: 16.0,
};

/// A4, to be known from afar.
const COVER_SHEET: Style = Style {
    title: set(Face::SerifBold, 23.0, 29.0),
    heading: set(Face::SerifBold, 17.0, 23.0),
    body: set(Face::Serif, 12.0, 18.0),
    small: set(Face::Sans, 8.5, 12.5),
    space: 22.0,
    code_side: 255.0,
    ..A4
};

impl Style {
    /// The style of a page.
    pub(crate) const fn of(page: PageFormat) -> Self {
        match page {
            PageFormat::A4 => A4,
            PageFormat::Passport => PASSPORT,
            PageFormat::CoverSheet => COVER_SHEET,
        }
    }

    /// The same with everything closer together, and a little smaller.
    pub(super) fn closer(self) -> Self {
        let closer = |set_in: Type| Type {
            size: set_in.size * 0.94,
            leading: set_in.leading * 0.86,
            ..set_in
        };
        Self {
            margin_top: self.margin_top * 0.75,
            margin_bottom: self.margin_bottom * 0.75,
            space: self.space * 0.6,
            letterhead: closer(self.letterhead),
            title: closer(self.title),
            heading: closer(self.heading),
            body: closer(self.body),
            value: closer(self.value),
            label: closer(self.label),
            small: closer(self.small),
            code_side: self.code_side * 0.92,
            sign_height: self.sign_height * 0.8,
            ..self
        }
    }

    /// Between the side margins.
    pub(crate) const fn text_width(&self) -> f32 {
        self.size[0] - 2.0 * self.margin_side
    }

    /// Of one column.
    pub(crate) fn column_width(&self) -> f32 {
        let columns = f32::from(self.columns);
        (self.text_width() - (columns - 1.0) * self.gutter) / columns
    }

    /// Below this stands nothing.
    pub(crate) const fn bottom(&self) -> f32 {
        self.size[1] - self.margin_bottom
    }
}
