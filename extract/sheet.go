package extract

import (
	"regexp"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
)

// Limits of what a page's own style sheet hides.
const (
	maxUnshown   = 100     // letters outside links; longer parts are shown by a script on demand, as tabs are
	maxSelectors = 16      // each is tried on every element
	maxSheet     = 1 << 14 // characters that are read
)

// sheetRule is a rule of a style sheet outside of @media and its like, and
// plainSelector a selector of one id or one class.
var (
	sheetNoise    = regexp.MustCompile(`(?s)/\*.*?\*/|@[^{};]*(?:;|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})`)
	sheetRule     = regexp.MustCompile(`([^{}]*)\{([^{}]*)\}`)
	plainSelector = regexp.MustCompile(`^[.#][A-Za-z][\w-]*$`)
)

// unshown are the elements that the page's style elements hide by their id or
// by a class of theirs, unless another rule shows such elements again.
func unshown(doc *goquery.Document) map[*html.Node]bool {
	var hide []string
	shown := ""
	for _, r := range sheetRule.FindAllStringSubmatch(sheetNoise.ReplaceAllString(trimRunes(doc.Find("style").Text(), maxSheet), ""), -1) {
		body := ";" + tight(r[2]) + ";"
		if strings.Contains(body, ";display:none;") {
			hide = append(hide, strings.Split(r[1], ",")...)
		} else if strings.Contains(body, ";display:") {
			shown += r[1]
		}
	}
	var selectors []string
	for _, s := range hide {
		if s = strings.TrimSpace(s); plainSelector.MatchString(s) && !strings.Contains(shown, s) && len(selectors) < maxSelectors {
			selectors = append(selectors, s)
		}
	}
	if len(selectors) == 0 {
		return nil
	}
	nodes := make(map[*html.Node]bool)
	for _, n := range doc.Find(strings.Join(selectors, ",")).Nodes {
		nodes[n] = true
	}
	return nodes
}
