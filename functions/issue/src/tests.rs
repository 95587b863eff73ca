//! Papers of invented cases: their words, their code, their bytes.

mod invented;

use std::collections::BTreeSet;
use std::io::Write as _;
use std::process::{Command, Stdio};

use casework::case::{Event, Status};
use casework::mission::Missions;
use casework::words::{Language, Words};
use jiff::civil::date;

use crate::paper::print;
use crate::template::{Part, Template};
use crate::{IssueError, KnownSeals, NotGenuine, Order, Paper, PaperKind, Seal, standing, verify};
use invented::{Invented, card};

/// All the letters of the Kazakh alphabet that Russian does not have.
const KAZAKH: &str = "ӘәҒғҚқҢңӨөҰұҮүҺһІі";

fn seal() -> Seal {
    Seal::from_secret(&[7; 32])
}

fn known() -> KnownSeals {
    [seal().public()].into_iter().collect()
}

fn printed(invented: &Invented, kind: PaperKind, with_english: bool) -> Result<Paper, IssueError> {
    let order = Order {
        kind,
        with_english,
        today: date(2026, 12, 1),
    };
    let missions = Missions::embedded();
    print(
        &invented.case(),
        &invented.timeline,
        order,
        &missions,
        &seal(),
    )
}

/// What an independent reader finds in a PDF, as it was written, without its lines.
fn words_of(pdf: &[u8]) -> String {
    let mut child = Command::new("pdftotext")
        .args(["-raw", "-nopgbrk", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("pdftotext, of poppler-utils");
    child.stdin.take().unwrap().write_all(pdf).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn pages(pdf: &[u8]) -> Vec<ocr::page::Page> {
    let file = ocr::file::open(pdf, None, &ocr::file::Limits::APPLICANT).unwrap();
    (1..=file.pages).map(|n| file.page(n).unwrap()).collect()
}

/// The sentences that a paper's template names.
fn sentences(kind: PaperKind, words: &Words) -> Vec<String> {
    let template = Template::of(kind, date(2026, 12, 1));
    let mut keys = vec![template.title.as_str(), template.code.as_str()];
    for part in &template.parts {
        match part {
            Part::Say(key) | Part::Note(key) | Part::Heading(key) => keys.push(key),
            Part::Rows(_) | Part::Sign(_) | Part::Reasons | Part::Findings | Part::Copies => {}
        }
    }
    keys.into_iter().map(|key| words.say(key)).collect()
}

#[test]
fn every_paper_says_every_sentence_of_its_template_in_three_languages() {
    for kind in PaperKind::ALL {
        let paper = printed(&Invented::for_kind(kind), kind, true).unwrap();
        let text = words_of(&paper.pdf);
        let seen: BTreeSet<&str> = text.split(' ').collect();
        for language in Language::ALL {
            for sentence in sentences(kind, &Words::of(language)) {
                let beginning: Vec<&str> = sentence.split(' ').take(2).collect();
                assert!(text.contains(&beginning.join(" ")), "{sentence}: {text}");
                for word in sentence.split(' ') {
                    assert!(seen.contains(word), "{word} of {sentence}: {text}");
                }
            }
        }
        let two = printed(&Invented::for_kind(kind), kind, false).unwrap();
        let english = words_of(&two.pdf);
        assert!(!english.contains("Ministry"), "{english}");
    }
}

#[test]
fn the_code_on_every_paper_reads_as_its_payload_and_attests_the_case() {
    for kind in PaperKind::ALL {
        let invented = Invented::for_kind(kind);
        let paper = printed(&invented, kind, true).unwrap();
        let codes: Vec<String> = pages(&paper.pdf)
            .iter()
            .flat_map(ocr::codes::read)
            .map(|code| code.text.into_inner())
            .collect();
        assert_eq!(codes, [paper.payload.as_str()], "{kind:?}");
        let attested = verify(&codes[0], &known()).unwrap();
        assert_eq!(attested.kind, kind);
        assert_eq!(attested.reference, invented.case().id);
        assert_eq!(attested.initials.reveal(), "ҢӨ");
        let other: KnownSeals = [Seal::from_secret(&[8; 32]).public()].into_iter().collect();
        assert_eq!(
            verify(&codes[0], &other),
            Err(NotGenuine::UnknownKey(seal().public().id()))
        );
    }
}

#[test]
fn the_same_case_order_and_key_give_the_same_bytes() {
    for kind in PaperKind::ALL {
        let once = printed(&Invented::for_kind(kind), kind, true).unwrap();
        let again = printed(&Invented::for_kind(kind), kind, true).unwrap();
        assert_eq!(once, again, "{kind:?}");
        let other = printed(&Invented::for_kind(kind), kind, false).unwrap();
        assert_ne!(once.pdf, other.pdf, "{kind:?}");
    }
}

#[test]
fn every_kazakh_letter_of_a_name_stands_in_the_text_of_every_paper() {
    for kind in PaperKind::ALL {
        let invented = Invented::for_kind(kind).with("given_names", &format!("Ө{KAZAKH}"));
        let text = words_of(&printed(&invented, kind, false).unwrap().pdf);
        assert!(text.contains(KAZAKH), "{kind:?}: {text}");
    }
}

#[test]
fn markup_in_a_name_is_printed_as_it_stands() {
    let kind = PaperKind::Notification;
    for name in [
        "#eval(1)$x^2$",
        "<script>alert(1)</script>",
        "*Ә* _b_ `c` [d](e)",
        "{ $date } \\n %s ${x}",
        "(a) Tj ET (b",
        "&lt;&amp;",
    ] {
        let invented = Invented::for_kind(kind).with("given_names", name);
        let text = words_of(&printed(&invented, kind, false).unwrap().pdf);
        assert!(text.contains(name), "{name}: {text}");
    }
}

#[test]
fn a_long_name_wraps_and_stays_on_the_sheet() {
    let long = "Нұрмұхамедқызы-Тілеубергенова ".repeat(12);
    for kind in PaperKind::ALL {
        for value in [long.trim(), &long.replace([' ', '-'], "")] {
            let invented = Invented::for_kind(kind).with("patronymic", value);
            let paper = printed(&invented, kind, true).unwrap();
            let bare = |text: &str| text.replace(char::is_whitespace, "");
            let text = bare(&words_of(&paper.pdf));
            let letters = |text: &str| text.chars().filter(|c| *c == 'ұ').count();
            let without = printed(&Invented::for_kind(kind).with("patronymic", ""), kind, true);
            let without = bare(&words_of(&without.unwrap().pdf));
            if invented::shows_patronymic(kind) {
                assert_eq!(letters(&text) - letters(&without), 24, "{kind:?}: {text}");
            }
            for page in pages(&paper.pdf) {
                assert!(page_margin_is_white(&page), "{kind:?}");
            }
        }
    }
}

/// Whether a twentieth of the page at its left and right has nothing on it.
fn page_margin_is_white(page: &ocr::page::Page) -> bool {
    let (width, height) = page.grey.dimensions();
    let margin = width / 20;
    let mut columns = (0..margin).chain(width - margin..width);
    columns.all(|x| (0..height).all(|y| page.grey.get_pixel(x, y).0[0] > 250))
}

#[test]
fn a_letter_that_cannot_be_printed_is_said_and_not_replaced() {
    for letter in ['漢', '\u{202E}', '\u{200B}'] {
        let kind = PaperKind::Notification;
        let invented = Invented::for_kind(kind).with("surname", &format!("Ә{letter}"));
        let printed = printed(&invented, kind, false);
        assert!(matches!(printed, Err(IssueError::NoSuchLetter(c)) if c == letter));
    }
}

#[test]
fn a_paper_is_only_for_the_decision_that_stands() {
    for invented in Invented::in_every_state() {
        let case = invented.case();
        let standing: BTreeSet<PaperKind> = standing(&case).into_iter().collect();
        for kind in PaperKind::ALL {
            let refused = matches!(
                printed(&invented, kind, false),
                Err(IssueError::NotStanding { status, .. }) if status == case.status()
            );
            assert_eq!(
                refused,
                !standing.contains(&kind),
                "{kind:?} {:?}",
                case.status()
            );
        }
        let expected: &[PaperKind] = match (case.status(), invented.temporary()) {
            (Status::Registered | Status::CertificateRequested, true) => {
                &[PaperKind::Notification, PaperKind::Certificate]
            }
            (Status::Registered | Status::CertificateRequested, false) => {
                &[PaperKind::PassportInsert, PaperKind::Certificate]
            }
            (Status::Refused, _) => &[PaperKind::Refusal],
            (Status::Withdrawn | Status::StruckOff, _) => &[],
            (Status::AwaitingBetterCopy, _) => &[PaperKind::BetterCopy, PaperKind::AcceptanceSlip],
            _ => &[PaperKind::AcceptanceSlip],
        };
        assert_eq!(
            standing,
            expected.iter().copied().collect::<BTreeSet<_>>(),
            "{:?}",
            case.status()
        );
    }
}

#[test]
fn a_certificate_that_was_issued_again_says_which_copy_it_is() {
    let kind = PaperKind::Certificate;
    let first = Invented::for_kind(kind);
    let reissued = |copy| Event::CertificateReissued { copy };
    let second = first.clone().then(reissued(2));
    let third = second.clone().then(reissued(3));
    for (invented, says, version) in [
        (&first, None, 3),
        (&second, Some("№ 2, 21.11.2026 қайта берілді"), 4),
        (&third, Some("№ 3, 21.11.2026 қайта берілді"), 5),
    ] {
        let paper = printed(invented, kind, false).unwrap();
        let text = words_of(&paper.pdf);
        assert_eq!(text.contains("Дана"), says.is_some(), "{text}");
        assert!(says.is_none_or(|says| text.contains(says)), "{text}");
        assert!(text.contains("21.11.2026"), "registered on: {text}");
        let attested = verify(&paper.payload, &known()).unwrap();
        assert_eq!(attested.version, version);
    }
}

#[test]
fn a_card_without_a_surname_makes_no_paper() {
    let kind = PaperKind::Notification;
    let printed = printed(&Invented::for_kind(kind).with("surname", ""), kind, false);
    assert!(matches!(printed, Err(IssueError::Lacking("surname"))));
    assert!(card().entries.len() > 8);
}

#[test]
fn a_refusal_carries_the_officers_own_text_in_their_language_only() {
    let kind = PaperKind::Refusal;
    let text = words_of(&printed(&Invented::for_kind(kind), kind, false).unwrap().pdf);
    for part in [
        "Туған күні құжаттарда бірдей емес: карточкада 01.01.1990, паспортта 10.01.1990.",
        "1. Құжаттар немесе олардағы деректер дұрыс емес",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert_eq!(text.matches("10.01.1990").count(), 1, "{text}");
}

#[test]
fn a_refusal_of_many_pages_keeps_every_line_and_one_code() {
    let kind = PaperKind::Refusal;
    let many: Vec<String> = (1..=120)
        .map(|n| format!("{n}-себеп: ӘҒҚҢӨҰҮҺІ."))
        .collect();
    let invented = Invented::refused(&many.join("\n\n"));
    let paper = printed(&invented, kind, true).unwrap();
    let text = words_of(&paper.pdf);
    assert!(many.iter().all(|reason| text.contains(reason.as_str())));
    let pages = pages(&paper.pdf);
    assert!(pages.len() > 2 && text.contains(&format!("1 / {}", pages.len())));
    let codes: Vec<_> = pages.iter().flat_map(ocr::codes::read).collect();
    assert_eq!(codes.len(), 1);
}

#[test]
fn every_paper_but_a_refusal_fits_one_sheet_in_three_languages_too() {
    for kind in PaperKind::ALL {
        for with_english in [false, true] {
            let paper = printed(&Invented::for_kind(kind), kind, with_english).unwrap();
            let sheets = pages(&paper.pdf).len();
            let fits = sheets == 1 || kind == PaperKind::Refusal;
            assert!(fits, "{kind:?} {with_english}: {sheets}");
        }
    }
}

#[test]
fn the_file_says_what_it_is_to_those_who_ask() {
    let kind = PaperKind::Notification;
    let pdf = printed(&Invented::for_kind(kind), kind, false).unwrap().pdf;
    let said = String::from_utf8_lossy(&pdf);
    for part in [
        "<pdfaid:part>2</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
        "/Lang",
        "/MarkInfo",
        "/StructTreeRoot",
    ] {
        assert!(said.contains(part), "{part}");
    }
}
