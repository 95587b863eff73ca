//! Papers on their way, piece by piece: each piece an object, the one item of an application says
//! which of them are the paper so far. Many functions write at once; the item's version orders them.

use casework::case::CaseId;
use casework::ports::{Pieces, StoreError};
use casework::record::{from_record, to_record};
use casework::scan::ScanId;
use serde::{Deserialize, Serialize};

use crate::Store;
use crate::body::Body;
use crate::item::{keyed, number, number_of, with};
use crate::keys::ItemKey;
use crate::transaction::VERSION;

const WHICH: &str = "a paper in pieces";
/// A last piece that is smaller is put together with the next one: so many pieces of nearly nothing
/// make no long list.
const SMALL_BYTES: u64 = 64 << 10;

/// A paper on its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct OnItsWay {
    paper: ScanId,
    pieces: Vec<Piece>,
}

/// A piece that is here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Piece {
    object: String,
    size_bytes: u64,
}

impl OnItsWay {
    fn arrived(&self) -> u64 {
        self.pieces.iter().map(|piece| piece.size_bytes).sum()
    }
}

impl Pieces for Store {
    async fn arrived(&self, reference: &CaseId, paper: &ScanId) -> Result<u64, StoreError> {
        let there = self.on_its_way(reference).await?;
        Ok(there.map_or(0, |(_, way)| bytes_of(&way, paper)))
    }

    async fn add(
        &self,
        reference: &CaseId,
        paper: &ScanId,
        offset: u64,
        piece: &[u8],
    ) -> Result<u64, StoreError> {
        let there = self.on_its_way(reference).await?;
        let here = there.as_ref().map_or(0, |(_, way)| bytes_of(way, paper));
        if here != offset {
            return Ok(here);
        }
        let version = there.as_ref().map(|(version, _)| *version);
        let (mut way, mut unneeded) = match there.map(|(_, way)| way) {
            Some(way) if way.paper == *paper => (way, Vec::new()),
            other => {
                let pieces = Vec::new();
                let paper = paper.clone();
                let unneeded = other.map(|other| other.pieces).unwrap_or_default();
                (OnItsWay { paper, pieces }, unneeded)
            }
        };
        let mut bytes = Vec::new();
        if let Some(last) = way.pieces.pop_if(|last| last.size_bytes < SMALL_BYTES) {
            bytes = self.piece(&last).await?;
            unneeded.push(last);
        }
        bytes.extend_from_slice(piece);
        let added = Piece {
            object: object(reference, paper, way.arrived(), &bytes),
            size_bytes: bytes.len() as u64,
        };
        let objects = &self.0.objects;
        objects
            .put_once(&objects.records, &added.object, bytes)
            .await?;
        unneeded.retain(|piece| piece.object != added.object);
        way.pieces.push(added);
        let record = Body::Inline(to_record(WHICH, &way)?);
        let next = number(version.unwrap_or(0) + 1);
        let item = with(keyed(&ItemKey::pieces(reference)), [(VERSION, next)]);
        let put = self.put_if(record.onto(item), version)?;
        if !self.transact_through("add a piece", &[put]).await? {
            // Another was faster: it says what is here.
            return self.arrived(reference, paper).await;
        }
        self.drop_pieces(&unneeded).await?;
        Ok(way.arrived())
    }

    async fn whole(
        &self,
        reference: &CaseId,
        paper: &ScanId,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let there = self.on_its_way(reference).await?;
        let Some((_, way)) = there.filter(|(_, way)| way.paper == *paper) else {
            return Ok(None);
        };
        let mut bytes = Vec::new();
        for piece in &way.pieces {
            bytes.append(&mut self.piece(piece).await?);
        }
        Ok((ScanId::of(&bytes) == *paper).then_some(bytes))
    }

    async fn forget(&self, reference: &CaseId) -> Result<(), StoreError> {
        let Some((_, way)) = self.on_its_way(reference).await? else {
            return Ok(());
        };
        let item = ItemKey::pieces(reference);
        self.remove("forget pieces", &item).await?;
        self.drop_pieces(&way.pieces).await
    }
}

fn bytes_of(way: &OnItsWay, paper: &ScanId) -> u64 {
    if way.paper == *paper {
        way.arrived()
    } else {
        0
    }
}

/// The object of a piece: no other piece, of this paper or of another, is ever in it.
fn object(reference: &CaseId, paper: &ScanId, offset: u64, bytes: &[u8]) -> String {
    let content = ScanId::of(bytes);
    format!("pieces/{reference}/{paper}/{offset}-{content}")
}

impl Store {
    /// The paper that is on its way to an application, and the version of what is known of it.
    async fn on_its_way(&self, reference: &CaseId) -> Result<Option<(u64, OnItsWay)>, StoreError> {
        let Some(item) = self.item(&ItemKey::pieces(reference)).await? else {
            return Ok(None);
        };
        let record = Body::of(&item)?.record(&self.0.objects).await?;
        let way = from_record(WHICH, &record)?;
        Ok(Some((number_of(&item, VERSION)?, way)))
    }

    /// The bytes of a piece; none where they were forgotten meanwhile, or are too old.
    async fn piece(&self, piece: &Piece) -> Result<Vec<u8>, StoreError> {
        let objects = &self.0.objects;
        let bytes = objects.bytes(&objects.records, &piece.object).await?;
        Ok(bytes.unwrap_or_default())
    }

    async fn drop_pieces(&self, pieces: &[Piece]) -> Result<(), StoreError> {
        let objects = &self.0.objects;
        for piece in pieces {
            objects.remove(&objects.records, &piece.object).await?;
        }
        Ok(())
    }
}
