//! No file of tests is left out of `main.rs`.

use camino::Utf8Path;

#[test]
fn every_file_is_declared() {
    let folder = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests");
    let declared = include_str!("main.rs");
    for entry in folder.read_dir_utf8().unwrap() {
        let path = entry.unwrap().into_path();
        let is_module = path.extension() == Some("rs") || path.join("mod.rs").exists();
        let name = path.file_stem().unwrap();
        if is_module && name != "main" {
            assert!(
                declared.contains(&format!("mod {name};")),
                "{name} is not declared in tests/main.rs"
            );
        }
    }
}
