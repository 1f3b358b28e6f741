//! Which names of files and folders are refused, and why.
//!
//! A name is judged as the strictest system would read it, since what is generated here is cloned
//! elsewhere: Windows drops trailing dots and knows devices, macOS ignores invisible letters, and
//! either of them may take another spelling for `.git`.

/// Why a path is not safe to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PathFault {
    /// There is nothing between two slashes, or nothing at all.
    #[error("it has an empty name")]
    Empty,
    /// It begins at the root or at a drive.
    #[error("it is absolute")]
    Absolute,
    /// A component is `.` or `..`.
    #[error("it has a `.` or `..` component")]
    Dots,
    /// A component is the folder of git in some spelling.
    #[error("it names the `.git` folder, where a file can run by itself")]
    Git,
    /// A component is a device on Windows.
    #[error("it has a name that Windows reserves for a device")]
    Device,
    /// A component has a character that separates or forbids on some system.
    #[error("it has a `{0}`, which is not for names")]
    Character(char),
    /// A component has a control character.
    #[error("it has a control character")]
    Control,
    /// A component has a character that cannot be seen or turns the direction of the text.
    #[error("it has an invisible character")]
    Invisible,
    /// A component ends with a dot or a space.
    #[error("it has a name that ends with a dot or a space")]
    TrailingDotOrSpace,
    /// A component has more bytes than file systems take.
    #[error("it has a name of more than {MAX_COMPONENT} bytes")]
    LongName,
    /// The whole path has too many bytes.
    #[error("it has more than {MAX_PATH} bytes")]
    LongPath,
    /// The path has too many folders.
    #[error("it has more than {MAX_DEPTH} folders")]
    Deep,
}

/// The most bytes of a name on common file systems.
const MAX_COMPONENT: usize = 255;
/// The most bytes of a path; macOS takes 1,024 with what stands before it.
pub(super) const MAX_PATH: usize = 900;
/// The most folders in a path.
pub(super) const MAX_DEPTH: usize = 64;

const FORBIDDEN: &[char] = &['\\', ':', '<', '>', '"', '|', '?', '*'];

/// Says why a name cannot be a component of a path, if it cannot.
pub(super) fn check(name: &str) -> Result<(), PathFault> {
    if name.is_empty() {
        return Err(PathFault::Empty);
    }
    if name == "." || name == ".." {
        return Err(PathFault::Dots);
    }
    if is_git(name) {
        return Err(PathFault::Git);
    }
    if let Some(character) = name.chars().find(|letter| FORBIDDEN.contains(letter)) {
        return Err(PathFault::Character(character));
    }
    if name.chars().any(char::is_control) {
        return Err(PathFault::Control);
    }
    if name.chars().any(is_invisible) {
        return Err(PathFault::Invisible);
    }
    if name.ends_with(['.', ' ']) {
        return Err(PathFault::TrailingDotOrSpace);
    }
    if is_device(name) {
        return Err(PathFault::Device);
    }
    if name.len() > MAX_COMPONENT {
        return Err(PathFault::LongName);
    }
    Ok(())
}

/// Returns whether some system takes a name for `.git`: in another case, with trailing dots and
/// spaces, as a stream of NTFS, with letters that HFS+ ignores, or by its short name.
fn is_git(name: &str) -> bool {
    let seen: String = name
        .chars()
        .filter(|&letter| !is_invisible(letter))
        .collect();
    let file = seen.split(':').next().unwrap_or_default();
    let file = file.trim_end_matches(['.', ' ']).to_ascii_lowercase();
    let is_short_name = file
        .strip_prefix("git~")
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()));
    file == ".git" || is_short_name
}

/// Returns whether a character has no ink or turns the direction of what follows.
pub(crate) fn is_invisible(letter: char) -> bool {
    matches!(letter,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}')
}

fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    let stem = stem.trim_end_matches(' ').to_uppercase();
    let is_numbered = |prefix: &str| {
        stem.strip_prefix(prefix).is_some_and(|rest| {
            let mut letters = rest.chars();
            let is_number = |letter: char| letter.is_ascii_digit() || "¹²³".contains(letter);
            letters.next().is_some_and(is_number) && letters.next().is_none()
        })
    };
    matches!(
        stem.as_str(),
        "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$"
    ) || is_numbered("COM")
        || is_numbered("LPT")
}

#[cfg(test)]
mod tests {
    use super::*;

    const REFUSED: &[(&str, PathFault)] = &[
        ("", PathFault::Empty),
        (".", PathFault::Dots),
        ("..", PathFault::Dots),
        (".git", PathFault::Git),
        (".GIT", PathFault::Git),
        (".Git.", PathFault::Git),
        (".git . .", PathFault::Git),
        (".git::$INDEX_ALLOCATION", PathFault::Git),
        (".git:stream", PathFault::Git),
        (".g\u{200c}it", PathFault::Git),
        ("\u{feff}.git", PathFault::Git),
        ("git~1", PathFault::Git),
        ("GIT~2", PathFault::Git),
        ("a\\b", PathFault::Character('\\')),
        ("C:", PathFault::Character(':')),
        ("a?", PathFault::Character('?')),
        ("a\n", PathFault::Control),
        ("a\u{1b}[31m", PathFault::Control),
        ("a\u{85}", PathFault::Control),
        ("a\u{202e}txt.exe", PathFault::Invisible),
        ("a\u{2066}", PathFault::Invisible),
        ("a\u{200b}", PathFault::Invisible),
        ("a.", PathFault::TrailingDotOrSpace),
        ("a ", PathFault::TrailingDotOrSpace),
        ("...", PathFault::TrailingDotOrSpace),
        ("con", PathFault::Device),
        ("NUL.txt", PathFault::Device),
        ("aux .c", PathFault::Device),
        ("COM1", PathFault::Device),
        ("lpt9.tar.gz", PathFault::Device),
        ("com¹", PathFault::Device),
        ("conin$", PathFault::Device),
    ];

    #[test]
    fn refuses_each_name_for_its_reason() {
        for (name, fault) in REFUSED {
            assert_eq!(check(name), Err(*fault), "{name:?}");
        }
        assert_eq!(check(&"é".repeat(128)), Err(PathFault::LongName));
    }

    #[test]
    fn takes_ordinary_names() {
        for name in [
            ".gitignore",
            ".github",
            "git",
            "gitk~1",
            "a b",
            "Ünïcödé",
            "日本語",
            "console",
            "com10",
            "COMx",
            "nullable.rs",
            "...a",
            "{{item}}",
            "a~1",
        ] {
            assert_eq!(check(name), Ok(()), "{name:?}");
        }
        assert_eq!(check(&"a".repeat(255)), Ok(()));
    }
}
