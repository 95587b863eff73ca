//! Making an IIN: the check digit as the State counts it, and numbers for invented people.

use jiff::civil::Date;

use crate::chance::Chance;

/// The check digit of the first eleven digits, or `None` for a number that is never issued.
///
/// Σ dᵢ·wᵢ mod 11 with w = 1..11; on 10 again with w = 3..11, 1, 2.
pub fn check_digit(first_eleven: &[u32; 11]) -> Option<u32> {
    let pass = |start: u32| -> u32 {
        let weights = (0..11).map(|i| (start + i) % 11 + 1);
        first_eleven
            .iter()
            .zip(weights)
            .map(|(d, w)| d * w)
            .sum::<u32>()
            % 11
    };
    [pass(0), pass(2)].into_iter().find(|digit| *digit < 10)
}

/// A number for an invented person of that birth date and sex.
pub fn invent(chance: &mut Chance, birth: Date, female: bool) -> String {
    let century = match (birth.year() < 2000, female) {
        (true, false) => 3,
        (true, true) => 4,
        (false, false) => 5,
        (false, true) => 6,
    };
    loop {
        let stem = format!(
            "{}{century}{:04}",
            birth.strftime("%y%m%d"),
            chance.below(10_000)
        );
        let mut digits = [0; 11];
        for (digit, letter) in digits.iter_mut().zip(stem.chars()) {
            *digit = letter.to_digit(10).unwrap_or(0);
        }
        if let Some(check) = check_digit(&digits) {
            return format!("{stem}{check}");
        }
    }
}

/// Whether the twelfth digit is the check digit of the others.
pub fn is_consistent(iin: &str) -> bool {
    let digits: Vec<u32> = iin.chars().filter_map(|c| c.to_digit(10)).collect();
    match digits.split_last() {
        Some((last, head)) => <&[u32; 11]>::try_from(head)
            .ok()
            .and_then(check_digit)
            .is_some_and(|check| check == *last),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_follow_both_passes() {
        for (iin, consistent) in [
            ("900101300017", true),
            ("900101300811", true), // second pass
            ("851231400120", true),
            ("040229600217", true), // second pass
            ("900101300018", false),
            ("900101300800", false), // never issued
            ("90010130001", false),
        ] {
            assert_eq!(is_consistent(iin), consistent, "{iin}");
        }
    }

    #[test]
    fn invented_numbers_carry_birth_date_and_sex() {
        let mut chance = Chance::new(3, "iin");
        for _ in 0..50 {
            let iin = invent(&mut chance, jiff::civil::date(2004, 2, 29), true);
            assert!(iin.starts_with("0402296"), "{iin}");
            assert!(is_consistent(&iin), "{iin}");
        }
    }
}
