//! How a glyph or path becomes an impression.
