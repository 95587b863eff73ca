//! Which lines, zone and codes of a page belong to which document.
//!
//! Zones claim the lines inside the document they imply; fronts of cards are told by their
//! labels, one cluster of lines each; all the rest of a page is one sheet.

use std::cmp::Reverse;

use casework::reading::{DocumentKind, MrzReading};

use super::label;
use super::lexicon::TITLE;
use super::row::{Row, distance, rows};
use super::shape::Shape;
use super::{Sight, kind, region};
use crate::frame::Frame;

/// How far outside its frame a zone's document may still have text: the frame is an estimate.
pub const FRAME_SLACK: f32 = 0.08;
/// Where a zone stands closer or wider than standard its frame is off by up to this share of it;
/// so far out labels of its kind are looked for, step by step.
const OUTLYING: [f32; 6] = [0.12, 0.16, 0.2, 0.24, 0.28, 0.32];
/// Lines further apart than this many of their heights are two documents' lines, if one is a card.
const CLUSTER_GAP: f32 = 4.5;
/// The languages of one label stand nearer than this to each other, in heights of its letters; the same
/// label of another card stands a card's height away.
const SAME_LABEL: f32 = 20.0;
/// A front's frame is drawn around its text: its number may stand so far outside, as a share of it.
const NUMBER_REACH: f32 = 0.45;
/// Letters on the rest of a page that make it a document.
const LETTERS_MIN: usize = 12;

/// A document before its fields are read; indices are those of the sight.
#[derive(Debug, Clone)]
pub struct Claim {
    /// What it looks like.
    pub kind: DocumentKind,
    /// Where it lies.
    pub frame: Frame,
    /// Its machine readable zone.
    pub zone: Option<usize>,
    /// Its lines.
    pub lines: Vec<usize>,
    /// Its codes.
    pub codes: Vec<usize>,
}

/// The documents of a page.
pub fn claims(sight: &Sight) -> Vec<Claim> {
    let mut claims: Vec<Claim> = Vec::new();
    let mut free: Vec<usize> = (0..sight.lines.len()).collect();
    for (at, zone) in sight.zones.iter().enumerate() {
        let (own, rest) = free
            .into_iter()
            .partition(|&line| is_inside(sight, line, &zone.frame, FRAME_SLACK));
        free = rest;
        // The zone's own lines are the zone reader's.
        let lines = Vec::into_iter(own)
            .filter(|&line| !is_inside(sight, line, &zone.strip, 0.02))
            .collect();
        claims.push(Claim {
            kind: kind_of_zone(&zone.reading),
            frame: zone.frame,
            zone: Some(at),
            lines,
            codes: Vec::new(),
        });
    }
    for claim in &mut claims {
        free = with_outlying(sight, claim, free);
    }
    claims.extend(unzoned(sight, &free));
    hand_out_codes(sight, &mut claims);
    claims
}

/// Gives a zone's document the free lines about its frame as far out as a label of its kind stands
/// that it lacks; the lines that stay free are handed back.
fn with_outlying(sight: &Sight, claim: &mut Claim, free: Vec<usize>) -> Vec<usize> {
    let mut reach = None;
    let mut fields = fields_of(sight, &claim.lines, claim.kind);
    for share in OUTLYING {
        let inside = |line: &&usize| is_inside(sight, **line, &claim.frame, share);
        let lines: Vec<usize> = free.iter().filter(inside).copied().collect();
        let more = fields_of(sight, &lines, claim.kind);
        if more.iter().any(|field| !fields.contains(field)) {
            fields.extend(more);
            reach = Some(share);
        }
    }
    let Some(reach) = reach else {
        return free;
    };
    let (own, rest) = free
        .into_iter()
        .partition(|&line| is_inside(sight, line, &claim.frame, reach));
    claim.lines.extend::<Vec<usize>>(own);
    rest
}

/// What a card's front asks for as well: that says nothing of where a zone's document ends.
const ON_FRONTS: [&str; 8] = [
    TITLE,
    "surname",
    "given_names",
    "patronymic",
    "birth_date",
    "sex",
    "iin",
    "document_number",
];

