//! Setting a machine readable zone (ICAO Doc 9303-5 for TD1, 9303-4 for TD3).

use jiff::civil::Date;

/// What a zone says, in its own alphabet.
#[derive(Debug, Clone)]
pub struct Zone<'a> {
    /// Surname in Latin letters.
    pub surname: &'a str,
    /// Given names in Latin letters.
    pub given_names: &'a str,
    /// Document number.
    pub number: &'a str,
    /// Birth date.
    pub birth: Date,
    /// Expiry date.
    pub expiry: Date,
    /// `M` or `F`.
    pub sex: char,
    /// Individual identification number, set in the optional data.
    pub iin: &'a str,
}

impl Zone<'_> {
    /// The three lines of an identity card.
    pub fn td1(&self) -> Vec<String> {
        let number = checked(&padded(self.number, 9));
        let optional = padded(self.iin, 15);
        let birth = checked(&short(self.birth));
        let expiry = checked(&short(self.expiry));
        let rest = padded("", 11);
        let composite = check_digit(&format!("{number}{optional}{birth}{expiry}{rest}"));
        vec![
            format!("IDKAZ{number}{optional}"),
            format!("{birth}{}{expiry}KAZ{rest}{composite}", self.sex),
            padded(&self.names(), 30),
        ]
    }

    /// The two lines of a passport.
    pub fn td3(&self) -> Vec<String> {
        let number = checked(&padded(self.number, 9));
        let birth = checked(&short(self.birth));
        let expiry = checked(&short(self.expiry));
        let optional = checked(&padded(self.iin, 14));
        let composite = check_digit(&format!("{number}{birth}{expiry}{optional}"));
        vec![
            padded(&format!("P<KAZ{}", self.names()), 44),
            format!(
                "{number}KAZ{birth}{}{expiry}{optional}{composite}",
                self.sex
            ),
        ]
    }

    fn names(&self) -> String {
        let filler = |name: &str| name.replace([' ', '-'], "<");
        format!("{}<<{}", filler(self.surname), filler(self.given_names))
    }
}

/// The check digit of ICAO 9303-3 §4.9: weights 7, 3, 1; `<` counts 0, `A` counts 10.
pub fn check_digit(text: &str) -> char {
    let value = |c: char| c.to_digit(36).unwrap_or(0);
    let sum: u32 = text
        .chars()
        .zip([7, 3, 1].into_iter().cycle())
        .map(|(c, w)| value(c) * w)
        .sum();
    char::from_digit(sum % 10, 10).unwrap_or('<')
}

fn checked(text: &str) -> String {
    format!("{text}{}", check_digit(text))
}

fn padded(text: &str, width: usize) -> String {
    let mut padded: String = text.chars().take(width).collect();
    padded.extend(std::iter::repeat_n('<', width - padded.len()));
    padded
}

fn short(date: Date) -> String {
    date.strftime("%y%m%d").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn zone(number: &str) -> Zone<'_> {
        Zone {
            surname: "SPECIMEN",
            given_names: "AIDAR",
            number,
            birth: date(1990, 1, 1),
            expiry: date(2033, 6, 14),
            sex: 'M',
            iin: "900101300057",
        }
    }

    #[test]
    fn zones_equal_the_ones_that_pass_the_checkers() {
        assert_eq!(
            zone("012345678").td1(),
            [
                "IDKAZ0123456784900101300057<<<",
                "9001011M3306149KAZ<<<<<<<<<<<0",
                "SPECIMEN<<AIDAR<<<<<<<<<<<<<<<",
            ]
        );
        assert_eq!(
            zone("N12345678").td3(),
            [
                "P<KAZSPECIMEN<<AIDAR<<<<<<<<<<<<<<<<<<<<<<<<",
                "N123456785KAZ9001011M3306149900101300057<<46",
            ]
        );
    }

    #[test]
    fn long_names_are_cut_at_the_end_of_the_line() {
        let long = Zone {
            surname: "ABDIRAKHMANOVA-SULEIMENOVA",
            given_names: "BAUYRZHANKUL",
            ..zone("012345678")
        };
        assert_eq!(long.td1()[2], "ABDIRAKHMANOVA<SULEIMENOVA<<BA");
    }
}
