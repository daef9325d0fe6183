//! Sheets measured, as the scans were.

use super::*;
use crate::geom::Length;

/// The papers that are shipped: name, recipe.
const PAPERS: [(&str, &str); 14] = [
    ("bond", include_str!("../../papers/bond.toml")),
    ("hanji", include_str!("../../papers/hanji.toml")),
    ("laid-rag", include_str!("../../papers/laid-rag.toml")),
    ("ledger", include_str!("../../papers/ledger.toml")),
    ("machine-wove", include_str!("../../papers/machine-wove.toml")),
    ("manila", include_str!("../../papers/manila.toml")),
    ("mimeograph", include_str!("../../papers/mimeograph.toml")),
    ("mulberry", include_str!("../../papers/mulberry.toml")),
    ("onionskin", include_str!("../../papers/onionskin.toml")),
    ("tablet", include_str!("../../papers/tablet.toml")),
    ("telegram-yellow", include_str!("../../papers/telegram-yellow.toml")),
    ("vellum", include_str!("../../papers/vellum.toml")),
    ("wove", include_str!("../../papers/wove.toml")),
    ("xuan", include_str!("../../papers/xuan.toml")),
];

/// Reads a recipe.
fn read(recipe: &str) -> Paper {
    toml::from_str(recipe).unwrap()
}

/// A shipped paper.
fn paper(name: &str) -> Paper {
    read(PAPERS.iter().find(|(known, _)| *known == name).unwrap().1)
}

/// A sheet of 70 × 60 mm at 150 pixels to the inch.
fn sheet(paper: &Paper, age: f32, seed: u64) -> Sheet<'_> {
    Sheet {
        paper,
        size: Size::new(Length::mm(70.0), Length::mm(60.0)),
        age: Age::new(age).unwrap(),
        ream: Seed(seed),
        seed: Seed(seed),
        side: Side::Recto,
        resolution: Resolution(150.0),
        wear: &[],
        rim: Rim::default(),
    }
}

/// The green of a sheet as it is drawn, row by row.
fn plane_drawn(sheet: &Sheet<'_>) -> Vec<Vec<f32>> {
    let picture = sheet.draw().picture();
    let rows = picture.pixels.chunks_exact(3 * picture.width as usize);
    rows.map(|row| row.chunks_exact(3).map(|p| f32::from(p[1])).collect()).collect()
}

/// One plane of a sheet, row by row.
fn plane(sheet: &Sheet<'_>, which: usize) -> Vec<Vec<f32>> {
    let leaf = Leaf { age: sheet.age, ream: sheet.ream, seed: sheet.seed };
    let colour = sheet.paper.stock.colour(&leaf);
    let frame = Frame::of(sheet.size);
    let pulp = sheet.paper.grain.of(&leaf, colour, sheet.finest(), frame);
    let shape = Shape::of(sheet, None);
    let bands = sheet.bands(&pulp, (None, &shape));
    let mut sand = pulp.sand(sheet.side.name(), sheet.resolution);
    let mut rows = Vec::new();
    pixels::pairs(
        bands,
        sheet.pixels(),
        |number, pair| sand.strew(number, pair),
        |_, pair| match which {
            0 => rows.extend(pair.light.map(|row| row.to_vec())),
            _ => rows.push(pair.colour[which - 1].to_vec()),
        },
    );
    if which == 0 { rows } else { doubled(&doubled(&rows)) }
}

/// A plane of colour with rows and columns exchanged, and twice as many of the latter, as
/// readers of JPEG make them.
fn doubled(plane: &[Vec<f32>]) -> Vec<Vec<f32>> {
    let last = plane.len() - 1;
    let row = |i: usize| {
        let other =
            if i.is_multiple_of(2) { (i / 2).max(1) - 1 } else { (i / 2 + 1).min(last) };
        let pairs = plane[i / 2].iter().zip(&plane[other]);
        pairs.map(|(near, far)| 0.75 * near + 0.25 * far).collect::<Vec<f32>>()
    };
    let rows: Vec<Vec<f32>> = (0..2 * plane.len()).map(row).collect();
    (0..rows[0].len()).map(|x| rows.iter().map(|row| row[x]).collect()).collect()
}

