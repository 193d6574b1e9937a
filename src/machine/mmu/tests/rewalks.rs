//! What an entry still serves after the tables changed, and when the processor looks again.

use super::check;

#[test]
fn a_stale_entry_leads_to_the_old_frame_until_it_is_dropped() {
    check(
        "table 0x00400000 0x00005000 P W U
         user read 0x00400000 => miss 0x00005000
         table 0x00400000 0x00007000 P W U
         user read 0x00400000 => hit 0x00005000
         tlb => 0.0 0x00400000 frame 0x00005 P W U (the tables name frame 0x00007 now, not 0x00005)
         invlpg 0x00400000
         user read 0x00400000 => miss 0x00007000",
    );
}

#[test]
fn a_page_taken_away_is_still_reached() {
    check(
        "table 0x00400000 0x00005000 P W U
         user read 0x00400000 => miss 0x00005000
         table 0x00400000 0x00000000
         user read 0x00400000 => hit 0x00005000
         tlb => 0.0 0x00400000 frame 0x00005 P W U (the tables map nothing there any more)
         cr3
         user read 0x00400000 => fault 4",
    );
}

#[test]
fn a_right_taken_away_is_still_used() {
    check(
        "table 0x00400000 0x00005000 P W U
         user write 0x00400000 => miss 0x00005000
         table 0x00400000 0x00005000 P
         user write 0x00400000 => hit 0x00005000
         tlb => 0.0 0x00400000 frame 0x00005 P W U D (the tables no longer grant W U)",
    );
}

#[test]
fn a_right_given_is_found_by_looking_again() {
    check(
        "table 0x00400000 0x00005000 P U
         user read 0x00400000 => miss 0x00005000
         table 0x00400000 0x00005000 P W U
         tlb => 0.0 0x00400000 frame 0x00005 P U
         user write 0x00400000 => miss 0x00005000
         tlb => 0.0 0x00400000 frame 0x00005 P W U D",
    );
}

#[test]
fn the_first_write_looks_again_to_set_d_and_the_next_does_not() {
    check(
        "table 0x00400000 0x00005000 P W U
         user read 0x00400000 => miss 0x00005000
         entry 0x00400000 => frame 0x00005 P W U A
         user write 0x00400000 => miss 0x00005000
         entry 0x00400000 => frame 0x00005 P W U A D
         user write 0x00400000 => hit 0x00005000
         counts => 1 hits, 2 misses",
    );
}

#[test]
fn d_cleared_in_the_table_stays_clear_while_the_entry_remembers_it() {
    check(
        "table 0x00400000 0x00005000 P W U
         user write 0x00400000 => miss 0x00005000
         table 0x00400000 0x00005000 P W U A
         user write 0x00400000 => hit 0x00005000
         entry 0x00400000 => frame 0x00005 P W U A
         tlb => 0.0 0x00400000 frame 0x00005 P W U D (D is clear in the tables, and a write will not set it)",
    );
}

#[test]
fn a_first_write_through_a_stale_entry_meets_the_new_table() {
    check(
        "table 0x00400000 0x00005000 P W U
         user read 0x00400000 => miss 0x00005000
         table 0x00400000 0x00007000 P W U
         user write 0x00400000 => miss 0x00007000
         user read 0x00400000 => hit 0x00007000",
    );
}

#[test]
fn a_page_that_lost_g_survives_cr3_loads_and_is_marked() {
    check(
        "table 0x00400000 0x00005000 P U G
         user read 0x00400000 => miss 0x00005000
         table 0x00400000 0x00005000 P U A
         cr3
         tlb => 0.0 0x00400000 frame 0x00005 P U G (the tables no longer call the page global)",
    );
}
