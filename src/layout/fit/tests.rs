//! The search against all paths there are, on texts of random widths.

use super::*;
use crate::layout::breaks::Spot;
use crate::layout::glue::Sums;
use crate::seed::{Rng, Seed};

/// A text of so many words, some of which may be divided.
fn text(words: usize, rng: &mut Rng) -> Vec<Break> {
    let mut breaks = Vec::new();
    let mut sums = Sums::default();
    let mut add = |atom, ending, end, start| {
        let (hang, lead) = (Length::ZERO, Length::ZERO);
        let spot = Spot { atom, cut: None };
        breaks.push(Break { spot, ending, end, start, hang, lead, penalty: 0.0 });
    };
    add(0, Ending::Forced, sums, sums);
    for word in 0..words {
        let mut parts = 1 + rng.below(3);
        while parts > 0 {
            let width = Length::pt(rng.between(8.0, 24.0));
            sums += Sums { width, expand: width * 0.02, ..Sums::default() };
            parts -= 1;
            if parts > 0 {
                let hyphen = Sums { width: Length::pt(3.0), ..Sums::default() };
                add(word, Ending::Divided, sums + hyphen, sums);
            }
        }
        let end = sums;
        let width = Length::pt(4.0);
        sums +=
            Sums { width, stretch: width * 0.5, shrink: width / 3.0, ..Sums::default() };
        let last = word + 1 == words;
        add(word + 1, if last { Ending::Forced } else { Ending::Word }, end, sums);
    }
    breaks
}

/// The room for each line.
const MEASURE: Measure = Measure {
    first: Length::pt(110.0),
    rest: Length::pt(120.0),
    beside: (0, Length::ZERO),
};
/// Flush lines.
const FLUSH: Manner = Manner::Justified { em: Length::pt(10.0), tolerance: 3.0 };

/// The demerits of a way through a text; none if a line of it cannot stand.
fn weigh(judge: &Judge<'_>, chosen: &[usize]) -> Option<f64> {
    let mut total = 0.0;
    let (mut start, mut before, mut hyphens) = (0, Looks::default(), 0);
    for &end in chosen {
        let Verdict::Fits { demerits, looks } = judge.line(start, end) else {
            return None;
        };
        let has_hyphen = judge.breaks[end].ending.has_hyphen();
        hyphens = if has_hyphen { (hyphens + 1).min(LONGEST) } else { 0 };
        total += demerits + judge.between(before, looks, hyphens);
        (start, before) = (end, looks);
    }
    Some(total)
}

#[test]
fn no_way_through_a_text_is_better_than_the_one_found() {
    let mut found = 0;
    for round in 0..40 {
        let breaks = text(7, &mut Seed(round).rng());
        let last = breaks.len() - 1;
        let judge = || Judge::new(&breaks, MEASURE, FLUSH, Costs::default(), 3.0);
        let ways = (0..1_u32 << (last - 1)).filter_map(|way| {
            let inner = (1..last).filter(|at| way >> (at - 1) & 1 == 1);
            let chosen: Vec<usize> = inner.chain([last]).collect();
            weigh(&judge(), &chosen)
        });
        let best = ways.fold(f64::INFINITY, f64::min);
        match Search::new(judge()).run() {
            Some(chosen) => {
                found += 1;
                let own = weigh(&judge(), &chosen).unwrap();
                assert!((own - best).abs() < 1e-6, "{round}: {own} and {best}");
            }
            None => assert_eq!(best, f64::INFINITY, "{round}"),
        }
    }
    assert!(found > 20, "{found}");
}

#[test]
fn a_higher_penalty_for_hyphens_never_makes_more_of_them() {
    for round in 0..30 {
        let breaks = text(60, &mut Seed(round).rng());
        let count = |hyphen: f64| {
            let costs = Costs { hyphen, ..Costs::default() };
            let chosen = total_fit(&breaks, MEASURE, FLUSH, costs);
            chosen.iter().filter(|at| breaks[**at].ending == Ending::Divided).count()
        };
        let counts: Vec<usize> =
            [0.0, 500.0, 2_500.0, 10_000.0, 1e5, 1e7].map(count).to_vec();
        assert!(counts.is_sorted_by(|a, b| a >= b), "{round}: {counts:?}");
    }
}

#[test]
fn lines_are_never_wider_than_they_can_shrink_to() {
    for round in 0..30 {
        let breaks = text(60, &mut Seed(round).rng());
        let mut start = 0;
        for end in total_fit(&breaks, MEASURE, FLUSH, Costs::default()) {
            let sums = breaks[end].end - breaks[start].start;
            let room = if start == 0 { MEASURE.first } else { MEASURE.rest };
            assert!(sums.width - sums.shrink - sums.expand <= room + Length::pt(1e-6));
            start = end;
        }
    }
}

#[test]
fn a_typist_divides_no_word_whose_line_is_nearly_full() {
    let cell = Length::pt(6.0);
    for round in 0..30 {
        let breaks = text(60, &mut Seed(round).rng());
        let mut start = 0;
        for end in choose(&breaks, MEASURE, Manner::Typed { cell }) {
            let room = if start == 0 { MEASURE.first } else { MEASURE.rest };
            assert!(breaks[end].end.width - breaks[start].start.width <= room);
            if breaks[end].ending == Ending::Divided {
                let whole = breaks[start + 1..end].iter().rev();
                let whole = whole.clone().find(|b| b.ending == Ending::Word);
                let left =
                    whole.map(|b| room - (b.end.width - breaks[start].start.width));
                assert!(left.is_none_or(|left| left > cell * BELL));
            }
            start = end;
        }
    }
}

#[test]
fn a_centred_title_has_lines_of_like_length() {
    let mut breaks = Vec::new();
    let mut sums = Sums::default();
    for word in 0..=6 {
        let (hang, lead) = (Length::ZERO, Length::ZERO);
        let spot = Spot { atom: word, cut: None };
        let ending = if word % 6 == 0 { Ending::Forced } else { Ending::Word };
        let end = sums;
        if word > 0 {
            sums.width += Length::pt(5.0);
        }
        breaks.push(Break { spot, ending, end, start: sums, hang, lead, penalty: 0.0 });
        sums.width += Length::pt(20.0);
    }
    let title = Manner::Ragged { em: Length::pt(10.0), balanced: true };
    // Five words would fit into the first line; three and three look better.
    let measure = Measure::new(Length::pt(122.0), Length::pt(122.0));
    assert_eq!(choose(&breaks, measure, title), [3, 6]);
}
