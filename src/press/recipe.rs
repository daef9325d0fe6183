//! Recipes: all that a document was made from, as TOML that a PDF can carry, so that it
//! can be made again byte for byte.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use super::look::{Finish, Look, Pool};
use crate::diag::{Diagnostic, Place, Result};
use crate::field::{FieldPath, Fields, Record, Value};
use crate::geom::Resolution;
use crate::lang::Lang;
use crate::page::Attachment;
use crate::paper::{Age, Rim, Wear};
use crate::period::Date;
use crate::seed::Seed;

/// What a document is made from.
#[derive(Clone, Debug)]
pub struct Recipe {
    /// The template, a name or a folder.
    pub template: String,
    /// The fields, pictures read.
    pub fields: Fields,
    /// The languages; none for those that the fields ask for.
    pub langs: Vec<Lang>,
    /// How it looks.
    pub look: Look,
    /// The resolution of its sheets; none for the usual one.
    pub resolution: Option<Resolution>,
}

/// A recipe as it is written.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    /// The version of this program.
    engross: String,
    /// The template.
    template: String,
    /// The languages.
    #[serde(default)]
    langs: Vec<String>,
    /// Pixels to the inch, unless as usual.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    resolution: Option<f64>,
    /// Whether there may be fields that the template does not know.
    #[serde(default)]
    from_table: bool,
    /// How it looks.
    look: WrittenLook,
    /// The fields without the pictures.
    #[serde(default)]
    fields: Record,
    /// The files of pictures by field, in hexadecimal.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pictures: BTreeMap<String, String>,
}

/// How a document looks, as it is written.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenLook {
    /// The style.
    style: Option<String>,
    /// The paper.
    paper: Option<String>,
    /// The year.
    year: Option<i32>,
    /// The age.
    age: Option<Age>,
    /// The seed; a text, for TOML's numbers are smaller.
    seed: String,
    /// The finish.
    finish: Finish,
    /// The day of making.
    made: Option<String>,
    /// Whether each page says what it is.
    mark: bool,
    /// What happened to the sheets.
    wear: Vec<String>,
    /// Anachronisms that are meant.
    #[serde(default)]
    allowed: Vec<String>,
    /// How they end.
    #[serde(default)]
    rim: Rim,
    /// What other documents share: the seed, how many sheets (0 for none), the first.
    pool: Option<(String, u32, String)>,
}

impl Recipe {
    /// The name of a recipe in a PDF.
    pub const FILE: &'static str = "engross.toml";

    /// The recipe as something that a PDF carries.
    ///
    /// # Errors
    /// Values that TOML cannot hold.
    pub fn attachment(&self) -> Result<Attachment> {
        Ok(Attachment {
            name: Self::FILE.to_owned(),
            kind: "application/toml".to_owned(),
            about: format!("What this document was made from: {}", self.template),
            bytes: self.to_toml()?.into_bytes(),
        })
    }

    /// The recipe as TOML.
    ///
    /// # Errors
    /// Values that TOML cannot hold.
    pub fn to_toml(&self) -> Result<String> {
        let mut pictures = BTreeMap::new();
        let mut fields = self.fields.record().clone();
        for (name, value) in &mut fields {
            take_pictures(value, &FieldPath::ROOT.name(name), &mut pictures);
        }
        let written = Written {
            engross: env!("CARGO_PKG_VERSION").to_owned(),
            template: self.template.clone(),
            langs: self.langs.iter().map(ToString::to_string).collect(),
            resolution: self.resolution.map(|Resolution(ppi)| ppi),
            from_table: self.fields.is_unknown_allowed(),
            look: WrittenLook::of(&self.look),
            fields,
            pictures,
        };
        let text = toml::to_string(&written).map_err(|error| {
            let message = format!("the fields cannot be written as TOML: {error}");
            Diagnostic::invalid("recipe", message).hint("leave --attach-data out")
        })?;
        let hint = "`engross render FILE.pdf` makes the document again from this.";
        Ok(format!("# {hint}\n{text}"))
    }

    /// Reads a recipe; `source` is what errors call it.
    ///
    /// # Errors
    /// A text that is no recipe; one of another version that says what this one does not
    /// know.
    pub fn from_toml(source: &str, text: &str) -> Result<Self> {
        let fault = |message: &str| {
            Diagnostic::usage("recipe", format!("the recipe cannot be read: {message}"))
                .at(Place::whole(source))
                .hint(
                    "use the version of engross that made the file, or its fields alone",
                )
        };
        let written: Written =
            toml::from_str(text).map_err(|error| fault(error.message()))?;
        let mut fields = Fields::from_record(written.fields, BTreeMap::new())
            .with_origin(Place::whole(source));
        if written.from_table {
            fields = fields.allow_unknown();
        }
        for (path, digits) in &written.pictures {
            let path = path.parse().map_err(|_| fault("a picture has no field"))?;
            let bytes = from_hex(digits).ok_or_else(|| fault("a picture is damaged"))?;
            fields.insert(&path, Value::Image(bytes.into()), None);
        }
        let langs = written.langs.iter().map(|lang| lang.parse());
        let langs = langs.collect::<core::result::Result<_, _>>();
        Ok(Self {
            template: written.template,
            fields,
            langs: langs.map_err(|_| fault("a language is none"))?,
            look: written.look.look().ok_or_else(|| fault("the look is damaged"))?,
            resolution: written.resolution.map(|ppi| Resolution(ppi.clamp(10.0, 600.0))),
        })
    }
}

