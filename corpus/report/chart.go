package report

import (
	"fmt"

	"zhize/label"
)

// chart is a spread as columns.
type chart struct {
	Name    label.Text
	Median  string
	Bar     float64 // width of a column
	Columns []column
}

// column is one bin of a chart; places are in its coordinates.
type column struct {
	X, Y, H float64
	Middle  float64
	Label   string
	Pages   int
}

// Sizes of a chart in its own coordinates: the page shows it as it is on a
// phone.
const (
	chartWidth  = 330.0
	chartHeight = 120.0
)

// chartNames are the charts in the order of spreadBorders.
var chartNames = [len(spreadBorders)]label.Text{
	{EN: "Share of a page's text that was dropped, in percent", ZH: "每页被剔除文字的比例（%）"},
	{EN: "Repairs in 1,000 characters of a page", ZH: "每页每千字的修改数"},
	{EN: "Kept characters for each item of a page", ZH: "每页平均每条的字数"},
}

func (s *Spread) chart(name label.Text) chart {
	percents := s.Measure == measureNames[droppedShare]
	say := func(v int) string {
		switch {
		case !percents:
			return fmt.Sprint(v)
		case v%10 != 0:
			return fmt.Sprintf("%.1f", float64(v)/10)
		}
		return fmt.Sprint(v / 10)
	}
	c := chart{Name: name, Median: say(s.Median)}
	most := 1
	for _, b := range s.Bins {
		most = max(most, b.Pages)
	}
	step := chartWidth / float64(len(s.Bins))
	c.Bar = step - 2
	for i, b := range s.Bins {
		h := chartHeight * float64(b.Pages) / float64(most)
		if b.Pages > 0 {
			h = max(h, 1)
		}
		name := say(b.From) + "–" + say(b.To)
		switch {
		case b.To == 0:
			name = "≥" + say(b.From)
		case b.To == b.From+1:
			name = say(b.From)
		}
		if percents && i == 0 {
			name = "0"
		}
		c.Columns = append(c.Columns, column{
			X: float64(i)*step + 1, Y: 14 + chartHeight - h, H: h, Middle: (float64(i) + 0.5) * step, Label: name, Pages: b.Pages,
		})
	}
	return c
}
