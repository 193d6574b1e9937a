//! Where files are: the XDG directories, on every Unix alike.

use std::fs;
use std::io;
use std::path::PathBuf;

use etcetera::AppStrategy;
use etcetera::AppStrategyArgs;
use etcetera::app_strategy::Xdg;

use crate::cli::report::Usage;

/// The program's directories.
pub(in crate::cli) struct Paths(Xdg);

/// Returns the program's directories.
pub(in crate::cli) fn find() -> Result<Paths, Usage> {
    let name = AppStrategyArgs {
        top_level_domain: String::new(),
        author: String::new(),
        app_name: "certiscope".to_string(),
    };
    let missing = |_| Usage("there is no home directory to keep files in; set HOME".to_string());
    Xdg::new(name).map(Paths).map_err(missing)
}

impl Paths {
    /// Makes the directories that are written to.
    pub(in crate::cli) fn make(&self) -> io::Result<()> {
        fs::create_dir_all(self.saves())?;
        self.autosave().parent().map_or(Ok(()), fs::create_dir_all)
    }

    /// Returns the user's keys.
    pub(in crate::cli) fn keys(&self) -> PathBuf {
        self.0.in_config_dir("keys.ron")
    }

    /// Returns the directory of the user's themes.
    pub(in crate::cli) fn themes(&self) -> PathBuf {
        self.0.in_config_dir("themes")
    }

    /// Returns the directory of the user's saves.
    pub(in crate::cli) fn saves(&self) -> PathBuf {
        self.0.in_data_dir("saves")
    }

    /// Returns where the state goes when the program ends.
    pub(in crate::cli) fn autosave(&self) -> PathBuf {
        self.in_state_directory("autosave.ron")
    }

    /// Returns where the state goes when the program breaks.
    pub(in crate::cli) fn crash(&self) -> PathBuf {
        self.in_state_directory("crash.ron")
    }

    fn in_state_directory(&self, name: &str) -> PathBuf {
        // XDG has a state directory; the other strategies that might have none are not used.
        self.0.in_state_dir(name).unwrap_or_else(|| self.0.in_data_dir(name))
    }
}
