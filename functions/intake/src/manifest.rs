//! What is said of a case beside its scans: `manifest.json` and `card.json`, the same files on
//! one machine and in the cloud, and the settings that stand in where they are silent.

use casework::card::{CheckedCard, DeclaredCard};
use casework::case::{CaseKind, Channel, Manifest, MissionCode, ScanPages};
use casework::mission::{Mission, Missions};
use casework::reading::DocumentKind;
use casework::stack::Terms;
use casework::term::due;
use jiff::Timestamp;
use serde::Deserialize;

/// What a file is in its folder, by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileRole {
    /// `manifest.json`.
    Manifest,
    /// `card.json`.
    Card,
    /// A scan, whatever it turns out to be.
    Scan,
    /// No scan, and nothing said of a case: other JSON, hidden files, what file managers leave.
    PassedOver,
}

impl FileRole {
    /// The role of a file of this name, without its folder.
    pub fn of(name: &str) -> Self {
        let is_json = name
            .rsplit_once('.')
            .is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("json"));
        match name {
            "manifest.json" => Self::Manifest,
            "card.json" => Self::Card,
            "" | "Thumbs.db" | "desktop.ini" => Self::PassedOver,
            _ if is_json || name.starts_with('.') => Self::PassedOver,
            _ => Self::Scan,
        }
    }
}

/// What is said of all cases to come: on one machine by the command line.
#[derive(Debug, Clone)]
pub struct TakeSettings {
    /// Permanent or temporary; by the documents where it is not said.
    pub kind: Option<CaseKind>,
    /// The mission, where no manifest names one.
    pub mission: Option<MissionCode>,
    /// The way they came.
    pub channel: Channel,
    /// When they came; when they are taken, where it is not said.
    pub received_at: Option<Timestamp>,
    /// A declared card for the one case that is taken.
    pub card: Option<DeclaredCard>,
    /// The missions there are.
    pub missions: Missions,
}

/// `manifest.json` of a folder. What it leaves out comes from the settings.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ManifestFile {
    /// Permanent or temporary.
    pub kind: Option<CaseKind>,
    channel: Option<Channel>,
    mission: Option<MissionCode>,
    received_at: Option<Timestamp>,
    /// The declared card; one in `card.json` goes before it.
    pub card: Option<CheckedCard>,
    /// The scans of the case; those of its folder, where they are not listed.
    pub scans: Option<Vec<ScanPages>>,
}

/// What is said of a case cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ManifestError {
    /// Nobody named a mission.
    #[error(
        "no mission is named: add --mission CODE, or \"mission\" to manifest.json (one of {0})"
    )]
    NoMission(String),
    /// Nobody knows this mission.
    #[error("mission: there is no mission {code}; use one of {known}")]
    UnknownMission {
        /// What was named.
        code: MissionCode,
        /// What there is.
        known: String,
    },
    /// A time of receipt the calendar does not know.
    #[error("received_at: {0}")]
    Received(String),
    /// The manifest lists a scan that is not in its folder.
    #[error("scans: {0} is listed in manifest.json and is not in the folder")]
    MissingScan(String),
}

impl TakeSettings {
    /// The mission of this code.
    ///
    /// # Errors
    /// [`ManifestError::UnknownMission`].
    pub fn mission(&self, code: &MissionCode) -> Result<&Mission, ManifestError> {
        self.missions
            .get(code)
            .ok_or_else(|| ManifestError::UnknownMission {
                code: code.clone(),
                known: self.known(),
            })
    }

    /// Until when the case of this manifest is to be decided.
    ///
    /// # Errors
    /// [`ManifestError`] where the mission or its calendar is not known.
    pub fn due_at(&self, manifest: &Manifest) -> Result<Timestamp, ManifestError> {
        let mission = self.mission(&manifest.mission)?;
        let days = manifest.channel.term_working_days();
        due(manifest.received_at, mission, days)
            .map(|due| due.due_at)
            .map_err(|e| ManifestError::Received(e.to_string()))
    }

    /// What is said of the cases of a stack that came then.
    ///
    /// # Errors
    /// [`ManifestError`] where no mission is named, or one that nobody knows.
    pub fn terms(&self, came_at: Timestamp) -> Result<Terms, ManifestError> {
        let mission = self.mission.as_ref();
        let mission = mission.ok_or_else(|| ManifestError::NoMission(self.known()))?;
        Ok(Terms {
            mission: self.mission(mission)?.code.clone(),
            channel: self.channel,
            kind: self.kind,
            received_at: self.received_at.unwrap_or(came_at),
            card: self.card.clone(),
        })
    }

    fn known(&self) -> String {
        self.missions
            .codes()
            .map(|c| c.0.as_str())
            .collect::<Vec<_>>()
            .join(", ")
    }
}

impl ManifestFile {
    /// The manifest of a folder with these files in it, with the settings where it is silent.
    ///
    /// # Errors
    /// [`ManifestError`] where it lists a scan that is not among them, or cannot be used.
    pub fn manifest(
        mut self,
        settings: &TakeSettings,
        kind: CaseKind,
        found: Vec<ScanPages>,
        came_at: Timestamp,
    ) -> Result<Manifest, ManifestError> {
        for listed in self.scans.iter().flatten() {
            if !found.iter().any(|f| f.scan == listed.scan) {
                return Err(ManifestError::MissingScan(listed.name.reveal().clone()));
            }
        }
        let scans = self.scans.take().unwrap_or(found);
        self.of_scans(settings, kind, scans, came_at)
    }

    /// The manifest of these scans, wherever they are by now.
    ///
    /// # Errors
    /// [`ManifestError`] where it cannot be used.
    pub fn of_scans(
        self,
        settings: &TakeSettings,
        kind: CaseKind,
        scans: Vec<ScanPages>,
        came_at: Timestamp,
    ) -> Result<Manifest, ManifestError> {
        let mission = self
            .mission
            .or_else(|| settings.mission.clone())
            .ok_or_else(|| ManifestError::NoMission(settings.known()))?;
        settings.mission(&mission)?;
        let received_at = self.received_at.or(settings.received_at);
        Ok(Manifest {
            kind,
            channel: self.channel.unwrap_or(settings.channel),
            mission,
            received_at: received_at.unwrap_or(came_at),
            card: (self.card.map(|CheckedCard(card)| card)).or_else(|| settings.card.clone()),
            scans,
            batch: None,
            signature: None,
            language: None,
            sent_anyway: Vec::new(),
        })
    }
}

/// The kind of a case with documents of these kinds: without a word from anyone, a permit to leave
/// for good makes it permanent.
pub fn kind_of(documents: impl IntoIterator<Item = DocumentKind>) -> CaseKind {
    let mut documents = documents.into_iter();
    if documents.any(|kind| kind == DocumentKind::ExitPermit) {
        CaseKind::Permanent
    } else {
        CaseKind::Temporary
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_name_says() {
        for (name, role) in [
            ("manifest.json", FileRole::Manifest),
            ("card.json", FileRole::Card),
            ("Manifest.JSON", FileRole::PassedOver),
            ("truth.json", FileRole::PassedOver),
            (".hidden", FileRole::PassedOver),
            ("Thumbs.db", FileRole::PassedOver),
            ("", FileRole::PassedOver),
            ("json", FileRole::Scan),
            ("паспорт", FileRole::Scan),
            ("manifest.json.jpg", FileRole::Scan),
        ] {
            assert_eq!(FileRole::of(name), role, "{name}");
        }
    }
}
