//! Writes to the control registers, and which translations they make the TLB forget.
//!
//! Intel SDM vol. 3, 4.10.4.1, gives every rule but the one of CR4.PSE, which stands in the
//! chapter on memory cache control, "Invalidating the Translation Lookaside Buffers" (11.9, in
//! newer editions 12.9).

use crate::machine::Machine;
use crate::machine::address::VirtualAddress;
use crate::machine::recorder::FlushCause;
use crate::machine::recorder::HardwareEvent;
use crate::machine::registers;
use crate::machine::registers::RegisterName;

impl Machine {
    /// Loads CR3: the TLB forgets every page but the global ones.
    pub(crate) fn load_cr3(&mut self, value: u32) {
        let before = self.registers.cr3;
        self.registers.cr3 = value;
        self.note_write(RegisterName::Cr3, before, value);
        let dropped = self.tlb.forget_local();
        self.note_flush(FlushCause::Cr3Load, dropped);
    }

    /// Writes CR0. Turning paging off forgets every page; changing WP forgets none, for the TLB
    /// keeps W and U themselves and WP is heeded at each access.
    ///
    /// ET always reads as one and bits that CR0 does not have are ignored. A real processor answers
    /// PG without PE with a general-protection fault (2.5); here paging then stays off.
    pub(crate) fn set_cr0(&mut self, value: u32) {
        let known = registers::CR0_FLAGS.iter().fold(0, |bits, (_, bit)| bits | bit);
        let refused = if value & registers::CR0_PE == 0 { registers::CR0_PG } else { 0 };
        let after = value & known & !refused | registers::CR0_ET;
        let before = self.registers.cr0;
        self.registers.cr0 = after;
        self.note_write(RegisterName::Cr0, before, after);
        if before & !after & registers::CR0_PG != 0 {
            let dropped = self.tlb.forget_all();
            self.note_flush(FlushCause::PagingOff, dropped);
        }
    }

    /// Writes CR4. Changing PGE or PSE forgets every page, global ones too.
    ///
    /// A real processor answers a bit it does not have with a general-protection fault; here
    /// only PSE and PGE exist and the rest is ignored.
    pub(crate) fn set_cr4(&mut self, value: u32) {
        let after = value & (registers::CR4_PSE | registers::CR4_PGE);
        let before = self.registers.cr4;
        self.registers.cr4 = after;
        self.note_write(RegisterName::Cr4, before, after);
        let changed = before ^ after;
        if changed & registers::CR4_PGE != 0 {
            let dropped = self.tlb.forget_all();
            self.note_flush(FlushCause::GlobalPagesToggled, dropped);
        } else if changed & registers::CR4_PSE != 0 {
            let dropped = self.tlb.forget_all();
            self.note_flush(FlushCause::BigPagesToggled, dropped);
        }
    }

    /// Executes INVLPG: the TLB forgets one page, global or not, 4 KiB or the whole 4 MiB.
    pub(crate) fn invlpg(&mut self, address: VirtualAddress) {
        let dropped = self.tlb.forget(address);
        self.note_flush(FlushCause::InvalidatePage, dropped);
    }

    fn note_write(&mut self, register: RegisterName, before: u32, after: u32) {
        self.recorder.hardware(|| HardwareEvent::RegisterWrite { register, before, after });
    }

    fn note_flush(&mut self, cause: FlushCause, dropped: u32) {
        self.recorder.hardware(|| HardwareEvent::TlbFlush { cause, dropped });
    }
}
