package markup

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// oracle is a browser in few lines: what it shows of a tree, with one mark for
// every way in which two texts are parted: "\n" for the borders of blocks and
// cells and for line ends, " " for white space.
type oracle struct {
	shown  strings.Builder
	line   bool // a line end is due
	space  bool
	tags   bool     // styles and attributes say nothing: a page that is read as a row of tags
	hidden []string // what is not shown though a text node holds it
	heads  []wanted // first words of headings, with their level
	items  []wanted // first words of list items, with their number
}

type wanted struct {
	word  string
	level int
	label string
}

var (
	oracleUnseen = "head title script style template noscript iframe noembed noframes audio video canvas datalist meta link"
	oracleBlocks = "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form " +
		"h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol optgroup option p plaintext pre section summary table tbody td " +
		"tfoot th thead tr ul xmp marquee"
)

func among(name, words string) bool { return slices.Contains(strings.Fields(words), name) }

func value(n *html.Node, key string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val, true
		}
	}
	return "", false
}

func (o *oracle) walk(n *html.Node, pre bool) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode:
			o.text(c.Data, pre)
			continue
		case c.Type != html.ElementNode || among(c.Data, oracleUnseen):
			continue
		case c.Data == "br":
			o.line = true
			continue
		}
		style, _ := value(c, "style")
		style = strings.ReplaceAll(style, " ", "")
		if o.tags {
			style = ""
		}
		_, hidden := value(c, "hidden")
		// What holds the page's prose is shown whatever its markup says.
		if !o.tags && (hidden || strings.Contains(style, "display:none")) && !strings.Contains(words(c), "负责仓库") {
			o.hidden = append(o.hidden, strings.Join(strings.Fields(words(c)), ""))
			continue
		}
		block := among(c.Data, oracleBlocks) || strings.Contains(style, "display:block")
		o.line = o.line || block
		if first := firstWord(c); first != "" {
			if len(c.Data) == 2 && c.Data[0] == 'h' && c.Data[1] != 'r' {
				o.heads = append(o.heads, wanted{first, int(c.Data[1] - '0'), ""})
			}
			if list := listOf(c); c.Data == "li" && list != nil && list.Data == "ol" && labelOf(c) != "" {
				o.items = append(o.items, wanted{word: first, label: labelOf(c)})
			}
		}
		o.walk(c, pre || among(c.Data, "pre listing xmp plaintext"))
		o.line = o.line || block
	}
}

func (o *oracle) text(s string, pre bool) {
	for _, r := range s {
		switch {
		case r == '\n' && pre:
			o.line = true
		case strings.ContainsRune(" \t\n\f\r", r):
			o.space = true
		default:
			if o.shown.Len() > 0 {
				if o.line {
					o.shown.WriteByte('\n')
				} else if o.space {
					o.shown.WriteByte(' ')
				}
			}
			o.line, o.space = false, false
			o.shown.WriteRune(r)
		}
	}
}

// words is all text below a node that is not left out altogether.
func words(n *html.Node) string {
	s := ""
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.TextNode {
			s += " " + c.Data
		} else if c.Type == html.ElementNode && !among(c.Data, oracleUnseen) {
			s += words(c)
		}
	}
	return s
}

// firstWord is the first word below a node if it stands there before anything
// that would take it out of the node's own text.
func firstWord(n *html.Node) string {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode:
			if f := strings.FieldsFunc(c.Data, func(r rune) bool { return strings.ContainsRune(" \t\n\f\r", r) }); len(f) > 0 {
				return f[0]
			}
		case c.Type == html.ElementNode && !among(c.Data, "b i span font a p div br"):
			return ""
		case c.Type == html.ElementNode:
			if _, hidden := value(c, "hidden"); hidden {
				return ""
			}
			if _, styled := value(c, "style"); styled {
				return ""
			}
			if f := firstWord(c); f != "" || words(c) != "" {
				return f
			}
		}
	}
	return ""
}

// listOf is the list that an item belongs to, nil for none.
func listOf(li *html.Node) *html.Node {
	for n := li.Parent; n != nil; n = n.Parent {
		if among(n.Data, "ol ul menu dir") {
			return n
		}
	}
	return nil
}

// itemsOf are the items of a list.
func itemsOf(list, n *html.Node) (items []*html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Data == "li" && listOf(c) == list {
			items = append(items, c)
		}
		items = append(items, itemsOf(list, c)...)
	}
	return items
}

// labelOf is the number that a browser prints before an item of an ol, by the
// HTML standard and, for letters and Roman and Chinese numbers, by hand.
func labelOf(li *html.Node) string {
	ol := listOf(li)
	items := itemsOf(ol, ol)
	n, step := 1, 1
	if _, ok := value(ol, "reversed"); ok {
		n, step = len(items), -1
	}
	if v, ok := value(ol, "start"); ok {
		if k, err := strconv.Atoi(v); err == nil {
			n = k
		}
	}
	for _, c := range items {
		if v, ok := value(c, "value"); ok {
			if k, err := strconv.Atoi(v); err == nil {
				n = k
			}
		}
		if c == li {
			break
		}
		n += step
	}
	kind, _ := value(ol, "type")
	style, _ := value(ol, "style")
	if v, ok := value(li, "style"); ok {
		style = v
	}
	row := ""
	switch {
	case strings.Contains(style, "none"):
		return ""
	case strings.Contains(style, "cjk"):
		row = "一 二 三 四 五 六 七 八 九 十 十一 十二 十三 十四"
	case strings.Contains(style, "roman"), style == "" && kind == "i":
		row = "i ii iii iv v vi vii viii ix x xi xii xiii xiv"
	case style == "" && kind == "a":
		row = "a b c d e f g h i j k l m n"
	}
	if f := strings.Fields(row); n > 0 && n <= len(f) {
		if strings.Contains(style, "cjk") {
			return f[n-1] + "、"
		}
		return f[n-1] + ". "
	}
	return fmt.Sprint(n) + ". "
}
