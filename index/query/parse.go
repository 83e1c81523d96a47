package query

import (
	"slices"
	"strconv"
	"strings"
)

// Parse reads a query. The empty query (or blanks alone) is an And without
// parts. The error is a *SyntaxError. Time and memory are linear in the query.
func Parse(s string) (Query, error) {
	if err := check(s); err != nil {
		return nil, err
	}
	p := parser{s: s}
	q, err := p.query()
	if err != nil {
		return nil, err
	}
	if p.pos < len(s) {
		return nil, &SyntaxError{Pos: p.pos, Msg: "no ( stands before this )"}
	}
	return q, nil
}

type parser struct {
	s     string
	pos   int
	depth int
}

// enter counts a level of nesting.
func (p *parser) enter() error {
	if p.depth++; p.depth > MaxDepth {
		return &SyntaxError{Pos: p.pos, Msg: "the query nests deeper than " + strconv.Itoa(MaxDepth) + " levels"}
	}
	return nil
}

// query reads up to the end or to a closing parenthesis.
func (p *parser) query() (Query, error) {
	q, err := p.all()
	if err != nil {
		return nil, err
	}
	parts := []Query{q}
	for {
		p.blanks()
		if !p.operator("OR") {
			break
		}
		at := p.pos
		if isEmpty(parts[len(parts)-1]) {
			return nil, &SyntaxError{Pos: at, Msg: `nothing stands before this OR; \OR is the word`}
		}
		p.skip("OR")
		if q, err = p.all(); err != nil {
			return nil, err
		}
		if isEmpty(q) {
			return nil, &SyntaxError{Pos: at, Msg: `nothing follows this OR; \OR is the word`}
		}
		parts = append(parts, q)
	}
	if len(parts) == 1 {
		return parts[0], nil
	}
	out := make(Or, 0, len(parts))
	for _, q := range parts {
		if or, ok := q.(Or); ok {
			out = append(out, or...)
		} else {
			out = append(out, q)
		}
	}
	return out, nil
}

func isEmpty(q Query) bool {
	and, ok := q.(And)
	return ok && len(and) == 0
}

// all reads terms up to an OR, a closing parenthesis or the end.
func (p *parser) all() (Query, error) {
	parts := And{}
	joined := -1 // where an AND waits for its right side
	for {
		p.blanks()
		r, _, n := p.peek()
		if n == 0 || r == ')' || p.operator("OR") {
			break
		}
		if p.operator("AND") {
			if len(parts) == 0 || joined >= 0 {
				return nil, &SyntaxError{Pos: p.pos, Msg: `nothing stands before this AND; \AND is the word`}
			}
			joined = p.pos
			p.skip("AND")
			continue
		}
		q, err := p.term()
		if err != nil {
			return nil, err
		}
		joined = -1
		if and, ok := q.(And); ok {
			parts = append(parts, and...)
		} else {
			parts = append(parts, q)
		}
	}
	if joined >= 0 {
		return nil, &SyntaxError{Pos: joined, Msg: `nothing follows this AND; \AND is the word`}
	}
	if len(parts) == 1 {
		return parts[0], nil
	}
	return parts, nil
}

// term reads one operand; a character that is no blank stands at the place.
func (p *parser) term() (Query, error) {
	at := p.pos
	switch r, _, n := p.peek(); {
	case r == '-':
		p.pos += n
		return p.not(at)
	case r == '(':
		p.pos += n
		return p.group(at)
	case isQuote(r):
		text, err := p.phrase()
		if err != nil {
			return nil, err
		}
		return Phrase{text}, nil
	}
	w, err := p.word(true)
	switch {
	case err != nil:
		return nil, err
	case w.colon:
		return p.field(at, w.text)
	case w.star:
		return Prefix{w.text}, nil
	}
	return Word{w.text}, nil
}

func (p *parser) not(at int) (Query, error) {
	r, typed, n := p.peek()
	if n == 0 || isBlank(typed) || r == '-' || r == ')' || p.operator("OR") || p.operator("AND") {
		return nil, &SyntaxError{Pos: at, Msg: `a - needs what to leave out right after it; \- is the character itself`}
	}
	if err := p.enter(); err != nil {
		return nil, err
	}
	defer func() { p.depth-- }()
	q, err := p.term()
	if err != nil {
		return nil, err
	}
	if not, ok := q.(Not); ok {
		return not.Of, nil
	}
	return Not{q}, nil
}

func (p *parser) group(at int) (Query, error) {
	if err := p.enter(); err != nil {
		return nil, err
	}
	defer func() { p.depth-- }()
	q, err := p.query()
	if err != nil {
		return nil, err
	}
	r, _, n := p.peek()
	if r != ')' {
		return nil, &SyntaxError{Pos: at, Msg: "this ( is not closed"}
	}
	if isEmpty(q) {
		return nil, &SyntaxError{Pos: at, Msg: "there is nothing between the parentheses"}
	}
	p.pos += n
	return q, nil
}

// fields lists the names that may stand before a colon, and what is made of
// the value.
var fields = [...]struct {
	name string
	make func(name, value string) (Query, string)
}{
	{"title", text},
	{"kind", kind},
	{"site", text},
	{"article", text},
	{"number", number},
}

func text(name, value string) (Query, string) { return Field{name, value}, "" }

func kind(_, value string) (Query, string) {
	k, ok := FindKind(value)
	if !ok {
		return nil, "unknown kind " + value + "; the kinds are " + kindList()
	}
	return Kind{k}, ""
}

func number(_, value string) (Query, string) {
	n, err := strconv.Atoi(value)
	if err != nil || n < 1 || n > 1<<31-1 {
		return nil, "number: needs a whole number from 1, as in number:3"
	}
	return Number{n}, ""
}

// field reads the value of the field whose name began at.
func (p *parser) field(at int, name string) (Query, error) {
	i := slices.IndexFunc(fields[:], func(f struct {
		name string
		make func(name, value string) (Query, string)
	}) bool {
		return f.name == name
	})
	if i < 0 {
		var names []string
		for _, f := range fields {
			names = append(names, f.name)
		}
		return nil, &SyntaxError{Pos: at, Msg: "there is no field " + name + "; the fields are " +
			strings.Join(names, ", ") + `; \: is a colon itself`}
	}
	value := p.pos
	var s string
	if r, _, _ := p.peek(); isQuote(r) {
		var err error
		if s, err = p.phrase(); err != nil {
			return nil, err
		}
	} else {
		w, err := p.word(false)
		if err != nil {
			return nil, err
		}
		if w.star {
			return nil, &SyntaxError{Pos: p.pos - 1, Msg: "leave the * out: " + name + ": finds parts already"}
		}
		if s = w.text; s == "" {
			return nil, &SyntaxError{Pos: at, Msg: name + ": needs its value right after the colon"}
		}
	}
	q, msg := fields[i].make(name, s)
	if msg != "" {
		return nil, &SyntaxError{Pos: value, Msg: msg}
	}
	return q, nil
}
