//! Every state that comes with the program, as it looks when it is opened: text and styles.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::playground::Playground;
use crate::playground::shipped;
use crate::tui::app::App;
use crate::tui::key_file::Overrides;
use crate::tui::keymap::Keymap;
use crate::tui::render;
use crate::tui::screen;
use crate::tui::theme::Theme;
use crate::tui::theme::depth::Depth;
use crate::tui::theme::depth::ThemeName;

#[test]
fn every_shipped_state_looks_as_it_did() {
    for (name, text) in shipped::SAVES {
        for size in [(80, 24), (120, 40)] {
            let drawn = screen_of(text, size);
            insta::assert_snapshot!(format!("{name}_{}x{}", size.0, size.1), render::tests::styled(&drawn));
        }
    }
}

/// Draws a save in sixteen colours, so that tuning the palette changes no expectation.
fn screen_of(text: &str, size: (u16, u16)) -> Buffer {
    let opened = Playground::read("save", text).map_err(|error| error.to_string()).unwrap();
    let theme = Theme::new(ThemeName::Dark, Depth::Sixteen, false);
    let mut app = App::new(opened.playground, theme, Keymap::new(&Overrides::new()));
    app.size = size;
    let area = Rect::new(0, 0, size.0, size.1);
    let mut buf = Buffer::empty(area);
    screen::draw(&app, area, &mut buf);
    buf
}
