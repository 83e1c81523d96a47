package extract

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"zhize/document"
	"zhize/extract/internal/numeral"
	"zhize/extract/markup"
	"zhize/extract/outline/lexicon"
	"zhize/internal/lazyregexp"
)

// meta gathers what a page says of itself.
type meta struct {
	title   string // from outside
	said    markup.Said
	source  string // the site that a line of the page names
	guessed bool   // the title was read off the text
}

// Where the words of a page about itself are looked for.
const (
	headLines  = 30 // lines that are not dropped, from the top
	headLetter = 200
)

// The patterns are used on single short lines of the head of a page.
var (
	datePattern = lazyregexp.New(`((?:19|20)\d\d)\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})日?(?:[ T\x{3000}]*(\d{1,2})[:：](\d{2})(?:[:：](\d{2}))?)?`)
	editorWords = lazyregexp.New(`(?:小编|责任编辑|责编|编辑|作者|发布者|发布人)\s*[:：]\s*([^\s\p{Z}|，。；:：]{1,16})`)
	formatWord  = lazyregexp.New(`(?:格式|类型)\s*[:：]\s*\.?(?i:(docx?|pdf|txt|xlsx?|pptx?|wps|rtf|word|excel))\b`)
	uploadWords = lazyregexp.New(`(?:上传|上载)(?:日期|时间)?\s*[:：]\s*`)
	pageWords   = lazyregexp.New(`(?:页码|页数)\s*[:：]\s*共?\s*(\d{1,5})|共\s*(\d{1,5})\s*页`)
	sourceWords = lazyregexp.New(`来源\s*[:：]\s*([^\s\p{Z}|，。；:：]{2,14})`)
)

// fill completes p from what was gathered and from the lines at the top of
// the page's text.
func (m *meta) fill(p *document.Page, source string, dropped []document.Region) {
	lines := topLines(source, dropped)
	for _, l := range lines {
		if !numeral.Leads(l) {
			m.line(p, l)
		}
	}
	said := ""
	for i := 0; i < len(m.said.Dates) && said == ""; i++ {
		said = isoDate(m.said.Dates[i])
	}
	p.Published = cmp.Or(said, p.Published, isoDate(p.Uploaded))
	m.titles(p, lines)
	p.Site = cmp.Or(p.Site, m.source)
	p.Declared = declared(p.Title)
}

// topLines are the first lines of the text, without what is dropped of them,
// up to the first that begins a list.
func topLines(source string, dropped []document.Region) []string {
	var lines []string
	for at := 0; at < len(source) && len(lines) < headLines; {
		end := strings.IndexByte(source[at:], '\n')
		if end < 0 {
			end = len(source) - at
		}
		line := document.Span{Start: at, End: at + end}
		at += end + 1
		for len(dropped) > 0 && dropped[0].End <= line.Start {
			dropped = dropped[1:]
		}
		if len(dropped) > 0 && dropped[0].Start <= line.Start {
			line.Start = min(dropped[0].End, line.End)
		}
		if i := slices.IndexFunc(dropped, func(d document.Region) bool { return d.Start >= line.Start }); i >= 0 && i < 2 && dropped[i].Start < line.End {
			line.End = dropped[i].Start
		}
		s := strings.TrimSpace(trimRunes(line.Of(source), headLetter))
		if s == "" {
			continue
		}
		if numeral.Leads(s) && len(lines) > 2 {
			break
		}
		lines = append(lines, s)
	}
	return lines
}

// line reads one line of the head.
func (m *meta) line(p *document.Page, s string) {
	short := utf8.RuneCountInString(s) < shortLine
	if strings.ContainsAny(s, ":：") || short && strings.Contains(s, "页") {
		s = m.particulars(p, s, short)
	}
	if p.Published == "" && short {
		p.Published = isoDate(s)
	}
}

