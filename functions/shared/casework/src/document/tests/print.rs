//! What readers of the print say, and what a code proves together with them.

use super::*;

#[test]
fn readers_of_one_print_are_opinions_and_no_proof() {
    let issue = |text, by, margin| row(ISSUE, text, by, margin);
    check(vec![
        (
            "iin",
            None,
            vec![row("iin", IIN, NET, 9.0)],
            Some((IIN, Read, None)),
        ),
        (
            "iin",
            None,
            vec![row("iin", IIN, NET, 9.0), row("iin", IIN, TESSERACT, -1.0)],
            Some((IIN, Read, None)),
        ),
        // Of two numbers the one whose own digit is right is shown; it is no proof.
        (
            "iin",
            None,
            vec![
                row("iin", "900701300057", NET, 9.0),
                row("iin", IIN, TESSERACT, 1.0),
            ],
            Some((IIN, Doubtful, None)),
        ),
        (
            ISSUE,
            None,
            vec![
                issue("13.06.2023", NET, 9.0),
                issue("15.06.2023", TESSERACT, -1.0),
            ],
            Some(("2023-06-13", Doubtful, None)),
        ),
        // A reader that reads no day at all contradicts nobody.
        (
            ISSUE,
            None,
            vec![
                issue("13.06.2023", NET, 9.0),
                issue("13.0б.2023", TESSERACT, -1.0),
            ],
            Some(("2023-06-13", Read, None)),
        ),
        (
            ISSUE,
            None,
            vec![issue("31.06.2023", NET, 9.0)],
            Some(("31.06.2023", Doubtful, None)),
        ),
        (
            ISSUE,
            None,
            vec![issue("13.06.2023", NET, 0.1)],
            Some(("2023-06-13", Doubtful, None)),
        ),
        (
            ISSUE,
            None,
            vec![issue(" ", NET, 9.0), issue("", TESSERACT, 9.0)],
            None,
        ),
    ]);
}

#[test]
fn two_days_of_one_line_are_two_fields() {
    let range = |field| row(field, "15.06.2023 - 14.06.2033", NET, 9.0);
    check(vec![
        (
            "expiry_date",
            None,
            vec![range(ISSUE)],
            Some(("2033-06-14", Read, None)),
        ),
        (
            "expiry_date",
            Some(1.0),
            vec![range("expiry_date")],
            Some(("2033-06-14", Verified, MRZ_AND_PRINT)),
        ),
    ]);
}

#[test]
fn of_two_readers_that_differ_the_net_is_believed_where_it_saw_clearly() {
    for (margin, expected) in [(8.0, "ҺАРИС"), (0.1, "БАРИС")] {
        let rows = vec![
            row("surname", "ҺАРИС", NET, margin),
            row("surname", "БАРИС", TESSERACT, 4.4),
        ];
        check(vec![(
            "surname",
            None,
            rows,
            Some((expected, Doubtful, None)),
        )]);
    }
}

#[test]
fn a_code_proves_together_with_the_print() {
    let name = vec![
        row("patronymic", "ӘБІШҰЛЫ", QR, -1.0),
        row("patronymic", "Әбішұлы", NET, 1.0),
    ];
    let small = vec![
        row("surname", "ЦОЙ", QR, -1.0),
        row("surname", "цой", NET, 20.0),
    ];
    let cut = vec![
        row("permit_number", "48-66491", QR, -1.0),
        row("permit_number", "66491", NET, 40.0),
        row("permit_number", "66491", TESSERACT, 4.0),
    ];
    let barcode = || row("iin", IIN, BARCODE, -1.0);
    check(vec![
        ("iin", None, vec![barcode()], Some((IIN, Read, None))),
        (
            "iin",
            None,
            vec![barcode(), row("iin", IIN, NET, 1.0)],
            Some((IIN, Verified, Some("barcode+print"))),
        ),
        (
            "iin",
            Some(1.0),
            vec![barcode()],
            Some((IIN, Verified, Some("mrz+barcode"))),
        ),
        (
            "patronymic",
            None,
            name,
            Some(("Әбішұлы", Verified, Some("qr+print"))),
        ),
        (
            "surname",
            None,
            small,
            Some(("ЦОЙ", Verified, Some("qr+print"))),
        ),
        // They differ: somebody is to look, at what the code says.
        (
            "permit_number",
            None,
            cut,
            Some(("48-66491", Doubtful, None)),
        ),
    ]);
}
