// Package furniture makes what a site puts on all its pages: lines that no list
// of words knows, because they are drawn anew for every seed.
package furniture

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"zhize/internal/pagegen/internal/sheet"
)

// Site is one site: its address and its lines.
type Site struct {
	Host               string
	above, below, amid []string
}

// The words of the lines. None of them is a notice, an offer or a menu by its
// wording: only repetition tells.
var (
	names = [...]string{"青禾", "望岳", "长汀", "松果", "北辰", "渔歌", "半亩", "桐荫", "云帆", "稻香", "石桥", "晨钟"}
	kinds = [...]string{"笔记", "书房", "纸坊", "驿路", "集市", "学堂", "手札", "长廊"}
	forms = [...]string{
		"%s陪您走过每一个忙碌的工作日", "每天清晨六点，%s与您不见不散", "这里是%s，一群人慢慢整理出来的角落",
		"%s的第%d个春天，谢谢一路同行的朋友", "愿%s的灯火照亮您的案头", "有一种安心叫%s，已陪伴第%d位读者",
		"我们在%s等您回家，风雨无阻", "好文字值得慢慢读，%s一直都在", "%s编号%d，纸短情长，来日再会", "字里行间见功夫，尽在%s",
	}
)

// New is the site with that number.
func New(seed uint64, number int) Site {
	r := rand.New(rand.NewPCG(seed, uint64(number)+1))
	name := names[r.IntN(len(names))] + kinds[r.IntN(len(kinds))]
	s := Site{Host: fmt.Sprintf("s%03d.example", number)}
	order := r.Perm(len(forms))
	draw := func(n int) (out []string) {
		for range n {
			form := forms[order[0]]
			order = order[1:]
			if strings.Count(form, "%") == 1 {
				out = append(out, fmt.Sprintf(form, name))
				continue
			}
			out = append(out, fmt.Sprintf(form, name, 2+r.IntN(90)))
		}
		return out
	}
	s.above, s.amid, s.below = draw(r.IntN(3)), draw(r.IntN(2)), draw(1+r.IntN(3))
	return s
}

// shown is how often a page has one of its site's lines.
const shown = 0.8

// Apply puts the site's lines on a page: above the duties, from line start on,
// between two positions, and below the last.
func (s *Site) Apply(page *sheet.Sheet, start int, r *rand.Rand) {
	lines := func(texts []string) (out []sheet.Line) {
		for _, t := range texts {
			if r.Float64() < shown {
				out = append(out, sheet.Line{Role: sheet.Furniture, Text: sheet.Text{Clean: t}})
			}
		}
		return out
	}
	out := append([]sheet.Line{}, page.Lines[:start]...)
	out = append(out, lines(s.above)...)
	heads, below := 0, false
	for _, l := range page.Lines[start:] {
		if l.Role == sheet.PositionHead && !l.Glued {
			if heads++; heads == 2 && page.Layout.Flows() {
				out = append(out, lines(s.amid)...)
			}
		}
		if !below && heads > 0 && l.Role.Site() && l.Role != sheet.Contents && l.Role != sheet.Board {
			below = true
			out = append(out, lines(s.below)...)
		}
		out = append(out, l)
	}
	if !below {
		out = append(out, lines(s.below)...)
	}
	page.Lines = out
}
