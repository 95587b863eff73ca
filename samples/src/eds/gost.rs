//! Keys and signatures of ST RK GOST R 34.10-2015, 512 bits, as the national authority encodes them.
//!
//! Counted by the textbook, in Jacobian coordinates with a case for each exception (RFC 7091 §5 and §6.1):
//! another way than that of the crate that verifies.

use num_bigint::BigUint;
use streebog::{Digest, Streebog512};

/// tc26-gost-3410-12-512-paramSetA (RFC 7836 §A.2.1).
struct Curve {
    p: BigUint,
    a: BigUint,
    q: BigUint,
    generator: Point,
}

/// X, Y and Z with x = X/Z², y = Y/Z³; none for the neutral point.
type Point = Option<[BigUint; 3]>;

fn number(hex: &str) -> BigUint {
    BigUint::parse_bytes(hex.as_bytes(), 16).unwrap_or_default()
}

fn curve() -> Curve {
    let ones = "f".repeat(64);
    let p = number(&format!("{ones}{}fdc7", "f".repeat(60)));
    let y = "7503cfe87a836ae3a61b8816e25450e6ce5e1c93acf1abc1778064fdcbefa921\
             df1626be4fd036e93d75e6a50e3a41e98028fe5fc235f5b889a589cb5215f2a4";
    let q = "27e69532f48d89116ff22b8d4e0560609b4b38abfad2b85dcacdb1411f10b275";
    Curve {
        a: &p - 3u8,
        p,
        q: number(&format!("{ones}{q}")),
        generator: Some([3u8.into(), number(y), 1u8.into()]),
    }
}

impl Curve {
    fn minus(&self, a: &BigUint, b: &BigUint) -> BigUint {
        (a + &self.p - b) % &self.p
    }

    fn product(&self, factors: &[&BigUint]) -> BigUint {
        let one = BigUint::from(1u8);
        factors
            .iter()
            .fold(one, |product, factor| product * *factor % &self.p)
    }

    fn twice(&self, point: &Point) -> Point {
        let [x, y, z] = point.as_ref()?;
        let yy = self.product(&[y, y]);
        let between = self.product(&[x, &yy]) * 4u8 % &self.p;
        let slope = (x * x * 3u8 + self.product(&[&self.a, z, z, z, z])) % &self.p;
        let square = self.product(&[&slope, &slope]);
        let x3 = self.minus(&self.minus(&square, &between), &between);
        let rest = self.product(&[&yy, &yy]) * 8u8 % &self.p;
        let turned = self.product(&[&slope, &self.minus(&between, &x3)]);
        Some([
            x3,
            self.minus(&turned, &rest),
            self.product(&[y, z]) * 2u8 % &self.p,
        ])
    }

    fn plus(&self, left: &Point, right: &Point) -> Point {
        let (Some([x1, y1, z1]), Some([x2, y2, z2])) = (left, right) else {
            return left.clone().or_else(|| right.clone());
        };
        let (u1, u2) = (self.product(&[x1, z2, z2]), self.product(&[x2, z1, z1]));
        let (s1, s2) = (
            self.product(&[y1, z2, z2, z2]),
            self.product(&[y2, z1, z1, z1]),
        );
        let (h, r) = (self.minus(&u2, &u1), self.minus(&s2, &s1));
        if h == BigUint::ZERO {
            return if r == BigUint::ZERO {
                self.twice(left)
            } else {
                None
            };
        }
        let hhh = self.product(&[&h, &h, &h]);
        let v = self.product(&[&u1, &h, &h]);
        let rr = self.product(&[&r, &r]);
        let x3 = self.minus(&self.minus(&self.minus(&rr, &hhh), &v), &v);
        let turned = self.product(&[&r, &self.minus(&v, &x3)]);
        let y3 = self.minus(&turned, &self.product(&[&s1, &hhh]));
        Some([x3, y3, self.product(&[&h, z1, z2])])
    }

    fn times(&self, times: &BigUint, point: &Point) -> Point {
        let mut sum = None;
        for bit in (0..times.bits()).rev() {
            sum = self.twice(&sum);
            if times.bit(bit) {
                sum = self.plus(&sum, point);
            }
        }
        sum
    }

    /// x and y of `times` the generator.
    fn multiple(&self, times: &BigUint) -> (BigUint, BigUint) {
        let Some([x, y, z]) = self.times(times, &self.generator) else {
            return (BigUint::ZERO, BigUint::ZERO);
        };
        let inverse = z.modinv(&self.p).unwrap_or_default();
        let square = self.product(&[&inverse, &inverse]);
        (
            self.product(&[&x, &square]),
            self.product(&[&y, &square, &inverse]),
        )
    }
}

/// A private key of nobody.
#[derive(Clone)]
pub struct Key {
    d: BigUint,
    public: Vec<u8>,
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(GOST)")
    }
}

impl Key {
    /// The key that 64 bytes of chance make.
    pub fn of(chance: &[u8; 64]) -> Self {
        let curve = curve();
        let d = BigUint::from_bytes_le(chance) % (&curve.q - 1u8) + 1u8;
        let (x, y) = curve.multiple(&d);
        let public = two_numbers(&x, &y);
        Self { d, public }
    }

    /// x‖y, each little-endian.
    pub fn public(&self) -> &[u8] {
        &self.public
    }

    /// r‖s, each little-endian (RFC 7091 §6.1, but for the order of bytes).
    pub fn sign(&self, message: &[u8]) -> Vec<u8> {
        let curve = curve();
        let digest = Streebog512::digest(message);
        let mut e = BigUint::from_bytes_le(&digest) % &curve.q;
        if e == BigUint::ZERO {
            e = 1u8.into();
        }
        // The same key and message give the same signature; each message its own k.
        let secret = Streebog512::new_with_prefix(self.d.to_bytes_le()).chain_update(digest);
        let k = BigUint::from_bytes_le(&secret.finalize()) % (&curve.q - 1u8) + 1u8;
        let r = curve.multiple(&k).0 % &curve.q;
        let s = (&r * &self.d + k * e) % &curve.q;
        two_numbers(&r, &s)
    }
}

fn two_numbers(first: &BigUint, second: &BigUint) -> Vec<u8> {
    let of_64 = |number: &BigUint| {
        let mut bytes = number.to_bytes_le();
        bytes.resize(64, 0);
        bytes
    };
    [of_64(first), of_64(second)].concat()
}
