package pagegen

import (
	"strings"
	"unicode/utf8"

	"zhize/internal/evaluate"
	"zhize/internal/pagegen/internal/sheet"
)

// Bounds of an answer's lists: enough to rate a page by, few enough to read.
const (
	mostRepairs   = 40
	mostUntouched = 12
)

// answer is what should be read from the sheet, faults and all.
func answer(s *sheet.Sheet) evaluate.Answer {
	a := evaluate.Answer{Page: evaluate.AnswerPage{
		Title: string(s.Show(nil, s.Title)), DeclaredArticles: s.Declared, Articles: s.Articles,
		Boilerplate: boilerplate(s),
	}}
	a.Positions = make([]evaluate.AnswerPosition, len(s.Positions))
	for i := range s.Positions {
		p := &s.Positions[i]
		to := &a.Positions[i]
		to.Article = p.Article
		if p.Title != "" {
			to.Title = &p.Title
		}
		to.Sections = make([]evaluate.AnswerSection, len(p.Sections))
		for k, section := range p.Sections {
			to.Sections[k] = evaluate.AnswerSection{Kind: section.Kind, Heading: section.Heading}
		}
	}
	for i := range s.Lines {
		l := &s.Lines[i]
		switch l.Role {
		case sheet.Item:
			section := &a.Positions[l.Position].Sections[l.Section]
			section.Items = append(section.Items, item(l))
		case sheet.Child:
			items := a.Positions[l.Position].Sections[l.Section].Items
			last := &items[len(items)-1]
			last.Children = append(last.Children, item(l))
		}
	}
	a.Repairs = repairs(s)
	return a
}

func item(l *sheet.Line) evaluate.AnswerItem {
	it := evaluate.AnswerItem{Raw: l.Text.Clean, Fragment: l.Fragment}
	if l.Number > 0 {
		n := l.Number
		it.N = &n
	}
	return it
}

// boilerplate is the first long clause of each of the site's lines, as shown.
func boilerplate(s *sheet.Sheet) []string {
	var out []string
	seen := make(map[string]bool)
	add := func(text string) {
		for clause := range strings.FieldsFuncSeq(text, isStop) {
			if !longEnough(clause) {
				continue
			}
			if shown := string(s.Show(nil, clause)); !seen[shown] {
				seen[shown] = true
				out = append(out, shown)
			}
			return
		}
	}
	for i := range s.Lines {
		// The page's title is made of the words of heads; contents are heads.
		switch l := &s.Lines[i]; l.Role {
		case sheet.PageTitle, sheet.Contents, sheet.Navigation:
		default:
			if l.Role.Site() {
				add(l.Text.Clean)
			}
		}
	}
	for _, text := range s.Boilerplate {
		add(text)
	}
	return out
}

func isStop(r rune) bool { return strings.ContainsRune("，。；！？", r) }

// longEnough reports texts that cannot stand in an item by chance.
func longEnough(text string) bool { return utf8.RuneCountInString(text) >= 8 }

// repairs are what the faults should become, and what looks like one.
func repairs(s *sheet.Sheet) evaluate.AnswerRepairs {
	var out evaluate.AnswerRepairs
	for i := range s.Lines {
		l := &s.Lines[i]
		if l.Role != sheet.Item || l.Fragment {
			continue
		}
		for k, f := range l.Text.Faults() {
			list := &out.Certain
			if f.Repair == sheet.Likely {
				list = &out.Likely
			}
			if f.Repair == sheet.Unrated || len(*list) >= mostRepairs {
				continue
			}
			if before, after, ok := l.Text.Window(k, s.Show); ok {
				*list = append(*list, [2]string{before, after})
			}
		}
		if s.Mirror && len(out.Certain) < mostRepairs && i%3 == 0 {
			if pair, ok := converted(s, l); ok {
				out.Certain = append(out.Certain, pair)
			}
		}
		if len(out.Untouched) < mostUntouched {
			if trap := trapIn(&l.Text); trap != "" {
				out.Untouched = append(out.Untouched, trap)
			}
		}
	}
	return out
}

// converted is a clause of the line as a mirror shows it and as it should be.
func converted(s *sheet.Sheet, l *sheet.Line) (pair [2]string, ok bool) {
	const length = 4 * 3 // four Chinese characters
	text := l.Text.Clean
	if len(text) < length || !l.Text.Free(0, length, sheet.Apart) {
		return pair, false
	}
	for i, r := range text[:min(length, len(text))] {
		if !sheet.Han(r) || i+3 > length {
			return pair, false
		}
	}
	pair = [2]string{string(s.Show(nil, text[:length])), text[:length]}
	return pair, pair[0] != pair[1]
}

// trapIn is a text that looks like a mark or a fault and is none: a time, a
// decimal, a version, a name with a point or a sign, numbers with 、 between
// them. It is cut with the Chinese character behind it, where there is one.
func trapIn(t *sheet.Text) string {
	text := t.Clean
	for i := 0; i < len(text); i++ {
		if text[i] >= utf8.RuneSelf || text[i] == ' ' {
			continue
		}
		end, signs := i, 0
		for end < len(text) {
			if text[end] < utf8.RuneSelf && text[end] != ' ' {
				if strings.IndexByte(".:+#/-", text[end]) >= 0 {
					signs++
				}
				end++
				continue
			}
			// 3、4级 is one text.
			if rest, ok := strings.CutPrefix(text[end:], "、"); ok && digit(text[end-1]) && startsWithDigit(rest) {
				signs++
				end += len("、")
				continue
			}
			break
		}
		if r, size := utf8.DecodeRuneInString(text[end:]); signs > 0 && end-i >= 3 && sheet.Han(r) {
			if t.Free(i, end+size, sheet.Apart) && plainAcross(r) {
				return text[i : end+size]
			}
		}
		i = end
	}
	return ""
}

func digit(b byte) bool { return b >= '0' && b <= '9' }

// plainAcross reports characters that a mirror shows as they are, so that the
// text is the same on every page.
func plainAcross(r rune) bool {
	m := sheet.Sheet{Mirror: true}
	return string(m.Show(nil, string(r))) == string(r)
}
