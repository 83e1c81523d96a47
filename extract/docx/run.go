package docx

import (
	"strconv"
	"strings"
	"unicode"
	"zhize/document"

	"zhize/extract/docx/internal/opc"
	"zhize/extract/docx/internal/style"
)

// inline reads a child of a paragraph.
func (b *body) inline(x *opc.Reader, e opc.Element) error {
	all := func(x *opc.Reader) error {
		return x.Each(func(e opc.Element) error { return b.inline(x, e) })
	}
	switch {
	case e.Space == opc.Compat && e.Name == "AlternateContent":
		return b.alternatives(x, all)
	case e.Space == opc.Math && e.Name == "t":
		text, err := x.Text()
		b.add(text, style.RunProps{})
		return err
	case e.Space == opc.Math:
		return all(x)
	case e.Space != opc.Word:
		return nil
	}
	switch e.Name {
	case "r":
		return b.run(x)
	case "hyperlink", "fldSimple", "smartTag", "customXml", "ins", "moveTo", "dir", "bdo":
		return all(x)
	case "sdt":
		return b.control(x, all)
	case "del", "moveFrom":
		b.gone++
		defer func() { b.gone-- }()
		return all(x)
	}
	return nil
}

// run reads a run.
func (b *body) run(x *opc.Reader) error {
	var props style.RunProps
	var read func(x *opc.Reader) error
	read = func(x *opc.Reader) error {
		return x.Each(func(e opc.Element) (err error) {
			switch {
			case e.Space == opc.Compat && e.Name == "AlternateContent":
				return b.alternatives(x, read)
			case e.Space != opc.Word:
				return nil
			}
			switch e.Name {
			case "rPr":
				props, err = style.ReadRun(x)
			case "t", "delText":
				var text string
				text, err = x.Text()
				b.add(spaced(text, e.Attr("space") == "preserve"), props)
			case "tab", "ptab":
				b.add("\t", props)
			case "br", "cr":
				b.add("\n", props)
			case "noBreakHyphen":
				b.add("-", props)
			case "softHyphen":
				b.add("\u00AD", props)
			case "sym":
				b.add(symbol(e.Attr("font"), e.Attr("char")), props)
			case "fldChar":
				b.field(e.Attr("fldCharType"))
			case "ruby":
				err = b.readRuby(x)
			case "drawing", "pict", "object":
				err = b.boxes(x)
			}
			return err
		})
	}
	return read(x)
}

// spaced is the text of a text element: space at its ends counts only where it
// says so, and every white space is a space.
func spaced(s string, preserve bool) string {
	if !preserve {
		s = strings.Trim(s, " \t\r\n")
	}
	if strings.ContainsAny(s, "\t\r\n") {
		s = strings.Map(func(r rune) rune {
			if r == '\t' || r == '\r' || r == '\n' {
				return ' '
			}
			return r
		}, s)
	}
	return s
}

// add adds text to the open paragraph. Pieces of one kind are one.
func (b *body) add(text string, props style.RunProps) {
	if text == "" || b.open == nil {
		return
	}
	p := b.open
	hidden, bold := props.Hidden, props.Bold
	if hidden == style.Unsaid || bold == style.Unsaid {
		chars := style.RunProps{}
		if props.Style != "" {
			chars = b.styles.Get(props.Style).Run
		}
		hidden = hidden.Or(chars.Hidden.Switch(p.st.Run.Hidden))
		bold = bold.Or(chars.Bold.Switch(p.st.Run.Bold))
	}
	reason := document.NoReason
	switch {
	case b.gone > 0 || b.command > 0 || hidden == style.On:
		reason = goneReason
	case b.ruby > 0:
		reason = rubyReason
	}
	b.size += len(text)
	blank := strings.TrimFunc(text, unicode.IsSpace) == ""
	if reason == document.NoReason && !blank {
		p.shown = true
		b.letters += letters(text)
	}
	p.text = append(p.text, text...)
	if n := len(p.pieces); n > 0 {
		last := &p.pieces[n-1]
		if last.reason == reason && (blank || last.bold == (bold == style.On)) {
			last.end = len(p.text)
			return
		}
	}
	p.pieces = append(p.pieces, piece{len(p.text), bold == style.On, reason})
}

func letters(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}

