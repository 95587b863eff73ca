//! What is said of a case beside its scans: the command line, `manifest.json`, `card.json`.

use std::path::{Path, PathBuf};

use casework::card::{CheckedCard, DeclaredCard};
use casework::case::{CaseKind, Channel, Manifest, MissionCode, ScanPages};
use casework::mission::{Mission, Missions};
use jiff::Timestamp;
use serde::Deserialize;

use crate::stacks::Folder;

/// What the command line says of the cases to come.
#[derive(Debug, Clone)]
pub struct TakeSettings {
    /// Permanent or temporary; by the documents where it is not said.
    pub kind: Option<CaseKind>,
    /// The mission, where no manifest names one.
    pub mission: Option<MissionCode>,
    /// The way they came.
    pub channel: Channel,
    /// When they came; now, where it is not said.
    pub received_at: Option<Timestamp>,
    /// A declared card for the one case that is taken.
    pub card: Option<DeclaredCard>,
    /// The missions there are.
    pub missions: Missions,
    /// The time of taking.
    pub now: Timestamp,
}

/// `manifest.json` of a folder. What it leaves out comes from the command line.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ManifestFile {
    /// Permanent or temporary.
    pub kind: Option<CaseKind>,
    channel: Option<Channel>,
    mission: Option<MissionCode>,
    received_at: Option<Timestamp>,
    card: Option<CheckedCard>,
    scans: Option<Vec<ScanPages>>,
}

/// What is said of a case cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// A file that is no such JSON.
    #[error("{}: {problem}", path.display())]
    Json {
        /// The file.
        path: PathBuf,
        /// What is wrong, naming the field.
        problem: String,
    },
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
    pub fn mission(&self, code: &MissionCode) -> Result<&Mission, SettingsError> {
        self.missions
            .get(code)
            .ok_or_else(|| SettingsError::UnknownMission {
                code: code.clone(),
                known: self.known(),
            })
    }

    /// The day of taking, for reading dates on documents.
    pub fn today(&self) -> jiff::civil::Date {
        self.now.to_zoned(jiff::tz::TimeZone::UTC).date()
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
    /// What a folder says of itself.
    pub fn in_folder(folder: &Folder) -> Result<Self, SettingsError> {
        let mut said: Self = folder
            .manifest
            .as_deref()
            .map_or_else(|| Ok(Self::default()), json)?;
        if let Some(path) = &folder.card {
            said.card = Some(json(path)?);
        }
        Ok(said)
    }

    /// The manifest, with the command line where the file is silent.
    pub fn manifest(
        self,
        settings: &TakeSettings,
        kind: CaseKind,
        found: Vec<ScanPages>,
    ) -> Result<Manifest, SettingsError> {
        let mission = self
            .mission
            .or_else(|| settings.mission.clone())
            .ok_or_else(|| SettingsError::NoMission(settings.known()))?;
        settings.mission(&mission)?;
        for listed in self.scans.iter().flatten() {
            if !found.iter().any(|f| f.scan == listed.scan) {
                return Err(SettingsError::MissingScan(listed.name.reveal().clone()));
            }
        }
        Ok(Manifest {
            kind,
            channel: self.channel.unwrap_or(settings.channel),
            mission,
            received_at: self
                .received_at
                .or(settings.received_at)
                .unwrap_or(settings.now),
            card: (self.card.map(|CheckedCard(card)| card)).or_else(|| settings.card.clone()),
            scans: self.scans.unwrap_or(found),
        })
    }
}

/// Reads a JSON file; an error names the file, the field and what is wrong with it.
pub fn json<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, SettingsError> {
    let failure = |problem: String| SettingsError::Json {
        path: path.to_owned(),
        problem,
    };
    let text = std::fs::read(path).map_err(|e| failure(e.to_string()))?;
    serde_json::from_slice(&text).map_err(|e| failure(e.to_string()))
}
