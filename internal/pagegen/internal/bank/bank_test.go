package bank

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"
)

func load(t *testing.T) *Bank {
	t.Helper()
	b, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestSizeOfTheBank(t *testing.T) {
	b := load(t)
	titles, duties, qualifications := map[string]bool{}, len(b.Duties), len(b.Any)
	for _, f := range b.Fields {
		for _, title := range f.Titles {
			if titles[title] {
				t.Errorf("the title %s has two fields", title)
			}
			titles[title] = true
		}
		duties += len(f.Duties)
		qualifications += len(f.Qualifications)
		for name, n := range map[string]int{
			"departments": len(f.Departments), "groups": len(f.Groups), "objects": len(f.Objects),
			"duties": len(f.Duties) - 20, "qualifications": len(f.Qualifications) - 6,
		} {
			if n < 3 {
				t.Errorf("[%s] has too few %s", f.Name, name)
			}
		}
	}
	if len(titles) < 120 || duties < 700 || qualifications < 350 {
		t.Errorf("%d titles, %d duties, %d qualifications; wanted at least 120, 700, 350", len(titles), duties, qualifications)
	}
}

// all calls f for every sentence of the bank.
func (b *Bank) all(f func(where string, s *Sentence)) {
	each := func(where string, list []Sentence) {
		for i := range list {
			f(where, &list[i])
		}
	}
	each("duty", b.Duties)
	each("any", b.Any)
	each("composed", b.Composed)
	each("before", b.Before)
	each("behind", b.Behind)
	for i := range b.Fields {
		each("duties of "+b.Fields[i].Name, b.Fields[i].Duties)
		each("qualifications of "+b.Fields[i].Name, b.Fields[i].Qualifications)
	}
	for name, list := range b.Sections {
		each(name, list)
	}
	for name, list := range b.Page {
		each(name, list)
	}
}

// TestSentencesAreWhole: no leftover of the notation, no end mark, bounded.
func TestSentencesAreWhole(t *testing.T) {
	b := load(t)
	r := rand.New(rand.NewPCG(1, 2))
	v := Values{Topic: "客服部", Site: "范文网", Object: "客户档案", Other: "出纳"}
	b.all(func(where string, s *Sentence) {
		for range 20 {
			text := string(b.Append(nil, s, r, &v))
			if !utf8.ValidString(text) || strings.ContainsAny(text, "{}<>|~@\n\t") {
				t.Errorf("%s: %q holds notation", where, text)
			}
			if strings.HasSuffix(text, "。") || strings.HasSuffix(text, "；") {
				t.Errorf("%s: %q has an end mark of its own", where, text)
			}
			if n := utf8.RuneCountInString(text); n > 80 {
				t.Errorf("%s: %q is %d characters long", where, text, n)
			}
		}
	})
}

func TestNoSentenceStandsTwice(t *testing.T) {
	b := load(t)
	seen := map[string]string{}
	b.all(func(where string, s *Sentence) {
		var key strings.Builder
		for _, p := range s.parts {
			key.WriteString(p.text + strings.Join(p.choices, "|"))
		}
		if at, ok := seen[key.String()]; ok {
			t.Errorf("%q stands under %s and %s", key.String(), at, where)
		}
		seen[key.String()] = where
	})
}

func TestParseRefusesWhatIsWrong(t *testing.T) {
	b := load(t)
	for _, line := range []string{"", "做{好|坏", "每<3天", "每<a-b>天", "每<9-3>天", "{@没有}"} {
		if _, err := b.parse(line); err == nil {
			t.Errorf("%q was taken", line)
		}
	}
}
