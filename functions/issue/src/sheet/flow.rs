//! The pen: where the next block goes, and the next sheet where it does not fit.

use super::cell::{Cell, Piece, alone, cell, flowed};
use super::style::Style;
use super::{Ink, LaidOut, Mark, Role, StructurePart};
use crate::IssueError;
use crate::block::{Block, InEach, Row, Said};
use crate::face::{Line, Type};
use crate::qr::{Modules, QUIET_MODULES};

/// Thickness of a hairline.
const HAIR: f32 = 0.5;

/// The pen on its way down the sheets.
pub(super) struct Flow {
    style: Style,
    sheets: Vec<Vec<Mark>>,
    parts: Vec<StructurePart>,
    /// The top of what comes next.
    y: f32,
}

impl Flow {
    pub(super) fn new(style: Style) -> Self {
        Self {
            style,
            sheets: vec![Vec::new()],
            parts: Vec::new(),
            y: style.margin_top,
        }
    }

    pub(super) fn block(&mut self, block: &Block) -> Result<(), IssueError> {
        let style = self.style;
        match block {
            Block::Letterhead(texts) => self.letterhead(texts),
            Block::Mark { number, date } => self.mark(number, date),
            Block::Title(texts) => {
                self.y += style.space * 0.7;
                let role = |said: &Said| Role::Title(said.text.clone());
                self.texts(texts, style.title, Ink::Black, role)
            }
            Block::Heading(texts) => {
                self.need(style.heading.leading * 3.0);
                let role = |said: &Said| Role::Heading(said.text.clone());
                self.texts(texts, style.heading, Ink::Accent, role)?;
                self.y -= style.space * 0.5;
                Ok(())
            }
            Block::Paragraph(texts) => {
                self.texts(texts, style.body, Ink::Black, |_| Role::Paragraph)
            }
            Block::Note(texts) => self.texts(texts, style.small, Ink::Grey, |_| Role::Paragraph),
            Block::Rows(rows) => self.rows(rows),
            Block::Sign(texts) => self.sign(texts),
            Block::Code {
                modules,
                about,
                key,
            } => self.code(modules, about, key),
        }
    }

    /// Numbers the sheets where there is more than one.
    pub(super) fn finish(mut self) -> Result<LaidOut, IssueError> {
        let count = self.sheets.len();
        let small = self.style.small;
        for (at, sheet) in self.sheets.iter_mut().enumerate().filter(|_| count > 1) {
            let line = Line::shaped(&format!("{} / {count}", at + 1), small)?;
            sheet.push(Mark::Text {
                x: self.style.size[0] - self.style.margin_side - line.width(),
                baseline: self.style.size[1] - self.style.margin_bottom * 0.5,
                line,
                ink: Ink::Grey,
                language: None,
                part: None,
            });
        }
        Ok(LaidOut {
            size: self.style.size,
            sheets: self.sheets,
            parts: self.parts,
        })
    }

    fn part(&mut self, role: Role, within: Option<usize>) -> usize {
        self.parts.push(StructurePart { role, within });
        self.parts.len() - 1
    }

    fn put(&mut self, mark: Mark) {
        if let Some(sheet) = self.sheets.last_mut() {
            sheet.push(mark);
        }
    }

    fn rule(&mut self, x: f32, width: f32, height: f32, ink: Ink) {
        let at = [x, self.y, width, height];
        self.put(Mark::Rule { at, ink });
    }

    /// A new sheet where less than `height` is left of this one.
    fn need(&mut self, height: f32) {
        if self.y + height > self.style.bottom() {
            self.sheets.push(Vec::new());
            self.y = self.style.margin_top;
        }
    }