impl WrittenLook {
    /// What is written of a look.
    fn of(look: &Look) -> Self {
        // Named one by one, so that nothing new is forgotten.
        let Look {
            style,
            paper,
            year,
            age,
            seed,
            finish,
            made,
            mark,
            wear,
            rim,
            allowed,
            pool,
        } = look;
        let name = |wear: &Wear| {
            let known = Wear::ALL.iter().find(|(_, kind)| kind == wear);
            known.map(|(name, _)| (*name).to_owned())
        };
        let pool = pool.map(|Pool { seed, count, start }| {
            let count = count.map_or(0, |count| count.max(1));
            (seed.0.to_string(), count, start.to_string())
        });
        Self {
            style: style.clone(),
            paper: paper.clone(),
            year: *year,
            age: *age,
            seed: seed.0.to_string(),
            finish: *finish,
            made: made.map(|day| day.to_string()),
            mark: *mark,
            wear: wear.iter().filter_map(name).collect(),
            allowed: allowed.to_vec(),
            rim: *rim,
            pool,
        }
    }

    /// The look; none when something of it is no such thing.
    fn look(self) -> Option<Look> {
        let number = |text: &str| text.parse::<u64>().ok();
        let pool = match self.pool {
            Some((seed, count, start)) => {
                let (seed, start) = (Seed(number(&seed)?), number(&start)?);
                let count = (count > 0).then_some(count);
                Some(Pool { seed, count, start })
            }
            None => None,
        };
        let wear = self.wear.iter().map(|name| name.parse::<Wear>().ok());
        Some(Look {
            style: self.style,
            paper: self.paper,
            year: self.year,
            age: self.age,
            seed: Seed(number(&self.seed)?),
            finish: self.finish,
            made: match self.made {
                Some(day) => Some(day.parse::<Date>().ok()?),
                None => None,
            },
            mark: self.mark,
            wear: wear.collect::<Option<_>>()?,
            allowed: self.allowed.into(),
            rim: self.rim,
            pool,
        })
    }
}

/// Takes the pictures out of a value.
fn take_pictures(
    value: &mut Value,
    path: &FieldPath,
    pictures: &mut BTreeMap<String, String>,
) {
    match value {
        Value::Image(bytes) => {
            pictures.insert(path.to_string(), to_hex(bytes));
            *value = Value::Text(String::new());
        }
        Value::List(entries) => {
            for (index, entry) in entries.iter_mut().enumerate() {
                take_pictures(entry, &path.entry(index), pictures);
            }
        }
        Value::Record(record) => {
            for (name, value) in record {
                take_pictures(value, &path.name(name), pictures);
            }
        }
        _ => {}
    }
}

/// Bytes in hexadecimal.
fn to_hex(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        let _ = write!(out, "{byte:02x}");
    }
    out
}

/// Bytes from hexadecimal.
fn from_hex(digits: &str) -> Option<Vec<u8>> {
    let pair = |at| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    (0..digits.len()).step_by(2).map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recipe_reads_back() {
        let fields = Fields::new()
            .set("place", "Kaesong, \"the old\" road\n\nand a bridge")
            .set("count", 3.0)
            .set("share", 0.25)
            .set("parties.1.name", "Ford")
            .set("parties.1.photo", Value::Image(vec![0, 255, 7].into()))
            .set("parties.2.name", "Vale");
        let pool = Pool { seed: Seed(u64::MAX), count: Some(3), start: 9 };
        let look = Look::period(1953)
            .style("engrossed")
            .age(Age::new(33.3).unwrap())
            .seed(Seed(u64::MAX - 1))
            .finish(Finish::Facsimile)
            .made("1953-07-27".parse().unwrap())
            .mark(false)
            .wear([Wear::Mud, Wear::Pocket])
            .edges(crate::paper::Edge::Torn)
            .pool(pool);
        let recipe = Recipe {
            template: "treaty".to_owned(),
            fields,
            langs: vec![Lang::EN],
            look,
            resolution: Some(Resolution(120.0)),
        };
        let text = recipe.to_toml().unwrap();
        let back = Recipe::from_toml("file.pdf", &text).unwrap();
        assert_eq!(back.fields.record(), recipe.fields.record());
        assert_eq!(format!("{:?}", back.look), format!("{:?}", recipe.look));
        assert_eq!(back.to_toml().unwrap(), text);
        assert!(Recipe::from_toml("file.pdf", "x = 1").is_err());
        for (count, read) in [(None, None), (Some(0), Some(1)), (Some(1), Some(1))] {
            let look = Look::new().pool(Pool { count, ..pool });
            let again = WrittenLook::of(&look).look().unwrap();
            assert_eq!(again.pool.unwrap().count, read);
        }
    }
}
