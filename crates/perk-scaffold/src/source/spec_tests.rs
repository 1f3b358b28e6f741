//! Which specs are taken, and that each of the others is refused for its reason.

use super::{GitSource, Location, SourceError, SourceSpec, SpecFault};
use crate::PathFault;
use crate::path::is_invisible;

fn fault(text: &str) -> SpecFault {
    match SourceSpec::parse(text) {
        Err(SourceError::Spec { fault, .. }) => fault,
        outcome => panic!("{text:?}: {outcome:?}"),
    }
}

fn git(text: &str) -> GitSource {
    match SourceSpec::parse(text) {
        Ok(SourceSpec::At(Location::Git(source))) => source,
        outcome => panic!("{text:?}: {outcome:?}"),
    }
}

#[test]
fn what_is_taken_is_written_back_as_it_was() {
    for text in [
        "rust-service",
        "company/worker",
        "./templates/worker",
        "../templates",
        "/srv/templates/c#",
        "git+https://git.example.com/team/templates.git",
        "git+https://git.example.com:8443/team/My%20Project/_git/templates#main",
        "git+https://git.example.com/%C3%A9/t",
        "git+https://[2001:db8::1]:8443/t",
        "git+ssh://git@git.example.com/team/templates.git//services/worker#v1.2.0",
        "git+ssh://git.example.com:2222/~me/templates",
        "git+file:///srv/git/templates.git//worker#refs/heads/next",
        "git+file:///srv/with space/é#feature/x",
        "git+https://h/t#0123456789abcdef0123456789abcdef01234567",
    ] {
        let spec = SourceSpec::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(spec.to_string(), text);
    }
}

#[test]
fn a_git_spec_has_three_parts() {
    let source = git("git+ssh://git@h/t.git//a/b#v1");
    assert_eq!(source.url.as_str(), "ssh://git@h/t.git");
    assert_eq!(source.folder.unwrap().as_str(), "a/b");
    assert_eq!(source.reference.unwrap().as_str(), "v1");
    let source = git("git+file:///srv/t/");
    assert_eq!(
        (source.url.as_str(), source.folder),
        ("file:///srv/t", None)
    );
}

#[test]
fn what_could_be_an_option_or_a_program_is_refused() {
    for text in ["-", "--upload-pack=touch x", "-oProxyCommand=x", "--"] {
        assert_eq!(fault(text), SpecFault::LeadingDash, "{text}");
    }
    for (text, word) in [
        ("ext::sh -c touch% /tmp/x", "ext"),
        ("fd::17", "fd"),
        ("git+ext::sh -c x", "ext"),
        ("testgit::/srv/x", "testgit"),
        ("https::https://h/t", "https"),
        ("EXT::x", "EXT"),
    ] {
        assert_eq!(fault(text), SpecFault::Helper(word.to_owned()), "{text}");
    }
    for text in [
        "git+ssh://-oProxyCommand=touch/x",
        "git+https://-h/t",
        "git+https://h.-x/t",
        "git+ssh://git@-oProxyCommand=x/t",
    ] {
        assert_eq!(fault(text), SpecFault::Host, "{text}");
    }
    assert_eq!(fault("git+ssh://-l@h/t"), SpecFault::User);
    assert_eq!(fault("git+ssh://$(id)@h/t"), SpecFault::Character('$'));
    assert_eq!(fault("git+ssh://h/`id`"), SpecFault::Character('`'));
    assert_eq!(fault("git+ssh://h/a;id"), SpecFault::Character(';'));
}

#[test]
fn other_transports_are_refused() {
    for (text, transport) in [
        ("git+http://h/t", "git+http"),
        ("git+git://h/t", "git+git"),
        ("git+ftp://h/t", "git+ftp"),
        ("git+HTTPS://h/t", "git+HTTPS"),
        ("git+git+https://h/t", "git+git+https"),
        ("http://h/t", "http"),
        ("git+./x", "git+"),
        ("git+h:x", "git+h:"),
    ] {
        assert_eq!(
            fault(text),
            SpecFault::Transport(transport.to_owned()),
            "{text}"
        );
    }
}

