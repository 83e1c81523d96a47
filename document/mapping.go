package document

// MapSpans replaces every span of the articles of d by what to makes of it:
// the way from a view's coordinates to the source's. Empty spans stay the
// zero Span.
func MapSpans(d *Document, to func(Span) Span) {
	m := func(s *Span) {
		if s.Empty() {
			*s = Span{}
			return
		}
		*s = to(*s)
	}
	for ai := range d.Articles {
		a := &d.Articles[ai]
		m(&a.Heading)
		for pi := range a.Positions {
			p := &a.Positions[pi]
			m(&p.Title)
			m(&p.Heading)
			for fi := range p.Fields {
				m(&p.Fields[fi].Name)
				m(&p.Fields[fi].Value)
			}
			for si := range p.Sections {
				s := &p.Sections[si]
				m(&s.Heading)
				m(&s.Span)
				walkItems(s.Items, func(it *Item) {
					m(&it.Marker)
					m(&it.Span)
				})
			}
		}
	}
}

// MapRegions brings the regions of a view back to the source. Text that an
// edit deleted belongs to the region it stood in, or is dropped with the
// reason that dropReason gives for the edit's rule ([NoReason] for none); deleted text
// between two regions goes to the one before it.
func MapRegions(v View, regions []Region, source string, dropReason func(rule string) Reason) []Region {
	if len(v.edits) == 0 {
		return regions
	}
	out := make([]Region, 0, len(regions)+len(v.edits))
	add := func(r Region) {
		if r.Empty() {
			return
		}
		if n := len(out); n > 0 && out[n-1].Role == r.Role && out[n-1].Reason == r.Reason && r.Role != RoleHeading {
			out[n-1].End = r.End
			return
		}
		out = append(out, r)
	}
	at, next := 0, 0 // source offset; first edit that begins at or behind it
	fill := func(end int, r Region) {
		for next < len(v.edits) && v.edits[next].Span.Start < end {
			e := v.edits[next]
			next++
			reason := dropReason(e.Rule)
			if reason == NoReason || e.After != "" || e.Span.Start < at {
				continue
			}
			r.Span = Span{at, e.Span.Start}
			add(r)
			add(Region{Span: e.Span, Role: RoleDropped, Reason: reason})
			at = e.Span.End
		}
		r.Span = Span{at, end}
		add(r)
		at = max(at, end)
	}
	first := len(source)
	if len(regions) > 0 {
		first = v.start(regions[0].Start)
	}
	fill(first, Region{Role: RoleBlank})
	for i, r := range regions {
		end := len(source)
		if i+1 < len(regions) {
			end = v.start(regions[i+1].Start)
		}
		fill(end, r)
	}
	return out
}

// MergeEdits is one ledger of two: an edit of second that overlaps one of
// first, or stands in the same place, is left out.
func MergeEdits(first, second []Edit) []Edit {
	out := make([]Edit, 0, len(first)+len(second))
	i := 0
	for _, e := range second {
		for i < len(first) && first[i].Span.End <= e.Span.Start && first[i].Span != e.Span {
			out = append(out, first[i])
			i++
		}
		if i < len(first) && (first[i].Span.Overlaps(e.Span) || first[i].Span == e.Span) {
			continue
		}
		out = append(out, e)
	}
	return append(out, first[i:]...)
}
