package prepare

import (
	"encoding/json"
	"strconv"
	"unicode/utf8"

	"zhize/record"
)

// parse reads a line of positions.jsonl, of which the index needs a fifth.
//
// Lines are written by one program in one form, and encoding/json, which reads any,
// takes longer over them than cutting their words does. So they are read by what
// knows that form. It is as strict about JSON, and gives up where a line is anything
// else: it is broken, a name stands in it twice or in capitals, a value is of another
// kind. Then encoding/json decides, and its errors are those that are told.
func parse(line string) (Line, error) {
	s := scanner{text: line}
	if l := (Line{}); s.line(&l) {
		return l, nil
	}
	var l Line
	err := json.Unmarshal([]byte(line), &l)
	return l, err
}

// scanner reads JSON from the beginning of a text. Its methods report whether what
// they are named after stood there; where not, the text is not read on.
type scanner struct {
	text string // strings that are read are parts of it
	at   int
}

func (s *scanner) line(l *Line) bool {
	ok := s.object(func(key string) (known, ok bool) {
		switch key {
		case "schema":
			return true, s.str(&l.Schema)
		case "id":
			return true, s.str(&l.ID)
		case "page":
			return true, s.page(&l.Page)
		case "article":
			return true, s.object(func(key string) (known, ok bool) {
				if key == "heading" {
					return true, s.orNull(&l.Article.Heading)
				}
				return false, s.skip(0)
			})
		case "title":
			return true, s.orNull(&l.Title)
		case "sections":
			return true, s.array(func() bool {
				l.Sections = append(l.Sections, Section{})
				return s.section(&l.Sections[len(l.Sections)-1])
			})
		}
		return false, s.skip(0)
	})
	s.space()
	return ok && s.at == len(s.text)
}

func (s *scanner) page(p *Page) bool {
	return s.object(func(key string) (known, ok bool) {
		switch key {
		case "id":
			return true, s.str(&p.ID)
		case "uri":
			return true, s.str(&p.URI)
		case "title":
			return true, s.orNull(&p.Title)
		case "site":
			return true, s.orNull(&p.Site)
		}
		return false, s.skip(0)
	})
}

func (s *scanner) section(x *Section) bool {
	return s.object(func(key string) (known, ok bool) {
		switch key {
		case "kind":
			return true, s.str(&x.Kind)
		case "items":
			return true, s.items(&x.Items, 0)
		}
		return false, s.skip(0)
	})
}

func (s *scanner) items(list *[]Item, depth int) bool {
	return depth < maxDepth && s.array(func() bool {
		if *list == nil {
			*list = make([]Item, 0, 8)
		}
		*list = append(*list, Item{})
		return s.item(&(*list)[len(*list)-1], depth)
	})
}

func (s *scanner) item(x *Item, depth int) bool {
	return s.object(func(key string) (known, ok bool) {
		switch key {
		case "number":
			if s.literal("null") {
				return true, true
			}
			x.Number = new(int)
			return true, s.integer(x.Number)
		case "text":
			return true, s.str(&x.Text)
		case "span":
			return true, s.span(&x.Span)
		case "flags":
			return true, s.array(func() bool {
				x.Flags = append(x.Flags, "")
				return s.str(&x.Flags[len(x.Flags)-1])
			})
		case "children":
			return true, s.items(&x.Children, depth+1)
		}
		return false, s.skip(0)
	})
}

func (s *scanner) span(x *record.Span) bool {
	n := 0
	return s.array(func() bool {
		n++
		return n <= len(x) && s.integer(&x[n-1])
	}) && n == len(x)
}

// maxDepth is how deep values may be nested here.
const maxDepth = 500

// object reads an object, of each member of which value reads the value and says
// whether it knows the key. No known key stands there twice, and none in another
// form that encoding/json would take for it.
func (s *scanner) object(value func(key string) (known, ok bool)) bool {
	var had [16]string
	n := 0
	return s.members(func(key string, plain bool) bool {
		known, ok := value(key)
		if !known {
			return ok && plain
		}
		for _, k := range had[:n] {
			if k == key {
				return false
			}
		}
		if ok = ok && n < len(had); ok {
			had[n] = key
			n++
		}
		return ok
	})
}

// members reads an object; plain says that a key is small ASCII letters, digits and
// the like.
func (s *scanner) members(value func(key string, plain bool) bool) bool {
	if !s.take('{') {
		return false
	}
	if s.take('}') {
		return true
	}
	for {
		from, escaped, ok := s.quoted()
		if !ok {
			return false
		}
		key := s.text[from : s.at-1]
		plain := !escaped
		for i := range len(key) {
			plain = plain && key[i] < utf8.RuneSelf && !('A' <= key[i] && key[i] <= 'Z')
		}
		if !s.take(':') || !value(key, plain) {
			return false
		}
		if !s.take(',') {
			return s.take('}')
		}
	}
}

