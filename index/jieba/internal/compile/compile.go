// Package compile turns the dictionary files of cppjieba, as gojieba carries them, into one dictionary image (package
// image). The weights are those that cppjieba computes when it loads the files (DictTrie.hpp), bit for bit, and the
// result depends on nothing but the sources.
package compile

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"

	"zhize/index/jieba/internal/image"
)

// Compile returns the image of the sources. An error names the file and line that cannot be used.
//
// The weight of a word is the logarithm of its frequency divided by the sum of all frequencies of the main dictionary.
// A rune that is no word has the smallest weight of the main dictionary, a word of the user dictionary without a
// frequency has the median of it (UserWordWeightOption's default, WordWeightMedian), and a word of the user dictionary
// replaces the same word of the main one.
func Compile(src Sources) ([]byte, error) {
	dict, err := parseDict(src.Dict)
	if err != nil {
		return nil, err
	}
	user, err := parseUser(src.User)
	if err != nil {
		return nil, err
	}
	model, err := parseHMM(src.HMM)
	if err != nil {
		return nil, err
	}
	for from, row := range model.trans {
		for to, p := range row {
			if !image.Possible(from, to) && p != image.Impossible {
				return nil, fmt.Errorf("model: a step from state %d to %d, which no word takes, has a probability", from, to)
			}
		}
	}
	c := weigh(dict)
	c.model = model
	c.add(user)
	return c.assemble()
}

// content is what an image is assembled from.
type content struct {
	weights     map[string]float64 // of every word
	floor       float64            // of a rune that is no word
	sum, median float64            // of the main dictionary's frequencies
	singles     map[rune]bool      // words of one rune of the user dictionary
	model       *hmm
}

// assemble lays the content out. Equal contents give equal bytes.
func (c *content) assemble() ([]byte, error) {
	codes, err := encode(c.weights, c.model)
	if err != nil {
		return nil, err
	}
	m := &image.Image{Sum: c.sum, Median: c.median, Start: c.model.start, Trans: c.model.trans}
	entries, table, err := makeEntries(c.weights, codes)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		m.MaxWord = max(m.MaxWord, len(e.codes))
	}
	t, err := buildTrie(entries, len(codes)+1)
	if err != nil {
		return nil, err
	}
	m.Units, m.Weights = t.units, table
	makePages(m, codes)
	classes, err := makeClasses(m, codes, c.model, c.singles)
	if err != nil {
		return nil, err
	}
	m.Pairs = new([image.PairsSize]byte)
	for code, r := range t.roots {
		weight := c.floor
		if r.weight > 0 {
			weight = table[r.weight]
		}
		m.Roots = append(m.Roots, image.Root{Weight: weight, Base: r.base, Index: r.weight, Class: classes[code]})
		for _, second := range r.second {
			bit := image.Pair(uint16(code), second.code)
			m.Pairs[bit>>3] |= 1 << (bit & 7)
		}
	}
	b := m.Marshal()
	if m, err = image.Parse(b); err == nil {
		err = m.Verify()
	}
	if err != nil {
		return nil, fmt.Errorf("the compiled image is wrong: %w", err)
	}
	return b, nil
}

// weigh gives the words of the main dictionary their weights.
func weigh(dict []word) *content {
	c := &content{weights: make(map[string]float64, len(dict)), singles: map[rune]bool{}}
	freqs := make([]float64, 0, len(dict))
	for _, w := range dict { // in file order, as CalcFreqSum does
		c.sum += w.freq
		freqs = append(freqs, w.freq)
	}
	slices.Sort(freqs)
	c.median = freqs[len(freqs)/2]
	weight := c.weigher()
	for _, w := range dict {
		c.weights[string(w.runes)] = weight(w.freq)
	}
	c.floor = weight(freqs[0])
	return c
}

// weigher gives what makes weights of frequencies.
func (c *content) weigher() func(freq float64) float64 {
	ln := newLogarithms(precision)
	known := make(map[float64]float64) // a few thousand frequencies serve all words
	return func(freq float64) float64 {
		v, ok := known[freq]
		if !ok {
			v = ln.log(freq / c.sum)
			known[freq] = v
		}
		return v
	}
}

// add adds the words of a user dictionary.
func (c *content) add(user []word) {
	weight := c.weigher()
	for _, w := range user {
		if w.freq == 0 {
			w.freq = c.median
		}
		c.weights[string(w.runes)] = weight(w.freq)
		if len(w.runes) == 1 {
			c.singles[w.runes[0]] = true
		}
	}
}

