package normalize

import "strings"

// slogans are what document sites strew into the texts they show, in the two
// halves that a row of dashes parts: 精选优质文档-----倾情为你奉上.
var (
	sloganHeads = [...]string{"精选优质文档", "精品优质文档", "优质文档", "精品文档", "精选文档", "学习资料", "专心", "专注", "精品资料", "优秀文档"}
	sloganTails = [...]string{"倾情为你奉上", "倾情为您奉上", "专注", "专业", "下载后可任意编辑", "下载后可编辑", "值得下载", "欢迎下载", "值得拥有", "为你奉上"}
)

// minDashes is how many dashes part the halves of a slogan at least.
const minDashes = 2

// slogan finds a site's slogan inside a text. Both halves must be known and
// dashes must part them, so that no sentence is taken for one.
func slogan(f *finder, p Part) {
	for from := p.Start; ; {
		i := strings.Index(f.text[from:p.End], "--")
		if i < 0 {
			return
		}
		dash := from + i
		end := dash
		for end < p.End && f.text[end] == '-' {
			end++
		}
		from = end
		start := f.sloganStart(p, dash)
		if start == dash || end-dash < minDashes {
			continue
		}
		for stop := f.sloganEnd(p, end); stop > end && f.text[end-1] == '-'; stop = f.sloganEnd(p, end) {
			end = stop
			for end < p.End && f.text[end] == '-' {
				end++
			}
		}
		if f.text[end-1] == '-' {
			continue
		}
		f.edit(start, end, "", 0.99, "a site's slogan")
		from = end
	}
}

func (f *finder) sloganStart(p Part, dash int) int {
	for _, w := range sloganHeads {
		if strings.HasSuffix(f.text[p.Start:dash], w) {
			return dash - len(w)
		}
	}
	return dash
}

func (f *finder) sloganEnd(p Part, at int) int {
	for _, w := range sloganTails {
		if strings.HasPrefix(f.text[at:p.End], w) {
			return at + len(w)
		}
	}
	return at
}
