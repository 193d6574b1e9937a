//! The playground: commands, undo and redo, records for the screen, small and with memory full.

use std::hint::black_box;
use std::time::Duration;

use certiscope::bench::System;
use certiscope::playground::Playground;
use certiscope::playground::command::Command;
use certiscope::playground::snapshot::Focus;
use criterion::Criterion;

fn main() {
    let mut criterion = Criterion::default()
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_millis(1500))
        .sample_size(30)
        .configure_from_args();
    let small: fn() -> Playground = with_three_pages;
    for (size, make) in [("3 pages", small), ("720,896 frames given", with_all_frames)] {
        undo_and_redo(&mut criterion, size, make());
        touch(&mut criterion, size, make());
        look(&mut criterion, size, &make());
    }
    kill(&mut criterion);
    long_history(&mut criterion);
    criterion.bench_function("start with the small living machine", |bencher| bencher.iter(Playground::demo));
    criterion.final_summary();
}

fn command(line: &str) -> Command {
    Command::parse(line).expect("a command of this benchmark")
}

fn act(playground: &mut Playground, line: &str) {
    playground.apply(&command(line)).expect("a command that is accepted");
}

/// A playground whose process 1 has three pages.
fn with_three_pages() -> Playground {
    let mut playground = Playground::boot("tiny").expect("a map that comes with the program");
    act(&mut playground, "spawn 0 32");
    (0..3).for_each(|page| act(&mut playground, &format!("touch 1 write 0x4000{page}000")));
    playground
}

/// A 4 GiB machine with nearly all of its user frames given out.
fn with_all_frames() -> Playground {
    let mut playground = System::full().into_playground();
    act(&mut playground, "touch 2 write 0x50000000");
    playground
}

fn undo_and_redo(criterion: &mut Criterion, size: &str, mut playground: Playground) {
    let mut group = criterion.benchmark_group(format!("undo and redo, {size}"));
    group.bench_function("undo, then redo", |bencher| {
        bencher.iter(|| {
            assert!(playground.undo());
            assert!(playground.redo());
        });
    });
    group.finish();
}

/// One command, and the step back that lets it be done again.
fn touch(criterion: &mut Criterion, size: &str, mut playground: Playground) {
    let process = if size == "3 pages" { 1 } else { 2 };
    let touch = command(&format!("touch {process} write 0x60000000"));
    let mut group = criterion.benchmark_group(format!("touch a missing page, {size}"));
    group.bench_function("check", |bencher| bencher.iter(|| playground.check(&touch)));
    group.bench_function("preview", |bencher| bencher.iter(|| playground.preview(&touch)));
    group.bench_function("apply, then undo", |bencher| {
        bencher.iter(|| {
            let outcome = playground.apply(&touch);
            assert!(playground.undo());
            outcome
        });
    });
    group.finish();
}

fn look(criterion: &mut Criterion, size: &str, playground: &Playground) {
    // Process 1 has most pages there are.
    let focus = playground.focus_on_page(Focus { process: 1, address: 0x4000_0000, frame: 0 });
    let mut group = criterion.benchmark_group(format!("records for the screen, {size}"));
    group.bench_function("snapshot", |bencher| bencher.iter(|| playground.snapshot(black_box(&focus))));
    group.finish();
}

/// The most that one command can do: a process that has nearly all of memory ends.
fn kill(criterion: &mut Criterion) {
    let mut playground = with_all_frames();
    let kill = command("kill 1");
    let mut group = criterion.benchmark_group("kill a process of 720,000 frames");
    group.sample_size(10);
    group.bench_function("apply, then undo", |bencher| {
        bencher.iter(|| {
            let outcome = playground.apply(&kill);
            assert!(playground.undo());
            outcome
        });
    });
    act(&mut playground, "kill 1");
    let focus = playground.first_focus();
    group.bench_function("records for the screen then", |bencher| {
        bencher.iter(|| playground.snapshot(&focus));
    });
    group.finish();
}

fn long_history(criterion: &mut Criterion) {
    let mut playground = with_three_pages();
    (0..10_000).for_each(|_| act(&mut playground, "invlpg 0x40000000"));
    let focus = playground.first_focus();
    let mut group = criterion.benchmark_group("a history of 10,000 steps");
    group.bench_function("snapshot", |bencher| bencher.iter(|| playground.snapshot(black_box(&focus))));
    group.bench_function("timeline", |bencher| bencher.iter(|| playground.timeline()));
    group.bench_function("go to step 5,000 and back", |bencher| {
        bencher.iter(|| {
            assert!(playground.go_to(5_000));
            assert!(playground.go_to(10_000));
        });
    });
    group.finish();
}
