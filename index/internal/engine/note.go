package engine

// key stands for a term of one or two characters that have three bytes each: sixteen
// bits for each, those of the first above, and 0 for a second that is not there. Keys
// are in the order of the terms.
type key uint32

// least is the least character of three bytes.
const least = 0x800

// keyOf is the key of a term that has one.
func keyOf(term string) (k key, ok bool) {
	if len(term) != 3 && len(term) != 6 {
		return 0, false
	}
	a, ok := character(term)
	if !ok || len(term) == 3 {
		return key(a) << 16, ok
	}
	b, ok := character(term[3:])
	return key(a)<<16 | key(b), ok
}

// character is the character at the beginning of a text of three bytes or more, if
// it has three.
func character(text string) (c uint16, ok bool) {
	_ = text[2]
	c = uint16(text[0]&0xF)<<12 | uint16(text[1]&0x3F)<<6 | uint16(text[2]&0x3F)
	return c, text[0]&0xF0 == 0xE0 && text[1]&0xC0 == 0x80 && text[2]&0xC0 == 0x80 && c >= least
}

// append appends the term.
func (k key) append(b []byte) []byte {
	for _, c := range [...]uint16{uint16(k >> 16), uint16(k)} {
		if c >= least {
			b = append(b, 0xE0|byte(c>>12), 0x80|byte(c>>6)&0xBF, 0x80|byte(c)&0xBF)
		}
	}
	return b
}

// pair is what the function of this name says of the term.
func (k key) pair() bool { return han(rune(k>>16)) && han(rune(k&0xFFFF)) }

// note says that a document has a term: the key, and the document below it.
type note uint64

func noteOf(k key, doc int32) note { return note(k)<<32 | note(uint32(doc)) }

func (n note) key() key   { return key(n >> 32) }
func (n note) doc() int32 { return int32(uint32(n)) }

// sortNotes sorts notes, which are in the order of their documents, by their keys,
// eleven bits at a time from the lowest. It uses room, and returns the sorted notes
// and the new room.
func sortNotes(notes, room []note) (sorted, rest []note) {
	const bits, size = 11, 1 << 11
	if cap(room) < len(notes) {
		room = make([]note, len(notes), cap(notes))
	}
	room = room[:len(notes)]
	var counts [3][size]int32
	for _, n := range notes {
		k := n.key()
		counts[0][k%size]++
		counts[1][k>>bits%size]++
		counts[2][k>>(2*bits)]++
	}
	for pass := range counts {
		at, shift := int32(0), pass*bits
		for i, n := range counts[pass] {
			counts[pass][i], at = at, at+n
		}
		for _, n := range notes {
			i := n.key() >> shift % size
			room[counts[pass][i]] = n
			counts[pass][i]++
		}
		notes, room = room, notes
	}
	return notes, room
}