// particulars reads what stands behind keys, and returns the line without the
// date of its upload. The patterns are tried only on lines that hold one of
// their characters.
func (m *meta) particulars(p *document.Page, s string, short bool) string {
	if p.Format == "" && (strings.Contains(s, "格式") || strings.Contains(s, "类型")) {
		if g := formatWord().FindStringSubmatch(s); g != nil {
			p.Format = strings.ToUpper(g[1])
		}
	}
	if p.PageCount == 0 && short && strings.Contains(s, "页") {
		if g := pageWords().FindStringSubmatch(s); g != nil {
			p.PageCount, _ = strconv.Atoi(cmp.Or(g[1], g[2]))
		}
	}
	if p.Editor == "" && short && strings.ContainsAny(s, "编作发") {
		if g := editorWords().FindStringSubmatch(s); g != nil && !numeral.Leads(g[1]) {
			p.Editor = g[1]
		}
	}
	if m.source == "" && short && strings.Contains(s, "来源") {
		if g := sourceWords().FindStringSubmatch(s); g != nil && isSite(g[1]) && !slices.Contains(noSites, g[1]) {
			m.source = g[1]
		}
	}
	if p.Uploaded == "" && strings.Contains(s, "上") {
		if at := uploadWords().FindStringIndex(s); at != nil {
			if d := datePattern().FindStringIndex(s[at[1]:]); d != nil && d[0] == 0 {
				p.Uploaded = strings.TrimSpace(s[at[1] : at[1]+d[1]])
				s = s[:at[0]] + s[at[1]+d[1]:]
			}
		}
	}
	return s
}

// shortLine is the longest line of particulars, in characters.
const shortLine = 80

// isoDate is the first date of s as ISO 8601, with its time if it has one, ""
// if there is none. A zone is left out: pages give local time.
func isoDate(s string) string {
	if !strings.Contains(s, "20") && !strings.Contains(s, "19") {
		return ""
	}
	g := datePattern().FindStringSubmatch(trimRunes(s, headLetter))
	if g == nil {
		return ""
	}
	var n [6]int
	for i := range n {
		n[i], _ = strconv.Atoi(g[i+1])
	}
	if n[1] < 1 || n[1] > 12 || n[2] < 1 || n[2] > 31 {
		return ""
	}
	date := fmt.Sprintf("%04d-%02d-%02d", n[0], n[1], n[2])
	switch {
	case g[4] == "" || n[3] > 23 || n[4] > 59 || n[5] > 59:
		return date
	case g[6] == "":
		return fmt.Sprintf("%sT%02d:%02d", date, n[3], n[4])
	}
	return fmt.Sprintf("%sT%02d:%02d:%02d", date, n[3], n[4], n[5])
}

// titles sets the page's title and site.
func (m *meta) titles(p *document.Page, lines []string) {
	p.Site = m.said.Site
	page, site := cutSite(m.said.Title, m.said.Site)
	if p.Site == "" {
		p.Site = site
	}
	open, _ := cutSite(m.said.OpenTitle, p.Site)
	switch {
	case strings.TrimSpace(m.title) != "":
		p.Title = strings.TrimSpace(m.title)
	case open != "":
		p.Title = open
	case page != "":
		p.Title, site = m.shown(page, lines)
		if p.Site == "" {
			p.Site = site
		}
	case m.said.Heading != "":
		p.Title = m.said.Heading
	default:
		p.Title = lineTitle(lines)
		m.guessed = true
	}
}

// Retitle reads the title again where the page's text alone gave it: the text
// may have been repaired since. Pages whose markup or caller names a title,
// and pages with dropped parts, keep theirs.
func (r *Result) Retitle(text string) {
	if !r.guessed || len(r.Dropped) > 0 {
		return
	}
	r.Page.Title = lineTitle(topLines(text, nil))
	r.Page.Declared = declared(r.Page.Title)
}

// shown cuts a title at a heading or line of the page that it begins with:
// what follows is the site's category, or its name.
func (m *meta) shown(title string, lines []string) (string, string) {
	for _, l := range append([]string{m.said.Heading}, lines...) {
		rest, ok := strings.CutPrefix(title, l)
		if !ok || utf8.RuneCountInString(l) < minTitle || rest == "" {
			continue
		}
		rest = cutExtension(rest)
		if r, _ := utf8.DecodeRuneInString(rest); rest == "" || strings.ContainsRune(" _-—–|｜＿", r) {
			if rest = strings.TrimLeft(rest, " _-—–|｜＿"); !isSite(rest) {
				rest = ""
			}
			return l, rest
		}
	}
	return title, ""
}

// extensions of files stand in titles where a site names the file.
var extensions = []string{".docx", ".doc", ".pdf", ".txt", ".xlsx", ".xls", ".pptx", ".ppt", ".wps"}

// cutExtension takes a file's extension off the beginning of s.
func cutExtension(s string) string {
	for _, e := range extensions {
		if len(s) >= len(e) && strings.EqualFold(s[:len(e)], e) {
			return s[len(e):]
		}
	}
	return s
}

// minTitle is the fewest characters of a line that is taken for the title.
const minTitle = 5

