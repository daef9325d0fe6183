//! How a document is to look, beyond what its template says.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::paper::{Age, Bed, Edge, Rim, Wear};
use crate::period::Date;
use crate::seed::Seed;

/// How far a document is finished.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Finish {
    /// Even ink on white, for reading.
    Clean,
    /// Ink as the pen or type left it, on an aged sheet.
    #[default]
    Aged,
    /// A picture of the page, scanned, in which ink and fibre have met; its text lies
    /// unseen beneath.
    Facsimile,
}

/// How a document is to look. What is not said is as template and style have it.
#[derive(Clone, Debug)]
pub struct Look {
    /// The style, a name or a file.
    pub(super) style: Option<String>,
    /// The paper, a name or a file.
    pub(super) paper: Option<String>,
    /// The year of the document.
    pub(super) year: Option<i32>,
    /// How old it has grown.
    pub(super) age: Option<Age>,
    /// The origin of everything random.
    pub(super) seed: Seed,
    /// How far it is finished.
    pub(super) finish: Finish,
    /// The true day of making.
    pub(super) made: Option<Date>,
    /// Whether each page says what it is.
    pub(super) mark: bool,
    /// What happened to the sheets.
    pub(super) wear: Arc<[Wear]>,
    /// How the sheets end, and what lies around them.
    pub(super) rim: Rim,
    /// What does not count as an anachronism.
    pub(super) allowed: Arc<[String]>,
    /// What it has in common with other documents; none when it has nothing.
    pub(super) pool: Option<Pool>,
}

/// What many documents share: hands, machines and sheets, which lie in each in another way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pool {
    /// The origin of all that is shared.
    pub seed: Seed,
    /// How many sheets there are (0 is as 1); none when each document has its own, and only
    /// hands and machines are shared.
    pub count: Option<u32>,
    /// The sheet of the first leaf; the next ones follow.
    pub start: u64,
}

impl Default for Look {
    fn default() -> Self {
        Self::new()
    }
}

impl Look {
    /// As template and style have it, seed 1, marked as a facsimile.
    pub fn new() -> Self {
        Self {
            style: None,
            paper: None,
            year: None,
            age: None,
            seed: Seed(1),
            finish: Finish::default(),
            made: None,
            mark: true,
            wear: Arc::from([]),
            rim: Rim::default(),
            allowed: Arc::from([]),
            pool: None,
        }
    }

    /// In the manner of a year: of the styles the template offers, the first whose years
    /// hold it; its own style where none does.
    pub fn period(year: i32) -> Self {
        Self::new().year(year)
    }

    /// In the manner of a year; see [`Look::period`]. A style that is named has precedence.
    pub fn year(self, year: i32) -> Self {
        Self { year: Some(year), ..self }
    }

    /// In a style, given by name or file.
    pub fn style(self, style: impl Into<String>) -> Self {
        Self { style: Some(style.into()), ..self }
    }

    /// On a paper, given by name or file.
    pub fn paper(self, paper: impl Into<String>) -> Self {
        Self { paper: Some(paper.into()), ..self }
    }

    /// So old: 0 (new) to 100 (worn out).
    pub fn age(self, age: impl Into<Age>) -> Self {
        Self { age: Some(age.into()), ..self }
    }

    /// With another origin of everything random: another sheet, the same text.
    pub fn seed(self, seed: Seed) -> Self {
        Self { seed, ..self }
    }

    /// Finished so far.
    pub fn finish(self, finish: Finish) -> Self {
        Self { finish, ..self }
    }

    /// Made on this day, which the metadata and the marking line tell.
    pub fn made(self, day: Date) -> Self {
        Self { made: Some(day), ..self }
    }

    /// Whether each page says that it is a facsimile. The metadata always do.
    pub fn mark(self, mark: bool) -> Self {
        Self { mark, ..self }
    }

    /// With the traces of what happened to the sheets.
    pub fn wear(self, wear: impl IntoIterator<Item = Wear>) -> Self {
        Self { wear: wear.into_iter().collect(), ..self }
    }

    /// On sheets with such edges; else with those of the paper.
    pub fn edges(self, edge: Edge) -> Self {
        Self { rim: Rim { edge: Some(edge), ..self.rim }, ..self }
    }

    /// On sheets that lie on such a bed.
    pub fn bed(self, bed: Bed) -> Self {
        Self { rim: Rim { bed, ..self.rim }, ..self }
    }

    /// With anachronisms that are meant, by the names of their entries; see
    /// [`Press::anachronisms`](super::Press::anachronisms).
    pub fn allow(self, ids: impl IntoIterator<Item = String>) -> Self {
        Self { allowed: ids.into_iter().collect(), ..self }
    }

    /// With what it shares with other documents.
    pub fn pool(self, pool: Pool) -> Self {
        Self { pool: Some(pool), ..self }
    }

    /// The origin of everything random.
    pub fn seed_of(&self) -> Seed {
        self.seed
    }

    /// The style that is asked for by name or file.
    pub fn style_name(&self) -> Option<&str> {
        self.style.as_deref()
    }

    /// The paper that is asked for by name or file.
    pub fn paper_name(&self) -> Option<&str> {
        self.paper.as_deref()
    }

    /// The day of making, `2026-11-23`, if it was told.
    pub fn made_on(&self) -> Option<String> {
        self.made.map(|day| day.to_string())
    }

    /// The line at the foot of each page.
    pub(super) fn marking(&self) -> Option<String> {
        let line = match self.made {
            Some(day) => format!("Facsimile, made {} · engross", day.year()),
            None => "Facsimile · engross".to_owned(),
        };
        self.mark.then_some(line)
    }
}
