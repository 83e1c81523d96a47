package outline

import (
	"slices"
	"strings"
	"unicode"

	"zhize/document"
	"zhize/extract/outline/lexicon"
	"zhize/normalize"
)

// position turns a grown position into the document's, and claims its text;
// a position without items and without fields is none.
func (b *builder) position(p *posNode) (document.Position, bool) {
	out := document.Position{Title: p.title, Origin: p.origin, Heading: p.heading}
	for _, f := range p.fields {
		if f.Value.Empty() {
			continue
		}
		b.claim(f.Value, document.RoleField)
		b.part(f.Value, normalize.Field, false)
		if f.Key == "title" && (out.Title.Empty() || p.lent) {
			out.Title, out.Origin = b.fieldName(f.Value), document.FromField
		}
		out.Fields = append(out.Fields, f)
	}
	if !p.heading.Empty() {
		b.part(p.heading, normalize.Heading, false)
	}
	for _, s := range p.secs {
		if sec, ok := b.section(s); ok {
			out.Sections = append(out.Sections, sec)
		}
	}
	if len(out.Sections) == 0 {
		out.Flags = append(out.Flags, document.FlagNoItems)
	}
	if p.headless {
		out.Flags = append(out.Flags, document.FlagHeadless)
	}
	return out, len(out.Sections) > 0 || len(out.Fields) > 0
}

func (b *builder) section(s *secNode) (document.Section, bool) {
	if s.own {
		b.dropItems(s.items, document.Unplaced)
		return document.Section{}, false
	}
	if i := lastRestart(s.items); i > 0 && b.notice(s.items[i:]) {
		b.dropItems(s.items[i:], document.Legal)
		s.items = s.items[:i]
	}
	if (!s.explicit || s.asked != len(s.items) && b.addresses(s.items)) && b.notice(s.items) {
		b.dropItems(s.items, document.Legal)
		return document.Section{}, false
	}
	out := document.Section{Kind: s.kind, Heading: s.heading, Items: b.items(s.items)}
	if len(out.Items) == 0 {
		return out, false
	}
	if !s.explicit {
		out.Flags = append(out.Flags, document.FlagInferred)
	}
	if s.clauses {
		out.Flags = append(out.Flags, document.FlagClauses)
	}
	out.Span = document.Span{Start: out.Items[0].Span.Start, End: lastEnd(out.Items)}
	if m := out.Items[0].Marker; !m.Empty() {
		out.Span.Start = m.Start
	}
	if !s.heading.Empty() {
		if b.headed < s.heading.Start {
			b.part(s.heading, normalize.Heading, false)
			b.headed = s.heading.Start
		}
		out.Span.Start = min(out.Span.Start, s.heading.Start)
	}
	if out.Missing = missing(out.Items, s.from); len(out.Missing) > 0 {
		out.Flags = append(out.Flags, document.FlagGap)
	}
	return out, true
}

// maxJudged is how many items of a list are asked whether it is a notice.
const maxJudged = 8

// addresses reports a list that speaks of its site, its files and their price:
// a third of its items or more. No heading makes duties of it.
func (b *builder) addresses(items []*itemNode) bool {
	items = items[:min(len(items), maxJudged)]
	n, hits := 0, 0
	for i, it := range items {
		if left := len(items) - i; (hits+left)*3 < n+left {
			return false
		}
		if !it.span.Empty() {
			n++
			if lexicon.SiteWords(b.str(it.span)) {
				hits++
			}
		}
	}
	return n >= 2 && hits*3 >= n
}

// notice reports a list that is a site's notice to its readers and looks like
// duties: most of its items speak of documents, payment and copyright, and
// half of them of two such things. Only lists that no heading claims are
// asked.
func (b *builder) notice(items []*itemNode) bool {
	texts := make([]string, 0, len(items))
	for _, it := range items {
		texts = append(texts, b.str(it.span))
	}
	return notice(texts)
}

func notice(texts []string) bool {
	n, hits, strong := 0, 0, 0
	for _, text := range texts {
		if text == "" {
			continue
		}
		n++
		words := lexicon.LegalWords(text)
		if words >= 1 {
			hits++
		}
		if words >= 2 {
			strong++
		}
	}
	return n >= 2 && hits*10 >= n*7 && strong*2 >= n
}

