//! GOST signatures made by an independent implementation, and by the test authority's own arithmetic.

use proptest::prelude::*;
use samples::eds::gost::Key;
use signature::gost::encoding::PublicKey;

/// Made by `gost_vectors/make.py`.
const VECTORS: &str = include_str!("gost_vectors/vectors.txt");

fn bytes(hex: &str) -> Vec<u8> {
    let digits = hex.trim_matches('-').as_bytes().chunks(2);
    digits
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}

#[test]
fn another_implementations_signatures_verify_and_its_wrong_ones_do_not() {
    let mut counted = [0, 0];
    for line in VECTORS.lines().filter(|line| !line.starts_with('#')) {
        let [message, key, signature, expected] = line.split(' ').collect::<Vec<_>>()[..] else {
            panic!("four columns: {line}");
        };
        let key = PublicKey::of(&bytes(key)).expect("its keys are on the curve");
        let expected = expected == "valid";
        assert_eq!(
            key.verifies(&bytes(message), &bytes(signature)),
            expected,
            "{line}"
        );
        counted[usize::from(expected)] += 1;
    }
    assert_eq!(counted, [30, 30]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn what_the_test_authority_signs_verifies_and_nothing_beside_it(
        (low, high) in any::<([u8; 32], [u8; 32])>(),
        message in proptest::collection::vec(any::<u8>(), 0..200),
        (at, bit) in (0..128_usize, 0..8_u32),
    ) {
        let chance: [u8; 64] = [low, high].concat().try_into().unwrap();
        let key = Key::of(&chance);
        let public = PublicKey::of(key.public()).expect("its keys are on the curve");
        let mut signature = key.sign(&message);
        prop_assert!(public.verifies(&message, &signature));
        let longer = [&message[..], &[0]].concat();
        prop_assert!(!public.verifies(&longer, &signature));
        signature[at] ^= 1 << bit;
        prop_assert!(!public.verifies(&message, &signature));
        let mut off_curve = key.public().to_vec();
        off_curve[at] ^= 1 << bit;
        prop_assert_eq!(PublicKey::of(&off_curve), None);
    }
}
