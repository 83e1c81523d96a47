package normalize

import (
	"testing"

	"pgregory.net/rapid"

	"zhize/document"
)

// TestSurvey compares what the rules find that a survey calls for with what
// all of them find.
func TestSurvey(t *testing.T) {
	alphabet := rapid.SampledFrom([]string{
		"负责", "的", "营", "销", "安", "爱", "職", "㑮", "𠮷", "，", "。", "；", ";", "、", "(", "（", "de", "shuō", ")", "）", " ", "  ", "\u00a0", "　",
		"\t", "\n", ".", "'", "x#y9Z", "Excel", "1", "\u200b", "\u00ad", "\x07", "\u2028", "\ufeff", "\u200d", "😀", "é", "--", "&", "nbsp;", "#59;", "\ue000", "\uf06c", "第1页共2页",
	})
	rapid.Check(t, func(t *rapid.T) {
		text := ""
		for _, s := range rapid.SliceOfN(alphabet, 0, 60).Draw(t, "parts") {
			text += s
		}
		if rapid.Bool().Draw(t, "repeated") {
			text += text + text
		}
		f := finder{text: text, survey: surveyOf(text)}
		for _, r := range characterRules {
			if r.asks == 0 || r.asks&f.survey.signs != 0 {
				continue
			}
			f.rule = r.Name
			if r.find(&f, Part{Span: document.Span{End: len(text)}}); len(f.edits)+len(f.suggested) > 0 {
				t.Fatalf("%s finds %+v%+v where the survey does not ask it", r.Name, f.edits, f.suggested)
			}
		}
	})
}
