//! The recorder: what happened, in order, as a flat list; off unless someone listens.
//!
//! The machine notes its hardware events; the software above it brackets each of its calls with
//! `enter` and `leave`, so that events stand inside the call that caused them.

use crate::machine::fault::PageFault;
use crate::machine::registers::RegisterName;
use crate::machine::tlb::Fill;
use crate::machine::tlb::Place;
use crate::machine::tlb::TlbEntry;
use crate::machine::walk::Walk;

#[cfg(test)]
mod tests;

/// How many events are kept before the rest is only counted.
pub(crate) const EVENTS_MAX: usize = 65_536;
/// How many arguments of a call are kept.
pub(crate) const ARGUMENTS_MAX: usize = 5;

/// Notes events while it is on.
#[derive(Clone, Default, Debug)]
pub(crate) struct Recorder {
    is_on: bool,
    events: Vec<Event>,
    dropped: u64,
}

/// One thing that happened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Event {
    /// A function of the software above was called.
    Enter { name: &'static str, arguments: Arguments },
    /// The function entered last returned.
    Leave { result: Option<u32> },
    /// The hardware did something.
    Hardware(HardwareEvent),
}

/// The arguments of a call, at most five, kept in place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Arguments {
    values: [u32; ARGUMENTS_MAX],
    count: u8,
}

/// One thing the hardware did.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum HardwareEvent {
    /// The page tables were walked; A and D are written as its steps say.
    Walk(Walk),
    /// A page fault was raised, and CR2 set.
    Fault(PageFault),
    /// The TLB served an access.
    TlbHit { place: Place, entry: TlbEntry },
    /// The TLB took an entry in.
    TlbFill(Fill),
    /// The TLB dropped entries.
    TlbFlush { cause: FlushCause, dropped: u32 },
    /// A control register was written.
    RegisterWrite { register: RegisterName, before: u32, after: u32 },
}

/// What made the TLB drop entries. Intel SDM vol. 3, 4.10.4.1.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum FlushCause {
    /// CR3 was loaded: everything but global pages.
    Cr3Load,
    /// INVLPG: one page, global or not.
    InvalidatePage,
    /// CR4.PGE changed: everything.
    GlobalPagesToggled,
    /// CR4.PSE changed: everything.
    BigPagesToggled,
    /// CR0.PG was cleared: everything.
    PagingOff,
    /// A page fault drops the entries of its own address.
    PageFault,
}

impl Recorder {
    /// Returns a recorder that is off.
    pub(crate) fn new() -> Self {
        Recorder::default()
    }

    /// Starts to record.
    pub(crate) fn on(&mut self) {
        self.is_on = true;
    }

    /// Stops recording. What was recorded stays.
    pub(crate) fn off(&mut self) {
        self.is_on = false;
    }

    /// Stops recording for a while; returns what [`Recorder::resume`] wants back.
    pub(crate) fn pause(&mut self) -> bool {
        std::mem::take(&mut self.is_on)
    }

    /// Goes on as before the pause.
    pub(crate) fn resume(&mut self, was_on: bool) {
        self.is_on = was_on;
    }

    /// Notes that a function is called.
    #[inline]
    pub(crate) fn enter(&mut self, name: &'static str, arguments: &[u32]) {
        if self.is_on {
            self.push(Event::Enter { name, arguments: Arguments::new(arguments) });
        }
    }

    /// Notes that the function entered last returns.
    #[inline]
    pub(crate) fn leave(&mut self, result: Option<u32>) {
        if self.is_on {
            self.push(Event::Leave { result });
        }
    }

    /// Notes a hardware event; the closure runs only while the recorder is on.
    #[inline]
    pub(crate) fn hardware(&mut self, event: impl FnOnce() -> HardwareEvent) {
        if self.is_on {
            self.push(Event::Hardware(event()));
        }
    }

    /// Returns what was recorded and starts an empty list.
    pub(crate) fn take(&mut self) -> Vec<Event> {
        self.dropped = 0;
        std::mem::take(&mut self.events)
    }

    /// Returns how many events did not fit since the last [`Recorder::take`].
    pub(crate) fn dropped(&self) -> u64 {
        self.dropped
    }

    #[cold]
    fn push(&mut self, event: Event) {
        if self.events.len() < EVENTS_MAX {
            self.events.push(event);
        } else {
            self.dropped += 1;
        }
    }
}

impl Arguments {
    /// Returns the first five of `values`.
    pub(crate) fn new(values: &[u32]) -> Self {
        let mut arguments = Arguments { values: [0; ARGUMENTS_MAX], count: 0 };
        for (slot, &value) in arguments.values.iter_mut().zip(values) {
            *slot = value;
            arguments.count += 1;
        }
        arguments
    }

    /// Returns the arguments in call order.
    pub(crate) fn values(&self) -> &[u32] {
        &self.values[..usize::from(self.count)]
    }
}
