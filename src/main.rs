//! The command line: what the shell may ask for.

fn main() {}
