package jieba

import "zhize/index/jieba/internal/image"

// emission returns the emission probabilities of the rune of a code.
func (d *Dict) emission(code uint16) *[image.States]float64 {
	return &d.m.Emissions[d.m.Roots[code].Class&^image.UserSingle]
}

// run cuts the runes from i to j, which no dictionary word joins (HMMSegment.hpp, Cut). ASCII is cut by rule: a letter
// and the letters and digits after it, a digit and the digits and points after it, or one character. The model cuts
// what lies between.
func (c *cutter) run(i, j int) {
	for i < j {
		k := i
		for k < j && !c.ascii(k) {
			k++
		}
		if k == i+1 { // whatever its state, it is a word
			c.emit(i, k)
			i = k
			continue
		}
		if k > i {
			c.viterbi(i, k)
			i = k
			continue
		}
		k++
		switch b := c.byteAt(i); {
		case letter(b):
			for k < j && (letter(c.byteAt(k)) || digit(c.byteAt(k))) {
				k++
			}
		case digit(b):
			for k < j && (digit(c.byteAt(k)) || c.byteAt(k) == '.') {
				k++
			}
		}
		c.emit(i, k)
		i = k
	}
}

// byteAt returns the first byte of a rune: the rune itself if it is ASCII, at least 0x80 if not.
func (c *cutter) byteAt(i int) byte { return c.text[c.start+int(c.at[i])] }

func (c *cutter) ascii(i int) bool { return c.byteAt(i) < 0x80 }

func letter(b byte) bool { return 'a' <= b|0x20 && b|0x20 <= 'z' }

func digit(b byte) bool { return '0' <= b && b <= '9' }

// viterbi cuts the runes from i to j where the most probable states say that a word ends (HMMSegment.hpp, Viterbi).
// Sums are formed in cppjieba's order. A state that nothing reaches keeps the weight of probability zero and the
// previous state E, as there. Only the steps that a word can take are looked at: a rune begins a word or is one (B, S)
// where the one before it ends one (E, S), and goes on with a word or ends it (M, E) where the one before it begins or
// goes on with one (B, M). All others have probability zero in the model, which [image.Image.Verify] asks for: a sum
// with it, of any size that occurs, is no greater than it and is chosen by nothing.
func (c *cutter) viterbi(i, j int) {
	m := c.d.m
	c.back = grow(c.back, j-i)
	back := c.back[:j-i]
	var now [image.States]float64
	e := c.d.emission(c.codes[i])
	for y := range now {
		now[y] = m.Start[y] + e[y]
	}
	trans := &m.Trans
	for x := 1; x < len(back); x++ {
		old := now
		e = c.d.emission(c.codes[i+x])
		var b, from uint8
		now[image.StateB], b = step(old[image.StateE]+trans[image.StateE][image.StateB], image.StateE, old[image.StateS]+trans[image.StateS][image.StateB], image.StateS, e[image.StateB])
		now[image.StateE], from = step(old[image.StateB]+trans[image.StateB][image.StateE], image.StateB, old[image.StateM]+trans[image.StateM][image.StateE], image.StateM, e[image.StateE])
		b |= from << (2 * image.StateE)
		now[image.StateM], from = step(old[image.StateB]+trans[image.StateB][image.StateM], image.StateB, old[image.StateM]+trans[image.StateM][image.StateM], image.StateM, e[image.StateM])
		b |= from << (2 * image.StateM)
		now[image.StateS], from = step(old[image.StateE]+trans[image.StateE][image.StateS], image.StateE, old[image.StateS]+trans[image.StateS][image.StateS], image.StateS, e[image.StateS])
		back[x] = b | from<<(2*image.StateS)
	}

	state := uint8(image.StateS)
	if now[image.StateE] >= now[image.StateS] {
		state = image.StateE
	}
	// From here on back holds the state of each rune.
	for x := j - 1; x >= i; x-- {
		prev := c.back[x-i] >> (2 * state) & 3
		c.back[x-i] = state
		state = prev
	}
	left := i
	for x := i; x < j; x++ {
		if s := c.back[x-i]; s == image.StateE || s == image.StateS {
			c.emit(left, x+1)
			left = x + 1
		}
	}
}

// step gives the greater of two weights, each with emit, and the state that it comes from. The first wins a tie.
func step(first float64, a uint8, second float64, b uint8, emit float64) (weight float64, from uint8) {
	weight, from = image.Impossible, image.StateE
	if w := first + emit; w > weight {
		weight, from = w, a
	}
	if w := second + emit; w > weight {
		weight, from = w, b
	}
	return weight, from
}
