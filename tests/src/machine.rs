//! One machine: the real binary over a store of its own.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// The repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}

/// The committed sample cases.
pub fn sample_cases() -> PathBuf {
    root().join("samples/cases")
}

/// The binary that people run.
fn tirkeu() -> PathBuf {
    let target =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    let binary = target.join("release/tirkeu");
    assert!(
        binary.exists(),
        "{} is missing: cargo build --release -p onsite",
        binary.display()
    );
    binary
}

/// A machine with an empty store.
pub struct Machine {
    dir: tempfile::TempDir,
}

impl Machine {
    pub fn new() -> Self {
        Self {
            dir: tempfile::tempdir().unwrap(),
        }
    }

    /// A folder that goes with the machine.
    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// `tirkeu` with these arguments, not yet started.
    pub fn command<A: AsRef<std::ffi::OsStr>>(
        &self,
        arguments: impl IntoIterator<Item = A>,
    ) -> Command {
        let mut command = Command::new(tirkeu());
        command
            .args(arguments)
            .env("TIRKEU_STORE", self.path("store"))
            .env_remove("TIRKEU_MISSION");
        command
    }

    /// Runs it to its end.
    pub fn run<A: AsRef<std::ffi::OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Runs it and takes its standard output; it must succeed.
    pub fn say<A: AsRef<std::ffi::OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> String {
        let output = self.run(arguments);
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(
            output.status.success(),
            "{text}\n{}",
            String::from_utf8_lossy(&output.stderr)
        );
        text
    }

    /// Takes one path.
    pub fn take(&self, path: &Path) -> String {
        self.say([Path::new("take"), path])
    }

    /// Every case, ended ones too, as `cases --json` gives them.
    pub fn cases(&self) -> Vec<Value> {
        lines(&self.say(["cases", "--all", "--json"]))
    }

    /// A case as `case ID --json` gives it.
    pub fn case(&self, id: &str) -> Value {
        serde_json::from_str(&self.say(["case", id, "--json"])).unwrap()
    }

    /// What `read` says of files.
    pub fn read<P: AsRef<Path>>(&self, files: &[P]) -> Vec<Value> {
        let arguments = std::iter::once(Path::new("read")).chain(files.iter().map(AsRef::as_ref));
        let output = self.run(arguments);
        lines(&String::from_utf8(output.stdout).unwrap())
    }
}

fn lines(text: &str) -> Vec<Value> {
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}
