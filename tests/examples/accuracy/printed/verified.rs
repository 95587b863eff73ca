//! Whether anything verified is ever wrong: cards and passports by seed, on all cores, until so many verified fields
//! were seen. What was seen is kept page by page, so that a run goes on where an earlier one ended.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use casework::document::Certainty;
use samples::draw::face::Faces;

use super::eyes::Whole;
use super::score::Row;
use super::set::Papers;
use crate::pages::{Page, Pages as _};
use crate::set::Set;
use crate::{AnyError, Arguments, provenance};

/// Where the report is written.
const REPORT: &str = "tests/accuracy-verified.md";
const SETS: [Set; 3] = [Set::Scan, Set::Photo, Set::Hard];
/// Of seven pages those with a zone: two passports, the back of a card, both sides. What stands in one place alone is
/// not verified.
const WITH_ZONE: [u32; 4] = [0, 1, 2, 4];
const IN_TURN: u32 = 7;

/// What was seen so far.
#[derive(Default)]
struct Seen {
    pages: BTreeSet<(String, u32)>,
    /// Verified fields and how many of them were wrong, by set and field.
    fields: BTreeMap<(String, String), (u32, u32)>,
}

impl Seen {
    fn verified(&self) -> u32 {
        self.fields.values().map(|(verified, _)| verified).sum()
    }

    fn wrong(&self) -> u32 {
        self.fields.values().map(|(_, wrong)| wrong).sum()
    }

    /// Takes in a line of the log: set, number of the page, fields that were verified, those of them that were wrong.
    fn take(&mut self, line: &str) -> Option<()> {
        let mut columns = line.split('\t');
        let (set, index) = (columns.next()?, columns.next()?.parse().ok()?);
        let mut fields = || {
            let names = columns.next()?.split(' ').filter(|name| !name.is_empty());
            Some(names.map(str::to_owned).collect::<Vec<String>>())
        };
        let (verified, wrong) = (fields()?, fields()?);
        if self.pages.insert((set.to_owned(), index)) {
            let entry = |field| (set.to_owned(), field);
            for field in verified {
                self.fields.entry(entry(field)).or_default().0 += 1;
            }
            for field in wrong {
                self.fields.entry(entry(field)).or_default().1 += 1;
            }
        }
        Some(())
    }
}

/// What several cores share.
struct Campaign {
    seed: u64,
    wanted: u32,
    until: Option<Instant>,
    next: AtomicU32,
    seen: Mutex<(Seen, File)>,
}

/// Sees to it that so many verified fields were seen, and answers with the last line.
pub fn run(arguments: &Arguments, wanted: u32) -> Result<String, AnyError> {
    let minutes = arguments.minutes;
    let mut seen = Seen::default();
    let path = log(arguments);
    std::fs::create_dir_all(&arguments.work)?;
    let earlier = std::fs::read_to_string(&path).unwrap_or_default();
    for line in earlier.lines() {
        // The last one may have been cut off: its page is read again.
        let _whole = seen.take(line);
    }
    let mut file = OpenOptions::new().create(true).append(true).open(&path)?;
    if !earlier.is_empty() && !earlier.ends_with('\n') {
        writeln!(file)?;
    }
    let campaign = Campaign {
        seed: arguments.seed,
        wanted,
        until: minutes.map(|minutes| Instant::now() + Duration::from_secs_f64(60.0 * minutes)),
        next: AtomicU32::new(0),
        seen: Mutex::new((seen, file)),
    };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..cores)
            .map(|_| scope.spawn(|| campaign.work()))
            .collect();
        let ended = workers.into_iter().map(|worker| {
            let died = || AnyError::from("a core's reader died");
            worker.join().map_err(|_| died())?
        });
        ended.collect::<Result<(), AnyError>>()
    })?;
    let (seen, _) = campaign.seen.into_inner().map_err(|_| "a reader died")?;
    let text = report(arguments.seed, &seen);
    crate::print(&text);
    if arguments.write {
        std::fs::write(REPORT, &text)?;
    }
    let line = format!(
        "accuracy: {} fields verified, {} of them wrong",
        seen.verified(),
        seen.wrong()
    );
    if seen.wrong() > 0 {
        return Err(line.into());
    }
    Ok(line)
}

/// The log of one reader on one seed: another version begins anew.
fn log(arguments: &Arguments) -> PathBuf {
    let name = format!("verified-{}-{}.tsv", ocr::read::VERSION, arguments.seed);
    arguments.work.join(name)
}

impl Campaign {
    /// Makes and reads one page after the other until enough was seen.
    fn work(&self) -> Result<(), AnyError> {
        let (reader, faces) = (Whole::open()?, Faces::open()?);
        while self.until.is_none_or(|until| Instant::now() < until) {
            let Some((set, index)) = self.take_turn()? else {
                return Ok(());
            };
            let made = Papers(set).make(self.seed, index, &faces)?;
            let page = Page {
                set: Papers(set),
                path: PathBuf::from(Papers(set).stem(index)),
                bytes: made.bytes,
                truth: made.truth,
            };
            let row = Row::of(&page, &reader.read(&page.bytes));
            self.keep(set, index, &row)?;
        }
        Ok(())
    }

