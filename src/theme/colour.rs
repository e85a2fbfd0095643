//! `oklch(…)` for drawing templates: the stylesheets' colours as `#rrggbb`, the only notation that
//! drawings support.

use tera::{Kwargs, TeraResult};

/// `oklch(l=0.29, c=0.042, h=185)` → `#0e302d`. Lightness 0 to 1, chroma 0 to 0.4, hue in degrees.
pub(super) fn oklch(args: &Kwargs) -> TeraResult<String> {
    let lightness: f64 = args.must_get("l")?;
    let chroma: f64 = args.must_get("c")?;
    let hue: f64 = args.must_get("h")?;
    Ok(hex(lightness, chroma, hue))
}

/// Colours outside sRGB keep lightness and hue, and their chroma is reduced until they fit.
fn hex(lightness: f64, chroma: f64, hue: f64) -> String {
    let lightness = lightness.clamp(0.0, 1.0);
    // Black and white have no chroma: CSS Color 4, 13.2.
    let chroma = if (0.001..0.999).contains(&lightness) { chroma.clamp(0.0, 0.5) } else { 0.0 };
    let (mut least, mut most) = (0.0, chroma);
    let mut linear = to_linear(lightness, most, hue);
    if !is_in_gamut(linear) {
        for _ in 0..20 {
            let middle = (least + most) / 2.0;
            if is_in_gamut(to_linear(lightness, middle, hue)) {
                least = middle
            } else {
                most = middle
            }
        }
        linear = to_linear(lightness, least, hue);
    }
    let [r, g, b] = linear.map(encoded);
    format!("#{r:02x}{g:02x}{b:02x}")
}

fn is_in_gamut(linear: [f64; 3]) -> bool {
    linear.iter().all(|it| (-0.000_5..=1.000_5).contains(it))
}

/// The matrices of <https://bottosson.github.io/posts/oklab/>.
fn to_linear(lightness: f64, chroma: f64, hue: f64) -> [f64; 3] {
    let angle = hue.to_radians();
    let (a, b) = (chroma * libm::cos(angle), chroma * libm::sin(angle));
    let cube = |it: f64| it * it * it;
    let l = cube(lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b);
    let m = cube(lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b);
    let s = cube(lightness - 0.089_484_177_5 * a - 1.291_485_548 * b);
    [
        4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s,
        -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s,
        -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701 * s,
    ]
}

fn encoded(linear: f64) -> u8 {
    let linear = linear.clamp(0.0, 1.0);
    let value = if linear <= 0.003_130_8 {
        12.92 * linear
    } else {
        1.055 * libm::pow(linear, 1.0 / 2.4) - 0.055
    };
    (value * 255.0).round() as u8
}

#[cfg(test)]
mod tests {
    use super::hex;

    #[test]
    fn colours_are_those_browsers_show() {
        // Values from the CSS Color 4 specification and its tests.
        assert_eq!(hex(0.627_955, 0.257_683, 29.233_8), "#ff0000");
        assert_eq!(hex(0.519_752, 0.176_858, 142.495), "#008000");
        assert_eq!(hex(1.0, 0.0, 0.0), "#ffffff");
        assert_eq!(hex(0.0, 0.1, 200.0), "#000000");
    }

    #[test]
    fn what_no_screen_shows_keeps_its_lightness() {
        let grey = |hex: &str| u8::from_str_radix(&hex[3..5], 16).unwrap();
        assert!(hex(0.8, 0.4, 150.0).len() == 7 && grey(&hex(0.8, 0.4, 150.0)) > 180);
    }
}
