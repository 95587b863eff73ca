//! The curve that the national authority's keys stand on, and what any curve here must say of itself.

use crypto_bigint::U512;
use crypto_bigint::modular::{ConstMontyForm, ConstMontyParams};

/// 64-bit words of a number: 512 bits.
pub const WORDS: usize = 8;

/// A number modulo the curve's prime.
pub type Field<C> = ConstMontyForm<<C as Curve>::Prime, WORDS>;

/// A number modulo the order of the curve's group.
pub type Scalar<C> = ConstMontyForm<<C as Curve>::Order, WORDS>;

/// A curve y² = x³ + ax + b over a prime field, whose points are a group of prime order.
///
/// The prime order is what makes the addition law of [`super::point`] complete and every point
/// of the curve but the neutral one a generator, so that no subgroup need be checked.
pub trait Curve: Copy + std::fmt::Debug {
    /// p, the field's prime.
    type Prime: ConstMontyParams<WORDS>;
    /// q, the group's prime order.
    type Order: ConstMontyParams<WORDS>;
    /// The coefficient a.
    const A: U512;
    /// The coefficient b.
    const B: U512;
    /// x of the generator P.
    const X: U512;
    /// y of the generator P.
    const Y: U512;
}

/// `id-tc26-gost-3410-12-512-paramSetA` (RFC 7836 §A.2.1), OID 1.2.643.7.1.2.1.2.1;
/// the national authority names the same curve 1.2.398.3.10.1.1.2.2.1.
#[derive(Debug, Clone, Copy)]
pub struct ParamSetA;

mod param_set_a {
    use crypto_bigint::{U512, const_monty_params};

    const_monty_params!(
        Prime,
        U512,
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff\
         fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffdc7"
    );
    const_monty_params!(
        Order,
        U512,
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff\
         27e69532f48d89116ff22b8d4e0560609b4b38abfad2b85dcacdb1411f10b275"
    );
}

impl Curve for ParamSetA {
    type Prime = param_set_a::Prime;
    type Order = param_set_a::Order;
    const A: U512 = U512::from_be_hex(
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff\
         fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffdc4",
    );
    const B: U512 = U512::from_be_hex(
        "e8c2505dedfc86ddc1bd0b2b6667f1da34b82574761cb0e879bd081cfd0b6265\
         ee3cb090f30d27614cb4574010da90dd862ef9d4ebee4761503190785a71c760",
    );
    const X: U512 = U512::from_u8(3);
    const Y: U512 = U512::from_be_hex(
        "7503cfe87a836ae3a61b8816e25450e6ce5e1c93acf1abc1778064fdcbefa921\
         df1626be4fd036e93d75e6a50e3a41e98028fe5fc235f5b889a589cb5215f2a4",
    );
}

#[cfg(test)]
pub(crate) mod rfc7091 {
    //! The two example curves of RFC 7091 §7.

    use super::{Curve, U512};
    use crypto_bigint::const_monty_params;

    const_monty_params!(
        Prime1,
        U512,
        "0000000000000000000000000000000000000000000000000000000000000000\
         8000000000000000000000000000000000000000000000000000000000000431"
    );
    const_monty_params!(
        Order1,
        U512,
        "0000000000000000000000000000000000000000000000000000000000000000\
         8000000000000000000000000000000150fe8a1892976154c59cfc193accf5b3"
    );

    /// §7.1: 256 bits.
    #[derive(Debug, Clone, Copy)]
    pub(crate) struct Example1;

    impl Curve for Example1 {
        type Prime = Prime1;
        type Order = Order1;
        const A: U512 = U512::from_u8(7);
        const B: U512 = U512::from_be_hex(
            "0000000000000000000000000000000000000000000000000000000000000000\
             5fbff498aa938ce739b8e022fbafef40563f6e6a3472fc2a514c0ce9dae23b7e",
        );
        const X: U512 = U512::from_u8(2);
        const Y: U512 = U512::from_be_hex(
            "0000000000000000000000000000000000000000000000000000000000000000\
             08e2a8a0e65147d4bd6316030e16d19c85c97f0a9ca267122b96abbcea7e8fc8",
        );
    }

    const_monty_params!(
        Prime2,
        U512,
        "4531acd1fe0023c7550d267b6b2fee80922b14b2ffb90f04d4eb7c09b5d2d15d\
         f1d852741af4704a0458047e80e4546d35b8336fac224dd81664bbf528be6373"
    );
    const_monty_params!(
        Order2,
        U512,
        "4531acd1fe0023c7550d267b6b2fee80922b14b2ffb90f04d4eb7c09b5d2d15d\
         a82f2d7ecb1dbac719905c5eecc423f1d86e25edbe23c595d644aaf187e6e6df"
    );

    /// §7.2: 512 bits.
    #[derive(Debug, Clone, Copy)]
    pub(crate) struct Example2;

    impl Curve for Example2 {
        type Prime = Prime2;
        type Order = Order2;
        const A: U512 = U512::from_u8(7);
        const B: U512 = U512::from_be_hex(
            "1cff0806a31116da29d8cfa54e57eb748bc5f377e49400fdd788b649eca1ac43\
             61834013b2ad7322480a89ca58e0cf74bc9e540c2add6897fad0a3084f302adc",
        );
        const X: U512 = U512::from_be_hex(
            "24d19cc64572ee30f396bf6ebbfd7a6c5213b3b3d7057cc825f91093a68cd762\
             fd60611262cd838dc6b60aa7eee804e28bc849977fac33b4b530f1b120248a9a",
        );
        const Y: U512 = U512::from_be_hex(
            "2bb312a43bd2ce6e0d020613c857acddcfbf061e91e5f2c3f32447c259f39b2c\
             83ab156d77f1496bf7eb3351e1ee4e43dc1a18b91b24640b6dbb92cb1add371e",
        );
    }
}
