package render

import (
	"math/rand/v2"

	"zhize/internal/pagegen/internal/sheet"
)

// writer writes a page of HTML.
type writer struct {
	s    *sheet.Sheet
	r    *rand.Rand
	b    []byte
	raw  []byte // a line before it is escaped
	name [6]string
}

// names are those of blocks, as different sites give them.
var names = [...][6]string{
	// content, meta, notice, advert, related, footer
	{"content", "info", "copyright", "ad", "related", "footer"},
	{"article-body", "meta", "shengming", "gg", "relate-list", "foot"},
	{"doc-main", "doc-info", "tips", "adsbox", "recommend", "site-footer"},
	{"art_con", "art_info", "mianze", "ggw", "xiangguan", "bottom"},
}

// page writes the whole document.
func page(s *sheet.Sheet, r *rand.Rand, charset string) []byte {
	w := &writer{s: s, r: r, name: names[r.IntN(len(names))]}
	w.b = make([]byte, 0, 4096+size(s))
	w.head(charset)
	if s.Chrome >= 3 {
		w.banner()
	}
	w.lines()
	if s.Chrome >= 3 {
		w.side()
	}
	if s.Layout != sheet.Unclosed || s.Chrome >= 2 {
		w.add("</body>\n</html>\n")
	}
	return w.b
}

func size(s *sheet.Sheet) int {
	n := 0
	for i := range s.Lines {
		n += 2*len(s.Lines[i].Text.Clean) + 64
	}
	return n
}

func (w *writer) add(text string) { w.b = append(w.b, text...) }

// text writes clean text as the page shows it, escaped.
func (w *writer) text(clean string) {
	w.raw = w.s.Show(w.raw[:0], clean)
	w.escaped(w.raw)
}

// escaped writes raw text: & < > and NBSP as entities, line ends as <br>.
func (w *writer) escaped(raw []byte) {
	from := 0
	for i := 0; i < len(raw); i++ {
		put, size := "", 1
		switch raw[i] {
		case '&':
			put = "&amp;"
		case '<':
			put = "&lt;"
		case '>':
			put = "&gt;"
		case '\n':
			if w.s.Layout == sheet.Preformatted {
				continue
			}
			put = "<br>"
		case 0xC2: // U+00A0 is C2 A0
			if i+1 == len(raw) || raw[i+1] != 0xA0 {
				continue
			}
			put, size = "&nbsp;", 2
		default:
			continue
		}
		w.b = append(append(w.b, raw[from:i]...), put...)
		i += size - 1
		from = i + 1
	}
	w.b = append(w.b, raw[from:]...)
}

func (w *writer) line(l *sheet.Line) {
	w.raw = line(w.raw[:0], w.s, l)
	w.escaped(w.raw)
}

func (w *writer) head(charset string) {
	s := w.s
	if s.Chrome >= 2 {
		w.add("<!DOCTYPE html>\n<html lang=\"zh-CN\">\n")
	} else {
		w.add("<html>\n")
	}
	w.add("<head>\n")
	if w.r.IntN(2) == 0 {
		w.add(`<meta charset="` + charset + "\">\n")
	} else {
		w.add(`<meta http-equiv="Content-Type" content="text/html; charset=` + charset + "\" />\n")
	}
	w.add("<title>")
	w.text(s.Title)
	if s.Chrome >= 2 {
		w.add(" - ")
		w.text(s.Site)
	}
	w.add("</title>\n")
	if s.Chrome >= 2 {
		w.add(`<meta name="keywords" content="`)
		w.text(s.Title)
		w.add("\">\n<style>body{font-size:14px}p{text-indent:2em;line-height:1.8}.hide{display:none}</style>\n")
	}
	if s.Chrome >= 3 {
		w.add("<script>var _page={id:")
		w.add(digits(w.r))
		w.add(",list:[\"1、\",\"2、\"]};</script>\n<script src=\"/js/common.js\"></script>\n")
	}
	w.add("</head>\n<body>\n")
}

func digits(r *rand.Rand) string {
	b := make([]byte, 6)
	for i := range b {
		b[i] = byte('1' + r.IntN(9))
	}
	return string(b)
}

// banner is what a site has above its pages.
func (w *writer) banner() {
	w.add("<div class=\"header\"><a class=\"logo\" href=\"/\">")
	w.text(w.s.Site)
	w.add("</a><form action=\"/search\"><input name=\"q\"><button>搜索</button></form></div>\n<ul class=\"nav\">")
	for _, m := range w.s.Menu {
		w.add("<li><a href=\"/c/\">")
		w.text(m)
		w.add("</a></li>")
	}
	w.add("</ul>\n<!-- main begin -->\n<div class=\"main\">\n")
}

// side is the list beside the text.
func (w *writer) side() {
	w.add("</div>\n<div class=\"sidebar\"><h3>热门文章</h3><ul>\n")
	for _, t := range w.s.Side {
		w.add("<li><a href=\"/doc/" + digits(w.r) + ".html\" title=\"\">")
		w.text(t)
		w.add("</a></li>\n")
	}
	w.add("</ul></div>\n<script>window.onload=function(){count(1);}</script>\n")
}

// lines writes the lines: stretches of the site's and of the body's.
func (w *writer) lines() {
	s := w.s
	for i := 0; i < len(s.Lines); {
		from := i
		inline := func(l *sheet.Line) bool { return !l.Role.Site() || l.Role == sheet.Board }
		if inline(&s.Lines[i]) {
			for i < len(s.Lines) && inline(&s.Lines[i]) {
				i++
			}
			if s.Chrome >= 2 {
				w.add("<div class=\"" + w.name[0] + "\">\n")
			}
			w.body(s.Lines[from:i])
			if s.Chrome >= 2 {
				w.add("</div>\n")
			}
			continue
		}
		role := s.Lines[i].Role
		for i < len(s.Lines) && s.Lines[i].Role == role {
			i++
		}
		w.siteLines(role, s.Lines[from:i])
	}
}

// siteLines writes neighbouring lines of one role of the site.
func (w *writer) siteLines(role sheet.Role, lines []sheet.Line) {
	class, link := "", false
	switch role {
	case sheet.Navigation:
		class = "crumb"
	case sheet.Meta:
		class = w.name[1]
	case sheet.Notice:
		class = w.name[2]
	case sheet.Advert:
		class = w.name[3]
	case sheet.Related:
		class, link = w.name[4], true
	case sheet.Footer:
		class = w.name[5]
	}
	if class != "" && w.s.Chrome >= 2 {
		w.add("<div class=\"" + class + "\">\n")
		defer w.add("</div>\n")
	}
	for k := range lines {
		l := &lines[k]
		switch {
		case role == sheet.PageTitle && k == 0:
			w.add("<h1>")
			w.line(l)
			w.add("</h1>\n")
		case link && k > 0 && w.s.Chrome >= 2:
			w.add("<p><a href=\"/doc/" + digits(w.r) + ".html\">")
			w.line(l)
			w.add("</a></p>\n")
		case w.s.Layout == sheet.Breaks || w.s.Layout == sheet.Preformatted:
			w.line(l)
			w.add("<br>\n")
		default:
			w.add("<p>")
			w.line(l)
			w.add("</p>\n")
		}
	}
}
