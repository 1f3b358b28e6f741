//! What perk itself is made of: its program, and the libraries that the system has loaded with it.
//!
//! The system says which files it has mapped into this process. That is all that runs, so that
//! nothing has to be guessed from the program's own tables.

use std::path::{Path, PathBuf};

/// The files of a program, with the names under which they look for each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Parts {
    /// What loads the libraries, if there are any.
    pub(super) loader: Option<PathBuf>,
    /// The libraries.
    pub(super) libraries: Vec<PathBuf>,
}

/// Reads the system's table of what is mapped into a process, `/proc/self/maps`.
pub(super) fn parts(maps: &str) -> Parts {
    let mut parts = Parts {
        loader: None,
        libraries: Vec::new(),
    };
    for path in maps.lines().filter_map(path) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let is_library = name.contains(".so");
        if name.starts_with("ld") && is_library {
            parts.loader = Some(path.to_owned());
        } else if is_library && !parts.libraries.iter().any(|known| known == path) {
            parts.libraries.push(path.to_owned());
        }
    }
    parts
}

/// `7f00-7f01 r-xp 00000000 08:01 1234    /lib/libc.so.6`
fn path(line: &str) -> Option<&Path> {
    let at = line.find('/')?;
    let path = &line[at..];
    (!path.ends_with(" (deleted)")).then_some(Path::new(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_mapped_is_what_runs() {
        let maps = "\
55d0-55d1 r--p 00000000 08:01 11      /usr/bin/perk
55d1-55d2 r-xp 00001000 08:01 11      /usr/bin/perk
55d2-55d3 rw-p 00000000 00:00 0       [heap]
7f00-7f01 r--p 00000000 08:01 12      /usr/lib/x86_64-linux-gnu/libc.so.6
7f01-7f02 r-xp 00000000 08:01 12      /usr/lib/x86_64-linux-gnu/libc.so.6
7f02-7f03 r--p 00000000 08:01 13      /usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2
7f03-7f04 r--p 00000000 08:01 14      /usr/lib/locale/locale-archive
7ffc-7ffd r-xp 00000000 00:00 0       [vdso]
";
        let found = parts(maps);
        let folder = Path::new("/usr/lib/x86_64-linux-gnu");
        assert_eq!(found.loader, Some(folder.join("ld-linux-x86-64.so.2")));
        assert_eq!(found.libraries, [folder.join("libc.so.6")]);
        assert_eq!(parts("55d0-55d1 r--p 0 08:01 11 /bin/perk\n").loader, None);
    }
}
