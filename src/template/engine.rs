//! minijinja, taught to keep values aside.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Value as Seen;
use minijinja::{
    AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior,
};

use super::Text;
use super::context::Context;
use super::filters::{self, Piece, Pieces};
use super::lines::keep_lines;
use super::manifest::{Manifest, Rule};
use crate::diag::{Diagnostic, Place, Problems, Result};
use crate::field::{FieldPath, Fields, Record, Schema};
use crate::lang::Lang;
use crate::markup::Slots;
use crate::period::Contraction;

/// The name under which the title of a document is kept among the texts.
const TITLE: &str = "title";

/// The texts of a template in one language.
#[derive(Debug)]
pub(super) struct Engine {
    /// Where its files come from, for errors.
    source: String,
    /// The language.
    lang: Lang,
    /// The file of the body, `body.en.dj`.
    body: String,
    /// All texts by file name.
    environment: Environment<'static>,
    /// What must hold across fields.
    rules: Vec<Rule>,
}

impl Engine {
    /// Parses the texts of a template for one language.
    pub(super) fn new(
        source: &str,
        lang: Lang,
        files: &BTreeMap<String, Arc<str>>,
        manifest: &Manifest,
    ) -> Result<Self> {
        let mut problems = Vec::new();
        let body = format!("body.{lang}.dj");
        if !files.contains_key(&body) {
            let message =
                format!("`{source}` has no {body}, though `langs` names `{lang}`");
            let hint = "write it, or take the language out of `langs`";
            problems.push(Diagnostic::usage("template-body", message).hint(hint));
        }
        let mut environment = environment(lang);
        for (name, text) in files.iter().filter(|(name, _)| name.ends_with(".dj")) {
            if let Err(error) =
                environment.add_template_owned(name.clone(), keep_lines(text))
            {
                problems.push(not_parsed(source, text, &error));
            }
        }
        let title = manifest.title.get(&lang).or_else(|| manifest.title.values().next());
        let title = title.cloned().unwrap_or_else(|| manifest.name.clone());
        if let Err(error) = environment.add_template_owned(TITLE, title.clone()) {
            problems.push(not_parsed(source, &title, &error));
        }
        let rules = manifest.rules.clone();
        problems
            .extend(rules.iter().filter_map(|rule| bad_rule(source, &environment, rule)));
        let engine = Self { source: source.to_owned(), lang, body, environment, rules };
        Problems::check(engine, problems)
    }

    /// The language.
    pub(super) fn lang(&self) -> Lang {
        self.lang
    }

    /// The file of the body.
    pub(super) fn body_name(&self) -> &str {
        &self.body
    }

    /// The names of the body that are neither set in it nor known to all texts.
    pub(super) fn names_of_body(&self) -> BTreeSet<String> {
        let body = self.environment.get_template(&self.body);
        let names = body.map(|body| body.undeclared_variables(false)).unwrap_or_default();
        let known = |name: &String| self.environment.globals().any(|(n, _)| n == name);
        names.into_iter().filter(|name| !known(name)).collect()
    }

    /// The names that any text, the rules or the conditions of fields use.
    pub(super) fn names_used(&self, schema: &Schema) -> BTreeSet<String> {
        let texts = self.environment.templates();
        let mut names: BTreeSet<String> =
            texts.flat_map(|(_, text)| text.undeclared_variables(false)).collect();
        let rules = self.rules.iter().map(|rule| rule.expr.as_str());
        let conditions = schema.conditional().map(|(_, when)| when);
        for expression in rules.chain(conditions) {
            if let Ok(expression) = self.environment.compile_expression(expression) {
                names.extend(expression.undeclared_variables(false));
            }
        }
        names
    }

    /// Fills the body.
    pub(super) fn body(&self, context: &Context) -> Result<Text> {
        self.render(&self.body, context)
    }