/// The fields that labels among some lines name, those of fronts aside.
fn fields_of(sight: &Sight, lines: &[usize], kind: DocumentKind) -> Vec<&'static str> {
    let labels = label::find(&rows_of(sight, lines), kind);
    let fields = labels.iter().map(|label| label.field);
    fields.filter(|field| !ON_FRONTS.contains(field)).collect()
}

fn is_inside(sight: &Sight, line: usize, frame: &Frame, slack: f32) -> bool {
    sight
        .lines
        .get(line)
        .is_some_and(|line| region::contains(frame, slack, region::middle(&line.corners)))
}

/// Kazakh cards and passports by code and state; every other zone is some other document's.
fn kind_of_zone(zone: &MrzReading) -> DocumentKind {
    let Some(first) = zone.lines.first() else {
        return DocumentKind::Unknown;
    };
    let text = first.text.reveal();
    let state: String = text.chars().skip(2).take(3).collect();
    // One letter of the state may be misread: the zone was not checked yet.
    let is_kazakh = state
        .chars()
        .zip("KAZ".chars())
        .filter(|(a, b)| a == b)
        .count()
        >= 2;
    match (zone.lines.len(), text.chars().count(), text.chars().next()) {
        (3, 30, Some('I')) if is_kazakh => DocumentKind::IdCardBack,
        (2, 44, Some('P')) if is_kazakh => DocumentKind::Passport,
        _ => DocumentKind::Unknown,
    }
}

fn unzoned(sight: &Sight, free: &[usize]) -> Vec<Claim> {
    let all = rows_of(sight, free);
    let mut claims = Vec::new();
    let mut sheet = Vec::new();
    let clusters = clusters(sight, free);
    for cluster in clusters {
        let rows = rows_of(sight, &cluster);
        let is_card = kind::is_front(&rows) && !kind::is_sheet(&rows);
        // A form of a sheet asks for a person's names too, but its title stands over all of it.
        if is_card && (!kind::is_sheet(&all) || kind::is_titled_front(&rows)) {
            claims.extend(fronts(sight, &cluster));
        } else {
            sheet.extend(cluster);
        }
    }
    // A card's number may stand apart from its other lines.
    for claim in &mut claims {
        let (own, rest) = sheet.into_iter().partition(|&line| {
            is_inside(sight, line, &claim.frame, FRAME_SLACK)
                || is_number(sight, line) && is_inside(sight, line, &claim.frame, NUMBER_REACH)
        });
        sheet = rest;
        claim.lines.extend::<Vec<usize>>(own);
    }
    claims.extend(sheet_claim(sight, sheet));
    claims
}

/// Whether a line is a card's number and nothing else.
fn is_number(sight: &Sight, line: usize) -> bool {
    sight.lines.get(line).is_some_and(|line| {
        let text: Vec<char> = line.text().chars().collect();
        let digits = Shape::DocumentNumber.find(&text);
        digits.is_some_and(|(from, to)| from <= 2 && to == text.len())
    })
}

fn sheet_claim(sight: &Sight, lines: Vec<usize>) -> Option<Claim> {
    let rows = rows_of(sight, &lines);
    let letters: usize = rows
        .iter()
        .map(|row| {
            row.glyphs()
                .iter()
                .filter(|glyph| glyph.character.is_alphanumeric())
                .count()
        })
        .sum();
    if letters < LETTERS_MIN {
        return None;
    }
    let frame = region::around_sheet(&rows, sight.size)?;
    Some(Claim {
        kind: kind::of_sheet(&rows),
        frame,
        zone: None,
        lines,
        codes: Vec::new(),
    })
}

