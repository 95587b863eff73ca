//! Points of a curve, and sums of their multiples.
//!
//! Projective coordinates (X : Y : Z) with x = X/Z, y = Y/Z; the neutral point is (0 : 1 : 0).
//! One addition law serves every pair of points, doubling and the neutral one included:
//! Renes, Costello, Batina, *Complete addition formulas for prime order elliptic curves* (2016),
//! algorithm 1. A law without exceptions has no exception that an attacker could aim at.

use crypto_bigint::U512;
use crypto_bigint::modular::ConstMontyParams;

use super::curve::{Curve, Field, Scalar};

/// A point of the curve `C`.
#[derive(Debug, Clone, Copy)]
pub struct Point<C: Curve> {
    x: Field<C>,
    y: Field<C>,
    z: Field<C>,
}

impl<C: Curve> Point<C> {
    /// The neutral point.
    pub const NEUTRAL: Self = Self {
        x: Field::<C>::ZERO,
        y: Field::<C>::ONE,
        z: Field::<C>::ZERO,
    };

    /// The generator P.
    pub const fn generator() -> Self {
        Self {
            x: Field::<C>::new(&C::X),
            y: Field::<C>::new(&C::Y),
            z: Field::<C>::ONE,
        }
    }

    /// The point (x, y), if both are below p and it lies on the curve.
    pub fn of(x: &U512, y: &U512) -> Option<Self> {
        let prime = C::Prime::PARAMS.modulus().as_ref();
        if x >= prime || y >= prime {
            return None;
        }
        let (x, y) = (Field::<C>::new(x), Field::<C>::new(y));
        let (a, b) = (Field::<C>::new(&C::A), Field::<C>::new(&C::B));
        let on_curve = y * y == (x * x + a) * x + b;
        on_curve.then_some(Self {
            x,
            y,
            z: Field::<C>::ONE,
        })
    }

    /// x = X/Z, a number below p; none of the neutral point.
    pub fn x(&self) -> Option<U512> {
        let inverse: Option<Field<C>> = self.z.invert_vartime().into();
        inverse.map(|inverse| (self.x * inverse).retrieve())
    }

    /// The sum of two points, whichever they are.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        let (a, b) = (Field::<C>::new(&C::A), Field::<C>::new(&C::B));
        let xx = self.x * other.x;
        let yy = self.y * other.y;
        let zz = self.z * other.z;
        // X₁Y₂ + X₂Y₁ and its like, by one multiplication each.
        let xy = (self.x + self.y) * (other.x + other.y) - xx - yy;
        let xz = (self.x + self.z) * (other.x + other.z) - xx - zz;
        let yz = (self.y + self.z) * (other.y + other.z) - yy - zz;

        let a_zz = a * zz;
        let b3 = b + b + b;
        let left = a * xz + b3 * zz;
        let minus = yy - left;
        let plus = yy + left;
        let slope = xx + xx + xx + a_zz;
        let rest = a * (xx - a_zz) + b3 * xz;
        Self {
            x: xy * minus - yz * rest,
            y: plus * minus + slope * rest,
            z: yz * plus + xy * slope,
        }
    }

    /// `u`·`self` + `v`·`other`, both at once, two bits of each at a time (Shamir's trick).
    #[must_use]
    pub fn combined(&self, u: &Scalar<C>, other: &Self, v: &Scalar<C>) -> Self {
        let (u, v) = (u.retrieve(), v.retrieve());
        let ours = multiples(self);
        let theirs = multiples(other);
        let sums = ours.map(|our| theirs.map(|their| our.plus(&their)));
        let mut sum = Self::NEUTRAL;
        for pair in (0..U512::BITS / 2).rev() {
            sum = sum.plus(&sum);
            sum = sum.plus(&sum);
            let digit = |number: &U512| {
                usize::from(number.bit_vartime(2 * pair + 1)) * 2
                    + usize::from(number.bit_vartime(2 * pair))
            };
            let chosen = sums.get(digit(&u)).and_then(|row| row.get(digit(&v)));
            sum = chosen.map_or(sum, |chosen| sum.plus(chosen));
        }
        sum
    }
}

/// 0, 1, 2 and 3 times the point.
fn multiples<C: Curve>(point: &Point<C>) -> [Point<C>; 4] {
    let twice = point.plus(point);
    [Point::NEUTRAL, *point, twice, twice.plus(point)]
}

/// The same point, in whatever coordinates.
impl<C: Curve> PartialEq for Point<C> {
    fn eq(&self, other: &Self) -> bool {
        self.x * other.z == other.x * self.z && self.y * other.z == other.y * self.z
    }
}

#[cfg(test)]
mod tests {
    use super::super::curve::rfc7091::{Example1, Example2};
    use super::super::curve::{ParamSetA, WORDS};
    use super::*;
    use proptest::prelude::*;

    fn group_laws_hold<C: Curve>() {
        let generator = Point::<C>::generator();
        assert!(
            Point::<C>::of(&C::X, &C::Y).is_some(),
            "P lies on the curve"
        );
        let [neutral, one, two, three] = multiples(&generator);
        assert_eq!(neutral.plus(&neutral), neutral);
        assert_eq!(neutral.plus(&one), one);
        assert_eq!(one.plus(&neutral), one);
        assert_eq!(one.plus(&two), three);
        assert_eq!(two.plus(&one), three);
        let minus_one = Scalar::<C>::ZERO - Scalar::<C>::ONE;
        let zero = Scalar::<C>::ZERO;
        let opposite = generator.combined(&minus_one, &neutral, &zero);
        assert_eq!(opposite.plus(&generator), neutral, "the order of P is q");
        assert_eq!(opposite.x(), generator.x());
        assert_ne!(opposite, generator);
        assert_eq!(neutral.x(), None);
    }

    #[test]
    fn the_group_laws_hold_on_each_curve() {
        group_laws_hold::<ParamSetA>();
        group_laws_hold::<Example1>();
        group_laws_hold::<Example2>();
    }

    #[test]
    fn what_is_not_on_the_curve_is_no_point() {
        let one = U512::ONE;
        let p: U512 = *<ParamSetA as Curve>::Prime::PARAMS.modulus().as_ref();
        for (x, y, expected) in [
            (ParamSetA::X, ParamSetA::Y, true),
            (ParamSetA::X, p.wrapping_sub(&ParamSetA::Y), true),
            (ParamSetA::X, ParamSetA::Y.wrapping_add(&one), false),
            (U512::ZERO, U512::ZERO, false),
            // 3 + p is 3 again, and yet no coordinate.
            (U512::from_u8(3), p.wrapping_add(&ParamSetA::Y), false),
            (p, ParamSetA::Y, false),
            (U512::MAX, U512::MAX, false),
        ] {
            assert_eq!(Point::<ParamSetA>::of(&x, &y).is_some(), expected);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn multiples_add_as_their_numbers_do(
            a in proptest::array::uniform8(any::<u64>()),
            b in proptest::array::uniform8(any::<u64>()),
        ) {
            type S = Scalar<ParamSetA>;
            let number = |words: [u64; WORDS]| S::new(&U512::from_words(words));
            let (a, b) = (number(a), number(b));
            let generator = Point::<ParamSetA>::generator();
            let twice = generator.plus(&generator);
            let sum = a + b + b;
            prop_assert_eq!(
                generator.combined(&a, &twice, &b),
                generator.combined(&sum, &Point::NEUTRAL, &S::ZERO)
            );
        }
    }
}
