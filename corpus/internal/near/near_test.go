package near

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func sketch(texts ...string) *Sketch {
	var w Writer
	s := NewSketch()
	for _, t := range texts {
		w.Add(s, t)
	}
	return s
}

func randomHan(r *rand.Rand, n int) string {
	out := make([]rune, n)
	for i := range out {
		out[i] = rune(0x4e00 + r.IntN(3000))
	}
	return string(out)
}

// TestSketchEstimates compares the estimate with the likeness of the sets: its
// mean error is below two of its standard errors over the number of texts.
func TestSketchEstimates(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, common := range []float64{0, .3, .72, .95, 1} {
		const texts = 200
		sum, worst := 0.0, 0.0
		want := 0.0
		for range texts {
			n := 100 + r.IntN(400)
			k := int(common * float64(n))
			whole := randomHan(r, k)
			a, b := sketch(whole, randomHan(r, n-k)).Row(), sketch(whole, randomHan(r, n-k)).Row()
			of := func(n int) int { return max(0, n-shingle+1) }
			exact := float64(of(k)) / float64(of(k)+2*of(n-k))
			want += exact
			got := a.Like(&b)
			sum += got
			worst = max(worst, math.Abs(got-exact))
		}
		if off := math.Abs(sum-want) / texts; off > 2*math.Sqrt(.25/Permutations/texts) || worst > 5*math.Sqrt(.25/Permutations) {
			t.Errorf("common %.2f: the mean is off by %.4f, the worst by %.3f", common, off, worst)
		}
	}
}

func TestSketchDoesNotDependOn(t *testing.T) {
	a := sketch("负责ERP系统的日常维护，每月2次。", "做好记录")
	for _, s := range []*Sketch{
		sketch("做好记录；", "负责 erp 系统的日常维护\n每月２次"),
		ReadSketch(a.Append(nil)),
		func() *Sketch {
			s := sketch("做好记录")
			s.Join(sketch("负责ERP系统的日常维护每月2次"))
			return s
		}(),
	} {
		if *s != *a {
			t.Error("marks, width, case, order, packing or parts change a sketch")
		}
	}
	if !sketch("——，", "").Empty() || sketch("甲").Empty() {
		t.Error("what is empty")
	}
	if sketch("甲乙丙丁") == sketch("甲乙丙戊") || len(a.Append(nil)) != PackedSize {
		t.Error("short texts are alike, or the size is wrong")
	}
	row := a.Row()
	var back Row
	back.Read(row.Append(nil))
	if back != row || len(row.Append(nil)) != RowSize {
		t.Error("a row does not come back")
	}
}

// TestDutyLike lists what is a copy and what is not.
func TestDutyLike(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"负责受理客户的投诉，并在当天给出答复", "负责受理客户的投诉并在当天给出答复。", true},
		{"统计销售部各门店的销售业绩并上报经理", "统计销售部各门店的销售业续并上报经理", true},      // a slip
		{"负责公司办公设备的采购和日常管理工作", "负责公司办公设备的采购及日常管理工作", true},      // a word of grammar
		{"认真做好车间设备的点检保养与记录工作", "做好车间设备的点检保养与记录工作", true},        // a word of style
		{"完成领导临时交办的其他各项工作任务", "完成领导临时交办的其他工作任务", true},          // the same
		{"使用Excel制作库存报表并发给仓库主管", "使用EXCEL制作库存报表，并发给仓库主管", true}, // case
		{"客户满意度达到95%以上，投诉处理及时", "客户满意度达到85%以上，投诉处理及时", false},   // another number
		{"每月组织三次消防演练并做好演练记录", "每月组织两次消防演练并做好演练记录", false},
		{"每月编制车间生产计划并检查完成情况", "每周编制车间生产计划并检查完成情况", false},
		{"负责审批十万元以上的采购合同和付款单", "负责审批十万元以下的采购合同和付款单", false},
		{"员工应当在作业现场佩戴安全帽和手套", "员工不应当在作业现场佩戴安全帽和手套", false}, // not
		{"可以代表公司签订各类销售与服务合同", "不可以代表公司签订各类销售与服务合同", false},
		{"负责国内市场渠道的开发维护与管理工作", "负责国外市场渠道的开发维护与管理工作", false},     // the opposite
		{"协助总经理制定公司年度经营计划与预算", "协助副总经理制定公司年度经营计划与预算", false},    // another person
		{"负责财务部日常文件的收发登记归档保管", "负责人事部日常文件的收发登记归档保管", false},     // another word in its place
		{"熟悉ERP系统的操作和库存模块的维护", "熟悉CRM系统的操作和库存模块的维护", false},     // other letters
		{"具有三年工作经验者，有驾照者优先录用", "具有三年工作经验者，有驾照者录用", false},       // may and must
		{"负责客户投诉的处理", "负责供应商的评审考核", false},                      // nothing in common
		{"按制度检查厂区的消防设施", "按制度检查厂区的消防设施，发现隐患立即上报并跟踪整改到位", false}, // a clause
	} {
		a, ok1 := NewDuty(c.a)
		b, ok2 := NewDuty(c.b)
		if !ok1 || !ok2 {
			t.Errorf("%s, %s: not compared", c.a, c.b)
			continue
		}
		a, b = *ReadDuty(a.Append(nil)), *ReadDuty(b.Append(nil))
		s, got := a.Like(&b)
		back, same := b.Like(&a)
		if got != c.want || same != got || back != s {
			t.Errorf("%s\n%s: alike %.2f, copies %v (the other way %.2f, %v), want %v", c.a, c.b, s, got, back, same, c.want)
		}
		if got {
			x, y := a.Bands("responsibilities"), b.Bands("responsibilities")
			if !slices.ContainsFunc(x, func(h uint64) bool { return slices.Contains(y, h) }) {
				t.Errorf("%s\n%s: alike %.2f, and in no common bucket", c.a, c.b, s)
			}
			if z := b.Bands("authority"); slices.ContainsFunc(x, func(h uint64) bool { return slices.Contains(z, h) }) {
				t.Errorf("%s: other kinds come together", c.a)
			}
		}
	}
	for _, text := range []string{"", "做好记录", strings.Repeat("长", mostDuty+1), strings.Repeat("，", 4000)} {
		if _, ok := NewDuty(text); ok {
			t.Errorf("%.20q is compared", text)
		}
	}
}

