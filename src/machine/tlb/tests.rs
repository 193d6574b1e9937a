//! Taking the TLB apart and putting it together again.

use super::*;

const RIGHTS: u32 = RawEntry::PRESENT | RawEntry::WRITABLE | RawEntry::USER;

/// Returns a TLB after a long and uneven history.
fn used() -> Tlb {
    let mut tlb = Tlb::new();
    let mut number = 1_u32;
    for _ in 0..1000 {
        number = number.wrapping_mul(1_103_515_245).wrapping_add(12345);
        let address = VirtualAddress(number >> 8 & 0x0007_f000);
        match tlb.lookup(address) {
            Some((place, _)) if number >> 28 > 2 => tlb.note_hit(place),
            Some(_) => drop(tlb.forget(address)),
            None => drop(tlb.fill(address, RawEntry(number & 0xfff0_0100 | RIGHTS))),
        }
    }
    tlb
}

#[test]
fn entries_put_back_oldest_first_make_the_same_tlb() {
    let tlb = used();
    let mut copy = Tlb::new();
    (copy.hits, copy.misses) = (tlb.hits, tlb.misses);
    let entries = tlb.oldest_first();
    assert!(entries.len() > 40);
    for (place, entry) in entries {
        let entry = TlbEntry::new(entry.page, entry.entry);
        assert!(copy.restore(place.way, entry));
    }
    assert_eq!(copy, tlb);
}

#[test]
fn an_entry_is_not_put_over_another_nor_twice_nor_beside_the_ways() {
    let mut tlb = Tlb::new();
    let entry = TlbEntry::new(VirtualAddress(0x0040_0000), RawEntry(RIGHTS));
    let other = TlbEntry::new(VirtualAddress(0x0041_0000), RawEntry(RIGHTS));
    assert!(tlb.restore(2, entry));
    assert!(!tlb.restore(2, other));
    assert!(!tlb.restore(1, entry));
    assert!(!tlb.restore(4, other));
    assert!(tlb.restore(3, other));
}

#[test]
fn ages_count_the_entries_used_since() {
    let tlb = used();
    for set in 0..SETS {
        let ages = (0..WAYS).filter_map(|way| tlb.age(Place { set, way }));
        let mut ages: Vec<u8> = ages.collect();
        ages.sort_unstable();
        let expect: Vec<u8> = (0..).take(ages.len()).collect();
        assert_eq!(ages, expect);
    }
}

#[test]
fn an_entry_keeps_a_whole_page_and_only_the_flags_that_matter() {
    let entry = TlbEntry::new(VirtualAddress(0x0040_0abc), RawEntry(0x0500_0fff));
    assert_eq!(entry.page, VirtualAddress(0x0040_0000));
    assert_eq!(entry.entry.to_string(), "frame 0x05000 P W U D PS G");
}
