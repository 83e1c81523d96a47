package style

import (
	"strings"
	"unicode/utf8"

	"zhize/extract/docx/internal/opc"
	"zhize/extract/internal/numeral"
)

// Limits of lists.
const (
	maxLevels = 9
	maxLists  = 50_000
	maxLabel  = 100     // bytes of a level's text
	maxStart  = 1 << 20 // larger ordinals are mistakes
)

// level is how one level of a list counts.
type level struct {
	start   int
	format  *format
	text    string // with %1 … %9 for the numbers of the levels
	restart int    // the level, from 1, whose items restart it; 0 never, -1 any above it
	legal   bool   // all numbers are printed as decimals
	style   string // of paragraphs that belong to this level
	glued   bool   // nothing stands between number and text
	hidden  bool
}

// definition is the definition of a list, and where its counting stands: lists
// that share a definition go on counting each other's items.
type definition struct {
	levels   [maxLevels]*level
	numStyle string // the style whose list this one is
	ownStyle string // the style that this list belongs to
	values   [maxLevels]int
	used     [maxLevels]bool // since the last restart
}

// List is a list that paragraphs name.
type List struct {
	abstract string
	levels   map[int]*level // in place of those of the definition
	starts   map[int]int    // where its first item of a level begins to count
}

// Lists are the lists of a document.
type Lists struct {
	nums      map[string]*List
	abstracts map[string]*definition
}

// NewLists are none.
func NewLists() *Lists {
	return &Lists{nums: make(map[string]*List), abstracts: make(map[string]*definition)}
}

// Read reads the part of the lists, whose first element is open.
func (n *Lists) Read(x *opc.Reader) error {
	return x.Each(func(e opc.Element) error {
		switch {
		case e.Name == "abstractNum" && len(n.abstracts) < maxLists:
			a := &definition{}
			n.abstracts[e.Attr("abstractNumId")] = a
			return x.Each(func(e opc.Element) error {
				switch e.Name {
				case "numStyleLink":
					a.numStyle = e.Attr("val")
				case "styleLink":
					a.ownStyle = e.Attr("val")
				case "lvl":
					i, l, err := readLevel(x, e)
					if i >= 0 {
						a.levels[i] = l
					}
					return err
				}
				return nil
			})
		case e.Name == "num" && len(n.nums) < maxLists:
			m := &List{}
			n.nums[strings.TrimSpace(e.Attr("numId"))] = m
			return x.Each(func(e opc.Element) error {
				switch e.Name {
				case "abstractNumId":
					m.abstract = e.Attr("val")
				case "lvlOverride":
					return m.override(x, ordinalOf(e.Attr("ilvl")))
				}
				return nil
			})
		}
		return nil
	})
}

// override reads what a list changes of level i.
func (m *List) override(x *opc.Reader, i int) error {
	return x.Each(func(e opc.Element) error {
		switch {
		case i < 0:
		case e.Name == "startOverride":
			if m.starts == nil {
				m.starts = make(map[int]int)
			}
			m.starts[i] = clamp(opc.Number(e.Attr("val"), 1))
		case e.Name == "lvl":
			if m.levels == nil {
				m.levels = make(map[int]*level)
			}
			_, l, err := readLevel(x, e)
			m.levels[i] = l
			return err
		}
		return nil
	})
}

// ordinalOf is the index of a level, -1 where it names none.
func ordinalOf(s string) int {
	if n := opc.Number(s, -1); n >= 0 && n < maxLevels {
		return n
	}
	return -1
}

func clamp(n int) int { return max(0, min(n, maxStart)) }

// readLevel reads a level, whose start tag is e.
func readLevel(x *opc.Reader, e opc.Element) (int, *level, error) {
	l := &level{start: 1, restart: -1, format: formatNamed("decimal", "")}
	err := x.Each(func(e opc.Element) (err error) {
		val := e.Attr("val")
		switch e.Name {
		case "start":
			l.start = clamp(opc.Number(val, 1))
		case "numFmt":
			l.format = formatNamed(val, e.Attr("format"))
		case "AlternateContent": // a format of newer programs, and one for older ones
			err = x.Each(func(e opc.Element) error {
				return x.Each(func(inner opc.Element) error {
					if inner.Name == "numFmt" && (e.Name == "Choice" || l.format.custom || l.format == &formats[0]) {
						l.format = formatNamed(inner.Attr("val"), inner.Attr("format"))
					}
					return nil
				})
			})
		case "lvlText":
			l.text = Cut(val, maxLabel)
		case "lvlRestart":
			l.restart = opc.Number(val, -1)
		case "isLgl":
			l.legal = e.On()
		case "pStyle":
			l.style = val
		case "suff":
			l.glued = val == "nothing"
		case "rPr":
			var r RunProps
			r, err = ReadRun(x)
			l.hidden = r.Hidden == On
		}
		return err
	})
	return ordinalOf(e.Attr("ilvl")), l, err
}