/// A plane blurred by a Gaussian of this many cells.
fn blurred(plane: &[Vec<f32>], sigma: f32) -> Vec<Vec<f32>> {
    let reach = (3.0 * sigma) as i32 + 1;
    let kernel: Vec<f32> = (-reach..=reach)
        .map(|d| libm::expf(-0.5 * (d as f32 / sigma) * (d as f32 / sigma)))
        .collect();
    let sum: f32 = kernel.iter().sum();
    let along = |line: &[f32]| -> Vec<f32> {
        let at = |x: i32| line[x.clamp(0, line.len() as i32 - 1) as usize];
        (0..line.len() as i32)
            .map(|x| {
                (-reach..).zip(&kernel).map(|(d, k)| k * at(x + d)).sum::<f32>() / sum
            })
            .collect()
    };
    let turned = |plane: Vec<Vec<f32>>| -> Vec<Vec<f32>> {
        (0..plane[0].len()).map(|x| plane.iter().map(|row| row[x]).collect()).collect()
    };
    let once = turned(plane.iter().map(|row| along(row)).collect());
    turned(once.iter().map(|row| along(row)).collect())
}

/// The octaves of a plane as the scans were measured, without a rim of 12 mm.
fn octaves(plane: &[Vec<f32>]) -> Vec<Vec<f32>> {
    let mut steps = vec![plane.to_vec()];
    steps.extend([0.6, 1.2, 2.4, 4.8, 9.6, 19.2].map(|sigma| blurred(plane, sigma)));
    let inner = |p: &[Vec<f32>]| -> Vec<f32> {
        let rows = &p[70..p.len() - 70];
        rows.iter().flat_map(|row| row[70..row.len() - 70].to_vec()).collect()
    };
    let pairs = steps.windows(2);
    pairs
        .map(|pair| {
            inner(&pair[0]).iter().zip(inner(&pair[1])).map(|(a, b)| a - b).collect()
        })
        .collect()
}

/// Mean of a list.
fn mean(values: &[f32]) -> f64 {
    values.iter().map(|&v| f64::from(v)).sum::<f64>() / values.len() as f64
}

/// Covariance of two lists.
fn covariance(a: &[f32], b: &[f32]) -> f64 {
    let (ma, mb) = (mean(a), mean(b));
    let product = |(&x, &y): (&f32, &f32)| (f64::from(x) - ma) * (f64::from(y) - mb);
    a.iter().zip(b).map(product).sum::<f64>() / a.len() as f64
}

/// Correlation of two lists.
fn correlation(a: &[f32], b: &[f32]) -> f64 {
    covariance(a, b) / (covariance(a, a) * covariance(b, b)).sqrt()
}

