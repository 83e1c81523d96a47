// Package reuse finds out which lines of positions.jsonl an index has already.
package reuse

import (
	"encoding/binary"
	"slices"

	"zhize/index/internal/store"
)

// Match is which lines stand in which rows of the positions of a store. Equal
// lines that stand there more than once each have their own row.
type Match struct {
	Lines    []uint32 // of each row of the store the number of its line, from 0, or store.Gone
	Bytes    int64    // of all lines
	NewBytes int64    // of those that have no row

	rows  *store.Store
	table []uint32 // by hash a row+1 that has it; 0 is none
	next  []uint32 // of a row the next one, +1, with an equal hash
	added []uint32 // numbers of the lines that have no row
	count uint32   // lines
	asked int      // of added, how far New was asked
}

// New makes a match of no lines yet with the rows of a store.
func New(rows *store.Store) *Match {
	n, size := rows.Positions(), 2
	for size < 2*n {
		size *= 2
	}
	m := &Match{Lines: make([]uint32, n), rows: rows, table: make([]uint32, size), next: make([]uint32, n)}
	for row := n - 1; row >= 0; row-- { // so that the first of equal ones is found first
		m.Lines[row] = store.Gone
		at := m.place(rows.Hash(uint32(row)))
		m.next[row], *at = *at, uint32(row)+1
	}
	return m
}

// place is where the rows with a hash stand in the table, or may stand.
func (m *Match) place(hash store.LineHash) *uint32 {
	mask := uint64(len(m.table) - 1)
	for i := binary.LittleEndian.Uint64(hash[:]) & mask; ; i = (i + 1) & mask {
		if at := &m.table[i]; *at == 0 || m.rows.Hash(*at-1) == hash {
			return at
		}
	}
}

// Add adds the next line.
func (m *Match) Add(hash store.LineHash, size int) {
	n := m.count
	m.count++
	m.Bytes += int64(size)
	if at := m.place(hash); *at > 0 {
		if row := *at - 1; m.Lines[row] == store.Gone {
			m.Lines[row] = n
			if m.next[row] > 0 { // the last one stays, so that others are found behind it
				*at = m.next[row]
			}
			return
		}
	}
	m.NewBytes += int64(size)
	m.added = append(m.added, n)
}

// New reports whether the n-th line has no row. It is asked for each line once, in
// order.
func (m *Match) New(n int) bool {
	if m.asked < len(m.added) && m.added[m.asked] == uint32(n) {
		m.asked++
		return true
	}
	return false
}

// Same reports whether the lines are those of the rows, in their order.
func (m *Match) Same() bool {
	for row, n := range m.Lines {
		if n != uint32(row) {
			return false
		}
	}
	return len(m.added) == 0
}

// Order lists the lines of all rows: those of the store, and behind them a row for
// each line that has none there.
func (m *Match) Order() []uint32 { return slices.Concat(m.Lines, m.added) }
