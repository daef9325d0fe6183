//! engross.
pub mod diag;
pub mod font;
pub mod geom;
pub mod lang;
pub mod page;
pub mod paper;
pub mod picture;
pub mod seed;
