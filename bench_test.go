package zhize_test

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"zhize/document"
	"zhize/evidence"
	"zhize/normalize"

	"golang.org/x/net/html"

	"zhize"
)

// The parts that benchmark pages are put together from. They differ in length,
// and the counts are prime to each other, so that few duties are alike.
var (
	benchJobs    = [...]string{"客服主管", "仓库管理员", "销售经理", "行政专员", "财务会计", "招聘助理", "设备维修工"}
	benchVerbs   = [...]string{"负责", "协助上级完成", "按时整理并上报", "定期检查", "组织", "跟进", "参与制定", "监督", "配合相关部门做好", "及时处理", "汇总"}
	benchObjects = [...]string{
		"客户投诉的登记与回访", "每月2-3次的库存盘点", "部门年度预算（含差旅费）的编制", "来访人员的接待工作", "新员工入职1.5个月内的培训",
		"合同、报价单与发票的归档", "生产现场的安全巡查", "9:30-17:30的值班安排", "供应商资质的审核", "各门店的销售数据", "办公设备的采购与维护",
		"公司网站与公众号内容的更新", "4S店的售后服务",
	}
	benchEnds = [...]string{"，发现问题当日上报；", "；", "，并形成书面记录。", "，确保账实相符；", "。"}
)

// benchText is about size bytes of an ordinary page: articles with positions,
// duties and qualifications, each duty handed to line.
func benchText(size int, head, line func(w *strings.Builder, s string)) string {
	var w strings.Builder
	for n, article := 0, 1; w.Len() < size; article++ {
		head(&w, fmt.Sprintf("岗位职责说明书篇%d", article))
		for range 2 {
			head(&w, benchJobs[n%len(benchJobs)]+"岗位职责：")
			for i := 1; i <= 9; i++ {
				line(&w, fmt.Sprintf("%d、%s%s%s", i, benchVerbs[n%len(benchVerbs)], benchObjects[n%len(benchObjects)], benchEnds[n%len(benchEnds)]))
				n++
			}
			head(&w, "任职要求：")
			line(&w, "1、大专以上学历，两年以上相关工作经验；")
			line(&w, "2、熟练使用Office等办公软件，沟通能力强。")
			n++
		}
	}
	return w.String()
}

var benchPages = [...]struct {
	name string
	page func(size int) string
}{
	{"html", func(size int) string {
		return `<!DOCTYPE html><html><head><meta charset="utf-8"><title>岗位职责说明书</title></head><body><div class="nav"><a href="/">首页</a> <a href="/fanwen/">范文</a></div><div class="content">` +
			benchText(size, func(w *strings.Builder, s string) { w.WriteString("<h2>" + s + "</h2>\n") },
				func(w *strings.Builder, s string) { w.WriteString(`<p class="txt">　　` + s + "</p>\n") }) +
			"</div></body></html>"
	}},
	{"text", func(size int) string {
		line := func(w *strings.Builder, s string) { w.WriteString(s + "\n") }
		return benchText(size, line, line)
	}},
	{"one-line", func(size int) string {
		glue := func(w *strings.Builder, s string) { w.WriteString(s) }
		return benchText(size, glue, glue)
	}},
}

var benchSizes = [...]struct {
	name string
	size int
}{{"10kB", 10 << 10}, {"100kB", 100 << 10}, {"1MB", 1 << 20}, {"10MB", 10 << 20}}

// BenchmarkProcess is one page from bytes to a checked document. Beside the
// rate it reports the memory that was asked for, in bytes a byte of the page.
func BenchmarkProcess(b *testing.B) {
	benchmarkPages(b, func(data []byte) error {
		_, err := zhize.Process(zhize.Input{URI: "page", Data: data}, nil)
		return err
	})
}

// BenchmarkParse is what merely parsing the same bytes as HTML costs: the
// measure for BenchmarkProcess.
func BenchmarkParse(b *testing.B) {
	benchmarkPages(b, func(data []byte) error {
		_, err := html.Parse(strings.NewReader(string(data)))
		return err
	})
}

func benchmarkPages(b *testing.B, run func(data []byte) error) {
	for _, p := range benchPages {
		for _, s := range benchSizes {
			b.Run(p.name+"/"+s.name, func(b *testing.B) {
				data := []byte(p.page(s.size))
				b.SetBytes(int64(len(data)))
				var before, after runtime.MemStats
				runtime.ReadMemStats(&before)
				for b.Loop() {
					if err := run(data); err != nil {
						b.Fatal(err)
					}
				}
				runtime.ReadMemStats(&after)
				b.ReportMetric(float64(after.TotalAlloc-before.TotalAlloc)/float64(b.N)/float64(len(data)), "B/byte")
			})
		}
	}
}

// BenchmarkRules is all repairs together on the text of testdata's pages, without
// evidence and with what these pages teach.
func BenchmarkRules(b *testing.B) {
	names, err := filepath.Glob("testdata/pages/*.txt")
	if err != nil || len(names) == 0 {
		b.Fatal(names, err)
	}
	l := evidence.NewLearner(b.TempDir(), 0)
	var texts []string
	var parts [][]normalize.Part
	size := 0
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			b.Fatal(err)
		}
		d, err := zhize.Process(zhize.Input{URI: name, Data: data}, nil)
		if err != nil {
			continue
		}
		var text strings.Builder
		var list []normalize.Part
		for _, item := range pageItems(d) {
			if err := l.Add(item); err != nil {
				b.Fatal(err)
			}
			from := text.Len()
			text.WriteString(item)
			list = append(list, normalize.Part{Span: document.Span{Start: from, End: text.Len()}})
			text.WriteByte('\n')
		}
		texts, parts, size = append(texts, text.String()), append(parts, list), size+text.Len()
	}
	path := filepath.Join(b.TempDir(), "evidence")
	if err := l.Write(path); err != nil {
		b.Fatal(err)
	}
	e, err := evidence.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	defer e.Close()
	for _, c := range []struct {
		name string
		ev   zhize.Evidence
	}{{"alone", zhize.Knowledge{}.Evidence()}, {"evidence", zhize.Knowledge{Corpus: e}.Evidence()}} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(size))
			for b.Loop() {
				for i, text := range texts {
					normalize.Characters(text, c.ev)
					normalize.Texts(text, parts[i], c.ev)
				}
			}
		})
	}
}
