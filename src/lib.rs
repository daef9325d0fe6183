//! Vintage letters and treaties: templates, period type, aged paper, PDF.

pub mod geom;
pub mod period;
pub mod seed;
