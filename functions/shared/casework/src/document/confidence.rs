//! How sure a value is, as a number: it ranks, it proves nothing.
//!
//! All constants are first guesses, to be fitted on measured errors (issue 3 onwards); the
//! functions are monotone in every argument, which is all the rest of the code relies on.

/// What is granted to a reader that gives no margins, as a share of its own confidence. To be fitted.
const WITHOUT_MARGINS: f32 = 0.95;
/// Doubt at a margin of nothing, and how fast it falls with the smallest margin (per nat). To be fitted.
const DOUBT_AT_ZERO: f32 = 0.5;
const DOUBT_FALLS_PER_NAT: f32 = 0.8;
/// What is left of the doubt when a second reader of the same print agrees: it makes the same mistakes. To be fitted.
const SAME_PRINT: f32 = 0.5;
/// What is left of it when another source agrees. To be fitted.
const OTHER_SOURCE: f32 = 0.1;
/// What is left of it when the IIN's birth date or sex agrees. To be fitted.
const IIN_AGREES: f32 = 0.4;
/// No more than this without a proof, no less than that with one.
const CEILING_UNPROVEN: f32 = 0.989;
const FLOOR_PROVEN: f32 = 0.99;
/// What a value keeps of its confidence when readings contradict it. To be fitted.
const CONTRADICTED: f32 = 0.5;
/// Below this a value is to be looked at. To be fitted.
pub(super) const DOUBTFUL_BELOW: f32 = 0.6;

/// One reading's, from its smallest margin in nats; a margin that is missing counts as none.
pub(super) fn of_margin(margin: Option<f32>) -> f32 {
    1.0 - DOUBT_AT_ZERO * (-DOUBT_FALLS_PER_NAT * margin.unwrap_or(0.0).max(0.0)).exp()
}

/// One reading's, from margins where it has them.
pub(super) fn of_reading(margin: Option<f32>, own: f32) -> f32 {
    margin.map_or(own.clamp(0.0, 1.0) * WITHOUT_MARGINS, |m| {
        of_margin(Some(m))
    })
}

/// What speaks for and against a value.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Agreement {
    /// The best reading's own confidence.
    pub best: f32,
    /// Further readers of the same print.
    pub same_print: usize,
    /// Further sources: MRZ, codes, print, another document.
    pub other_sources: usize,
    /// Whether the IIN names the same day or sex.
    pub iin_agrees: bool,
    /// Whether it is proven.
    pub proven: bool,
    /// Whether readings contradict it.
    pub contradicted: bool,
}

impl Agreement {
    /// The value's confidence, 0 to 1.
    pub fn confidence(self) -> f32 {
        let times = |share: f32, count: usize| share.powi(i32::try_from(count).unwrap_or(i32::MAX));
        let iin = if self.iin_agrees { IIN_AGREES } else { 1.0 };
        let doubt = (1.0 - self.best)
            * times(SAME_PRINT, self.same_print)
            * times(OTHER_SOURCE, self.other_sources)
            * iin;
        if self.contradicted {
            return (1.0 - doubt) * CONTRADICTED;
        }
        if self.proven {
            return (1.0 - doubt * OTHER_SOURCE).max(FLOOR_PROVEN);
        }
        (1.0 - doubt).min(CEILING_UNPROVEN)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn confidence_rises_with_margin_and_agreement_and_falls_with_contradiction() {
        let base = Agreement {
            best: of_margin(Some(1.0)),
            ..Agreement::default()
        };
        let rising = [
            Agreement {
                contradicted: true,
                ..base
            },
            Agreement {
                best: of_margin(Some(0.5)),
                ..base
            },
            base,
            Agreement {
                iin_agrees: true,
                ..base
            },
            Agreement {
                other_sources: 1,
                ..base
            },
            Agreement {
                proven: true,
                ..base
            },
        ];
        for pair in rising.windows(2) {
            assert!(pair[0].confidence() < pair[1].confidence(), "{pair:?}");
        }
        assert!(of_margin(None) < DOUBTFUL_BELOW && of_margin(Some(2.0)) > 0.85);
    }
}
