//! The papers and files of one case.

use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::card::{self, Named};
use super::{Plan, Sheet, Twist};
use crate::chance::Chance;
use crate::country::{self, COUNTRIES, Country};
use crate::draw::face::Faces;
use crate::iin;
use crate::invent;
use crate::measuring::SetError;
use crate::paper::drawing::Drawing;
use crate::paper::id_card::{IdCard, Issue};
use crate::paper::passport::Passport;
use crate::paper::permit::{Layout, Permit};
use crate::paper::picture::landscape;
use crate::paper::registration_card::{Entries, RegistrationCard};
use crate::person::Person;
use crate::truth::DocumentTruth;
use crate::view::file::Container;
use crate::view::page::Page;
use crate::view::phone::Phone;
use crate::view::scanner::Scanner;

const DPI: u16 = 200;

/// Everything one applicant has.
pub(super) struct Papers {
    pub(super) seed: u64,
    pub(super) id_card: IdCard,
    pub(super) passport: Passport,
    pub(super) permit: Permit,
    pub(super) card: Entries,
}

/// A file, made.
pub(super) struct Made {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
    pub(super) documents: Vec<DocumentTruth>,
}

impl Papers {
    pub(super) fn of(plan: &Plan) -> Self {
        let mut chance = Chance::new(2026, plan.folder);
        let mut holder = kazakh(&mut chance);
        if plan.twist == Twist::IinCheckDigit {
            holder.iin = with_wrong_check_digit(&holder.iin);
        }
        let mut papers = Self::held_by(&holder, plan, &mut chance);
        papers.twist(plan.twist, &mut chance);
        papers
    }

    /// Papers of that person, all in agreement.
    pub(super) fn held_by(holder: &Person, plan: &Plan, chance: &mut Chance) -> Self {
        let layout = plan.layout().unwrap_or(Layout::Notification);
        let mut papers = Self {
            seed: u64::from(chance.below(u32::MAX)),
            id_card: invent::id_card(chance, holder.clone()),
            passport: invent::passport(chance, holder.clone()),
            permit: invent::permit(chance, holder.clone(), layout),
            card: Entries::new(),
        };
        let issued = if plan.twist == Twist::Expired {
            date(2016, 5, 20)
        } else {
            recent(chance)
        };
        (papers.id_card.issued, papers.id_card.expires) = (issued, invent::ten_years_on(issued));
        papers.id_card.issue = if issued.year() < 2024 {
            Issue::Y2014
        } else {
            Issue::Y2024
        };
        (papers.passport.issued, papers.passport.expires) = (issued, invent::ten_years_on(issued));
        let host = plan.host();
        papers.permit.destination = host;
        papers.card = papers.declare(plan, holder, host);
        papers
    }

    fn declare(&self, plan: &Plan, holder: &Person, host: &Country) -> Entries {
        let with_card = plan
            .files
            .iter()
            .any(|sheet| matches!(sheet, Sheet::IdCard | Sheet::IdCardBack));
        let named = if with_card {
            let card = &self.id_card;
            Named {
                kind: "id_card",
                number: &card.number,
                issued: card.issued,
                expires: card.expires,
                authority: &card.authority,
            }
        } else {
            let passport = &self.passport;
            Named {
                kind: "passport",
                number: &passport.number,
                issued: passport.issued,
                expires: passport.expires,
                authority: &passport.authority,
            }
        };
        let permanent = plan.kind == casework::case::CaseKind::Permanent;
        card::of(
            plan,
            holder,
            &named,
            permanent.then_some(&self.permit),
            host,
        )
    }

