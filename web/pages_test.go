package web

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zhize/index/query"
	"zhize/record"
)

// wellFormed reads a page as XML, which is stricter than a browser, and looks
// for what the policy of the page forbids anyway.
func wellFormed(t testing.TB, what, html string) {
	t.Helper()
	ids := map[string]bool{}
	for d := xml.NewDecoder(strings.NewReader("<fragment>" + strings.TrimPrefix(html, "<!DOCTYPE html>") + "</fragment>")); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("%s: %v in\n%s", what, err, html)
		}
		e, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		src := ""
		for _, a := range e.Attr {
			switch {
			case a.Name.Local == "src":
				src = a.Value
			case a.Name.Local == "id" && ids[a.Value]:
				t.Errorf("%s: the id %s stands twice", what, a.Value)
			case a.Name.Local == "id":
				ids[a.Value] = true
			case a.Name.Local == "style", strings.HasPrefix(a.Name.Local, "on"), a.Name.Local == "href" && !strings.HasPrefix(a.Value, "/") && !strings.HasPrefix(a.Value, "#"):
				t.Errorf("%s: <%s %s=%q>", what, e.Name.Local, a.Name.Local, a.Value)
			}
		}
		if e.Name.Local == "style" || e.Name.Local == "script" && !strings.HasPrefix(src, "/assets/app.js?v=") {
			t.Errorf("%s: <%s src=%q>", what, e.Name.Local, src)
		}
	}
}

// TestPages reads every kind of page in both languages.
func TestPages(t *testing.T) {
	s, dir := newServer(t, Options{})
	hit := decode[record.Answer](t, get(s, "/api/search?q=alert")).Hits[0]
	duty := regexp.MustCompile(`d[0-9a-f]{16}`).FindString(readFile(t, filepath.Join(dir, "duties.jsonl")))
	for _, lang := range []string{"en", "zh"} {
		for _, ask := range []struct{ target, en, zh string }{
			{"/?", "How to ask", "检索语法"},
			{"/?q=alert&", "best first", "相关度"},
			{"/?q=" + url.QueryEscape("投诉") + "&kind=responsibilities&title=" + url.QueryEscape("客服") + "&", "title：客服", "类别：岗位职责"},
			{"/?q=" + url.QueryEscape(`"没有这样的词"`) + "&", "Nothing was found", "没有找到"},
			{"/?q=alert&offset=100&", "Nothing is left", "后面没有结果"},
			{"/?q=%28&", "No answer", "没有结果"},
			{"/show/" + hit.ID + "?", "Source, and what became of it", "原文与处理结果"},
			{"/show/" + hit.Position + "?", "responsibilities", "岗位职责"},
			{"/show/" + hit.Page.ID + "?", "Positions", "岗位"},
			{"/show/" + duty + "?", "find the places", "查看出处"},
			{"/nothing?", "no page at this address", "没有这个地址"},
		} {
			w := get(s, ask.target+"lang="+lang)
			body := w.Body.String()
			want := ask.en
			if lang == "zh" {
				want = ask.zh
			}
			if !strings.Contains(body, want) {
				t.Errorf("%s%s: no %q in\n%s", ask.target, lang, want, body)
			}
			if strings.Contains(body, "<script>") || strings.Contains(body, "\u202e") || strings.Contains(body, "ZgotmplZ") {
				t.Errorf("%s%s: text was not escaped", ask.target, lang)
			}
			wellFormed(t, ask.target+lang, body)
		}
	}
}

func TestLanguage(t *testing.T) {
	s, _ := newServer(t, Options{})
	for accept, want := range map[string]string{
		"": "en", "zh-CN,zh;q=0.9,en;q=0.8": "zh-CN", "zh-TW": "zh-CN", "de, en;q=0.5": "en", "fr": "en", "not a language;;": "en", strings.Repeat("zh,", 9999): "en",
	} {
		r := httptest.NewRequest(http.MethodGet, "http://localhost/", nil)
		r.Header.Set("Accept-Language", accept)
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if !strings.Contains(w.Body.String(), `<html lang="`+want+`">`) || w.Header().Get("Vary") != "Accept-Language" {
			t.Errorf("%q: not in %s: %s", clip(accept), want, clip(w.Body.String()))
		}
	}
	if body := get(s, "/?lang=zh&q="+url.QueryEscape("投诉")).Body.String(); !strings.Contains(body, "lang=zh#here") || !strings.Contains(body, "lang=en&amp;q=") {
		t.Error("the language that was chosen is not carried on")
	}
}

