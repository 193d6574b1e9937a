//! Holds the palettes to their floors: contrast, and distance for every kind of eye.

use super::*;