    /// A page that nobody has read yet; none where enough was seen.
    fn take_turn(&self) -> Result<Option<(Set, u32)>, AnyError> {
        loop {
            let (seen, _) = &*self.seen.lock().map_err(|_| "a reader died")?;
            if seen.verified() >= self.wanted {
                return Ok(None);
            }
            let turn = self.next.fetch_add(1, Ordering::Relaxed);
            let (index, set) = (turn / 3, SETS.into_iter().nth(turn as usize % 3));
            let Some(set) = set.filter(|_| WITH_ZONE.contains(&(index % IN_TURN))) else {
                continue;
            };
            if !seen.pages.contains(&(key(set), index)) {
                return Ok(Some((set, index)));
            }
        }
    }

    fn keep(&self, set: Set, index: u32, row: &Row) -> Result<(), AnyError> {
        let (mut verified, mut wrong) = (Vec::new(), Vec::new());
        for document in &row.documents {
            let kind = serde_json::to_value(document.kind)?;
            let kind = kind.as_str().unwrap_or_default();
            for field in &document.fields {
                if field.certainty() == Some(Certainty::Verified) {
                    let name = format!("{kind}.{}", field.field);
                    wrong.extend((!field.is_exact()).then(|| name.clone()));
                    verified.push(name);
                }
            }
            // A field that is verified and stands nowhere is as wrong.
            for (field, certainty) in &document.invented {
                if *certainty == Certainty::Verified {
                    let name = format!("{kind}.{field}");
                    wrong.push(name.clone());
                    verified.push(name);
                }
            }
        }
        let line = format!(
            "{}\t{index}\t{}\t{}",
            key(set),
            verified.join(" "),
            wrong.join(" ")
        );
        if !wrong.is_empty() {
            crate::print(&format!("verified and wrong: {line}"));
        }
        let (seen, file) = &mut *self.seen.lock().map_err(|_| "a reader died")?;
        seen.take(&line).ok_or("a line of the log cannot be read")?;
        writeln!(file, "{line}")?;
        Ok(())
    }
}

fn key(set: Set) -> String {
    format!("{set:?}").to_lowercase()
}

fn report(seed: u64, known: &Seen) -> String {
    let of = |set: Set, field: &String| {
        let sum = known.fields.get(&(key(set), field.clone()));
        sum.copied().unwrap_or_default()
    };
    let names: BTreeSet<&String> = known.fields.keys().map(|(_, field)| field).collect();
    let rows = names.into_iter().map(|field| {
        let sums = SETS.map(|set| of(set, field));
        let counts = sums.map(|(verified, _)| verified.to_string()).join(" | ");
        let all: u32 = sums.iter().map(|(verified, _)| verified).sum();
        let wrong: u32 = sums.iter().map(|(_, wrong)| wrong).sum();
        format!("| {field} | {counts} | {all} | {wrong} |\n")
    });
    let (verified, wrong) = (known.verified(), known.wrong());
    // Of so many, none: the share that would show itself 19 times in 20.
    let bound = 100.0 * (1.0 - 0.05_f64.powf(1.0 / f64::from(verified.max(1))));
    let bound = format!(": the share of wrong ones is below {bound:.4} % (95 %)");
    format!(
        "# Whether anything verified is wrong\n\n{}\n\
        Identity cards and passports, whose zone is a second place: scans, photos and hard photos in turn. *Verified* is what \
        `tirkeu read` calls so; a value is wrong that differs from the truth in one letter. Reader {}.\n\n\
        | field | {} | all | wrong |\n|---|---|---|---|---|---|\n{}\n\
        **{wrong} of {verified} verified fields are wrong**{}.\n",
        provenance::run(seed, known.pages.len()),
        ocr::read::VERSION,
        SETS.map(Set::name).join(" | "),
        rows.collect::<String>(),
        if wrong == 0 { bound.as_str() } else { "" },
    )
}

#[cfg(test)]
mod tests {
    use super::Seen;

    #[test]
    fn a_page_counts_once_and_a_line_that_was_cut_off_not_at_all() {
        let mut seen = Seen::default();
        assert_eq!(
            seen.take("scan\t0\tpassport.iin passport.sex\tpassport.sex"),
            Some(())
        );
        assert_eq!(
            seen.take("scan\t0\tpassport.iin passport.sex\tpassport.sex"),
            Some(())
        );
        assert_eq!(seen.take("hard\t0\tpassport.iin\t"), Some(()));
        for cut in ["", "scan", "scan\t1", "scan\t1\tpassport.ii"] {
            assert_eq!(seen.take(cut), None, "{cut}");
        }
        assert_eq!((seen.pages.len(), seen.verified(), seen.wrong()), (2, 3, 1));
    }
}
