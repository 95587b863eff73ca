//! A page in the making: a background with papers laid on it, and what is known of them.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "clipped pixel coordinates"
)]

use image::{Rgb, RgbImage};

use crate::draw::canvas::Canvas;
use crate::paper::drawing::Drawing;
use crate::truth::DocumentTruth;
use crate::view::plane::{Plane, Spot, bounds};

/// A page with papers on it.
#[derive(Debug)]
pub struct Page {
    /// The pixels.
    pub pixels: RgbImage,
    /// What lies on it; `file` is still empty and `page` is 1.
    pub documents: Vec<DocumentTruth>,
}

impl Page {
    /// Lays a paper with its corners at `corners` (clockwise from its top left).
    pub fn lay(&mut self, drawing: &Drawing, corners: [Spot; 4], shadow: f32) {
        let (width, height) = drawing.canvas.size();
        let Some(plane) = Plane::onto(width, height, corners) else {
            return;
        };
        warp(&mut self.pixels, &drawing.canvas, &plane, corners, shadow);
        let mut truth = DocumentTruth {
            file: String::new(),
            kind: drawing.kind,
            page: 1,
            corners,
            mrz: drawing.mrz.clone(),
            fields: std::collections::BTreeMap::new(),
            bounds: std::collections::BTreeMap::new(),
        };
        for printed in &drawing.fields {
            let area = printed.area;
            let (right, bottom) = (area.left + area.width, area.top + area.height);
            let around = [
                [area.left, area.top],
                [right, area.top],
                [right, bottom],
                [area.left, bottom],
            ];
            let seen = around.map(|spot| plane.map(spot));
            truth
                .fields
                .insert(printed.field.clone(), printed.value.clone());
            truth
                .bounds
                .entry(printed.field.clone())
                .or_insert(bounds(&seen));
        }
        self.documents.push(truth);
    }
}

/// Paints a paper and its shadow, four samples a pixel.
fn warp(page: &mut RgbImage, paper: &Canvas, plane: &Plane, corners: [Spot; 4], shadow: f32) {
    let back = plane.inverse();
    let [left, top, width, height] = bounds(&corners);
    let margin = 10.0;
    let clip = |value: f32, end: u32| value.clamp(0.0, end as f32) as u32;
    for y in clip(top - margin, page.height())..clip(top + height + margin, page.height()) {
        for x in clip(left - margin, page.width())..clip(left + width + margin, page.width()) {
            let (mut sum, mut covered, mut darkest) = ([0.0_f32; 3], 0.0_f32, 0.0_f32);
            for (dx, dy) in [(0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)] {
                let spot = back.map([x as f32 + dx, y as f32 + dy]);
                let outside = outside_mm(paper, spot);
                if outside <= 0.0 {
                    covered += 0.25;
                    for (total, value) in sum.iter_mut().zip(sample(paper, spot)) {
                        *total += value * 0.25;
                    }
                } else {
                    let lit = outside_mm(paper, [spot[0] - 0.35, spot[1] - 0.45]);
                    darkest = darkest.max(shadow * (1.0 - lit / 1.2).clamp(0.0, 1.0));
                }
            }
            if covered + darkest > 0.0 {
                let Rgb(under) = page.get_pixel_mut(x, y);
                for (value, over) in under.iter_mut().zip(sum) {
                    let ground = f32::from(*value) * (1.0 - darkest);
                    *value = (ground * (1.0 - covered) + over).round() as u8;
                }
            }
        }
    }
}

/// How far a point lies outside the rounded rectangle of a paper, millimetres; 0 or less inside.
fn outside_mm(paper: &Canvas, [x, y]: Spot) -> f32 {
    let (width, height) = paper.size();
    let radius = paper.corner_mm;
    let dx = (x - width / 2.0).abs() - (width / 2.0 - radius);
    let dy = (y - height / 2.0).abs() - (height / 2.0 - radius);
    dx.max(0.0).hypot(dy.max(0.0)) + dx.max(dy).min(0.0) - radius
}

/// The colour at a point in millimetres, bilinear.
fn sample(paper: &Canvas, spot: Spot) -> [f32; 3] {
    let [left, top] = spot.map(|mm| mm * paper.dots_per_mm - 0.5);
    let (right_share, lower_share) = (left - left.floor(), top - top.floor());
    let (width, height) = paper.pixels.dimensions();
    let mut mixed = [0.0; 3];
    for (across, down) in [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)] {
        let share = (1.0 - (across - right_share).abs()) * (1.0 - (down - lower_share).abs());
        let column = ((left.floor() + across).max(0.0) as u32).min(width - 1);
        let row = ((top.floor() + down).max(0.0) as u32).min(height - 1);
        let pixel = paper.pixels.get_pixel(column, row);
        for (total, value) in mixed.iter_mut().zip(pixel.0) {
            *total += share * f32::from(value);
        }
    }
    mixed
}
