package sheet

import (
	"strings"
	"testing"

	"zhize/hanzi"

	"pgregory.net/rapid"
)

func plain(dst []byte, s string) []byte { return append(dst, s...) }

func TestFaultsUndo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := Text{Clean: rapid.StringMatching(`[客户档案，。的a1]{0,30}`).Draw(t, "clean")}
		apart := rapid.IntRange(0, 12).Draw(t, "apart")
		for range rapid.IntRange(0, 12).Draw(t, "faults") {
			text.Add(Fault{
				At:  rapid.IntRange(-1, len(text.Clean)+1).Draw(t, "at"),
				Len: rapid.SampledFrom([]int{0, 0, 1, 3}).Draw(t, "len"),
				Put: rapid.SampledFrom([]string{"", " ", ".", "\n", "(dǎo)", "；。"}).Draw(t, "put"),
			}, apart)
		}
		shown := string(text.Append(nil, plain))
		if back, ok := text.Undo(shown); !ok || back != text.Clean {
			t.Fatalf("%q with %v shows %q, which undoes to %q", text.Clean, text.faults, shown, back)
		}
	})
}

func TestWindow(t *testing.T) {
	text := Text{Clean: "维护良好的客户关系，定期回访；"}
	at := strings.Index(text.Clean, "客户")
	if !text.Add(Fault{At: at, Put: "."}, Apart) {
		t.Fatal("the fault was not taken")
	}
	if text.Add(Fault{At: at + 3, Put: " "}, Apart) {
		t.Error("a fault beside another was taken")
	}
	before, after, ok := text.Window(0, plain)
	if !ok || before != "良好的.客户关" || after != "良好的客户关" {
		t.Errorf("window: %q, %q, %v", before, after, ok)
	}
	last := Text{Clean: "回访；"}
	last.Add(Fault{At: 6, Len: 3, Put: "；。"}, 0)
	if before, after, ok := last.Window(0, plain); !ok || before != "回访；。" || after != "回访；" {
		t.Errorf("window at the end: %q, %q, %v", before, after, ok)
	}
}

func TestMirrorLeadsBack(t *testing.T) {
	s := Sheet{Mirror: true}
	for _, text := range []string{"售后标准", "计划联系", "负责客户资料的收集、整理和归档"} {
		shown := string(s.Show(nil, text))
		if shown == text {
			t.Errorf("%s is not converted", text)
		}
		if back := hanzi.Align(shown); back != text {
			t.Errorf("%s shows as %s, which is %s", text, shown, back)
		}
	}
	kept := 0
	for _, r := range mirrored {
		if r != 0 {
			kept++
		}
	}
	if kept < 300 {
		t.Errorf("the mirror converts %d characters only", kept)
	}
}

func TestHalfWidth(t *testing.T) {
	s := Sheet{Half: true}
	if got := string(s.Show(nil, "记录：姓名、电话（手机），并归档；完成。")); got != "记录:姓名、电话(手机),并归档;完成。" {
		t.Error(got)
	}
}
