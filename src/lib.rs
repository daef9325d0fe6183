//! engross.
pub mod diag;
pub mod export;
pub mod font;
pub mod geom;
pub mod ink;
pub mod lang;
pub mod page;
pub mod paper;
pub mod picture;
pub mod raster;
pub mod seed;
