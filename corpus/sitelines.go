package corpus

import (
	"strings"

	"zhize/document"
	"zhize/evidence/sitetext"
	"zhize/extract/outline/lexicon"
)

// sitePage is what a page, read without knowing its site, tells of it: the lines
// that stand in no list, heading or form, and those that do. ok is false for a page
// without a list: where its duties end, nothing tells.
//
// A line that follows a list and was read as one more item without a number is
// loose: a site's line below the duties looks like that. One that follows a heading
// is no evidence of either: it may be a duty of a list without numbers. So may one
// that opens like a duty, wherever it stands: it is never a site's.
func sitePage(d *document.Document) (p sitetext.Page, ok bool) {
	type item struct {
		document.Span
		listed bool
	}
	var items []item
	var texts []string
	d.Walk(func(_ *document.Article, _ *document.Position, _ *document.Section, it *document.Item) {
		listed := it.Number != 0 || !it.Marker.Empty()
		items = append(items, item{it.Span, listed})
		if listed {
			texts = append(texts, d.Text(it.Span))
		}
	})
	name, ok := sitetext.Name(texts)
	if !ok {
		return p, false
	}
	p.Site, p.Name, p.Listed = sitetext.Of(d.Page.URI, d.Page.Site), name, texts
	loose := func(span document.Span) {
		if text := strings.TrimSpace(d.Text(span)); !lexicon.OpensDuty(text) {
			p.Loose = append(p.Loose, text)
		}
	}
	region, next := 0, 0
	below := false // the last of the page's lists that began has no heading behind it yet
	for start := 0; start < len(d.Source); {
		end := len(d.Source)
		if n := strings.IndexByte(d.Source[start:], '\n'); n >= 0 {
			end = start + n
		}
		span := document.Span{Start: start, End: end}
		start = end + 1
		roles, reason := rolesIn(d.Regions, &region, span)
		for next < len(items) && items[next].End <= span.Start {
			next++
		}
		switch {
		case roles.has(document.RoleHeading) || roles.has(document.RoleField):
			below = false
			p.Listed = append(p.Listed, strings.TrimSpace(d.Text(span)))
		case roles.has(document.RoleItem) && next < len(items):
			it := items[next]
			if it.listed || roles.has(document.RoleMarker) {
				below = true
			} else if below && it.Start >= span.Start && it.End <= span.End {
				loose(span)
			}
		case roles == 1<<document.RoleDropped && (reason == document.Unplaced || reason == document.Introduction || reason == document.Footer):
			loose(span)
		}
	}
	return p, true
}

// roleSet has a bit for each role.
type roleSet uint16

func (s roleSet) has(r document.Role) bool { return s>>r&1 == 1 }

// rolesIn are the roles of a line, without blanks and what copy protection put
// in, and the reason of the last dropped one. from is where to begin, and moves on.
func rolesIn(regions []document.Region, from *int, line document.Span) (roles roleSet, reason document.Reason) {
	for *from < len(regions) && regions[*from].End <= line.Start {
		*from++
	}
	for _, r := range regions[*from:] {
		if r.Start >= line.End {
			break
		}
		if r.Role != document.RoleBlank && r.Reason != document.Inserted {
			roles |= 1 << r.Role
		}
		if r.Role == document.RoleDropped && r.Reason != document.Inserted {
			reason = r.Reason
		}
	}
	return roles, reason
}
