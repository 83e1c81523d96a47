package outline

import (
	"zhize/document"
	"zhize/extract/outline/lexicon"
	"zhize/extract/outline/marker"
)

// maxGroup is the longest text, in characters, that heads a group of items.
const maxGroup = 24

// inferKind reads the kind of the list that begins at the current marker off
// its items.
func (a *assembler) inferKind() document.Kind { return lexicon.InferKind(a.listAhead()) }

// listAhead gives the texts of the list that begins at the next marker, the
// first of them.
func (a *assembler) listAhead() (texts []string) {
	at := a.at
	for at+1 < len(a.tokens) && a.tokens[at].kind != markerToken {
		at++
	}
	if a.tokens[at].kind != markerToken {
		return nil
	}
	style, last := a.tokens[at].mark.Style, 0
	for i := at; i < len(a.tokens) && len(texts) < lookAhead && i < at+tokensAhead; i++ {
		switch t := &a.tokens[i]; t.kind {
		case headToken, titleToken, fieldToken:
			return texts
		case markerToken:
			if t.mark.Style == style {
				if t.mark.Ordinal < last {
					return texts
				}
				last = t.mark.Ordinal
			}
		case textToken:
			texts = append(texts, a.b.str(t.span))
		}
	}
	return texts
}

// groupHead takes a counted line that heads a group of items: 三、监督工作 with
// 1、 below it, (一)招聘与配置, 第二节 …
func (a *assembler) groupHead(t token) bool {
	switch t.mark.Style {
	case marker.Chapter, marker.SubChapter, marker.Chinese, marker.ChineseParen, marker.Clause, marker.Decimal:
	default:
		return false
	}
	text, list := a.following(), a.tokenAt(a.at+2)
	if text == nil || text.kind != textToken || text.line != t.line && !t.mark.Alone {
		return false
	}
	chapter := t.mark.Style <= marker.SubChapter
	if !chapter && !a.headsLines(t) && (list == nil || list.kind != markerToken || list.mark.Ordinal > 1 || !inside(list.mark.Style, t.mark.Style)) {
		return false
	}
	head := headEnds.TrimRight(a.b.str(text.span))
	if !atMost(head, maxGroup) || sentenceEnds.In(head) || lexicon.OpensDuty(head) && lexicon.Announces(head) {
		return false
	}
	if title, ok := a.b.titled(text.span); ok && chapter {
		a.nameJob(token{kind: titleToken, span: document.Span{Start: t.span.Start, End: text.span.End}, mark: t.mark, marked: true, named: &named{title: title}})
		a.at++
		return true
	}
	own := false
	if h, before, ok := lexicon.HeadAtEnd(head); ok && before == "" && h.Own {
		own = true
	}
	kind, explicit := document.Responsibilities, false
	if a.sec != nil && a.sec.kind != "" {
		kind = a.sec.kind
	}
	if k, ok := lexicon.GroupKind(head); ok {
		kind, explicit = k, true
	}
	span := document.Span{Start: t.span.Start, End: text.span.End}
	a.b.claim(span, document.RoleHeading)
	a.openSection(kind, a.b.headWords(text.span), explicit || a.pos.has(kind))
	a.sec.from, a.sec.own = 0, own
	a.lastTop, a.group = t, t
	a.at++
	return true
}

// inside reports markers that count inside what others head: 1、 below 一、, and
// 第一条 too, which elsewhere is the outer one.
func inside(inner, outer marker.Style) bool {
	return inner > outer || inner == marker.Clause && (outer == marker.Chinese || outer == marker.ChineseParen)
}

// headsLines reports a counted line that heads unnumbered ones: two lines or
// more stand between it and the next of its count, each a sentence or an item
// of the page's markup, and it is none itself.
func (a *assembler) headsLines(t token) bool {
	text := a.following()
	if t.mark.Style != marker.Chinese && t.mark.Style != marker.ChineseParen || itemStops.In(lastRune(a.b.str(text.span))) {
		return false
	}
	lines, last := 0, text.line
	for i := a.at + 2; i < len(a.tokens) && lines < 3; i++ {
		f := &a.tokens[i]
		if f.kind != textToken {
			break
		}
		if f.line == last {
			continue
		}
		if l := &a.b.lines[f.line]; l.kind != document.ListItem && !a.b.ended(f.span) {
			return false
		}
		lines, last = lines+1, f.line
	}
	return lines >= 2
}
