//! Who may ask for what: one table, from which the router itself is made.
//!
//! A route that is not a row here is denied. Which state a case must be in for an act is the
//! core's table ([`casework::case::action::allowed`]); here is only who may try.

use axum::http::Method;
use casework::case::Role;
use casework::case::Role::{Auditor, Clerk, Officer, Supervisor};
use casework::case::action::ActionName;
pub use web::Verb;

/// Who may ask for a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Whoever can reach the desk.
    Anyone,
    /// People in these roles who are logged in; where the path names a case, only those of
    /// its mission: to the others it does not exist.
    Staff(&'static [Role]),
}

impl Who {
    /// Whether someone of this role may ask.
    pub fn includes(self, role: Role) -> bool {
        match self {
            Self::Anyone => true,
            Self::Staff(roles) => roles.contains(&role),
        }
    }
}

const ALL: Who = Who::Staff(&[Clerk, Officer, Supervisor, Auditor]);
const WORKERS: Who = Who::Staff(&[Clerk, Officer]);
const OFFICERS: Who = Who::Staff(&[Officer]);
const OVERSEERS: Who = Who::Staff(&[Supervisor, Auditor]);

macro_rules! pages {
    ($($(#[$meta:meta])* $page:ident: $verb:ident $path:literal $who:expr;)*) => {
        /// Everything the desk answers.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Page { $($(#[$meta])* $page,)* }

        impl Page {
            /// Every page, in the table's order.
            pub const ALL: &'static [Self] = &[$(Self::$page,)*];

            /// How it is asked for.
            pub const fn verb(self) -> Verb {
                match self { $(Self::$page => Verb::$verb,)* }
            }

            /// Its path, as the router has it.
            pub const fn path(self) -> &'static str {
                match self { $(Self::$page => $path,)* }
            }

            /// Who may ask for it.
            pub const fn who(self) -> Who {
                match self { $(Self::$page => $who,)* }
            }
        }
    };
}

pages! {
    /// How pages look.
    Stylesheet: Get "/desk.css" Who::Anyone;
    /// What scripts add: where they begin.
    Script: Get "/desk.js" Who::Anyone;
    /// Single keys.
    KeysScript: Get "/keys.js" Who::Anyone;
    /// The viewer of pages.
    ViewerScript: Get "/viewer.js" Who::Anyone;
    /// Keeps a language.
    Language: Get "/language/{code}" Who::Anyone;
    /// Asks for name and password.
    Login: Get "/login" Who::Anyone;
    /// Takes them.
    LogIn: Post "/login" Who::Anyone;
    /// Sends the browser to the organisation's OpenID provider.
    SignIn: Get "/login/oidc" Who::Anyone;
    /// Takes it back from there.
    SignedIn: Get "/login/oidc/callback" Who::Anyone;
    /// Ends the session.
    LogOut: Post "/logout" ALL;
    /// Explains the keys.
    Keys: Get "/keys" ALL;
    /// Turns them on or off.
    TurnKeys: Get "/keys/{state}" ALL;
    /// What is due soonest.
    Worklist: Get "/" ALL;
    /// Cases by a name, an IIN or a reference: what was asked for never stands in an address.
    Search: Post "/search" ALL;
    /// Numbers of many cases at once.
    Overview: Get "/overview" OVERSEERS;
    /// The case to decide next.
    Next: Get "/next" ALL;
    /// A case.
    Case: Get "/cases/{id}" ALL;
    /// A page of one of its scans, as a picture.
    Picture: Get "/cases/{id}/scans/{scan}/pages/{page}" ALL;
    /// Enters a value over the read one.
    Correct: Post "/cases/{id}/correct" WORKERS;
    /// Enters what is written by hand.
    Transcribe: Post "/cases/{id}/transcribe" WORKERS;
    /// Says that the card was looked at.
    Look: Post "/cases/{id}/look" WORKERS;
    /// Takes the case in hand.
    Claim: Post "/cases/{id}/claim" WORKERS;
    /// Gives it back.
    Release: Post "/cases/{id}/release" Who::Staff(&[Clerk, Officer, Supervisor]);
    /// Asks of what and why a better copy is wanted.
    BetterCopy: Get "/cases/{id}/better-copy" WORKERS;
    /// Asks the applicant for it.
    AskBetterCopy: Post "/cases/{id}/better-copy" WORKERS;
    /// Registers the applicant.
    Approve: Post "/cases/{id}/approve" OFFICERS;
    /// Drafts a refusal.
    Refusal: Get "/cases/{id}/refuse" OFFICERS;
    /// Refuses, or proposes to where a second officer is wanted.
    Refuse: Post "/cases/{id}/refuse" OFFICERS;
    /// Confirms the refusal that another officer proposed.
    ConfirmRefusal: Post "/cases/{id}/refusal/confirm" OFFICERS;
    /// Sends it back.
    ReturnRefusal: Post "/cases/{id}/refusal/return" OFFICERS;
    /// Asks on which ground someone is struck off the register.
    StrikingOff: Get "/cases/{id}/strike-off" OFFICERS;
    /// Strikes them off.
    StrikeOff: Post "/cases/{id}/strike-off" OFFICERS;
    /// Says what a second look at a case that was drawn has found.
    Audit: Post "/cases/{id}/audit" OVERSEERS;
    /// A paper of the case, as PDF.
    Paper: Get "/cases/{id}/papers/{paper}" ALL;
    /// Issues the certificate of registration again.
    ReissueCertificate: Post "/cases/{id}/certificate" OFFICERS;
    /// Takes a complaint on paper into the case.
    Appealing: Get "/cases/{id}/appeal" WORKERS;
    /// Takes it.
    Appeal: Post "/cases/{id}/appeal" WORKERS;
    /// Says that it was handed on to the mission's superior.
    HandOnAppeal: Post "/cases/{id}/appeal/hand-on" OFFICERS;
    /// What keeps a stack's progress up to date.
    StacksScript: Get "/stacks.js" Who::Anyone;
    /// Stacks of paper, and where one brings another.
    Stacks: Get "/stacks" ALL;
    /// Takes its files.
    BringStack: Post "/stacks" WORKERS;
    /// What became of every page of a stack.
    Stack: Get "/stacks/{id}" ALL;
    /// A page of it, as a picture.
    StackPicture: Get "/stacks/{id}/pages/{file}/{page}" ALL;
    /// The same, small.
    StackThumbnail: Get "/stacks/{id}/pages/{file}/{page}/small" ALL;
    /// Says that a page belongs to a case.
    PlacePage: Post "/stacks/{id}/place" WORKERS;
    /// Says that it is a new case's.
    NewCaseOfPage: Post "/stacks/{id}/new-case" WORKERS;
    /// Says that it is nobody's.
    DropPage: Post "/stacks/{id}/drop" WORKERS;
    /// Which cover sheets there are.
    CoverSheets: Get "/cover-sheets" WORKERS;
    /// One for new cases.
    NewCoverSheet: Get "/cover-sheets/{kind}/{mission}" WORKERS;
    /// One for more papers of a case.
    CaseCoverSheet: Get "/cases/{id}/cover-sheet" WORKERS;
}

impl Page {
    /// The page of this method and this path of the router.
    pub fn of(method: &Method, path: &str) -> Option<Self> {
        let verb = Verb::of(method)?;
        let mut pages = Self::ALL.iter().copied();
        pages.find(|page| page.verb() == verb && page.path() == path)
    }

    /// Whether a page is shown at this path, with parts of it in place of the table's names.
    pub fn shown_at(path: &str) -> bool {
        let fits = |page: &&Self| {
            let (known, asked) = (page.path().split('/'), path.split('/'));
            page.verb() == Verb::Get
                && !page.leads_elsewhere()
                && known.clone().count() == asked.clone().count()
                && known.zip(asked).all(|(known, part)| {
                    known == part || (known.starts_with('{') && !part.is_empty())
                })
        };
        Self::ALL.iter().any(|page| fits(&page))
    }

    /// Whether it is a step on the way to another site or back, and nothing to return to.
    const fn leads_elsewhere(self) -> bool {
        matches!(self, Self::SignIn | Self::SignedIn)
    }

    /// What it does to the case, or prepares to do; none where it only shows.
    pub const fn acts(self) -> Option<ActionName> {
        match self {
            Self::Correct => Some(ActionName::Correct),
            Self::Transcribe => Some(ActionName::Transcribe),
            Self::Look => Some(ActionName::Look),
            Self::Claim => Some(ActionName::Claim),
            Self::Release => Some(ActionName::Release),
            Self::BetterCopy | Self::AskBetterCopy => Some(ActionName::AskBetterCopy),
            Self::Approve => Some(ActionName::Approve),
            Self::Refusal | Self::Refuse => Some(ActionName::Refuse),
            Self::ConfirmRefusal => Some(ActionName::ConfirmRefusal),
            Self::ReturnRefusal => Some(ActionName::ReturnRefusal),
            Self::StrikingOff | Self::StrikeOff => Some(ActionName::StrikeOff),
            Self::Audit => Some(ActionName::Audit),
            Self::ReissueCertificate => Some(ActionName::ReissueCertificate),
            Self::Appealing | Self::Appeal => Some(ActionName::Appeal),
            Self::HandOnAppeal => Some(ActionName::HandOnAppeal),
            Self::Stylesheet
            | Self::Script
            | Self::KeysScript
            | Self::ViewerScript
            | Self::Keys
            | Self::TurnKeys
            | Self::Language
            | Self::Login
            | Self::LogIn
            | Self::SignIn
            | Self::SignedIn
            | Self::LogOut
            | Self::Worklist
            | Self::Search
            | Self::Overview
            | Self::Next
            | Self::Case
            | Self::Picture
            | Self::Paper
            | Self::StacksScript
            | Self::Stacks
            | Self::BringStack
            | Self::Stack
            | Self::StackPicture
            | Self::StackThumbnail
            | Self::PlacePage
            | Self::NewCaseOfPage
            | Self::DropPage
            | Self::CoverSheets
            | Self::NewCoverSheet
            | Self::CaseCoverSheet => None,
        }
    }

    /// Whether its path names a stack.
    pub fn names_stack(self) -> bool {
        self.path().starts_with("/stacks/{id}")
    }

    /// Whether its form carries files: it is too long to be looked at before they are written, and
    /// whoever takes them asks for its token first.
    pub fn carries_files(self) -> bool {
        self == Self::BringStack
    }

    /// Whether its path names a case.
    pub fn names_case(self) -> bool {
        self.path().starts_with("/cases/{id}")
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use casework::case::Status;
    use casework::case::action::allowed;

    use super::*;

    /// The table as one can read it; kept beside this file so that a change of it is seen in review.
    #[test]
    fn the_table_of_route_and_role_is_the_one_on_record() {
        let mut table = String::new();
        for page in Page::ALL {
            let who = match page.who() {
                Who::Anyone => "anyone".to_owned(),
                Who::Staff(roles) => {
                    let names: Vec<_> = roles.iter().map(|role| role.as_str()).collect();
                    names.join(" ")
                }
            };
            let verb = format!("{:?}", page.verb()).to_uppercase();
            let _ = writeln!(table, "{verb:<5}{:<42}{who}", page.path());
        }
        assert_eq!(
            table,
            include_str!("policy_table.txt"),
            "the table now reads:\n{table}"
        );
    }

    #[test]
    fn a_page_is_found_by_its_own_method_and_path_only() {
        for (method, path, page) in [
            (Method::GET, "/", Some(Page::Worklist)),
            (Method::HEAD, "/", Some(Page::Worklist)),
            (Method::POST, "/", None),
            (Method::DELETE, "/login", None),
            (Method::GET, "/login", Some(Page::Login)),
            (Method::POST, "/login", Some(Page::LogIn)),
            (Method::GET, "/logout", None),
            (Method::GET, "/nowhere", None),
        ] {
            assert_eq!(Page::of(&method, path), page, "{method} {path}");
        }
    }

    /// The two tables agree: whoever may do it to a case in some state may ask for its page.
    #[test]
    fn whoever_may_act_on_a_case_may_ask_for_the_page_that_does_it() {
        for (page, action) in (Page::ALL.iter()).filter_map(|page| Some((page, page.acts()?))) {
            let may = |role: &Role| {
                let mut states = Status::ALL.into_iter();
                states.any(|status| allowed(status, *role).contains(&action))
            };
            let roles: Vec<Role> = Role::STAFF.into_iter().filter(may).collect();
            let Who::Staff(listed) = page.who() else {
                panic!("{page:?} is open to strangers")
            };
            assert_eq!(listed, roles, "{page:?}");
        }
    }

    #[test]
    fn a_page_is_shown_where_it_can_be_asked_for() {
        for (path, shown) in [
            ("/", true),
            ("/cases/7F3K", true),
            ("/cases/7F3K/refuse", true),
            ("/cases/7F3K/approve", false),
            ("/cases/", false),
            ("/cases", false),
            ("/search", false),
            ("/login/oidc/callback", false),
            ("", false),
        ] {
            assert_eq!(Page::shown_at(path), shown, "{path}");
        }
    }

    #[test]
    fn only_people_of_the_desk_are_let_in_and_no_role_stands_twice() {
        for page in Page::ALL {
            if let Who::Staff(roles) = page.who() {
                let mut seen = Vec::new();
                for role in roles {
                    assert!(Role::STAFF.contains(role), "{page:?} {role:?}");
                    assert!(!seen.contains(role), "{page:?} {role:?}");
                    seen.push(*role);
                }
            }
            assert!(!page.names_case() || page.who() != Who::Anyone, "{page:?}");
        }
    }
}
