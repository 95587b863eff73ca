//! The verification procedure of RFC 7091 §6.2, over numbers: byte orders are [`super::encoding`]'s.

use crypto_bigint::U512;
use crypto_bigint::modular::ConstMontyParams;

use super::curve::{Curve, Scalar};
use super::point::Point;

/// A signature's two numbers, as they came: they may be anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signature {
    /// r.
    pub r: U512,
    /// s.
    pub s: U512,
}

/// Whether `signature` of the hash α (`hash`, as a number) was made with the key whose public point is `key`.
///
/// The steps are numbered as in RFC 7091 §6.2.
pub fn verify<C: Curve>(key: &Point<C>, hash: &U512, signature: &Signature) -> bool {
    // 1. Both numbers lie between 0 and q.
    let order = C::Order::PARAMS.modulus().as_ref();
    let in_range = |number: &U512| *number != U512::ZERO && number < order;
    if !in_range(&signature.r) || !in_range(&signature.s) {
        return false;
    }
    // 2 and 3. e = α mod q, or 1.
    let mut e = Scalar::<C>::new(hash);
    if e == Scalar::<C>::ZERO {
        e = Scalar::<C>::ONE;
    }
    // 4. v = 1/e.
    let Some(v) = Option::<Scalar<C>>::from(e.invert_vartime()) else {
        return false;
    };
    // 5. z₁ = sv, z₂ = −rv.
    let z1 = Scalar::<C>::new(&signature.s) * v;
    let z2 = -(Scalar::<C>::new(&signature.r) * v);
    // 6. C = z₁P + z₂Q, R = x of C mod q.
    let Some(x) = Point::generator().combined(&z1, key, &z2).x() else {
        return false;
    };
    // 7. R = r.
    Scalar::<C>::new(&x).retrieve() == signature.r
}

#[cfg(test)]
mod tests {
    use super::super::curve::rfc7091::{Example1, Example2};
    use super::*;

    struct Example {
        key: (U512, U512),
        hash: U512,
        signature: Signature,
    }

    /// What becomes of the example when its hash, r and s are replaced.
    fn changed<C: Curve>(example: &Example) -> Vec<(&'static str, U512, U512, U512)> {
        let Example {
            hash, signature, ..
        } = *example;
        let Signature { r, s } = signature;
        let q: U512 = *C::Order::PARAMS.modulus().as_ref();
        let (zero, all_ones) = (U512::ZERO, U512::MAX);
        let next = |number: U512| number.wrapping_add(&U512::ONE);
        vec![
            ("hash + 1", next(hash), r, s),
            ("hash 0", zero, r, s),
            ("swapped", hash, s, r),
            ("r + 1", hash, next(r), s),
            ("s + 1", hash, r, next(s)),
            ("−s", hash, r, q.wrapping_sub(&s)),
            ("r 0", hash, zero, s),
            ("s 0", hash, r, zero),
            ("both 0", hash, zero, zero),
            ("r = q", hash, q, s),
            ("s = q", hash, r, q),
            ("all ones", hash, all_ones, all_ones),
        ]
    }

    fn accepts_only_itself<C: Curve>(example: &Example) {
        let key = Point::<C>::of(&example.key.0, &example.key.1).expect("the key is on the curve");
        let Example {
            hash, signature, ..
        } = example;
        assert!(verify(&key, hash, signature), "as printed");
        assert!(
            !verify(&Point::<C>::generator(), hash, signature),
            "other key"
        );
        for (name, hash, r, s) in changed::<C>(example) {
            assert!(!verify(&key, &hash, &Signature { r, s }), "{name}");
        }
    }

    /// RFC 7091 §7.1.
    #[test]
    fn the_256_bit_example_verifies() {
        let number = |hex: &str| U512::from_be_hex(&format!("{hex:0>128}"));
        accepts_only_itself::<Example1>(&Example {
            key: (
                number("7f2b49e270db6d90d8595bec458b50c58585ba1d4e9b788f6689dbd8e56fd80b"),
                number("26f1b489d6701dd185c8413a977b3cbbaf64d1c593d26627dffb101a87ff77da"),
            ),
            hash: number("2dfbc1b372d89a1188c09c52e0eec61fce52032ab1022e8e67ece6672b043ee5"),
            signature: Signature {
                r: number("41aa28d2f1ab148280cd9ed56feda41974053554a42767b83ad043fd39dc0493"),
                s: number("1456c64ba4642a1653c235a98a60249bcd6d3f746b631df928014f6c5bf9c40"),
            },
        });
    }

    /// RFC 7091 §7.2.
    #[test]
    fn the_512_bit_example_verifies() {
        let number = U512::from_be_hex;
        accepts_only_itself::<Example2>(&Example {
            key: (
                number(
                    "115dc5bc96760c7b48598d8ab9e740d4c4a85a65be33c1815b5c320c854621dd\
                     5a515856d13314af69bc5b924c8b4ddff75c45415c1d9dd9dd33612cd530efe1",
                ),
                number(
                    "37c7c90cd40b0f5621dc3ac1b751cfa0e2634fa0503b3d52639f5d7fb72afd61\
                     ea199441d943ffe7f0c70a2759a3cdb84c114e1f9339fdf27f35eca93677beec",
                ),
            ),
            hash: number(
                "3754f3cfacc9e0615c4f4a7c4d8dab531b09b6f9c170c533a71d147035b0c591\
                 7184ee536593f4414339976c647c5d5a407adedb1d560c4fc6777d2972075b8c",
            ),
            signature: Signature {
                r: number(
                    "2f86fa60a081091a23dd795e1e3c689ee512a3c82ee0dcc2643c78eea8fcacd3\
                     5492558486b20f1c9ec197c90699850260c93bcbcd9c5c3317e19344e173ae36",
                ),
                s: number(
                    "1081b394696ffe8e6585e7a9362d26b6325f56778aadbc081c0bfbe933d52ff5\
                     823ce288e8c4f362526080df7f70ce406a6eeb1f56919cb92a9853bde73e5b4a",
                ),
            },
        });
    }
}
