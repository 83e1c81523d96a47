package derive

import (
	"github.com/zeebo/xxh3"

	"zhize/corpus/internal/near"
	"zhize/document"
	"zhize/record"
)

// Unit is what of a page, an article or a position is compared with others.
type Unit struct {
	Letters xxh3.Uint128 // hash of its letters; zero: it has none
	Rank    uint32       // which copy is kept: that of the least
	Sketch  *near.Sketch // of its text; nil: it has none
}

// rank puts what has fewer faults first, and of those what has more items.
func rank(faults, items int) uint32 {
	const most = 1<<16 - 1
	return uint32(min(faults, most))<<16 | uint32(most-min(items, most))
}

// units makes the units of a page.
func (d *Derived) units(page *record.Page, positions []record.Position) {
	var w near.Writer
	d.Page = Unit{Letters: lettersOf(page.Source), Sketch: pageSketch(&w, page)}
	faults, items := len(page.Flags), 0
	for i := range positions {
		u, bad, n := positionUnit(&w, &positions[i])
		d.Positions = append(d.Positions, u)
		faults, items = faults+bad, items+n
	}
	d.Page.Rank = rank(faults, items)
	for i := range page.Articles {
		n := min(page.Articles[i].Positions, len(positions))
		d.Within = append(d.Within, uint32(n))
		d.Articles = append(d.Articles, articleUnit(positions[:n]))
		positions = positions[n:]
	}
	d.joinArticles()
}

// articleUnit is an article without its sketch, which those of its positions
// make up.
func articleUnit(positions []record.Position) (u Unit) {
	l := lettersHash{h: xxh3.New()}
	faults, items := 0, 0
	for i := range positions {
		bad, n := condition(&positions[i])
		faults, items = faults+bad, items+n
		addBody(&l, &positions[i])
	}
	u.Letters, u.Rank = l.sum(), rank(faults, items)
	return u
}

// joinArticles makes the sketches of the articles.
func (d *Derived) joinArticles() {
	at := 0
	for i, n := range d.Within {
		for ; n > 0 && at < len(d.Positions); n-- {
			d.Articles[i].join(d.Positions[at].Sketch)
			at++
		}
	}
}

// join adds the text of a part.
func (u *Unit) join(part *near.Sketch) {
	switch {
	case part == nil:
	case u.Sketch == nil:
		u.Sketch = part // shared until there is more
	default:
		both := *u.Sketch
		both.Join(part)
		u.Sketch = &both
	}
}

// positionUnit is a position, the number of its faults and that of its items.
// Its title and its headings are not compared.
func positionUnit(w *near.Writer, p *record.Position) (u Unit, faults, items int) {
	l := lettersHash{h: xxh3.New()}
	addBody(&l, p)
	s := near.NewSketch()
	for i := range p.Sections {
		Items(p.Sections[i].Items, func(it *record.Item) { w.Add(s, it.Text) })
	}
	if !s.Empty() {
		u.Sketch = s
	}
	faults, items = condition(p)
	u.Letters, u.Rank = l.sum(), rank(faults, items)
	return u, faults, items
}

// condition counts what is wrong with a position, which are its flags, those of
// its items, the numbers that its lists miss and that it has no title, and its
// items.
func condition(p *record.Position) (faults, items int) {
	faults = len(p.Flags)
	if p.Title == nil {
		faults++
	}
	for i := range p.Sections {
		faults += len(p.Sections[i].Missing)
		Items(p.Sections[i].Items, func(it *record.Item) {
			items++
			faults += len(it.Flags)
		})
	}
	return faults, items
}

// addBody adds the letters of all of a position's items.
func addBody(l *lettersHash, p *record.Position) {
	for i := range p.Sections {
		Items(p.Sections[i].Items, func(it *record.Item) { l.add(it.Text) })
	}
}

// pageSketch is that of the page's own text: what was not dropped, or dropped
// only because no part of a position claimed it. What a site repeats around it
// makes no two pages alike.
func pageSketch(w *near.Writer, page *record.Page) *near.Sketch {
	s := near.NewSketch()
	rest := page.Source
	for _, r := range page.Regions {
		n := 0
		for range r.Span[1] - r.Span[0] {
			for n++; n < len(rest) && rest[n]&0xC0 == 0x80; n++ {
			}
			if n >= len(rest) {
				break
			}
		}
		n = min(n, len(rest))
		if r.Role != document.RoleDropped.String() || r.Reason == document.Unplaced.String() {
			w.Add(s, rest[:n])
		}
		rest = rest[n:]
	}
	if s.Empty() {
		return nil
	}
	return s
}
