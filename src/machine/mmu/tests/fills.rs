//! Where entries go, which one goes out, and what an entry keeps.

use super::check;

#[test]
fn an_entry_grants_only_what_both_levels_grant() {
    check(
        "directory 0x00400000 0x00003000 P U
         table 0x00400000 0x00005000 P W U
         user read 0x00400000 => miss 0x00005000
         tlb => 0.0 0x00400000 frame 0x00005 P U",
    );
}

#[test]
fn a_fault_fills_nothing() {
    check(
        "user read 0x00400000 => fault 4
         tlb => empty
         counts => 0 hits, 1 misses",
    );
}

#[test]
fn the_least_recently_used_of_four_goes_out() {
    check(
        "table 0x00400000 0x00005000 P U
         table 0x00410000 0x00006000 P U
         table 0x00420000 0x00007000 P U
         table 0x00430000 0x00008000 P U
         table 0x00440000 0x00009000 P U
         user read 0x00400000 => miss 0x00005000
         user read 0x00410000 => miss 0x00006000
         user read 0x00420000 => miss 0x00007000
         user read 0x00430000 => miss 0x00008000
         user read 0x00400000 => hit 0x00005000
         user read 0x00440000 => miss 0x00009000
         user read 0x00400000 => hit 0x00005000
         user read 0x00410000 => miss 0x00006000
         tlb => 0.0 0x00400000 frame 0x00005 P U; 0.1 0x00440000 frame 0x00009 P U; \
                0.2 0x00410000 frame 0x00006 P U; 0.3 0x00430000 frame 0x00008 P U",
    );
}

#[test]
fn a_free_way_is_taken_before_any_entry_goes() {
    check(
        "table 0x00400000 0x00005000 P U
         table 0x00410000 0x00006000 P U
         table 0x00420000 0x00007000 P U
         user read 0x00400000 => miss 0x00005000
         user read 0x00410000 => miss 0x00006000
         invlpg 0x00400000
         user read 0x00420000 => miss 0x00007000
         tlb => 0.0 0x00420000 frame 0x00007 P U; 0.1 0x00410000 frame 0x00006 P U",
    );
}

#[test]
fn the_16_sets_are_selected_by_the_low_bits_of_the_page_number() {
    check(
        "table 0x0040f000 0x00005000 P U
         directory 0x00c00000 0x01000000 P U PS
         user read 0x0040f000 => miss 0x00005000
         user read 0x00c01234 => miss 0x01001234
         tlb => 3.0 0x00c00000 frame 0x01000 P U PS; 15.0 0x0040f000 frame 0x00005 P U",
    );
}

#[test]
fn a_page_that_changed_its_size_is_answered_from_the_entry_until_looked_up_again() {
    check(
        "table 0x00400000 0x00005000 P U
         user read 0x00400000 => miss 0x00005000
         directory 0x00400000 0x00c00000 P W U PS
         user read 0x00400000 => hit 0x00005000
         tlb => 0.0 0x00400000 frame 0x00005 P U (the tables map a page of another size there)
         user write 0x00400000 => miss 0x00c00000
         tlb => 1.0 0x00400000 frame 0x00c00 P W U D PS",
    );
}

#[test]
fn pat_in_a_table_entry_is_not_taken_for_a_big_page() {
    check(
        "table 0x00401000 0x00005000 P U PS
         user read 0x00401010 => miss 0x00005010
         user read 0x00401010 => hit 0x00005010
         tlb => 1.0 0x00401000 frame 0x00005 P U",
    );
}
