//! What a store is set up with: names, region, keys, endpoint.

use std::time::Duration;

use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region, retry::RetryConfig};
use casework::personal::Personal;

use crate::iin_key::{IinKey, ShortKey};

/// Longest wait for a connection.
const CONNECT_TIME_MAX: Duration = Duration::from_secs(3);
/// Longest wait for one attempt at a request.
const ATTEMPT_TIME_MAX: Duration = Duration::from_secs(20);
/// Attempts at a request that was throttled or not answered.
const ATTEMPTS_MAX: u32 = 4;

/// Where the store is and who one is there.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The table.
    pub table: String,
    /// The bucket of scans, readings and large records.
    pub records: String,
    /// The bucket of what is locked away.
    pub quarantine: String,
    /// The key under which an IIN becomes a key of the table.
    pub iin_key: IinKey,
    /// The region.
    pub region: String,
    /// Another DynamoDB than the region's own, for tests and for machines without an account.
    pub dynamo_endpoint: Option<String>,
    /// Another S3 than the region's own.
    pub s3_endpoint: Option<String>,
    /// Another mail service than the region's own.
    pub ses_endpoint: Option<String>,
    /// Another service for texts than the region's own.
    pub sns_endpoint: Option<String>,
    /// Who one is: access key, its secret, and the session's token where there is one.
    pub access_key: Personal<String>,
    /// The secret of the access key.
    pub secret_key: Personal<String>,
    /// The session's token, which every function has.
    pub session_token: Option<Personal<String>>,
}

/// A setting that is missing or cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// It is not there.
    #[error("{0} is not set")]
    Missing(&'static str),
    /// The key of IINs is too short.
    #[error("TIRKEU_IIN_KEY: {0}")]
    IinKey(#[from] ShortKey),
}

/// What the clients of all services are set up with.
macro_rules! config {
    ($sdk:ident, $settings:expr, $endpoint:expr) => {{
        let mut config = $sdk::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new($settings.region.clone()))
            .credentials_provider($settings.credentials())
            .retry_config(RetryConfig::standard().with_max_attempts(ATTEMPTS_MAX))
            .timeout_config(timeouts());
        config.set_endpoint_url($endpoint.clone());
        config
    }};
}

impl Settings {
    /// Settings from the variables of an environment, which `variable` looks up.
    ///
    /// # Errors
    /// [`SettingsError`], naming the variable and never its value.
    pub fn from_variables(
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, SettingsError> {
        let set = |name| variable(name).filter(|value: &String| !value.is_empty());
        let needed = |name| set(name).ok_or(SettingsError::Missing(name));
        Ok(Self {
            table: needed("TIRKEU_TABLE")?,
            records: needed("TIRKEU_RECORDS_BUCKET")?,
            quarantine: needed("TIRKEU_QUARANTINE_BUCKET")?,
            iin_key: IinKey::new(needed("TIRKEU_IIN_KEY")?.as_bytes())?,
            region: needed("AWS_REGION")?,
            dynamo_endpoint: set("AWS_ENDPOINT_URL"),
            s3_endpoint: set("AWS_ENDPOINT_URL"),
            ses_endpoint: set("AWS_ENDPOINT_URL"),
            sns_endpoint: set("AWS_ENDPOINT_URL"),
            access_key: needed("AWS_ACCESS_KEY_ID")?.into(),
            secret_key: needed("AWS_SECRET_ACCESS_KEY")?.into(),
            session_token: set("AWS_SESSION_TOKEN").map(Personal::from),
        })
    }

    pub(crate) fn dynamo(&self) -> aws_sdk_dynamodb::Client {
        let config = config!(aws_sdk_dynamodb, self, self.dynamo_endpoint);
        aws_sdk_dynamodb::Client::from_conf(config.build())
    }

    pub(crate) fn s3(&self) -> aws_sdk_s3::Client {
        let config = config!(aws_sdk_s3, self, self.s3_endpoint);
        // A place of one's own has one host name for all its buckets.
        let config = config.force_path_style(self.s3_endpoint.is_some());
        aws_sdk_s3::Client::from_conf(config.build())
    }

    pub(crate) fn ses(&self) -> aws_sdk_sesv2::Client {
        let config = config!(aws_sdk_sesv2, self, self.ses_endpoint);
        // A message whose answer was lost may have been sent: the outbox decides when it is tried again.
        let config = config.retry_config(RetryConfig::disabled());
        aws_sdk_sesv2::Client::from_conf(config.build())
    }

    pub(crate) fn sns(&self) -> aws_sdk_sns::Client {
        let config = config!(aws_sdk_sns, self, self.sns_endpoint);
        // As with mail: only the outbox tries again.
        let config = config.retry_config(RetryConfig::disabled());
        aws_sdk_sns::Client::from_conf(config.build())
    }

    fn credentials(&self) -> Credentials {
        Credentials::new(
            self.access_key.reveal(),
            self.secret_key.reveal(),
            self.session_token.as_ref().map(|t| t.reveal().clone()),
            None,
            "settings",
        )
    }
}

fn timeouts() -> TimeoutConfig {
    TimeoutConfig::builder()
        .connect_timeout(CONNECT_TIME_MAX)
        .operation_attempt_timeout(ATTEMPT_TIME_MAX)
        .build()
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "0123456789abcdef0123456789abcdef";

    fn with(name: &str, value: &str) -> Result<Settings, SettingsError> {
        Settings::from_variables(|asked| {
            let given = match asked {
                _ if asked == name => value,
                "AWS_ENDPOINT_URL" | "AWS_SESSION_TOKEN" => return None,
                "TIRKEU_IIN_KEY" => KEY,
                _ => "some",
            };
            Some(given.to_owned())
        })
    }

    #[test]
    fn a_setting_is_there_and_not_empty_or_it_is_named() {
        for (name, value, error) in [
            ("AWS_ENDPOINT_URL", "", None),
            ("AWS_ENDPOINT_URL", "http://127.0.0.1:1", None),
            (
                "TIRKEU_TABLE",
                "",
                Some(SettingsError::Missing("TIRKEU_TABLE")),
            ),
            ("AWS_REGION", "", Some(SettingsError::Missing("AWS_REGION"))),
            ("TIRKEU_IIN_KEY", KEY, None),
            (
                "TIRKEU_IIN_KEY",
                &KEY[1..],
                Some(SettingsError::IinKey(ShortKey)),
            ),
        ] {
            assert_eq!(with(name, value).err(), error, "{name}={value:?}");
        }
    }

    #[test]
    fn secrets_are_not_shown() {
        let shown = format!("{:?}", with("AWS_SECRET_ACCESS_KEY", "geheim").unwrap());
        assert!(!shown.contains("geheim") && !shown.contains(KEY), "{shown}");
    }
}
