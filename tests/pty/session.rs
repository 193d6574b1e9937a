//! The program in a pseudo-terminal: keys go in, a grid of cells comes out.
//!
//! Waiting means reading until the drawn grid says something, never sleeping and never
//! searching the bytes, because a redraw may cut words apart.

use std::io::Read;
use std::io::Write;
use std::num::NonZeroU16;
use std::path::Path;
use std::sync::mpsc;
use std::sync::mpsc::Receiver;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::Duration;
use std::time::Instant;

use portable_pty::Child;
use portable_pty::CommandBuilder;
use portable_pty::MasterPty;
use portable_pty::PtySize;
use vt100::Screen;

/// Nothing that works takes this long, even on a busy machine.
const DEADLINE: Duration = Duration::from_secs(20);

/// The program under test.
const PROGRAM: &str = env!("CARGO_BIN_EXE_certiscope");

pub(crate) struct Session {
    parser: vt100::Parser,
    /// Everything the program wrote.
    pub(crate) bytes: Vec<u8>,
    chunks: Receiver<Vec<u8>>,
    keys: Box<dyn Write + Send>,
    master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
}

impl Session {
    /// Starts the program in a terminal of this size; `home` takes whatever it saves.
    pub(crate) fn start(
        columns: u16,
        rows: u16,
        arguments: &[&str],
        environment: &[(&str, &str)],
        home: &Path,
    ) -> Self {
        let mut command = CommandBuilder::new(PROGRAM);
        command.args(arguments);
        Session::run(command, (columns, rows), environment, home)
    }

    /// Starts the program from a shell with job control, which says `stopped` once it has the
    /// terminal back and goes on with the program after Enter.
    pub(crate) fn start_in_shell(columns: u16, rows: u16, arguments: &[&str], home: &Path) -> Self {
        let mut command = CommandBuilder::new("sh");
        command.args(["-c", "set -m; \"$0\" \"$@\"; echo stopped; read enter; fg", PROGRAM]);
        command.args(arguments);
        Session::run(command, (columns, rows), &[], home)
    }

    fn run(
        mut command: CommandBuilder,
        (columns, rows): (u16, u16),
        environment: &[(&str, &str)],
        home: &Path,
    ) -> Self {
        let pair = portable_pty::native_pty_system().openpty(size(columns, rows)).unwrap();
        command.env_clear();
        for (name, value) in [("TERM", "xterm-256color"), ("LANG", "C.UTF-8"), ("PATH", "/usr/bin:/bin")]
            .iter()
            .chain(environment)
        {
            command.env(name, value);
        }
        for name in ["HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"] {
            command.env(name, home);
        }
        command.cwd(home);
        let child = pair.slave.spawn_command(command).unwrap();
        let reader = pair.master.try_clone_reader().unwrap();
        let (sender, chunks) = mpsc::channel();
        thread::spawn(move || forward(reader, &sender));
        Session {
            parser: vt100::Parser::new(at_least_one(rows), at_least_one(columns), 0),
            bytes: Vec::new(),
            chunks,
            keys: pair.master.take_writer().unwrap(),
            master: pair.master,
            child,
        }
    }

    pub(crate) fn screen(&self) -> &Screen {
        self.parser.screen()
    }

    pub(crate) fn text(&self) -> String {
        self.screen().contents()
    }

    pub(crate) fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    /// Reads until the drawn screen satisfies a condition.
    #[track_caller]
    pub(crate) fn wait(&mut self, what: &str, is_there: impl Fn(&Screen) -> bool) {
        let end = Instant::now() + DEADLINE;
        while self.is_in_frame() || !is_there(self.screen()) {
            let left = end.saturating_duration_since(Instant::now());
            match self.chunks.recv_timeout(left) {
                Ok(chunk) => self.take(&chunk),
                Err(error) => panic!("no {what} ({error}) on\n{}", self.text()),
            }
        }
    }

    /// Reads until the screen shows a text.
    #[track_caller]
    pub(crate) fn wait_text(&mut self, text: &str) {
        self.wait(text, |screen| screen.contents().contains(text));
    }

    /// Presses keys and reads until the screen shows a text.
    #[track_caller]
    pub(crate) fn press_and_wait(&mut self, keys: &str, text: &str) {
        self.press(keys);
        self.wait_text(text);
    }

    /// Reads until nothing came for this long, and returns how many bytes came.
    pub(crate) fn listen(&mut self, silence: Duration) -> usize {
        let before = self.bytes.len();
        while let Ok(chunk) = self.chunks.recv_timeout(silence) {
            self.take(&chunk);
        }
        self.bytes.len() - before
    }

    pub(crate) fn resize(&mut self, columns: u16, rows: u16) {
        self.parser.screen_mut().set_size(at_least_one(rows), at_least_one(columns));
        self.master.resize(size(columns, rows)).unwrap();
    }

    /// Reads until the program has ended, and returns its exit code.
    #[track_caller]
    pub(crate) fn wait_exit(&mut self) -> u32 {
        let end = Instant::now() + DEADLINE;
        loop {
            while let Ok(chunk) = self.chunks.recv_timeout(Duration::from_millis(20)) {
                self.take(&chunk);
            }
            if let Some(status) = self.child.try_wait().unwrap() {
                self.listen(Duration::from_millis(100));
                return status.exit_code();
            }
            assert!(Instant::now() < end, "still running:\n{}", self.text());
        }
    }

    /// Is a frame on its way, so that the grid is half the old one and half the new?
    fn is_in_frame(&self) -> bool {
        let last = |mark: &[u8]| self.bytes.windows(mark.len()).rposition(|bytes| bytes == mark);
        last(b"\x1b[?2026h") > last(b"\x1b[?2026l")
    }

    /// Sends the program a signal.
    pub(crate) fn signal(&self, name: &str) {
        let id = self.child.process_id().unwrap().to_string();
        let status = std::process::Command::new("kill").args(["-s", name, &id]).status().unwrap();
        assert!(status.success());
    }

    fn take(&mut self, chunk: &[u8]) {
        self.bytes.extend_from_slice(chunk);
        self.parser.process(chunk);
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Hands on what the program writes until it ends.
fn forward(mut reader: Box<dyn Read + Send>, chunks: &Sender<Vec<u8>>) {
    let mut buffer = [0; 1 << 12];
    while let Ok(count @ 1..) = reader.read(&mut buffer) {
        if chunks.send(buffer[..count].to_vec()).is_err() {
            return;
        }
    }
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

fn at_least_one(cells: u16) -> NonZeroU16 {
    NonZeroU16::new(cells).unwrap_or(NonZeroU16::MIN)
}
