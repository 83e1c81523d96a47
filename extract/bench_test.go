package extract

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// benchShapes are the pages that are measured: how their lines are written.
var benchShapes = [...]struct {
	name             string
	begin, head, end string
	line, links      string // of one item; of a part that is dropped
}{
	{
		name:  "plain",
		begin: `<!DOCTYPE html><html><head><meta charset="utf-8"><title>仓储岗位职责_某某网</title></head><body><div class="content">` + "\n",
		head:  "<h2>仓储岗位职责篇%d</h2>\n", line: "<p>%d、%s</p>\n",
		links: `<ul class="nav"><li><a href="/a">首页</a></li><li><a href="/b">范文</a></li></ul>` + "\n",
		end:   "</div></body></html>\n",
	},
	{
		name:  "editor", // as word processors paste it
		begin: `<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><style>.x{display:none}</style></head><body>`,
		head:  `<p class="t" style="text-align: center; text-indent: 2em;"><strong><span style="font-size: 18px;">仓储岗位职责篇%d</span></strong></p>`,
		line:  `<p style="text-indent: 2em; line-height: 1.75em;"><span style="font-family: 宋体; font-size: 16px;">%d、%s</span></p>`,
		links: `<div class="share_box" id="bdshare"><a href="#" class="w">微信</a> <a href="#" class="q">空间</a></div>`,
		end:   "</body></html>",
	},
	{
		name:  "breaks",
		begin: "<html><head><title>仓储岗位职责</title><script>var a=\"<p>\";</script></head><body><table><tr><td>",
		head:  "<br>\r\n<b>仓储岗位职责篇%d</b><br><br>\r\n", line: "　　%d、%s<br>\r\n",
		links: `<a href="/a">上一篇</a> | <a href="/b">下一篇</a><br>` + "\r\n",
		end:   "</td></tr></table></body></html>",
	},
	{
		name:  "table",
		begin: "<html><head><title>仓储岗位说明书</title></head><body>",
		head:  "<h3>说明书%d</h3><table border=1><tr><th>序号</th><th>职责</th></tr>",
		line:  "<tr><td>%d</td><td>%s</td></tr>\n", links: "</table>", end: "</table></body></html>",
	},
}

var benchDuties = [...]string{
	"负责仓库的日常<b>管理</b>，保证账、卡、物相符；", "每月组织盘点，并将差异报财务部处理。", "按先进先出的原则安排收发货，单据当日入账；",
	"检查库区消防设施与温湿度，异常情况两小时内上报主管；", "完成上级交办的其他工作。",
}

// benchPage is a page of about size bytes.
func benchPage(shape, size int) string {
	s := &benchShapes[shape]
	var b strings.Builder
	b.WriteString(s.begin)
	for i := 0; b.Len() < size; i++ {
		if i%20 == 0 {
			fmt.Fprintf(&b, s.head, i/20+1)
		}
		fmt.Fprintf(&b, s.line, i%20+1, benchDuties[i%len(benchDuties)])
		if i%20 == 19 {
			b.WriteString(s.links)
		}
	}
	b.WriteString(s.end)
	return b.String()
}

func benchPages(b *testing.B, do func(page []byte) error) {
	for i, s := range benchShapes {
		for _, size := range []int{10 << 10, 100 << 10, 1 << 20, 10 << 20} {
			page := []byte(benchPage(i, size))
			b.Run(fmt.Sprintf("%s/%dKiB", s.name, size>>10), func(b *testing.B) {
				b.SetBytes(int64(len(page)))
				b.ReportAllocs()
				for b.Loop() {
					if err := do(page); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// BenchmarkParseAlone is the parser on its own, which BenchmarkRead is measured
// by: run both at once and compare.
func BenchmarkParseAlone(b *testing.B) {
	benchPages(b, func(page []byte) error {
		_, err := html.Parse(strings.NewReader(string(page)))
		return err
	})
}

// BenchmarkRead is a page from its bytes to its source text.
func BenchmarkRead(b *testing.B) {
	benchPages(b, func(page []byte) error {
		_, err := Read(Input{Data: page})
		return err
	})
}
