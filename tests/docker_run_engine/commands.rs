//! What is in the container after all.

use super::world::World;

pub(super) fn set_by_hand(world: &World) {
    let machine = world.machine().proxy(&world.open.url());
    let options = [
        "-e",
        "HTTP_PROXY=http://own.test:1",
        "-eSSL_CERT_FILE=/own.pem",
    ];
    let words = world.words_with(&options, &["env"]);
    let outcome = machine.exec(&["--ca", "company.pem"], &words);
    let lines: Vec<_> = outcome.stdout.lines().collect();
    for line in [
        "HTTP_PROXY=http://own.test:1",
        "http_proxy=http://own.test:1",
        "SSL_CERT_FILE=/own.pem",
        &format!("https_proxy={}", world.open.url()),
        &format!("HTTPS_PROXY={}", world.open.url()),
        "CURL_CA_BUNDLE=/etc/perk/certificates.pem",
    ] {
        assert!(lines.contains(&line), "`{line}` is not in {outcome}");
    }
}
