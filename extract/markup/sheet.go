package markup

import (
	"strings"
	"unicode/utf8"

	"github.com/PuerkitoBio/goquery"

	"zhize/internal/lazyregexp"
)

// Limits of what a page's own style sheet hides.
const (
	maxUnshown   = 100     // letters outside links; longer parts are shown by a script on demand, as tabs are
	maxSelectors = 16      // each is tried on every element
	maxSheet     = 3 << 14 // bytes that are read
)

// sheetRule is a rule of a style sheet outside of @media and its like, and
// plainSelector a selector of one id or one class.
var (
	sheetNoise    = lazyregexp.New(`(?s)/\*.*?\*/|@[^{};]*(?:;|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})`)
	sheetRule     = lazyregexp.New(`([^{}]*)\{([^{}]*)\}`)
	plainSelector = lazyregexp.New(`^[.#][A-Za-z][\w-]*$`)
)

// unshown matches the elements that the page's style elements hide by their id
// or by a class of theirs, unless another rule shows such elements again; nil
// where they hide none.
func (t *tree) unshown() goquery.Matcher {
	var sheet strings.Builder
	for _, n := range t.sheets {
		for c := n.FirstChild; c != nil && sheet.Len() < maxSheet; c = c.NextSibling {
			sheet.WriteString(cut(c.Data, maxSheet-sheet.Len()))
		}
	}
	if !strings.Contains(sheet.String(), "none") && !strings.Contains(sheet.String(), "NONE") {
		return nil
	}
	var hide []string
	var shows strings.Builder
	for _, r := range sheetRule().FindAllStringSubmatch(sheetNoise().ReplaceAllString(sheet.String(), ""), -1) {
		body := ";" + tight(r[2]) + ";"
		if strings.Contains(body, ";display:none;") {
			hide = append(hide, strings.Split(r[1], ",")...)
		} else if strings.Contains(body, ";display:") {
			shows.WriteString(r[1])
		}
	}
	shown := shows.String()
	var selectors []string
	for _, s := range hide {
		if s = strings.TrimSpace(s); plainSelector().MatchString(s) && !strings.Contains(shown, s) && len(selectors) < maxSelectors {
			selectors = append(selectors, s)
		}
	}
	if len(selectors) == 0 {
		return nil
	}
	return goquery.Single(strings.Join(selectors, ","))
}

// cut is at most n bytes of s, and no part of a character.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