    /// The same text in every language: as many beside one another as there are columns, the
    /// others below over the whole width.
    fn texts(
        &mut self,
        texts: &InEach,
        set_in: Type,
        ink: Ink,
        role: impl Fn(&Said) -> Role,
    ) -> Result<(), IssueError> {
        let columns = usize::from(self.style.columns);
        let beside = if texts.len() < columns { 1 } else { columns };
        let (columned, below) = texts.split_at(beside.min(texts.len()));
        let wide = self.style.text_width();
        let narrow = if beside > 1 {
            self.style.column_width()
        } else {
            wide
        };
        let mut cells = Vec::new();
        let mut x = self.style.margin_side;
        for said in columned {
            let part = self.part(role(said), None);
            cells.push(cell(x, part, ink, alone(said, set_in, narrow)?));
            x += narrow + self.style.gutter;
        }
        self.beside(&cells, set_in);
        for said in below {
            self.y += self.style.space * 0.4;
            let part = self.part(role(said), None);
            let x = self.style.margin_side;
            let cells = [cell(x, part, ink, alone(said, set_in, wide)?)];
            self.beside(&cells, set_in);
        }
        self.y += self.style.space;
        Ok(())
    }

    /// Cells beside one another, each read to its end before the next, over the end of the sheet
    /// where they must.
    fn beside(&mut self, cells: &[Cell], set_in: Type) {
        let count = cells.iter().map(|cell| cell.lines.len()).max();
        let count = count.unwrap_or_default();
        let mut at = 0;
        while at < count {
            self.need(set_in.leading);
            let (top, mut end, mut fit) = (self.y, self.y, 0);
            while at + fit < count && (fit == 0 || end + set_in.leading <= self.style.bottom()) {
                end += set_in.leading;
                fit += 1;
            }
            for cell in cells {
                self.y = top;
                for line in cell.lines.iter().skip(at).take(fit) {
                    self.line(cell, line, set_in);
                    self.y += set_in.leading;
                }
            }
            self.y = end;
            at += fit;
        }
    }

    fn line(&mut self, cell: &Cell, line: &[Piece], set_in: Type) {
        let baseline = self.y + set_in.leading * 0.5 + set_in.size * 0.35;
        for piece in line.iter().filter(|piece| !piece.line.glyphs.is_empty()) {
            self.put(Mark::Text {
                x: cell.x + piece.right_by,
                baseline,
                line: piece.line.clone(),
                ink: cell.ink,
                language: piece.language,
                part: Some(cell.part),
            });
        }
    }

    /// The first line of each text large, the others small; a line below them all.
    fn letterhead(&mut self, texts: &InEach) -> Result<(), IssueError> {
        let style = self.style;
        let nth = |first: bool| -> InEach {
            let part = |said: &Said| {
                let (head, rest) = said.text.split_once('\n').unwrap_or((&said.text, ""));
                Said {
                    language: said.language,
                    text: if first { head } else { rest }.to_owned(),
                }
            };
            texts.iter().map(part).collect()
        };
        self.texts(&nth(true), style.letterhead, Ink::Black, |_| {
            Role::Paragraph
        })?;
        self.y -= style.space * 0.8;
        self.texts(&nth(false), style.label, Ink::Grey, |_| Role::Paragraph)?;
        self.y -= style.space * 0.4;
        self.rule(style.margin_side, style.text_width(), 1.4, Ink::Accent);
        self.y += style.space * 0.6;
        Ok(())
    }

    /// Number on the left, date on the right.
    fn mark(&mut self, number: &str, date: &str) -> Result<(), IssueError> {
        let style = self.style;
        let plain = |text: String| Said {
            language: None,
            text,
        };
        let right = Line::shaped(date, style.label)?.width();
        let right = style.margin_side + style.text_width() - right;
        let mut cells = Vec::new();
        for (x, text) in [
            (style.margin_side, format!("№ {number}")),
            (right, date.to_owned()),
        ] {
            let part = self.part(Role::Paragraph, None);
            let lines = alone(&plain(text), style.label, style.text_width())?;
            cells.push(cell(x, part, Ink::Black, lines));
        }
        self.beside(&cells, style.label);
        self.y += style.space;
        Ok(())
    }

