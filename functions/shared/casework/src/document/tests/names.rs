//! When a Cyrillic name is proven.

use super::*;

#[test]
fn a_cyrillic_name_needs_its_ambiguous_letters_seen_by_two() {
    let table: [(&[Row], Certainty); 5] = [
        (&[row("surname", "ПЕТРОВ", NET, 9.0)], Read),
        (
            &[
                row("surname", "ПЕТРОВ", NET, 9.0),
                row("surname", "ПЕТРОВ", TESSERACT, 9.0),
            ],
            Verified,
        ),
        (
            &[
                row("surname", "ПЕТРОВ", NET, 9.0),
                row("surname", "ПЕТРОВ", TESSERACT, 0.5),
            ],
            Read,
        ),
        (
            &[
                row("surname", "ПЕТРОВ", NET, 9.0),
                row("surname", "ПЕТРОВ", TESSERACT, -1.0),
            ],
            Read,
        ),
        (
            &[
                row("surname", "ПЕТРӨВА", NET, 9.0),
                row("surname", "ПЕТРӨВА", TESSERACT, 9.0),
            ],
            Read,
        ),
    ];
    for (rows, certainty) in table {
        let documents = weigh(
            vec![reading(
                DocumentKind::Passport,
                Some(mrz(&PASSPORT, 9.0)),
                rows,
            )],
            TODAY,
        );
        assert_eq!(stands(&documents[0], "surname").unwrap().1, certainty);
    }
}

#[test]
fn a_zone_that_one_reader_of_the_printed_latin_seconds_bears_witness_whatever_another_made_of_it() {
    let table: [(&[Row], Certainty); 4] = [
        (&[], Verified),
        (
            &[
                row("surname_latin", "PETROV", NET, 9.0),
                row("surname_latin", "PEROV", TESSERACT, 3.0),
            ],
            Verified,
        ),
        (&[row("surname_latin", "PEROV", TESSERACT, 3.0)], Read),
        (
            &[
                row("surname_latin", "PEROV", NET, 9.0),
                row("surname_latin", "PEROV", TESSERACT, 3.0),
            ],
            Read,
        ),
    ];
    for (latin, certainty) in table {
        let cyrillic = [
            row("surname", "ПЕТРОВ", NET, 9.0),
            row("surname", "ПЕТРОВ", TESSERACT, 9.0),
        ];
        let rows = [&cyrillic, latin].concat();
        let zone = Some(mrz(&PASSPORT, 9.0));
        let documents = weigh(vec![reading(DocumentKind::Passport, zone, &rows)], TODAY);
        assert_eq!(
            stands(&documents[0], "surname").unwrap().1,
            certainty,
            "{latin:?}"
        );
    }
}

#[test]
fn a_latin_line_that_was_taken_for_the_cyrillic_one_proves_nothing() {
    let zone = ["P<KAZKIM<<ANNA<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<", PASSPORT[1]];
    let latin = row("surname_latin", "KIM", NET, 9.0);
    let table: [(&str, &[Row], Certainty); 4] = [
        ("КІМ", &[], Doubtful),
        // Both lines were read, each where it stands.
        ("КІМ", std::slice::from_ref(&latin), Verified),
        ("КИМ", &[], Verified),
        ("КИМ", std::slice::from_ref(&latin), Verified),
    ];
    for (read, latin, certainty) in table {
        let cyrillic = [NET, TESSERACT].map(|reader| row("surname", read, reader, 9.0));
        let rows = [&cyrillic, latin].concat();
        let page = || reading(DocumentKind::Passport, Some(mrz(&zone, 9.0)), &rows);
        // Another paper's zone that spells it so heals nothing.
        let both = [row("surname_latin", "KIM", NET, 9.0)];
        let other = || reading(DocumentKind::Passport, Some(mrz(&zone, 9.0)), &both);
        for papers in [vec![page()], vec![page(), other()]] {
            let documents = weigh(papers, TODAY);
            let (value, found, _) = stands(&documents[0], "surname").unwrap();
            assert_eq!((value, found), (read, certainty), "{latin:?}");
        }
    }
}

