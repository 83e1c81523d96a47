// Package pagegen makes noisy pages of Chinese job descriptions with known
// answers, for tests, benchmarks and evaluation. A page is a pure function of
// the seed, its number and the options: page 999,999 is made without the
// others, and twice it is the same.
//
// A page is planned (what it holds, in which of the shapes of real pages), then
// given faults, then written down. Shapes and faults are drawn from tables with
// the counts of two samples: 108 template pages, tagged by hand, and 23,234 job
// postings, counted by expression. The sentences come from a bank of this
// project's own; choices in them make many of each.
//
// An answer holds only what is beyond doubt for a reader of the page: where a
// fault would leave two readings, it is not made.
package pagegen
