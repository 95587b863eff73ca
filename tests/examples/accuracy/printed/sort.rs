//! The sorts of fields that targets are set for.

/// A sort of field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// IIN, numbers of documents, dates.
    Number,
    /// Names of persons, in either script.
    Name,
    /// Birth place, authority, country, nationality, citizenship.
    Place,
    /// Choices, addresses and the like; no target is set for them.
    Other,
}

impl Sort {
    /// Every sort.
    pub const ALL: [Self; 4] = [Self::Number, Self::Name, Self::Place, Self::Other];

    /// The sort of a field by its name.
    pub fn of(field: &str) -> Self {
        let has_end = |ends: &[&str]| ends.iter().any(|end| field.ends_with(end));
        match field {
            "iin" => Self::Number,
            "surname" | "given_names" | "patronymic" | "former_surname" | "surname_latin"
            | "given_names_latin" => Self::Name,
            "birth_place" | "nationality" | "citizenship" | "last_residence" => Self::Place,
            _ if has_end(&["_number", "_date", "_until", "_on"]) => Self::Number,
            _ if has_end(&["_authority", "_country"]) => Self::Place,
            _ => Self::Other,
        }
    }

    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Number => "IIN, numbers, dates",
            Self::Name => "names",
            Self::Place => "birth place, authority, country, nationality",
            Self::Other => "other entries of paper cards, sex",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_fall_into_the_sort_their_target_is_set_for() {
        for (field, sort) in [
            ("permit_number", Sort::Number),
            ("stay_until", Sort::Number),
            ("given_names_latin", Sort::Name),
            ("document_authority", Sort::Place),
            ("destination_country", Sort::Place),
            ("sex", Sort::Other),
            ("phone", Sort::Other),
        ] {
            assert_eq!(Sort::of(field), sort, "{field}");
        }
    }
}
