//! The recorded runs of the real kernel: the same calls give the same answers.

use std::fs;

use certiscope::playground::Playground;
use certiscope::playground::script::Script;

#[test]
fn every_recorded_trace_holds() {
    let mut traces = 0;
    for entry in fs::read_dir("tests/conformance").unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "trace") {
            let name = path.display().to_string();
            let script = Script::parse(&name, &fs::read_to_string(&path).unwrap()).unwrap();
            let report = script.run(&mut Playground::boot("tiny").unwrap());
            assert_eq!(report.failures, [], "{name}");
            assert!(report.compared > 100, "{name} compares only {} answers", report.compared);
            traces += 1;
        }
    }
    assert_eq!(traces, 10);
}
