//! The kernel layers beside a plain C-like implementation: boot, containers, pages.

mod c_like;

use std::hint::black_box;
use std::time::Duration;
use std::time::Instant;

use c_like::CKernel;
use certiscope::bench::System;
use criterion::Criterion;

const MIB: u64 = 1 << 20;
/// All that the user range holds: 2.75 GiB of a 4 GiB machine.
const WHOLE: u64 = 2816 * MIB;
/// Machines by the memory they give to user programs.
const SIZES: [(&str, u64); 3] = [("64 MiB", 64 * MIB), ("1 GiB", 1024 * MIB), ("4 GiB", WHOLE)];

fn main() {
    let mut criterion = Criterion::default()
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_millis(1200))
        .sample_size(40)
        .configure_from_args();
    boot(&mut criterion);
    alloc_page(&mut criterion);
    container_alloc_and_free(&mut criterion);
    one_frame_left(&mut criterion);
    criterion.final_summary();
}

fn boot(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("boot a 4 GiB machine");
    group.bench_function("certiscope", |bencher| bencher.iter(|| System::boot(black_box(WHOLE))));
    group.bench_function("C-like arrays", |bencher| {
        bencher.iter(|| CKernel::boot(black_box(WHOLE)).identity_tables().len());
    });
    group.finish();
}

/// Pages given one after another, page tables included: one in 1024 calls makes one.
fn alloc_page(criterion: &mut Criterion) {
    const PAGES: u64 = 200_000;
    let page = |at: u64| 0x4000_0000 + u32::try_from(at).unwrap_or(0) * 4096;
    let mut group = criterion.benchmark_group("alloc_page");
    group.bench_function("certiscope", |bencher| {
        let make = || {
            let mut system = System::boot(1024 * MIB);
            let process = system.spawn(250_000);
            (system, process)
        };
        bencher.iter_custom(|calls| {
            time_in_runs(calls, PAGES, make, |(system, process), at| {
                black_box(system.alloc_page(*process, page(at)));
            })
        });
    });
    group.bench_function("C-like arrays", |bencher| {
        let make = || {
            let mut kernel = CKernel::boot(1024 * MIB);
            let process = kernel.spawn(250_000);
            (kernel, process)
        };
        bencher.iter_custom(|calls| {
            time_in_runs(calls, PAGES, make, |(kernel, process), at| {
                black_box(kernel.alloc_page(*process, page(at)));
            })
        });
    });
    group.finish();
}

/// A frame taken and given back, with nearly all memory free.
fn container_alloc_and_free(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("container_alloc + container_free");
    group.bench_function("certiscope", |bencher| {
        let mut system = System::boot(WHOLE);
        bencher.iter(|| {
            if let Some(frame) = system.container_alloc(black_box(0)) {
                system.container_free(0, frame);
            }
        });
    });
    group.bench_function("C-like arrays", |bencher| {
        let mut kernel = CKernel::boot(WHOLE);
        bencher.iter(|| {
            if let Some(frame) = kernel.container_alloc(black_box(0)) {
                kernel.container_free(0, frame);
            }
        });
    });
    group.finish();
}

/// The same with exactly one frame free, always half of memory away from where the search starts.
fn one_frame_left(criterion: &mut Criterion) {
    for (size, bytes) in SIZES {
        let mut group = criterion.benchmark_group(format!("one free frame left of {size}"));
        let frames = u32::try_from(bytes / 4096).unwrap_or(0);
        group.bench_function("certiscope", |bencher| {
            let mut system = System::boot(bytes);
            (0..frames).for_each(|_| _ = system.container_alloc(0));
            let (mut here, mut there) = (0x40000, 0x40000 + frames / 2);
            system.container_free(0, here);
            bencher.iter(|| {
                let given = system.container_alloc(black_box(0));
                assert_eq!(given, Some(here));
                system.container_free(0, there);
                std::mem::swap(&mut here, &mut there);
            });
        });
        group.bench_function("C-like arrays", |bencher| {
            let mut kernel = CKernel::boot(bytes);
            (0..frames).for_each(|_| _ = kernel.container_alloc(0));
            let (mut here, mut there) = (0x40000, 0x40000 + frames as usize / 2);
            kernel.container_free(0, here);
            bencher.iter(|| {
                let given = kernel.container_alloc(black_box(0));
                assert_eq!(given, Some(here));
                kernel.container_free(0, there);
                std::mem::swap(&mut here, &mut there);
            });
        });
        group.finish();
    }
}

/// Times calls that use a state up: after every `run` of them a new state is made, off the clock.
#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
fn time_in_runs<S>(calls: u64, run: u64, make: impl Fn() -> S, call: impl Fn(&mut S, u64)) -> Duration {
    let mut spent = Duration::ZERO;
    let mut left = calls;
    while left > 0 {
        let mut state = make();
        let now = left.min(run);
        let start = Instant::now();
        (0..now).for_each(|at| call(&mut state, at));
        spent += start.elapsed();
        left -= now;
    }
    spent
}
