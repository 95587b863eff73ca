//! Drawing in millimetres: shapes, text, and the things every document carries.

pub mod backdrop;
pub mod canvas;
pub mod codes;
pub mod face;
pub mod imprint;
pub mod portrait;
pub mod text;
pub mod texture;
