package style

import (
	"slices"
	"strconv"
	"strings"

	"zhize/extract/docx/internal/opc"
)

// Limits of styles. Word has some four thousand of them at most.
const (
	maxStyles = 10_000
	maxChain  = 32 // how many may stand on each other; more is a circle
)

// Toggle is a property that is on, off, or not said.
type Toggle int8

// The values of a toggle.
const (
	Off Toggle = iota - 1
	Unsaid
	On
)

func toggled(e opc.Element) Toggle {
	if e.On() {
		return On
	}
	return Off
}

// Or is t, or u where t says nothing.
func (t Toggle) Or(u Toggle) Toggle {
	if t == Unsaid {
		return u
	}
	return t
}

// Switch is the property of two styles together: each switches what the other
// says.
func (t Toggle) Switch(u Toggle) Toggle {
	if t == Unsaid || u == Unsaid {
		return t.Or(u)
	}
	if t == u {
		return Off
	}
	return On
}

// ref is a reference to a list.
type ref struct {
	num   string // numId; "" not said, "0" none
	level int    // ilvl; -1 not said
}

// RunProps are the properties of a run that decide its text.
type RunProps struct {
	Style        string // of characters
	Bold, Hidden Toggle
	Gone         bool // of a paragraph's mark: a change deleted it or moved it away
}

// ParaProps are those of a paragraph.
type ParaProps struct {
	Style   string
	list    ref
	outline int      // level from 0, 9 for body text; -1 not said
	Mark    RunProps // of the paragraph's end
	DropCap bool     // it holds the first letter of the next
}

// Plain are the properties of a paragraph that says nothing.
var Plain = ParaProps{outline: -1, list: ref{level: -1}}

// Style is a style, by itself while styles are read, and with all that it
// stands on when it is asked for.
type Style struct {
	id      string
	name    string // in lower case
	base    string
	list    ref
	outline int // -1 not said
	Run     RunProps
	chain   []string // the style's id and those of the styles it stands on
	whole   bool
}

// Styles are the styles of a document by their ids.
type Styles struct {
	all      map[string]*Style
	standard string // id of the style of paragraphs that name none
}

// NewStyles are none.
func NewStyles() *Styles { return &Styles{all: make(map[string]*Style)} }

// Read reads the part of the styles, whose first element is open.
func (s *Styles) Read(x *opc.Reader) error {
	return x.Each(func(e opc.Element) error {
		if e.Name != "style" {
			return nil
		}
		st := &Style{id: e.Attr("styleId"), outline: -1, list: ref{level: -1}}
		if d := e.Attr("default"); (d == "1" || d == "true") && e.Attr("type") == "paragraph" {
			s.standard = st.id
		}
		if s.all[st.id] == nil && len(s.all) < maxStyles {
			s.all[st.id] = st
		}
		return x.Each(func(e opc.Element) (err error) {
			switch e.Name {
			case "name":
				st.name = strings.ToLower(strings.TrimSpace(e.Attr("val")))
			case "basedOn":
				st.base = e.Attr("val")
			case "pPr":
				var p ParaProps
				p, err = ReadPara(x)
				st.list, st.outline = p.list, p.outline
			case "rPr":
				st.Run, err = ReadRun(x)
			}
			return err
		})
	})
}

// Get is the style with an id and all that it stands on; where there is none,
// one that is named like its id.
func (s *Styles) Get(id string) *Style {
	if id == "" {
		id = s.standard
	}
	st := s.all[id]
	if st == nil {
		st = &Style{id: id, name: strings.ToLower(id), outline: -1, list: ref{level: -1}}
		if len(s.all) < maxStyles {
			s.all[id] = st
		}
	}
	if st.whole {
		return st
	}
	st.whole = true
	st.chain = append(st.chain, st.id)
	for b := s.all[st.base]; b != nil && len(st.chain) < maxChain && !slices.Contains(st.chain, b.id); b = s.all[b.base] {
		st.chain = append(st.chain, b.id)
		if st.outline < 0 {
			st.outline = b.outline
		}
		if st.list.num == "" {
			st.list.num = b.list.num
		}
		if st.list.level < 0 {
			st.list.level = b.list.level
		}
		st.Run.Bold, st.Run.Hidden = st.Run.Bold.Or(b.Run.Bold), st.Run.Hidden.Or(b.Run.Hidden)
	}
	return st
}

// titleNames are the styles of a document's title.
var titleNames = []string{"title", "标题", "文档标题", "subtitle", "副标题"}

// IsTitle reports the style of a document's title.
func (st *Style) IsTitle() bool {
	return st.name == titleNames[0] || st.name == titleNames[1] || st.name == titleNames[2]
}

// Heading is the level of a paragraph as a heading, from 1; 0 for none. Levels
// are those of the outline, or the number in the style's name.
func (p *ParaProps) Heading(st *Style) int {
	outline := p.outline
	if outline < 0 {
		outline = st.outline
	}
	switch {
	case outline >= 0:
		return (outline + 1) % 10
	case slices.Contains(titleNames, st.name):
		return 1 + slices.Index(titleNames, st.name)/3
	}
	return levelNamed(st.name, "heading", "标题")
}

// Contents reports a style of tables of contents.
func (st *Style) Contents() bool {
	return levelNamed(st.name, "toc", "目录") > 0 || st.name == "toc heading" || st.name == "toc 标题" || st.name == "目录标题"
}

// levelNamed is the level in a name such as "heading 2", 0 for other names.
func levelNamed(name string, words ...string) int {
	for _, w := range words {
		if rest, ok := strings.CutPrefix(name, w); ok {
			if n, err := strconv.Atoi(strings.TrimSpace(rest)); err == nil && n > 0 && n < 10 {
				return n
			}
		}
	}
	return 0
}

// ReadPara reads the properties of a paragraph, which are open.
func ReadPara(x *opc.Reader) (ParaProps, error) {
	p := Plain
	err := x.Each(func(e opc.Element) (err error) {
		switch e.Name {
		case "pStyle":
			p.Style = e.Attr("val")
		case "outlineLvl":
			p.outline = min(opc.Number(e.Attr("val"), -1), 9)
		case "framePr":
			d := e.Attr("dropCap")
			p.DropCap = d == "drop" || d == "margin"
		case "rPr":
			p.Mark, err = ReadRun(x)
		case "numPr":
			err = x.Each(func(e opc.Element) error {
				switch e.Name {
				case "numId":
					p.list.num = strings.TrimSpace(e.Attr("val"))
				case "ilvl":
					p.list.level = opc.Number(e.Attr("val"), -1)
				}
				return nil
			})
		}
		return err
	})
	return p, err
}

// ReadRun reads the properties of a run, which are open.
func ReadRun(x *opc.Reader) (RunProps, error) {
	var r RunProps
	err := x.Each(func(e opc.Element) error {
		switch e.Name {
		case "rStyle":
			r.Style = e.Attr("val")
		case "b":
			r.Bold = toggled(e)
		case "vanish":
			r.Hidden = toggled(e)
		case "del", "moveFrom":
			r.Gone = true
		}
		return nil
	})
	return r, err
}
