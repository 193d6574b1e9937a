//! What panes are built of: the grid, the words, the frame around them, lines of text.

pub(crate) mod pane_frame;
pub(crate) mod lines;
pub(crate) mod grid1024;
pub(crate) mod words;
pub(crate) mod bar;
