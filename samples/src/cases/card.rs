//! The card a person declares, in agreement with their papers.

use casework::case::CaseKind;
use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::{Value, json};

use crate::cases::Plan;
use crate::country::Country;
use crate::paper::permit::Permit;
use crate::paper::registration_card::Entries;
use crate::person::Person;

/// The identity document a card names.
pub(super) struct Named<'a> {
    pub(super) kind: &'static str,
    pub(super) number: &'a str,
    pub(super) issued: Date,
    pub(super) expires: Date,
    pub(super) authority: &'a str,
}

/// The entries, all in agreement with the papers.
pub(super) fn of(
    plan: &Plan,
    holder: &Person,
    document: &Named<'_>,
    permit: Option<&Permit>,
    country: &Country,
) -> Entries {
    let mut card = Entries::new();
    let permanent = plan.kind == CaseKind::Permanent;
    describe(&mut card, holder, permanent);
    name_papers(&mut card, document, permit);
    locate(&mut card, plan, holder, country);
    card.insert("consent".to_owned(), consent());
    card.insert("signed".to_owned(), Value::Bool(true));
    card
}

fn describe(card: &mut Entries, holder: &Person, permanent: bool) {
    let mut set = |key: &str, value: &str| {
        card.insert(key.to_owned(), Value::String(value.to_owned()));
    };
    set(
        "card_kind",
        if permanent { "permanent" } else { "temporary" },
    );
    set("surname", &holder.surname);
    set("given_names", &holder.given_names);
    if let Some(patronymic) = &holder.patronymic {
        set("patronymic", patronymic);
    }
    set("sex", &holder.sex().to_string());
    set("birth_date", &holder.birth_date.to_string());
    set("birth_place", holder.birth_place.0);
    set("nationality", holder.nationality);
    set("citizenship", "KAZ");
    set("iin", &holder.iin);
    set(
        "marital_status",
        if holder.female { "married" } else { "single" },
    );
    set("education", "higher");
    set(
        "profession",
        if permanent {
            "инженер"
        } else {
            "переводчик"
        },
    );
}

fn name_papers(card: &mut Entries, document: &Named<'_>, permit: Option<&Permit>) {
    let mut set = |key: &str, value: &str| {
        card.insert(key.to_owned(), Value::String(value.to_owned()));
    };
    set("document_kind", document.kind);
    set("document_number", document.number);
    set("document_issue_date", &document.issued.to_string());
    set("document_authority", document.authority);
    set("document_expiry_date", &document.expires.to_string());
    if let Some(permit) = permit {
        set("permit_number", &permit.number);
        set("permit_date", &permit.issued.to_string());
        set("permit_authority", &permit.authority);
    }
}

fn locate(card: &mut Entries, plan: &Plan, holder: &Person, country: &Country) {
    let mut set = |key: &str, value: &str| {
        card.insert(key.to_owned(), Value::String(value.to_owned()));
    };
    let received = plan.received_on();
    set("last_residence", holder.birth_place.0);
    set(
        "departure_date",
        &received.saturating_sub(20.days()).to_string(),
    );
    let (city, street, postcode, phone) = address(country);
    set("address_country", country.russian);
    set("address_city", city);
    set("address_street", street);
    set("address_postcode", postcode);
    set("phone", phone);
    set(
        "email",
        &format!("{}@mail.example", holder.surname_latin.to_lowercase()),
    );
    if plan.kind == CaseKind::Temporary {
        set("work_or_study", "Invented University");
        set("purpose_of_stay", "study");
        set(
            "stay_until",
            &received.saturating_add(8.months()).to_string(),
        );
    }
    set("relatives", "нет");
    set("signed_on", &received.saturating_sub(1.day()).to_string());
}

/// All eight parts agreed to.
fn consent() -> Value {
    json!({
        "version": "2022-05-23",
        "operator": true,
        "subject": true,
        "term": true,
        "third_parties": true,
        "cross_border": true,
        "public_sources": true,
        "data": true,
        "other": true,
    })
}

/// City, street, postcode and telephone, all invented.
fn address(country: &Country) -> (&'static str, &'static str, &'static str, &'static str) {
    match country.code {
        "TUR" => ("Анкара", "Örnek Sokak 5, 12", "06000", "+90 312 000 00 12"),
        "ARE" => (
            "Абу-Даби",
            "Specimen Street 8, 21",
            "00000",
            "+971 2 000 0021",
        ),
        "KOR" => ("Сеул", "Gyeonbon-ro 7, 402", "00007", "+82 2 0000 0402"),
        _ => ("Берлин", "Musterstraße 12, 3", "10000", "+49 30 0000012"),
    }
}
