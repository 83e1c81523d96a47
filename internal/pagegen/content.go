package pagegen

import (
	"math/rand/v2"
	"strings"

	"zhize/internal/pagegen/internal/bank"
)

// Shares of sentences; own choices. Clauses multiply the sentences of the bank,
// so that some hundred thousand pages do not say the same few thousand.
const (
	composedShare = 0.20 // duties that are built over an object of the field
	commonShare   = 0.08 // duties that every job has
	doubleShare   = 0.06 // items of two sentences
	beforeShare   = 0.15 // duties with a clause before
	behindShare   = 0.45 // duties with a clause behind
)

// pool is how many recurring duties a field has.
const pool = 64

// draw gives the sentences of a list one by one, none twice before all are used.
type draw struct {
	list     []bank.Sentence
	at, step int
}

// steps are primes above the length of any list that is not a multiple of one.
var steps = [...]int{101, 103, 107, 109, 113, 127, 131}

func newDraw(list []bank.Sentence, r *rand.Rand) draw {
	return draw{list, r.IntN(len(list)), steps[r.IntN(len(steps))]}
}

func (d *draw) next() *bank.Sentence {
	d.at = (d.at + d.step) % len(d.list)
	return &d.list[d.at]
}

// text is a sentence as the page's content chooses it.
func (p *planner) text(s *bank.Sentence) string {
	p.buf = p.bank.Append(p.buf[:0], s, p.content, &p.values)
	return string(p.buf)
}

// around is a sentence of page.txt.
func (p *planner) around(part string) string {
	list := p.bank.Page[part]
	p.values.Other = p.otherTitle()
	return p.any(list)
}

func (p *planner) otherTitle() string {
	f := &p.bank.Fields[p.content.IntN(len(p.bank.Fields))]
	return f.Titles[p.content.IntN(len(f.Titles))]
}

// duty is one duty of the field, without its end mark.
func (p *planner) duty(d *draw) string {
	if p.o.Recurring > 0 && p.content.Float64() < p.o.Recurring {
		return p.recurring()
	}
	var text string
	switch n := p.content.Float64(); {
	case n < composedShare:
		p.values.Object = p.oneOf(p.field.Objects)
		text = p.any(p.bank.Composed)
	case n < composedShare+commonShare:
		text = p.any(p.bank.Duties)
	default:
		text = p.text(d.next())
	}
	text = p.clauses(text)
	if p.content.Float64() < doubleShare {
		text += "。" + p.text(d.next())
	}
	return text
}

// clauses gives a sentence of at most two clauses one more, or two.
func (p *planner) clauses(text string) string {
	before, behind := p.content.Float64() < beforeShare, p.content.Float64() < behindShare
	if strings.Count(text, "，") > 1 {
		return text
	}
	if before && !strings.HasPrefix(text, "在") && !strings.HasPrefix(text, "按") && !strings.HasPrefix(text, "根据") {
		text = p.any(p.bank.Before) + "，" + text
	}
	if behind {
		text += "，" + p.any(p.bank.Behind)
	}
	return text
}

func (p *planner) any(list []bank.Sentence) string {
	return p.text(&list[p.content.IntN(len(list))])
}

// recurring is one of the field's duties that stand on many pages: the same for
// the whole seed, half of them with a small difference.
func (p *planner) recurring() string {
	k := uint64(p.content.IntN(pool))
	r := rand.New(rand.NewPCG(p.seed, k<<8|uint64(p.fieldIndex)))
	list := p.field.Duties
	p.buf = p.bank.Append(p.buf[:0], &list[r.IntN(len(list))], r, &p.values)
	text := string(p.buf)
	switch p.content.IntN(8) {
	case 0:
		if !strings.HasPrefix(text, "负责") {
			text = "认真" + text
		}
	case 1:
		text = strings.Replace(text, "及时", "第一时间", 1)
	case 2:
		if head, _, ok := strings.Cut(text, "，"); ok && len(head) > 24 {
			text = head
		}
	case 3:
		text += "，" + p.any(p.bank.Behind)
	}
	return text
}

func (p *planner) oneOf(list []string) string { return list[p.content.IntN(len(list))] }
