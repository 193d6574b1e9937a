//! Lists in a save, asked about item by item while the reader still stands on the item's line.

use std::fmt;

use serde::Deserialize;
use serde::Deserializer;
use serde::de::DeserializeSeed;
use serde::de::Error;
use serde::de::SeqAccess;
use serde::de::Visitor;

/// Says why an item cannot follow the items before it.
pub(in crate::playground) type Accept<T> = fn(&[T], &T) -> Result<(), String>;

/// Reads a list whose items must be acceptable after each other.
pub(in crate::playground) fn read<'de, D, T>(deserializer: D, accept: Accept<T>) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    deserializer.deserialize_seq(ListVisitor { accept })
}

struct ListVisitor<T> {
    accept: Accept<T>,
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for ListVisitor<T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Vec<T>, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = sequence.next_element_seed(ItemSeed { before: &items, accept: self.accept })? {
            items.push(item);
        }
        Ok(items)
    }
}

struct ItemSeed<'a, T> {
    before: &'a [T],
    accept: Accept<T>,
}

impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for ItemSeed<'_, T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        let item = T::deserialize(deserializer)?;
        (self.accept)(self.before, &item).map_err(D::Error::custom)?;
        Ok(item)
    }
}