// TestPaging walks through all results and finds each once.
func TestPaging(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	var b strings.Builder
	b.WriteString("库管员岗位职责\n")
	for i := range 45 {
		b.WriteString(strings.Repeat("一", i/10+1) + string(rune('甲'+i)) + "盘点库存。\n")
	}
	text := "库管员岗位职责\n"
	for i, line := range strings.Split(strings.TrimSpace(b.String()), "\n")[1:] {
		text += string(rune('0'+(i+1)/10)) + string(rune('0'+(i+1)%10)) + "、" + line + "\n"
	}
	madeRun(t, dir, map[string]string{"a.txt": text})
	s, err := New(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	seen := map[string]bool{}
	total := decode[record.Answer](t, get(s, "/api/search?q="+url.QueryEscape("盘点"))).Total
	next := "/?q=" + url.QueryEscape("盘点")
	for range 10 {
		body := get(s, next).Body.String()
		for _, m := range regexp.MustCompile(`class="text" href="([^"]+)"`).FindAllStringSubmatch(body, -1) {
			if seen[m[1]] {
				t.Errorf("%s stands twice", m[1])
			}
			seen[m[1]] = true
		}
		m := regexp.MustCompile(`rel="next" href="([^"]+)"`).FindStringSubmatch(body)
		if m == nil {
			break
		}
		next = strings.ReplaceAll(m[1], "&amp;", "&")
	}
	if len(seen) != total || total <= pageLimit {
		t.Errorf("%d of %d results", len(seen), total)
	}
}

// TestAdvice shows how a query was read, what was found for its words, and what
// else to ask.
func TestAdvice(t *testing.T) {
	s, _ := newServer(t, Options{})
	for target, want := range map[string]string{
		"/?lang=zh&q=tousu":                                     "tousu → 投诉",
		"/?lang=en&q=" + url.QueryEscape("抱怨"):                  "投诉 ← 抱怨 (synonym)",
		"/?lang=zh&q=" + url.QueryEscape("投诉 没有这样的词"):           "有的词没有出现",
		"/?lang=zh&q=" + url.QueryEscape("仓库管理员 盘点"):            "<mark>仓库管理员</mark>",
		"/?lang=zh&no_synonyms=true&q=" + url.QueryEscape("抱怨"): "没有找到",
	} {
		body := get(s, target).Body.String()
		if !strings.Contains(body, want) {
			t.Errorf("%s: no %q in\n%s", target, want, body)
		}
		wellFormed(t, target, body)
	}
}

// TestRepeats shows pages that say the same, or nearly, with links to the copy
// that is kept.
func TestRepeats(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	text := "仓库管理员岗位职责\n1、核对入库单据，登记台账。\n2、每月盘点库存，差异报财务核对。\n3、处理错发货物，联系承运商退换。\n4、检查消防器材，保持通道畅通。\n5、整理货架标签，做到账物相符。\n6、统计库存周转，提出采购建议。\n"
	madeRun(t, dir, map[string]string{"a.txt": text, "b.txt": text + "\n", "c.txt": strings.Replace(text, "货架标签", "货位标签", 1)})
	s, err := New(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	said := map[string]int{}
	for line := range strings.Lines(readFile(t, filepath.Join(dir, "pages.jsonl"))) {
		var p record.Page
		if err := json.Unmarshal([]byte(line), &p); err != nil {
			t.Fatal(err)
		}
		body := get(s, "/show/"+p.ID).Body.String()
		wellFormed(t, p.URI, body)
		said[regexp.MustCompile("the same as <a|nearly the same").FindString(body)]++
		if p.DuplicateOf != nil && !strings.Contains(body, `href="/show/`+*p.DuplicateOf+`"`) {
			t.Errorf("%s does not lead to what it repeats", p.URI)
		}
	}
	if want := map[string]int{"": 1, "the same as <a": 1, "nearly the same": 1}; !cmp.Equal(said, want) {
		t.Errorf("the pages say %v", said)
	}
}

// TestMistakesAreMistakes holds the table to the language: each of its queries
// has a mistake of its own.
func TestMistakesAreMistakes(t *testing.T) {
	seen := map[string]string{}
	for _, m := range mistakes {
		msg, ok := mistake(m.query)
		if !ok || seen[msg] != "" {
			t.Errorf("%s: %q, as %s", m.query, msg, seen[msg])
		}
		seen[msg] = m.query
		if _, err := query.Parse(m.query); problemOf(err, m.query).zh != "检索词有误："+m.zh {
			t.Errorf("%s: %s", m.query, problemOf(err, m.query).zh)
		}
	}
}

func TestMarked(t *testing.T) {
	long := strings.Repeat("字", 500) + "投诉" + strings.Repeat("尾", 500)
	for _, c := range []struct {
		hit  record.Hit
		want string
	}{
		{record.Hit{Text: "受理投诉。", Highlights: []record.Span{{2, 4}}}, "受理[投诉]。"},
		{record.Hit{Text: "受理", Highlights: []record.Span{{1, 9}}}, "受理"},
		{record.Hit{Text: long, Highlights: []record.Span{{500, 502}}}, "…" + strings.Repeat("字", 40) + "[投诉]" + strings.Repeat("尾", 108) + "…"},
		{record.Hit{Text: long}, strings.Repeat("字", 150) + "…"},
	} {
		var b strings.Builder
		for _, p := range marked(c.hit.Text, c.hit.Highlights) {
			if p.Mark {
				b.WriteString("[" + p.Text + "]")
			} else {
				b.WriteString(p.Text)
			}
		}
		if b.String() != c.want {
			t.Errorf("%q, not %q", b.String(), c.want)
		}
	}
}
