//! The logical structure in the making: what stands in what, and which labelled
//! paragraphs are entries of one list.

use core::ops::Range;
use std::collections::BTreeMap;

use crate::lang::Lang;
use crate::page::{Role, Tag, TagId};

/// The logical structure in the making.
#[derive(Debug, Default)]
pub(crate) struct Tags {
    /// The nodes, parents before children.
    pub nodes: Vec<Tag>,
    /// Under each node, the lists whose last entry may not be the last, each inside the
    /// one before.
    open: BTreeMap<TagId, Vec<OpenList>>,
    /// The numbers of the nodes of what is signed, each a group.
    pub signed: Vec<Range<u32>>,
}

/// A list that may go on.
#[derive(Debug)]
struct OpenList {
    /// What its entries have in common: their classes.
    kind: Vec<String>,
    /// The list.
    list: TagId,
    /// The text of its last entry.
    body: TagId,
}

/// An entry of a list.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item {
    /// Its number or bullet.
    pub label: TagId,
    /// Its text.
    pub body: TagId,
}

impl Tags {
    /// Adds a node.
    pub(super) fn add(&mut self, role: Role, parent: Option<TagId>, lang: Lang) -> TagId {
        let id = TagId(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        self.nodes.push(Tag { role, parent, lang, alt: None, id: None, target: None });
        id
    }

    /// Adds a node with words of its own: what a figure shows, a heading or label says.
    pub(super) fn add_named(
        &mut self,
        role: Role,
        parent: TagId,
        lang: Lang,
        words: &str,
    ) -> TagId {
        let id = self.add(role, Some(parent), lang);
        self.nodes[id.0 as usize].alt = Some(words.to_owned());
        id
    }

    /// Adds words that lead to what has a name.
    pub(super) fn add_link(&mut self, parent: TagId, lang: Lang, target: &str) -> TagId {
        let id = self.add(Role::Link, Some(parent), lang);
        self.nodes[id.0 as usize].target = Some(target.to_owned());
        id
    }

    /// How many nodes there are.
    pub(super) fn count(&self) -> u32 {
        u32::try_from(self.nodes.len()).unwrap_or(u32::MAX)
    }

    /// Gives a node the name by which links find it.
    pub(super) fn name(&mut self, tag: TagId, id: Option<&str>) {
        if let Some(node) = self.nodes.get_mut(tag.0 as usize) {
            node.id = id.map(str::to_owned);
        }
    }

    /// The links that lead nowhere: the name, and the language of the text.
    pub(super) fn lost(&self) -> impl Iterator<Item = (&str, Lang)> {
        let known =
            |name: &str| self.nodes.iter().any(|tag| tag.id.as_deref() == Some(name));
        let lost =
            move |tag: &'_ Tag| tag.target.as_deref().is_some_and(|name| !known(name));
        self.nodes
            .iter()
            .filter(move |tag| lost(tag))
            .filter_map(|tag| Some((tag.target.as_deref()?, tag.lang)))
    }

    /// The role of a node.
    pub(super) fn role(&self, tag: TagId) -> Option<Role> {
        self.nodes.get(tag.0 as usize).map(|node| node.role)
    }

    /// Adds an entry to a list.
    pub(super) fn item(&mut self, list: TagId, label: &str, lang: Lang) -> Item {
        let item = self.add(Role::ListItem, Some(list), lang);
        let label = self.add_named(Role::Label, item, lang, label);
        Item { label, body: self.add(Role::ListBody, Some(item), lang) }
    }

    /// Adds a labelled paragraph under a node: to the list of those of its classes before
    /// it; where there is none, to a new list, which stands in the entry before it. So
    /// clauses 1, 2 are a list and a, b under 2 another one in its second entry.
    pub(super) fn labelled(
        &mut self,
        parent: TagId,
        kind: &[String],
        label: &str,
        lang: Lang,
    ) -> Item {
        let mut open = self.open.remove(&parent).unwrap_or_default();
        match open.iter().position(|known| known.kind == kind) {
            Some(at) => open.truncate(at + 1),
            None => {
                let within = open.last().map_or(parent, |known| known.body);
                let list = self.add(Role::List, Some(within), lang);
                open.push(OpenList { kind: kind.to_vec(), list, body: list });
            }
        }
        let last = open.len() - 1;
        let item = self.item(open[last].list, label, lang);
        open[last].body = item.body;
        self.open.insert(parent, open);
        item
    }

    /// Ends the lists under a node: what comes is no entry.
    pub(super) fn end_lists(&mut self, parent: TagId) {
        self.open.remove(&parent);
    }
}
