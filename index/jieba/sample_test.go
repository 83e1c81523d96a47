package jieba

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// duties is text of the kind the package is for.
const duties = `岗位职责：
1、负责公司云原生平台的架构设计与核心模块开发，保障系统高可用、高并发；
2、参与Kubernetes、Docker、Prometheus等组件的二次开发，编写技术文档。
3.与产品经理、测试工程师紧密配合，按时交付v2.3.1版本，缺陷率低于0.5%；
（四）完成上级领导交办的其他工作，如跨部门沟通、客户拜访、展会接待等。
任职要求：本科及以上学历，3-5年Java或C++开发经验，熟悉MySQL 8.0与Redis；
⑵ 具备良好的团队协作精神，能承受一定的工作压力，英语CET-4以上者优先。
薪资范围：15K~25K·14薪，工作地点：北京市海淀区中关村软件园二期A座1203室，联系人：欧阳婧祎、仇鋆。
`

// tokens returns the text of each token.
func tokens(text string, list []Token) []string {
	out := make([]string, len(list))
	for i, t := range list {
		out[i] = text[t.Start:t.End]
	}
	return out
}

// invent makes text of about n bytes out of everything that segmentation treats differently: dictionary words, common
// and rare Han, other scripts, extension planes, ASCII words, numbers, punctuation, separators and names.
func invent(rng *rand.Rand, words []string, n int) string {
	const (
		surnames = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕欧阳司徒尉迟"
		given    = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂鋆祎婧翀喆玥烜煊頔昱珅赟龑"
		frequent = "的一是了我不在人们有来他这上着个地到大里说就去子得也和那要下看天时过出小么起你都把好还多没为又可家学只以主会样年想生同老中十从自面前头道它后然走很"
		marks    = "、；：？！“”‘’（）《》【】…—·～￥％＋－＝／＼|!\"#$%&'()*+,-./:;<=>?@[]^_`{}~①②③Ⅰⅱ㈠°℃㎡"
		stops    = "，。 \t\n"
	)
	rune1 := func(s string) rune { r := []rune(s); return r[rng.IntN(len(r))] }
	between := func(lo, hi rune) rune { return lo + rng.Int32N(hi-lo+1) }
	some := func(b *strings.Builder, most int, f func() rune) {
		for range 1 + rng.IntN(most) {
			b.WriteRune(f())
		}
	}
	const alnum = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	var b strings.Builder
	for b.Len() < n {
		switch k := rng.IntN(100); {
		case k < 40:
			b.WriteString(words[rng.IntN(len(words))])
		case k < 46: // part of a word
			w := []rune(words[rng.IntN(len(words))])
			b.WriteString(string(w[rng.IntN(len(w)):]))
		case k < 56:
			some(&b, 4, func() rune { return rune1(frequent) })
		case k < 62:
			b.WriteRune(rune1(surnames))
			some(&b, 2, func() rune { return rune1(given) })
		case k < 67:
			some(&b, 5, func() rune { return between(0x4E00, 0x9FFF) })
		case k < 69:
			some(&b, 3, func() rune { return between(0x3400, 0x4DBF) })
		case k < 71:
			some(&b, 3, func() rune { return between(0x20000, 0x3134F) })
		case k < 73: // full width, kana, hangul, compatibility, symbols, emoji
			starts := []rune{0xFF10, 0xFF21, 0x3041, 0x30A1, 0xAC00, 0xF900, 0x2460, 0x1F600, 0x0410, 0x00C0}
			lo := starts[rng.IntN(len(starts))]
			some(&b, 4, func() rune { return between(lo, lo+25) })
		case k < 79:
			some(&b, 9, func() rune { return rune1(alnum) })
		case k < 84:
			some(&b, 6, func() rune { return rune1("0123456789.") })
		case k < 92:
			b.WriteRune(rune1(marks))
		case k < 93: // any ASCII but NUL
			some(&b, 3, func() rune { return between(1, 0x7F) })
		case k < 94:
			words := []string{"C++", "c++", "C#", "AT&T", "B超", "T恤", "云计算", "蓝翔", "区块链", "韩玉鉴赏", "C/C++", "AT&Tx"}
			b.WriteString(words[rng.IntN(len(words))])
		default:
			b.WriteRune(rune1(stops))
		}
	}
	return b.String()
}

// postings returns the texts of the shared job postings, or skips the test if they are not there.
func postings(tb testing.TB) []string {
	tb.Helper()
	path := filepath.Join("..", "..", "..", "shared", "data", "postings.jsonl.gz")
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		tb.Skipf("no job postings at %s", path)
	}
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	zr, err := gzip.NewReader(f)
	if err != nil {
		tb.Fatal(err)
	}
	var texts []string
	in := bufio.NewScanner(zr)
	in.Buffer(nil, 16<<20)
	for in.Scan() {
		var posting struct{ Text string }
		if err := json.Unmarshal(in.Bytes(), &posting); err != nil {
			tb.Fatal(err)
		}
		texts = append(texts, posting.Text)
	}
	if err := in.Err(); err != nil {
		tb.Fatal(err)
	}
	return texts
}

// wordsOf lists the words of a dictionary in jieba's format.
func wordsOf(dict []byte) []string {
	var words []string
	for line := range strings.Lines(string(dict)) {
		word, _, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		words = append(words, word)
	}
	return words
}
