//! From a key to the bytes of a frame at 120x40, with 720,896 frames given out.
//!
//! Criterion tells the middle; a class notices the worst, so the 99th percentile of a
//! thousand keys is printed too.
#![expect(clippy::expect_used, reason = "a benchmark that cannot start has nothing to measure")]

use std::time::Duration;
use std::time::Instant;

use certiscope::bench::Program;
use certiscope::bench::System;
use criterion::Criterion;

/// Writes a command into the palette and does it; most of these keys also preview what it would do.
const COMMAND: &str = ":touch 2 write 0x60000000\n";
const KEYS_TOLD: usize = 1000;

fn main() {
    let mut criterion = Criterion::default()
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_millis(1500))
        .sample_size(30)
        .configure_from_args();
    let mut program = Program::start(System::full().into_playground()).expect("a sink takes everything");
    COMMAND.chars().for_each(|key| program.press(key).expect("a sink takes everything"));
    assert_eq!(program.step(), 1, "the keys did not do the command");
    program.press('u').expect("a sink takes everything");
    let mut group = criterion.benchmark_group("120x40, 720,896 frames given");
    group.bench_function("draw an unchanged frame", |bencher| bencher.iter(|| program.draw()));
    group.bench_function("a whole command by keys, then undo", |bencher| {
        bencher.iter(|| keys().take(COMMAND.len() + 1).try_for_each(|key| program.press(key)));
    });
    group.finish();
    tell_worst(&mut program);
    criterion.final_summary();
}

/// The command and the key that takes it back, again and again.
fn keys() -> impl Iterator<Item = char> {
    COMMAND.chars().chain(['u']).cycle()
}

#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
fn tell_worst(program: &mut Program) {
    let times = keys().take(KEYS_TOLD).map(|key| {
        let start = Instant::now();
        program.press(key).expect("a sink takes everything");
        start.elapsed()
    });
    let mut times: Vec<Duration> = times.collect();
    times.sort();
    let at = |percent: usize| times[times.len() * percent / 100];
    println!("key to frame: median {:?}, 99th percentile {:?}", at(50), at(99));
}