    fn twist(&mut self, twist: Twist, chance: &mut Chance) {
        let holder = &self.passport.holder;
        let mut set = |key: &str, value: String| {
            self.card.insert(key.to_owned(), value.into());
        };
        match twist {
            Twist::None | Twist::Expired | Twist::IinCheckDigit => {}
            Twist::CardIin => set("iin", iin::invent(chance, holder.birth_date, holder.female)),
            Twist::CardSurname => set("surname", misspelt(&holder.surname)),
            Twist::CardInRussian => {
                set("surname", holder.surname_russian.clone());
                set("given_names", holder.given_names_russian.clone());
            }
            Twist::CardConsent => {
                if let Some(consent) = self.card.get_mut("consent").and_then(|c| c.as_object_mut())
                {
                    consent.insert("cross_border".to_owned(), false.into());
                }
            }
            Twist::PermitOfAnother => {
                self.permit.holder = another(chance, holder);
            }
            Twist::PermitElsewhere => {
                let elsewhere = COUNTRIES.iter().find(|country| country.code == "CAN");
                self.permit.destination = elsewhere.unwrap_or(self.permit.destination);
            }
        }
    }

    /// Makes the files, in the order of the plan.
    pub(super) fn files(&self, plan: &Plan, faces: &Faces) -> Result<Vec<Made>, SetError> {
        let mut files: Vec<Made> = Vec::new();
        for sheet in plan.files {
            let made = match (sheet, files.first()) {
                (Sheet::FirstAgain, Some(first)) => first.again("passport-again.jpg"),
                _ => self.file(*sheet, plan, faces)?,
            };
            files.push(made);
        }
        Ok(files)
    }

    pub(super) fn file(&self, sheet: Sheet, plan: &Plan, faces: &Faces) -> Result<Made, SetError> {
        let seed = self.seed;
        let grey = Scanner::office(DPI, false);
        let scan = |papers: &[Drawing]| vec![grey.scan(papers, seed)];
        let jpeg = Container::Jpeg(80);
        let (name, pages, container) = match sheet {
            Sheet::Passport | Sheet::FirstAgain => {
                ("passport", scan(&[self.passport.page(faces, seed)]), jpeg)
            }
            Sheet::PassportPhoto => (
                "passport",
                self.photo(careful(seed), faces),
                Container::JpegOnItsSide(80),
            ),
            Sheet::PassportHopeless => (
                "passport",
                self.photo(Phone::hopeless(), faces),
                Container::Jpeg(40),
            ),
            Sheet::IdCard => ("id-card", self.both_sides(faces)?, jpeg),
            Sheet::IdCardBack => (
                "id-card-back",
                scan(&[self.id_card.back(faces, seed)?]),
                jpeg,
            ),
            Sheet::Permit(_) => ("permit", scan(&[self.permit.page(faces, seed)?]), jpeg),
            Sheet::PermitPdf(_) => (
                "permit",
                scan(&[self.permit.page(faces, seed)?]),
                Container::Pdf(80),
            ),
            Sheet::Card(coded) => ("card", scan(&[self.typed_card(plan, coded, faces)?]), jpeg),
            Sheet::PermitAndCardTiff => (
                "permit-and-card",
                self.permit_and_card(plan, faces)?,
                Container::Tiff,
            ),
            Sheet::Landscape => ("picture", picture(seed), jpeg),
        };
        made(name, pages, container)
    }

    fn both_sides(&self, faces: &Faces) -> Result<Vec<Page>, SetError> {
        let sides = [
            self.id_card.front(faces, self.seed),
            self.id_card.back(faces, self.seed)?,
        ];
        Ok(vec![Scanner::office(DPI, true).scan(&sides, self.seed)])
    }

    fn permit_and_card(&self, plan: &Plan, faces: &Faces) -> Result<Vec<Page>, SetError> {
        let office = Scanner {
            text_mode: true,
            ..Scanner::office(DPI, false)
        };
        let papers = [
            self.permit.page(faces, self.seed)?,
            self.typed_card(plan, false, faces)?,
        ];
        Ok(Vec::from(
            papers.map(|paper| office.scan(&[paper], self.seed)),
        ))
    }

    fn photo(&self, phone: Phone, faces: &Faces) -> Vec<Page> {
        vec![phone.shoot(&self.passport.page(faces, self.seed), self.seed)]
    }

