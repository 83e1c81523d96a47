// Package noise puts the faults of real pages into generated ones, each kind by
// itself and as often as it was met. A kind changes what the page shows, and
// where the page then says something else (an item is lost, a number stands
// twice), what is to be read. Where a fault would leave a reader in doubt, it
// is not made.
//
// Not made at all, because no reader can undo them: mojibake, words replaced by
// others (企业 for 公司), digits rewritten as numerals, replacement characters.
package noise
