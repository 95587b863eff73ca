//! What every store must hold to, whichever it is: one suite, run on each adapter.
//!
//! A rule is an `async fn(&impl Adapter)`; [`holds`] makes a test of every rule for an adapter.

use std::future::Future;

use casework::ports::{
    Accounts, Applications, Cases, Erase, Outbox, Pieces, Readings, Scans, ScansInPieces, Stacks,
    Uploads,
};

pub(crate) mod accounts;
mod applications;
pub(crate) mod cases;
mod erase;
pub(crate) mod invented;
mod outbox;
mod pieces;
mod scans;
mod stacks;
pub(crate) mod uploads;
mod worklist;

use super::cloud::Cloud;
use super::memory::Memory;

/// A place that has a store in it, empty at first.
pub(crate) trait Adapter {
    /// The store.
    type Store: Scans
        + ScansInPieces
        + Readings
        + Cases
        + Outbox
        + Uploads
        + Accounts
        + Applications
        + Pieces
        + Erase
        + Stacks;

    /// Opens the store; every call is another hold on the same place, as of another process.
    fn open(&self) -> impl Future<Output = Self::Store>;
}

/// A directory.
#[derive(Debug)]
pub(crate) struct Local(tempfile::TempDir);

impl Local {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }
}

impl Adapter for Local {
    type Store = local::Store;

    async fn open(&self) -> local::Store {
        local::Store::open(self.0.path()).unwrap()
    }
}

impl Adapter for Memory {
    type Store = Self;

    async fn open(&self) -> Self {
        self.clone()
    }
}

macro_rules! holds {
    ($adapter:ident: $new:expr) => {
        holds! { $adapter: $new;
            scans: kept_bytes_come_back, what_is_locked_away_never_comes_back,
                a_reading_is_its_readers_own;
            cases: a_case_comes_back_as_it_was_written,
                a_write_on_another_version_is_a_conflict_and_writes_nothing,
                the_same_write_again_is_done_and_changes_nothing,
                of_many_writers_exactly_one_wins_each_round, hostile_texts_come_back_unchanged,
                a_case_is_found_by_every_scan_it_holds, a_case_is_found_by_every_iin_in_it,
                a_case_is_found_by_every_word_of_a_name_however_spelt,
                a_case_of_many_scans_is_found_by_each_of_them, a_case_of_any_size_comes_back;
            worklist: pages_show_every_case_once_in_order, filters_let_through_what_they_name,
                a_row_shows_the_case_as_it_stands;
            outbox: notices_wait_oldest_first_until_they_end,
                a_try_is_one_senders_until_the_next_is_due, what_was_sent_may_come_back,
                who_was_told_is_kept_until_the_notice_ends,
                a_notice_of_an_application_waits_as_any_and_is_put_in_once;
            uploads: an_upload_is_written_after_the_version_it_follows,
                of_many_attempts_one_has_the_upload, a_batch_holds_everything_that_came_into_it,
                what_has_no_end_is_found_by_its_age;
            accounts: an_account_is_kept_when_it_may_be, of_many_first_accounts_one_is_kept,
                an_identity_is_one_accounts, of_many_accounts_of_one_identity_one_is_kept,
                a_sign_in_is_taken_out_once,
                a_session_lives_until_it_is_ended,
                an_account_kept_anew_ends_its_sessions_and_nobody_elses,
                tries_are_counted_before_they_are_looked_at,
                of_tries_at_once_each_sees_the_others, old_tries_are_forgotten;
            applications: an_application_is_found_with_its_link_only,
                an_application_is_written_after_the_version_it_follows,
                an_application_of_any_size_comes_back,
                what_was_handed_in_waits_until_its_case_stands,
                openings_are_counted_whether_or_not_there_is_an_application;
            pieces: a_piece_is_added_where_it_follows, pieces_of_any_size_become_the_whole,
                of_many_pieces_at_once_one_follows, a_paper_that_begins_takes_the_place_of_another,
                what_is_forgotten_begins_anew;
            erase: an_application_is_erased_with_all_it_has,
                a_paper_that_others_have_outlives_an_application,
                what_stands_otherwise_is_not_erased, what_became_a_case_is_not_erased;
            stacks: a_stack_is_written_after_the_version_it_follows,
                stacks_are_found_by_mission_by_age_and_by_what_is_to_do,
                pages_are_kept_one_by_one_and_come_back_in_order,
                a_page_came_before_in_an_earlier_stack_only,
                a_scan_in_pieces_is_the_scan_as_a_whole;
        }
    };
    ($adapter:ident: $new:expr; $($port:ident: $($rule:ident),+;)+) => {
        mod $adapter {
            use super::*;
            // More than one thread: a rule may block its own, and a connection still be served.
            $($(#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
            async fn $rule() {
                super::$port::$rule(&$new).await;
            })+)+
        }
    };
}

holds! { on_cloud: Cloud::new() }
holds! { on_local: Local::new() }
holds! { on_memory: Memory::default() }
