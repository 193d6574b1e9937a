//! Doors for the benchmarks into the private rooms: thin wrappers, no part of the program.
//!
//! Below: everything. Never: used by another file, promised to anybody, or documented as an API.
//! A benchmark is a crate of its own and sees only what is `pub`; without this file `kernel` and
//! `machine` would have to be.

use std::io;
use std::io::Sink;

use crossterm::event::KeyCode;
use crossterm::event::KeyEvent;
use crossterm::event::KeyModifiers;
use ratatui::Terminal;
use ratatui::TerminalOptions;
use ratatui::Viewport;
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;

use crate::kernel::layout;
use crate::kernel::pmm::m_container;
use crate::kernel::process_id::KERNEL;
use crate::kernel::process_id::ProcessId;
use crate::kernel::vmm::mpt_intro;
use crate::kernel::vmm::mpt_new;
use crate::machine::access::Access;
use crate::machine::access::AccessKind;
use crate::machine::address::FrameNumber;
use crate::machine::address::PAGE_SIZE;
use crate::machine::address::PhysicalAddress;
use crate::machine::address::VirtualAddress;
use crate::machine::memory_map::MemoryMap;
use crate::machine::memory_map::MemoryRow;
use crate::playground::Playground;
use crate::playground::world::World;
use crate::tui::app::App;
use crate::tui::frame_writer::FrameWriter;
use crate::tui::inputs::Input;
use crate::tui::key_file::Overrides;
use crate::tui::keymap::Keymap;
use crate::tui::screen;
use crate::tui::theme::Theme;
use crate::tui::theme::depth::Depth;
use crate::tui::theme::depth::ThemeName;

/// A booted machine with its kernel, nobody listening: the layers at their full speed.
#[derive(Clone)]
pub struct System(World);

impl System {
    /// Boots a machine whose user range begins with this many usable bytes.
    #[must_use]
    pub fn boot(user_bytes: u64) -> Self {
        let low = MemoryRow { start: 0, length: u64::from(layout::VM_USERLO), is_usable: true };
        let user = MemoryRow { start: low.end(), length: user_bytes, is_usable: true };
        let last = MemoryRow { start: 0xffff_f000, length: 0x1000, is_usable: false };
        System(World::boot(MemoryMap { title: "a machine to measure".into(), rows: vec![low, user, last] }))
    }

    /// Makes a child of process 0 and returns its id.
    pub fn spawn(&mut self, quota: u32) -> u32 {
        mpt_new::alloc_mem_quota(&mut self.0.kernel, KERNEL, quota).map_or(0, ProcessId::number)
    }

    /// Boots a 4 GiB machine and gives out all of its 720,896 user frames but for a few: process 1
    /// has most of them as pages, process 2 has 600 pages and room for more.
    #[must_use]
    pub fn full() -> Self {
        let mut system = System::boot(2816 << 20);
        let (first, second) = (system.spawn(720_000), system.spawn(800));
        let page = |number: u32| layout::VM_USERLO + number * PAGE_SIZE;
        _ = (0..720_896).take_while(|&number| system.alloc_page(first, page(number)).is_some()).count();
        (0..600).for_each(|number| _ = system.alloc_page(second, page(number)));
        system.switch_to(second);
        system
    }

    /// Calls `container_alloc`.
    pub fn container_alloc(&mut self, process: u32) -> Option<u32> {
        m_container::container_alloc(&mut self.0.kernel, id(process)).map(FrameNumber::number)
    }

    /// Calls `container_free`.
    pub fn container_free(&mut self, process: u32, frame: u32) {
        m_container::container_free(
            &mut self.0.kernel,
            id(process),
            FrameNumber::new(frame).unwrap_or_default(),
        );
    }

    /// Calls `alloc_page` with P W U and returns the page table's frame.
    pub fn alloc_page(&mut self, process: u32, address: u32) -> Option<u32> {
        let perm = mpt_intro::PT_PERM_PTU;
        let table = mpt_new::alloc_page(&mut self.0.kernel, id(process), VirtualAddress(address), perm);
        table.ok().map(FrameNumber::number)
    }

    /// Makes a process's directory the one that is walked.
    pub fn switch_to(&mut self, process: u32) {
        mpt_intro::set_pdir_base(&mut self.0.kernel, id(process));
    }

    /// Reads as a user program does and returns the physical address reached.
    pub fn read(&mut self, address: u32) -> Option<u32> {
        let reached = self.0.kernel.machine.access(VirtualAddress(address), Access::user(AccessKind::Read));
        reached.ok().map(|address| address.0)
    }

    /// Writes a word of physical memory.
    pub fn poke(&mut self, address: u32, word: u32) {
        self.0.kernel.machine.memory.write_word(PhysicalAddress(address), word);
    }

    /// Returns a playground whose history starts here.
    #[must_use]
    pub fn into_playground(self) -> Playground {
        Playground::starting_at(self.0, "a machine to measure".into())
    }
}

/// The program on a terminal of 120x40 that throws away what is written to it.
pub struct Program {
    app: App,
    terminal: Terminal<CrosstermBackend<FrameWriter<Sink>>>,
}

impl Program {
    /// Starts the program and draws its first frame.
    ///
    /// # Errors
    /// Never: nothing is really written.
    pub fn start(playground: Playground) -> io::Result<Self> {
        let theme = Theme::new(ThemeName::Dark, Depth::True, false);
        let mut app = App::new(playground, theme, Keymap::new(&Overrides::new()));
        let area = Rect::new(0, 0, 120, 40);
        app.handle(Input::Resize(area.width, area.height));
        let backend = CrosstermBackend::new(FrameWriter::new(io::sink()));
        let terminal = Terminal::with_options(backend, TerminalOptions { viewport: Viewport::Fixed(area) })?;
        let mut program = Program { app, terminal };
        program.draw()?;
        Ok(program)
    }

    /// Takes one key (`\n` is Enter) and draws what came of it, down to the terminal's bytes.
    ///
    /// # Errors
    /// Never: nothing is really written.
    pub fn press(&mut self, key: char) -> io::Result<()> {
        let code = if key == '\n' { KeyCode::Enter } else { KeyCode::Char(key) };
        self.app.handle(Input::Key(KeyEvent::new(code, KeyModifiers::NONE)));
        self.draw()
    }

    /// Draws the screen and writes what changed since the last time.
    ///
    /// # Errors
    /// Never: nothing is really written.
    pub fn draw(&mut self) -> io::Result<()> {
        let app = &self.app;
        self.terminal.draw(|frame| screen::draw(app, frame.area(), frame.buffer_mut())).map(drop)
    }

    /// Returns the step shown.
    #[must_use]
    pub fn step(&self) -> u32 {
        self.app.snapshot.position.step
    }
}

fn id(process: u32) -> ProcessId {
    ProcessId::new(process).unwrap_or(KERNEL)
}
