package bank

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
)

// Sentence is a sentence with choices in it, without its end mark.
type Sentence struct {
	parts []part
}

// part is one piece of a sentence.
type part struct {
	text     string   // literal, where nothing else is set
	choices  []string // one of them
	min, max int      // a number, where max > 0
	name     string   // a value of Values
}

// Values fill the places that the page decides.
type Values struct {
	Topic  string // what the page is about
	Site   string // the site's name
	Object string // what a composed duty is about
	Other  string // a job of another page
}

// named are the places that Values fill.
var named = [...]struct {
	name string
	of   func(*Values) string
}{
	{"topic", func(v *Values) string { return v.Topic }},
	{"site", func(v *Values) string { return v.Site }},
	{"object", func(v *Values) string { return v.Object }},
	{"other", func(v *Values) string { return v.Other }},
}

// Append writes the sentence as r chooses it.
func (b *Bank) Append(dst []byte, s *Sentence, r *rand.Rand, v *Values) []byte {
	for i := range s.parts {
		switch p := &s.parts[i]; {
		case p.max > 0:
			dst = strconv.AppendInt(dst, int64(p.draw(r)), 10)
		case p.choices != nil:
			dst = append(dst, p.choices[r.IntN(len(p.choices))]...)
		case p.name != "":
			for i := range named {
				if named[i].name == p.name {
					dst = append(dst, named[i].of(v)...)
				}
			}
		default:
			dst = append(dst, p.text...)
		}
	}
	return dst
}

// draw is a number of the range. Of wide ranges it is a round one, as people
// write them: 35 days, 260 people, 3,400 yuan.
func (p *part) draw(r *rand.Rand) int {
	step := 1
	switch width := p.max - p.min; {
	case width >= 1000:
		step = 100
	case width >= 100:
		step = 10
	case width >= 20:
		step = 5
	}
	first := (p.min + step - 1) / step
	return step * (first + r.IntN(p.max/step-first+1))
}

// parse reads {a|b}, <3-9> and {@name}.
func (b *Bank) parse(line string) (Sentence, error) {
	var s Sentence
	for line != "" {
		at := strings.IndexAny(line, "{<")
		if at < 0 {
			at = len(line)
		}
		if at > 0 {
			s.parts = append(s.parts, part{text: line[:at]})
			line = line[at:]
			continue
		}
		end := strings.IndexByte(line, "}>"[strings.IndexByte("{<", line[0])])
		if end < 0 {
			return s, fmt.Errorf("%q does not end", line)
		}
		p, err := b.parsePart(line[0], line[1:end])
		if err != nil {
			return s, err
		}
		s.parts = append(s.parts, p...)
		line = line[end+1:]
	}
	if len(s.parts) == 0 {
		return s, errors.New("a sentence is empty")
	}
	return s, nil
}

func (b *Bank) parsePart(open byte, body string) ([]part, error) {
	if open == '<' {
		from, to, _ := strings.Cut(body, "-")
		min, err1 := strconv.Atoi(from)
		max, err2 := strconv.Atoi(to)
		if err := errors.Join(err1, err2); err != nil {
			return nil, fmt.Errorf("<%s> is no range of numbers: %w", body, err)
		}
		if max < min || max == 0 {
			return nil, fmt.Errorf("<%s> is no range of numbers", body)
		}
		return []part{{min: min, max: max}}, nil
	}
	if name, ok := strings.CutPrefix(body, "@"); ok {
		if list := b.slots[name]; list != nil {
			return []part{{choices: list}}, nil
		}
		for i := range named {
			if named[i].name == name {
				return []part{{name: name}}, nil
			}
		}
		return nil, fmt.Errorf("{@%s} is no slot", name)
	}
	// A choice may hold one range of numbers; it becomes a choice for each.
	choices := strings.Split(body, "|")
	var out []string
	for _, c := range choices {
		out = append(out, spell(c)...)
	}
	return []part{{choices: out}}, nil
}

// spell is a choice without ranges: each number of its first range makes one.
func spell(c string) []string {
	before, rest, ok := strings.Cut(c, "<")
	if !ok {
		return []string{c}
	}
	body, after, _ := strings.Cut(rest, ">")
	from, to, _ := strings.Cut(body, "-")
	min, _ := strconv.Atoi(from)
	max, _ := strconv.Atoi(to)
	var out []string
	for n := min; n <= max; n++ {
		out = append(out, before+strconv.Itoa(n)+after)
	}
	return out
}
