package charset

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

const (
	simplified = "仓储主管岗位职责\n1、负责仓库的日常管理，保证账、卡、物相符；\n2、组织每月盘点，并将差异报财务部处理。\n"
	// Characters of GBK and of GB 18030 that GB 2312 lacks; 䶮 has four bytes.
	beyond      = "编辑：龚䶮\n1、抽查不少于45㎡的套房，水温保持在48℃左右；\n2、与喆文公司核对账目，登记后归档。\n"
	traditional = "門市人員工作說明書\n1、綜理門市營運，達成總部訂定之業績目標。\n2、製作咖啡與熱食，維護機台整潔。\n"
	tableHTML   = "<html><head><meta charset=\"LABEL\"><title>说明</title></head><body>TEXT</body></html>"
)

var (
	gb18030 = simplifiedchinese.GB18030
	gbk     = simplifiedchinese.GBK
	big5    = traditionalchinese.Big5
	le      = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	be      = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
)

func encode(t testing.TB, e encoding.Encoding, s string) string {
	t.Helper()
	b, err := e.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func labelled(label, text string) string {
	return strings.NewReplacer("LABEL", label, "TEXT", text).Replace(tableHTML)
}

func TestDecode(t *testing.T) {
	latin := strings.Repeat("The café serves naïve crêpes. ", 5)
	big5Page := labelled("big5", traditional)
	big5Page = strings.Replace(big5Page, "说明", "說明", 1)
	for _, c := range []struct {
		name, data, hint       string
		text, charset, because string
		damaged                bool
	}{
		{"utf-8", simplified, "", simplified, "utf-8", Valid, false},
		{"utf-8 with mark", "\uFEFF" + simplified, "gbk", simplified, "utf-8", Bom, false},
		{"utf-8 labelled gbk", labelled("gbk", simplified), "", labelled("gbk", simplified), "utf-8", Valid, false},
		{"utf-8 with a gb2312 hint", simplified, "gb2312", simplified, "utf-8", Valid, false},
		{"utf-8 cut off in a character", simplified[:len(simplified)-3], "", simplified[:len(simplified)-4] + "\uFFFD", "utf-8", Valid, false},
		{"utf-8 with a bad byte", strings.Replace(simplified, "1、", "1\xA1、", 1), "", strings.Replace(simplified, "1、", "1\uFFFD、", 1), "utf-8", Valid, true},
		{"utf-8 with a replacement character", "岗\uFFFD职责", "", "岗\uFFFD职责", "utf-8", Valid, true},
		{"ascii", "hello\n", "", "hello\n", "utf-8", Valid, false},
		{"accents of utf-8", latin, "", latin, "utf-8", Valid, false},
		{"bullets of utf-8", "Duties:· Support · Review · Report· Plan", "", "Duties:· Support · Review · Report· Plan", "utf-8", Valid, false},
		{"gbk that is utf-8 by accident", "\xC1\xAA\xCD\xA8\xC1\xAA\xCD\xA8", "", "联通联通", "gb18030", Frequency, false},
		{"gbk without label", encode(t, gbk, simplified), "", simplified, "gb18030", Frequency, false},
		{"gb18030 without label", encode(t, gb18030, beyond), "", beyond, "gb18030", Frequency, false},
		{"gb2312 label, characters beyond it", encode(t, gb18030, labelled("gb2312", beyond)), "", labelled("gb2312", beyond), "gb18030", Label, false},
		{"gbk labelled utf-8", encode(t, gbk, labelled("utf-8", simplified)), "", labelled("utf-8", simplified), "gb18030", LabelDistrusted, false},
		{"gbk with a utf-8 hint", encode(t, gbk, simplified), "utf-8", simplified, "gb18030", LabelDistrusted, false},
		{"gbk labelled big5", encode(t, gbk, labelled("big5", simplified)), "", labelled("big5", simplified), "gb18030", LabelDistrusted, false},
		{"gbk labelled iso-8859-1", encode(t, gbk, labelled("iso-8859-1", simplified)), "", labelled("iso-8859-1", simplified), "gb18030", LabelDistrusted, false},
		{"gbk labelled shift_jis", encode(t, gbk, labelled("shift_jis", simplified)), "", labelled("shift_jis", simplified), "gb18030", LabelDistrusted, false},
		{"gbk cut off in a character", encode(t, gbk, simplified)[:len(encode(t, gbk, simplified))-2], "", simplified[:len(simplified)-4] + "\uFFFD", "gb18030", Frequency, false},
		{"a mark of utf-8 before gbk", "\xEF\xBB\xBF" + encode(t, gbk, simplified), "", simplified, "gb18030", Frequency, false},
		{"traditional text in gbk", encode(t, gbk, traditional), "", traditional, "gb18030", Frequency, false},
		{"big5 without label", encode(t, big5, traditional), "", traditional, "big5", Frequency, false},
		{"big5 with label", encode(t, big5, big5Page), "", big5Page, "big5", Label, false},
		{"big5 labelled gb2312", encode(t, big5, strings.Replace(big5Page, "big5", "gb2312", 1)), "", strings.Replace(big5Page, "big5", "gb2312", 1), "big5", LabelDistrusted, false},
		{"utf-16le with mark", "\xFF\xFE" + encode(t, le, simplified), "", simplified, "utf-16le", Bom, false},
		{"utf-16be with mark", "\xFE\xFF" + encode(t, be, simplified), "", simplified, "utf-16be", Bom, false},
		{"utf-16le without mark", encode(t, le, simplified), "", simplified, "utf-16le", Pattern, false},
		{"utf-16be without mark", encode(t, be, simplified), "gb2312", simplified, "utf-16be", Pattern, false},
		{"utf-16le, only markup", encode(t, le, "<html><body>ok</body></html>"), "", "<html><body>ok</body></html>", "utf-16le", Pattern, false},
		{"utf-32le with mark", encode(t, utf32.UTF32(utf32.LittleEndian, utf32.UseBOM), simplified), "", simplified, "utf-32le", Bom, false},
		{"utf-32be with mark", encode(t, utf32.UTF32(utf32.BigEndian, utf32.UseBOM), simplified), "", simplified, "utf-32be", Bom, false},
		{"korean with label", encode(t, korean.EUCKR, "<meta charset=euc-kr>담당 업무와 자격 요건을 확인하십시오"), "", "<meta charset=euc-kr>담당 업무와 자격 요건을 확인하십시오", "euc-kr", Label, false},
		{"western with label", "<meta charset=windows-1252>caf\xE9 cr\xEApes", "", "<meta charset=windows-1252>café crêpes", "windows-1252", Label, false},
		{"line ends", "一\r\n二\r三\n", "", "一\n二\n三\n", "utf-8", Valid, false},
		{"a NUL in a text", "岗位职责\x00：负责仓库", "", "岗位职责\uFFFD：负责仓库", "utf-8", Valid, true},
		{"control characters stay", "岗位职责\x0B：负责仓库的日常管理与盘点", "", "岗位职责\x0B：负责仓库的日常管理与盘点", "utf-8", Valid, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Decode([]byte(c.data), c.hint)
			if err != nil {
				t.Fatal(err)
			}
			if want := (Text{c.text, c.charset, c.because, c.damaged}); got != want {
				t.Errorf("got  %+v\nwant %+v", got, want)
			}
		})
	}
}

