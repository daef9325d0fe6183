//! engross.
pub mod diag;
pub mod document;
pub mod export;
pub mod field;
pub mod font;
pub mod geom;
pub mod ink;
pub mod lang;
pub mod layout;
pub mod markup;
pub mod page;
pub mod paper;
pub mod period;
pub mod picture;
pub mod raster;
pub mod seed;
pub mod style;