func (s *scanner) array(value func() bool) bool {
	if !s.take('[') {
		return false
	}
	if s.take(']') {
		return true
	}
	for {
		if !value() {
			return false
		}
		if !s.take(',') {
			return s.take(']')
		}
	}
}

// skip reads any value.
func (s *scanner) skip(depth int) bool {
	if depth == maxDepth {
		return false
	}
	s.space()
	if s.at == len(s.text) {
		return false
	}
	switch s.text[s.at] {
	case '{':
		return s.members(func(string, bool) bool { return s.skip(depth + 1) })
	case '[':
		return s.array(func() bool { return s.skip(depth + 1) })
	case '"':
		_, _, ok := s.quoted()
		return ok
	}
	return s.literal("null") || s.literal("true") || s.literal("false") || s.number()
}

func (s *scanner) space() {
	for s.at < len(s.text) {
		switch s.text[s.at] {
		case ' ', '\t', '\n', '\r':
			s.at++
		default:
			return
		}
	}
}

// take reads one character, and space before it.
func (s *scanner) take(c byte) bool {
	s.space()
	if s.at < len(s.text) && s.text[s.at] == c {
		s.at++
		return true
	}
	return false
}

func (s *scanner) literal(word string) bool {
	s.space()
	if len(s.text)-s.at >= len(word) && s.text[s.at:s.at+len(word)] == word {
		s.at += len(word)
		return true
	}
	return false
}

// digits reads one digit or more.
func (s *scanner) digits() bool {
	from := s.at
	for s.at < len(s.text) && '0' <= s.text[s.at] && s.text[s.at] <= '9' {
		s.at++
	}
	return s.at > from
}

// number reads a number, whole or not.
func (s *scanner) number() bool {
	is := func(set ...byte) bool {
		for _, c := range set {
			if s.at < len(s.text) && s.text[s.at] == c {
				s.at++
				return true
			}
		}
		return false
	}
	is('-')
	if !is('0') && !s.digits() || is('.') && !s.digits() {
		return false
	}
	if is('e', 'E') {
		is('+', '-')
		return s.digits()
	}
	return true
}

func (s *scanner) integer(to *int) (ok bool) {
	s.space()
	from := s.at
	if !s.number() {
		return false
	}
	n, err := strconv.Atoi(s.text[from:s.at])
	*to = n
	return err == nil // what follows is a comma or a bracket, or the array fails
}

// quoted reads a string. It lies from from to before the last character that was
// read.
func (s *scanner) quoted() (from int, escaped, ok bool) {
	if !s.take('"') {
		return 0, false, false
	}
	from = s.at
	for s.at < len(s.text) {
		for len(s.text)-s.at >= 8 && ordinary(word(s.text[s.at:])) {
			s.at += 8
		}
		if s.at == len(s.text) {
			break
		}
		c := s.text[s.at]
		s.at++
		switch {
		case c == '"':
			return from, escaped, true
		case c == '\\':
			if escaped = true; !s.escape() {
				return from, escaped, false
			}
		case c < ' ':
			return from, escaped, false
		}
	}
	return from, escaped, false
}

// ordinary reports whether none of eight bytes is a quotation mark, a backslash or a
// control character. Where one of a word's bytes is zero, subtracting one from each
// sets a highest bit that was not set.
func ordinary(w uint64) bool {
	const each, high = 0x0101010101010101, 0x8080808080808080
	quote, slash := w^each*'"', w^each*'\\'
	return ((quote-each)&^quote|(slash-each)&^slash|(w-each*' ')&^w)&high == 0
}

// word is the first eight bytes of a text; it becomes one load.
func word(b string) uint64 {
	_ = b[7]
	return uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
		uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
}

// escape reads what follows a backslash.
func (s *scanner) escape() bool {
	if s.at == len(s.text) {
		return false
	}
	c := s.text[s.at]
	s.at++
	switch c {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return true
	case 'u':
		for range 4 {
			if s.at == len(s.text) {
				return false
			}
			c := s.text[s.at] | 0x20
			if s.at++; !('0' <= c && c <= '9' && s.text[s.at-1] == c || 'a' <= c && c <= 'f') {
				return false
			}
		}
		return true
	}
	return false
}

// str reads a string that is well-formed.
func (s *scanner) str(to *string) bool {
	from, escaped, ok := s.quoted()
	if !ok {
		return false
	}
	if escaped {
		return json.Unmarshal([]byte(s.text[from-1:s.at]), to) == nil
	}
	*to = s.text[from : s.at-1]
	return utf8.ValidString(*to)
}

func (s *scanner) orNull(to **string) bool {
	if s.literal("null") {
		return true
	}
	*to = new(string)
	return s.str(*to)
}
