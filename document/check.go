package document

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// ErrInvariant is wrapped by every error of [Check].
var ErrInvariant = errors.New("invariant broken")

func broken(format string, args ...any) error {
	return fmt.Errorf(format+": %w", append(args, ErrInvariant)...)
}

// Check proves what a document promises, and returns the first promise that
// it finds broken:
//
//  1. Source is valid UTF-8; its regions partition it, and dropped ones alone
//     bear a reason, one of those listed here.
//  2. Edits are in order, do not overlap, find what they replace, and undo to
//     the source byte by byte. Suggested ones are in order and find theirs.
//  3. Items stand in reading order inside their section, sections inside their
//     position's order, and no byte belongs to two. No item is blank.
//  4. A byte of an item's span is of role item, or it is dropped and deleted
//     by an edit. Markers, headings and fields lie in regions of their role.
//  5. No edit straddles an item's border.
//  6. Titles, headings, markers, fields and items begin and end between characters.
//
// Linear in the source, the regions and the edits.
func Check(d *Document) error {
	if !utf8.ValidString(d.Source) {
		return broken("source is not valid UTF-8")
	}
	if err := checkRegions(d); err != nil {
		return err
	}
	if err := checkLedger(d); err != nil {
		return err
	}
	c := checker{d: d}
	for ai := range d.Articles {
		if err := c.article(&d.Articles[ai]); err != nil {
			return err
		}
	}
	return c.itemRegionsClaimed()
}

func checkRegions(d *Document) error {
	at := 0
	for i, r := range d.Regions {
		if r.Start != at || r.End <= r.Start || r.End > len(d.Source) {
			return broken("region %d is %d-%d where %d should begin one", i, r.Start, r.End, at)
		}
		if !boundary(d.Source, r.End) {
			return broken("region %d ends at %d, inside a character", i, r.End)
		}
		if (r.Role == RoleDropped) != (r.Reason != NoReason) {
			return broken("region %d (%s) has reason %q", i, r.Role, r.Reason)
		}
		if r.Role == 0 || int(r.Role) >= len(roleNames) || int(r.Reason) >= len(reasonNames) {
			return broken("region %d has role %d and reason %d, which are none", i, r.Role, r.Reason)
		}
		at = r.End
	}
	if at != len(d.Source) {
		return broken("regions end at %d of %d bytes", at, len(d.Source))
	}
	return nil
}

func checkLedger(d *Document) error {
	edited, err := Apply(d.Source, d.Edits)
	if err != nil {
		return errors.Join(err, ErrInvariant)
	}
	back, err := Undo(edited, d.Edits)
	if err != nil {
		return errors.Join(err, ErrInvariant)
	}
	if back != d.Source {
		return broken("undoing the edits does not give the source back")
	}
	for i, e := range d.Edits {
		if e.Rule == "" || e.Before == e.After {
			return broken("edit %d at %d changes nothing or has no rule", i, e.Span.Start)
		}
	}
	for i, e := range d.Suggested {
		if e.Span.Start < 0 || e.Span.End < e.Span.Start || e.Span.End > len(d.Source) || e.Span.Of(d.Source) != e.Before {
			return broken("suggestion %d at %d does not find its text", i, e.Span.Start)
		}
		if i > 0 && e.Span.Start < d.Suggested[i-1].Span.Start {
			return broken("suggestion %d at %d is out of order", i, e.Span.Start)
		}
	}
	return nil
}

// checker walks a document in reading order; at is where the last part ended.
type checker struct {
	d       *Document
	at      int
	region  int // first region that ends behind at
	edit    int
	claimed int // bytes of role item inside items
}

func (c *checker) article(a *Article) error {
	if err := c.part(a.Heading, RoleHeading, "article heading"); err != nil {
		return err
	}
	for pi := range a.Positions {
		if err := c.position(&a.Positions[pi]); err != nil {
			return err
		}
	}
	return nil
}

func (c *checker) position(p *Position) error {
	if (p.Origin == NoTitle) != p.Title.Empty() {
		return broken("position at %d: title and its origin %q disagree", p.Heading.Start, p.Origin)
	}
	if err := c.whole(p.Title, "title"); err != nil {
		return err
	}
	if !p.Title.Empty() && strings.TrimSpace(c.d.Text(p.Title)) == "" {
		return broken("position at %d: title is blank", p.Title.Start)
	}
	if err := c.lies(p.Heading, RoleHeading, "position heading"); err != nil {
		return err
	}
	for i := range p.Fields {
		f := &p.Fields[i]
		if f.Key == "" || f.Value.Empty() || f.Value.End > len(c.d.Source) {
			return broken("field %q at %d has no value", f.Key, f.Value.Start)
		}
		if err := c.lies(f.Value, RoleField, "field"); err != nil {
			return err
		}
	}
	for si := range p.Sections {
		s := &p.Sections[si]
		if len(s.Items) == 0 {
			return broken("section at %d has no items", s.Span.Start)
		}
		if !slices.Contains(Kinds[:], s.Kind) {
			return broken("section at %d has kind %q", s.Span.Start, s.Kind)
		}
		if !s.Heading.Empty() && !s.Span.Contains(s.Heading) {
			return broken("heading at %d lies outside its section", s.Heading.Start)
		}
		if err := c.lies(s.Heading, RoleHeading, "section heading"); err != nil {
			return err
		}
		if err := c.items(s, s.Items); err != nil {
			return err
		}
	}
	return nil
}