#[test]
fn an_address_without_git_says_how_it_is_written() {
    for (text, write) in [
        ("https://h/t", "git+https://h/t"),
        ("ssh://git@h/t", "git+ssh://***@h/t"),
        ("git@h:team/t.git", "git+ssh://git@h/team/t.git"),
        ("file:///srv/t", "git+file:///srv/t"),
    ] {
        let write = write.to_owned();
        assert_eq!(fault(text), SpecFault::WithoutGit { write }, "{text}");
    }
}

#[test]
fn local_repositories_are_absolute() {
    for text in [
        "git+file://srv/t",
        "git+file://./t",
        "git+file:t",
        "git+file:/srv/t",
        "git+file://",
    ] {
        assert_eq!(fault(text), SpecFault::RelativeFile, "{text}");
    }
}

#[test]
fn credentials_are_refused_and_never_repeated() {
    for text in [
        "git+https://token-s3cret@h/t",
        "git+https://me:s3cret@h/t",
        "git+https://me:a/s3cret@h/t",
        "git+ssh://git:s3cret@h/t",
        "git+https://me:s3cret@@h/t",
        "git+https://h/t?access_token=s3cret",
        "https://me:s3cret@h/t",
        "me:s3cret@h/t",
        "git+http://me:s3cret@h/t",
        "git+https:me:s3cret@h/t",
    ] {
        let error = SourceSpec::parse(text).unwrap_err();
        let hints = perk_diag::Explain::hints(&error);
        let said = format!("{error} {error:?} {hints:?}");
        assert!(!said.contains("s3cret"), "{text}: {said}");
    }
    assert_eq!(fault("git+https://me:x@h/t"), SpecFault::Credentials);
    assert_eq!(fault("git+https://x@h/t"), SpecFault::Credentials);
    assert_eq!(fault("git+ssh://git:x@h/t"), SpecFault::Credentials);
    assert_eq!(fault("git+https://h/t?x=y"), SpecFault::Query);
}

#[test]
fn traversal_is_refused_in_every_spelling() {
    for text in [
        "git+https://h/a/../b",
        "git+https://h/./b",
        "git+https://h/a//../b/..//c",
        "git+file:///srv/../etc",
        "git+file:///srv/..",
        "git+file:///srv/．．/etc",
        "git+file:///srv/‥/etc",
        "git+file:///srv/a∕b",
    ] {
        assert!(
            matches!(
                fault(text),
                SpecFault::Dots | SpecFault::Folder(PathFault::Dots) | SpecFault::TwoFolders
            ),
            "{text}"
        );
    }
    for (text, digits) in [
        ("git+https://h/a/%2e%2e/b", "2e"),
        ("git+https://h/a/%2E%2E/b", "2E"),
        ("git+https://h/a%2fb", "2f"),
        ("git+https://h/a%5cb", "5c"),
        ("git+https://h/a%00b", "00"),
        ("git+https://h/a%0ab", "0a"),
        ("git+https://h/%252e%252e/b", "25"),
        ("git+https://h/a%", ""),
        ("git+https://h/a%zz", "zz"),
        ("git+https://h/t//%2e%2e/x", "2e"),
        ("git+https://h/t//a%20b", "20"),
    ] {
        assert_eq!(
            fault(text),
            SpecFault::Encoding(digits.to_owned()),
            "{text}"
        );
    }
}

#[test]
fn the_folder_stays_in_the_repository() {
    for (text, path) in [
        ("git+https://h/t//..", PathFault::Dots),
        ("git+https://h/t//../x", PathFault::Dots),
        ("git+https://h/t//a/../../x", PathFault::Dots),
        ("git+https://h/t//./a", PathFault::Dots),
        ("git+https://h/t//", PathFault::Empty),
        ("git+https://h/t//.git/hooks", PathFault::Git),
        ("git+https://h/t//C:/x", PathFault::Absolute),
        ("git+https://h/t//ab:c", PathFault::Character(':')),
    ] {
        assert_eq!(fault(text), SpecFault::Folder(path), "{text}");
    }
    for text in [
        "git+https://h/t//．．/x",
        "git+https://h/t//‥/x",
        "git+https://h/t//a／b",
        "git+https://h/t//․․",
        "git+https://h/t//。。",
        "git+https://h/t//a\u{2044}b",
    ] {
        assert_eq!(fault(text), SpecFault::DisguisedFolder, "{text}");
    }
    assert_eq!(fault("git+https://h/t//a//b"), SpecFault::TwoFolders);
    assert_eq!(fault("git+https://h/t//a\\b"), SpecFault::Backslash);
    assert_eq!(fault("git+https://h/t\\..\\x"), SpecFault::Backslash);
}

