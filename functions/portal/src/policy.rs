//! What the portal answers, and to whom: one table, from which the router itself is made.
//!
//! A route that is not a row here does not exist. What may be done to a case in which state is the
//! core's table ([`casework::case::action::allowed`]).

use axum::http::Method;
pub use web::Verb;

/// Who may ask for a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Whoever can reach the portal.
    Anyone,
    /// Whoever has the link of the application that the path names; to others there is none.
    Holder,
}

macro_rules! pages {
    ($($(#[$meta:meta])* $page:ident: $verb:ident $path:literal $who:ident;)*) => {
        /// Everything the portal answers.
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
                match self { $(Self::$page => Who::$who,)* }
            }
        }
    };
}

pages! {
    /// How pages look.
    Stylesheet: Get "/portal.css" Anyone;
    /// What scripts add to every page.
    Script: Get "/portal.js" Anyone;
    /// What scripts add to the sending of papers.
    PaperScript: Get "/paper.js" Anyone;
    /// What scripts say of a picture before it is sent.
    HintsScript: Get "/hints.js" Anyone;
    /// The camera on the page.
    CameraScript: Get "/hints-camera.js" Anyone;
    /// What can be said of a picture.
    LookScript: Get "/hints-look.js" Anyone;
    /// Where the paper lies on it.
    OutlineScript: Get "/hints-outline.js" Anyone;
    /// Where print is on it.
    TextScript: Get "/hints-text.js" Anyone;
    /// What is sent of a picture.
    PictureScript: Get "/picture.js" Anyone;
    /// What asks the signer's program.
    SignScript: Get "/sign.js" Anyone;
    /// The client of that program.
    ClientScript: Get "/ncalayer-client.js" Anyone;
    /// Keeps a language.
    Language: Get "/language/{code}" Anyone;
    /// What is needed, what it costs, how long it takes.
    Start: Get "/" Anyone;
    /// The next question that has no answer yet.
    Ask: Get "/apply" Anyone;
    /// Begins an application.
    Begin: Post "/apply" Anyone;
    /// Asks for reference and code.
    Return: Get "/return" Anyone;
    /// Opens an application with them.
    Open: Post "/return" Anyone;
    /// Asks for the code of a printed paper.
    Genuine: Get "/genuine" Anyone;
    /// Says what it attests.
    CheckGenuine: Post "/genuine" Anyone;
    /// Where a private link leads: a page with one button.
    Link: Get "/open/{reference}/{code}" Anyone;
    /// An application: what is done, what comes next; once handed in, how it stands.
    Application: Get "/applications/{reference}" Holder;
    /// Its reference and its link, to be kept.
    Keep: Get "/applications/{reference}/link" Holder;
    /// Asks which document shows who they are.
    Identity: Get "/applications/{reference}/identity" Holder;
    /// Takes the answer.
    ChooseIdentity: Post "/applications/{reference}/identity" Holder;
    /// A place for a paper, and what was read on it.
    Paper: Get "/applications/{reference}/papers/{slot}" Holder;
    /// Takes a paper.
    SendPaper: Post "/applications/{reference}/papers/{slot}" Holder;
    /// How much of a paper that comes piece by piece is here.
    Pieces: Get "/applications/{reference}/papers/{slot}/pieces/{paper}" Holder;
    /// Takes a piece.
    SendPiece: Post "/applications/{reference}/papers/{slot}/pieces/{paper}" Holder;
    /// A page of a scan of it, as a picture.
    Picture: Get "/applications/{reference}/scans/{scan}/pages/{page}" Holder;
    /// A section of the card.
    Section: Get "/applications/{reference}/card/{section}" Holder;
    /// Takes it.
    FillSection: Post "/applications/{reference}/card/{section}" Holder;
    /// All of it once more.
    Answers: Get "/applications/{reference}/answers" Holder;
    /// It is right.
    Confirm: Post "/applications/{reference}/answers" Holder;
    /// Signs, or not.
    Sign: Get "/applications/{reference}/sign" Holder;
    /// Takes a signature.
    TakeSignature: Post "/applications/{reference}/sign" Holder;
    /// Says what handing in without one means.
    Counter: Get "/applications/{reference}/counter" Holder;
    /// Hands it in without one.
    HandIn: Post "/applications/{reference}/counter" Holder;
    /// The slip for the counter.
    Slip: Get "/applications/{reference}/slip" Holder;
    /// A printed paper that the case supports as it stands.
    Document: Get "/applications/{reference}/documents/{kind}" Holder;
    /// What withdrawing means.
    Withdrawal: Get "/applications/{reference}/withdraw" Holder;
    /// Withdraws.
    Withdraw: Post "/applications/{reference}/withdraw" Holder;
    /// What asking for another certificate means.
    Certificate: Get "/applications/{reference}/certificate" Holder;
    /// Asks for it.
    RequestCertificate: Post "/applications/{reference}/certificate" Holder;
    /// Everything that is kept about it.
    Data: Get "/applications/{reference}/data" Holder;
    /// The same as a file.
    DataFile: Get "/applications/{reference}/data/file" Holder;
    /// What deleting it means, and what must be kept.
    Deletion: Get "/applications/{reference}/delete" Holder;
    /// Deletes it, where it was not handed in.
    Delete: Post "/applications/{reference}/delete" Holder;
    /// A complaint against a refusal, to be filled in; once it came, the complaint.
    Appeal: Get "/applications/{reference}/appeal" Holder;
    /// Takes it.
    TakeAppeal: Post "/applications/{reference}/appeal" Holder;
}

impl Page {
    /// The page of this method and this path of the router.
    pub fn of(method: &Method, path: &str) -> Option<Self> {
        let verb = Verb::of(method)?;
        let mut pages = Self::ALL.iter().copied();
        pages.find(|page| page.verb() == verb && page.path() == path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_names_an_application_is_its_holders_and_a_form_can_be_asked_for_again() {
        for page in Page::ALL {
            let names = page.path().starts_with("/applications/");
            assert_eq!(page.who() == Who::Holder, names, "{page:?}");
            let shown = Page::of(&Method::GET, page.path()).is_some();
            assert!(shown, "{page:?} answers at a path that shows nothing");
        }
    }
}
