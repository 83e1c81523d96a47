package sheet

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Fault replaces Len bytes of the clean text at At by Put. Len 0 inserts.
type Fault struct {
	At, Len int
	Put     string
	// Clean: Put is shown as the clean text is, for it holds words of it.
	Clean bool
	// Repair says what an answer holds of the fault.
	Repair Repair
}

// Repair is how sure a reader can be of what stood there.
type Repair uint8

// How sure a reader can be.
const (
	Unrated Repair = iota // no answer speaks of it
	Certain               // the page itself proves it
	Likely                // only other pages prove it
)

// Text is a clean text and the faults in it, in order and without overlap.
type Text struct {
	Clean  string
	faults []Fault
}

// Apart is how many bytes usually lie between two faults: four Chinese
// characters, so that a reader sees each by itself.
const Apart = 12

// Add puts a fault in, unless it would lie outside the text, inside a
// character, or less than apart bytes from another; it reports whether it did.
func (t *Text) Add(f Fault, apart int) bool {
	if f.At < 0 || f.Len < 0 || f.At+f.Len > len(t.Clean) || !t.border(f.At) || !t.border(f.At+f.Len) {
		return false
	}
	at := len(t.faults)
	for at > 0 && t.faults[at-1].At >= f.At {
		at--
	}
	if at > 0 {
		if p := t.faults[at-1]; p.At+p.Len+apart > f.At {
			return false
		}
	}
	if at < len(t.faults) && f.At+f.Len+apart > t.faults[at].At {
		return false
	}
	t.faults = slices.Insert(t.faults, at, f)
	return true
}

func (t *Text) border(at int) bool { return at == len(t.Clean) || utf8.RuneStart(t.Clean[at]) }

// Faults are the faults, in order.
func (t *Text) Faults() []Fault { return t.faults }

// Free reports that no fault lies within apart bytes of clean[from:to].
func (t *Text) Free(from, to, apart int) bool {
	for _, f := range t.faults {
		if f.At+f.Len+apart > from && f.At < to+apart {
			return false
		}
	}
	return true
}

// Append writes the text as the page shows it, its clean parts through show.
func (t *Text) Append(dst []byte, show func([]byte, string) []byte) []byte {
	at := 0
	for _, f := range t.faults {
		dst = show(dst, t.Clean[at:f.At])
		dst = f.append(dst, show)
		at = f.At + f.Len
	}
	return show(dst, t.Clean[at:])
}

func (f *Fault) append(dst []byte, show func([]byte, string) []byte) []byte {
	if f.Clean {
		return show(dst, f.Put)
	}
	return append(dst, f.Put...)
}

// around is how many characters of a repair's surroundings go into an answer.
const around = 3

// Window is the fault as the page shows it and what should stand there, each
// with some Chinese characters around it. Without at least two of those, or a
// word of its own, it would stand everywhere, and ok is false.
func (t *Text) Window(i int, show func([]byte, string) []byte) (before, after string, ok bool) {
	f := t.faults[i]
	from, to := 0, len(t.Clean)
	if i > 0 {
		from = t.faults[i-1].At + t.faults[i-1].Len
	}
	if i+1 < len(t.faults) {
		to = t.faults[i+1].At
	}
	start, end, n := f.At, f.At+f.Len, 0
	for k := 0; k < around && start > from; k++ {
		r, size := utf8.DecodeLastRuneInString(t.Clean[from:start])
		if !Han(r) {
			if k == 0 && f.At == len(t.Clean) { // the end mark before what was added
				start -= size
				continue
			}
			break
		}
		start -= size
		n++
	}
	for k := 0; k < around && end < to; k++ {
		r, size := utf8.DecodeRuneInString(t.Clean[end:to])
		if !Han(r) {
			break
		}
		end += size
		n++
	}
	if n < 2 && f.Len < 2*3 {
		return "", "", false
	}
	b := show(nil, t.Clean[start:f.At])
	b = f.append(b, show)
	b = show(b, t.Clean[f.At+f.Len:end])
	return string(b), t.Clean[start:end], true
}

// Undo takes the faults out of a shown text again; it is the proof that the
// shown text tells the clean one. The text must have been shown as it is.
func (t *Text) Undo(shown string) (string, bool) {
	var b strings.Builder
	at := 0
	for _, f := range t.faults {
		n := f.At - at
		if n > len(shown) {
			return "", false
		}
		b.WriteString(shown[:n])
		var ok bool
		if shown, ok = strings.CutPrefix(shown[n:], f.Put); !ok {
			return "", false
		}
		b.WriteString(t.Clean[f.At : f.At+f.Len])
		at = f.At + f.Len
	}
	b.WriteString(shown)
	return b.String(), true
}

// Han reports a Chinese character of the common block.
func Han(r rune) bool { return r >= 0x4E00 && r <= 0x9FFF }
