//! Objects in buckets: put once, read whole.

use aws_sdk_s3::Client;
use aws_sdk_s3::error::ProvideErrorMetadata as _;
use aws_sdk_s3::operation::get_object::GetObjectError;
use aws_sdk_s3::operation::head_object::HeadObjectError;
use aws_sdk_s3::primitives::ByteStream;
use aws_sdk_s3::types::ChecksumAlgorithm;
use casework::ports::StoreError;

use crate::failure::sdk_failure;
use crate::settings::Settings;

/// The buckets.
#[derive(Debug)]
pub(crate) struct Objects {
    pub(crate) s3: Client,
    pub(crate) records: String,
    pub(crate) quarantine: String,
}

impl Objects {
    pub(crate) fn new(settings: &Settings) -> Self {
        Self {
            s3: settings.s3(),
            records: settings.records.clone(),
            quarantine: settings.quarantine.clone(),
        }
    }

    /// Puts an object whose key follows from its bytes: where it is there already, it is the same
    /// one and stays. S3 computes the checksum too, and takes no bytes that changed on their way.
    pub(crate) async fn put_once(
        &self,
        bucket: &str,
        key: &str,
        bytes: Vec<u8>,
    ) -> Result<(), StoreError> {
        let put = self
            .s3
            .put_object()
            .bucket(bucket)
            .key(key)
            .if_none_match("*")
            .checksum_algorithm(ChecksumAlgorithm::Sha256)
            .body(ByteStream::from(bytes));
        match put.send().await {
            Ok(_) => Ok(()),
            Err(e) if e.code() == Some("PreconditionFailed") => Ok(()),
            Err(e) => Err(sdk_failure("put an object", &e)),
        }
    }

    /// The bytes of an object; none where there is no such object.
    pub(crate) async fn bytes(
        &self,
        bucket: &str,
        key: &str,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let got = match self.s3.get_object().bucket(bucket).key(key).send().await {
            Ok(got) => got,
            Err(e)
                if e.as_service_error()
                    .is_some_and(GetObjectError::is_no_such_key) =>
            {
                return Ok(None);
            }
            Err(e) => return Err(sdk_failure("get an object", &e)),
        };
        let bytes = got.body.collect().await.map_err(|_| {
            StoreError::Transient("could not get an object: its bytes broke off".to_owned())
        })?;
        Ok(Some(bytes.to_vec()))
    }

    /// Whether there is such an object. Whoever may not list the bucket is told 403 for one that
    /// is not there, which is a failure here.
    pub(crate) async fn is_there(&self, bucket: &str, key: &str) -> Result<bool, StoreError> {
        match self.s3.head_object().bucket(bucket).key(key).send().await {
            Ok(_) => Ok(true),
            Err(e)
                if e.as_service_error()
                    .is_some_and(HeadObjectError::is_not_found) =>
            {
                Ok(false)
            }
            Err(e) => Err(sdk_failure("look for an object", &e)),
        }
    }

    /// Removes an object; one that is not there is no failure.
    pub(crate) async fn remove(&self, bucket: &str, key: &str) -> Result<(), StoreError> {
        let remove = self.s3.delete_object().bucket(bucket).key(key);
        let removed = remove.send().await;
        removed
            .map(|_| ())
            .map_err(|e| sdk_failure("remove an object", &e))
    }

    /// Removes every object whose key begins so.
    pub(crate) async fn remove_all(&self, bucket: &str, beginning: &str) -> Result<(), StoreError> {
        let list = self.s3.list_objects_v2().bucket(bucket);
        let mut pages = list.prefix(beginning).into_paginator().send();
        while let Some(page) = pages.next().await {
            let page = page.map_err(|e| sdk_failure("list objects", &e))?;
            for key in page.contents().iter().filter_map(|object| object.key()) {
                self.remove(bucket, key).await?;
            }
        }
        Ok(())
    }
}
