package outline

import (
	"strings"

	"zhize/document"
	"zhize/extract/outline/lexicon"
	"zhize/extract/outline/marker"
)

func (a *assembler) titleToken(t token) {
	f := a.following()
	if t.element && !t.marked {
		a.elementHead(t)
		return
	}
	if f != nil && (f.kind == headToken && f.title.Empty() || f.kind == fieldToken && f.key.Field != "title" ||
		f.kind == markerToken && f.mark.Ordinal == 1 && (!t.marked || f.mark.Style != t.mark.Style)) && !a.insideList(t, f) {
		a.newPosition()
		a.pos.title, a.pos.heading, a.pos.origin = t.title, t.title, document.FromHeading
		a.b.claim(t.span, document.RoleHeading, "")
		if t.marked {
			a.lastTop = t
		}
		return
	}
	if t.marked {
		m := token{kind: markerToken, span: t.mark.Span, line: t.line, first: t.first, mark: t.mark, marked: true}
		a.markerToken(m)
		t.span.Start = t.mark.Body
	}
	a.textToken(token{kind: textToken, span: t.span, line: t.line, first: t.first && !t.marked})
}

// elementHead takes a heading element: it ends what stands before it, and
// names a position where its words are a job's.
func (a *assembler) elementHead(t token) {
	a.b.claim(t.span, document.RoleHeading, "")
	a.field = nil
	named := lexicon.HasCore(a.b.str(t.title))
	if named || a.pos.hasItems() {
		a.newPosition()
	}
	if named {
		a.pos.title, a.pos.heading, a.pos.origin = t.title, t.title, document.FromHeading
	}
}

// insideList reports a title that is the value of an open field, or an item
// with a list of its own below it.
func (a *assembler) insideList(t token, f *token) bool {
	if a.field != nil && a.field.Value.Empty() && !t.marked {
		return true
	}
	return f.kind == markerToken && t.marked && f.mark.Style > marker.Arabic && len(a.stack) > 0 &&
		a.stack[0].style == t.mark.Style && a.sec != nil && a.sec.explicit && t.mark.Ordinal == a.stack[0].last+1
}

// contextTitle lends the only position of an article, where nothing names
// it, the job in the article's heading.
func (a *assembler) contextTitle() {
	if len(a.out) != 1 || !a.out[0].title.Empty() || a.out[0].field("title") {
		return
	}
	if a.head == nil {
		a.pageTitle()
		return
	}
	if !a.head.title.Empty() {
		a.out[0].title, a.out[0].origin = a.head.title, document.FromContext
		return
	}
	text := a.b.str(a.head.span)
	if a.head.style == pianEnd {
		if i := strings.LastIndex(text, "篇"); i > 0 {
			text = text[:i]
		}
	} else if a.head.style == digitEnd {
		text = a.head.base
	}
	job, _ := jobOf(text)
	at := strings.Index(text, job)
	if job == "" || at < 0 || !lexicon.TitleShaped(job) || !lexicon.HasCore(job) {
		return
	}
	start := a.head.span.Start + at
	a.out[0].title = document.Span{Start: start, End: start + len(job)}
	a.out[0].origin = document.FromContext
}

// pageTitle lends the only position of a page without articles the job that
// the page's title line names.
func (a *assembler) pageTitle() {
	key := titleKey(a.b.in.Title)
	for _, l := range a.b.lines {
		text := a.b.str(l.span)
		if key == "" || !l.meta || titleKey(text) != key {
			continue
		}
		at := len(text) - len(strings.TrimLeft(text, "0123456789年最新版 　"))
		job, _ := jobOf(strings.TrimRight(cutBrackets(text[at:]), " 　"))
		if i := strings.Index(text, job); job != "" && i >= 0 && lexicon.TitleShaped(job) && lexicon.HasCore(job) {
			start := l.span.Start + i
			a.out[0].title = document.Span{Start: start, End: start + len(job)}
			a.out[0].origin = document.FromContext
		}
		return
	}
}

// cutBrackets takes a bracketed tail and a file's extension off a title:
// 保安员岗位职责（精选5篇）.doc
func cutBrackets(text string) string {
	for _, mark := range []string{"（", "(", "【", "[", "_", ".doc"} {
		if i := strings.Index(text, mark); i > 0 {
			text = text[:i]
		}
	}
	return text
}

// sharedTitle reports a page whose articles all bear one job: then it is the
// page's topic rather than each article's title.
func (b *builder) sharedTitle() bool {
	if len(b.heads) < 2 {
		return false
	}
	for _, h := range b.heads[1:] {
		if b.str(h.title) != b.str(b.heads[0].title) {
			return false
		}
	}
	return true
}
