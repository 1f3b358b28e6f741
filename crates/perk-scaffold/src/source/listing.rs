//! The two forms in which git writes about objects: `ls-tree -z -l` and `cat-file --batch`.

use super::remote::is_id;

/// An entry of a tree.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Listed<'l> {
    pub(super) mode: u32,
    pub(super) kind: Kind,
    pub(super) id: &'l str,
    /// The number of bytes, if it has bytes and they are there.
    pub(super) size: Option<u64>,
    pub(super) path: &'l [u8],
}

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    File,
    Link,
    Folder,
    Submodule,
}

/// Reads entries of the form `MODE TYPE ID SIZE`, a tab, the path, and a zero byte.
pub(super) fn parse_listing(listing: &[u8]) -> Option<Vec<Listed<'_>>> {
    let entries = listing.split(|byte| *byte == 0);
    entries
        .filter(|entry| !entry.is_empty())
        .map(parse_entry)
        .collect()
}

fn parse_entry(entry: &[u8]) -> Option<Listed<'_>> {
    let tab = entry.iter().position(|byte| *byte == b'\t')?;
    let (about, path) = (std::str::from_utf8(&entry[..tab]).ok()?, &entry[tab + 1..]);
    let mut words = about.split_ascii_whitespace();
    let mode = u32::from_str_radix(words.next()?, 8).ok()?;
    let kind = match (words.next()?, mode & crate::template::KIND_BITS) {
        ("blob", crate::template::LINK_MODE) => Kind::Link,
        ("blob", _) => Kind::File,
        ("tree", _) => Kind::Folder,
        ("commit", _) => Kind::Submodule,
        _ => return None,
    };
    let id = words.next().filter(|id| is_id(id))?;
    let size = words.next()?.parse().ok();
    Some(Listed {
        mode,
        kind,
        id,
        size,
        path,
    })
}

/// Reads the bytes of objects of which id and size are known.
pub(super) fn parse_batch<'o>(
    mut output: &[u8],
    objects: impl Iterator<Item = (&'o str, Option<u64>)>,
) -> Option<Vec<Vec<u8>>> {
    let mut contents = Vec::new();
    for (id, size) in objects {
        let header = format!("{id} blob {}\n", size?);
        let size = usize::try_from(size?).ok()?;
        let rest = output.strip_prefix(header.as_bytes())?;
        let (bytes, rest) = rest.split_at_checked(size)?;
        output = rest.strip_prefix(b"\n")?;
        contents.push(bytes.to_vec());
    }
    output.is_empty().then_some(contents)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "1111111111111111111111111111111111111111";

    /// Mode, kind, size and path.
    type Plain = (u32, Kind, Option<u64>, String);

    fn entry(about: &str) -> Option<Vec<Plain>> {
        let listing = format!("{}\0", about.replace("ID", ID));
        let listed = parse_listing(listing.as_bytes())?;
        let plain = |entry: Listed<'_>| {
            let path = String::from_utf8_lossy(entry.path).into_owned();
            (entry.mode, entry.kind, entry.size, path)
        };
        Some(listed.into_iter().map(plain).collect())
    }

    #[test]
    fn entries_are_read_with_every_kind_of_name() {
        let one = |mode, kind, size, path: &str| Some(vec![(mode, kind, size, path.to_owned())]);
        assert_eq!(
            entry("100755 blob ID      12\ta b\t\"\n"),
            one(0o100_755, Kind::File, Some(12), "a b\t\"\n")
        );
        assert_eq!(
            entry("120000 blob ID 3\tl"),
            one(0o120_000, Kind::Link, Some(3), "l")
        );
        assert_eq!(
            entry("160000 commit ID       -\tm"),
            one(0o160_000, Kind::Submodule, None, "m")
        );
        assert_eq!(
            entry("100644 blob ID     BAD\tx"),
            one(0o100_644, Kind::File, None, "x")
        );
    }

    #[test]
    fn what_is_no_listing_is_refused() {
        assert_eq!(entry("100644 blob ID 1"), None);
        assert_eq!(entry("100644 blob --batch 1\tx"), None);
        assert_eq!(entry("100644 tag ID 1\tx"), None);
        assert_eq!(parse_listing(b""), Some(Vec::new()));
    }

    #[test]
    fn contents_are_cut_where_the_sizes_say() {
        let output = format!("{ID} blob 3\na\nb\n{ID} blob 0\n\n");
        let objects = || [(ID, Some(3)), (ID, Some(0))].into_iter();
        assert_eq!(
            parse_batch(output.as_bytes(), objects()),
            Some(vec![b"a\nb".to_vec(), Vec::new()])
        );
        assert_eq!(parse_batch(output.as_bytes(), objects().take(1)), None);
        let missing = format!("{ID} missing\n");
        assert_eq!(parse_batch(missing.as_bytes(), objects().take(1)), None);
        let short = format!("{ID} blob 3\na");
        assert_eq!(parse_batch(short.as_bytes(), objects().take(1)), None);
    }
}