    pub(super) fn typed_card(
        &self,
        plan: &Plan,
        coded: bool,
        faces: &Faces,
    ) -> Result<Drawing, SetError> {
        let card = RegistrationCard {
            kind: plan.kind,
            entries: &self.card,
            coded,
        };
        Ok(card.page(faces, self.seed)?)
    }
}

fn picture(seed: u64) -> Vec<Page> {
    vec![Page {
        pixels: landscape(1280, 960, seed),
        documents: Vec::new(),
    }]
}

/// A phone held with care, at the size a messenger sends.
fn careful(seed: u64) -> Phone {
    let phone = Phone::careful(&mut Chance::new(seed, "phone of the case"));
    Phone {
        long_side: 1600,
        noise_max: 3.0,
        glare_max: 0.1,
        ..phone
    }
}

impl Plan {
    fn layout(&self) -> Option<Layout> {
        self.files.iter().find_map(|sheet| match sheet {
            Sheet::Permit(layout) | Sheet::PermitPdf(layout) => Some(*layout),
            Sheet::Passport
            | Sheet::PassportPhoto
            | Sheet::PassportHopeless
            | Sheet::FirstAgain
            | Sheet::IdCard
            | Sheet::IdCardBack
            | Sheet::Card(_)
            | Sheet::PermitAndCardTiff
            | Sheet::Landscape => None,
        })
    }

    fn host(&self) -> &'static Country {
        let code = self.mission.split('-').next().unwrap_or_default();
        country::by_code(code)
            .or(COUNTRIES.first())
            .unwrap_or(&NOWHERE)
    }
}

static NOWHERE: Country = Country {
    code: "",
    russian: "",
    russian_towards: "",
    english: "",
};

impl Made {
    pub(super) fn again(&self, name: &str) -> Self {
        let named = |document: &DocumentTruth| DocumentTruth {
            file: name.to_owned(),
            ..document.clone()
        };
        Self {
            name: name.to_owned(),
            bytes: self.bytes.clone(),
            documents: self.documents.iter().map(named).collect(),
        }
    }
}

pub(super) fn made(name: &str, pages: Vec<Page>, container: Container) -> Result<Made, SetError> {
    let name = format!("{name}.{}", container.ending());
    let mut documents = Vec::new();
    let mut images = Vec::new();
    for (number, page) in (1..).zip(pages) {
        images.push(page.pixels);
        documents.extend(page.documents.into_iter().map(|document| DocumentTruth {
            file: name.clone(),
            page: number,
            ..document
        }));
    }
    let bytes = container.encode(&images, DPI)?;
    Ok(Made {
        name,
        bytes,
        documents,
    })
}

/// Somebody whose surname and given name a Russian text spells differently.
fn kazakh(chance: &mut Chance) -> Person {
    loop {
        let person = Person::invent(chance);
        if person.surname != person.surname_russian
            && person.given_names != person.given_names_russian
        {
            return person;
        }
    }
}

/// Somebody of another name and birth date.
fn another(chance: &mut Chance, than: &Person) -> Person {
    loop {
        let person = kazakh(chance);
        let differs = person.surname_russian != than.surname_russian
            && person.given_names != than.given_names
            && person.birth_date != than.birth_date;
        if differs {
            return person;
        }
    }
}

/// A day from 2019 to 2025: valid for years at every receipt.
fn recent(chance: &mut Chance) -> Date {
    date(2019, 2, 4).saturating_add(i64::from(chance.below(2500)).days())
}

/// One digit off.
fn with_wrong_check_digit(iin: &str) -> String {
    let (stem, last) = iin.split_at(11);
    let digit: u32 = last.parse().unwrap_or(0);
    format!("{stem}{}", (digit + 3) % 10)
}

/// Two consonants of a typist in a hurry: no spelling of any language explains them.
fn misspelt(surname: &str) -> String {
    let mut letters: Vec<char> = surname.chars().collect();
    letters.insert(2, 'Щ');
    letters.insert(4, 'Б');
    letters.into_iter().collect()
}