    /// Labels on the left, values on the right, hairlines between.
    fn rows(&mut self, rows: &[Row]) -> Result<(), IssueError> {
        let style = self.style;
        let label_width = style.text_width() * 0.42 - style.gutter * 0.5;
        let value_x = style.margin_side + style.text_width() * 0.42;
        let value_width = style.text_width() * 0.58;
        let table = self.part(Role::Table, None);
        for row in rows {
            let labels = flowed(&row.label, style.label, label_width)?;
            let values = flowed(&row.value, style.value, value_width)?;
            let lines = labels.len().max(values.len());
            self.need(style.value.leading * u16::try_from(lines).map_or(0.0, f32::from));
            let part = self.part(Role::Row, Some(table));
            let label = self.part(Role::Label, Some(part));
            let value = self.part(Role::Value, Some(part));
            self.rule(style.margin_side, style.text_width(), HAIR, Ink::Pale);
            self.y += style.space * 0.2;
            let cells = [
                cell(style.margin_side, label, Ink::Grey, labels),
                cell(value_x, value, Ink::Black, values),
            ];
            self.beside(&cells, style.value);
            self.y += style.space * 0.2;
        }
        self.rule(style.margin_side, style.text_width(), HAIR, Ink::Pale);
        self.y += style.space;
        Ok(())
    }

    /// A line to sign on in the last column, with what goes there below it.
    fn sign(&mut self, texts: &InEach) -> Result<(), IssueError> {
        let style = self.style;
        let width = style.column_width();
        let x = style.margin_side + style.text_width() - width;
        let lines = flowed(texts, style.small, width)?;
        let below = u16::try_from(lines.len()).map_or(0.0, f32::from) * style.small.leading;
        self.need(style.sign_height + below);
        self.y += style.sign_height;
        self.rule(x, width, HAIR, Ink::Grey);
        self.y += 2.0;
        let part = self.part(Role::Paragraph, None);
        self.beside(&[cell(x, part, Ink::Grey, lines)], style.small);
        self.y += style.space;
        Ok(())
    }

    /// The code at the foot of the last sheet, with what it is for beside it.
    fn code(&mut self, modules: &Modules, about: &InEach, key: &str) -> Result<(), IssueError> {
        let style = self.style;
        let quiet = style.code_side * quiet_share(modules);
        let x = style.margin_side + style.code_side + quiet * 2.0;
        let width = style.margin_side + style.text_width() - x;
        let key = Said {
            language: None,
            text: key.to_owned(),
        };
        let mut lines = Vec::new();
        for said in about.iter().chain([&key]) {
            lines.push(alone(said, style.small, width)?);
        }
        let count: usize = lines.iter().map(Vec::len).sum();
        let text_height = u16::try_from(count).map_or(0.0, f32::from) * style.small.leading;
        let height = text_height.max(style.code_side);
        self.need(height);
        self.y = self.y.max(style.bottom() - height);
        let top = self.y + (height - style.code_side) * 0.5;
        let alt = about
            .first()
            .map_or_else(String::new, |said| said.text.clone());
        let part = self.part(Role::Figure(alt), None);
        self.put(Mark::Code {
            at: [style.margin_side, top],
            side: style.code_side,
            modules: modules.clone(),
            part,
        });
        self.y += (height - text_height) * 0.5;
        for lines in lines {
            let part = self.part(Role::Paragraph, None);
            self.beside(&[cell(x, part, Ink::Grey, lines)], style.small);
        }
        Ok(())
    }
}

/// The quiet zone as a share of the code's side.
#[expect(
    clippy::cast_precision_loss,
    reason = "a code has 177 modules a side at most"
)]
fn quiet_share(modules: &Modules) -> f32 {
    QUIET_MODULES as f32 / modules.side.max(1) as f32
}
