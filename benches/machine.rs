//! The bare machine: translation with and without the TLB, and moments of memory.

use std::hint::black_box;
use std::time::Duration;

use certiscope::bench::System;
use criterion::BatchSize;
use criterion::Criterion;

const MIB: u64 = 1 << 20;
const FIRST_PAGE: u32 = 0x4000_0000;
/// Pages mapped one after another: sixteen times what the TLB holds.
const PAGES: u32 = 1024;

fn main() {
    let mut criterion = Criterion::default()
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_millis(1200))
        .sample_size(40)
        .configure_from_args();
    access(&mut criterion);
    moments(&mut criterion);
    criterion.final_summary();
}

/// Returns a machine on which a process has all its pages, and its directory is the one walked.
fn with_pages() -> System {
    let mut system = System::boot(1024 * MIB);
    let process = system.spawn(10_000);
    (0..PAGES).for_each(|page| _ = system.alloc_page(process, FIRST_PAGE + page * 4096));
    system.switch_to(process);
    (0..PAGES).for_each(|page| _ = system.read(FIRST_PAGE + page * 4096));
    system
}

fn access(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("a user's read");
    group.bench_function("TLB hit", |bencher| {
        let mut system = with_pages();
        bencher.iter(|| system.read(black_box(FIRST_PAGE)));
    });
    group.bench_function("TLB miss, walk and fill", |bencher| {
        let mut system = with_pages();
        let mut page = 0;
        bencher.iter(|| {
            // Each page comes back after 1023 others, when no set of four ways remembers it.
            page = (page + 1) % PAGES;
            system.read(black_box(FIRST_PAGE + page * 4096))
        });
    });
    group.finish();
}

fn moments(criterion: &mut Criterion) {
    let system = with_pages();
    let mut group = criterion.benchmark_group("a moment of a 4 GiB machine");
    group.bench_function("snapshot", |bencher| bencher.iter(|| system.clone()));
    group.bench_function("first write after a snapshot", |bencher| {
        let copy_and_write = |mut copy: System| {
            copy.poke(FIRST_PAGE, black_box(1));
            copy
        };
        bencher.iter_batched(|| system.clone(), copy_and_write, BatchSize::SmallInput);
    });
    group.finish();
}
