package compile

import (
	"errors"
	"slices"

	"zhize/index/jieba/internal/image"
)

// Extend returns the image of a dictionary with the words of a further user dictionary, in jieba's format: what
// [Compile] makes of the same sources with user behind the user dictionary that they have. The image must be a verified
// one. An error names the line of user that cannot be used.
func Extend(m *image.Image, user []byte) ([]byte, error) {
	words, err := parseUser(user)
	if err != nil {
		return nil, err
	}
	if len(words) == 0 {
		return nil, errors.New("the user dictionary has no words")
	}
	c := &content{
		floor: m.Floor(), sum: m.Sum, median: m.Median,
		singles: map[rune]bool{}, model: &hmm{start: m.Start, trans: m.Trans},
	}
	runes := runesOf(m)
	c.readClasses(m, runes)
	c.readWords(m, runes)
	c.add(words)
	return c.assemble()
}

// runesOf gives the rune of every code.
func runesOf(m *image.Image) []rune {
	runes := make([]rune, len(m.Roots))
	for block, page := range m.PageOf {
		for low, code := range m.Pages[page] {
			if code > 0 {
				runes[code] = rune(block*image.PageSize + low)
			}
		}
	}
	return runes
}

// readClasses reads what the model says of every rune, and which runes are words of the user dictionary.
func (c *content) readClasses(m *image.Image, runes []rune) {
	for state := range c.model.emit {
		c.model.emit[state] = map[rune]float64{}
	}
	for code, r := range runes {
		class := m.Roots[code].Class
		if class&image.UserSingle != 0 {
			c.singles[r] = true
		}
		row := int(class &^ image.UserSingle)
		for state := range c.model.emit {
			if row > 0 {
				c.model.emit[state][r] = m.Emissions[row][state]
			}
		}
	}
}

// readWords reads every word of the trie with its weight. A slot and its code tell the base of the node above, and no
// two nodes share a base.
func (c *content) readWords(m *image.Image, runes []rune) {
	type edge struct {
		from uint32 // the base of the node above
		code uint16
	}
	c.weights = make(map[string]float64)
	first := make(map[uint32]uint16) // the code of the root that has a base
	for code, r := range m.Roots {
		if r.Base != image.NoBase {
			first[r.Base] = uint16(code)
		}
		if r.Index > 0 {
			c.weights[string(runes[code])] = r.Weight
		}
	}
	above := make(map[uint32]edge) // by the base of a node, the edge that leads to it
	for slot, u := range m.Units {
		if base, code := uint32(u&image.MaxBase), uint16(u>>32); int(code) < len(runes) && base != image.NoBase {
			above[base] = edge{uint32(slot) - uint32(code), code}
		}
	}
	var word []rune
	for slot, u := range m.Units {
		code, weight := uint16(u>>32), uint16(u>>48)
		if int(code) >= len(runes) || weight == 0 {
			continue
		}
		word = append(word[:0], runes[code])
		for base := uint32(slot) - uint32(code); len(word) <= image.MaxWord; {
			if code, ok := first[base]; ok {
				word = append(word, runes[code])
				break
			}
			e := above[base]
			word = append(word, runes[e.code])
			base = e.from
		}
		slices.Reverse(word)
		c.weights[string(word)] = m.Weights[weight]
	}
}
