package outline

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"zhize/document"
	"zhize/extract/outline/lexicon"
	"zhize/extract/outline/marker"
)

// post is a line that may name a job by its place: it stands before the heading
// with which the jobs of the page begin.
type post struct {
	line  int
	head  int           // the line of that heading
	facts bool          // lines of facts stand between
	top   bool          // nothing stands above it
	name  document.Span // what is left without its marks
	lead  string        // how it begins; lines that begin alike are one series
	n     int           // its number there, 0 for none
}

const (
	// maxFrontFacts is how many short lines stand at most between the name of the
	// first job of a page and its first heading: a board writes the pay, the place,
	// the employer and its buttons there.
	maxFrontFacts = 8
	// maxPost is the longest line, in characters, that names a job by its place;
	// maxPostName is the longest name that no lexicon knows.
	maxPost     = 36
	maxPostName = 12
)

// findPosts marks the lines that name a job by their place. The words of a job's
// name decide for a line alone; a series of lines, each before the heading with
// which jobs begin, is believed also where none of its words is known: ◆ 村医 and
// ◆ 茶艺, each before 岗位职责：.
func (b *builder) findPosts() {
	var opening document.Kind
	var posts []post
	openings, last := 0, -1
	title := titleKey(b.in.Title)
	for i := range b.lines {
		if b.lines[i].article {
			last = i
			continue
		}
		if !b.isBody(i) {
			continue
		}
		kind, ok := b.bareHead(i)
		if !ok {
			continue
		}
		if opening == "" && (kind == document.Responsibilities || kind == document.Qualifications) {
			opening = kind
		}
		if kind == opening {
			if p, ok := b.postBefore(i, last, title, openings == 0); ok {
				posts = append(posts, p)
			}
			openings++
		}
		last = i
	}
	for i, p := range posts {
		if b.believed(p, i == 0) || b.inSeries(posts, i, openings) {
			b.takePost(p)
		}
	}
}

// takePost marks a post, and drops the facts below it.
func (b *builder) takePost(p post) {
	b.lines[p.line].post = true
	for i := p.line + 1; i < p.head; i++ {
		_, value := lexicon.FieldKey(b.str(b.lines[i-1].span)) // of a key alone
		if text := b.str(b.lines[i].span); b.isBody(i) && !value && !keyed(text) && !headedLine(text) {
			b.lines[i].reason = document.Boilerplate
		}
	}
}

// bareHead reports a line that is a section's heading and names no job, whatever
// follows the heading's colon, and the section's kind.
func (b *builder) bareHead(n int) (document.Kind, bool) {
	text := b.str(b.lines[n].span)
	if c := b.lineMarker(n); c != nil && usable(c) {
		text = b.text[c.Body:b.lines[n].span.End]
	}
	text = lexicon.BehindBoardLine(headQuotes.TrimLeft(text))
	h, ok := lexicon.HeadAtStart(text)
	if !ok {
		return "", false
	}
	for rest := text[len(h.Word):]; ; {
		switch r := firstRune(rest); {
		case headEnds.Trim(rest) == "", colons.In(r), r == "】", r == "]", b.listAt(n, b.lines[n].span.End-len(rest)):
			return h.Kind, true
		}
		if cut := lexicon.CutTail(text); cut != text && atMost(text, maxHeading) && cut == h.Word {
			return h.Kind, true
		}
		next, ok := lexicon.HeadAtStart(rest)
		if !ok {
			return "", false
		}
		rest = rest[len(next.Word):]
	}
}

// listAt reports the first number of a list at offset p of line n.
func (b *builder) listAt(n, p int) bool {
	for _, c := range b.lineCands(&b.lines[n]) {
		if c.Span.Start == p && c.Ordinal == 1 && c.Style != marker.Bullet {
			return true
		}
	}
	return false
}

// lineMarker is the longest candidate with which line n begins, nil for none.
func (b *builder) lineMarker(n int) *marker.Candidate {
	l := &b.lines[n]
	var best *marker.Candidate
	list := b.lineCands(l)
	for i := range list {
		c := &list[i]
		if c.Span.Start != l.span.Start {
			break
		}
		if best == nil || c.Span.End > best.Span.End {
			best = c
		}
	}
	return best
}

// postBefore looks for the post of the heading in line head above it, down to
// line last; title is the page's as titleKey has it. Above the first heading of a
// page any short line may be a fact.
func (b *builder) postBefore(head, last int, title string, first bool) (post, bool) {
	facts := 0
	for i := head - 1; i > last; i-- {
		l := &b.lines[i]
		if l.reason != document.NoReason {
			continue
		}
		text := b.str(l.span)
		if l.meta {
			if isTitle(text, title) {
				break
			}
			continue
		}
		if l.columns || l.heads || l.runes > maxPost || formRow(text) || i > 0 && formRow(b.str(b.lines[i-1].span)) && b.isBody(i-1) {
			break
		}
		if p, ok := b.postAt(i); ok && (facts == 0 && (!first || p.lead != "") || b.known(p, first)) {
			p.head, p.facts, p.top = head, facts > 0, first && b.nothingAbove(i, last)
			return p, true
		}
		fact := keyed(text) || b.isFact(&token{line: i, span: l.span}) || lexicon.StatesTerms(text) && !l.bullet
		if facts++; !fact && !(first && !l.numbers && !l.bullet) || facts > maxFrontFacts || sentenceEnds.In(text) || commas.In(text) || lexicon.OpensDuty(text) {
			break
		}
	}
	return post{}, false
}

