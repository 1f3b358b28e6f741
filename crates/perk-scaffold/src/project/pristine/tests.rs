//! Archives that are read back, and archives that somebody has tampered with.

use std::io::Write as _;
use std::sync::LazyLock;

use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;
use tar::{Builder, EntryType, Header};

use super::Pristine;
use crate::project::testing::{bytes_at, kept, record_of, template};
use crate::project::{Record, TemplateRecord};

const ARCHIVE: &str = ".perk/pristine/t.tar.gz";

fn long(name: &str) -> String {
    format!("{}/{name}", ["folder-with-a-long-name"; 12].join("/"))
}

/// Returns the archive of a plan of all kinds of files, with its record.
fn packed() -> (Vec<u8>, Record) {
    let (deep, deep_link) = (long("deep"), long("link"));
    let template = template(
        "t",
        &[
            ("README.md", 0o644, b"# p\n"),
            ("bin/run", 0o755, b"#!/bin/sh\n"),
            ("logo.png", 0o644, b"\x89PNG\x00\xff"),
            ("empty", 0o644, b""),
            ("link", 0o120_000, b"bin/run"),
            ("token.hbs", 0o644, b"{{token}}\n"),
            ("größe", 0o644, b"x"),
            (&deep, 0o644, b"deep"),
            (&deep_link, 0o120_000, b"deep"),
            ("to-deep", 0o120_000, deep.as_bytes()),
        ],
    );
    let plan = kept(&template, None).unwrap();
    (bytes_at(&plan, ARCHIVE).to_vec(), record_of(&plan))
}

#[test]
fn everything_but_secrets_is_read_back() {
    let (bytes, record) = packed();
    let pristine = Pristine::unpack(&bytes, &record.templates[0]).unwrap();
    let paths: Vec<&str> = pristine.files().map(|(path, _)| path.as_str()).collect();
    assert_eq!(paths.len(), 9);
    assert!(!paths.contains(&"token"));
    let link = pristine
        .files()
        .find(|(path, _)| path.as_str() == "to-deep");
    assert_eq!(link.unwrap().1.bytes(), long("deep").as_bytes());
}

#[test]
fn the_same_plan_gives_the_same_bytes() {
    assert_eq!(packed().0, packed().0);
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "the program is what is tested with"
)]
fn the_tar_of_the_system_reads_it() {
    let (bytes, _) = packed();
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.tar.gz"), bytes).unwrap();
    let unpacked = std::process::Command::new("tar")
        .args(["-xzf", "a.tar.gz"])
        .current_dir(folder.path())
        .output();
    let Ok(unpacked) = unpacked else {
        return;
    };
    assert!(
        unpacked.status.success() && unpacked.stderr.is_empty(),
        "{unpacked:?}"
    );
    let text = |path: &str| std::fs::read_to_string(folder.path().join(path)).unwrap();
    assert_eq!(text("link"), "#!/bin/sh\n");
    assert_eq!(text("to-deep"), "deep");
    assert_eq!(text("größe"), "x");
    assert!(!folder.path().join("token").exists());
}

/// An archive of one entry.
fn archive(path: &[u8], kind: EntryType, target: &str, bytes: &[u8]) -> Vec<u8> {
    let mut header = Header::new_ustar();
    let name = &mut header.as_ustar_mut().unwrap().name;
    name[..path.len()].copy_from_slice(path);
    header.set_entry_type(kind);
    header.set_mode(0o644);
    header.set_size(bytes.len() as u64);
    header.set_link_name_literal(target).unwrap();
    header.set_cksum();
    let mut archive = Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
    archive.append(&header, bytes).unwrap();
    archive.into_inner().unwrap().finish().unwrap()
}

/// A record of one file or link.
fn record(path: &str, mode: u32, bytes: &[u8]) -> TemplateRecord {
    let template = template("t", &[(path, mode, bytes)]);
    let record = record_of(&kept(&template, None).unwrap());
    record.templates.into_iter().next().unwrap()
}

fn refused(bytes: &[u8], record: &TemplateRecord) -> String {
    Pristine::unpack(bytes, record).unwrap_err().to_string()
}

#[test]
fn what_the_record_does_not_say_is_refused() {
    let record = record("a", 0o644, b"abc");
    let file = |path: &str, bytes: &[u8]| archive(path.as_bytes(), EntryType::Regular, "", bytes);
    assert!(Pristine::unpack(&file("a", b"abc"), &record).is_ok());
    let of_kind = |kind| refused(&archive(b"a", kind, "b", b""), &record);
    let said = [
        refused(&file("a", b"abd"), &record),
        refused(&file("b", b"abc"), &record),
        refused(&file("../a", b"abc"), &record),
        refused(&file("/a", b"abc"), &record),
        refused(&file(".git/hooks/pre-commit", b"abc"), &record),
        refused(&archive(b"a\xff", EntryType::Regular, "", b""), &record),
        of_kind(EntryType::Symlink),
        of_kind(EntryType::Link),
        of_kind(EntryType::Fifo),
        of_kind(EntryType::Directory),
        of_kind(EntryType::GNUSparse),
        refused(
            &GzEncoder::new(Vec::new(), Compression::fast())
                .finish()
                .unwrap(),
            &record,
        ),
        refused(b"", &record),
        refused(b"not gzip", &record),
        refused(&file("a", b"abc")[..40], &record),
    ];
    insta::assert_snapshot!(said.join("\n"), @r#"
    `a` in it is not what the record says
    `b` is in it and not in the record
    it has a path "../a" that is not safe: it has a `.` or `..` component
    it has a path "/a" that is not safe: it is absolute
    it has a path ".git/hooks/pre-commit" that is not safe: it names the `.git` folder, where a file can run by itself
    it has a name that is not UTF-8
    `a` in it is not what the record says
    `a` in it is neither a file nor a link
    `a` in it is neither a file nor a link
    `a` in it is neither a file nor a link
    it is damaged
    `a` is in the record and not in it
    it is damaged
    it is damaged
    it is damaged
    "#);
}

#[test]
fn a_link_out_of_the_project_is_refused() {
    for target in ["/etc/passwd", "../../x", "b/../../x"] {
        let bytes = archive(b"a", EntryType::Symlink, target, b"");
        let fault = refused(&bytes, &record("a", 0o120_000, b"b"));
        assert_eq!(fault, "the link `a` in it leads out of the project");
    }
}

#[test]
fn an_archive_that_unpacks_to_too_much_is_refused() {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    let mut header = Header::new_ustar();
    header.set_path("a").unwrap();
    header.set_mode(0o644);
    header.set_size(1 << 40);
    header.set_cksum();
    gzip.write_all(header.as_bytes()).unwrap();
    let zeros = vec![0; 1 << 20];
    for _ in 0..310 {
        gzip.write_all(&zeros).unwrap();
    }
    let bytes = gzip.finish().unwrap();
    let fault = refused(&bytes, &record("a", 0o644, b"abc"));
    assert_eq!(fault, "it holds more than 314572800 bytes");
}

proptest! {
    #[test]
    fn no_damage_makes_it_panic(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        static PACKED: LazyLock<(Vec<u8>, Record)> = LazyLock::new(packed);
        let (mut bytes, record) = PACKED.clone();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let _ = Pristine::unpack(&bytes, &record.templates[0]);
    }
}