// siteWords end the name of a site in a page's title.
var siteWords = []string{
	"网", "库", "范文", "站", "论坛", "百科", "频道", "社区", "平台", ".com", ".cn", ".net", ".org", "贴吧", "知道", "资料库", "文档", "中心",
	"首页", "招聘", "下载", "网站", "人才", "博客", "图书馆", "門戶", "網", "文庫", "範文",
}

// noSites are sources that name no site.
var noSites = []string{"本站", "本网", "网络", "互联网", "因特网", "原创", "本网站", "各大网站", "招聘网站"}

// maxSite is the most characters a site's name has.
const maxSite = 14

// cutSite parts a page's title from the names of sites and categories behind
// it: "X_某某网" and "X - 某某文库" are X. What is cut last, which stands
// first, names no site if it is only a category.
func cutSite(title, site string) (string, string) {
	found := ""
	for range 3 {
		at, size := -1, 0
		for _, sep := range []string{"_", " - ", " – ", " — ", "|", "｜", "-", "—", "–", "＿", "·"} {
			if i := strings.LastIndex(title, sep); i > at && i > 0 {
				at, size = i, len(sep)
			}
		}
		if at < 0 {
			break
		}
		tail := strings.TrimSpace(title[at+size:])
		if tail != site && (!isSite(tail) || strings.ContainsAny(tail, "()（）")) {
			break
		}
		if found == "" {
			found = tail
		}
		title = strings.TrimSpace(title[:at])
	}
	return strings.Trim(title, " _-—–|｜＿"), found
}

func isSite(s string) bool {
	if s == "" {
		return true
	}
	if utf8.RuneCountInString(s) > maxSite {
		return false
	}
	for _, w := range siteWords {
		if strings.HasSuffix(strings.ToLower(s), w) {
			return true
		}
	}
	return false
}

// titleWords stand in the title of a page of job descriptions.
var titleWords = []string{
	"岗位", "职责", "说明书", "职位", "职务", "范文", "制度", "招聘", "工作内容", "崗位", "職責", "說明書", "職位", "職務", "工作說明",
}

// dutyWords begin duties and requirements, and no job's name.
var dutyWords = []string{
	"负责", "協助", "协助", "参与", "參與", "配合", "制定", "制订", "根据", "根據", "按照", "完成", "建立", "完善", "做好", "严格", "認真", "认真",
	"熟悉", "了解", "掌握", "具有", "具备", "負責", "以下", "本文",
}

// lineTitle is the first line of a text page, above its first number or section, that
// reads like a title: it has a title's word and is neither a sentence nor a
// field, a breadcrumb or a duty. Where a copy lost the line ends, the first
// line's first words may be the title.
func lineTitle(lines []string) string {
	for i, s := range lines {
		if _, before, head := lexicon.HeadAtEnd(strings.Trim(s, "【】 ")); numeral.Leads(s) || head && before == "" {
			break // the content begins
		}
		if readsLikeTitle(s) {
			return s
		}
		first, _, more := strings.Cut(strings.ReplaceAll(s, "\u3000", " "), " ")
		if i == 0 && more && utf8.RuneCountInString(s) > maxTitle && utf8.RuneCountInString(first) > minTitle && readsLikeTitle(first) {
			return first
		}
	}
	return ""
}

// maxTitle is the most characters of a title.
const maxTitle = 40

func readsLikeTitle(s string) bool {
	begins := func(w string) bool { return strings.HasPrefix(s, w) }
	holds := func(w string) bool { return strings.Contains(s, w) }
	r, _ := utf8.DecodeRuneInString(s)
	switch {
	case utf8.RuneCountInString(s) > maxTitle || strings.ContainsAny(s, "。；;，、：:|？?!！>»›\t"):
		return false
	case !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("《【(（", r):
		return false
	}
	return !slices.ContainsFunc(dutyWords, begins) && slices.ContainsFunc(titleWords, holds)
}

// declaredPattern finds how many articles a title promises: "模板8篇",
// "(8篇)", "通用十篇", "15篇范文". "第八篇" and "篇八" promise none.
var declaredPattern = lazyregexp.New(`(^|[^第\d一二三四五六七八九十百])([0-9０-９]{1,3}|[一二两三四五六七八九十百]{1,4})\s*篇\s*($|[^\p{Han}\d]|范文|模板|合集|汇总|大全|精选|通用|优秀|最新|热门|推荐)`)

func declared(title string) int {
	g := declaredPattern().FindStringSubmatch(title)
	if g == nil {
		return 0
	}
	return numeral.Parse(g[2])
}

// trimRunes cuts s behind n characters.
func trimRunes(s string, n int) string {
	for i := range s {
		if n--; n < 0 {
			return s[:i]
		}
	}
	return s
}
