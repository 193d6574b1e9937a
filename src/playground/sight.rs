//! Looking: where to look first, and the moment shown as records for the panes.

use crate::kernel::layout::VM_USERHI;
use crate::kernel::layout::VM_USERLO;
use crate::kernel::layout::VM_USERLO_PI;
use crate::kernel::process_id::KERNEL;
use crate::kernel::process_id::ProcessId;
use crate::machine::address::PhysicalAddress;
use crate::machine::address::VirtualAddress;
use crate::playground::Playground;
use crate::playground::invariants;
use crate::playground::machine_view;
use crate::playground::snapshot::Focus;
use crate::playground::snapshot::InvariantRow;
use crate::playground::snapshot::Place;
use crate::playground::snapshot::Snapshot;
use crate::playground::view;
use crate::playground::view::Moment;

/// How many things that break one invariant are listed; the rest is counted.
const BROKEN_MAX: usize = 50;

impl Playground {
    /// Returns where to look first: what the last command was about, else the youngest process.
    #[must_use]
    pub fn first_focus(&self) -> Focus {
        let youngest = self.world.live().last().map_or(0, ProcessId::number);
        match self.history.step(self.history.current()).outcome.place {
            Some(Place::Page(process, address)) => {
                self.focus_on_page(Focus { address, ..self.first_page(process) })
            }
            Some(Place::Process(process)) => self.first_page(process),
            Some(Place::Frame(frame) | Place::Word(frame, _)) => Focus { frame, ..self.first_page(youngest) },
            Some(Place::DirectoryEntry(process, index)) => {
                let address = VirtualAddress::of_indices(index, 0).0;
                Focus { address, ..self.first_page(process) }
            }
            _ => self.first_page(youngest),
        }
    }

    /// Returns a focus on the first page a process has; with none, on where the last page
    /// fault was or where its first page would be.
    fn first_page(&self, process: u32) -> Focus {
        let id = ProcessId::new(process).filter(|&id| id != KERNEL);
        let page = id.and_then(|id| self.ledger.first_page(id));
        let faulted = self.world.kernel.machine.registers.cr2;
        let is_user = (VM_USERLO..VM_USERHI).contains(&faulted);
        let empty = (if is_user { faulted } else { VM_USERLO }, VM_USERLO_PI);
        let (address, frame) =
            page.map_or(empty, |(number, page)| (VirtualAddress::of_page(number).0, page.frame.number()));
        Focus { process, address, frame }
    }

    /// Returns the same focus with the frame that its page leads to, if it leads to one.
    #[must_use]
    pub fn focus_on_page(&self, focus: Focus) -> Focus {
        let moment = self.moment();
        let physical = view::walk(&moment, &focus).physical;
        let frame = physical.map_or(focus.frame, |physical| PhysicalAddress(physical).frame().number());
        Focus { frame, ..focus }
    }

    /// Returns the moment shown as records, from a focus.
    #[must_use]
    pub fn snapshot(&self, focus: &Focus) -> Snapshot {
        let moment = self.moment();
        let machine = &self.world.kernel.machine;
        let before = self.before.as_ref().map(|before| &before.kernel.machine);
        Snapshot {
            focus: *focus,
            title: self.title.clone(),
            position: self.position(),
            processes: view::processes(&moment),
            totals: view::totals(&self.ledger),
            palloc_cursor: self.world.kernel.palloc_cursor(),
            regions: view::regions(&moment, focus),
            frames: view::frames(&moment, focus),
            frame: view::frame(&moment, focus),
            directory: view::directory(&moment, focus),
            directory_frame: view::directory_frame(focus),
            table: view::table(&moment, focus),
            walk: view::walk(&moment, focus),
            machine: machine_view::machine(machine, before),
            trace: self.trace.clone(),
            changes: self.changes.clone(),
            invariants: self.invariant_rows(),
            fault: self.fault.clone(),
        }
    }

    /// Returns every invariant, what breaks it, and since which step.
    #[must_use]
    pub fn invariant_rows(&self) -> Vec<InvariantRow> {
        let row = |invariant: &invariants::Invariant| {
            let mut broken = (invariant.check)(&self.world, &self.ledger);
            let more = broken.len().saturating_sub(BROKEN_MAX);
            broken.truncate(BROKEN_MAX);
            let since = (!broken.is_empty()).then(|| self.broken_since(invariant.name));
            InvariantRow {
                name: invariant.name,
                sentence: invariant.sentence,
                broken,
                more: u32::try_from(more).unwrap_or(u32::MAX),
                since,
            }
        };
        invariants::INVARIANTS.iter().map(row).collect()
    }

    /// Returns the moment shown, with what is derived from it.
    fn moment(&self) -> Moment<'_> {
        Moment {
            world: &self.world,
            before: self.before.as_ref(),
            ledger: &self.ledger,
            touched: &self.touched,
            fault: self.fault.as_ref(),
        }
    }
}
