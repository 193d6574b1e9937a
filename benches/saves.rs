//! How long a state of 10,000 user frames takes to save and to open.

use std::hint::black_box;

use certiscope::playground::Playground;
use certiscope::playground::command::Command;
use criterion::Criterion;

/// How many pages the state's process has touched.
const PAGES: u32 = 10_000;

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    saves(&mut criterion);
    criterion.final_summary();
}

fn saves(criterion: &mut Criterion) {
    let playground = touched();
    let text = playground.to_text();
    let state = without_log(&text);
    let mut group = criterion.benchmark_group("save of 10,000 frames");
    group.sample_size(10);
    group.bench_function("to text", |bencher| bencher.iter(|| black_box(playground.to_text().len())));
    group.bench_function("from text", |bencher| {
        bencher.iter(|| black_box(Playground::read("bench.ron", &state).is_ok()));
    });
    group.bench_function("from text, doing 10,001 logged steps again", |bencher| {
        bencher.iter(|| black_box(Playground::read("bench.ron", &text).is_ok()));
    });
    group.finish();
}

/// Returns a machine of 2 GiB whose process 1 touched pages, each a step of its log.
fn touched() -> Playground {
    let mut playground = Playground::boot("qemu").unwrap_or_else(|_| Playground::demo());
    let touches = (0..PAGES).map(|page| format!("touch 1 write {:#x}", 0x4000_0000 + page * 4096));
    for line in std::iter::once(format!("spawn 0 {}", 2 * PAGES)).chain(touches) {
        if let Ok(command) = Command::parse(&line) {
            black_box(playground.apply(&command).is_ok());
        }
    }
    playground
}

/// Returns the same text without its log.
fn without_log(text: &str) -> String {
    text.split_once("    log: [").map_or_else(|| text.to_string(), |(state, _)| format!("{state})\n"))
}
