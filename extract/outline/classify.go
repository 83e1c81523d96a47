package outline

import (
	"strings"
	"unicode"
	"unicode/utf8"
	"zhize/document"
	"zhize/extract/outline/lexicon"
)

// classify decides by wording which lines are the page's own.
func (b *builder) classify() {
	if _, before, ok := lexicon.HeadAtEnd(headQuotes.Trim(headEnds.TrimRight(b.in.Title))); ok && before == "" {
		b.in.Title = "" // the heading of a section
	}
	first, last := b.bodyRange()
	title := titleKey(b.in.Title)
	titles, listed := 0, false
	related, tags := false, false
	below := -1 // the last line of a list that was dropped
	for i := range b.lines {
		l := &b.lines[i]
		if i <= below {
			continue
		}
		text := b.str(l.span)
		if b.isArticleHead(i) || l.columns || l.heads {
			related, tags = false, false
			continue
		}
		front, back := i < first, i > last
		listed = listed || l.numbers
		if isTitle(text, title) {
			titles++
			if titles > 1 && b.headsList(i) {
				continue
			}
			if titles == 1 {
				l.meta = true
			} else {
				l.reason = document.Duplicate
			}
			continue
		}
		if reason, ok := b.ownWording(text, i, front, back, !listed); ok {
			related, tags = reason == document.Related, tagKey(text)
			if tags {
				b.tagsAbove(i)
			}
			if related {
				below = b.dropRelated(i)
			}
			if reason == document.NoReason {
				l.meta = true
			} else {
				l.reason = reason
			}
			continue
		}
		if b.in.Repeated != nil && !l.numbers && !l.bullet && !headedLine(text) && !keyed(text) && b.in.Repeated(l.span.Of(b.in.Text)) {
			l.reason = document.SiteText
			related, tags = false, false
			continue
		}
		if related && !l.numbers && !keyed(text) && l.runes <= 2*shortLine && (back || front && l.runes <= 40) {
			l.reason = document.Related
			continue
		}
		if tags && !l.numbers && l.runes <= maxTag && !keyed(text) && (!headedLine(text) || lexicon.NamesBenefits(text)) {
			l.reason = document.Boilerplate
			continue
		}
		l.tagged = tags
		related, tags = false, false
	}
}

// maxTag is the longest line, in characters, that is a value under a board's
// 职能类别 or 关键字.
const maxTag = 20

// maxTags is how many such lines may stand above a page's first key.
const maxTags = 6

// tagsAbove drops the lines above the tag key in line n where a board's page
// begins with them: they are the values of a key that was cut off.
func (b *builder) tagsAbove(n int) {
	for i := range b.lines[:n] {
		l := &b.lines[i]
		if text := b.str(l.span); i >= maxTags || l.numbers || l.bullet || l.runes > maxTag || keyed(text) || headedLine(text) {
			return
		}
	}
	for i := range b.lines[:n] {
		if l := &b.lines[i]; l.reason == document.NoReason && !l.meta {
			l.reason = document.Boilerplate
		}
	}
}

// bodyRange finds the lines between which the page's content stands: from
// the first article's heading or the first heading word to the last line that
// looks like content.
func (b *builder) bodyRange() (first, last int) {
	last = len(b.lines) - 1
	if len(b.heads) > 0 {
		first = b.heads[0].line
	} else {
		first = b.firstContent()
	}
	for last > first && !b.lines[last].numbers && !b.lines[last].bullet && !contentLike(b.str(b.lines[last].span)) {
		last--
	}
	return first, last
}

// firstContent is the first line that looks like content, by a number, a heading
// word or a form's key; 0 where none does.
func (b *builder) firstContent() int {
	title := titleKey(b.in.Title)
	for i, l := range b.lines {
		text := b.str(l.span)
		if _, own := lexicon.BoilerplateReason(ends(text)); own || breadcrumb(text) || isTitle(text, title) {
			continue
		}
		if l.numbers || l.runes <= 60 && headedLine(text) || opensContent(text) {
			return i
		}
	}
	return 0
}

// headedLine reports text that is a heading or a form key.
func headedLine(text string) bool {
	s := headedEnds.TrimRight(text)
	if _, _, ok := lexicon.HeadAtEnd(lexicon.CutTail(s)); ok {
		return true
	}
	_, ok := lexicon.FieldKey(s)
	return ok
}

// headsList reports a copy of the page's title that is the heading of what
// follows: a list, or a section's heading.
func (b *builder) headsList(i int) bool {
	if i+1 >= len(b.lines) {
		return false
	}
	n := b.lines[i+1]
	text := b.str(n.span)
	return !isTitle(text, titleKey(b.in.Title)) && (n.numbers && lexicon.LegalWords(text) == 0 || n.runes <= 20 && headedLine(text))
}

// opensContent reports a line that begins with a heading word or a form key.
func opensContent(text string) bool {
	text = strings.TrimLeft(text, "|【[ 　")
	if _, ok := lexicon.HeadAtStart(text); ok {
		return true
	}
	_, ok := lexicon.StrongKeyAt(text)
	return ok || keyed(text)
}

// keyed reports a line that is a form row: "- 岗位名称：车间主任".
func keyed(text string) bool {
	i := colons.Index(text)
	if i < 0 {
		return false
	}
	_, ok := lexicon.FieldKey(strings.TrimLeft(text[:i], bulletMarks))
	return ok
}

// contentLike reports a line that ends like a sentence of a list.
func contentLike(text string) bool {
	r, _ := utf8.DecodeLastRuneInString(text)
	if _, own := lexicon.BoilerplateReason(ends(text)); own {
		return false
	}
	return strings.ContainsRune("。；;", r)
}

// titleKey is a title without what copies of it differ in.
func titleKey(title string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, cutExtension(title))
}

// cutExtension takes the name of a file format off a title.
func cutExtension(title string) string {
	t := strings.TrimSpace(title)
	for _, ext := range [...]string{".docx", ".doc", ".pdf", ".txt", ".wps"} {
		t = strings.TrimSuffix(t, ext)
	}
	return t
}

// isTitle reports a copy of the title that has this key; "" is no title's.
func isTitle(text, key string) bool {
	if key == "" {
		return false
	}
	for _, r := range cutExtension(text) {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			continue
		}
		k, n := utf8.DecodeRuneInString(key)
		if k != r || n == 0 {
			return false
		}
		key = key[n:]
	}
	return key == ""
}

func (b *builder) isArticleHead(i int) bool { return b.lines[i].article }