func TestEveryGBLabelMeansGB18030(t *testing.T) {
	for _, label := range append([]string{"GB2312", " GBK ", "Gb_2312-80"}, gbLabels...) {
		page := labelled(label, beyond)
		got, err := Decode([]byte(encode(t, gb18030, page)), "")
		if err != nil {
			t.Fatal(err)
		}
		if got.Text != page || got.Charset != "gb18030" || got.Why != Label {
			t.Errorf("%s: %s because of %s", label, got.Charset, got.Why)
		}
	}
}

func TestLabels(t *testing.T) {
	for _, c := range []struct {
		data, hint string
		want       string
	}{
		{`<meta charset="gbk">`, "", "gbk"},
		{`<META CHARSET=GB2312>`, "", "gb2312"},
		{`<meta http-equiv="Content-Type" content="text/html; charset=gb2312" />`, "", "gb2312"},
		{`<meta http-equiv=Content-Type content=text/html;charset=big5>`, "utf-8", "utf-8 big5"},
		{`<?xml version="1.0" encoding='GB18030'?><html>`, "", "gb18030"},
		{`<meta name="x"><meta charset = 'utf-8'>`, "", "utf-8"},
		{`<meta charset="`, "", ""},
		{`no label`, "", ""},
	} {
		if got := strings.Join(labels([]byte(c.data), c.hint), " "); got != c.want {
			t.Errorf("%s: %q, want %q", c.data, got, c.want)
		}
	}
}