// lastRestart is where the last list of items begins that counts from 1; 0 for
// none but the first.
func lastRestart(items []*itemNode) int {
	for i := len(items) - 1; i > 0; i-- {
		if items[i].number == 1 {
			return i
		}
	}
	return 0
}

func (b *builder) dropItems(items []*itemNode, reason document.Reason) {
	for _, it := range items {
		if it.marked {
			b.drop(it.mark.span, reason)
		}
		b.drop(it.span, reason)
		b.dropItems(it.children, reason)
	}
}

func lastEnd(items []document.Item) int {
	it := items[len(items)-1]
	if len(it.Children) > 0 {
		return max(it.Span.End, lastEnd(it.Children))
	}
	return it.Span.End
}

// maxMissing bounds the list of missing numbers: past it the count is no
// count of items.
const maxMissing = 200

// missing are the numbers that a list skips. A list that goes on from the
// section before (from) misses nothing in front.
func missing(items []document.Item, from int) []int {
	var out []int
	last := 0
	for i, it := range items {
		if it.Number == 0 {
			continue
		}
		if last == 0 && i == 0 && it.Number == from+1 {
			last = from
		}
		for n := last + 1; n < it.Number && len(out) < maxMissing; n++ {
			out = append(out, n)
		}
		last = max(last, it.Number)
	}
	return out
}

func (b *builder) items(nodes []*itemNode) []document.Item {
	if len(nodes) == 0 {
		return nil
	}
	out := make([]document.Item, 0, len(nodes))
	for i, n := range nodes {
		if n.marked {
			b.claim(n.mark.span, document.RoleMarker)
		}
		if n.span.Empty() {
			out = append(out, b.items(n.children)...)
			continue
		}
		if len(n.children) == 0 && emptyRow.Trim(b.str(n.span)) == "" {
			b.claim(n.span, document.RoleMarker) // the numbers of empty rows
			continue
		}
		n.span = b.withoutTail(b.withoutSeparator(n.span))
		it := document.Item{Number: n.number, Span: n.span, Flags: n.flags}
		if n.marked {
			it.Marker = n.mark.span
		}
		if unclosed(b.str(n.span)) {
			it.Flags = append(it.Flags, document.FlagTruncated)
		}
		b.claim(n.span, document.RoleItem)
		b.part(n.span, normalize.Item, len(n.children) == 0 && i+1 < len(nodes))
		it.Children = b.items(n.children)
		out = append(out, it)
	}
	return out
}

// withoutSeparator takes marks off the front of an item: the separator of a
// number that stands a line above, or was lost.
func (b *builder) withoutSeparator(s document.Span) document.Span {
	rest := strings.TrimLeft(b.str(s), "、，；。 　")
	if rest == "" {
		return s
	}
	front := document.Span{Start: s.Start, End: s.End - len(rest)}
	b.claim(front, document.RoleMarker)
	return document.Span{Start: front.End, End: s.End}
}

// withoutTail takes what a page says of itself off the end of an item: its
// address in brackets, and a last sentence with such wording.
func (b *builder) withoutTail(s document.Span) document.Span {
	text := b.str(s)
	if end := len(withoutWeight(text)); end < len(text) {
		b.claim(document.Span{Start: s.Start + end, End: s.End}, document.RoleField)
		s.End = s.Start + end
		text = b.str(s)
	}
	kept, reason := lexicon.CutOwnTail(text)
	if kept == text || kept == "" {
		return s
	}
	tail := document.Span{Start: s.Start + len(kept), End: s.End}
	b.drop(tail, reason)
	return document.Span{Start: s.Start, End: tail.Start}
}

// unclosed reports text that breaks off inside brackets.
func unclosed(text string) bool {
	at := openBrackets.Index(text)
	if at < 0 {
		return false
	}
	depth := 0
	for _, r := range text[at:] {
		switch r {
		case '(', '（':
			depth++
		case ')', '）':
			depth = max(depth-1, 0)
		}
	}
	return depth > 0
}

func (b *builder) part(s document.Span, kind normalize.PartKind, followed bool) {
	b.kept = append(b.kept, normalize.Part{Span: s, Kind: kind, Followed: followed})
}

