package outline

import (
	"slices"
	"strings"

	"zhize/document"
	"zhize/extract/outline/lexicon"
	"zhize/extract/outline/runeset"
)

// A list of other documents has this many entries at least and at most;
// maxEntry is the longest, in characters.
const (
	minRelated = 2
	maxRelated = 100
	maxEntry   = 40
)

// entryTails may stand behind an entry's name: the day on which it was put up,
// as 10-12 or 2023-10-12, and what parts it from the name.
var (
	entryTails  = runeset.Of("0123456789-/.:年月日…· 　\u00a0[]()（）")
	entryStops  = runeset.Of("。；;，,！!？?：:\t|")
	entryQuotes = runeset.Of("《》“”\" 　")
)

// documentNames end names of documents that are no job descriptions.
var documentNames = [...]string{"书", "报告", "手册", "格式", "合同", "方案", "计划", "简历", "讲稿", "发言稿", "心得", "体会", "纪要", "通知", "办法", "规定", "流程", "文案", "标语", "篇"}

// dropRelated drops the list of other documents below line n, the head of one:
// what tells it are entries without a mark of sentences, most of which name
// documents. It returns the last line of the list, n where there is none. The last
// entry stays where a list stands below it whose heading it is.
func (b *builder) dropRelated(n int) int {
	if entryStops.In(colons.TrimRight(b.str(b.lines[n].span))) {
		return n // a sentence that speaks of documents
	}
	end, entries, named := n, 0, 0
	for i := n + 1; i < len(b.lines) && entries < maxRelated; i++ {
		l := &b.lines[i]
		if b.isArticleHead(i) && !l.bullet || l.columns || l.heads {
			break
		}
		name, dated := b.entry(i)
		if name == "" || !atMost(name, maxEntry) || entryStops.In(name) || headsSection(name) {
			if l.numbers && !l.bullet && end == i-1 && end > n && !b.lines[end].numbers && lexicon.LegalWords(b.str(l.span)) == 0 {
				end--
				entries--
			}
			break
		}
		if dated || namesEntry(name) {
			named++
		} else if lexicon.OpensDuty(name) {
			break
		}
		entries++
		end = i
	}
	if entries < minRelated || named*3 < entries*2 {
		return n
	}
	for i := n + 1; i <= end; i++ {
		b.lines[i].reason = document.Related
	}
	return end
}

// entry is the name that line n holds, behind its marker if it has one, and whether
// a day stands behind it.
func (b *builder) entry(n int) (name string, dated bool) {
	s := b.lines[n].span
	if c := b.lineMarker(n); c != nil {
		s.Start = min(c.Body, s.End)
	}
	text := entryQuotes.Trim(b.str(s))
	if colons.In(lastRune(text)) {
		return "", false // the heading of a section or a job
	}
	name = entryTails.TrimRight(text)
	tail := strings.TrimLeft(text[len(name):], "…·[]()（） 　")
	return entryQuotes.Trim(name), strings.ContainsAny(tail, "-/月") && len(tail) >= len("1-1")
}

// headsSection reports a heading of a section and nothing else.
func headsSection(text string) bool {
	_, before, ok := lexicon.HeadAtEnd(text)
	return ok && before == ""
}

// namesEntry reports the name of a document.
func namesEntry(name string) bool {
	if namesDocuments(name) {
		return true
	}
	return slices.ContainsFunc(documentNames[:], func(w string) bool { return strings.HasSuffix(name, w) })
}