// encode gives every rune of a word or of the model a code from 1. The runes on most trie edges get the smallest
// codes, which brings the children of a node close together.
func encode(weights map[string]float64, model *hmm) (map[rune]uint16, error) {
	edges := make(map[rune]int)
	for _, probs := range model.emit {
		for r := range probs {
			edges[r] += 0
		}
	}
	prev := []rune(nil)
	for _, s := range slices.Sorted(maps.Keys(weights)) {
		runes := []rune(s)
		shared := 0
		for shared < len(prev) && shared < len(runes) && prev[shared] == runes[shared] {
			shared++
		}
		for _, r := range runes[shared:] {
			edges[r]++
		}
		prev = runes
	}
	if len(edges) >= image.MaxCodes {
		return nil, fmt.Errorf("%d different runes, the limit is %d", len(edges), image.MaxCodes-1)
	}
	order := slices.SortedFunc(maps.Keys(edges), func(a, b rune) int {
		return cmp.Or(cmp.Compare(edges[b], edges[a]), cmp.Compare(a, b))
	})
	codes := make(map[rune]uint16, len(order))
	for i, r := range order {
		codes[r] = uint16(i + 1)
	}
	return codes, nil
}

// makeEntries returns the words in the order of their codes, and the table their weights point into: the weight of a
// rune that is no word, and then every weight that occurs, those of frequent words first: they are asked for most, and
// share few cache lines so.
func makeEntries(weights map[string]float64, codes map[rune]uint16) ([]entry, []float64, error) {
	distinct := slices.Compact(slices.Sorted(maps.Values(weights)))
	slices.Reverse(distinct)
	table := append([]float64{math.Inf(-1)}, distinct...)
	if len(table) > 1<<16 {
		return nil, nil, fmt.Errorf("%d different frequencies, the limit is %d", len(distinct), 1<<16-1)
	}
	entries := make([]entry, 0, len(weights))
	for s, w := range weights {
		var e entry
		for _, r := range s {
			e.codes = append(e.codes, codes[r])
		}
		i, _ := slices.BinarySearchFunc(distinct, w, func(a, b float64) int { return cmp.Compare(b, a) })
		e.weight = uint16(i + 1)
		entries = append(entries, e)
	}
	slices.SortFunc(entries, func(a, b entry) int { return slices.Compare(a.codes, b.codes) })
	return entries, table, nil
}

// makePages fills the table from runes to codes. Page 0 holds no code and serves every block without one, Han characters
// aside, whose pages lie in a row.
func makePages(m *image.Image, codes map[rune]uint16) {
	m.Pages = make([][image.PageSize]uint16, 1)
	m.PageOf = make([]uint16, image.Blocks)
	page := func(block rune) *[image.PageSize]uint16 {
		if m.PageOf[block] == 0 {
			m.PageOf[block] = uint16(len(m.Pages))
			m.Pages = append(m.Pages, [image.PageSize]uint16{})
		}
		return &m.Pages[m.PageOf[block]]
	}
	for block := range rune(image.HanPages) {
		page(image.HanBlock + block)
	}
	for _, r := range slices.Sorted(maps.Keys(codes)) {
		page(r / image.PageSize)[r%image.PageSize] = codes[r]
	}
}

// makeClasses fills the emission rows and gives the class of each code. Row 0 is that of a rune the model does not
// know. A state the model does not give a rune has the same probability (GetEmitProb's default).
func makeClasses(m *image.Image, codes map[rune]uint16, model *hmm, singles map[rune]bool) ([]uint16, error) {
	unknown := [image.States]float64{image.Impossible, image.Impossible, image.Impossible, image.Impossible}
	m.Emissions = append(m.Emissions, unknown)
	classes := make([]uint16, len(codes)+1)
	rows := 1
	for _, r := range slices.SortedFunc(maps.Keys(codes), func(a, b rune) int { return cmp.Compare(codes[a], codes[b]) }) {
		row, known := unknown, false
		for state, probs := range model.emit {
			if p, ok := probs[r]; ok {
				row[state], known = p, true
			}
		}
		if !known {
			continue
		}
		m.Emissions = append(m.Emissions, row)
		classes[codes[r]] = uint16(rows)
		if rows++; rows > image.UserSingle {
			return nil, fmt.Errorf("the model knows more than %d characters", image.UserSingle-1)
		}
	}
	for r := range singles {
		classes[codes[r]] |= image.UserSingle
	}
	return classes, nil
}
