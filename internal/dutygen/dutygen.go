// Package dutygen makes any number of duties by chance, for what is measured
// on large corpora. Words are drawn as in natural text, the n-th most frequent
// about 1/n as often as the first, so that there are frequent words and rare
// ones. They make no sense; pages that do are made by package pagegen.
package dutygen

import (
	_ "embed" // for the words
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"

	"zhize/record"
)

// words.txt holds the most frequent words of the sentences from which package
// pagegen makes its pages, the most frequent first.
//
//go:embed words.txt
var words string

var (
	latin  = strings.Fields("Excel Java PPT Python MySQL CRM ERP SAP Word Linux C++ OA KPI Docker Redis CAD ISO9001 B2B APP K8s")
	joints = []string{"", "", "", "的", "的", "并", "及", "与", "和", "、", "对"}
	ends   = []string{"，", "，", "，", "；", "、", "（", "）"}
	titles = strings.Fields("销售顾问 会计 行政专员 软件工程师 产品经理 仓库管理员 人事主管 客服专员 项目经理 质检员 采购员 运维工程师 店长 出纳 市场总监 护士长 司机 保安队长 电工 讲师")
	kinds  = []string{"responsibilities", "responsibilities", "responsibilities", "qualifications", "authority", "conditions"}
)

// generator draws what a duty is made of.
type generator struct {
	*rand.Rand
	words []string
	rank  *rand.Zipf
}

func one(r *rand.Rand, list []string) string { return list[r.IntN(len(list))] }

func (g *generator) word() string { return g.words[g.rank.Uint64()] }

func (g *generator) duty() string {
	var b strings.Builder
	for i := range 1 + g.IntN(4) {
		if i > 0 {
			b.WriteString(one(g.Rand, ends))
		}
		b.WriteString(g.word())
		for range 2 + g.IntN(4) {
			b.WriteString(one(g.Rand, joints) + g.word())
		}
		switch g.IntN(12) {
		case 0:
			b.WriteString(one(g.Rand, latin))
		case 1:
			fmt.Fprintf(&b, "%d%%", g.IntN(100))
		}
	}
	return b.String() + one(g.Rand, []string{"。", "；"})
}

// Write writes n duties as lines of positions.jsonl, five in a position and six
// positions on a page, and, where texts is not nil, each duty's text as a line
// there. A fifth of the duties repeats one of two hundred. It returns the bytes
// of the duties' texts. The same seed gives the same bytes.
func Write(positions, texts io.Writer, seed uint64, n int) (size int64, err error) {
	return WriteNamed(positions, texts, seed, n, 0)
}

// WriteNamed is Write with more than twenty titles, forty sites and a heading for
// each title: with a number of words before titles, drawn as words are, of which many
// stand there once, a site for each hundred pages and a heading for each article.
func WriteNamed(positions, texts io.Writer, seed uint64, n, names int) (size int64, err error) {
	r := rand.New(rand.NewPCG(seed, 1))
	g := &generator{Rand: r, words: strings.Fields(words)}
	g.rank = rand.NewZipf(r, 1.1, 8, uint64(len(g.words)-1))
	before := rand.NewZipf(r, 1.05, 8, uint64(max(names-1, 0)))
	var common []string
	for range 200 {
		common = append(common, g.duty())
	}
	enc := json.NewEncoder(positions)
	enc.SetEscapeHTML(false)
	for p := 0; n > 0; p++ {
		page := fmt.Sprintf("%016x", uint64(p/6+1)*0x9E3779B97F4A7C15)
		site := fmt.Sprintf("site%d.example.com", p/6%40)
		pageTitle, title := fmt.Sprintf("岗位职责范本第%d辑", p/6), one(r, titles)
		article := title + "岗位职责"
		if names > 0 {
			k := int(before.Uint64())
			title = g.words[k%len(g.words)] + g.words[k/len(g.words)%len(g.words)] + title
			site = fmt.Sprintf("www.site%d.example.com", p/600)
			article = fmt.Sprintf("第%d篇：%s岗位职责", p+1, title)
		}
		pos := record.Position{
			Schema: record.Schema, ID: fmt.Sprintf("%s-p%03d", page, p%6+1), Ordinal: p%6 + 1,
			Page:    record.PageRef{ID: page, URI: fmt.Sprintf("pages/%06d.html", p/6), Title: &pageTitle, Site: &site},
			Article: record.ArticleRef{Ordinal: p%6 + 1, Heading: &article}, Title: &title,
			Fields: map[string]string{}, Edits: []record.Edit{}, Flags: []string{},
		}
		s := record.Section{Kind: one(r, kinds), Missing: []int{}, Flags: []string{}}
		at := 0
		for i := 0; i < 5 && n > 0; i++ {
			text := g.duty()
			if r.IntN(5) == 0 {
				text = one(r, common)
			}
			size += int64(len(text))
			if texts != nil {
				if _, err := io.WriteString(texts, text+"\n"); err != nil {
					return size, err
				}
			}
			k, length := i+1, len([]rune(text))
			marker := fmt.Sprintf("%d、", k)
			s.Items = append(s.Items, record.Item{
				Number: &k, Marker: &marker, Text: text, Span: record.Span{at, at + length},
				Flags: []string{}, Children: []record.Item{},
			})
			at += length + 3
			n--
		}
		s.Span = record.Span{0, at}
		pos.Sections = []record.Section{s}
		if err := enc.Encode(pos); err != nil {
			return size, err
		}
	}
	return size, nil
}

// Words lists the words that duties are made of, the most frequent first.
func Words() []string { return strings.Fields(words) }

// Titles lists the titles of the positions.
func Titles() []string { return slices.Clone(titles) }

// Kinds lists the kinds of their sections, some more than once.
func Kinds() []string { return slices.Clone(kinds) }
