//! The inbox: the bucket in which uploads are put, read and never written.

use aws_sdk_s3::Client;
use aws_sdk_s3::operation::get_object::{GetObjectError, GetObjectOutput};
use casework::personal::Personal;
use casework::ports::{Inbox as Port, Listed, StoreError};
use casework::upload::{Arrived, Object};
use jiff::Timestamp;

use crate::failure::sdk_failure;
use crate::place::make_bucket;
use crate::settings::Settings;

/// A bucket of uploads. A clone is the same inbox.
#[derive(Debug, Clone)]
pub struct Inbox {
    s3: Client,
    bucket: String,
}

impl Inbox {
    /// The inbox in this bucket; nothing is asked of it yet.
    pub fn new(settings: &Settings, bucket: impl Into<String>) -> Self {
        Self {
            s3: settings.s3(),
            bucket: bucket.into(),
        }
    }

    /// Puts an object, as an uploader does.
    ///
    /// # Errors
    /// [`StoreError`] where it cannot be put.
    pub async fn put(&self, key: &str, bytes: Vec<u8>) -> Result<(), StoreError> {
        let put = self.s3.put_object().bucket(&self.bucket).key(key);
        let put = put.body(bytes.into()).send().await;
        put.map(|_| ())
            .map_err(|e| sdk_failure("put an upload", &e))
    }

    /// Makes the bucket, for a place of one's own.
    ///
    /// # Errors
    /// [`StoreError`] where it cannot be made, or is there.
    pub async fn make(&self) -> Result<(), StoreError> {
        make_bucket(&self.s3, &self.bucket).await
    }
}

impl Port for Inbox {
    fn bucket(&self) -> &str {
        &self.bucket
    }

    async fn fetch(&self, key: &str, size_bytes_max: u64) -> Result<Option<Arrived>, StoreError> {
        let got = self.s3.get_object().bucket(&self.bucket).key(key).send();
        let got = match got.await {
            Ok(got) => got,
            Err(e)
                if e.as_service_error()
                    .is_some_and(GetObjectError::is_no_such_key) =>
            {
                return Ok(None);
            }
            Err(e) => return Err(sdk_failure("get an upload", &e)),
        };
        let object = self.object(key, &got)?;
        if object.size_bytes > size_bytes_max {
            let bytes = None;
            return Ok(Some(Arrived { object, bytes }));
        }
        let bytes = got.body.collect().await.map_err(|_| {
            StoreError::Transient("could not get an upload: its bytes broke off".to_owned())
        })?;
        let bytes = Some(bytes.to_vec());
        Ok(Some(Arrived { object, bytes }))
    }

    async fn list(&self, after: Option<&str>) -> Result<Vec<Listed>, StoreError> {
        let list = self.s3.list_objects_v2().bucket(&self.bucket);
        let page = list.set_start_after(after.map(str::to_owned)).send().await;
        let page = page.map_err(|e| sdk_failure("list the inbox", &e))?;
        let lacks = || StoreError::Permanent("an upload was listed without its key".to_owned());
        let objects = page.contents().iter();
        objects.map(|o| listed(o).ok_or_else(lacks)).collect()
    }
}

fn listed(object: &aws_sdk_s3::types::Object) -> Option<Listed> {
    let put_at = object.last_modified()?;
    Some(Listed {
        key: object.key()?.into(),
        etag: object.e_tag().map(str::to_owned),
        size_bytes: u64::try_from(object.size()?).ok()?,
        put_at: time(put_at)?,
    })
}

fn time(at: &aws_sdk_s3::primitives::DateTime) -> Option<Timestamp> {
    Timestamp::new(at.secs(), at.subsec_nanos().cast_signed()).ok()
}

impl Inbox {
    fn object(&self, key: &str, got: &GetObjectOutput) -> Result<Object, StoreError> {
        let lacks = |what| StoreError::Permanent(format!("an upload was answered without {what}"));
        let put_at = got.last_modified().and_then(time);
        let size_bytes = got
            .content_length()
            .and_then(|size| u64::try_from(size).ok());
        Ok(Object {
            bucket: self.bucket.clone(),
            key: Personal::from(key),
            // A bucket that keeps no versions may say so with this word.
            version: got.version_id().filter(|v| *v != "null").map(str::to_owned),
            etag: got
                .e_tag()
                .ok_or_else(|| lacks("its entity tag"))?
                .to_owned(),
            size_bytes: size_bytes.ok_or_else(|| lacks("its size"))?,
            put_at: put_at.ok_or_else(|| lacks("its time"))?,
        })
    }
}
