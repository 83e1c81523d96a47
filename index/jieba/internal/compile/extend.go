package compile

import (
	"encoding/binary"
	"errors"

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
		floor: image.Float(m.Weights, 0), sum: m.Sum, median: m.Median,
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
	runes := make([]rune, len(m.Classes)/2)
	for block := range rune(image.Blocks) {
		page := int(image.Uint16(m.PageOf, int(block)))
		for low := range rune(256) {
			if code := image.Uint16(m.Pages, page<<8|int(low)); code > 0 {
				runes[code] = block<<8 | low
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
		class := image.Uint16(m.Classes, code)
		if class&image.UserSingle != 0 {
			c.singles[r] = true
		}
		row := int(class &^ image.UserSingle)
		for state := range c.model.emit {
			if row > 0 {
				c.model.emit[state][r] = image.Float(m.Emissions, row*image.States+state)
			}
		}
	}
}

// readWords reads every word of the trie with its weight. A slot and its code tell the base of the node above, and no
// two nodes share a base.
func (c *content) readWords(m *image.Image, runes []rune) {
	unit := func(slot uint32) (base uint32, code, weight uint16) {
		u := binary.LittleEndian.Uint64(m.Units[8*slot:])
		return uint32(u), uint16(u >> 32), uint16(u >> 48)
	}
	slots := uint32(len(m.Units) / 8)
	above := make(map[uint32]uint32) // the slot of the node that has a base
	for slot := range slots {
		if base, code, _ := unit(slot); int(code) < len(runes) && base != image.NoBase {
			above[base] = slot
		}
	}
	c.weights = make(map[string]float64)
	var word []rune
	for slot := range slots {
		_, code, weight := unit(slot)
		if int(code) >= len(runes) || weight == 0 {
			continue
		}
		word = word[:0]
		for at := slot; ; {
			_, code, _ := unit(at)
			word = append(word, runes[code])
			base := at - uint32(code)
			if base == 0 || len(word) > image.MaxWord { // the root's base
				break
			}
			at = above[base]
		}
		for i, j := 0, len(word)-1; i < j; i, j = i+1, j-1 {
			word[i], word[j] = word[j], word[i]
		}
		c.weights[string(word)] = image.Float(m.Weights, int(weight))
	}
}