// formRow reports a row of a form, or a key alone that has its value in the next
// line: what stands there is no job's name. The facts of a board are no form.
func formRow(text string) bool {
	text = strings.TrimLeft(text, "|-· 　")
	k, ok := lexicon.StrongKeyAt(text)
	if i := colons.Index(text); !ok && i > 0 {
		k, ok = lexicon.FieldKey(text[:i])
	}
	if !ok {
		k, ok = lexicon.FieldKey(headEnds.TrimRight(text))
	}
	return ok && !k.Fact() && k.Field != "title"
}

// postAt reads line n as a job's name.
func (b *builder) postAt(n int) (post, bool) {
	l := &b.lines[n]
	text := b.str(l.span)
	if sentenceEnds.In(text) || commas.In(text) || lexicon.StatesTerms(text) {
		return post{}, false
	}
	if k, ok := lexicon.StrongKeyAt(text); ok && k.Field != "title" {
		return post{}, false // 岗位定员 6人
	}
	p := post{line: n, name: l.span}
	core := nameFront.TrimLeft(rules.TrimLeft(text))
	if c := b.lineMarker(n); c != nil && (c.Style == marker.Bullet || usable(c)) {
		p.lead, p.n, p.name.Start = string(rune('0'+c.Style))+string(c.Form), c.Ordinal, c.Body
	} else if end, k := labelEnd(core); end > 0 {
		p.lead, p.n = "label", k
	} else if len(core) < len(text) {
		p.lead = firstRune(text)
	}
	if i := colons.Index(text); i > 0 {
		if _, key := lexicon.CountedKey(text[:i]); key || keyed(text) {
			return post{}, false // the key says it
		}
	}
	p.name = b.nameOf(p.name)
	name := b.str(p.name)
	if p.lead == "" && p.name.End < l.span.Start+len(titleEnds.TrimRight(text)) {
		p.lead = "count"
	}
	if !lexicon.TitleShaped(name) || conjunctions.In(name) || strings.Count(name, "、") > 1 {
		return post{}, false
	}
	if lexicon.SpeaksOfSheets(text) || headedLine(text) {
		return post{}, false
	}
	if h, _, ok := lexicon.HeadAtEnd(name); ok && !h.Whole {
		return post{}, false
	}
	return p, true
}

// known reports a post whose words are a job's. Above the first heading of a page
// a department or an employer is none.
func (b *builder) known(p post, first bool) bool {
	name := b.str(p.name)
	if first && p.lead == "" && (lexicon.NamesCompany(name) || lexicon.IsUnit(name)) {
		return false
	}
	return lexicon.HasCore(name) || lexicon.NamesTrade(name) || first && latinJob(name)
}

// nothingAbove reports that no body text stands between the lines last and n.
func (b *builder) nothingAbove(n, last int) bool {
	for n--; n > last; n-- {
		if b.isBody(n) {
			return false
		}
	}
	return true
}

// believed reports a post that its own words and marks prove.
func (b *builder) believed(p post, first bool) bool {
	name := b.str(p.name)
	switch {
	case b.goesOn(p):
		return false
	case lexicon.HasCore(name):
		return true
	case lexicon.NamesTrade(name):
		return first || p.lead != ""
	}
	return p.top && latinJob(name)
}

// goesOn reports a post that is an item: it has the mark of the line before it, or
// the number behind that line's.
func (b *builder) goesOn(p post) bool {
	c := b.lineMarker(p.line)
	if c == nil || p.line == 0 {
		return false
	}
	o := b.lineMarker(p.line - 1)
	return o != nil && o.Style == c.Style && (c.Style == marker.Bullet && o.Form == c.Form || c.Style != marker.Bullet && o.Ordinal == c.Ordinal-1)
}

// inSeries reports a post that is one of several that begin alike, count on, and
// stand before at least half of the headings with which jobs begin.
func (b *builder) inSeries(posts []post, i, openings int) bool {
	p := posts[i]
	if p.lead == "" || b.goesOn(p) || !atMost(b.str(p.name), maxPostName) || p.facts {
		return false
	}
	n, last := 0, 0
	for _, o := range posts {
		if o.lead != p.lead {
			continue
		}
		if n++; o.n > 0 && o.n != last+1 {
			return false
		}
		last = o.n
	}
	return n >= 2 && 2*n >= openings
}

// latinJob reports a name of one word of Latin letters: HRBP, PHP.
func latinJob(name string) bool {
	if _, head := lexicon.LatinHead(name); head {
		return false
	}
	return atMost(name, maxPostName) && strings.IndexFunc(name, func(r rune) bool {
		return r >= utf8.RuneSelf || !unicode.IsLetter(r) && r != '+' && r != '#'
	}) < 0
}
