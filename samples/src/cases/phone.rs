//! A case as its applicant sends it by phone: each paper, and each side of a card, a photo of its own.

use super::file::{self, Made, Papers};
use super::{Plan, Sheet};
use crate::chance::Chance;
use crate::draw::face::Faces;
use crate::measuring::SetError;
use crate::paper::drawing::Drawing;
use crate::view::file::Container;
use crate::view::phone::Phone;

impl Papers {
    /// Makes the files as photos, each paper and each side of a card on one of its own.
    pub(super) fn photos(
        &self,
        plan: &Plan,
        faces: &Faces,
        seed: u64,
    ) -> Result<Vec<Made>, SetError> {
        let mut files: Vec<Made> = Vec::new();
        for sheet in plan.files {
            let more = match (sheet, files.first()) {
                (Sheet::FirstAgain, Some(first)) => vec![first.again("passport-again.jpg")],
                (Sheet::PassportHopeless | Sheet::Landscape, _) => {
                    vec![self.file(*sheet, plan, faces)?]
                }
                _ => self.shots(*sheet, plan, faces, seed)?,
            };
            files.extend(more);
        }
        Ok(files)
    }

    /// A photo of each paper of a sheet.
    fn shots(
        &self,
        sheet: Sheet,
        plan: &Plan,
        faces: &Faces,
        seed: u64,
    ) -> Result<Vec<Made>, SetError> {
        let papers = self.papers(sheet, plan, faces)?;
        let shot = |(name, paper): (&'static str, Drawing)| {
            let seed = Chance::new(self.seed ^ seed, name).below(u32::MAX);
            let page = at_full_size(seed).shoot(&paper, u64::from(seed));
            file::made(name, vec![page], Container::Jpeg(85))
        };
        papers.into_iter().map(shot).collect()
    }

    /// The papers of a sheet, by the names of their files.
    fn papers(
        &self,
        sheet: Sheet,
        plan: &Plan,
        faces: &Faces,
    ) -> Result<Vec<(&'static str, Drawing)>, SetError> {
        let seed = self.seed;
        let card = |coded| self.typed_card(plan, coded, faces);
        Ok(match sheet {
            Sheet::IdCard => vec![
                ("id-card-front", self.id_card.front(faces, seed)),
                ("id-card-back", self.id_card.back(faces, seed)?),
            ],
            Sheet::IdCardBack => vec![("id-card-back", self.id_card.back(faces, seed)?)],
            Sheet::Permit(_) | Sheet::PermitPdf(_) => {
                vec![("permit", self.permit.page(faces, seed)?)]
            }
            Sheet::Card(coded) => vec![("card", card(coded)?)],
            Sheet::PermitAndCardTiff => vec![
                ("permit", self.permit.page(faces, seed)?),
                ("card", card(false)?),
            ],
            Sheet::Passport
            | Sheet::PassportPhoto
            | Sheet::PassportHopeless
            | Sheet::FirstAgain
            | Sheet::Landscape => vec![("passport", self.passport.page(faces, seed))],
        })
    }
}

/// A phone held with care, its photos sent as they are.
fn at_full_size(seed: u32) -> Phone {
    Phone {
        long_side: 2560,
        ..Phone::careful(&mut Chance::new(u64::from(seed), "phone of the case"))
    }
}
