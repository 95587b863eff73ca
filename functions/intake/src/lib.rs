//! A scan arrived: read it into its case.
