//! What makes the TLB forget: Intel SDM vol. 3, 4.10.4.1, a case a rule.

use super::check;

#[test]
fn a_cr3_load_spares_global_pages() {
    check(
        "table 0x00400000 0x00005000 P W U
         table 0x00401000 0x00006000 P W U G
         user read 0x00400000 => miss 0x00005000
         user read 0x00401000 => miss 0x00006000
         cr3
         user read 0x00401000 => hit 0x00006000
         user read 0x00400000 => miss 0x00005000",
    );
}

#[test]
fn g_means_nothing_while_pge_is_clear() {
    check(
        "cr4 PSE
         table 0x00401000 0x00006000 P W U G
         user read 0x00401000 => miss 0x00006000
         tlb => 1.0 0x00401000 frame 0x00006 P W U
         cr3
         tlb => empty",
    );
}

#[test]
fn invlpg_drops_one_page_even_a_global_one() {
    check(
        "table 0x00400000 0x00005000 P W U
         table 0x00401000 0x00006000 P W U G
         user read 0x00400000 => miss 0x00005000
         user read 0x00401000 => miss 0x00006000
         invlpg 0x00401fff
         user read 0x00400000 => hit 0x00005000
         user read 0x00401000 => miss 0x00006000",
    );
}

#[test]
fn invlpg_drops_a_whole_page_of_4_mib() {
    check(
        "directory 0x00800000 0x00c00000 P W U PS
         user read 0x00800010 => miss 0x00c00010
         user read 0x00bffffc => hit 0x00fffffc
         invlpg 0x00912345
         tlb => empty
         user read 0x00800010 => miss 0x00c00010",
    );
}

#[test]
fn changing_pge_drops_everything() {
    check(
        "table 0x00401000 0x00006000 P W U G
         user read 0x00401000 => miss 0x00006000
         cr4 PSE PGE
         user read 0x00401000 => hit 0x00006000
         cr4 PSE
         tlb => empty
         user read 0x00401000 => miss 0x00006000
         cr4 PSE PGE
         tlb => empty",
    );
}

#[test]
fn changing_pse_drops_everything() {
    check(
        "table 0x00401000 0x00006000 P W U G
         user read 0x00401000 => miss 0x00006000
         cr4 PGE
         tlb => empty",
    );
}

#[test]
fn turning_paging_off_drops_everything() {
    check(
        "table 0x00401000 0x00006000 P W U G
         user read 0x00401000 => miss 0x00006000
         cr0 PE
         tlb => empty
         user read 0x00401000 => untranslated 0x00401000
         cr0 PE PG
         user read 0x00401000 => miss 0x00006000",
    );
}

#[test]
fn paging_needs_protected_mode() {
    check(
        "cr0 PG WP
         user read 0x00401000 => untranslated 0x00401000
         cr0 PE PG
         user read 0x00401000 => fault 4",
    );
}

#[test]
fn changing_wp_drops_nothing_and_counts_at_once() {
    check(
        "table 0x00400000 0x00005000 P U
         supervisor write 0x00400000 => miss 0x00005000
         supervisor write 0x00400000 => hit 0x00005000
         cr0 PE PG WP
         tlb => 0.0 0x00400000 frame 0x00005 P U D
         supervisor write 0x00400000 => fault 3
         tlb => empty",
    );
}

#[test]
fn a_fault_drops_the_entries_of_its_own_address_and_sets_cr2() {
    check(
        "table 0x00400000 0x00005000 P U
         table 0x00401000 0x00006000 P U
         user read 0x00400000 => miss 0x00005000
         user read 0x00401000 => miss 0x00006000
         user write 0x00400abc => fault 7
         cr2 => 0x00400abc
         tlb => 1.0 0x00401000 frame 0x00006 P U",
    );
}
