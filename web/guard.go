package web

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"zhize/corpus"
	"zhize/index"
	"zhize/index/query"
	"zhize/record"
)

// safeHeaders go with every answer. Scripts and styles come from here alone,
// and no other site may frame a page, read an answer or learn an address.
var safeHeaders = [...][2]string{
	{"Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"},
	{"X-Content-Type-Options", "nosniff"},
	{"X-Frame-Options", "DENY"},
	{"Referrer-Policy", "no-referrer"},
	{"Cross-Origin-Opener-Policy", "same-origin"},
	{"Cross-Origin-Resource-Policy", "same-origin"},
	{"Permissions-Policy", "camera=(), geolocation=(), microphone=()"},
	{"Cache-Control", "no-cache"},
}

// guard stands before every handler.
func (s *Server) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, h := range safeHeaders {
			w.Header().Set(h[0], h[1])
		}
		switch {
		case !s.allowed(r.Host):
			s.fail(w, r, &problem{status: http.StatusMisdirectedRequest, code: "host",
				en: "this server does not answer to that name; call it by its address, or start it with --allow-host", zh: "本服务不接受这个主机名；请用地址访问，或以 --allow-host 启动"})
			return
		case r.Method != http.MethodGet && r.Method != http.MethodHead:
			w.Header().Set("Allow", "GET, HEAD")
			s.fail(w, r, &problem{status: http.StatusMethodNotAllowed, code: "method", en: "only GET and HEAD are answered", zh: "只接受 GET 与 HEAD"})
			return
		case len(r.RequestURI) > maxURL:
			s.fail(w, r, &problem{status: http.StatusRequestURITooLong, code: "too-long",
				en: fmt.Sprintf("the address is longer than %d bytes; shorten the query", maxURL), zh: fmt.Sprintf("地址超过 %d 字节，请缩短检索词", maxURL)})
			return
		}
		ctx, cancel := context.WithTimeout(r.Context(), s.o.Timeout)
		defer cancel()
		answer := s.make(next, r.WithContext(ctx))
		// Nobody waits for a client that takes its answer slowly.
		maps.Copy(w.Header(), answer.header)
		w.Header().Set("Content-Length", strconv.Itoa(answer.body.Len()))
		w.WriteHeader(answer.status)
		if r.Method != http.MethodHead {
			_, _ = answer.body.WriteTo(w) // a client that does not take it is gone
		}
	})
}

// answer is a response in the making.
type answer struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (a *answer) Header() http.Header         { return a.header }
func (a *answer) Write(b []byte) (int, error) { return a.body.Write(b) }
func (a *answer) WriteHeader(status int)      { a.status = status }

// make has an answer made when there is a token for the work.
func (s *Server) make(next http.Handler, r *http.Request) (a *answer) {
	a = &answer{header: http.Header{}, status: http.StatusOK}
	select {
	case s.work <- struct{}{}:
		defer func() { <-s.work }()
	case <-r.Context().Done():
		s.fail(a, r, r.Context().Err())
		return a
	}
	defer func() {
		if p := recover(); p != nil {
			a = &answer{header: http.Header{}, status: http.StatusOK}
			s.fail(a, r, fmt.Errorf("this should not happen: %v", p))
		}
	}()
	next.ServeHTTP(a, r)
	return a
}

// allowed reports whether a request may call the server by this name. An
// address needs no name service, which is what a hostile site would turn.
func (s *Server) allowed(host string) bool {
	name := host
	if h, port, err := net.SplitHostPort(host); err == nil {
		if _, err := strconv.ParseUint(port, 10, 16); err != nil {
			return false
		}
		name = h
	}
	name = strings.TrimSuffix(strings.ToLower(name), ".")
	if _, err := netip.ParseAddr(strings.Trim(name, "[]")); err == nil {
		return true
	}
	return name == "localhost" || slices.ContainsFunc(s.o.Hosts, func(h string) bool { return strings.EqualFold(h, name) })
}

// problem is an answer that is none.
type problem struct {
	status int
	code   string
	en, zh string
	syntax *query.SyntaxError
	query  string
}

func (p *problem) Error() string { return p.en }

// problemOf says what a client is told of an error.
func problemOf(err error, q string) *problem {
	var p *problem
	var syntax *query.SyntaxError
	said := err.Error()
	switch {
	case errors.As(err, &p):
		return p
	case errors.As(err, &syntax):
		return &problem{status: http.StatusBadRequest, code: "query", en: "cannot read the query: " + syntax.Msg, zh: "检索词有误：" + inChinese(syntax), syntax: syntax, query: q}
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return &problem{status: http.StatusServiceUnavailable, code: "busy", en: "there was no time to answer; try again, or ask for less", zh: "来不及回答；请重试，或缩小范围"}
	case errors.Is(err, index.ErrNoItem), errors.Is(err, corpus.ErrNotFound), errors.Is(err, corpus.ErrNoID):
		return &problem{status: http.StatusNotFound, code: "not-found", en: said, zh: "没有这个编号：" + said}
	case errors.Is(err, corpus.ErrAmbiguous), errors.Is(err, index.ErrAmbiguous):
		return &problem{status: http.StatusBadRequest, code: "ambiguous", en: said, zh: "编号不唯一：" + said}
	case errors.Is(err, index.ErrDuties):
		return &problem{status: http.StatusServiceUnavailable, code: "index", en: said, zh: "无法检索合并后的职责：" + said}
	case errors.Is(err, index.ErrAbsent), errors.Is(err, index.ErrDamaged), errors.Is(err, index.ErrLocked), errors.Is(err, index.ErrVersion):
		return &problem{status: http.StatusServiceUnavailable, code: "index", en: said, zh: "索引不可用：" + said}
	}
	return &problem{status: http.StatusInternalServerError, code: "internal", en: said, zh: "出错了：" + said}
}

// failure is the problem in the contract's words.
func (p *problem) failure() record.Failure {
	f := record.Failure{Error: record.FailureReason{Code: p.code, Message: p.en}}
	if p.syntax != nil {
		at := utf8.RuneCountInString(p.query[:min(max(p.syntax.Pos, 0), len(p.query))])
		f.Error.Position, f.Error.Caret = &at, p.syntax.Caret(p.query)
	}
	return f
}

// fail tells a client what went wrong, in the form that it wants.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	p := problemOf(err, r.URL.Query().Get("q"))
	if p.status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", "2")
	}
	if isAPI(r) {
		writeJSON(w, p.status, p.failure())
		return
	}
	s.pages.problem(w, r, p)
}

// writeJSON writes one object. A client that does not take it is gone.
func writeJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = record.Encode(w, v)
}
