//! `perk scaffold list`.

use crate::context;

#[test]
fn the_templates_of_the_binary_are_listed() {
    insta::assert_snapshot!(context().run(["scaffold", "list"]), @"
    exit code: 0
    ----- stdout -----
    python-service  1.0.0  An HTTP service in Python (FastAPI, uv), with health checks that are right
    rust-service    1.0.0  An HTTP service in Rust (axum), with health checks that are right
    ----- stderr -----
    ");
}

#[test]
fn tools_see_what_is_asked() {
    let document = context()
        .run(["scaffold", "list", "--format", "json"])
        .data();
    let document: serde_json::Value = serde_json::from_str(&document).unwrap();
    let rust = &document["templates"][1];
    assert_eq!(rust["name"], "rust-service");
    assert_eq!(rust["source"], "built-in");
    let database = &rust["questions"][3];
    assert_eq!(database["key"], "database");
    assert_eq!(database["type"], "choice");
    assert_eq!(
        database["choices"],
        serde_json::json!(["none", "postgresql"])
    );
}
