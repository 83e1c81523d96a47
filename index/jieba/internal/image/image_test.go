package image

import (
	"errors"
	"math"
	"strings"
	"testing"
)

// small returns the smallest image there is: no word, no rune.
func small() *Image {
	m := &Image{
		MaxWord:   1,
		Sum:       1,
		Median:    1,
		Units:     []uint64{EmptyUnit},
		Weights:   []float64{math.Inf(-1)},
		Emissions: make([][States]float64, 1),
		PageOf:    make([]uint16, Blocks),
		Pages:     make([][PageSize]uint16, 1+HanPages),
		Roots:     make([]Root, 1),
		Pairs:     new([PairsSize]byte),
	}
	for i := range HanPages {
		m.PageOf[HanBlock+i] = uint16(1 + i)
	}
	for from := range m.Trans {
		for to := range m.Trans[from] {
			if !Possible(from, to) {
				m.Trans[from][to] = Impossible
			}
		}
	}
	return m
}

func TestRoundTrip(t *testing.T) {
	want := small()
	want.Start = [States]float64{-1, -2, -3, Impossible}
	want.Trans[1][0] = -12.5
	want.Sum, want.Median = 7, 3
	b := want.Marshal()
	got, err := Parse(b)
	if err != nil {
		t.Fatal(err)
	}
	if err := got.Verify(); err != nil {
		t.Fatal(err)
	}
	if got.Start != want.Start || got.Trans != want.Trans || got.MaxWord != 1 || got.Sum != 7 || got.Median != 3 {
		t.Errorf("got %+v", got)
	}
	if again := got.Marshal(); string(again) != string(b) {
		t.Error("an image read and written again differs")
	}
}

// TestVerify breaks one thing at a time and seals the result, so that the digest is true.
func TestVerify(t *testing.T) {
	for _, test := range []struct {
		name string
		do   func(*Image)
		want string
	}{
		{"start", func(m *Image) { m.Start[2] = math.Inf(-1) }, "start probability"},
		{"transition", func(m *Image) { m.Trans[3][0] = math.NaN() }, "transition probability"},
		{"a step that no word takes", func(m *Image) { m.Trans[StateB][StateS] = -1 }, "transition probability -1"},
		{"sum", func(m *Image) { m.Sum = math.NaN() }, "the sum NaN"},
		{"median", func(m *Image) { m.Median = 2 }, "the median 2"},
		{"weight index", func(m *Image) { m.Units[0] = Unit(0, 0, 1, 1) }, "names weight 1 of 1"},
		{"children", func(m *Image) { m.Units[0] = Unit(1, 0, 1, 0) }, "the children of unit 0 begin at 1 of 1"},
		{"weight", func(m *Image) { m.Weights = append(m.Weights, math.NaN()) }, "weight 1 is NaN"},
		{"the weight of no word", func(m *Image) { m.Weights[0] = 0 }, "what is no word has the weight 0"},
		{"emission", func(m *Image) { m.Emissions[0][1] = math.NaN() }, "emission probability 1 is NaN"},
		{"page", func(m *Image) { m.PageOf[2] = 1 + HanPages }, "block 2 names page 97 of 97"},
		{"pages of Han", func(m *Image) { m.PageOf[HanBlock+3] = 0 }, "do not lie in a row"},
		{"pages of Han missing", func(m *Image) { m.Pages = m.Pages[:HanPages] }, "do not lie in a row"},
		{"code", func(m *Image) { m.Pages[0][3] = 1 }, "rune 3 of the pages has code 1 of 1"},
		{"row", func(m *Image) { m.Roots[0].Class = 1 }, "code 0 names emission row 1 of 1"},
		{"root's weight", func(m *Image) { m.Roots[0].Index = 1 }, "code 0 names weight 1 of 1"},
		{"root's other weight", func(m *Image) { m.Weights = append(m.Weights, -1); m.Roots[0].Index = 1 }, "and has another"},
		{"no weight", func(m *Image) { m.Roots[0].Weight = math.Inf(-1) }, "code 0 names weight 0"},
		{"root's base", func(m *Image) { m.Roots[0].Base = 1 }, "the words of code 0 begin at 1 of 1"},
		{"no units", func(m *Image) { m.Units = nil }, "0 units, not 1"},
		{"no weights", func(m *Image) { m.Weights = nil }, "0 weights, not 1"},
		{"half a block table", func(m *Image) { m.PageOf = m.PageOf[:Blocks/2] }, "truncated"},
		{"longest word", func(m *Image) { m.MaxWord = MaxWord + 1 }, "longest word of 513 runes"},
		{"no longest word", func(m *Image) { m.MaxWord = 0 }, "longest word of 0 runes"},
	} {
		t.Run(test.name, func(t *testing.T) {
			broken := small()
			test.do(broken)
			m, err := Parse(broken.Marshal())
			if err == nil {
				err = m.Verify()
			}
			if !errors.Is(err, ErrFormat) || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want an error with %q", err, test.want)
			}
		})
	}
}

// TestTruncated cuts an image everywhere.
func TestTruncated(t *testing.T) {
	b := small().Marshal()
	for n := range b {
		if _, err := Parse(b[:n]); !errors.Is(err, ErrFormat) {
			t.Fatalf("%d bytes of %d: %v", n, len(b), err)
		}
	}
}

// TestCopied reads an image that lies where its numbers cannot be used in place.
func TestCopied(t *testing.T) {
	want := small()
	want.Roots[0] = Root{Weight: -2.5, Class: UserSingle}
	b := want.Marshal()
	for shift := range 8 {
		at := append(make([]byte, shift, shift+len(b)), b...)[shift:]
		m, err := Parse(at)
		if err != nil {
			t.Fatal(err)
		}
		if err := m.Verify(); err != nil || m.Roots[0] != want.Roots[0] || m.Units[0] != EmptyUnit {
			t.Errorf("shifted by %d: %v, %+v", shift, err, m.Roots[0])
		}
	}
}
