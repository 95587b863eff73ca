//! A line of a function's log that is a metric too: CloudWatch's embedded metric format.
//!
//! Nothing of a person is in one: names are fixed words, values are counts, durations, codes and
//! references of cases.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

/// The namespace of every metric.
const NAMESPACE: &str = "Tirkeu";

/// A line, built word by word; its `Display` is the line.
#[derive(Debug, Clone)]
pub struct LogLine {
    at: Timestamp,
    dimensions: Vec<String>,
    metrics: Vec<Value>,
    members: Map<String, Value>,
}

impl LogLine {
    /// A line of this time.
    pub fn at(at: Timestamp) -> Self {
        Self {
            at,
            dimensions: Vec::new(),
            metrics: Vec::new(),
            members: Map::new(),
        }
    }

    /// What its counts are told apart by: one of a few fixed words.
    #[must_use]
    pub fn by(mut self, name: &str, value: &str) -> Self {
        self.dimensions.push(name.to_owned());
        self.note(name, value)
    }

    /// A number that becomes a metric.
    #[must_use]
    pub fn count(mut self, name: &str, value: u64) -> Self {
        let unit = if name.ends_with("Ms") {
            "Milliseconds"
        } else if name.ends_with("Seconds") {
            "Seconds"
        } else {
            "Count"
        };
        self.metrics.push(json!({"Name": name, "Unit": unit}));
        self.members.insert(name.to_owned(), value.into());
        self
    }

    /// A word that only stands in the line: what it is found by, like a case's reference.
    #[must_use]
    pub fn note(mut self, name: &str, value: &str) -> Self {
        self.members.insert(name.to_owned(), value.into());
        self
    }
}

impl std::fmt::Display for LogLine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut line = self.members.clone();
        if !self.metrics.is_empty() {
            let directive = json!({
                "Timestamp": self.at.as_millisecond(),
                "CloudWatchMetrics": [{
                    "Namespace": NAMESPACE,
                    "Dimensions": [self.dimensions],
                    "Metrics": self.metrics,
                }],
            });
            line.insert("_aws".to_owned(), directive);
        }
        write!(f, "{}", Value::Object(line))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_its_metrics_named_and_valued_beside_each_other() {
        let at = Timestamp::from_millisecond(1_800_000_000_000).unwrap();
        let line = LogLine::at(at)
            .by("Function", "intake")
            .by("Outcome", "Ended")
            .count("Messages", 1)
            .count("DurationMs", 250)
            .note("Case", "0000-0000-0000");
        let found: Value = serde_json::from_str(&line.to_string()).unwrap();
        let expected = json!({
            "_aws": {"Timestamp": 1_800_000_000_000_i64, "CloudWatchMetrics": [{
                "Namespace": "Tirkeu",
                "Dimensions": [["Function", "Outcome"]],
                "Metrics": [
                    {"Name": "Messages", "Unit": "Count"},
                    {"Name": "DurationMs", "Unit": "Milliseconds"},
                ],
            }]},
            "Function": "intake", "Outcome": "Ended", "Messages": 1, "DurationMs": 250,
            "Case": "0000-0000-0000",
        });
        assert_eq!(found, expected);
        let plain = LogLine::at(at).note("Case", "0000-0000-0000").to_string();
        assert_eq!(plain, r#"{"Case":"0000-0000-0000"}"#);
    }
}
