package evaluate

import "fmt"

// Detail is what the figures of a page are made of, and what is wrong with it:
// texts as they stand in the answer or in the positions.
type Detail struct {
	Counts      Counts       `json:"-"`
	Missed      []string     `json:"missed"`      // items of the answer that were not found
	Extra       []string     `json:"extra"`       // extracted items that are none of the answer
	Unrepaired  [][2]string  `json:"unrepaired"`  // certain repairs that were not made: before, after
	Harmed      []string     `json:"harmed"`      // texts that had to survive and did not
	Differences []Difference `json:"differences"` // what else costs a figure
}

// Difference is what one item costs a figure other than the above.
type Difference struct {
	Figure string `json:"figure"`
	Item   string `json:"item"` // its text; of a likely repair the text before it
	Want   string `json:"want"`
	Got    string `json:"got"`
}

// Lines says what is wrong, a line each without line ends of its own, but for
// those that stand in the texts. Differences that are the same of items that
// follow each other are one line.
func (d Detail) Lines() []string {
	var out []string
	for _, t := range d.Missed {
		out = append(out, "missed      "+t)
	}
	for _, t := range d.Extra {
		out = append(out, "extra       "+t)
	}
	for _, p := range d.Unrepaired {
		out = append(out, "unrepaired  "+p[0]+" → "+p[1])
	}
	for _, t := range d.Harmed {
		out = append(out, "harmed      "+t)
	}
	for from, to := 0, 0; from < len(d.Differences); from = to {
		first := d.Differences[from]
		for to = from; to < len(d.Differences) && first.same(d.Differences[to]); to++ {
		}
		line := fmt.Sprintf("%-10s  %s%s", first.Figure, first.words(), first.Item)
		if more := to - from - 1; more > 0 {
			line += fmt.Sprintf(" (and %d more)", more)
		}
		out = append(out, line)
	}
	return out
}

func (d Difference) same(o Difference) bool {
	return d.Figure == o.Figure && d.Want == o.Want && d.Got == o.Got
}

// words says what was wanted and what there is.
func (d Difference) words() string {
	switch {
	case d.Figure == "noise":
		return "holds ‹" + d.Got + "›: "
	case d.Figure == "likely":
		return "not ‹" + d.Want + "›: "
	}
	return fmt.Sprintf("wants ‹%s›, is ‹%s›: ", d.Want, d.Got)
}
