//! A place of one's own: table and buckets made here. A deployed stack has them from its
//! template; a test, and a machine without an account, has them from here.

use aws_sdk_dynamodb::error::BuildError;
use aws_sdk_dynamodb::types::{
    AttributeDefinition, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType, Projection,
    ProjectionType, ScalarAttributeType,
};
use aws_sdk_s3::types::CreateBucketConfiguration;
use casework::ports::StoreError;

use crate::Store;
use crate::body::JSON;
use crate::failure::sdk_failure;
use crate::keys::{
    OUTBOX_WAITING, PK, SK, UPLOADS_WITHOUT_END, WORKLIST_OF_ALL, WORKLIST_OF_MISSION,
};
use crate::outbox::{NEXT_AT, TOLD, TRIES};
use crate::transaction::VERSION;
use crate::write::ROW;

impl Store {
    /// Makes the table with its indexes, and the buckets.
    ///
    /// # Errors
    /// [`StoreError`] where they cannot be made, or are there.
    pub async fn make(&self) -> Result<(), StoreError> {
        let objects = &self.0.objects;
        for bucket in [&objects.records, &objects.quarantine] {
            make_bucket(&objects.s3, bucket).await?;
        }
        let unmade = |e: BuildError| StoreError::Permanent(e.to_string());
        let table = self
            .0
            .dynamo
            .create_table()
            .table_name(&self.0.table)
            .billing_mode(BillingMode::PayPerRequest)
            .set_key_schema(Some(key(PK, SK).map_err(unmade)?))
            .set_attribute_definitions(Some(attributes().map_err(unmade)?))
            .set_global_secondary_indexes(Some(indexes().map_err(unmade)?));
        let made = table.send().await;
        made.map(|_| ())
            .map_err(|e| sdk_failure("make the table", &e))
    }
}

/// Makes a bucket in the client's region, which must be said wherever it is not the first one.
pub(crate) async fn make_bucket(s3: &aws_sdk_s3::Client, bucket: &str) -> Result<(), StoreError> {
    let region = s3.config().region().map(AsRef::as_ref);
    let place = region
        .filter(|region| *region != "us-east-1")
        .map(|region| {
            let place = CreateBucketConfiguration::builder();
            place.location_constraint(region.into()).build()
        });
    let make = s3.create_bucket().bucket(bucket);
    let answer = make.set_create_bucket_configuration(place).send().await;
    answer
        .map(|_| ())
        .map_err(|e| sdk_failure("make a bucket", &e))
}

fn key(hash: &str, range: &str) -> Result<Vec<KeySchemaElement>, BuildError> {
    [(hash, KeyType::Hash), (range, KeyType::Range)]
        .map(|(name, part)| {
            let element = KeySchemaElement::builder().attribute_name(name);
            element.key_type(part).build()
        })
        .into_iter()
        .collect()
}

fn attributes() -> Result<Vec<AttributeDefinition>, BuildError> {
    let names = [
        PK,
        SK,
        WORKLIST_OF_ALL.1,
        WORKLIST_OF_ALL.2,
        WORKLIST_OF_MISSION.1,
        OUTBOX_WAITING.1,
        OUTBOX_WAITING.2,
        UPLOADS_WITHOUT_END.1,
        UPLOADS_WITHOUT_END.2,
    ];
    names
        .map(|name| {
            AttributeDefinition::builder()
                .attribute_name(name)
                .attribute_type(ScalarAttributeType::S)
                .build()
        })
        .into_iter()
        .collect()
}

/// An index carries only what is shown from it.
fn indexes() -> Result<Vec<GlobalSecondaryIndex>, BuildError> {
    [
        (WORKLIST_OF_ALL, &[ROW][..]),
        (WORKLIST_OF_MISSION, &[ROW]),
        (OUTBOX_WAITING, &[JSON, TRIES, NEXT_AT, TOLD]),
        (UPLOADS_WITHOUT_END, &[VERSION]),
    ]
    .map(|((name, hash, range), shown)| {
        let projection = Projection::builder()
            .projection_type(ProjectionType::Include)
            .set_non_key_attributes(Some(shown.iter().map(ToString::to_string).collect()))
            .build();
        GlobalSecondaryIndex::builder()
            .index_name(name)
            .set_key_schema(Some(key(hash, range)?))
            .projection(projection)
            .build()
    })
    .into_iter()
    .collect()
}
