package web

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.uber.org/goleak"

	"zhize/corpus"
	"zhize/index"
	"zhize/record"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const hostile = `<script>alert("1")</script>`

// made are the pages of the run that is served.
var made = map[string]string{
	"客服.txt": "客服专员岗位职责\n1、受理客户投诉,当日回复。\n2、回访已成交的客户，填写回访表。\n4、统计客户满意度，每月上报。\n\n客服主管岗位职责\n1、处理重大投诉。\n2、安排客服专员的班次。\n",
	"仓库.txt": "仓库管理员岗位职责\n1、核对入库单据。\n2、每月盘点库存，" + strings.Repeat("逐件登记并复核，", 60) + "最后报送财务。\n3、处理客户投诉中的错发货物。\n",
	"怪.txt":  "出纳岗位职责\n1、登记" + hostile + "日记账。\n2、保管现金\u202e与票据。\n",
}

// madeRun writes the outputs of a run over pages.
func madeRun(t testing.TB, dir string, pages map[string]string) {
	t.Helper()
	in := t.TempDir()
	for name, text := range pages {
		if err := os.WriteFile(filepath.Join(in, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := corpus.Run(context.Background(), corpus.Options{Inputs: []string{in}, Dir: dir}); err != nil {
		t.Fatal(err)
	}
}

func newServer(t testing.TB, o Options) (*Server, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "out")
	madeRun(t, dir, made)
	s, err := New(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s, dir
}

// get asks for an address as a browser on the same machine does.
func get(s *Server, target string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, "http://127.0.0.1:8732"+target, nil)
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

func decode[T any](t *testing.T, w *httptest.ResponseRecorder) T {
	t.Helper()
	var v T
	d := json.NewDecoder(w.Body)
	d.DisallowUnknownFields()
	if err := d.Decode(&v); err != nil {
		t.Fatal(err)
	}
	return v
}

// TestSearchAPI compares the hits with those of the index.
func TestSearchAPI(t *testing.T) {
	s, dir := newServer(t, Options{})
	x, err := index.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	for query, req := range map[string]index.Request{
		"q=客户 投诉":                                {Query: "客户 投诉"},
		"q=投诉&limit=1&offset=1":                  {Query: "投诉", Limit: 1, Offset: 1},
		"title=客服&sort=number&facets=kind,title": {Title: "客服", Sort: "number", Facets: []string{"kind", "title"}},
		"q=客户&group=position&kind=岗位职责":          {Query: "客户", GroupBy: "position", Kind: "responsibilities"},
		"q=没有这样的词":                               {Query: "没有这样的词"},
		"q=客户&group=canonical&sort=count":        {Query: "客户", GroupBy: "canonical", Sort: "count"},
		"group=canonical&limit=2&offset=2":       {GroupBy: "canonical", Limit: 2, Offset: 2},
	} {
		given, err := url.ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		want, err := x.Search(context.Background(), req)
		if err != nil {
			t.Fatal(err)
		}
		w := get(s, "/api/search?"+given.Encode())
		if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "application/json; charset=utf-8" {
			t.Fatalf("%s: %d %v", query, w.Code, w.Header())
		}
		got := decode[record.Answer](t, w)
		sum := want.Summary()
		sum.TookMS, got.TookMS = 0, 0
		if d := cmp.Diff(record.Answer{Hits: want.Hits, HitSummary: sum}, got); d != "" {
			t.Errorf("%s: other hits than the index gives: %s", query, d)
		}
	}
	if got := decode[record.Answer](t, get(s, "/api/search?q="+url.QueryEscape("客户 投诉"))); got.Total < 2 {
		t.Errorf("%d hits", got.Total)
	}
}

// TestCanonicalDuties searches canonical duties: the answer has their lines, the
// page how often and where they stand, and a link to each and to those like it.
func TestCanonicalDuties(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	madeRun(t, dir, map[string]string{
		"a.txt": "客服专员岗位职责\n1、受理客户投诉并及时回复处理结果。\n2、整理客户投诉的回复记录。\n",
		"b.txt": "客服主管岗位职责\n1、受理客户的投诉并及时回复处理结果。\n2、安排班次。\n",
		"c.txt": "客服专员岗位职责\n1、受理客户投诉并及时回复处理结果；\n2、填写回访表。\n",
	})
	s, err := New(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	ask := "?group=canonical&sort=count&q=" + url.QueryEscape("投诉 回复")
	answer := decode[record.Answer](t, get(s, "/api/search"+ask))
	if answer.Total != 2 || len(answer.Hits) != 2 || answer.Hits[0].Duty == nil || answer.Hits[1].Duty == nil {
		t.Fatalf("%+v", answer)
	}
	first, second := answer.Hits[0].Duty, answer.Hits[1].Duty
	if first.Count != 3 || first.Near != 1 || second.Count != 1 || answer.Hits[0].Duplicates != 2 {
		t.Errorf("%+v, %+v", first, second)
	}
	for lang, says := range map[string]string{"en": "3 times on 3 pages, in 3 wordings", "zh": "3 次，见于 3 个页面，3 种写法"} {
		page := get(s, "/"+ask+"&lang="+lang).Body.String()
		wellFormed(t, ask, page)
		for _, want := range []string{says, `<option value="canonical" selected="selected">`, `href="/show/` + first.ID, "similar=" + first.ID, "group=canonical", answer.Hits[0].ID} {
			if !strings.Contains(page, want) {
				t.Errorf("%s: there is no %q in\n%s", lang, want, page)
			}
		}
	}
	like := decode[record.Answer](t, get(s, "/api/search?similar="+first.ID))
	if like.Total != 1 || like.Hits[0].Text != second.Text {
		t.Errorf("like %s: %+v", first.Text, like)
	}
	if shown := get(s, "/show/"+first.ID).Body.String(); !strings.Contains(shown, "similar="+first.ID) {
		t.Errorf("a duty has no link to those like it:\n%s", shown)
	}

	// Without the table of a run the answer says what to do.
	if err := os.Remove(filepath.Join(dir, ".zhize-duties")); err != nil {
		t.Fatal(err)
	}
	if w := get(s, "/api/search"+ask); w.Code != http.StatusServiceUnavailable || decode[record.Failure](t, w).Error.Code != "index" {
		t.Errorf("without the table: %d", w.Code)
	}
	if w := get(s, "/"+ask); w.Code != http.StatusServiceUnavailable || !strings.Contains(w.Body.String(), "run again") {
		t.Errorf("without the table: %d %s", w.Code, w.Body)
	}
}

// TestOpenAPI reads the description as a client does: every answer must obey
// the schema that it names for that answer.
func TestOpenAPI(t *testing.T) {
	s, dir := newServer(t, Options{})
	var doc struct {
		OpenAPI string `json:"openapi"`
		Paths   map[string]struct {
			Get struct {
				Parameters []struct{ Name string }
				Responses  map[string]struct {
					Content map[string]struct {
						Schema struct {
							Ref string `json:"$ref"`
						}
					}
				}
			}
		}
	}
	body := get(s, "/openapi.json").Body.String()
	if err := json.Unmarshal([]byte(body), &doc); err != nil || doc.OpenAPI != "3.1.0" {
		t.Fatalf("%v in %s", err, body)
	}
	whole, err := jsonschema.UnmarshalJSON(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("openapi.json", whole); err != nil {
		t.Fatal(err)
	}
	hit := decode[record.Answer](t, get(s, "/api/search?q="+url.QueryEscape("满意度"))).Hits[0]
	duty := regexp.MustCompile(`d[0-9a-f]{16}`).FindString(readFile(t, filepath.Join(dir, "duties.jsonl")))
	asked := 0
	for _, ask := range []struct{ path, target, status string }{
		{"/api/search", "/api/search?facets=kind,title,site&q=" + url.QueryEscape("投诉"), "200"},
		{"/api/search", "/api/search?group=canonical&sort=count&similar=" + duty, "200"},
		{"/api/search", "/api/search?similar=d0123456789abcdef", "404"},
		{"/api/search", "/api/search?q=%22", "400"},
		{"/api/search", "/api/search?limit=0", "400"},
		{"/api/show/{id}", "/api/show/" + hit.ID, "200"},
		{"/api/show/{id}", "/api/show/" + hit.Position, "200"},
		{"/api/show/{id}", "/api/show/" + hit.Page.ID, "200"},
		{"/api/show/{id}", "/api/show/" + duty, "200"},
		{"/api/show/{id}", "/api/show/0123456789abcdef", "404"},
	} {
		response, ok := doc.Paths[ask.path].Get.Responses[ask.status]
		if !ok {
			t.Errorf("%s says nothing of %s", ask.path, ask.status)
			continue
		}
		schema, err := c.Compile("openapi.json" + response.Content["application/json"].Schema.Ref)
		if err != nil {
			t.Fatal(err)
		}
		w := get(s, ask.target)
		if got := w.Result().StatusCode; http.StatusText(got) == "" || !strings.HasPrefix(w.Result().Status, ask.status) {
			t.Errorf("%s: %d, not %s", ask.target, got, ask.status)
		}
		v, err := jsonschema.UnmarshalJSON(w.Body)
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(v); err != nil {
			t.Errorf("%s: %v", ask.target, err)
		}
		asked++
	}
	// The schema is no formality: an answer of another form does not obey it.
	schema, err := c.Compile("openapi.json#/components/schemas/Answer")
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(map[string]any{"hits": []any{map[string]any{"id": "x"}}, "total": 1, "took_ms": 1}); err == nil {
		t.Error("the schema of an answer takes anything")
	}
	if n := len(doc.Paths["/api/search"].Get.Parameters); n != len(parameters())+1 || asked != 10 {
		t.Errorf("%d parameters are described, %d answers checked", n, asked)
	}
}

func readFile(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestStatuses asks for what there is and for what there is not.
func TestStatuses(t *testing.T) {
	s, _ := newServer(t, Options{Hosts: []string{"zhize.lan"}})
	id := decode[record.Answer](t, get(s, "/api/search?q="+url.QueryEscape("满意度"))).Hits[0].ID
	for _, ask := range []struct {
		method, target, host string
		status               int
		says                 string
	}{
		{"GET", "/", "", 200, "Duties of job descriptions"},
		{"HEAD", "/?q=x", "", 200, ""},
		{"GET", "/show/" + id, "", 200, `id="here"`},
		{"GET", "/show/" + id[:21], "", 200, "the page has no 3"},
		{"GET", "/show/" + id[:16], "", 200, "客服主管"},
		{"GET", "/show/" + id[:16] + "?from=999999", "", 200, "There is no text here"},
		{"GET", "/show/" + id[:16] + "?from=-1", "", 200, "客服主管"},
		{"GET", "/show/xyz", "", 404, "is no id"},
		{"GET", "/show/0123456789abcdef", "", 404, "nothing has this id"},
		{"GET", "/api/show/" + id + "9", "", 404, `"code":"not-found"`},
		{"GET", "/api/search?similar=" + id, "", 200, `"hits":`},
		{"GET", "/?similar=" + id, "", 200, "similar to"},
		{"GET", "/api/search?similar=0123456789abcdef-p001-i001", "", 404, `"code":"not-found"`},
		{"GET", "/?similar=" + url.QueryEscape("<b>"), "", 404, "&lt;b&gt;"},
		{"GET", "/api/nothing", "", 404, `"code":"not-found"`},
		{"GET", "/nothing", "", 404, "no page at this address"},
		{"GET", "/assets/../server.go", "", 307, ""},
		{"GET", "/assets/nothing.css", "", 404, "no such file"},
		{"GET", "/assets/style.css", "", 200, "color-scheme"},
		{"POST", "/", "", 405, "only GET"},
		{"DELETE", "/api/search", "", 405, `"code":"method"`},
		{"OPTIONS", "/api/search", "", 405, `"code":"method"`},
		{"GET", "/?q=" + strings.Repeat("a", maxURL), "", 414, "longer than 16384 bytes"},
		{"GET", "/api/search?q=" + strings.Repeat("a", 5000), "", 400, `"code":"query"`},
		{"GET", "/api/search?q=%ff%fe%00", "", 400, `"code":"query"`},
		{"GET", "/api/search?q=" + url.QueryEscape(`客户 "投诉`), "", 400, `"position":3,"caret":"客户 \"投诉\n     ^"`},
		{"GET", "/?q=" + url.QueryEscape(`客户 "投诉`), "", 400, "     ^"},
		{"GET", "/api/search?limit=101", "", 400, "limit is a whole number from 1 to 100"},
		{"GET", "/api/search?offset=-1", "", 400, "offset is a whole number"},
		{"GET", "/api/search?kind=nothing", "", 400, "kind is one of responsibilities"},
		{"GET", "/api/search?facets=number", "", 400, "facets are some of"},
		{"GET", "/?sort=nothing&q=x", "", 400, "sort is one of"},
		{"GET", "/?title=" + strings.Repeat("a", maxFilter+1), "", 400, "title is longer than"},
		{"GET", "/?part=results&q=%22", "", 400, "not closed"},
		{"GET", "/", "127.0.0.1:8732", 200, ""},
		{"GET", "/", "[::1]:8732", 200, ""},
		{"GET", "/", "localhost", 200, ""},
		{"GET", "/", "ZHIZE.lan.:80", 200, ""},
		{"GET", "/", "evil.example", 421, "does not answer to that name"},
		{"GET", "/api/search", "evil.example:8732", 421, `"code":"host"`},
		{"GET", "/", "127.0.0.1.evil.example", 421, ""},
		{"GET", "/", "localhost:x", 421, ""},
	} {
		r := httptest.NewRequest(ask.method, "http://127.0.0.1:8732"+ask.target, nil)
		if ask.host != "" {
			r.Host = ask.host
		}
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		body := w.Body.String()
		if w.Code != ask.status || !strings.Contains(body, ask.says) {
			t.Errorf("%s %s (%s): %d, not %d with %q in\n%s", ask.method, clip(ask.target), ask.host, w.Code, ask.status, ask.says, clip(body))
		}
		if ask.status == 405 && w.Header().Get("Allow") != "GET, HEAD" {
			t.Errorf("%s: Allow is %q", ask.method, w.Header().Get("Allow"))
		}
		for _, h := range safeHeaders {
			if w.Header().Get(h[0]) == "" {
				t.Errorf("%s: no %s", clip(ask.target), h[0])
			}
		}
		if csp := w.Header().Get("Content-Security-Policy"); strings.Contains(csp, "unsafe") || !strings.Contains(csp, "frame-ancestors 'none'") {
			t.Errorf("%s: %s", clip(ask.target), csp)
		}
	}
}