// field follows the parts of a field: its instruction is no text, its result
// is.
func (b *body) field(part string) {
	last := len(b.fields) - 1
	switch {
	case part == "begin":
		b.fields = append(b.fields, true)
		b.command++
	case last < 0:
	case part == "separate" && b.fields[last]:
		b.fields[last] = false
		b.command--
	case part == "end":
		if b.fields[last] {
			b.command--
		}
		b.fields = b.fields[:last]
	}
}

// readRuby reads characters with their reading.
func (b *body) readRuby(x *opc.Reader) error {
	return x.Each(func(e opc.Element) error {
		if e.Name != "rt" && e.Name != "rubyBase" {
			return nil
		}
		if e.Name == "rt" {
			b.ruby++
			defer func() { b.ruby-- }()
		}
		return x.Each(func(e opc.Element) error { return b.inline(x, e) })
	})
}

// boxes reads the text boxes of a drawing.
func (b *body) boxes(x *opc.Reader) error {
	return x.Each(func(e opc.Element) error {
		switch {
		case e.Space == opc.Compat && e.Name == "AlternateContent":
			return b.alternatives(x, b.boxes)
		case e.Space == opc.Word && e.Name == "txbxContent":
			return b.box(x)
		}
		return b.boxes(x)
	})
}

// box reads a text box: its paragraphs wait until the one that it is anchored
// in is written.
func (b *body) box(x *opc.Reader) error {
	var queue []event
	outer := b.place
	b.place = place{queue: &queue}
	err := b.blocks(x)
	if err == nil {
		err = b.settle()
	}
	b.place = outer
	if b.open != nil {
		b.open.boxes = append(b.open.boxes, queue...)
	}
	return err
}

// symbols are the characters of symbol fonts that documents use as bullets,
// boxes and numbers. The fonts keep them at these codes, also 0xF000 above.
var symbols = []struct {
	font        string
	first, last rune
	as          rune // the first; the others follow
}{
	{"wingdings", 0x81, 0x8A, '①'}, {"wingdings", 0x8C, 0x95, '❶'}, {"wingdings 2", 0x6A, 0x73, '①'}, {"wingdings 2", 0x75, 0x7E, '❶'},
	{"wingdings", 0x6C, 0x6C, '●'}, {"wingdings", 0x6E, 0x6E, '■'}, {"wingdings", 0x6F, 0x6F, '□'}, {"wingdings", 0x71, 0x71, '❑'},
	{"wingdings", 0x75, 0x75, '◆'}, {"wingdings", 0x76, 0x76, '❖'}, {"wingdings", 0x9F, 0x9F, '•'}, {"wingdings", 0xA1, 0xA1, '○'},
	{"wingdings", 0xA7, 0xA7, '▪'}, {"wingdings", 0xA8, 0xA8, '□'}, {"wingdings", 0xD8, 0xD8, '➢'}, {"wingdings", 0xE0, 0xE0, '→'},
	{"wingdings", 0xFB, 0xFB, '✗'}, {"wingdings", 0xFC, 0xFC, '✓'}, {"wingdings", 0xFD, 0xFD, '☒'}, {"wingdings", 0xFE, 0xFE, '☑'},
	{"wingdings 2", 0x50, 0x50, '✓'}, {"wingdings 2", 0x52, 0x52, '☑'}, {"wingdings 2", 0xA3, 0xA3, '□'}, {"symbol", 0xB7, 0xB7, '•'},
	{"symbol", 0xA3, 0xA3, '≤'}, {"symbol", 0xB3, 0xB3, '≥'}, {"symbol", 0xB4, 0xB4, '×'}, {"symbol", 0xB1, 0xB1, '±'}, {"symbol", 0xB0, 0xB0, '°'},
}

// symbol is a character that a document names by its code in a font. One that
// is not known keeps its code, so that it is not lost.
func symbol(font, code string) string {
	n, err := strconv.ParseUint(code, 16, 16)
	r := rune(n)
	if err != nil || r < ' ' || 0xD800 <= r && r <= 0xDFFF || r >= 0xFFFE {
		return ""
	}
	font = strings.ToLower(font)
	at := r
	if 0xF000 <= r && r <= 0xF0FF {
		at = r - 0xF000
	}
	for i := range symbols {
		if s := &symbols[i]; s.font == font && s.first <= at && at <= s.last {
			return string(s.as + at - s.first)
		}
	}
	return string(r)
}