// TestChanges takes the changes out of both texts, and what is left is equal.
func TestChanges(t *testing.T) {
	text := rapid.SliceOfN(rapid.SampledFrom([]rune("甲乙丙丁")), 0, 14)
	rapid.Check(t, func(t *rapid.T) {
		a, b := text.Draw(t, "a"), text.Draw(t, "b")
		x, y := string(a), string(b)
		restX, restY := "", ""
		for _, c := range changes(a, b) {
			if len(c.a)+len(c.b) == 0 {
				t.Fatal("a change of nothing")
			}
			// A change stands behind as much as was common before it.
			i, j := at(a, c.a, len(a)-len([]rune(x))), at(b, c.b, len(b)-len([]rune(y)))
			restX += string([]rune(x)[:i])
			restY += string([]rune(y)[:j])
			x, y = string([]rune(x)[i+len(c.a):]), string([]rune(y)[j+len(c.b):])
		}
		if restX+x != restY+y {
			t.Fatalf("%s, %s: left are %s and %s", string(a), string(b), restX+x, restY+y)
		}
	})
}

// at is where a part of a text, which shares its memory, begins behind from.
func at(text, part []rune, from int) int {
	return cap(text) - cap(part) - from
}

// TestLinks compares the links with those of the definition, whatever the order
// in which the units come.
func TestLinks(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(1, 30).Draw(rt, "n")
		place := make([]int, n) // units are alike where they stand side by side
		rank := make([]uint32, n)
		for i := range n {
			place[i], rank[i] = rapid.IntRange(0, 60).Draw(rt, "place"), uint32(rapid.IntRange(0, 3).Draw(rt, "rank"))
		}
		like := func(a, b uint32) (float64, bool, error) {
			d := place[a] - place[b]
			return 1 - math.Abs(float64(d))/100, d*d <= 4, nil
		}
		order := make([]uint32, n)
		for i := range order {
			order[i] = uint32(i)
		}
		b := NewBuckets(t.TempDir(), Pivots)
		defer b.Close()
		for _, u := range rapid.Permutation(order).Draw(rt, "order") {
			// Each two places that are alike have a bucket in common, in which
			// there are seldom more units than pivots.
			p := uint64(place[u])
			if err := b.Add(rank[u], u, []uint64{p, p + 1, p + 2}); err != nil {
				rt.Fatal(err)
			}
		}
		if slices.ContainsFunc(place, func(p int) bool { return crowd(place, p) > Pivots }) {
			return
		}
		got := NewLinks(n)
		if err := got.Join(context.Background(), b, like); err != nil {
			rt.Fatal(err)
		}
		slices.SortFunc(order, func(a, b uint32) int { return int(rank[a])*100 + int(a) - int(rank[b])*100 - int(b) })
		var kept []uint32
		for _, u := range order {
			best, most := u, -1.0
			for _, k := range kept {
				if s, ok, _ := like(u, k); ok && s > most {
					best, most = k, s
				}
			}
			if of, s, same := got.Of(u); of != best || same != (best == u) || best != u && math.Abs(s-most) > .001 {
				rt.Fatalf("unit %d repeats %d (%.3f), want %d (%.3f)", u, of, s, best, most)
			}
			if best == u {
				kept = append(kept, u)
			}
		}
	})
}

// crowd is how many units share a bucket with a place.
func crowd(places []int, p int) (n int) {
	for _, q := range places {
		if q-p <= 2 && p-q <= 2 {
			n++
		}
	}
	return n
}

func TestLinksThroughSame(t *testing.T) {
	b := NewBuckets(t.TempDir(), Pivots)
	defer b.Close()
	l := NewLinks(3)
	l.Same(2, 1) // 2 says what 1 says, and 1 nearly what 0 does
	for u := range uint32(2) {
		if err := b.Add(u, u, []uint64{7}); err != nil {
			t.Fatal(err)
		}
	}
	err := l.Join(context.Background(), b, func(_, _ uint32) (float64, bool, error) { return 1, true, nil })
	if err != nil {
		t.Fatal(err)
	}
	for u := range uint32(3) {
		of, like, same := l.Of(u)
		if of != 0 || like != 1 || same != (u == 0) || l.Kept(u) != (u == 0) {
			t.Errorf("%d repeats %d, %v, %v", u, of, like, same)
		}
	}
}

func FuzzDuty(f *testing.F) {
	f.Add("负责受理客户的投诉，并在当天给出答复", "负责受理客户的投诉并当天答复")
	f.Fuzz(func(t *testing.T, a, b string) {
		x, ok1 := NewDuty(a)
		y, ok2 := NewDuty(b)
		if !ok1 || !ok2 {
			return
		}
		s, copies := x.Like(&y)
		if r, same := y.Like(&x); r != s || same != copies {
			t.Fatalf("%q, %q: %v %v, the other way %v %v", a, b, s, copies, r, same)
		}
		if s, copies := x.Like(&x); s != 1 || !copies {
			t.Fatalf("%q is no copy of itself", a)
		}
	})
}
