//! How a document is to look, as the command line says it.

use clap::{Args, ValueEnum};

use super::clock;
use crate::diag::{Problems, Result};
use crate::lang::Lang;
use crate::paper::{Age, Bed, Edge, Wear};
use crate::period::Date;
use crate::press::{Finish, Look, Press};
use crate::seed::Seed;

/// How a document is to look.
#[derive(Debug, Args)]
#[command(next_help_heading = "Look")]
pub(super) struct LookArgs {
    /// The languages of the document in their order, such as en,ko
    #[arg(long, value_delimiter = ',')]
    pub lang: Vec<Lang>,
    /// A style: a name (see `engross list styles`) or a file
    #[arg(long)]
    pub style: Option<String>,
    /// Choose the style of the template that was in use in this year
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(i32).range(1..=9999))]
    pub year: Option<i32>,
    /// A paper: a name (see `engross list papers`) or a file
    #[arg(long)]
    pub paper: Option<String>,
    /// clean: even ink on white; aged: on an old sheet; facsimile: a scan of it, with the
    /// text unseen beneath
    #[arg(long, value_enum, default_value_t = FinishName::Aged)]
    #[arg(hide_possible_values = true)]
    pub finish: FinishName,
    /// How the sheet looks.
    #[command(flatten)]
    pub sheet: SheetArgs,
    /// Anachronisms that are meant, by name (see `engross list anachronisms`)
    #[arg(long, value_delimiter = ',', value_name = "ID")]
    pub allow: Vec<String>,
    /// none drops the line at the foot that says that this is a facsimile (the metadata
    /// always say it)
    #[arg(long, value_enum, default_value_t = Mark::Foot, hide_possible_values = true)]
    pub mark: Mark,
}

/// How a sheet is to look.
#[derive(Debug, Args)]
#[command(next_help_heading = "Look")]
pub(super) struct SheetArgs {
    /// From 0, new, to 100, as old as paper gets [default: as the style has it]
    #[arg(long, allow_negative_numbers = true)]
    pub age: Option<Age>,
    /// What happened to the sheet, one or more of pocket, folder, damp, sun, handling, desk,
    /// mud, fire, archive
    #[arg(long, value_delimiter = ',', value_name = "WEAR")]
    pub wear: Vec<Wear>,
    /// The edges of the sheet: cut, deckle, torn, worn [default: as the paper has them]
    #[arg(long, value_name = "EDGES")]
    pub edges: Option<Edge>,
    /// What lies around the sheet: white, to be printed; grey or dark, as on a scan
    #[arg(long, value_name = "BED", default_value = "white")]
    pub bed: Bed,
    /// Another number gives another sheet with the same text
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// The day of making, such as 2026-11-23 [default: SOURCE_DATE_EPOCH, else today]
    #[arg(long, value_name = "DATE")]
    pub made: Option<Date>,
}

/// How far a document is finished.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum FinishName {
    /// Even ink on white.
    Clean,
    /// On an aged sheet.
    Aged,
    /// A scan.
    Facsimile,
}

/// The line at the foot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Mark {
    /// It is there.
    Foot,
    /// It is not.
    None,
}

impl LookArgs {
    /// The look; styles and papers that are named must be there.
    pub(super) fn look(&self, press: &Press) -> Result<Look> {
        let mut problems = Vec::new();
        let mut look = match self.sheet.look() {
            Ok(look) => look,
            Err(found) => {
                problems.extend(found);
                Look::new()
            }
        };
        if let Some(name) = &self.style {
            problems.extend(press.style(name).err().into_iter().flatten());
            look = look.style(name);
        }
        if let Some(name) = &self.paper {
            problems.extend(press.paper(name).err().into_iter().flatten());
            look = look.paper(name);
        }
        look = look.allow(self.allow.iter().cloned());
        if let Some(year) = self.year {
            look = look.year(year);
        }
        let finish = match self.finish {
            FinishName::Clean => Finish::Clean,
            FinishName::Aged => Finish::Aged,
            FinishName::Facsimile => Finish::Facsimile,
        };
        Problems::check(look.finish(finish).mark(self.mark == Mark::Foot), problems)
    }

    /// A look of before with what was asked for now over it. What is asked for as it is
    /// usually is taken as not asked for.
    pub(super) fn over(&self, before: Look, press: &Press) -> Result<Look> {
        let asked = self.look(press)?;
        let mut look = before;
        if let Some(style) = &self.style {
            look = look.style(style);
        }
        if let Some(paper) = &self.paper {
            look = look.paper(paper);
        }
        if let Some(year) = self.year {
            look = look.year(year);
        }
        if let Some(age) = self.sheet.age {
            look = look.age(age);
        }
        if let Some(made) = self.sheet.made {
            look = look.made(made);
        }
        if !self.sheet.wear.is_empty() {
            look = look.wear(self.sheet.wear.iter().copied());
        }
        if self.sheet.seed != 1 {
            look = look.seed(asked.seed_of());
        }
        if self.mark == Mark::None {
            look = look.mark(false);
        }
        Ok(match self.finish {
            FinishName::Aged => look,
            FinishName::Clean => look.finish(Finish::Clean),
            FinishName::Facsimile => look.finish(Finish::Facsimile),
        })
    }

    /// The languages, each once; none when nobody named any.
    pub(super) fn langs(&self) -> Vec<Lang> {
        distinct(&self.lang)
    }
}

impl SheetArgs {
    /// The look of a sheet.
    pub(super) fn look(&self) -> Result<Look> {
        let made = match self.made {
            Some(day) => day,
            None => clock::day_of_making()?,
        };
        let wear = self.wear.iter().copied();
        let look = Look::new().seed(Seed(self.seed)).made(made).wear(wear);
        let look = look.bed(self.bed);
        let look = match self.edges {
            Some(edge) => look.edges(edge),
            None => look,
        };
        Ok(match self.age {
            Some(age) => look.age(age),
            None => look,
        })
    }
}

/// Languages, each once, in the order they were named.
pub(super) fn distinct(langs: &[Lang]) -> Vec<Lang> {
    let mut distinct = Vec::new();
    for lang in langs {
        if !distinct.contains(lang) {
            distinct.push(*lang);
        }
    }
    distinct
}
