package extract

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// benchPage is a page of about size bytes, on one line or on many.
func benchPage(size int, lines bool) string {
	var b strings.Builder
	end := ""
	if lines {
		end = "\n"
	}
	b.WriteString("<!DOCTYPE html><html><head><title>仓储岗位职责_某某网</title></head><body><div class=\"content\">" + end)
	for i := 1; b.Len() < size; i++ {
		if i%20 == 1 {
			fmt.Fprintf(&b, "<h2>仓储岗位职责篇%d</h2>%s<ul class=\"nav\"><li><a href=\"/a\">首页</a></li><li><a href=\"/b\">范文</a></li></ul>%s", i, end, end)
		}
		fmt.Fprintf(&b, "<p>%d、负责仓库的日常<span>管理</span>，保证账、卡、物相符；<br>每月组织盘点，并将差异报财务部处理。</p>%s", i, end)
	}
	b.WriteString("</div></body></html>")
	return b.String()
}

// BenchmarkRead measures Read beside the bare parser on the same page.
func BenchmarkRead(b *testing.B) {
	for _, size := range []int{10 << 10, 1 << 20, 10 << 20} {
		for _, lines := range []bool{false, true} {
			page := benchPage(size, lines)
			name := fmt.Sprintf("%dKiB/lines=%v", size>>10, lines)
			b.Run(name+"/read", func(b *testing.B) {
				b.SetBytes(int64(len(page)))
				b.ReportAllocs()
				for b.Loop() {
					if _, err := Read(Input{Data: []byte(page)}); err != nil {
						b.Fatal(err)
					}
				}
			})
			b.Run(name+"/parse", func(b *testing.B) {
				b.SetBytes(int64(len(page)))
				b.ReportAllocs()
				for b.Loop() {
					if _, err := html.Parse(strings.NewReader(page)); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