// finish accounts for every byte and sorts what was gathered.
func (b *builder) finish() {
	for _, d := range b.in.Dropped {
		b.drop(d.Span, d.Reason)
	}
	for i := range b.lines {
		l := &b.lines[i]
		switch {
		case l.meta:
			b.claim(l.span, document.RoleMeta)
		case l.reason != document.NoReason:
			b.drop(l.span, l.reason)
		case l.heads:
			b.claim(l.span, document.RoleHeading)
		}
	}
	b.partition()
	slices.SortFunc(b.kept, func(x, y normalize.Part) int { return x.Span.Compare(y.Span) })
	b.kept = slices.CompactFunc(b.kept, func(x, y normalize.Part) bool { return x.Overlaps(y.Span) })
	b.out.Parts = slices.Clone(b.kept)
	document.SortEdits(b.out.Edits)
	b.out.Edits = slices.CompactFunc(b.out.Edits, func(x, y document.Edit) bool { return x.Span.Overlaps(y.Span) || x.Span == y.Span })
	if d := b.in.Declared; d > 0 && d != len(b.out.Articles) {
		b.out.Flags = append(b.out.Flags, document.FlagArticleCount)
	}
	if !slices.ContainsFunc(b.out.Articles, func(a document.Article) bool { return len(a.Positions) > 0 }) {
		b.out.Flags = append(b.out.Flags, document.FlagNoItems)
	}
}

// partition partitions the text by the claims; what nobody claimed is blank, or
// dropped as unplaced.
func (b *builder) partition() {
	b.claims, b.regions = mergeRuns(b.claims, b.regions)
	b.regions = slices.Grow(b.regions, len(b.claims)*3/2)
	at := 0
	for _, c := range b.claims {
		c.Start = max(c.Start, at)
		if c.Empty() {
			continue
		}
		b.gap(document.Span{Start: at, End: c.Start})
		b.region(c)
		at = c.End
	}
	b.gap(document.Span{Start: at, End: len(b.text)})
	b.out.Regions = b.regions
	if len(b.text) <= maxKept {
		b.out.Regions = slices.Clone(b.regions)
	}
}

// mergeRuns sorts claims by their start, in time linear in them for each time
// that their runs in order are halved: they come in few. Of two that begin at
// one place the first stays first. The result may lie in room; the other slice,
// emptied, is what is left of the two.
func mergeRuns(claims, room []document.Region) (sorted, left []document.Region) {
	for {
		room = slices.Grow(room[:0], len(claims))
		runs := 0
		for at := 0; at < len(claims); runs++ {
			mid := runEnd(claims, at)
			end := runEnd(claims, mid)
			a, b := claims[at:mid], claims[mid:end]
			for len(a) > 0 && len(b) > 0 {
				if b[0].Start < a[0].Start {
					room, b = append(room, b[0]), b[1:]
				} else {
					room, a = append(room, a[0]), a[1:]
				}
			}
			room = append(append(room, a...), b...)
			at = end
		}
		claims, room = room, claims
		if runs <= 1 {
			return claims, room[:0]
		}
	}
}

// runEnd is where the claims end that stand in order from at on.
func runEnd(claims []document.Region, at int) int {
	for at++; at < len(claims) && claims[at-1].Start <= claims[at].Start; at++ {
	}
	return min(at, len(claims))
}

func (b *builder) region(r document.Region) {
	if n := len(b.regions); n > 0 {
		if last := &b.regions[n-1]; last.Role == r.Role && last.Reason == r.Reason && r.Role != document.RoleHeading && last.End == r.Start {
			last.End = r.End
			return
		}
	}
	b.regions = append(b.regions, r)
}

// gap gives unclaimed text its roles: white space and the rules of a text
// table are blank.
func (b *builder) gap(s document.Span) {
	for s.Start < s.End {
		rest := b.str(s)
		n := len(rest) - len(strings.TrimLeftFunc(rest, isRule))
		if n > 0 {
			b.region(document.Region{Span: document.Span{Start: s.Start, End: s.Start + n}, Role: document.RoleBlank})
			s.Start += n
			continue
		}
		end := strings.IndexFunc(rest, func(r rune) bool { return r == '\n' })
		if end < 0 {
			end = len(rest)
		}
		end = len(strings.TrimRightFunc(rest[:end], isRule))
		b.region(document.Region{Span: document.Span{Start: s.Start, End: s.Start + end}, Role: document.RoleDropped, Reason: document.Unplaced})
		s.Start += end
	}
}

func isRule(r rune) bool { return isSpace(r) || r == '|' || unicode.Is(unicode.Cc, r) }
