//! The MMU: one access through TLB, walk, accessed and dirty bits, or a fault.

use crate::machine::Machine;
use crate::machine::access::Access;
use crate::machine::address::PhysicalAddress;
use crate::machine::address::VirtualAddress;
use crate::machine::entry::RawEntry;
use crate::machine::fault::PageFault;
use crate::machine::recorder::FlushCause;
use crate::machine::recorder::HardwareEvent;
use crate::machine::registers::RegisterName;
use crate::machine::walk;
use crate::machine::walk::Walk;

#[cfg(test)]
mod tests;

impl Machine {
    /// Translates one access as the hardware does, with all that it leaves behind.
    ///
    /// A TLB entry serves the access if it grants the right and, for a write, is already dirty.
    /// Otherwise the tables are walked: the manual lets the processor fault on a stale entry's
    /// rights (Intel SDM vol. 3, 4.10.4.3), but real ones look once more before they do.
    ///
    /// # Errors
    ///
    /// Returns the page fault; CR2 is set and the TLB has forgotten the address (4.10.4.1).
    #[inline]
    pub(crate) fn access(
        &mut self,
        address: VirtualAddress,
        access: Access,
    ) -> Result<PhysicalAddress, PageFault> {
        if self.registers.is_paging_on()
            && let Some((place, entry)) = self.tlb.lookup(address)
            && entry.entry.missing_right(access, &self.registers).is_none()
            && (!access.is_write() || entry.entry.is_dirty())
        {
            self.tlb.note_hit(place);
            self.recorder.hardware(|| HardwareEvent::TlbHit { place, entry });
            return Ok(entry.translate(address));
        }
        self.access_by_walk(address, access)
    }

    /// Returns what the tables say about an access, changing nothing and asking no TLB.
    pub(crate) fn explain(&self, address: VirtualAddress, access: Access) -> Walk {
        walk::walk(&self.memory, &self.registers, address, access)
    }

    /// Translates an access that the TLB cannot serve.
    fn access_by_walk(
        &mut self,
        address: VirtualAddress,
        access: Access,
    ) -> Result<PhysicalAddress, PageFault> {
        let walk = walk::walk(&self.memory, &self.registers, address, access);
        self.recorder.hardware(|| HardwareEvent::Walk(walk));
        if !self.registers.is_paging_on() {
            return walk.outcome.map(|translation| translation.physical);
        }
        self.tlb.misses += 1;
        self.commit(&walk);
        match walk.outcome {
            Ok(translation) => {
                let fill = self.tlb.fill(address, self.cacheable(translation.page));
                self.recorder.hardware(|| HardwareEvent::TlbFill(fill));
                Ok(translation.physical)
            }
            Err(fault) => {
                self.raise(fault);
                Err(fault)
            }
        }
    }

    /// Writes the A and D bits that a walk sets, and no word that stays as it is.
    #[inline]
    fn commit(&mut self, walk: &Walk) {
        for step in walk.steps() {
            if step.after != step.entry {
                self.memory.write_word(step.entry_address, step.after.0);
            }
        }
    }

    /// Returns the page as the TLB keeps it: global only while CR4.PGE gives G a meaning (SDM vol. 3, 4.10.2.4).
    #[inline]
    fn cacheable(&self, page: RawEntry) -> RawEntry {
        if self.registers.has_global_pages() { page } else { page.without(RawEntry::GLOBAL) }
    }

    /// Forgets the address, sets CR2 and notes the fault: what a page fault does before its handler.
    fn raise(&mut self, fault: PageFault) {
        let dropped = self.tlb.forget(fault.address);
        if dropped > 0 {
            self.recorder.hardware(|| HardwareEvent::TlbFlush { cause: FlushCause::PageFault, dropped });
        }
        let before = self.registers.cr2;
        self.registers.cr2 = fault.address.0;
        self.recorder.hardware(|| HardwareEvent::Fault(fault));
        self.recorder.hardware(|| HardwareEvent::RegisterWrite {
            register: RegisterName::Cr2,
            before,
            after: fault.address.0,
        });
    }
}
