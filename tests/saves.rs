//! Saves: what is saved opens as it was, and what is no save is refused in one sentence.

use certiscope::playground::Playground;

#[test]
fn demo_reads_back() {
    let demo = Playground::demo();
    let text = demo.to_text();
    println!("{text}");
    let again = Playground::read("demo.ron", &text).map_err(|error| error.to_string()).unwrap();
    assert_eq!(again.warnings, [""; 0]);
    assert_eq!(again.playground.to_text(), text);
}
