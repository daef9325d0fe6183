//! Between sRGB as stored and light (IEC 61966-2-1), by table.

use std::sync::LazyLock;

/// Light by stored value.
static LINEAR: LazyLock<[f32; 256]> = LazyLock::new(|| {
    core::array::from_fn(|value| {
        let v = value as f32 / 255.0;
        if v <= 0.040_45 { v / 12.92 } else { libm::powf((v + 0.055) / 1.055, 2.4) }
    })
});

/// So many steps that the steepest is less than a third of a stored value.
const STEPS: usize = 1 << 14;

/// Stored value by light.
static ENCODED: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let encode = |step: usize| {
        let v = step as f32 / STEPS as f32;
        let curved = if v <= 0.003_130_8 {
            v * 12.92
        } else {
            1.055 * libm::powf(v, 1.0 / 2.4) - 0.055
        };
        (curved * 255.0 + 0.5) as u8
    };
    (0..=STEPS).map(encode).collect()
});

/// The light, 0 to 1, of a stored value.
pub(super) fn linear(value: u8) -> f32 {
    LINEAR[usize::from(value)]
}

/// The stored value of a light, 0 to 1.
pub(super) fn encoded(light: f32) -> u8 {
    ENCODED[(light.clamp(0.0, 1.0) * STEPS as f32 + 0.5) as usize]
}
