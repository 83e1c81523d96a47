package web

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"

	"golang.org/x/text/language"

	"zhize/explain"
	"zhize/label"
)

//go:embed page/*.html
var pageFiles embed.FS

//go:embed assets/*
var assetFiles embed.FS

// pages are the templates and the files that they need.
type pages struct {
	templates *template.Template
	assets    map[string]assetFile
}

type assetFile struct {
	data []byte
	hash string // names the version in addresses, so that browsers may keep it
}

func newPages() (*pages, error) {
	p := &pages{assets: map[string]assetFile{}}
	entries, err := fs.ReadDir(assetFiles, "assets")
	if err != nil {
		return nil, fmt.Errorf("search page: %w", err)
	}
	for _, e := range entries {
		data, err := assetFiles.ReadFile(path.Join("assets", e.Name()))
		if err != nil {
			return nil, fmt.Errorf("search page: %w", err)
		}
		sum := sha256.Sum256(data)
		p.assets[e.Name()] = assetFile{data, hex.EncodeToString(sum[:6])}
	}
	p.templates, err = template.New("").Funcs(template.FuncMap{
		"asset":   func(name string) string { return "/assets/" + name + "?v=" + p.assets[name].hash },
		"n":       func(n int) string { return label.Thousands(int64(n)) },
		"plain":   explain.Plain,
		"visible": explain.Visible,
	}).ParseFS(pageFiles, "page/*.html")
	if err != nil {
		return nil, fmt.Errorf("search page: %w", err)
	}
	return p, nil
}

// base is what every page knows.
type base struct {
	Lang string // of the labels
	Head string // the title of the page
	Box  url.Values
	at   *url.URL
}

func newBase(r *http.Request) base {
	b := base{Lang: label.English, Box: url.Values{}, at: r.URL}
	if chosen := r.URL.Query().Get("lang"); chosen == label.English || chosen == label.Chinese {
		b.Lang = chosen
		b.Box.Set("lang", chosen)
		return b
	}
	tags, _, err := language.ParseAcceptLanguage(clip(r.Header.Get("Accept-Language")))
	if err == nil && len(tags) > 0 {
		// English, the first, is for who asks for neither.
		if _, i, _ := language.NewMatcher([]language.Tag{language.English, language.Chinese}).Match(tags...); i == 1 {
			b.Lang = label.Chinese
		}
	}
	return b
}

// T is a text in the language of the page.
func (b base) T(en, zh string) string { return label.Text{EN: en, ZH: zh}.In(b.Lang) }

// In is a label in the language of the page.
func (b base) In(t label.Text) string { return t.In(b.Lang) }

// HTMLLang is the language as HTML names it.
func (b base) HTMLLang() string {
	if b.Lang == label.Chinese {
		return "zh-CN"
	}
	return "en"
}

// Other is the address of the same page in the other language, and its name.
func (b base) Other() map[string]string {
	v := b.at.Query()
	v.Del("part")
	other, name := label.Chinese, "中文"
	if b.Lang == label.Chinese {
		other, name = label.English, "English"
	}
	v.Set("lang", other)
	return map[string]string{"Href": b.at.EscapedPath() + "?" + v.Encode(), "Name": name, "Lang": other}
}

// Home is the address of the empty search page.
func (b base) Home() string { return b.to("/", nil) }

// To is the address of what an id names.
func (b base) To(id string) string { return b.to("/show/"+url.PathEscape(id), nil) }

// Find is the address of a search for a query.
func (b base) Find(q string) string { return b.to("/", url.Values{"q": {q}}) }

// Similar is the address of a search for duties like an item or a canonical duty,
// whose id has no dash.
func (b base) Similar(id string) string {
	v := url.Values{"similar": {id}}
	if !strings.Contains(id, "-") {
		v.Set("group", canonical)
	}
	return b.to("/", v)
}

// to is an address with the language that was chosen.
func (b base) to(path string, v url.Values) string {
	if v == nil {
		v = url.Values{}
	}
	if b.Box.Has("lang") {
		v.Set("lang", b.Lang)
	}
	if len(v) == 0 {
		return path
	}
	return path + "?" + v.Encode()
}

// render writes a page. It is made whole before any of it is sent, so that a
// failure is told as one.
func (s *Server) render(w http.ResponseWriter, r *http.Request, status int, name string, data any) {
	var b bytes.Buffer
	if err := s.pages.templates.ExecuteTemplate(&b, name, data); err != nil {
		s.fail(w, r, fmt.Errorf("search page: %w", err))
		return
	}
	sendHTML(w, status, b.Bytes())
}

func sendHTML(w http.ResponseWriter, status int, body []byte) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Vary", "Accept-Language")
	w.WriteHeader(status)
	_, _ = w.Write(body) // a client that does not take it is gone
}

// problemView is the page of an answer that is none.
type problemView struct {
	base
	Status  int
	Message string
	Caret   string
}

// problem writes the page that tells what went wrong.
func (p *pages) problem(w http.ResponseWriter, r *http.Request, what *problem) {
	v := problemView{base: newBase(r), Status: what.status, Caret: what.failure().Error.Caret}
	v.Message = v.T(what.en, what.zh)
	v.Head = v.T("No answer", "没有结果")
	if q := r.URL.Query().Get("q"); len(q) <= maxFilter {
		v.Box.Set("q", shown(q))
	}
	name := "problem.html"
	if r.URL.Query().Get("part") == "results" {
		name = "problem"
	}
	var b bytes.Buffer
	if err := p.templates.ExecuteTemplate(&b, name, v); err != nil {
		http.Error(w, what.en, what.status)
		return
	}
	sendHTML(w, what.status, b.Bytes())
}

// asset sends a file that pages need.
func (s *Server) asset(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	f, ok := s.pages.assets[name]
	if !ok {
		s.fail(w, r, &problem{status: http.StatusNotFound, code: "not-found", en: "there is no such file", zh: "没有这个文件"})
		return
	}
	if r.URL.Query().Get("v") == f.hash {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	w.Header().Set("ETag", `"`+f.hash+`"`)
	http.ServeContent(w, r, name, time.Time{}, strings.NewReader(string(f.data)))
}