#[test]
fn odd_references_are_refused() {
    for reference in [
        "",
        "-",
        "--upload-pack=touch x",
        "-x/y",
        "a/-b",
        "@",
        "@{-1}",
        "main@{yesterday}",
        "main^{tree}",
        "HEAD~1",
        "HEAD^",
        "a..b",
        "a:b",
        "+main",
        "+main:refs/heads/x",
        "refs/heads/*",
        "a b",
        "a?",
        "a[",
        "a\\b",
        "/main",
        "main/",
        "a//b",
        ".hidden",
        "a/.b",
        "main.lock",
        "main.LOCK",
        "main.",
        "v1#v2",
        "%6dain",
        "$(id)",
        "．．",
    ] {
        let text = format!("git+https://h/t#{reference}");
        let fault = fault(&text);
        let is_refused = matches!(fault, SpecFault::Reference);
        assert!(is_refused, "{text}: {fault}");
    }
    let long = format!("git+https://h/t#{}", "a".repeat(201));
    assert_eq!(fault(&long), SpecFault::Reference);
}

#[test]
fn a_commit_is_a_full_id_in_lower_case() {
    let is_commit = |reference: &str| {
        let source = git(&format!("git+https://h/t#{reference}"));
        source.reference.unwrap().is_commit()
    };
    assert!(is_commit(&"a1".repeat(20)));
    assert!(is_commit(&"a1".repeat(32)));
    assert!(!is_commit(&"A1".repeat(20)));
    assert!(!is_commit("a1a1a1a"));
}

#[test]
fn what_cannot_be_shown_is_refused_and_shown_harmless() {
    for (text, fault_of) in [
        ("", SpecFault::Empty),
        ("  ", SpecFault::Empty),
        ("git+https://h/a\nb", SpecFault::Control),
        ("a\u{1b}[31m", SpecFault::Control),
        ("git+https://h/a\u{0}", SpecFault::Control),
        ("git+https://h/t#v1\u{202e}", SpecFault::Invisible),
        ("git+https://h/t//a\u{200b}", SpecFault::Invisible),
        ("./a\u{2066}b", SpecFault::Invisible),
    ] {
        assert_eq!(fault(text), fault_of, "{text:?}");
        let said = SourceSpec::parse(text).unwrap_err().to_string();
        assert!(
            !said
                .chars()
                .any(|letter| letter.is_control() || is_invisible(letter))
        );
    }
    assert_eq!(fault(&"a".repeat(3000)), SpecFault::Long(2048));
}

#[test]
fn hosts_ports_and_names_are_plain() {
    for (text, fault_of) in [
        ("git+https:///t", SpecFault::Host),
        ("git+https://h..x/t", SpecFault::Host),
        ("git+https://hö/t", SpecFault::Host),
        ("git+https://[::1/t", SpecFault::Host),
        ("git+https://[x]/t", SpecFault::Host),
        ("git+https://h:0/t", SpecFault::Port),
        ("git+https://h:x/t", SpecFault::Port),
        ("git+https://h:65536/t", SpecFault::Port),
        ("git+https://h:/t", SpecFault::Port),
        ("git+https://h", SpecFault::Repository),
        ("git+https://h/", SpecFault::Repository),
        ("git+file:///", SpecFault::Repository),
        ("git+https://h/a b", SpecFault::Character(' ')),
        ("Rust-Service", SpecFault::Name),
        ("rust_service", SpecFault::Name),
        ("a/b/c", SpecFault::Name),
        ("a/", SpecFault::Name),
        ("1a", SpecFault::Name),
        ("templates\\x", SpecFault::Name),
        (".hidden", SpecFault::Name),
        ("...", SpecFault::Name),
        ("rust-service#v1", SpecFault::Name),
    ] {
        assert_eq!(fault(text), fault_of, "{text}");
    }
}