// Cut is at most n bytes of s, and no part of a character.
func Cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// Link resolves the definitions that only name a style: the list of that
// style, or the definition that belongs to it, stands in their place.
func (n *Lists) Link(s *Styles) {
	owners := make(map[string]string)
	for id, a := range n.abstracts {
		if a.ownStyle != "" && a.numStyle == "" && (owners[a.ownStyle] == "" || id < owners[a.ownStyle]) {
			owners[a.ownStyle] = id
		}
	}
	for _, m := range n.nums {
		a := n.abstracts[m.abstract]
		if a == nil || a.numStyle == "" {
			continue
		}
		if other := n.nums[s.Get(a.numStyle).list.num]; other != nil && n.abstracts[other.abstract] != nil && n.abstracts[other.abstract].numStyle == "" {
			m.abstract = other.abstract
		} else if id := owners[a.numStyle]; id != "" {
			m.abstract = id
		}
	}
}

// Of is the list and level that a paragraph belongs to; nil for none.
func (n *Lists) Of(p *ParaProps, st *Style) (*List, int) {
	own := p.list
	id := own.num
	if id == "" {
		id = st.list.num
	}
	m := n.nums[id]
	if m == nil || id == "0" || n.abstracts[m.abstract] == nil {
		return nil, 0
	}
	i := own.level
	if i < 0 && own.num == "" {
		i = n.styleLevel(m, st)
	}
	return m, max(0, min(i, maxLevels-1))
}

// styleLevel is the level of a style's paragraphs: the one that names the
// style, else the one that the style names.
func (n *Lists) styleLevel(m *List, st *Style) int {
	for _, id := range st.chain {
		for i := range maxLevels {
			if l := n.level(m, i); l != nil && l.style == id {
				return i
			}
		}
	}
	return st.list.level
}

func (n *Lists) level(m *List, i int) *level {
	if l := m.levels[i]; l != nil {
		return l
	}
	return n.abstracts[m.abstract].levels[i]
}

// Label counts a paragraph of a list, and returns the number that it bears
// with what parts it from the text: "" for none. item reports that it is one
// of a list, though without a number.
func (n *Lists) Label(m *List, i int) (label string, item bool) {
	l := n.level(m, i)
	if l == nil {
		return "", false
	}
	a := n.abstracts[m.abstract]
	if start, ok := m.starts[i]; ok {
		// It counts from there once; the levels above it, which were there
		// before, do not begin anew behind it.
		a.values[i] = start
		for k := 0; k <= i; k++ {
			delete(m.starts, k)
		}
	} else if a.used[i] {
		a.values[i] = min(a.values[i]+1, maxStart)
	} else {
		a.values[i] = l.start
	}
	a.used[i] = true
	for k := i + 1; k < maxLevels; k++ {
		if d := n.level(m, k); d == nil || d.restart < 0 || d.restart > i {
			a.used[k] = false
		}
	}
	text := n.expand(m, l, i)
	if l.hidden || !numeral.Shown(text) {
		return "", l.format.bullet || l.hidden
	}
	if r, _ := utf8.DecodeLastRuneInString(text); !l.glued && !wide(r) {
		text += " "
	}
	return text, true
}

// expand writes the numbers into a level's text.
func (n *Lists) expand(m *List, l *level, at int) string {
	a := n.abstracts[m.abstract]
	if l.format.bullet {
		// One character is a bullet, whichever letter its font draws it with.
		if utf8.RuneCountInString(l.text) < 2 {
			return ""
		}
		return l.text
	}
	var b strings.Builder
	for s := l.text; s != ""; {
		if s[0] != '%' || len(s) < 2 || s[1] < '1' || s[1] > '9' {
			b.WriteByte(s[0])
			s = s[1:]
			continue
		}
		k := int(s[1] - '1')
		s = s[2:]
		d := n.level(m, k)
		if d == nil {
			continue
		}
		value := d.start
		if a.used[k] || k == at {
			value = a.values[k]
		}
		f := d.format
		if l.legal && f.print != nil {
			f = formatNamed("decimal", "")
		}
		if f.print != nil {
			b.WriteString(f.print(value))
		}
	}
	return b.String()
}

// wide reports a mark that has its own space behind it, as Chinese ones do.
func wide(r rune) bool { return strings.ContainsRune("、，。：；）】〕》」』．", r) }