/// FNV-1a over bytes.
fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |h, &b| {
        (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[test]
fn shipped_papers_say_what_they_are() {
    for (name, recipe) in PAPERS {
        let paper = read(recipe);
        for lang in [crate::lang::Lang::EN, crate::lang::Lang::KO] {
            assert!(paper.about.contains_key(&lang), "{name} in {lang}");
        }
        assert!(paper.years.is_some(), "{name}");
    }
    let tablet = paper("tablet").size.unwrap();
    assert_eq!(tablet, Size::new(Length::inches(8.0), Length::inches(10.5)));
}

#[test]
fn unsound_recipes_are_refused_with_all_that_is_wrong() {
    let recipe = "[stock]\nnew = [80, 0, 9]\n[laid]\nlines = '9mm'\ndepth = nan\n";
    let error = toml::from_str::<Paper>(recipe).unwrap_err().to_string();
    assert!(error.contains("stock.old") && error.contains("laid.depth"), "{error}");
    assert!(error.contains("`laid.lines` is 9.00mm; write a length from 0.3mm to 3mm"));
    assert!(toml::from_str::<Paper>("[stock]\nage = 1").is_err());
    assert!(toml::from_str::<Paper>("colour = 1").is_err());
}

#[test]
fn ages_are_numbers_from_0_to_100() {
    assert_eq!("70".parse(), Ok(Age::new(70.0).unwrap()));
    assert_eq!(Age::new(0.0), Some(Age::NEW));
    for bad in ["-1", "101", "nan", "inf", "old", ""] {
        assert!(bad.parse::<Age>().is_err(), "{bad}");
    }
}

#[test]
fn older_sheets_are_darker_and_yellower() {
    for (name, recipe) in PAPERS {
        let paper = read(recipe);
        for seed in 0..4 {
            let means: Vec<[f64; 2]> = (0..=10)
                .map(|tenth| {
                    let mut sheet = sheet(&paper, 10.0 * tenth as f32, seed);
                    sheet.resolution = Resolution(75.0);
                    [0, 2].map(|p| mean(&plane(&sheet, p).concat()))
                })
                .collect();
            for pair in means.windows(2) {
                let older =
                    pair[1][0] < pair[0][0] - 0.1 && pair[1][1] > pair[0][1] + 0.1;
                assert!(older, "{name}, seed {seed}: {pair:?}");
            }
        }
    }
}

#[test]
fn seeds_change_the_pixels_and_nothing_else_does() {
    let paper = paper("laid-rag");
    let one = sheet(&paper, 60.0, 1).draw().picture();
    assert_eq!(one, sheet(&paper, 60.0, 1).draw().picture());
    let two = sheet(&paper, 60.0, 2).draw().picture();
    let differ = one.pixels.iter().zip(&two.pixels).filter(|(a, b)| a != b).count();
    assert!(differ * 2 > one.pixels.len());
}

#[test]
fn sheets_are_the_same_on_every_machine() {
    let hashes: Vec<(&str, u64)> = PAPERS
        .map(|(name, recipe)| {
            let paper = read(recipe);
            let front = sheet(&paper, 80.0, 7);
            let back = Sheet { side: Side::Verso, resolution: Resolution(96.0), ..front };
            (
                name,
                hash(
                    &[front.draw().picture().pixels, back.draw().picture().pixels]
                        .concat(),
                ),
            )
        })
        .to_vec();
    // After a change that is meant, look at the sheets, then write the new numbers here.
    assert_eq!(hashes, GOLDEN, "{hashes:#x?}");
}

/// What each paper came to when it was last looked at.
const GOLDEN: [(&str, u64); 14] = [
    ("bond", 0x88d8_6f1e_df22_e06a),
    ("hanji", 0x4a73_2418_3e12_0992),
    ("laid-rag", 0x4f18_bb4c_e3fa_2747),
    ("ledger", 0x3d4e_dc6f_7b29_eb26),
    ("machine-wove", 0xfe27_775e_6cfc_c899),
    ("manila", 0x8847_7120_90ff_d3b1),
    ("mimeograph", 0xf2c4_760c_c578_9ea6),
    ("mulberry", 0xee57_f172_afca_60b4),
    ("onionskin", 0xcfb0_499e_466c_0903),
    ("tablet", 0xfb14_7136_aee5_05f8),
    ("telegram-yellow", 0x2da8_78f9_468f_65f5),
    ("vellum", 0x5094_45ba_28c0_2719),
    ("wove", 0xccf6_f56c_0153_ed33),
    ("xuan", 0x1302_b85b_dfcf_8bca),
];

#[test]
fn grain_has_the_spectrum_of_its_recipe() {
    let alike = "[specks]\ndensity = 0.0\n[grain]\nvaries = 0.0\nrun = [0.0, 0.0]\n";
    let paper = read(alike);
    // Leaves are livelier in one place than in another: the mean of some is what counts.
    let sheets = [3, 4, 5, 6, 7, 8].map(|seed| sheet(&paper, 100.0, seed));
    let of = |which: usize| -> Vec<f64> {
        let mut sums = [0.0; 6];
        for sheet in &sheets {
            for (sum, octave) in sums.iter_mut().zip(octaves(&plane(sheet, which))) {
                *sum += covariance(&octave, &octave) / sheets.len() as f64;
            }
        }
        sums.map(f64::sqrt).to_vec()
    };
    let wanted = [
        // The finest octave is a third stronger, for the JPEG file to come.
        [0.40, 0.33, 0.27, 0.22, 0.20, 0.17],
        // Colour has half the resolution, and less of the finest octave.
        [0.09, 0.14, 0.16, 0.15, 0.11, 0.09],
        [0.11, 0.17, 0.22, 0.22, 0.18, 0.15],
    ];
    for (which, wanted) in wanted.into_iter().enumerate() {
        for (octave, (found, wanted)) in of(which).into_iter().zip(wanted).enumerate() {
            let ratio = found / wanted;
            assert!(
                (0.7..1.4).contains(&ratio),
                "plane {which} octave {octave}: {found}"
            );
        }
    }
}

#[test]
fn grain_has_a_dark_tail_and_colours_of_its_own() {
    let paper = Paper::default();
    let sheets = [4, 5, 6, 7].map(|seed| {
        let sheet = sheet(&paper, 100.0, seed);
        [0, 1, 2].map(|which| octaves(&plane(&sheet, which)))
    });
    let [light, ..] = &sheets[1];
    for octave in 0..2 {
        // Reams differ; on the whole lightness and colour go their own ways.
        let together = |other: usize| {
            let of = |sheet: &[Vec<Vec<f32>>; 3]| {
                correlation(&sheet[0][octave], &sheet[other][octave])
            };
            sheets.iter().map(of).sum::<f64>() / sheets.len() as f64
        };
        assert!(together(2).abs() < 0.1, "{}", together(2));
        assert!(together(1).abs() < 0.15, "{}", together(1));
        let values = &light[octave];
        let deviation = covariance(values, values).sqrt();
        let moment = |power: f64| {
            let terms =
                values.iter().map(|&v| libm::pow(f64::from(v) / deviation, power));
            terms.sum::<f64>() / values.len() as f64
        };
        let (skew, kurtosis) = (moment(3.0), moment(4.0) - 3.0);
        assert!((-2.0..-0.2).contains(&skew), "{skew}");
        assert!((1.0..16.0).contains(&kurtosis), "{kurtosis}");
    }
}

#[test]
fn a_new_sheet_is_clean() {
    let paper = paper("machine-wove");
    let octave = |age: f32| {
        let octaves = octaves(&plane(&sheet(&paper, age, 2), 0));
        covariance(&octaves[3], &octaves[3]).sqrt()
    };
    assert!(octave(0.0) < 0.6 * octave(100.0));
    let picture = sheet(&paper, 0.0, 2).draw().picture();
    let mean = picture.mean_colour();
    assert!(mean.r.min(mean.g).min(mean.b) > 228, "{mean:?}");
}

#[test]
fn a_letter_that_was_sent_has_its_creases() {
    let flat = read("");
    let sent = flat.folded([2, 0]);
    let [flat, sent] = [&flat, &sent].map(|paper| plane_drawn(&sheet(paper, 50.0, 4)));
    let differs = |row: usize| -> f32 {
        let pairs = flat[row].iter().zip(&sent[row]);
        pairs.map(|(a, b)| (a - b).abs()).sum::<f32>() / flat[row].len() as f32
    };
    let most =
        (0..flat.len()).max_by(|a, b| differs(*a).total_cmp(&differs(*b))).unwrap();
    // In three: at a third or two thirds of the height, within 4 mm.
    let share = most as f32 / flat.len() as f32;
    let off = (share - 1.0 / 3.0).abs().min((share - 2.0 / 3.0).abs());
    assert!(off < 4.0 / 60.0, "{share}");
}

#[test]
fn the_verso_is_the_back_of_the_same_leaf() {
    // The relief of a crease is turned inside out, its panels are not.
    let paper = read("[foxing]\n[fold]\ndown = 1\ndepth = 0.0");
    for width in [70.0, 70.1, 70.2, 70.3, 70.4, 70.5, 70.6] {
        let size = Size::new(Length::mm(width), Length::mm(60.0));
        let recto = Sheet { size, ..sheet(&paper, 100.0, 9) };
        let verso = Sheet { side: Side::Verso, ..recto };
        let front = plane_drawn(&recto);
        let mut back = plane_drawn(&verso);
        back.iter_mut().for_each(|row| row.reverse());
        let coarse = [&front, &back].map(|side| blurred(side, 8.0).concat());
        let likeness = correlation(&coarse[0], &coarse[1]);
        assert!(likeness > 0.95, "{width}: {likeness}");
        let [front, back] = [front, back].map(|side| octaves(&side).swap_remove(0));
        assert!(correlation(&front, &back).abs() < 0.1);
    }
}

#[test]
fn sheets_have_their_size_and_look_at_every_resolution() {
    let paper = paper("tablet");
    let of = |ppi: f64| {
        let resolution = Resolution(ppi);
        Sheet { resolution, ..sheet(&paper, 80.0, 4) }.draw().picture()
    };
    assert_eq!((of(150.0).width, of(150.0).height), (413, 354));
    assert_eq!((of(96.0).width, of(96.0).height), (265, 227));
    assert_eq!((of(1.0).width, of(1.0).height), (3, 2));
    assert_eq!((of(f64::NAN).width, of(-5.0).height), (1, 1));
    let coarse = |ppi: f64| {
        let sheet = of(ppi);
        let block = (sheet.width / 24).max(1);
        let small = sheet.reduced(block, block);
        let column = |x: u32| (x * small.width / 24, small.height / 2);
        let pixels = (1..23).map(column).map(|(x, y)| small.pixel(x, y));
        (sheet.mean_colour(), pixels.collect::<Vec<_>>())
    };
    let (mean, blocks) = coarse(150.0);
    for ppi in [75.0, 110.0, 200.0, 300.0, 400.0] {
        let (other, others) = coarse(ppi);
        for (one, two) in [(mean.r, other.r), (mean.g, other.g), (mean.b, other.b)] {
            assert!(one.abs_diff(two) <= 1, "{ppi}: {mean:?} {other:?}");
        }
        let apart = blocks.iter().zip(&others).map(|(a, b)| a[1].abs_diff(b[1])).max();
        assert!(apart < Some(9), "{ppi}: {apart:?}");
    }
}

#[test]
fn ruled_lines_stand_where_the_paper_says() {
    let paper = paper("tablet");
    let ruling = paper.ruling().unwrap();
    let lines: Vec<f64> = ruling.lines(Length::inches(10.5)).map(Length::to_mm).collect();
    assert!((lines[1] - lines[0] - 25.4 * 11.0 / 32.0).abs() < 1e-9);
    assert!(lines.iter().all(|&y| y < 10.5 * 25.4 - 10.0) && lines.len() > 20);
    let sheet = sheet(&paper, 0.0, 1).draw().picture();
    let row = |mm: f64| {
        let y = (mm / 25.4 * 150.0) as usize;
        let pixels = &sheet.pixels[y * 413 * 3..(y + 1) * 413 * 3];
        pixels.chunks_exact(3).map(|p| u32::from(p[0])).sum::<u32>() / 413
    };
    assert!(row(lines[0]) + 12 < row(lines[0] - 4.0));
}

#[test]
fn every_wear_leaves_traces_that_deepen_with_age() {
    let paper = paper("bond");
    for (name, wear) in Wear::ALL {
        let marked = |age: f32| {
            let plain = sheet(&paper, age, 11);
            let worn = Sheet { wear: &[wear], ..plain };
            let pairs = plain
                .draw()
                .picture()
                .pixels
                .into_iter()
                .zip(worn.draw().picture().pixels);
            pairs.map(|(a, b)| f64::from(a.abs_diff(b))).sum::<f64>()
        };
        let (young, old) = (marked(10.0), marked(90.0));
        assert!(young > 0.0 && old > young, "{name}: {young} {old}");
    }
}

#[test]
fn wear_is_the_same_at_every_resolution_and_on_both_sides() {
    let paper = paper("bond");
    let fine = Sheet { wear: &[Wear::Damp], ..sheet(&paper, 70.0, 5) };
    let marks = |sheet: Sheet<'_>| {
        let plain = Sheet { wear: &[], ..sheet }.draw().picture();
        let worn = sheet.draw().picture();
        let (w, h) = (worn.width, worn.height);
        // In which of the cells of a coarse grid there are marks.
        let mut cells = vec![0.0; 48];
        for y in 0..h {
            for x in 0..w {
                let gap = plain.pixel(x, y)[1].abs_diff(worn.pixel(x, y)[1]);
                let cell = (y * 8 / h) * 6 + x * 6 / w;
                cells[cell as usize] += f64::from(gap) / f64::from(w * h);
            }
        }
        cells
    };
    let near = |a: &[f64], b: &[f64]| {
        a.iter().zip(b).map(|(a, b)| (a - b).abs()).sum::<f64>()
            < 0.25 * a.iter().sum::<f64>()
    };
    let here = marks(fine);
    assert!(near(&here, &marks(Sheet { resolution: Resolution(75.0), ..fine })));
    let back = marks(Sheet { side: Side::Verso, ..fine });
    let turned: Vec<f64> =
        back.chunks_exact(6).flat_map(|row| row.iter().rev().copied()).collect();
    assert!(near(&here, &turned), "a leaf is wet through");
}

#[test]
fn reams_differ_and_leaves_of_one_are_alike() {
    let paper = paper("bond");
    let of = |ream: u64, seed: u64| {
        Sheet { ream: Seed(ream), ..sheet(&paper, 70.0, seed) }
            .draw()
            .picture()
            .mean_colour()
    };
    let apart = |one: crate::geom::Rgb, two: crate::geom::Rgb| {
        one.r.abs_diff(two.r).max(one.b.abs_diff(two.b))
    };
    let leaves = (1..6).map(|seed| apart(of(1, 1), of(1, seed + 1))).max();
    let reams = (1..6).map(|ream| apart(of(1, 1), of(ream + 1, 1))).max();
    assert!(leaves < Some(16) && reams > Some(20), "{leaves:?} {reams:?}");
}