    /// The file, its text and the offset at which words stand in any case, the body first.
    pub(super) fn find_text(&self, words: &str) -> Option<(String, String, usize)> {
        let words = words.to_lowercase();
        let mut texts: Vec<_> = self.environment.templates().collect();
        texts.sort_by_key(|(name, _)| (*name != self.body, (*name).to_owned()));
        texts.into_iter().filter(|(name, _)| *name != TITLE).find_map(
            |(name, template)| {
                // Where small letters are longer, the line is still the right one or near.
                let at = template.source().to_lowercase().find(&words)?;
                Some((name.to_owned(), template.source().to_owned(), at))
            },
        )
    }

    /// Fills the title.
    pub(super) fn title(&self, context: &Context) -> Result<String> {
        let (text, slots) = self.render(TITLE, context)?;
        Ok(slots.restore(text.trim()).replace('\n', " "))
    }

    /// Fills one text.
    fn render(&self, name: &str, context: &Context) -> Result<Text> {
        let failed = |error: Error| self.not_rendered(&error);
        let template = self.environment.get_template(name).map_err(failed)?;
        let mut filled = template.render_captured(context.seen()).map_err(failed)?;
        let slots = filled.with_state_mut(|state| {
            core::mem::take(&mut state.get_or_insert_extension(Kept::default()).0)
        });
        Ok((filled.into_output(), slots))
    }

    /// A text that failed while it was filled.
    fn not_rendered(&self, error: &Error) -> Problems {
        let name = error.name().unwrap_or(&self.body);
        let source = format!("{}/{name}", self.source);
        let place = match self.environment.get_template(name) {
            Ok(template) => {
                Place::at_line(source, template.source(), error.line().unwrap_or(1))
            }
            Err(_) => Place::whole(source),
        };
        let message = format!("the template cannot be filled: {}", describe(error));
        let hint = match error.kind() {
            ErrorKind::UndefinedError => {
                "declare the field in template.toml, or mend its name"
            }
            ErrorKind::TemplateNotFound => "put the file into the template's folder",
            _ => "mend the line of the template, or the value it is given",
        };
        Diagnostic::invalid("template-fill", message).at(place).hint(hint).into()
    }

    /// The fields that are needed under a condition that holds, and absent.
    pub(super) fn missing(
        &self,
        schema: &Schema,
        fields: &Fields,
        record: &Record,
        context: &Context,
    ) -> Vec<Diagnostic> {
        let needed = schema.conditional().filter(|(name, when)| {
            let required = schema.get(name).is_some_and(|field| field.required);
            required
                && !record.contains_key(*name)
                && self.holds(when, context) == Some(true)
        });
        needed.map(|(name, _)| schema.missing(fields, name)).collect()
    }

    /// The rules that do not hold. A rule about a field that has a problem of its own is
    /// passed over; `sound` knows which have none.
    pub(super) fn broken_rules(
        &self,
        fields: &Fields,
        context: &Context,
        sound: &dyn Fn(&str) -> bool,
    ) -> Vec<Diagnostic> {
        let broken = self.rules.iter().filter(|rule| {
            let Ok(expression) = self.environment.compile_expression(&rule.expr) else {
                return false;
            };
            let all_sound =
                expression.undeclared_variables(false).iter().all(|name| sound(name));
            all_sound && self.holds(&rule.expr, context) == Some(false)
        });
        let problem = |rule: &Rule| {
            let path = FieldPath::ROOT.name(&rule.field);
            Diagnostic::invalid("field-rule", rule.message.clone())
                .at(fields.place(&path))
                .hint(rule.hint.clone())
        };
        broken.map(problem).collect()
    }

    /// Whether an expression is true; none when it cannot be told (a value is absent).
    fn holds(&self, expression: &str, context: &Context) -> Option<bool> {
        let expression = self.environment.compile_expression(expression).ok()?;
        let value = expression.eval(context.seen()).ok()?;
        Some(value.is_true())
    }
}

/// The values kept aside while a text is filled.
#[derive(Debug, Default)]
struct Kept(Slots);

/// minijinja as our templates know it.
fn environment(lang: Lang) -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_syntax(syntax());
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    // With an escape of our own, what blocks and macros return is known to be text of the
    // template, and minijinja sends everything else through the formatter.
    environment.set_auto_escape_callback(|_| AutoEscape::Custom("slots".into()));
    environment.set_formatter(keep);
    for filter in ["safe", "tojson", "urlencode", "pprint"] {
        environment.remove_filter(filter);
    }
    filters::add(&mut environment, lang);
    environment
}

