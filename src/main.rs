//! The program: everything it does begins in the command line.

use std::process::ExitCode;

fn main() -> ExitCode {
    certiscope::cli::main()
}