func TestRejects(t *testing.T) {
	noise := make([]byte, 4096)
	for i := range noise {
		noise[i] = byte(i*i*31 + i*7 + i>>3)
	}
	for _, c := range []struct{ name, data, want string }{
		{"empty", "", "empty"},
		{"white space", " \r\n\t　\n", "empty"},
		{"only a mark", "\uFEFF", "empty"},
		{"pdf", "%PDF-1.7\n...", "binary"},
		{"docx", "PK\x03\x04\x14\x00", "binary"},
		{"old doc", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\x00\x00", "binary"},
		{"png", "\x89PNG\r\n\x1A\n", "binary"},
		{"jpeg", "\xFF\xD8\xFF\xE0", "binary"},
		{"gzip", "\x1F\x8B\x08\x00", "binary"},
		{"rtf", "{\\rtf1\\ansi", "binary"},
		{"program", "\x7FELF\x02\x01\x01", "binary"},
		{"NULs", "ab" + strings.Repeat("\x00", 400), "binary"},
		{"noise", string(noise), "binary"},
		{"control characters", strings.Repeat("a\x01\x02", 50), "binary"},
	} {
		_, err := Decode([]byte(c.data), "")
		var e *Error
		if !errors.As(err, &e) || e.Reason != c.want {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
}

// A page is found in its charset wherever it is cut, and however short it is.
func TestEveryLength(t *testing.T) {
	for _, c := range []struct {
		name string
		enc  encoding.Encoding
		text string
	}{{"gb18030", gb18030, simplified}, {"big5", big5, traditional}} {
		data := encode(t, c.enc, c.text)
		for n := 16; n < len(data); n++ {
			got, err := Decode([]byte(data[:n]), "")
			if err != nil || got.Charset != c.name {
				t.Errorf("%s cut at %d: %s, %v", c.name, n, got.Charset, err)
			}
		}
	}
}

func TestFrequentCharacters(t *testing.T) {
	if n := utf8.RuneCountInString(frequentSimplified); n < 600 {
		t.Errorf("%d characters", n)
	}
	for _, r := range "职责岗位職責崗位" {
		if !frequent.has(r) {
			t.Errorf("%c is missing", r)
		}
	}
	for _, r := range "鑱岃矗宀椾綅" { // 职责岗位 in UTF-8, read as GBK
		if frequent.has(r) {
			t.Errorf("%c is no frequent character", r)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, s := range []string{
		"", simplified, encode(f, gbk, beyond[:9]), encode(f, gb18030, beyond), encode(f, big5, traditional), encode(f, le, simplified),
		"\xFF\xFE\x00\x00", "\x00\x00\xFE\xFF\x00", "\xFE\xFF\xD8", "<meta charset=gbk>\x81", "a\x00b\x00c", "\xEF\xBB\xBF\xC1\xAA",
	} {
		f.Add([]byte(s), "gb2312")
	}
	f.Fuzz(func(t *testing.T, data []byte, hint string) {
		got, err := Decode(data, hint)
		if err != nil {
			var e *Error
			if !errors.As(err, &e) {
				t.Fatalf("%T", err)
			}
			return
		}
		if !utf8.ValidString(got.Text) || strings.ContainsAny(got.Text, "\r\x00") {
			t.Errorf("%q", got.Text)
		}
		if again, err := Decode([]byte(got.Text), ""); got.Why == Valid && (err != nil || again.Text != strings.TrimPrefix(got.Text, "\uFEFF")) {
			t.Errorf("%q decodes to %q (%v)", got.Text, again.Text, err)
		}
	})
}

// TestControls compares the count of control characters, which reads eight
// bytes at once, with one that reads them one by one.
func TestControls(t *testing.T) {
	const pieces = "验收\n\t\f\x01\x1F\x7F\x1B a\x00~\u0080é😀"
	runes := []rune(pieces)
	state := uint32(1)
	for n := range 400 {
		var b strings.Builder
		for range n % 40 {
			state = state*1664525 + 1013904223
			b.WriteRune(runes[state>>8%uint32(len(runes))])
		}
		text, want := b.String(), 0
		for i := range len(text) {
			if control(text[i]) {
				want++
			}
		}
		if got := controlsIn(text); got != want {
			t.Fatalf("%q: %d, want %d", text, got, want)
		}
	}
}

func TestLineEnds(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "a": "a", "\r": "\n", "\r\n": "\n", "\n\r": "\n\n", "a\r\nb\rc\n": "a\nb\nc\n", "\r\r\n\r": "\n\n\n", "a\r": "a\n",
	} {
		if got := lineEnds(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
