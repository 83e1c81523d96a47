package image

import (
	"encoding/binary"
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
		Units:     binary.LittleEndian.AppendUint64(nil, EmptyUnit),
		Weights:   make([]byte, 8),
		Emissions: make([]byte, 8*States),
		PageOf:    make([]byte, 2*Blocks),
		Pages:     make([]byte, 2*pageSize),
		Classes:   make([]byte, 2),
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
	nan := binary.LittleEndian.AppendUint64(nil, math.Float64bits(math.NaN()))
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
		{"weight index", func(m *Image) { m.Units = binary.LittleEndian.AppendUint64(nil, Unit(0, 1, 1)) }, "names weight 1 of 1"},
		{"weight", func(m *Image) { m.Weights = nan }, "weight 0 is NaN"},
		{"emission", func(m *Image) { copy(m.Emissions[8:], nan) }, "emission probability 1 is NaN"},
		{"page", func(m *Image) { m.PageOf[4] = 1 }, "block 2 names page 1 of 1"},
		{"code", func(m *Image) { m.Pages[6] = 1 }, "rune 3 of the pages has code 1 of 1"},
		{"row", func(m *Image) { m.Classes[0] = 1 }, "code 0 names emission row 1 of 1"},
		{"no units", func(m *Image) { m.Units = nil }, "0 units, not 1"},
		{"no root", func(m *Image) { m.Classes = make([]byte, 4) }, "1 units cannot hold a root of 2 codes"},
		{"half a block table", func(m *Image) { m.PageOf = m.PageOf[:Blocks] }, "truncated"},
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