/// What becomes of a surname that the net and tesseract read so; each letter of both with this margin.
fn surname(zone: [&str; 2], net: &str, tesseract: &str, margin: f32) -> (String, Certainty) {
    let rows = [
        row("surname", net, NET, margin),
        row("surname", tesseract, TESSERACT, margin),
    ];
    let reading = reading(DocumentKind::Passport, Some(mrz(&zone, 9.0)), &rows);
    let documents = weigh(vec![reading], TODAY);
    let (value, certainty, _) = stands(&documents[0], "surname").unwrap();
    (value.to_owned(), certainty)
}

#[test]
fn of_two_readings_the_one_that_the_zone_spells_is_right() {
    for (net, tesseract, expected) in [
        ("ПЕТРОВ", "ПЕТРОВ", ("ПЕТРОВ", Verified)),
        // The zone's V leaves no Б; all else was seen by two.
        ("ПЕТРОВ", "ПЕТРОБ", ("ПЕТРОВ", Verified)),
        ("ПЕТРОБ", "ПЕТРОВ", ("ПЕТРОВ", Verified)),
        // A letter that is missing or too many: nothing lies upon anything, and one reader is left.
        ("ПЕТРОВ", "ПЕТРВ", ("ПЕТРОВ", Read)),
        // Letters that the zone cannot tell apart: the net saw them clearly.
        ("ПЕТРОВ", "ПЕТРӨВ", ("ПЕТРОВ", Doubtful)),
        ("ПЕТРОВ", "ПЕТРӨБ", ("ПЕТРОВ", Read)),
        // Nobody reads what the zone spells.
        ("ПЕТРОБ", "ПЕТРОК", ("ПЕТРОБ", Doubtful)),
    ] {
        let stands = surname(PASSPORT, net, tesseract, 9.0);
        assert_eq!((stands.0.as_str(), stands.1), expected, "{net} {tesseract}");
    }
}

#[test]
fn a_sign_that_one_reader_saw_stays_open_for_the_zone_tells_nothing_of_it() {
    let zone = ["P<KAZKOBEL<<IGOR<<<<<<<<<<<<<<<<<<<<<<<<<<<<", PASSPORT[1]];
    for (net, tesseract, certainty) in [
        ("КОБЕЛЬ", "КОБЕЛЬ", Verified),
        ("КОБЕЛ", "КОБЕЛЬ", Doubtful),
        ("КОБЕЛ", "КОБЕРЬ", Read),
    ] {
        assert_eq!(
            surname(zone, net, tesseract, 9.0).1,
            certainty,
            "{tesseract}"
        );
    }
}

#[test]
fn a_print_that_no_spelling_reconciles_with_the_zone_is_doubtful() {
    let cut = ["P<KAZPETR<<IGOR<<<<<<<<<<<<<<<<<<<<<<<<<<<<<", PASSPORT[1]];
    for (zone, printed, certainty) in [
        (PASSPORT, "ПЕТРОВ", Read),
        // A Kazakh spelling of it, of which the zone says nothing.
        (PASSPORT, "ПЕТРӨВ", Read),
        (PASSPORT, "ПЕТРОК", Doubtful),
        (PASSPORT, "СЕРІКОВ", Doubtful),
        // The zone has cut the name short: what it has agrees.
        (cut, "ПЕТРОВ", Read),
    ] {
        let rows = [row("surname", printed, NET, 9.0)];
        let reading = reading(DocumentKind::Passport, Some(mrz(&zone, 9.0)), &rows);
        let documents = weigh(vec![reading], TODAY);
        assert_eq!(
            stands(&documents[0], "surname").unwrap().1,
            certainty,
            "{printed}"
        );
    }
}

#[test]
fn what_one_zone_contradicts_is_doubtful_whichever_zone_comes_first() {
    let passport = |surname: &str| {
        let names = format!("{:<<44}", format!("P<KAZ{surname}<<IGOR"));
        let zone = mrz(&[&names, PASSPORT[1]], 9.0);
        reading(DocumentKind::Passport, Some(zone), &[])
    };
    let printed = || {
        let iin = row("iin", IIN, NET, 9.0);
        let rows = [iin, row("surname", "ПЕТРОВ", NET, 9.0)];
        reading(DocumentKind::IdCardFront, None, &rows)
    };
    for zones in [["PETROV", "SERIKOV"], ["SERIKOV", "PETROV"]] {
        let [one, two] = zones.map(passport);
        let documents = weigh(vec![printed(), one, two], TODAY);
        let certainty = stands(&documents[0], "surname").unwrap().1;
        assert_eq!(certainty, Doubtful, "{zones:?}");
    }
}
