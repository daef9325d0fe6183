//! Dates, numbers, money and letters of the past against examples collected from sources.

mod customs;
mod properties;
mod vectors;