func (c *checker) items(s *Section, items []Item) error {
	for i := range items {
		it := &items[i]
		if err := c.part(it.Marker, RoleMarker, "marker"); err != nil {
			return err
		}
		if it.Span.Empty() {
			return broken("item at %d is empty", it.Span.Start)
		}
		if err := c.part(it.Span, RoleItem, "item"); err != nil {
			return err
		}
		if !s.Span.Contains(it.Span) {
			return broken("item at %d lies outside its section %d-%d", it.Span.Start, s.Span.Start, s.Span.End)
		}
		if strings.TrimSpace(c.d.Text(it.Span)) == "" {
			return broken("item at %d is blank", it.Span.Start)
		}
		if err := c.items(s, it.Children); err != nil {
			return err
		}
	}
	return nil
}

// whole proves that s lies in the source and cuts no character.
func (c *checker) whole(s Span, what string) error {
	if s.Start < 0 || s.End > len(c.d.Source) {
		return broken("%s at %d-%d lies outside the source", what, s.Start, s.End)
	}
	if !boundary(c.d.Source, s.Start) || !boundary(c.d.Source, s.End) {
		return broken("%s at %d-%d cuts a character", what, s.Start, s.End)
	}
	return nil
}

// lies proves that the bytes of s, which parts may share and which come in any
// order, are of role, or dropped and deleted.
func (c *checker) lies(s Span, role Role, what string) error {
	if s.Empty() {
		return nil
	}
	if err := c.whole(s, what); err != nil {
		return err
	}
	first, _ := slices.BinarySearchFunc(c.d.Regions, s.Start+1, func(r Region, p int) int { return cmp.Compare(r.End, p) })
	return c.role(first, s, role, what)
}

// part proves that s begins behind the last part, and that its bytes are of
// role, or dropped and deleted.
func (c *checker) part(s Span, role Role, what string) error {
	if s.Empty() {
		return nil
	}
	if s.Start < c.at || s.End > len(c.d.Source) {
		return broken("%s at %d-%d begins before %d, where the last part ended", what, s.Start, s.End, c.at)
	}
	if err := c.whole(s, what); err != nil {
		return err
	}
	c.at = s.End
	for c.region < len(c.d.Regions) && c.d.Regions[c.region].End <= s.Start {
		c.region++
	}
	if err := c.role(c.region, s, role, what); err != nil {
		return err
	}
	return c.straddled(s, what)
}

// role proves that the bytes of s, which begins in region first, are of role,
// or dropped and deleted.
func (c *checker) role(first int, s Span, role Role, what string) error {
	for i := first; i < len(c.d.Regions) && c.d.Regions[i].Start < s.End; i++ {
		r := c.d.Regions[i]
		in := Span{max(r.Start, s.Start), min(r.End, s.End)}
		switch {
		case r.Role == role:
			if role == RoleItem {
				c.claimed += in.Len()
			}
		case r.Role == RoleDropped && c.deleted(in):
		default:
			return broken("%s at %d-%d holds a region of role %s at %d", what, s.Start, s.End, r.Role, in.Start)
		}
	}
	return nil
}

// deleted reports whether edits delete every byte of s.
func (c *checker) deleted(s Span) bool {
	at := s.Start
	for _, e := range c.d.editsFrom(s.Start) {
		if at >= s.End || e.Span.Start > at {
			break
		}
		if e.After == "" {
			at = e.Span.End
		}
	}
	return at >= s.End
}

// straddled reports an edit that crosses a border of s.
func (c *checker) straddled(s Span, what string) error {
	for c.edit < len(c.d.Edits) && c.d.Edits[c.edit].Span.End <= s.Start {
		c.edit++
	}
	for _, e := range c.d.Edits[c.edit:] {
		if e.Span.Start >= s.End {
			break
		}
		if e.Span.Overlaps(s) && !s.Contains(e.Span) {
			return broken("edit %s at %d-%d crosses the border of the %s at %d-%d",
				e.Rule, e.Span.Start, e.Span.End, what, s.Start, s.End)
		}
	}
	return nil
}

// itemRegionsClaimed proves that no text of role item is outside the items.
func (c *checker) itemRegionsClaimed() error {
	n := 0
	for _, r := range c.d.Regions {
		if r.Role == RoleItem {
			n += r.Len()
		}
	}
	if n != c.claimed {
		return broken("%d bytes are of role item, but items hold %d", n, c.claimed)
	}
	return nil
}

// editsFrom is the ledger from the first edit that ends behind offset p.
func (d *Document) editsFrom(p int) []Edit {
	i, _ := slices.BinarySearchFunc(d.Edits, p, func(e Edit, p int) int {
		if e.Span.End <= p {
			return -1
		}
		return 1
	})
	return d.Edits[i:]
}
