//! The outline: one entry a heading, nested by level (ISO 32000-1, 12.3.3).

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use super::tags::{levels, text};
use crate::page::{Item, Mark, Pages, TagId};

/// Writes the outline; none where there are no headings.
pub(super) fn write(
    pages: &Pages,
    page_ids: &[ObjectId],
    document: &mut Document,
) -> Option<ObjectId> {
    let headings = headings(pages);
    if headings.is_empty() {
        return None;
    }
    let root = document.new_object_id();
    let ids: Vec<ObjectId> = headings.iter().map(|_| document.new_object_id()).collect();
    let levels: Vec<u8> = headings.iter().map(|heading| heading.0).collect();
    let tree = outline_tree(&levels);
    let mut entries: Vec<Dictionary> = headings
        .iter()
        .zip(&tree)
        .map(|((_, words, page, top), node)| {
            dictionary! {
                "Title" => text(words),
                "Parent" => node.parent.map_or(root, |parent| ids[parent]),
                "Dest" => vec![
                    page_ids[*page].into(), "XYZ".into(), Object::Null,
                    Object::Real(*top as f32), Object::Null,
                ],
            }
        })
        .collect();
    let mut outline = dictionary! { "Type" => "Outlines" };
    let top: Vec<usize> = (0..tree.len()).filter(|&i| tree[i].parent.is_none()).collect();
    chain(&top, &mut entries, &ids);
    for node in &tree {
        chain(&node.children, &mut entries, &ids);
    }
    for (entry, node) in entries.iter_mut().zip(&tree) {
        set_children(entry, &node.children, node.below, &ids);
    }
    set_children(&mut outline, &top, tree.len(), &ids);
    for (id, entry) in ids.iter().zip(entries) {
        document.set_object(*id, entry);
    }
    document.set_object(root, outline);
    Some(root)
}

/// Where an entry of the outline stands.
#[derive(Debug, Default, PartialEq, Eq)]
struct Node {
    /// The entry it stands under.
    parent: Option<usize>,
    /// The entries right under it.
    children: Vec<usize>,
    /// How many there are under it in all: outlines are shown open.
    below: usize,
}

/// The tree of headings of these levels: each stands under the nearest one before it of a
/// higher level.
fn outline_tree(levels: &[u8]) -> Vec<Node> {
    let mut tree: Vec<Node> = Vec::with_capacity(levels.len());
    let mut over: Vec<usize> = Vec::new();
    for (index, &level) in levels.iter().enumerate() {
        while over.last().is_some_and(|&last| levels[last] >= level) {
            over.pop();
        }
        for &above in &over {
            tree[above].below += 1;
        }
        let parent = over.last().copied();
        if let Some(parent) = parent {
            tree[parent].children.push(index);
        }
        tree.push(Node { parent, ..Node::default() });
        over.push(index);
    }
    tree
}

/// Names the neighbours of entries that follow one another.
fn chain(siblings: &[usize], entries: &mut [Dictionary], ids: &[ObjectId]) {
    for pair in siblings.windows(2) {
        entries[pair[0]].set("Next", ids[pair[1]]);
        entries[pair[1]].set("Prev", ids[pair[0]]);
    }
}

/// Names the first and last entry under another, and how many there are in all.
fn set_children(
    entry: &mut Dictionary,
    children: &[usize],
    below: usize,
    ids: &[ObjectId],
) {
    if let (Some(&first), Some(&last)) = (children.first(), children.last()) {
        entry.set("First", ids[first]);
        entry.set("Last", ids[last]);
        entry.set("Count", i64::try_from(below).unwrap_or(i64::MAX));
    }
}

/// Headings with the page and height where they stand, for the outline.
fn headings(pages: &Pages) -> Vec<(u8, String, usize, f64)> {
    let mut out: Vec<(u8, String, usize, f64)> = Vec::new();
    let mut seen: BTreeSet<TagId> = BTreeSet::new();
    let levels = levels(&pages.tags);
    for (index, page) in pages.pages.iter().enumerate() {
        for placed in &page.items {
            let (Mark::Content(tag), Item::Run(run)) = (placed.mark, &placed.item) else {
                continue;
            };
            let Some(node) = pages.tags.get(tag.0 as usize) else { continue };
            let Some(&level) = levels.get(&(tag.0 as usize)) else { continue };
            if !seen.insert(tag) {
                continue;
            }
            let top = page.size.height - run.origin.y + run.size;
            let words = node.alt.clone().unwrap_or_else(|| run.text.clone());
            out.push((level, words, index, top.to_pt()));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_stand_under_the_nearest_of_a_higher_level() {
        let tree = outline_tree(&[1, 2, 3, 3, 2, 1, 2]);
        let parents: Vec<_> = tree.iter().map(|node| node.parent).collect();
        assert_eq!(parents, [None, Some(0), Some(1), Some(1), Some(0), None, Some(5)]);
        assert_eq!(tree[0].children, [1, 4]);
        let below: Vec<usize> = tree.iter().map(|node| node.below).collect();
        assert_eq!(below, [4, 2, 0, 0, 0, 1, 0]);
    }
}