/// Blocks on lines of their own leave no lines behind.
fn syntax() -> SyntaxConfig {
    let mut syntax = SyntaxConfig::builder();
    syntax.trim_blocks(true).lstrip_blocks(true);
    syntax.build().unwrap_or_default()
}

/// Writes a slot for a value.
fn keep(
    out: &mut Output<'_>,
    state: &mut State<'_, '_>,
    value: &Seen,
) -> core::result::Result<(), Error> {
    if value.is_none() {
        return Ok(());
    }
    if let (true, Some(text)) = (value.is_safe(), value.as_str()) {
        return out.write_str(text).map_err(Error::from);
    }
    if value.is_undefined() {
        return Err(ErrorKind::UndefinedError.into());
    }
    if let Some(Pieces(pieces)) = value.downcast_object_ref::<Pieces>() {
        return pieces.iter().try_for_each(|piece| keep_piece(out, state, piece));
    }
    keep_text(out, state, &printed(value)?)
}

/// Writes a piece of a text with references and contractions.
fn keep_piece(
    out: &mut Output<'_>,
    state: &mut State<'_, '_>,
    piece: &Piece,
) -> core::result::Result<(), Error> {
    match piece {
        Piece::Text(text) if text.is_empty() => Ok(()),
        Piece::Text(text) => keep_text(out, state, text),
        // The words come once all is parsed and every place has its name.
        Piece::Reference(to) => write!(out, "[](#{to}){{.filled}}").map_err(Error::from),
        Piece::Contraction(Contraction { word, base, raised }) => {
            write!(out, "[{base}^{raised}^]{{says=\"{word}\"}}").map_err(Error::from)
        }
    }
}

/// Writes a slot for a text.
fn keep_text(
    out: &mut Output<'_>,
    state: &mut State<'_, '_>,
    text: &str,
) -> core::result::Result<(), Error> {
    let kept = state.get_or_insert_extension(Kept::default());
    // A value made of what was printed before holds slots of its own.
    let text = kept.0.restore(text);
    match kept.0.keep(text.into()) {
        Some(slot) => out.write_str(slot.encode_utf8(&mut [0; 4])).map_err(Error::from),
        None => Err(Error::new(
            ErrorKind::InvalidOperation,
            "more than 65,534 values are printed",
        )),
    }
}

/// The value as text; lists, records and pictures have none.
fn printed(value: &Seen) -> core::result::Result<String, Error> {
    use minijinja::value::ValueKind;
    match value.kind() {
        ValueKind::String | ValueKind::Number | ValueKind::Bool => Ok(value.to_string()),
        kind => Err(Error::new(
            ErrorKind::InvalidOperation,
            format!("a {kind} cannot be printed; print what is in it"),
        )),
    }
}

/// What an error of minijinja says, without its own place.
fn describe(error: &Error) -> String {
    let kind = error.kind().to_string();
    match error.detail() {
        Some(detail) => format!("{kind}: {detail}"),
        None => kind,
    }
}

/// A text that does not parse.
fn not_parsed(source: &str, text: &str, error: &Error) -> Diagnostic {
    let name = error.name().unwrap_or("");
    let source = format!("{source}/{name}");
    let place = match error.range() {
        Some(range) => Place::in_text(source, text, range.start),
        None => Place::at_line(source, text, error.line().unwrap_or(1)),
    };
    let message = format!("the template does not parse: {}", describe(error));
    Diagnostic::usage("template-syntax", message)
        .at(place)
        .hint("mend the expression or block at this place")
}

/// A rule that does not parse.
fn bad_rule(
    source: &str,
    environment: &Environment<'_>,
    rule: &Rule,
) -> Option<Diagnostic> {
    let error = environment.compile_expression(&rule.expr).err()?;
    let message =
        format!("the rule `{}` does not parse: {}", rule.expr, describe(&error));
    Some(
        Diagnostic::usage("template-rule", message)
            .at(Place::whole(format!("{source}/template.toml")))
            .hint("write an expression such as `signed <= effective`"),
    )
}
