package jieba

import "zhize/index/jieba/internal/image"

// emission returns where in the emission probabilities the row of this code begins.
func (d *Dict) emission(code uint16) int {
	return int(image.Uint16(d.m.Classes, int(code))&^image.UserSingle) * image.States
}

// userSingle reports whether the rune of this code is a word of the user dictionary.
func (d *Dict) userSingle(code uint16) bool {
	return image.Uint16(d.m.Classes, int(code))&image.UserSingle != 0
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
// previous state E, as there.
func (c *cutter) viterbi(i, j int) {
	m := c.d.m
	c.back = grow(c.back, j-i)
	var now [image.States]float64
	row := c.d.emission(c.codes[i])
	for y := range now {
		now[y] = m.Start[y] + image.Float(m.Emissions, row+y)
	}
	for x := i + 1; x < j; x++ {
		old := now
		row = c.d.emission(c.codes[x])
		var back uint8
		for y := range now {
			emit := image.Float(m.Emissions, row+y)
			weight, from := float64(image.Impossible), image.StateE
			for z := range old {
				if w := old[z] + m.Trans[z][y] + emit; w > weight {
					weight, from = w, z
				}
			}
			now[y] = weight
			back |= uint8(from) << (2 * y)
		}
		c.back[x-i] = back
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
