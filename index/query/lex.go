package query

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// width gives the ASCII form of a full-width character.
func width(r rune) rune {
	switch {
	case r >= 0xFF01 && r <= 0xFF5E:
		return r - 0xFEE0
	case r == 0x3000:
		return ' '
	}
	return r
}

// isBlank reports whether r, as it was typed, parts words.
func isBlank(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("，、；。！？", r) }

// isQuote reports whether r, after width, is a quotation mark.
func isQuote(r rune) bool { return r == '"' || r == '“' || r == '”' }

// special reports whether r, after width, ends or changes a word.
func special(r rune) bool {
	return isBlank(r) || isQuote(r) || strings.ContainsRune(`()*:\`, r)
}

// check refuses what no query may hold.
func check(s string) error {
	if len(s) > MaxLength {
		return &SyntaxError{Pos: MaxLength, Msg: "the query is longer than 4,096 bytes: shorten it"}
	}
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			return &SyntaxError{Pos: i, Msg: "the query is not valid UTF-8 here"}
		case r == 0:
			return &SyntaxError{Pos: i, Msg: "the query holds a NUL character"}
		case unicode.IsControl(r) && !unicode.IsSpace(r):
			return &SyntaxError{Pos: i, Msg: "the query holds a control character"}
		}
		i += n
	}
	return nil
}

// peek is the character at the place, after width, as it was typed and its
// length; -1, -1 and 0 at the end.
func (p *parser) peek() (r, typed rune, n int) {
	if p.pos >= len(p.s) {
		return -1, -1, 0
	}
	typed, n = utf8.DecodeRuneInString(p.s[p.pos:])
	return width(typed), typed, n
}

func (p *parser) blanks() {
	for {
		_, typed, n := p.peek()
		if n == 0 || !isBlank(typed) {
			return
		}
		p.pos += n
	}
}

// operator reports whether the word at the place is exactly name.
func (p *parser) operator(name string) bool {
	save := p.pos
	defer func() { p.pos = save }()
	for _, want := range name {
		r, _, n := p.peek()
		if r != want {
			return false
		}
		p.pos += n
	}
	r, typed, n := p.peek()
	return n == 0 || isBlank(typed) || isQuote(r) || r == '(' || r == ')'
}

// skip passes over the runes of an operator.
func (p *parser) skip(name string) {
	for range name {
		_, _, n := p.peek()
		p.pos += n
	}
}

// word is a run of characters as it was read.
type word struct {
	text  string
	colon bool // it is a field's name, and its colon was passed
	star  bool // a star ended it
}

// word reads a run of characters. A name before a colon ends it where names
// is set.
func (p *parser) word(names bool) (word, error) {
	var b strings.Builder
	start, plain := p.pos, true // plain: letters a-z only, none escaped
	for {
		r, typed, n := p.peek()
		switch {
		case n == 0 || isBlank(typed) || isQuote(r) || r == '(' || r == ')':
			return word{text: b.String()}, nil
		case r == '\\':
			at := p.pos
			p.pos += n
			if r, _, n = p.peek(); n == 0 {
				return word{}, &SyntaxError{Pos: at, Msg: `nothing follows the \: it takes the next character literally`}
			}
			plain = false
		case r == '*':
			return p.star(b.String(), n)
		case r == ':' && names && plain && p.pos > start:
			p.pos += n
			return word{text: strings.ToLower(b.String()), colon: true}, nil
		}
		plain = plain && (r|0x20 >= 'a' && r|0x20 <= 'z')
		b.WriteRune(r)
		p.pos += n
	}
}

// star ends a word at its star.
func (p *parser) star(text string, n int) (word, error) {
	at := p.pos
	if text == "" {
		return word{}, &SyntaxError{Pos: at, Msg: `a * needs the beginning of a word before it; \* is the character itself`}
	}
	p.pos += n
	r, typed, n := p.peek()
	if n > 0 && !isBlank(typed) && !isQuote(r) && r != '(' && r != ')' {
		return word{}, &SyntaxError{Pos: at, Msg: `a * stands only at the end of a word; \* is the character itself`}
	}
	return word{text: text, star: true}, nil
}

// phrase reads from a quotation mark to the one that closes it.
func (p *parser) phrase() (string, error) {
	open := p.pos
	_, _, n := p.peek()
	p.pos += n
	var b strings.Builder
	for {
		r, _, n := p.peek()
		p.pos += n
		switch {
		case n == 0:
			return "", &SyntaxError{Pos: open, Msg: "this quotation mark is not closed"}
		case isQuote(r):
			if strings.TrimFunc(b.String(), isBlank) == "" {
				return "", &SyntaxError{Pos: open, Msg: "there is nothing between the quotation marks"}
			}
			return b.String(), nil
		case r == '\\':
			at := p.pos - n
			if r, _, n = p.peek(); n == 0 {
				return "", &SyntaxError{Pos: at, Msg: `nothing follows the \: it takes the next character literally`}
			}
			p.pos += n
		}
		b.WriteRune(r)
	}
}