/// One claim for each person's card in a cluster: a label that stands twice means two cards.
fn fronts(sight: &Sight, cluster: &[usize]) -> Vec<Claim> {
    let rows = rows_of(sight, cluster);
    let labels = label::find(&rows, DocumentKind::IdCardFront);
    // Two languages of a title are two labels on one row, and a card may bear them on two.
    let fields = labels
        .iter()
        .map(|label| label.field)
        .filter(|&field| field != TITLE);
    let anchors = fields
        .map(|field| {
            let mut own: Vec<usize> = labels
                .iter()
                .filter(|label| label.field == field)
                .map(|label| label.row)
                .collect();
            own.dedup();
            own
        })
        .max_by_key(Vec::len)
        .unwrap_or_default();
    let mut apart: Vec<[f32; 2]> = Vec::new();
    for row in anchors.iter().filter_map(|&row| rows.get(row)) {
        let corner = row.corners()[0];
        let is_new = |other: &[f32; 2]| distance(*other, corner) > SAME_LABEL * row.height();
        if apart.iter().all(is_new) {
            apart.push(corner);
        }
    }
    parted(sight, cluster, &apart)
        .into_iter()
        .filter_map(|lines| {
            let frame = region::around_front(&rows_of(sight, &lines))?;
            Some(Claim {
                kind: DocumentKind::IdCardFront,
                frame,
                zone: None,
                lines,
                codes: Vec::new(),
            })
        })
        .collect()
}

/// Parts lines among cards whose same label stands at each anchor: cards lie one under
/// the other or side by side, and a card begins a little before its anchor.
fn parted(sight: &Sight, lines: &[usize], anchors: &[[f32; 2]]) -> Vec<Vec<usize>> {
    let spread = |axis: usize| {
        let along = || {
            anchors
                .iter()
                .filter_map(|anchor| anchor.get(axis))
                .copied()
        };
        along().fold(f32::MIN, f32::max) - along().fold(f32::MAX, f32::min)
    };
    if anchors.len() < 2 {
        return vec![lines.to_vec()];
    }
    let axis = usize::from(spread(1) >= spread(0));
    let mut starts: Vec<f32> = anchors
        .iter()
        .filter_map(|anchor| anchor.get(axis))
        .copied()
        .collect();
    starts.sort_by(f32::total_cmp);
    let step = spread(axis) / f32::from(u16::try_from(anchors.len() - 1).unwrap_or(u16::MAX));
    let mut parts = vec![Vec::new(); starts.len()];
    for &line in lines {
        let Some(at) = sight
            .lines
            .get(line)
            .and_then(|line| region::middle(&line.corners).get(axis).copied())
        else {
            continue;
        };
        let part = starts
            .iter()
            .rposition(|start| at > start - 0.35 * step)
            .unwrap_or(0);
        parts
            .get_mut(part)
            .map(|part| part.push(line))
            .unwrap_or_default();
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// Lines that stand near one another, nearest first.
fn clusters(sight: &Sight, lines: &[usize]) -> Vec<Vec<usize>> {
    let mut clusters: Vec<Vec<usize>> = Vec::new();
    for &line in lines {
        let (near, mut rest): (Vec<_>, Vec<_>) = clusters
            .into_iter()
            .partition(|cluster| cluster.iter().any(|&other| are_near(sight, line, other)));
        let mut joined: Vec<usize> = near.into_iter().flatten().collect();
        joined.push(line);
        rest.push(joined);
        clusters = rest;
    }
    clusters.sort_by_key(|cluster| Reverse(cluster.len()));
    clusters
}

fn are_near(sight: &Sight, one: usize, other: usize) -> bool {
    let (Some(one), Some(other)) = (sight.lines.get(one), sight.lines.get(other)) else {
        return false;
    };
    let reach = CLUSTER_GAP * super::height(one).max(super::height(other));
    let [left, top, width, height] = super::around(&one.corners);
    let [other_left, other_top, other_width, other_height] = super::around(&other.corners);
    left - reach < other_left + other_width
        && other_left - reach < left + width
        && top - reach < other_top + other_height
        && other_top - reach < top + height
}

/// A code belongs to the document around it, else to the only one there is.
fn hand_out_codes(sight: &Sight, claims: &mut [Claim]) {
    let alone = claims.len() == 1;
    for (at, code) in sight.codes.iter().enumerate() {
        let [left, top, width, height] = code.bounds;
        let middle = [left + width / 2.0, top + height / 2.0];
        let owner = claims
            .iter_mut()
            .find(|claim| alone || region::contains(&claim.frame, FRAME_SLACK, middle));
        if let Some(owner) = owner {
            owner.codes.push(at);
        }
    }
}

fn rows_of<'a>(sight: &Sight<'a>, lines: &[usize]) -> Vec<Row<'a>> {
    rows(lines.iter().filter_map(|&at| sight.lines.get(at)))
}
